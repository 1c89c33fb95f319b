"""Pieces that many pages share are the same on each, whichever page was made first."""

from decimal import Decimal

import pytest

from generator.figures import Figure
from generator.pages.lines import Named
from generator.pages.pieces import MARK, Pieces
from generator.selectors import where

FROGS, NEWTS = Named("frogs", "Frog <Choir>"), Named("newts", "Newts & Co")


@pytest.fixture
def pieces() -> Pieces:
    return Pieces("GBP", {})


def link(href: str, words: str) -> str:
    return f'<a href="{href}"><span class="as-published">{words}</span></a>'


def test_a_recipients_page_links_to_itself_as_no_other_page_does(pieces: Pieces) -> None:
    for _ in range(2):
        for here, href in (("frogs", "./"), ("newts", "../frogs/"), ("toads", "../frogs/")):
            pieces.at(f"recipients/{here}/")
            assert pieces.recipient(FROGS) == link(href, "Frog &lt;Choir&gt;")
    pieces.at("awards/pond/")
    both = [pieces.recipient(one) for one in (FROGS, NEWTS)]
    assert both[0] == link("../../recipients/frogs/", "Frog &lt;Choir&gt;")
    assert pieces.who_gets((FROGS, NEWTS), "shared") == "; ".join(both)


def test_what_was_made_once_is_kept_for_pages_beside_one_another(pieces: Pieces) -> None:
    made = []

    def make(thing: str) -> str:
        made.append(thing)
        return f"{thing}:{pieces.link('money/')}"

    for page in ("awards/pond/", "awards/lake/"):
        pieces.at(page)
        found = pieces.all(make, ["a", "b", "a"])
        assert found == [f"{one}:../../money/" for one in ("a", "b", "a")]
    assert made == ["a", "b"]
    pieces.at("awards/")
    assert pieces.one(make, "a") == "a:../money/"


def test_only_so_many_are_kept(pieces: Pieces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.pieces._KEPT", 2)
    made = []

    def make(thing: int) -> str:
        made.append(thing)
        return f"<{thing}>"

    assert pieces.each(make, [1, 2, 1, 3, 3, 1]) == "<1><2><1><3><3><1>"
    assert made == [1, 2, 3, 1]
    figure = pieces.figures(Figure(Decimal(0), "money", rows="a.csv", where=where(id=MARK)))
    for value in ("1", "2", "3", "1"):
        assert f'value="{value}.00"' in figure(Decimal(value), "x")


def test_values_that_are_equal_keep_their_own_decimals(pieces: Pieces) -> None:
    said = [
        pieces.figure(Figure(Decimal(value), unit, places, rows="a.csv", measure="count"))
        for value, unit, places in (
            ("5", "number", 0),
            ("5.0", "number", 0),
            ("5", "count", 0),
            ("5.0", "percent", 1),
            ("5.000000", "money", 0),
            ("5", "money", 0),
        )
    ]
    assert [one.partition('value="')[2].partition('"')[0] for one in said] == [
        *("5", "5.0", "5", "5.0", "5.00", "5.00")
    ]
    assert [one.partition(">")[2].partition("<")[0] for one in said] == [
        *("5", "5.0", "5", "5.0%", "£5.00", "£5.00")
    ]
