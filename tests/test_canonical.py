"""The one form of tables: the order of rows and columns, and the bytes of a file."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.canonical import all_ordered, csv_bytes, links_of, ordered, sort_columns
from generator.tables import Cells


def schema(
    *, key: object = "id", sort: object = None, links: dict[str, str] | None = None
) -> dict[str, object]:
    made: dict[str, object] = {"primaryKey": key}
    if sort is not None:
        made["sort"] = sort
    made["foreignKeys"] = [
        {"fields": [column], "reference": {"resource": target, "fields": ["id"]}}
        for column, target in (links or {}).items()
    ]
    return made


def rows(column: str, *cells: str) -> tuple[Cells, ...]:
    return tuple({column: cell} for cell in cells)


@pytest.mark.parametrize(
    ("made", "columns"),
    [
        (schema(), ("id",)),
        (schema(key=["award", "service"]), ("award", "service")),
        (schema(sort=["source_order", "id"]), ("source_order", "id")),
        (schema(sort=[]), ()),
        ({}, ()),
    ],
)
def test_the_columns_that_rows_sort_by(made: dict[str, object], columns: tuple[str, ...]) -> None:
    assert sort_columns(made) == columns


def test_numbers_sort_as_numbers_and_what_is_missing_comes_last() -> None:
    found = ordered(schema(key="n"), rows("n", "10", "not published", "b", "9", "-1"), {})
    assert [row["n"] for row in found] == ["-1", "9", "10", "b", "not published"]


def test_an_empty_sort_keeps_the_order_of_the_file() -> None:
    assert ordered(schema(sort=[]), rows("id", "b", "a"), {}) == rows("id", "b", "a")


def test_links_sort_as_the_rows_they_point_at() -> None:
    schemas = {
        "links": schema(key=["award", "n"], links={"award": "awards"}),
        "awards": schema(sort=["order"]),
    }
    tables = {
        "links": [{"award": "a", "n": "2"}, {"award": "a", "n": "1"}, {"award": "b", "n": "1"}],
        "awards": [{"id": "a", "order": "2"}, {"id": "b", "order": "1"}],
    }
    found = all_ordered(schemas, tables)
    assert [row["id"] for row in found["awards"]] == ["b", "a"]
    assert [f"{row['award']}{row['n']}" for row in found["links"]] == ["b1", "a1", "a2"]


def test_a_link_of_several_columns_is_known_by_its_id() -> None:
    made = {
        "foreignKeys": [
            {
                "fields": ["scheme", "term"],
                "reference": {"resource": "terms", "fields": ["scheme", "id"]},
            },
            {"fields": "fund", "reference": {"resource": "funds", "fields": "id"}},
        ]
    }
    assert links_of(made) == {"term": "terms", "fund": "funds"}


def test_tables_that_point_at_each_other_are_ordered_all_the_same() -> None:
    schemas = {"a": schema(links={"id": "b"}), "b": schema(links={"id": "a"})}
    tables = {"a": rows("id", "2", "1"), "b": rows("id", "2", "1")}
    assert all_ordered(schemas, tables) == {"a": rows("id", "1", "2"), "b": rows("id", "1", "2")}


def test_the_bytes_of_a_file() -> None:
    made = csv_bytes(("id", "title"), [{"id": "a", "title": 'Say "é", twice'}, {"id": "b"}])
    assert made == 'id,title\na,"Say ""é"", twice"\nb,\n'.encode()


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_whatever_a_cell_holds_is_read_again(cells: list[list[str]]) -> None:
    made = csv_bytes(("a", "b"), [{"a": one, "b": other} for one, other in cells])
    read = list(csv.reader(io.StringIO(made.decode(), newline="")))
    assert read == [["a", "b"], *cells]
