"""One site of several publishers: small fictional packages, then four real and fictional ones."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from generator import ledger, package
from generator.project import Project
from generator.scope import Scope
from generator.together import same_as
from generator.together.identity import WhoIsWho, who_is_who
from tests import running, several
from tests.conftest import ANYSHIRE, ROOT, WEST_MERCIA
from tests.crawler.crawl import survey
from tests.reading import rows
from tests.test_on_demand import differing, on_demand

NAME = "Open funding (fictional)"
HOME = "data/awards.csv"
POND = "recipients/xy-fiction-77001/"


def project_in(folder: Path) -> Path:
    """A project without packages yet, whose site has a name of its own."""
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("images"))
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.sub("^site_name: .*$", f'site_name: "{NAME}"', config, flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(named, encoding="utf-8")
    (folder / "data").mkdir()
    return folder


def purse(*words: str | Path) -> tuple[int, str]:
    """The exit code, and what was said."""
    done = running.purse(*words)
    return done.returncode, done.stdout + done.stderr


def built(project: Path, *more: str | Path) -> Path:
    code, said = purse("build", "--project", project, *more)
    assert code == 0, said
    return project / "site"


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def words(markup: str) -> str:
    article = markup.partition("<article")[2].partition("</article>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", article)).split())


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with four fictional packages, two of them reviewed, and its site."""
    project = project_in(tmp_path_factory.mktemp("four"))
    several.four(project / "data")
    reason = "Both give the same address in their reports."
    several.review(project / "data", ("north-2031", "owls", "south", "owls", "same", reason))
    built(project, "--no-formats")
    return project


def test_the_site_of_four_has_no_problem(four: Path) -> None:
    found = survey(four / "site")
    assert [str(one) for one in found.problems] == []
    assert found.pages == len(list((four / "site").rglob("*.html")))


def test_each_file_is_the_same_when_it_is_asked_for(four: Path) -> None:
    files = on_demand(Project(four), (), four / "build", Scope(formats=False))
    mount = "publishers/northmoor/north-2031/"
    assert files.content(f"{mount}index.html")
    for url in ("", "publishers/", "recipients/", "compare/", "data/"):
        assert files.content(f"{url}index.html"), "links to the pages of the menu are trusted"
    assert not differing(four / "site", files)
    for name in (f"{mount}404.html", f"{mount}manifest.json", "awards/index.html", "none"):
        assert files.content(name) is None


