"""Twenty-five questions that readers ask, each answered within three links of the home page.

The answers were worked out by hand from the strategy. Where it has none, the page says so, and
the page of duties names who asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.reading import Reading, steps_from_home

MOST_LINKS = 3
VICTIMS, PREVENTION = "£3,549,244.02", "£4,163,775.49"


@dataclass(frozen=True)
class Question:
    """A question, the page with its answer, what stands there, and the duty behind a gap."""

    number: int
    who: str
    words: str
    page: str
    answers: tuple[str, ...]
    duty: str | None = None
    """For what isn't published: who asks for it, as the page of duties has it."""


QUESTIONS = (
    Question(
        1,
        "journalist",
        "Which recipient gets the most?",
        "recipients/",
        (
            "At least Named in awards worth West Mercia Police £1,365,650.00 £2,313,735.78",
            "A further £543,643.33 (7.05% of all awards) names nobody.",
        ),
    ),
    Question(
        2,
        "citizen",
        "What went to Telford & Wrekin?",
        "areas/telford-wrekin/",
        (
            "In awards for this area alone £35,000.00 at least this much",
            "In awards that name this area £617,129.57 whole awards, some for other areas too",
            "£30,000.00 (LPCAF allocation for Telford & Wrekin)",
        ),
    ),
    Question(
        3,
        "auditor",
        "Do the rows equal the stated totals?",
        "money/",
        (
            f"{VICTIMS} {VICTIMS} holds",
            f"{PREVENTION} {PREVENTION} holds",
        ),
    ),
    Question(
        4,
        "auditor",
        "What is unaccounted for?",
        "",
        (
            "Not shown in any award £462,557.88 5.66% of what was available.",
            "The source says that its summaries cover the year so far.",
        ),
    ),
    Question(
        5,
        "panel",
        "What does the publisher add to the ministry's grants for victims?",
        "money/",
        ("implied top-up from the main budget, not stated in the source £1,529,750.63",),
    ),
    Question(
        6,
        "panel",
        "Was the ministry's COVID-19 grant passed on?",
        "money/",
        (
            "The two COVID-19 lines for victims equal the Ministry of Justice COVID-19 grant: "
            "holds",
            "COVID-19 funding for victims of domestic abuse £235,586.14",
            "COVID-19 funding for victims of sexual violence £105,777.25",
            "Together £341,363.39 Ministry of Justice COVID-19 grant £341,363.39",
        ),
    ),
    Question(
        7,
        "journalist",
        "Which organisations got the COVID-19 money?",
        "recipients/not-published/",
        (
            "COVID-19 specific funding for victims of domestic abuse Recipients not named",
            "COVID-19 specific funding for victims of sexual violence Recipients not named",
            "Money whose recipients are not published",
        ),
        "The recipient of each crime and disorder reduction grant",
    ),
    Question(
        8,
        "citizen",
        "How much for domestic abuse?",
        "topics/domestic-abuse/",
        ("4 awards, worth £1,017,635.92 in all.",),
    ),
    Question(
        9,
        "citizen",
        "How much for sexual violence and abuse?",
        "topics/sexual-violence/",
        ("5 awards, worth £1,646,541.88 in all.",),
    ),
    Question(
        10,
        "journalist",
        "How much goes to the police force?",
        "recipients/west-mercia-police/",
        (
            "At least £1,365,650.00 in 4 awards that it holds alone",
            "Named in awards worth £2,313,735.78",
            "A further £543,643.33 names no recipient. Some of it may be this recipient’s too",
        ),
    ),
    Question(
        11,
        "citizen",
        "Which is the biggest single line?",
        "awards/2020-21-p07/",
        (
            "£691,281.00",
            "One amount for 4 services. It names 5 recipients and others that the source "
            "doesn’t name.",
            "the source prints 16.6%",
        ),
    ),
    Question(
        12,
        "auditor",
        "How concentrated is it?",
        "",
        ("Together they are £3,156,879.57, 40.9% of the £7,713,019.51 that awards show.",),
    ),
    Question(
        13,
        "panel",
        "How much went to the community safety partnerships?",
        "recipients/",
        (
            "Contribution towards the provision of CCTV: £325,000.00 £917,050.00",
            "Herefordshire Community Safety Partnership £0.00 £917,050.00",
            "What they hold together is exact; what each holds is not published.",
        ),
    ),
    Question(
        14,
        "applicant",
        "How much is left in the coronavirus fund?",
        "funds/coronavirus-response/",
        ("£50,000.00", "£47,279.94", "£2,720.06"),
    ),
    Question(
        15,
        "applicant",
        "Who may apply to the local fund, who decides, and how much is there?",
        "funds/lpcaf/",
        (
            "Who may apply The Force, and local voluntary and community organisations.",
            "Who decides Local policing area commanders and the Community Ambassadors. The "
            "commissioner has the last oversight.",
            "Most it may give in one area in a year £30,000.00",
        ),
    ),
    Question(
        16,
        "applicant",
        "When does the next round open?",
        "commissioning/",
        ("When funds open and close for applications is not published.",),
        "Details of all commissioning activity",
    ),
    Question(
        17,
        "auditor",
        "Which awards were made without competition, and why?",
        "commissioning/",
        (
            "Which awards were made this way is not published.",
            "only one supplier can do it, for technical reasons (class a)",
            "the existing supplier goes on, so that supply is not broken (class b)",
        ),
        "Single tender awards for one of two reasons only",
    ),
    Question(
        18,
        "auditor",
        "Which contracts end within a year, or exceed the rule on extensions?",
        "commissioning/",
        (
            "When contracts end is not published.",
            "Which awards are contracts, how they were tendered, and when they end is not "
            "published.",
        ),
        "A copy of each contract over £10,000 and of each invitation to tender for one, and a "
        "list of smaller contracts",
    ),
    Question(
        19,
        "panel",
        "Which objective does each pound serve?",
        "objectives/",
        ("Awards linked to no objective 27 £7,713,019.51",),
        "A clear link from each service to the objectives of the Safer West Mercia Plan",
    ),
    Question(
        20,
        "citizen",
        "What did an award achieve?",
        "outcomes/",
        ("No report of what came of any award is published.",),
        "Quarterly reports by all providers of activity, outputs and outcomes, unless agreed "
        "otherwise",
    ),
    Question(
        21,
        "auditor",
        "Which quarterly reports are late?",
        "outcomes/",
        (
            "The publisher’s promise: reports quarterly, unless an agreement says otherwise",
            "No outcome report is published, so which are late or missing can’t be told.",
        ),
        "Quarterly reports by all providers of activity, outputs and outcomes, unless agreed "
        "otherwise",
    ),
    Question(
        22,
        "journalist",
        "What changed since the last publication?",
        "data/",
        ("Version 1.0.0",),
    ),
    Question(
        23,
        "journalist",
        "Which lines name no recipient?",
        "recipients/not-published/",
        (
            "of it, “multiple organisations” £538,643.33",
            "of it, no recipient printed £5,000.00",
            "A further £691,281.00 names some recipients, but not all.",
            "Knife Angel No recipient printed",
        ),
    ),
    Question(
        24,
        "citizen",
        "Was the veterans' money spent on veterans?",
        "money/",
        (
            "The Ministry of Defence money is no more than the Reducing Offending award: "
            "consistent, no proof Ministry of Defence £75,000.00 Reducing Offending £300,500.00",
            "This is no proof that all of it was spent on the Remember Veterans Project",
        ),
    ),
    Question(
        25,
        "auditor",
        "Is each legal duty met, and where?",
        "duties/",
        (
            "Specified Information Order: a duty by law",
            "The purpose of each such grant 3(f) Published for some awards: those without.",
            "The conditions, if any, of each such grant 3(f) Not published for any award",
            "Conditions 0 of 27 27 lack: Conditions required – – –",
        ),
    ),
)


