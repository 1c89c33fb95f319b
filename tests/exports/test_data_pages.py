"""The data page and the dictionary: every file is there, every field is explained."""

import hashlib
import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.crawler.page import Page
from tests.crawler.site import Site

NAME = "west-mercia-pcc"
FILES = f"data/v1/{NAME}"


@pytest.fixture(scope="module")
def site(west_mercia_site: Path) -> Site:
    return Site.open(west_mercia_site)


@pytest.fixture(scope="module")
def data(site: Site) -> Page:
    return site.page("data/index.html")


@pytest.fixture(scope="module")
def dictionary(site: Site) -> Page:
    return site.page("data/dictionary/index.html")


def test_every_file_is_reachable_from_the_data_page(site: Site, data: Page) -> None:
    linked = {site.locate(data.url, link.url).path for link in data.links if link.tag == "a"}
    files = {name for name in site.files if name.startswith("data/v1/")}
    assert len(files) > 80
    assert files - linked == set()
    assert {"llms.txt", "data/catalog.jsonld", "data/dictionary/index.html"} <= linked
    assert {"awards/awards.csv", "use-the-data/index.html"} <= linked


def test_every_file_has_its_size_and_hash_beside_it(site: Site, west_mercia_site: Path) -> None:
    text = (west_mercia_site / "data" / "index.html").read_text(encoding="utf-8")
    for name in site.files:
        if name.startswith("data/v1/"):
            content = (west_mercia_site / name).read_bytes()
            after = text.split(f'href="{name.removeprefix("data/")}"', 1)[1][:1500]
            assert f"SHA-256 {hashlib.sha256(content).hexdigest()}" in after, name
            assert f"{len(content):,} bytes" in after, name


def test_every_table_has_its_rows(data: Page, west_mercia_site: Path) -> None:
    counted = {unquote(one.get("data-rows")) for one in data.figures}
    descriptor = json.loads((west_mercia_site / FILES / "datapackage.json").read_text())
    tables = {f"v1/{NAME}/{one['path']}" for one in descriptor["resources"]}
    assert tables <= counted
    assert {one.get("data-measure") for one in data.figures} == {"count"}


def test_the_data_page_says_licence_source_date_and_how_to_cite(west_mercia_site: Path) -> None:
    text = (west_mercia_site / "data" / "index.html").read_text(encoding="utf-8")
    for words in ("not stated by the source", "Commissioning and Grants Strategy", "To cite"):
        assert words in text
    assert "1.0.0" in text


def test_the_dictionary_has_every_field_with_its_meaning(
    dictionary: Page, west_mercia_site: Path
) -> None:
    text = (west_mercia_site / "data" / "dictionary" / "index.html").read_text(encoding="utf-8")
    descriptor = json.loads((west_mercia_site / FILES / "datapackage.json").read_text())
    asked = {(one.get("data-rows"), one.get("data-measure")) for one in dictionary.figures}
    for resource in descriptor["resources"]:
        rows = f"../v1/{NAME}/{resource['path']}"
        assert f"table-{resource['name']}" in dictionary.ids
        assert (rows, "count") in asked
        for field in resource["schema"]["fields"]:
            assert (rows, f"filled:{field['name']}") in asked
            assert f"<code>{field['name']}</code>" in text
            for code in field.get("categories", ()):
                assert f"<code>{code['value']}</code>" in text


def test_tables_on_the_data_page_lead_to_their_fields(site: Site, data: Page) -> None:
    anchors = {
        site.locate(data.url, link.url).fragment for link in data.links if "#table-" in link.url
    }
    assert {"table-awards_joined", "table-by_recipient", "table-awards"} <= anchors