def _published(site: Path) -> dict[tuple[str, str, str], Decimal]:
    """What the site's own table of all awards comes to, by publisher, currency and basis."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in rows(site / HOME):
        key = (row["publisher"], row["currency"], row["amount_basis"])
        found[key] += Decimal(row["amount"])  # type: ignore[assignment]
    return dict(found)  # type: ignore[arg-type]


def _said_at_home(site: Path) -> Counter[tuple[str, str, str]]:
    """What the home page says, by publisher, currency and basis; "" for all publishers."""
    said: Counter[tuple[str, str, str]] = Counter()
    for attributes in re.findall(r"<data ([^>]*)>", page(site, "")):
        named = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if named["data-measure"] == "sum:amount":
            chosen = dict(re.findall(r"(\w+)=([\w-]+)", unescape(named["data-where"])))
            key = (chosen.get("publisher", ""), chosen["currency"], chosen["amount_basis"])
            assert key not in said
            said[key] = Decimal(named["value"])  # type: ignore[assignment]
    return said


def assert_exact(site: Path, packages: list[Path]) -> None:
    """Totals by publisher and overall, against the packages' files: no currency in another's."""
    own = several.totals(packages)
    assert _published(site) == own
    overall: Counter[tuple[str, str, str]] = Counter()
    for (_, currency, basis), amount in own.items():
        overall["", currency, basis] += amount  # type: ignore[assignment]
    assert _said_at_home(site) == {**own, **overall}


def test_totals_are_exact_and_currencies_are_never_added(four: Path) -> None:
    packages = sorted(path.parent for path in (four / "data").glob("*/datapackage.json"))
    assert_exact(four / "site", packages)
    home = words(page(four / "site", ""))
    assert "Total value, in EUR" in home
    assert "€800.10" in home
    assert "£2,300.89" in home


def test_each_package_keeps_its_own_site(four: Path, tmp_path: Path) -> None:
    """Byte for byte as if it stood alone, but for the way up, its addresses and its search."""
    alone = tmp_path / "alone"
    more = ("--data", four / "data" / "south", "--out", alone, "--no-formats")
    code, said = purse("build", "--project", four, *more)
    assert code == 0, said
    mount = "publishers/southmoor/south/"
    way_up = re.compile(rb'<a href="[^"]*/\.\./\.\./\.\./">All publishers</a>\n')
    once = re.compile(
        r"404\.html|assets/(javascripts|stylesheets)/|manifest\.json|\.public|.*search/"
    )
    seen = Counter[str]()
    for path in sorted(alone.rglob("*")):
        name = path.relative_to(alone).as_posix()
        if path.is_file() and not once.match(name):
            found = (four / "site" / mount / name).read_bytes()
            if path.suffix == ".html":
                found, links = way_up.subn(b"", found)
                assert links == 1, name
                found = found.replace(f"/{mount}".encode(), b"/")
            assert found == path.read_bytes(), name
            seen[path.suffix] += 1
    assert seen[".html"] > 30
    assert seen[".csv"] > 20
    assert f"/{mount}awards/a-1/" in page(four / "site", f"{mount}awards/a-1/")  # how to cite it


def test_one_number_is_one_recipient_with_what_each_publisher_says(four: Path) -> None:
    said = words(page(four / "site", POND))
    for name, amount in (
        ("Ballymoor Trust (fictional)", "€800.00"),
        ("Northmoor Council (fictional)", "£1,200.50"),
        ("Pond Friends Ltd", "£0.01"),
    ):
        assert name in said
        assert amount in said
    assert "£1,200.51" not in said  # never added up
    assert "XY-FICTION-77001" in said
    assert "Southmoor" not in said  # the same id, but no number: another


def test_a_review_joins_and_says_why(four: Path) -> None:
    said = words(page(four / "site", "recipients/north-2031-owls"))
    assert "Both give the same address in their reports." in said
    assert "grants officer" in said
    assert "5 January 2032" in said
    assert "£99.99" in said
    assert "£700.20" in said
    assert rows(four / "site" / "recipients" / "same-as.csv")[0]["verdict"] == "same"


def test_a_name_alone_joins_nobody(four: Path) -> None:
    said = words(page(four / "site", "recipients/")).partition("Possibly the same")[2]
    assert "Mill Wardens" in said
    assert "names that differ by small words or marks only" in said
    alike = rows(four / "site" / "recipients" / "possibly-same.csv")
    assert {(one["package"], one["id"]) for one in alike} == {("south", "mill"), ("eire", "mill")}
    joined = rows(four / "site" / "recipients" / "recipients.csv")
    own = {one["organisation"] for one in joined if one["id"] == "mill"}
    assert own == {"not applicable"}


def _who(data: Path) -> WhoIsWho:
    ledgers = [ledger.build(package.read(folder)) for folder in package.find(data)]
    return who_is_who(ledgers, same_as.read(data))


def test_a_review_separates_what_a_number_joins(tmp_path: Path) -> None:
    several.four(tmp_path)
    (whole,) = _who(tmp_path).organisations
    assert [one.key.package for one in whole.members] == ["eire", "north-2031", "north-2032"]
    said = "One is in another country."
    apart = [("eire", "pond", f"north-203{year}", "pond", "different", said) for year in (1, 2)]
    several.review(tmp_path, *apart)
    (rest,) = _who(tmp_path).organisations
    assert [one.key.package for one in rest.members] == ["north-2031", "north-2032"]


def test_numbers_that_say_nothing_join_nobody(tmp_path: Path) -> None:
    """A publisher's own numbers, stand-ins, and what no register could hold."""
    for number in (("360G", "pond-1"), ("GB-CHC", "0000000"), ("GB-COH", "12")):
        data = tmp_path / number[0] / number[1]
        several.four(data)
        for folder in data.iterdir():
            path = folder / "recipient_identifiers.csv"
            if path.is_file():
                cells = f"pond,{number[0]},{number[1]},Invented."
                path.write_text(f"recipient,scheme,identifier,source_ref\n{cells}\n", "utf-8")
        who = _who(data)
        assert not who.organisations
        pond = {one.key.package for each in who.alike for one in each.members}
        assert {"eire", "north-2031"} <= pond


def test_different_numbers_of_one_register_speak_against_it(tmp_path: Path) -> None:
    several.four(tmp_path)
    path = tmp_path / "eire" / "recipient_identifiers.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("77001", "88002"), encoding="utf-8")
    who = _who(tmp_path)
    assert ["eire"] not in [[one.key.package for one in each.members] for each in who.alike]
    assert not any("pond" in one.key for each in who.alike for one in each.members)


