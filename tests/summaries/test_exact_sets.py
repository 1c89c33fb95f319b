"""Sets of recipients whose money is exact together: those, and no others."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ledger, model
from generator.ledger import Attribution, LinkedAward
from generator.summaries.base import amount
from generator.summaries.exact_sets import exact_groups
from tests.conftest import edit
from tests.summaries.books import LH, POSTERS, REEDS, WM, book

FRIENDS, WARDENS = POSTERS.recipients


def test_a_set_that_covers_whole_awards_is_exact() -> None:
    ((members, awards),) = exact_groups(LH.linked)
    assert {one.id for one in members} == {"friends-of-the-pond", "duck-wardens"}
    assert sum(map(amount, awards)) == Decimal("1300.49")


@pytest.mark.parametrize("naming", ["unnamed", "none"])
def test_nobody_unnamed_shares_an_exact_set(littleham: Path, naming: str) -> None:
    edit(
        littleham,
        "award_recipients.csv",
        "friends-of-the-pond,Friends of the Pond,named,recipient,joint",
        f"not published,Several groups,{naming},recipient,joint",
    )
    assert exact_groups(book(littleham).linked) == ()


def test_west_mercias_exact_sets() -> None:
    for members, awards in exact_groups(WM.linked):
        ids = {one.id for one in members}
        assert len(ids) > 1
        for one in WM.linked:
            inside = ids & {recipient.id for recipient in one.recipients}
            assert bool(inside) == (one in awards)
            assert not inside or one.attribution in (Attribution.SOLE, Attribution.SHARED)


def award(names: frozenset[str], unnamed: bool) -> LinkedAward:
    recipients = tuple(replace(FRIENDS, id=name) for name in sorted(names))
    rows = [
        replace(POSTERS.services[0].recipients[0].record, recipient=name) for name in sorted(names)
    ]
    if unnamed:
        rows.append(replace(rows[0], naming="unnamed") if rows else UNNAMED)
    return replace(REEDS, recipients=recipients, attribution=ledger.attribution_of(rows))


UNNAMED = replace(POSTERS.services[0].recipients[0].record, naming="unnamed")
AWARDS = st.lists(
    st.builds(award, st.frozensets(st.sampled_from("abcdef"), max_size=3), st.booleans()),
    max_size=8,
)


@given(AWARDS)
def test_exact_sets_are_the_closed_ones(awards: list[LinkedAward]) -> None:
    def ids(recipients: tuple[model.Recipient, ...]) -> frozenset[str]:
        return frozenset(one.id for one in recipients)

    sets = [ids(one.recipients) for one in awards if one.recipients]
    closed = set(sets)
    while True:
        merged = {frozenset().union(*(other for other in closed if other & one)) for one in closed}
        if merged == closed:
            break
        closed = merged
    whole = {
        group
        for group in closed
        if len(group) > 1
        and all(
            one.attribution in (Attribution.SOLE, Attribution.SHARED)
            for one in awards
            if ids(one.recipients) & group
        )
    }
    found = exact_groups(awards)
    assert {ids(members) for members, _ in found} == whole
    assert len(found) == len(whole)
    for members, held in found:
        assert list(held) == [one for one in awards if ids(one.recipients) & ids(members)]
