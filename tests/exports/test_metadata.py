"""What describes the data: CSV on the Web, DCAT, schema.org, the descriptor, llms.txt."""

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import rdflib
from frictionless import Package
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from generator.exports.about import about
from generator.exports.llms import llms_txt
from generator.exports.schema_org import schema_org
from generator.safety import json_in_html
from tests.conftest import LITTLEHAM, ROOT, WEST_MERCIA, build, edit_descriptor
from tests.exports.publishing import ANYSHIRE, PACKAGES, Folder, book, made, publish

PEER = ROOT / ".venv-peers" / "bin" / "python"
VALIDATE = """
import sys
from csvw import CSVW
for path in sys.argv[1:]:
    try:
        found = CSVW(path, validate=True)
        problems = [] if found.is_valid else [str(one.message) for one in found.warnings]
    except ValueError as problem:
        problems = [str(problem)]
    for problem in problems or ["valid"]:
        print(path.rpartition("/")[2], problem)
"""
SITE = "https://funding.anyshire.example"


@pytest.fixture(scope="module", params=PACKAGES, ids=lambda folder: folder.name)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return publish(book(request.param), tmp_path_factory.mktemp(request.param.name))


def csvw_says(*paths: Path) -> list[str]:
    assert PEER.is_file(), "the peers' validators are missing; run: make test"
    done = subprocess.run(
        [str(PEER), "-c", VALIDATE, *map(str, paths)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_csvw_package_finds_every_description_valid(published: Folder) -> None:
    paths = sorted(published.path.glob("*csv-metadata.json"))
    assert {path.name for path in paths} == {
        "csv-metadata.json",
        *(f"{table}.csv-metadata.json" for table in published.tables),
    }
    assert csvw_says(*paths) == [f"{path.name} valid" for path in paths]


def test_the_csvw_package_would_notice(tmp_path: Path) -> None:
    folder = publish(book(LITTLEHAM), tmp_path)
    awards = folder.file("awards.csv")
    awards.write_text(awards.read_text().replace("1200.50", "lots"), encoding="utf-8")
    links = folder.file("award_services.csv")
    links.write_text(links.read_text().replace("2031-32-2", "no-such-award"), encoding="utf-8")
    (wrong,) = csvw_says(folder.file("awards.csv-metadata.json"))
    assert "lots" in wrong
    (wrong,) = csvw_says(folder.file("csv-metadata.json"))
    assert "valid" not in wrong


def test_csvw_says_what_columns_mean() -> None:
    found = json.loads(made(ANYSHIRE)["awards.csv-metadata.json"].content)
    assert found["url"] == "awards.csv"
    assert found["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    columns = {one["name"]: one for one in found["tableSchema"]["columns"]}
    assert columns["amount"]["datatype"] == {"base": "decimal", "minimum": "0.01"}
    assert columns["decided_on"]["datatype"] == "date"
    assert columns["pilot"]["datatype"] == {"base": "boolean", "format": "yes|no"}
    assert columns["instrument"]["datatype"]["format"] == "grant|contract|other"
    assert columns["amount"]["null"] == ["", "not published", "not applicable", "withheld"]
    assert found["tableSchema"]["primaryKey"] == ["id"]
    unlicensed = json.loads(made(WEST_MERCIA)["awards.csv-metadata.json"].content)
    assert "dc:license" not in unlicensed
    assert unlicensed["dc:rights"] == "not stated by the source"


def test_stock_frictionless_finds_the_published_folder_valid(published: Folder) -> None:
    report = Package(str(published.file("datapackage.json"))).validate()
    assert report.valid, report.flatten(["title", "note"])
    assert {task.name for task in report.tasks} == set(published.tables)
    for resource in json.loads(published.file("datapackage.json").read_text())["resources"]:
        assert resource["schema"]["fields"], resource["name"]
        assert resource["hash"].startswith("sha256:")


# DCAT


def graph(folder: Folder, base: str) -> rdflib.Graph:
    text = folder.file("catalog.jsonld").read_text(encoding="utf-8")
    return rdflib.Graph().parse(data=text, format="json-ld", publicID=base)


@pytest.mark.parametrize("base", [None, SITE, f"{SITE}/"])
def test_the_catalogue_lists_every_file(tmp_path: Path, base: str | None) -> None:
    folder = publish(book(ANYSHIRE), tmp_path, base)
    found = graph(folder, f"{SITE}/data/catalog.jsonld")
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = found.objects(catalogue, DCAT.dataset)
    assert (dataset, RDF.type, DCAT.Dataset) in found
    files = {one.path: one for one in made(ANYSHIRE).values() if not one.describes}
    listed = set()
    for distribution in found.objects(dataset, DCAT.distribution):
        (address,) = found.objects(distribution, DCAT.downloadURL)
        path = str(address).removeprefix(f"{SITE}/")
        (size,) = found.objects(distribution, DCAT.byteSize)
        assert size == rdflib.Literal(len(files[path].content), datatype=XSD.nonNegativeInteger)
        spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
        (checksum,) = found.objects(distribution, spdx.checksum)
        (value,) = found.objects(checksum, spdx.checksumValue)
        assert str(value).lower() == files[path].sha256
        (kind,) = found.objects(distribution, DCAT.mediaType)
        assert str(kind).endswith(files[path].media_type)
        assert "octet-stream" not in str(kind)
        listed.add(path)
    assert listed == set(files)
    (licence,) = found.objects(dataset, DCTERMS.license)
    assert str(licence) == "https://creativecommons.org/licenses/by/4.0/"
    (publisher,) = found.objects(dataset, DCTERMS.publisher)
    assert "Anyshire" in str(next(found.objects(publisher, FOAF.name)))
    (period,) = found.objects(dataset, DCTERMS.temporal)
    assert str(next(found.objects(period, DCAT.startDate))) == "2029-04-01"
    assert str(next(found.objects(period, DCAT.endDate))) == "2032-03-31"


def test_the_catalogue_borrows_no_authority(tmp_path: Path) -> None:
    found = graph(publish(book(WEST_MERCIA), tmp_path), "https://site.example/data/catalog.jsonld")
    (dataset,) = found.subjects(RDF.type, DCAT.Dataset)
    assert not list(found.objects(dataset, DCTERMS.license))
    assert not list(found.objects(dataset, DCTERMS.publisher))
    (rights,) = found.objects(dataset, DCTERMS.rights)
    assert "no licence" in str(next(found.objects(rights, rdflib.RDFS.label)))
    (provenance,) = found.objects(dataset, DCTERMS.provenance)
    assert str(next(found.objects(provenance, rdflib.RDFS.label))).startswith("Unofficial")


# schema.org


class _Scripts(HTMLParser):
    """The JSON-LD of a page, and the scripts that aren't."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def on_page(site: Path) -> Any:
    parser = _Scripts()
    parser.feed((site / "data" / "index.html").read_text(encoding="utf-8"))
    (text,) = parser.found
    return json.loads(text)


def test_the_data_page_has_what_search_engines_ask_for(west_mercia_site: Path) -> None:
    found = on_page(west_mercia_site)
    assert found["@context"] == "https://schema.org/"
    assert found["@type"] == "Dataset"
    assert found["name"] == "West Mercia PCC: funds and awards 2020/21"
    assert 50 <= len(found["description"]) <= 5000
    assert "license" not in found, "the source states none"
    assert "publisher" not in found, "it isn't the publisher's site"
    assert found["creator"] == [{"@type": "Organization", "name": "Public Purse contributors"}]
    assert found["temporalCoverage"] == "2020-04-01/2021-03-31"
    assert found["spatialCoverage"] == [{"@type": "Place", "name": "West Mercia"}]
    assert found["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["dateModified"])
    assert found["isAccessibleForFree"] is True
    names = set()
    for one in found["distribution"]:
        assert one["@type"] == "DataDownload"
        file = west_mercia_site / "data" / one["contentUrl"]
        assert file.is_file(), one["contentUrl"]
        assert one["contentSize"] == f"{file.stat().st_size} B"
        assert "/" in one["encodingFormat"]
        names.add(one["name"])
    assert {"awards_joined.csv", "west-mercia-pcc.xlsx", "publication.sqlite"} <= names


def test_an_official_site_says_who_publishes_and_under_which_licence() -> None:
    read = book(ANYSHIRE)
    found = schema_org(read, tuple(made(ANYSHIRE).values()), SITE)
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["creator"][0]["name"] == found["publisher"]["name"] == about(read).publisher
    assert found["creator"][0]["contactPoint"]["email"] == "open-data@anyshire.example"
    assert found["url"] == f"{SITE}/data/"
    assert all(one["contentUrl"].startswith(f"{SITE}/data/") for one in found["distribution"])


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_descriptions_are_long_enough(folder: Path) -> None:
    found = schema_org(book(folder), (), None)
    assert 50 <= len(found["description"]) <= 5000


def test_no_text_of_the_data_ends_the_script_early(littleham: Path, tmp_path: Path) -> None:
    title = 'Tricky </script><script>alert("1")</script> <!-- & \u2028 title'

    def retitle(found: dict[str, object]) -> None:
        found["title"] = title

    edit_descriptor(littleham, retitle)
    read = book(littleham)
    text = json_in_html(schema_org(read, (), None))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["name"] == title
    site = build(littleham, tmp_path / "site")
    assert on_page(site)["name"] == title
    page = (site / "data" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page


# llms.txt


def test_llms_txt_leads_to_data_dictionary_and_caveats(west_mercia_site: Path) -> None:
    text = (west_mercia_site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# West Mercia PCC: funds and awards\n\n> ")
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\): .+$", text, re.MULTILINE)
    for link in links:
        target = west_mercia_site / link
        assert (target / "index.html" if link.endswith("/") else target).is_file(), link
    assert {"data/dictionary/", "how-to-read/", "quality/"} <= set(links)
    assert "data/v1/west-mercia-pcc/awards_joined.csv" in links
    for words in (
        "at_least",
        "named_in",
        "Never add it up",
        "inferred",
        "positional",
        "unofficial",
    ):
        assert words in text
    for label in ("not published", "not applicable", "withheld"):
        assert label in text
    assert "Licence: not stated by the source" in text


def test_llms_txt_has_whole_addresses_where_the_site_is_known() -> None:
    text = llms_txt(book(ANYSHIRE), (), SITE).content.decode()
    assert set(re.findall(r"\]\((\w+:|)", text)) == {"https:"}
    assert "it is unofficial" not in text
