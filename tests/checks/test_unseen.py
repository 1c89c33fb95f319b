"""Characters that nobody sees: each is found wherever it stands, and all others are let be."""

import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest

from generator.checks.unseen import _is_surely_plain, _may_be_unseen, _said
from tests.checks import LH, Change, Firing, Quiet, cell, check_fires, check_quiet, descriptor, page

TURNING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
"""The directional classes of Unicode that turn what follows."""
MARKS = {
    mark
    for mark in map(chr, [*range(0x3000), *range(0xFE00, 0x10100)])
    if (unicodedata.category(mark) == "Cc" and mark not in "\t\n\r")
    or unicodedata.bidirectional(mark) in TURNING
    or mark in "\ufffe\uffff"
}


def test_each_such_mark_is_found_and_no_other() -> None:
    texts = [f"a{mark}b" for mark in map(chr, [*range(0x3000), *range(0xE000, 0x10100)])]
    meant = [text[1] in MARKS for text in texts]
    assert [_said(text) is not None for text in texts] == meant
    assert _may_be_unseen(pa.array(texts, pa.string())).to_pylist() == meant
    for mark in MARKS:
        assert not _is_surely_plain(pa.array(["plain", f"a{mark}b"], pa.string()))
    assert _is_surely_plain(pa.array(["A\tplain\r\ntext é"], pa.string()))
    assert _is_surely_plain(pa.array([], pa.string()))


def test_the_first_mark_is_told_with_the_thirty_characters_on_each_side() -> None:
    text = "1" * 10 + "2" * 30 + "\x07" + "3" * 30 + "4\u202e"
    control = "The text holds a control character (U+0007)."
    assert _said(text) == (control, "2" * 30 + "\x07" + "3" * 30)
    assert _said("a\u2066b") == (
        "The text holds a mark (U+2066) that turns the text round.",
        "a\u2066b",
    )


def written(*names: str) -> Change:
    """A mark below these names of the descriptor."""

    def change(found: dict[str, object]) -> None:
        found["x"] = [{"b": 1}, {"a": ["plain", {names[0]: names[1]}]}]

    return descriptor(change)


def header(package: Path) -> None:
    """A mark in the name of a column."""
    path = package / "funds.csv"
    path.write_text(path.read_text("utf-8").replace("purpose", "pur\u202epose", 1), "utf-8")


FILE = "datapackage.json"
FIRING = (
    Firing(
        *("unseen-characters", LH, (cell("awards.csv", 3, "title", "a\x07b"),), "awards.csv"),
        *(3, "title", "a\x07b"),
        words=("U\\+0007",),
    ),
    Firing(
        *("unseen-characters", LH, (header,), "funds.csv", 1, None),
        *("pur\u202epose", ("U\\+202E",)),
    ),
    Firing(
        *("unseen-characters", LH, (page("a.md", "# A\n\nb\u2067\n"),), "a.md", 3, None),
        *("b\u2067", ("U\\+2067",)),
    ),
    *(
        Firing(
            *("unseen-characters", LH, (written(*names),), FILE, None, None),
            *("c\x7f", ("U\\+007F",)),
        )
        for names in (("c\x7f", "d"), ("d", "c\x7f"))
    ),
)
QUIET = (Quiet("unseen-characters", LH, (cell("awards.csv", 3, "title", "مركز\u200e é – 5 £"),)),)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)
