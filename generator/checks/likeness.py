"""Awards beside one another: likely copies, repeated titles, amounts unlike their cohort's."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from generator.checks.registry import Outcome, Statement, Unanswered, awards_words, fault, rule
from generator.findings import Severity
from generator.ledger import Ledger, LinkedAward
from generator.limits import limit
from generator.money import shown

LONGEST_TITLE = limit("title_characters")
SMALLEST_COHORT = limit("cohort_awards")
TIMES = limit("unlike_times")
_SOURCE = "a check that funders' data is commonly put to"


@rule(
    "title-long",
    "Titles are short",
    severity=Severity.WARNING,
    reason=f"A title of over {LONGEST_TITLE} characters is a description.",
    source=_SOURCE,
    mend="shorten the title and put the rest into purpose.",
)
def long_titles(ledger: Ledger) -> Iterator[Statement]:
    """Titles have at most 140 characters."""
    for award in ledger.awards:
        if isinstance(award.title, str) and len(award.title) > LONGEST_TITLE:
            yield fault(
                award, "title", award.title, f"The title has {len(award.title)} characters."
            )


@rule(
    "title-repeated",
    "Titles tell awards apart",
    severity=Severity.WARNING,
    reason="Readers can't tell awards of the same title to the same recipients in one year apart.",
    source=_SOURCE,
    mend="say in the title what differs.",
)
def repeated_titles(ledger: Ledger) -> Iterator[Statement]:
    """No two awards of a year to the same recipients have the same title."""
    first: dict[tuple[object, ...], LinkedAward] = {}
    for one in ledger.standing:
        who = tuple(recipient.id for recipient in one.recipients)
        key = (one.award.title, one.award.financial_year, who)
        if first.setdefault(key, one) is not one:
            yield fault(
                one.award,
                "title",
                str(one.award.title),
                f"{first[key].award.id} has the same title, year and recipients.",
            )


@rule(
    "award-twice",
    "An award is listed once",
    severity=Severity.WARNING,
    reason="Two rows for one award double its money.",
    source="the design of the data",
    mend="remove the copy; else leave them: it is a hint.",
)
def award_twice(ledger: Ledger) -> Iterator[Statement]:
    """No two awards have the same amount, recipients, decision date, start and fund."""
    first: dict[tuple[object, ...], LinkedAward] = {}
    for one in ledger.standing:
        award = one.award
        if not one.recipients:
            continue
        who = tuple(sorted(recipient.id for recipient in one.recipients))
        key = (award.amount, who, award.decided_on, award.start_on, award.fund, award.title)
        if first.setdefault(key, one) is not one:
            yield fault(
                award, "id", award.id, f"The award looks like a copy of {first[key].award.id}."
            )


@rule(
    "amount-unlike",
    "An amount is like others of its fund",
    severity=Severity.WARNING,
    reason="An amount ten or a hundred times off is most often a misplaced point.",
    source="the design of the data",
    mend="check the amount; else leave it: it is a hint.",
)
def unlike_amounts(ledger: Ledger) -> Iterator[Statement]:
    """No amount is ten times above or below the median of its fund (or programme)."""
    cohorts: dict[object, list[LinkedAward]] = defaultdict(list)
    for one in ledger.standing:
        if isinstance(one.award.amount, Decimal) and one.award.amount > 0:
            group = one.award.fund if isinstance(one.award.fund, str) else one.award.programme
            cohorts[group].append(one)
    for name, cohort in sorted(cohorts.items(), key=lambda item: str(item[0])):
        if len(cohort) < SMALLEST_COHORT:
            yield Unanswered(
                Outcome.BELOW_MINIMUM,
                str(name) if isinstance(name, str) else "awards without fund and programme",
                f"it has {awards_words(len(cohort))}, fewer than {SMALLEST_COHORT}",
            )
            continue
        middle = median(one.award.amount for one in cohort if isinstance(one.award.amount, Decimal))
        for one in cohort:
            amount = one.award.amount
            if isinstance(amount, Decimal) and (
                amount >= middle * TIMES or amount * TIMES <= middle
            ):
                square = TIMES * TIMES
                far = amount >= middle * square or amount * square <= middle
                times = square if far else TIMES
                side = "above" if amount > middle else "below"
                yield fault(
                    one.award,
                    "amount",
                    str(amount),
                    f"The amount is {times} times or more {side} the median of its "
                    f"{len(cohort)} fellows, {shown(middle, ledger.package.currency)}.",
                )
