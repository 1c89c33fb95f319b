"""Sets of recipients whose money is exact together: those, and no others."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.ledger import Attribution, Awards, Ledger
from generator.summaries.base import amount
from generator.summaries.exact_sets import exact_groups
from tests.conftest import edit
from tests.summaries.books import LH, WM, book


def exact(ledger: Ledger) -> list[tuple[frozenset[str], Awards]]:
    """The sets by the ids of their recipients."""
    ids = [one.id for one in ledger.recipients]
    return [(frozenset(ids[row] for row in rows), awards) for rows, awards in exact_groups(ledger)]


def test_a_set_that_covers_whole_awards_is_exact() -> None:
    ((members, awards),) = exact(LH)
    assert members == {"friends-of-the-pond", "duck-wardens"}
    assert sum(map(amount, awards)) == Decimal("1300.49")


@pytest.mark.parametrize("naming", ["unnamed", "none"])
def test_nobody_unnamed_shares_an_exact_set(littleham: Path, naming: str) -> None:
    edit(
        littleham,
        "award_recipients.csv",
        "friends-of-the-pond,Friends of the Pond,named,recipient,joint",
        f"not published,Several groups,{naming},recipient,joint",
    )
    assert exact(book(littleham)) == []


def test_west_mercias_exact_sets() -> None:
    for ids, awards in exact(WM):
        assert len(ids) > 1
        for one in WM.linked:
            inside = ids & {recipient.id for recipient in one.recipients}
            assert bool(inside) == (one in awards)
            assert not inside or one.attribution in (Attribution.SOLE, Attribution.SHARED)


AWARDS = st.lists(
    st.tuples(st.frozensets(st.sampled_from("abcdef"), max_size=3), st.booleans()), max_size=8
)


def ledger_of(awards: list[tuple[frozenset[str], bool]], folder: Path) -> Ledger:
    """A package whose awards name these recipients, perhaps with somebody unnamed beside them."""
    rows = ["award,service,position,recipient,naming,role"]
    for number, (names, unnamed) in enumerate(awards):
        said = [(name, "named") for name in sorted(names)] + [("", "unnamed")] * unnamed
        for position, (name, naming) in enumerate(said):
            rows.append(f"{number},1,{position},{name},{naming},recipient")
    texts = {
        "awards": ["id,amount", *(f"{number},1.00" for number in range(len(awards)))],
        "recipients": ["id,name", *(f"{name},{name}" for name in "abcdef")],
        "award_recipients": rows,
    }
    for name, lines in texts.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return book(folder)


@given(awards=AWARDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exact_sets_are_the_closed_ones(
    littleham: Path, awards: list[tuple[frozenset[str], bool]]
) -> None:
    closed = {names for names, _ in awards if names}
    while True:
        merged = {frozenset().union(*(other for other in closed if other & one)) for one in closed}
        if merged == closed:
            break
        closed = merged
    whole = {
        group
        for group in closed
        if len(group) > 1 and not any(unnamed for names, unnamed in awards if names & group)
    }
    found = exact(ledger_of(awards, littleham))
    assert {members for members, _ in found} == whole
    assert len(found) == len(whole)
    for members, held in found:
        assert held.ids == [
            str(number) for number, (names, _) in enumerate(awards) if names & members
        ]
