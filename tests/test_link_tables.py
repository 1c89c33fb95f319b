"""Two rules that no data can break: amounts are never divided (R23), all is published (R10)."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.reading import rows

LINK_TABLES = (
    *("award_services", "award_recipients", "award_areas", "award_terms", "award_sources"),
    *("recipient_names", "recipient_identifiers"),
)
MONEY_WORDS = ("amount", "value", "share", "sum", "total", "price", "cost", "percent", "portion")


@pytest.mark.parametrize("table", LINK_TABLES)
def test_a_table_of_links_holds_no_money(table: str) -> None:
    schema = json.loads((ROOT / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
    assert schema["fields"]
    for field in schema["fields"]:
        assert field["type"] in ("string", "integer"), field["name"]
        assert not any(word in field["name"] for word in MONEY_WORDS), field["name"]


def test_only_a_place_in_a_list_is_a_number_in_a_table_of_links() -> None:
    integers = set()
    for table in LINK_TABLES:
        schema = json.loads((ROOT / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
        integers |= {one["name"] for one in schema["fields"] if one["type"] == "integer"}
    assert integers == {"service", "position"}


def test_every_table_that_links_awards_is_looked_at() -> None:
    links = {path.stem for path in (ROOT / "schemas").glob("award_*.json")}
    assert links <= set(LINK_TABLES)


def check_every_award_is_published(site: Path, package: str) -> None:
    """Assert that each award has a page, and each that stands a row among all awards."""
    awards = rows(site / "data" / "v1" / package / "awards.csv")
    assert awards
    for award in awards:
        assert (site / "awards" / award["id"] / "index.html").is_file(), award["id"]
    standing = sorted(one["id"] for one in awards if one["status"] != "withdrawn")
    assert sorted(one["id"] for one in rows(site / "awards" / "awards.csv")) == standing


def test_every_award_of_west_mercia_is_published(west_mercia_site: Path) -> None:
    check_every_award_is_published(west_mercia_site, "west-mercia-pcc")
