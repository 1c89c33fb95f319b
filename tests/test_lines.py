"""What lists and pages say of awards by whole columns is what each award says by itself."""

import pytest

from generator import ledger, package
from generator.checks import Report
from generator.pages import Site
from generator.pages.award_services import services
from generator.pages.blocks import Block
from generator.pages.words import year_text
from generator.summaries.base import amount
from tests.conftest import ANYSHIRE, WEST_MERCIA


@pytest.fixture(scope="module", params=[ANYSHIRE, WEST_MERCIA], ids=["anyshire", "west-mercia"])
def site(request: pytest.FixtureRequest) -> Site:
    return Site(ledger.build(package.read(request.param)), Report((), ()), (), ())


def test_a_line_says_what_its_award_says(site: Site) -> None:
    awards = site.ledger.linked
    for one, line in zip(awards, site.lines.of(awards.numbers), strict=True):
        award = one.award
        assert (line.row, line.id, line.title) == (one.row, award.id, str(award.title))
        assert [tuple(who) for who in line.who] == [(w.id, str(w.name)) for w in one.recipients]
        assert line.attribution == one.attribution.value
        assert line.year == year_text(award.financial_year)
        assert line.theme == (str(one.theme.title) if one.theme else "")
        assert line.amount == amount(one)


def test_lines_come_in_the_order_asked_for(site: Site) -> None:
    rows = [3, 0, 3, 1]
    assert [line.row for line in site.lines.of(rows)] == rows


def test_services_are_those_of_each_award(site: Site) -> None:
    awards = site.ledger.linked
    for one, paid in zip(awards, services(Block(site, awards.numbers)), strict=True):
        assert [(each.title, len(each.printed)) for each in paid.services] == [
            (each.record.title, len(each.recipients)) for each in one.services
        ]
        printed = [who for each in one.services for who in each.recipients]
        said = [who for each in paid.services for who in each.printed]
        assert [(who.name, who.role, who.basis) for who in said] == [
            (who.record.published_name, who.record.role, who.record.basis) for who in printed
        ]
        assert [who.recipient and who.recipient.id for who in said] == [
            who.recipient and who.recipient.id for who in printed
        ]
        named = [who.record for who in printed if who.record.naming == "named"]
        assert paid.named == len({who.recipient for who in named if who.role != "route"})
        assert paid.positional == any(who.record.basis == "positional" for who in printed)
