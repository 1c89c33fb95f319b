"""Questions that people come with: at most three actions from the home page to the answer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.serving import serving

pytestmark = pytest.mark.browser

MOST = 3
JOURNEYS = {
    "Which provider gets the most?": (
        ["West Mercia Police"],
        ["£1,365,650.00", "£2,313,735.78", "£543,643.33"],
    ),
    "What share went to Telford & Wrekin?": (
        ["Awards", "area", "Telford & Wrekin"],
        ["£35,000.00", "£617,129.57"],
    ),
    "Do the rows equal the stated totals?": (
        ["Money"],
        ["£3,549,244.02", "£4,163,775.49", "Holds"],
    ),
    "What is in no award?": ([], ["£462,557.88"]),
    "What does the commissioner add to the ministry's grants?": (["Money"], ["£1,529,750.63"]),
    "Was the COVID-19 grant passed on whole?": (["Money"], ["£341,363.39", "Holds"]),
    "How much is for domestic abuse?": (["Awards", "topic", "Domestic abuse"], ["£1,017,635.92"]),
    "How much is for sexual violence?": (
        ["Awards", "topic", "Sexual violence"],
        ["£1,646,541.88"],
    ),
    "Which is the largest award?": (
        ["MORSE Project and 3 more services"],
        ["£691,281.00", "16.6"],
    ),
    "How much is left of the coronavirus fund?": (
        ["Funds", "Coronavirus Response"],
        ["£2,720.06", "£50,000.00"],
    ),
    "Who may apply for the ambassadors' fund, and for how much an area?": (
        ["Funds", "Local Policing and Community Ambassador's Fund"],
        ["£30,000.00", "Who may apply"],
    ),
    "Which money names nobody?": (["Recipients", "of all awards"], ["£543,643.33"]),
    "Is each duty met, and where?": (["How it works", "Duties"], ["Conditions", "0 of 27"]),
}
"""What is clicked (the beginning of a link's name), and what must then be read."""


@pytest.fixture(scope="module")
def address(west_mercia_site: Path) -> Iterator[str]:
    with serving(west_mercia_site) as url:
        yield url


def act(page: Page, action: str) -> None:
    """Do one action as a reader would: follow a visible link."""
    name = re.compile(rf"^\s*(\S+% )?{re.escape(action)}")
    links = page.get_by_role("link", name=name).filter(visible=True)
    links.first.wait_for()
    with page.expect_navigation():
        links.first.click()


@pytest.mark.parametrize("question", JOURNEYS)
def test_the_answer_is_three_actions_away(
    reader: BrowserContext, address: str, question: str
) -> None:
    actions, answers = JOURNEYS[question]
    assert len(actions) <= MOST
    page = reader.new_page()
    page.goto(address)
    for action in actions:
        act(page, action)
    read = page.locator("main").inner_text()
    missing = [answer for answer in answers if answer not in read]
    assert not missing, f"{question} {page.url} does not say {missing}"
    page.close()
