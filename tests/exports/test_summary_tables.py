"""The tables of ours: the awards joined and the sums, worked out anew from the package's rows."""

import csv
import io
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from generator.exports.summary_tables import made_tables
from generator.summaries.awards import AWARD_COLUMNS
from tests.conftest import WEST_MERCIA, edit, edit_descriptor
from tests.crawler.downloads import Downloads
from tests.exports.publishing import ANYSHIRE, PACKAGES, Folder, book, made, publish

NAMES = [
    *("awards_joined", "by_fund", "by_recipient", "by_programme", "by_theme", "by_area"),
    "by_year",
]


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    text = made(folder)[f"{table}.csv"].content.decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def total(lines: list[dict[str, str]], name: str = "amount") -> Decimal:
    return sum((Decimal(line[name]) for line in lines), Decimal(0))


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_they_are_all_there(folder: Path) -> None:
    tables = {one.name: one for one in made_tables(book(folder))}
    assert list(tables) == NAMES
    assert tables["awards_joined"].table.header == AWARD_COLUMNS
    for one in tables.values():
        fields = one.schema["fields"]
        assert tuple(field["name"] for field in fields) == one.table.header
        assert all(field.get("title") and field.get("description") for field in fields), one.name
        assert one.table.path == f"data/v1/{folder.name}/{one.name}.csv"
        assert one.title
        assert one.description


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_the_joined_awards_are_those_that_stand(folder: Path) -> None:
    standing = [one for one in rows(folder, "awards") if one["status"] != "withdrawn"]
    joined = rows(folder, "awards_joined")
    assert {one["id"] for one in joined} == {one["id"] for one in standing}
    assert total(joined) == total(standing)
    amounts = [Decimal(one["amount"]) for one in joined]
    assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("what", ["fund", "programme", "theme", "year"])
def test_the_lines_of_a_family_come_to_the_whole(folder: Path, what: str) -> None:
    joined, lines = rows(folder, "awards_joined"), rows(folder, f"by_{what}")
    held: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in joined:
        found = one["financial_year" if what == "year" else what]
        missing = found in ("", "not published", "not applicable", "withheld")
        held["not published" if missing else found].append(one)
    assert lines[-1]["id"] == "not published"
    assert total(lines) == total(joined)
    assert sum(int(line["awards"]) for line in lines) == len(joined)
    for line in lines:
        assert int(line["awards"]) == len(held[line["id"]]), line
        assert Decimal(line["amount"]) == total(held[line["id"]]), line
    ids = [line["id"] for line in lines[:-1]]
    if what != "year":
        listed = f"{what}s.csv"
        expected = rows(folder, f"{what}s") if listed in made(folder) else []
        assert ids == [one["id"] for one in expected]


def test_an_award_for_several_areas_is_whole_in_each() -> None:
    joined, lines = rows(ANYSHIRE, "awards_joined"), rows(ANYSHIRE, "by_area")
    links = {(one["award"], one["area"]) for one in rows(ANYSHIRE, "award_areas")}
    for line in lines[:-1]:
        mine = [one for one in joined if (one["id"], line["id"]) in links]
        assert (int(line["awards"]), Decimal(line["amount"])) == (len(mine), total(mine))
    without = [one for one in joined if one["area_count"] == "0"]
    assert (int(lines[-1]["awards"]), Decimal(lines[-1]["amount"])) == (
        *(len(without), total(without)),
    )


def test_recipients_have_two_figures(tmp_path: Path) -> None:
    publish(book(WEST_MERCIA), tmp_path)
    stranger = Downloads(tmp_path)
    lines = rows(WEST_MERCIA, "by_recipient")
    assert {line["id"] for line in lines} == {one["id"] for one in rows(WEST_MERCIA, "recipients")}
    for line in lines:
        assert Decimal(line["at_least"]) == stranger.at_least(line["id"])
        assert Decimal(line["named_in"]) == stranger.named_in(line["id"])
    figures = [Decimal(line["at_least"]) for line in lines]
    assert figures == sorted(figures, reverse=True)
    assert any(int(line["awards_shared"]) for line in lines)


def test_a_packages_own_table_goes_before_ours(littleham: Path) -> None:
    (littleham / "by_fund.csv").write_text("id\nmine\n")

    def add(found: dict[str, object]) -> None:
        resources = found["resources"]
        assert isinstance(resources, list)
        schema = {"fields": [{"name": "id", "type": "string"}]}
        resources.append(
            {"name": "by_fund", "type": "table", "path": "by_fund.csv", "schema": schema}
        )

    edit_descriptor(littleham, add)
    assert "by_fund" not in [one.name for one in made_tables(book(littleham))]
    folder: Folder = publish(book(littleham), littleham.with_name("out"))
    assert folder.csv("by_fund") == (["id"], [["mine"]])
    assert len(set(folder.tables)) == len(folder.tables)


def test_a_withdrawn_award_leaves_the_sums(littleham: Path) -> None:
    header = (littleham / "awards.csv").read_text().splitlines()[0].split(",")
    before = {one.name: one for one in made_tables(book(littleham))}
    first = (littleham / "awards.csv").read_text().splitlines()[1]
    cells = next(csv.reader([first]))
    cells[header.index("status")] = "withdrawn"
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    edit(littleham, "awards.csv", first, out.getvalue())
    after = {one.name: one for one in made_tables(book(littleham))}
    assert len(after["awards_joined"].table.rows) == len(before["awards_joined"].table.rows) - 1
    gone = Decimal(cells[header.index("amount")])
    for name in ("by_fund", "by_year", "by_theme"):
        sums = [total([dict(row) for row in one[name].table.rows]) for one in (before, after)]
        assert sums[0] - sums[1] == gone