def test_only_what_is_alike_is_compared(four: Path) -> None:
    said = words(page(four / "site", "compare/"))
    side_by_side, _, alone = said.partition("What can’t be compared")
    assert "2031/32: total value, in GBP" in side_by_side
    assert "£1,300.49" in side_by_side
    assert "£1,000.40" in side_by_side
    assert "€" not in side_by_side
    assert "2032/33" not in side_by_side
    assert "2031/32: total value, in EUR" in alone
    assert "2032/33: funded in the year, in GBP" in alone


def test_the_same_id_in_two_years_is_said(four: Path) -> None:
    assert "Perhaps counted twice." in words(page(four / "site", "publishers/northmoor/"))
    assert "Perhaps counted twice." not in words(page(four / "site", "publishers/southmoor/"))


def test_freshness_completeness_and_duties_are_those_of_each_package(four: Path) -> None:
    said = words(page(four / "site", "publishers/"))
    assert said.count("1 July 2031") == 4
    assert said.count("none listed") == 4
    for line in rows(four / "site" / "publishers" / "publishers.csv"):
        mount = four / "site" / "publishers" / line["publisher"] / line["package"]
        coverage = rows(mount / "quality" / "coverage.csv")
        assert line["facts"] == str(sum(int(one["awards"]) for one in coverage))
        assert line["facts_published"] == str(
            sum(int(one["awards_with_value"]) for one in coverage)
        )


def test_shared_pages_borrow_nobodys_authority(four: Path) -> None:
    site = four / "site"
    for path in ("", "publishers/", "recipients/", POND, "compare/", "data/", "glossary/"):
        frame = page(site, path)
        banner = frame.partition('class="purse-banner">')[2].partition("</p>")[0]
        assert "None of them speaks for this page" in banner, path
        assert NAME in frame.partition("<title>")[2].partition("</title>")[0]
        assert "Creative Commons" not in frame.partition("<footer")[2], path


def test_machines_find_every_publication(four: Path) -> None:
    site = four / "site"
    catalogue = json.loads((site / "data" / "catalog.jsonld").read_text(encoding="utf-8"))
    names = [one["dct:identifier"] for one in catalogue["dcat:dataset"]]
    assert sorted(names) == ["eire", "north-2031", "north-2032", "south"]
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.count("/llms.txt)") == 4


def _two(project: Path) -> tuple[str | Path, ...]:
    """Options for a quick build of two packages."""
    data = project / "data"
    quick = ("--no-search", "--no-formats")
    return ("--data", data / "south", "--data", data / "eire", *quick)


def test_an_address_reaches_the_sitemaps_and_the_citations(four: Path, tmp_path: Path) -> None:
    address = "https://open.example/all"
    out = tmp_path / "site"
    code, said = purse("build", "--project", four, *_two(four), "--out", out, "--base-url", address)
    assert code == 0, said
    index = (out / "sitemap.xml").read_text(encoding="utf-8")
    listed = re.findall(r"<loc>(.*?)</loc>", index)
    assert listed[0] == f"{address}/sitemap-shared.xml"
    mount = "publishers/southmoor/south/"
    assert f"{address}/{mount}sitemap.xml" in listed
    own = (out / mount / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{address}/{mount}awards/a-1/</loc>" in own
    assert f"{address}/{mount}awards/a-1/" in page(out, f"{mount}awards/a-1/")
    shared = (out / "sitemap-shared.xml").read_text(encoding="utf-8")
    assert f"<loc>{address}/publishers/southmoor/</loc>" in shared
    assert "publishers/southmoor/south/" not in shared
    assert {one["address"] for one in rows(out / HOME)} >= {f"{address}/{mount}awards/a-1/"}


@pytest.mark.torture
def test_the_site_builder_makes_the_same_site(four: Path, tmp_path: Path) -> None:
    def contents(folder: Path) -> dict[str, bytes]:
        found = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    made = tmp_path / "site"
    code, said = purse("build", "--project", four, "--out", made, "--no-stamp", "--no-formats")
    assert code == 0, said
    plain, stamped = contents(made), contents(four / "site")
    assert plain.keys() == stamped.keys()
    assert [name for name in plain if plain[name] != stamped[name]] == []


def test_verify_recomputes_it(four: Path) -> None:
    code, said = purse("verify", four / "site")
    assert code == 0, said
    assert "nothing differs" in said


def test_a_site_needs_a_name_that_is_no_publishers(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    several.four(project / "data")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    taken = config.replace(NAME, several.SOUTH[1])
    (project / "mkdocs.yml").write_text(taken, encoding="utf-8")
    code, said = purse("build", "--project", project)
    assert code == 2
    assert "the name of one: Southmoor Council (fictional)" in said
    assert "--data" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("north", "owls", "south", "owls", "same", "Known."), "There is no package of this name."),
        (("north-2031", "owl", "south", "owls", "same", "Known."), "has no organisation with this"),
        (("south", "owls", "south", "owls", "same", "Known."), "This is one."),
        (("north-2031", "owls", "south", "owls", "perhaps", "Known."), "This is no verdict."),
        (("north-2031", "owls", "south", "owls", "same", ""), "This cell is empty."),
        (
            ("north-2031", "owls", "south", "owls", "same", "Ask jo@ex.example."),
            "seems to hold personal data",
        ),
        (
            ("eire", "pond", "north-2031", "pond", "different", "Known."),
            "both are the same as a third",
        ),
    ],
)
def test_what_is_wrong_with_a_review_is_said_and_stops_the_build(
    tmp_path: Path, row: tuple[str, str, str, str, str, str], said: str
) -> None:
    several.four(tmp_path / "data")
    several.review(tmp_path / "data", row)
    code, found = purse("check", "--project", tmp_path)
    assert code == 1, found
    assert said in found
    assert re.search(r"same-as\.csv, row 2", found)
    assert "jo@ex" not in found
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    code, found = purse("build", "--project", tmp_path)
    assert code == 1
    assert said in found
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Its columns are not those of this list"),
        (b"\xff\xfe", "This is not UTF-8 text"),
        (b'package,"rec\n', "This is no sound CSV"),
    ],
)
def test_a_list_that_cant_be_read_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    several.four(tmp_path / "data")
    (tmp_path / "data" / "same-as.csv").write_bytes(content)
    code, found = purse("check", "--project", tmp_path)
    assert code == 1
    assert said in found


