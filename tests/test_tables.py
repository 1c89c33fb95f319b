"""Published tables: their bytes, and figures that carry their own trace."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import rows
from generator.csv_columns import encoded
from generator.figures import (
    Figure,
    derived_difference,
    derived_percent,
    derived_sum,
)
from generator.measures import measure_of
from generator.selectors import where
from generator.tables import PublishedTable

NAMES = ("a", "b", "c")
ROWS = st.lists(st.fixed_dictionaries({name: st.text() for name in NAMES}))
MARKS = st.text(alphabet=',;"\r\n\t\0 =\u2028x')

AMOUNTS = ("10.00", "not published", "2.50", "2.50", "withheld", "")
TABLE = PublishedTable(
    path="awards/awards.csv",
    header=("id", "fund", "amount", "share"),
    rows=tuple(
        {"id": str(number), "fund": "x" if number < 3 else "y", "amount": amount, "share": "16.6"}
        for number, amount in enumerate(AMOUNTS)
    ),
    units={"amount": "money", "share": "percent"},
)


def read_back(table: PublishedTable) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.csv().decode(), newline="")))


@given(ROWS)
def test_any_text_survives_its_csv(rows: list[dict[str, str]]) -> None:
    table = PublishedTable("x.csv", NAMES, tuple(rows))
    assert read_back(table) == [list(NAMES), *([row[name] for name in NAMES] for row in rows)]


@given(st.lists(MARKS))
def test_a_single_column_survives_too(cells: list[str]) -> None:
    table = PublishedTable("x.csv", ("a",), tuple({"a": cell} for cell in cells))
    assert read_back(table) == [["a"], *([cell] for cell in cells)]


def test_csv_is_utf8_without_bom_and_lf() -> None:
    table = PublishedTable("x.csv", ("a", "b"), ({"a": "£5", "b": 'say "so", twice'}, {"a": "x"}))
    assert table.csv() == 'a,b\n£5,"say ""so"", twice"\nx,\n'.encode()


@pytest.mark.parametrize("mark", ["\r", "\n", "\r\n"])
def test_every_kind_of_line_break_is_quoted(mark: str) -> None:
    table = PublishedTable("x.csv", ("a", "b"), ({"a": f"one{mark}two", "b": "z"},))
    assert table.csv() == f'a,b\n"one{mark}two",z\n'.encode()


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("sum:amount", "15.00"),
        ("min:amount", "2.50"),
        ("max:amount", "10.00"),
        ("median:amount", "2.50"),
        ("count", "6"),
        ("count:amount", "2"),
        ("count:fund", "2"),
        ("filled:amount", "3"),
        ("filled:nowhere", "0"),
    ],
)
def test_measures_leave_missing_values_out(measure: str, value: str) -> None:
    assert measure_of(TABLE.rows, measure) == Decimal(value)


def test_nothing_to_measure() -> None:
    assert measure_of((), "sum:amount") == 0
    assert measure_of((), "count") == 0
    for measure in ("min:amount", "max:amount", "median:amount"):
        assert measure_of((), measure) is None


@pytest.mark.parametrize("measure", ["", "total:amount", "mean:amount"])
def test_what_is_no_measure_is_refused(measure: str) -> None:
    with pytest.raises(ValueError, match="is not a measure"):
        measure_of(TABLE.rows, measure)


@pytest.mark.parametrize("cell", ["x", "1e5", "sNaN"])
def test_a_cell_that_is_no_number_stops_a_sum(cell: str) -> None:
    with pytest.raises(ArithmeticError, match=f"'{cell}' is not a plain number"):
        measure_of(({"amount": cell},), "sum:amount")


def test_a_figure_says_where_it_comes_from() -> None:
    figure = TABLE.figure("sum:amount", where(fund="y"), id="rest")
    assert figure == Figure(
        value=Decimal("2.50"),
        unit="money",
        places=2,
        rows="awards/awards.csv",
        measure="sum:amount",
        where=where(fund="y"),
        id="rest",
    )


def test_units_and_places_follow_the_column() -> None:
    assert TABLE.figure("count").unit == "count"
    assert TABLE.figure("filled:amount").unit == "count"
    percentage = TABLE.figure("max:share")
    assert (percentage.unit, percentage.places) == ("percent", 1)
    assert TABLE.figure("sum:amount", unit="percent").unit == "percent"


def test_a_figure_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="has no value for max:amount"):
        TABLE.figure("max:amount", where(id="1"))


def test_shares() -> None:
    share = TABLE.share("amount", where(fund="x"), places=1)
    assert share is not None
    assert (str(share.value), share.unit, share.measure) == ("83.3", "percent", "share:amount")
    rows = TABLE.share(None, where(id="1"), where(fund="x"))
    assert rows is not None
    assert (str(rows.value), rows.measure, rows.of_where) == ("33.33", "share", where(fund="x"))
    assert TABLE.share("amount", where(id="0"), where(id="1")) is None


def test_slices_and_orders_keep_the_columns() -> None:
    part = TABLE.slice("funds/y/awards.csv", lambda cells: cells["fund"] == "y")
    assert [cells["id"] for cells in part.rows] == ["3", "4", "5"]
    assert (part.path, part.header, part.units) == ("funds/y/awards.csv", TABLE.header, TABLE.units)
    turned = TABLE.sorted(lambda cells: (-int(cells["id"]),))
    assert [cells["id"] for cells in turned.rows] == list("543210")
    assert turned.path == TABLE.path


def test_derived_figures() -> None:
    whole, part = TABLE.figure("sum:amount", id="all"), TABLE.figure("max:amount", id="most")
    both = derived_sum([whole, part], id="both")
    assert (both.value, both.op, both.parts) == (Decimal("25.00"), "sum", ("all", "most"))
    rest = derived_difference(whole, part, part)
    assert (rest.value, rest.op) == (Decimal("-5.00"), "difference")
    assert rest.parts == ("all", "most", "most")
    share = derived_percent(part, whole, places=0)
    assert share is not None
    assert (share.value, share.op, share.parts) == (Decimal(67), "percent", ("most", "all"))
    nothing = TABLE.figure("sum:amount", where(id="1"), id="nothing")
    assert derived_percent(part, nothing) is None


def test_a_derived_figure_needs_ids_to_point_at() -> None:
    with pytest.raises(ValueError, match="needs an id"):
        derived_sum([TABLE.figure("sum:amount")])


@pytest.mark.parametrize("long", [10, 10_000], ids=["lines made", "lines kept"])
def test_rows_chosen_of_columns_are_those_chosen_one_by_one(
    long: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_LONG", long)
    texts = {"a": ["xyz,"[one * 7 % 4] for one in range(300)]}
    texts["b"] = [f"{one * 11 % 97}" for one in range(300)]
    kept = rows.Kept({name: encoded(column) for name, column in texts.items()})

    def must_be(found: rows.Rows, numbers: list[int]) -> None:
        cells = [{name: column[one] for name, column in texts.items()} for one in numbers]
        assert list(found) == cells
        assert set(found.distinct("b")) == {one["b"] for one in cells}
        assert found.filled("a") == len(cells)
        assert found.csv() == PublishedTable("", ("a", "b"), tuple(cells)).csv()[len("a,b\n") :]

    for numbers in (list(range(300)), [*range(299, 0, -2)], [7, 3, 5], []):
        chosen = rows.Rows(kept, numbers)
        must_be(chosen, numbers)
        must_be(chosen[1:40], numbers[1:40])
        for name, text in (("a", "x"), ("b", "33"), ("b", "none")):
            alike = [one for one in numbers if texts[name][one] == text]
            must_be(chosen.having(name, text), alike)
            must_be(chosen.among(name, text), alike)
            unlike = [one for one in numbers if texts[name][one] != text]
            must_be(chosen.among(name, text, equal=False), unlike)