@pytest.fixture(scope="module")
def steps(west_mercia_site: Path) -> dict[str, int]:
    return steps_from_home(west_mercia_site)


def test_there_are_twenty_five() -> None:
    assert [one.number for one in QUESTIONS] == list(range(1, 26))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: f"{one.number}-{one.who}")
def test_a_question_is_answered(west_mercia_site: Path, question: Question) -> None:
    text = " ".join(Reading.open(west_mercia_site, question.page).text.split())
    for answer in question.answers:
        assert answer in text, f"{question.words} {question.page} doesn't say: {answer}"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: f"{one.number}-{one.who}")
def test_the_answer_is_three_links_from_home_at_most(
    steps: dict[str, int], question: Question
) -> None:
    assert steps[f"{question.page}index.html"] <= MOST_LINKS


@pytest.mark.parametrize(
    "question",
    [one for one in QUESTIONS if one.duty],
    ids=lambda one: f"{one.number}-{one.who}",
)
def test_what_is_not_published_is_set_beside_the_duty(
    west_mercia_site: Path, steps: dict[str, int], question: Question
) -> None:
    facts = Reading.open(west_mercia_site, "duties/").facts()
    said = [text for term, text in facts.items() if term.splitlines()[0] == question.duty]
    assert len(said) == 1
    assert said[0].startswith(("Not published", "Published for some awards", "See "))
    assert steps["duties/index.html"] <= MOST_LINKS


def test_the_largest_line_stands_first_on_the_home_page(west_mercia_site: Path) -> None:
    table = Reading.open(west_mercia_site, "").table("The largest awards")
    assert table[1][0].startswith("MORSE Project and 3 more services")
    assert table[1][1] == "£691,281.00"
