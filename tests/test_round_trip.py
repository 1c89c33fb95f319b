"""Import → our 360Giving export → import gives the same ledger, save for what the list names."""

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from generator import ledger, package, write
from generator.draft import Draft, files, of_package
from generator.exports import threesixtygiving
from generator.exports.threesixtygiving_return import CANT_RETURN
from generator.imports import reading
from generator.imports import threesixtygiving as reader
from generator.imports.one_value import without_lists
from generator.imports.packaging import packages
from generator.missing import is_missing
from tests.conftest import ANYSHIRE, ROOT

LOST = {(table, field) for table, fields, _ in CANT_RETURN for field in fields}
FORMS = ("360giving.csv", "360giving.json")
FILE = """\
Identifier,Title,Description,Currency,Amount Awarded,Award Date,Planned Dates:Start Date,\
Planned Dates:End Date,Recipient Org:Identifier,Recipient Org:Name,Recipient Org:Charity Number,\
Recipient Org:Company Number,Recipient Org:Web Address,Funding Org:Identifier,Funding Org:Name,\
Grant Programme:Code,Grant Programme:Title,Beneficiary Location:0:Name,\
Beneficiary Location:0:Geographic Code,Beneficiary Location:1:Name,Classifications:Vocabulary,\
Classifications:Title,Related Document:Title,Related Document:Web Address,Notes
360G-pond-A/1,Reeds; & rushes,To plant reeds.,GBP,1234.50,2031-05-01,2031-06-01,2032-05-31,\
360G-pond-frogs,Frog Choir,9000002,09000002,https://frogs.example/,GB-CHC-9000001,\
Pond Trust (fictional),RF,Reed Fund,Upper Pond,E08000009,Lower Pond,topic,Frogs,Letter,\
https://pond.example/letter,kept
360G-pond-A/2,Newts,To count newts.,GBP,50,2031-05-02,,,GB-CHC-9000003,Newt Club,9000003,,,\
GB-CHC-9000001,Pond Trust (fictional),,,,,,,,,,
360G-pond-A/3,Choir,To sing.,GBP,75.25,2031-07-02,,,360G-pond-frogs,The Frog Choir,9000002,,,\
GB-CHC-9000001,Pond Trust (fictional),RF,Reed Fund,Lower Pond,,,,,,,
360G-pond-A/4,Nobody,To wait.,GBP,10,2031-07-03,,,,,,,,\
GB-CHC-9000001,Pond Trust (fictional),RF,Reed Fund,,,,,,,,
"""


def imported(path: Path, existing: Mapping[str, Draft] | None = None) -> Draft:
    found = without_lists(reader.read(reading.read(path)))
    (one,) = packages(found, existing or {}, "back")
    return one.draft


def exported(draft: Draft, folder: Path, form: str) -> tuple[Path, set[str]]:
    """Our export of a package, as a file; and the awards that are in it."""
    write.update(folder / "package", files(draft))
    book = ledger.build(package.read(folder / "package"))
    made = {one.name: one.content for one in threesixtygiving.downloads(book)}
    (folder / form).write_bytes(made[form])
    out = csv.DictReader(io.StringIO(made["360giving-excluded.csv"].decode()))
    return folder / form, {one.id for one in book.awards} - {row["id"] for row in out}


def returning(draft: Draft, awards: set[str]) -> dict[str, list[dict[str, str]]]:
    """What should return: the rows of these awards and all they point at, each as it is named."""
    rows = {name: [dict(row) for row in table] for name, table in draft.tables.items()}

    def only(name: str, column: str, wanted: Iterable[str]) -> list[dict[str, str]]:
        held = set(wanted)
        return [row for row in rows.get(name, []) if row[column] in held]

    kept = {"awards": only("awards", "id", awards)}
    for name in ("award_recipients", "award_areas", "award_terms", "documents"):
        kept[name] = only(name, "award", awards)
    kept["award_areas"] = [row for row in kept["award_areas"] if row["basis"] == "stated"]
    kept["award_terms"] = [
        row for row in kept["award_terms"] if row["basis"] == "stated" and row["scheme"] == "topic"
    ]
    kept["documents"] = [row for row in kept["documents"] if not is_missing(row["url"])]
    kept["award_recipients"] = [row for row in kept["award_recipients"] if row["role"] != "route"]
    people = [row["recipient"] for row in kept["award_recipients"]]
    kept["recipients"] = only("recipients", "id", people)
    kept["recipient_identifiers"] = only("recipient_identifiers", "recipient", people)
    kept["funds"] = only("funds", "id", (row["fund"] for row in kept["awards"]))
    kept["themes"] = only("themes", "id", (row["theme"] for row in kept["awards"]))
    kept["areas"] = only("areas", "id", (row["area"] for row in kept["award_areas"]))
    kept["terms"] = only("terms", "id", (row["term"] for row in kept["award_terms"]))
    _meet(kept, draft)
    return {
        name: sorted(
            ({c: _said(cell) for c, cell in row.items() if (name, c) not in LOST} for row in table),
            key=str,
        )
        for name, table in kept.items()
    }


