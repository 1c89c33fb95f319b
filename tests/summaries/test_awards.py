"""The ready-to-use tables of awards."""

import csv
from pathlib import Path

from msgspec.structs import replace

from generator import ledger, package
from generator.selectors import where
from generator.summaries.awards import AWARD_COLUMNS, awards_table
from tests.anyshire import data
from tests.changing import copy_of
from tests.conftest import LITTLEHAM
from tests.summaries.books import AN, LH, WM


def test_the_table_of_awards() -> None:
    table = awards_table(LH, LH.linked.numbers, "funds/x/")
    assert (table.path, table.header) == ("funds/x/awards.csv", AWARD_COLUMNS)
    reeds, posters = table.rows
    assert set(reeds) == set(AWARD_COLUMNS)
    assert reeds["amount"] == "1200.50"
    assert reeds["fund_title"] == "Pond Fund"
    assert reeds["attribution"] == "sole"
    assert posters["fund"] == posters["fund_title"] == posters["areas"] == "not published"
    assert posters["recipients"] == "Friends of the Pond <b>& Ducks</b>; Duck Wardens"
    assert (posters["named_recipients"], posters["area_count"]) == ("2", "0")
    assert posters["services"] == "Posters"
    assert table.figure("sum:amount").unit == "money"
    assert table.units["published_percentage"] == "percent"
    percentages = awards_table(WM, WM.linked.numbers, "").rows
    assert [row["published_percentage"] for row in percentages][10:13] == [
        *("not published", "6.1", "8.2")
    ]


def test_awards_stand_in_the_order_given() -> None:
    ids = [row["id"] for row in awards_table(WM, WM.linked[::-1].numbers, "").rows]
    assert ids == [one.award.id for one in WM.linked][::-1]


def test_names_and_numbers_stand_beside_ids_as_the_rows_have_them() -> None:
    """Where several are linked, they stand in the order of their rows, whoever they are."""
    fellows = (
        ("areas", "award_areas", "area", "areas"),
        ("topics", "award_terms", "term", "terms"),
    )
    titles = {
        name: {one["id"]: one["title"] for one in data(name)}
        for name in ("areas", "funds", "programmes", "themes")
    }
    titles["terms"] = {one["id"]: one["title"] for one in data("terms") if one["scheme"] == "topic"}
    for row, award in zip(
        awards_table(AN, AN.linked.numbers, "").rows, data("awards"), strict=True
    ):
        for column, resource, name, of in fellows:
            said = [
                titles[of][one[name]]
                for one in data(resource)
                if one["award"] == award["id"] and one.get("scheme", "topic") == "topic"
            ]
            assert row[column] == ("; ".join(said) or "not published")
        assert row["area_count"] == str(
            len(row["areas"].split("; ")) if row["areas"] != "not published" else 0
        )
        for name in ("programme", "fund", "theme"):
            assert row[f"{name}_title"] == titles[f"{name}s"].get(award[name], "not published")
        assert (row["source"], row["order"]) == (award["source_ref"], award["source_order"])


def test_two_spellings_of_an_amount_are_one(tmp_path: Path) -> None:
    folder = copy_of(LITTLEHAM, tmp_path / "littleham")
    awards = (folder / "awards.csv").read_text(encoding="utf-8")
    with (folder / "awards.csv").open(encoding="utf-8", newline="") as file:
        amounts = [row["amount"] for row in csv.DictReader(file)]
    for number, written in enumerate(("1200.5", "1200.50")):
        awards = awards.replace(f",{amounts[number]},", f",{written},", 1)
    (folder / "awards.csv").write_text(awards, encoding="utf-8")
    book = ledger.build(package.read(folder))
    table = awards_table(book, book.linked.numbers, "")
    for rows in (table.rows, table.rows[::-1]):
        assert len(replace(table, rows=rows).select(where(amount="1200.50"))) == 2
