"""What Arrow reads at once is what Python's csv reads row by row."""

import csv
import io
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from generator import body
from generator.body import PlainBody
from generator.csv_columns import read_columns, texts_of

PIECES = st.sampled_from(
    ["a", "é", " ", ",", "\n", "\r\n", "\r", '"', '""', '"x,y"', '"q""z"', ',"a\nb"', "\t", "\0"]
)


@settings(max_examples=2000)
@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["x,y\n", "x,y\r\n1,2\n"]))
def test_columns_are_the_cells_of_the_rows(text: str, head: str) -> None:
    data = (head + text).encode()
    found = read_columns(data)
    if found is not None:
        rows = list(csv.reader(io.StringIO(head + text, newline="")))[1:]
        assert [list(one) for one in zip(*map(texts_of, found.values()), strict=True)] == rows


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_rows_and_lines_are_those_of_a_body_read_by_row(text: str) -> None:
    data = f"x,y\n{text}".encode()
    found, decoded = body.read(data)
    apart = body.by_row(data)
    assert decoded
    assert found.rows == apart.rows
    assert list(found.lines) == list(apart.lines)
    assert list(found.starts) == list(apart.starts)
    assert found.some([*range(0, found.size, 2)]) == list(found.rows[::2])


def test_cells_with_line_breaks_are_no_oddity() -> None:
    found, _ = body.read(b'id,text\n1,"a\nb"\n2,c\n')
    assert isinstance(found, PlainBody)
    assert [row.line for row in found.rows] == [2, 4]


def test_lines_are_right_where_a_cell_has_a_line_break_and_the_file_ends_without_one() -> None:
    found, _ = body.read(b'id,text\n1,"a\nb"\n2,c')
    assert isinstance(found, PlainBody)
    assert [row.line for row in found.rows] == [2, 4]


def _written(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_what_a_writer_writes_is_read_again(rows: list[list[str]]) -> None:
    found, _ = body.read(_written([["x", "y"], *rows]))
    assert [list(row.cells.values()) for row in found.rows] == rows