def _said(cell: str) -> str:
    return "not published" if is_missing(cell) else cell


def _meet(kept: Mapping[str, list[dict[str, str]]], draft: Draft) -> None:
    """Ids that are made anew are replaced by what says the same: names, numbers, pence."""
    titles = {row["id"]: row["title"] for row in kept["areas"]}
    for row in kept["award_areas"]:
        row["area"] = titles[row["area"]]
    prefix = draft.descriptor["purse"]["threesixtygiving_prefix"]
    who = {row["id"]: f"360G {prefix}-ORG-{row['id']}" for row in draft.rows("recipients")}
    who |= {row["id"]: row["id"] for row in draft.rows("recipients") if row["kind"] == "individual"}
    for row in sorted(kept["recipient_identifiers"], key=str, reverse=True):
        who[row["recipient"]] = f"{row['scheme']} {row['identifier']}"
    for name in ("award_recipients", "recipient_identifiers"):
        for row in kept[name]:
            row["recipient"] = who[row["recipient"]]
    for row in kept["recipients"]:
        row["number"] = who[row["id"]]
    numbered = {row["recipient"] for row in kept["recipient_identifiers"]}
    for row in kept["recipients"]:
        if row["number"].startswith("360G ") and row["number"] not in numbered:
            kept["recipient_identifiers"].append({"recipient": row["number"], "scheme": "360G"})
    for row in kept["awards"]:
        row["amount"] = f"{Decimal(row['amount']):.2f}"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_comes_back_as_it_went_out(form: str, tmp_path: Path) -> None:
    (tmp_path / "pond.csv").write_text(FILE, encoding="utf-8")
    first = imported(tmp_path / "pond.csv")
    path, awards = exported(first, tmp_path, form)
    assert awards == {"a-1", "a-2", "a-3"}
    second = imported(path)
    assert returning(second, awards) == returning(first, awards)
    now = {row["id"]: row for row in second.rows("awards")}
    for row in first.rows("awards"):
        if row["id"] in awards:
            assert now[row["id"]]["source_id"] == row["source_id"], "the publisher's own returns"


@pytest.mark.parametrize("form", FORMS)
def test_it_comes_home_into_its_own_package_without_a_change(form: str, tmp_path: Path) -> None:
    (tmp_path / "pond.csv").write_text(FILE, encoding="utf-8")
    first = imported(tmp_path / "pond.csv")
    path, awards = exported(first, tmp_path, form)
    home = imported(path, {"back": first})
    assert returning(home, awards) == returning(first, awards)
    for name in ("awards", "funds", "recipients", "award_recipients", "award_areas", "areas"):
        assert home.rows(name) == first.rows(name), name


@pytest.mark.parametrize("form", FORMS)
def test_the_fictional_funder_who_uses_everything_returns(form: str, tmp_path: Path) -> None:
    first = of_package(package.read(ANYSHIRE))
    path, awards = exported(first, tmp_path, form)
    assert len(awards) == 41
    second = imported(path)
    assert returning(second, awards) == returning(first, awards)


@pytest.mark.parametrize("form", FORMS)
def test_traffords_grants_return(form: str, samples: Path, tmp_path: Path) -> None:
    first = imported(samples / "360giving-trafford-council.csv")
    path, awards = exported(first, tmp_path, form)
    assert len(awards) == 555
    second = imported(path)
    assert returning(second, awards) == returning(first, awards)


def test_every_field_that_cant_return_is_a_field() -> None:
    tables = {name: table.header for name, table in package.read(ANYSHIRE).tables.items()}
    for table, field in LOST:
        if table in tables and field != "*":
            assert field in tables[table], f"{table}.{field}"


def test_the_guide_and_the_download_list_all_that_cant_return() -> None:
    guide = (ROOT / "docs" / "publish" / "import.md").read_text(encoding="utf-8")
    book = ledger.build(package.read(ANYSHIRE))
    made = {one.name: one.content.decode() for one in threesixtygiving.downloads(book)}
    rows = list(csv.DictReader(io.StringIO(made["360giving-not-carried.csv"])))
    assert {(row["table"], row["field"]) for row in rows} == LOST

    def shown(name: str) -> str:
        return "every" if name == "*" else f"`{name}`"

    for table, fields, why in CANT_RETURN:
        assert f"| {shown(table)} | {', '.join(map(shown, fields))} | {why} |" in guide