def test_a_list_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    several.four(tmp_path / "data")
    (tmp_path / "secret.csv").write_text("package,password\n", encoding="utf-8")
    (tmp_path / "data" / "same-as.csv").symlink_to(tmp_path / "secret.csv")
    code, found = purse("check", "--project", tmp_path)
    assert code == 1
    assert "same-as.csv" in found
    assert "leads out of" in found
    assert "password" not in found


def test_the_columns_of_the_list_are_explained() -> None:
    guide = (ROOT / "docs" / "publish" / "many-publishers.md").read_text(encoding="utf-8")
    for field in same_as.fields():
        assert field["title"]
        assert field["description"].endswith(".")
        assert f"`{field['name']}`" in guide
    example = guide.partition("```csv\n")[2].partition("\n")[0]
    assert example.split(",") == [field["name"] for field in same_as.fields()]


def test_packages_that_cant_be_told_apart_are_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    several.four(data)
    path = data / "south" / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    for old, new, said in (
        ('"name": "south"', '"name": "eire"', "are both called eire"),
        ('"id": "southmoor"', '"id": "northmoor"', "give two publishers the id northmoor"),
    ):
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        code, found = purse("check", "--project", tmp_path)
        assert code == 2
        assert said in found


def test_commands_for_one_package_ask_which(four: Path) -> None:
    for command in ("release", "workbook"):
        code, said = purse(command, "--project", four)
        assert code == 2
        assert "one package, and there are 4" in said


def _totals_of(csv_file: Path) -> Decimal:
    with csv_file.open(encoding="utf-8", newline="") as file:
        return sum((Decimal(row["amount"]) for row in csv.DictReader(file)), Decimal(0))


def test_trafford_ab_anyshire_and_west_mercia_as_one_site(samples: Path, tmp_path: Path) -> None:
    project = project_in(tmp_path)
    data = project / "data"
    for known in (WEST_MERCIA, ANYSHIRE):
        shutil.copytree(known, data / known.name)
    for file, folder, awards in (
        ("360giving-trafford-council.csv", "trafford", 555),
        ("360giving-ab-charitable-trust.xlsx", "ab-charitable-trust", 783),
    ):
        code, said = purse("import", samples / file, "--to", data / folder)
        assert code == 0, said
        assert f"{awards} awards" in said
    site = built(project, "--no-search", "--no-formats")
    found = survey(site)
    assert [str(one) for one in found.problems[:20]] == []
    assert found.pages > 2400
    packages = sorted(path.parent for path in data.glob("*/datapackage.json"))
    assert_exact(site, packages)
    # Once more, from each package's own published table.
    tables = (next(site.glob(f"publishers/*/{one.name}/awards/awards.csv")) for one in packages)
    own = [_totals_of(one) for one in tables]
    assert sum(own) == _totals_of(site / HOME)
    compared = rows(site / "compare" / "compare.csv")
    assert {one["financial_year"] for one in compared if one["publishers"] == "2"} >= {"2019-20"}
