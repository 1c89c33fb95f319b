"""The page of changes, its table, and the Atom feeds: valid, dated by the data, complete."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as Xml

import pytest

from generator.feeds import NEWEST, feeds
from generator.record import entries, record_table
from tests.changing import ANYSHIRE, book, change, copy_of, record, set_cell
from tests.conftest import LITTLEHAM, WEST_MERCIA, build, edit_descriptor, there

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://funding.anyshire.example/"
BOOKS = {folder.name: book(folder) for folder in (ANYSHIRE, WEST_MERCIA, LITTLEHAM)}


@pytest.fixture
def anyshire(tmp_path: Path) -> Path:
    return copy_of(ANYSHIRE, tmp_path / "anyshire")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ANYSHIRE, tmp_path_factory.mktemp("feeds") / "site")


def all_feeds(folder: Path, base: str | None = None) -> dict[str, Xml.Element]:
    return {path: Xml.fromstring(content) for path, content in feeds(book(folder), base)}


def text(element: Xml.Element, name: str) -> str:
    found = element.findall(ATOM + name)
    assert len(found) == 1, f"{len(found)} elements {name}"
    assert found[0].text
    return found[0].text


def links(element: Xml.Element) -> dict[str, str]:
    return {one.attrib["rel"]: one.attrib["href"] for one in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("base", [None, BASE, "https://example.org/deep/down"])
def test_every_feed_has_what_atom_asks_for(name: str, base: str | None) -> None:
    found = dict(feeds(BOOKS[name], base))
    assert len(found) == 1 + len(BOOKS[name].funds)
    ids: list[str] = []
    for content in found.values():
        assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns=")
        feed = Xml.fromstring(content)
        assert feed.tag == f"{ATOM}feed"
        author = feed.find(f"{ATOM}author")
        assert author is not None
        assert text(author, "name")
        assert set(links(feed)) == {"self", "alternate"}
        ids.append(text(feed, "id"))
        seen: list[str] = []
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            assert text(element, "title")
            assert re.fullmatch(r"tag:[a-z0-9.-]+,2000:[\w./-]+", text(element, "id"))
            moment = datetime.fromisoformat(text(element, "updated"))
            assert moment.tzinfo is not None
            assert "alternate" in links(element)
            for link in links(element).values():
                assert link.startswith(base) if base else "://" not in link
            seen.append(text(element, "id"))
        assert len(set(seen)) == len(seen)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", BOOKS)
def test_the_same_data_gives_the_same_feeds(name: str) -> None:
    again = book(BOOKS[name].package.folder)
    assert dict(feeds(BOOKS[name], None)) == dict(feeds(again, None))


def test_the_feed_has_each_change_and_each_dated_award_newest_first() -> None:
    ledger = BOOKS["anyshire"]
    feed = all_feeds(ANYSHIRE)["changes/feed.xml"]
    ids = [text(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
    wanted = {f"tag:anyshire,2000:anyshire/revisions/{one.id}" for one in ledger.revisions}
    published = [one.id for one in ledger.awards if not hasattr(one.published_on, "label")]
    wanted |= {f"tag:anyshire,2000:anyshire/awards/{id}" for id in published}
    assert len(wanted) <= NEWEST
    assert set(ids) == wanted
    days = [text(entry, "updated") for entry in feed.findall(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert text(feed, "updated") == "2031-11-15T00:00:00Z"


def test_a_funds_feed_has_what_is_the_funds_own() -> None:
    ledger, found = BOOKS["anyshire"], all_feeds(ANYSHIRE)
    for fund in ledger.funds:
        feed = found[f"funds/{fund.id}/feed.xml"]
        for entry in feed.findall(f"{ATOM}entry"):
            kind, _, id = text(entry, "id").partition(":anyshire/")[2].partition("/")
            if kind == "revisions":
                id = str(next(one.row for one in ledger.revisions if one.id == id))
            assert there(ledger.award(id)).award.fund == fund.id
    total = sum(len(feed.findall(f"{ATOM}entry")) for feed in found.values())
    assert total == 2 * len(found["changes/feed.xml"].findall(f"{ATOM}entry"))


def test_entries_say_what_changed() -> None:
    feed = all_feeds(ANYSHIRE)["changes/feed.xml"]
    said = {text(one, "id").rpartition("/")[2]: one for one in feed.findall(f"{ATOM}entry")}
    corrected = said["2031-32-v13-amount-changed"]
    assert text(corrected, "title") == "Corrected: Children after domestic abuse, amount"
    assert text(corrected, "summary").startswith("Amount: from £30,000.00 to £38,000.00. A worker")
    assert text(said["2031-32-p14-status-changed"], "title") == "Withdrawn: Bicycles that come back"
    assert text(said["2031-32-n16-id-changed"], "title") == "Added later: Benches to talk on"
    assert text(said["2031-32-v13"], "summary").startswith("Now £38,000.00. It names ")
    assert text(said["2031-32-p14"], "summary").endswith("It was withdrawn since.")


def test_ids_stay_when_everything_else_changes(anyshire: Path) -> None:
    before = [
        text(one, "id") for one in all_feeds(anyshire)["changes/feed.xml"].iter(f"{ATOM}entry")
    ]
    edit_descriptor(anyshire, lambda found: found.update(version="9.0.0", created="2032-01-01"))
    set_cell(anyshire, "awards", "2031-32-n12", "title", "Another")
    after = all_feeds(anyshire, BASE)["changes/feed.xml"]
    assert [text(one, "id") for one in after.iter(f"{ATOM}entry")] == before
    assert text(after, "updated") == "2032-01-01T00:00:00Z"


def test_a_publication_without_any_date_still_has_valid_feeds(littleham: Path) -> None:
    def undated(descriptor: dict[str, object]) -> None:
        del descriptor["created"]

    edit_descriptor(littleham, undated)
    for feed in all_feeds(littleham).values():
        assert text(feed, "updated") == "1980-01-01T00:00:00Z"


def test_an_unofficial_feed_does_not_speak_for_the_publisher() -> None:
    feed = all_feeds(WEST_MERCIA)["changes/feed.xml"]
    assert text(feed, "subtitle").startswith("Unofficial: compiled from ")
    author = feed.find(f"{ATOM}author")
    assert author is not None
    assert text(author, "name") == "West Mercia PCC: funds and awards"


def test_what_xml_can_not_hold_is_replaced(littleham: Path) -> None:
    set_cell(littleham, "awards", "2031-32-1", "title", "A\x0btitle <b> & more ]]>")
    feed = all_feeds(littleham)["changes/feed.xml"]
    assert (
        text(feed.findall(f"{ATOM}entry")[0], "title") == "Award published: A�title <b> & more ]]>"
    )


def test_a_long_feed_is_cut_to_the_newest(anyshire: Path) -> None:
    for_each = {"resource": "awards", "row": "2031-32-n12", "field": "title", "kind": "correction"}
    more = [
        {**for_each, "id": f"change-{number}", "old": "a", "new": "b", "reason": "Why."}
        for number in range(NEWEST)
    ]
    day = {"date": "2031-11-14"}
    change(anyshire, "revisions", lambda rows: [*rows, *({**one, **day} for one in more)])
    entries_found = all_feeds(anyshire)["changes/feed.xml"].findall(f"{ATOM}entry")
    assert len(entries_found) == NEWEST
    assert all("/revisions/change-" in text(one, "id") for one in entries_found)


def test_every_link_of_every_feed_leads_to_a_page(site: Path) -> None:
    for path in site.rglob("feed.xml"):
        here = BASE + path.relative_to(site).as_posix()
        feed = Xml.fromstring(path.read_bytes())
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            for rel, link in links(element).items():
                target = urljoin(here, link)
                assert target.startswith(BASE)
                file = site / target.removeprefix(BASE)
                assert (file if rel == "self" else file / "index.html").is_file(), link
    assert len(list(site.rglob("feed.xml"))) == 1 + len(BOOKS["anyshire"].funds)


def test_relative_links_lead_somewhere_too(west_mercia_site: Path) -> None:
    for path in west_mercia_site.rglob("feed.xml"):
        for link in links(Xml.fromstring(path.read_bytes())).values():
            assert (path.parent / link).exists(), link


def test_the_page_of_changes_lists_them_newest_first(site: Path) -> None:
    page = (site / "changes" / "index.html").read_text(encoding="utf-8")
    shown = re.findall(r'<tr data-row="([^"]+)">', page)
    ledger = BOOKS["anyshire"]
    assert shown == [one.revision.id for one in entries(ledger)]
    days = [str(one.revision.date) for one in entries(ledger)]
    assert days == sorted(days, reverse=True)
    rows = (site / "changes" / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == shown
    for words in (
        "Children after domestic abuse",
        "£30,000.00",
        "£38,000.00",
        "A worker for the fourth",
    ):
        assert words in page
    assert '<a href="../awards/2031-32-v13/">' in page


def test_a_page_without_changes_says_so(west_mercia_site: Path) -> None:
    page = (west_mercia_site / "changes" / "index.html").read_text(encoding="utf-8")
    assert "No change to anything published has been recorded." in page
    rows = (west_mercia_site / "changes" / "changes.csv").read_text(encoding="utf-8")
    assert rows.startswith("id,date,kind,")
    assert rows.count("\n") == 1


def test_feeds_are_linked_where_readers_are(site: Path) -> None:
    for page, link in (
        ("changes/index.html", "feed.xml"),
        ("funds/neighbourhood-fund/index.html", "feed.xml"),
        ("how-it-works/index.html", "../changes/"),
        ("awards/2031-32-n12/index.html", "../../changes/"),
        ("data/index.html", "releases/"),
    ):
        assert f'<a href="{link}">' in (site / page).read_text(encoding="utf-8"), page
    head = (site / "awards/2031-32-n12/index.html").read_text(encoding="utf-8")
    assert 'type="application/atom+xml" title="Changes" href="../../changes/feed.xml"' in head


def test_pages_say_how_to_cite_them(site: Path, west_mercia_site: Path) -> None:
    for path in ("awards/2031-32-n12/", "funds/neighbourhood-fund/", "data/"):
        page = (site / path / "index.html").read_text(encoding="utf-8")
        assert f"<code>{BASE}{path}</code>" in page
        assert "data version 3.2.0 of" in page
        assert "15 November 2031" in page
    page = (west_mercia_site / "awards/2020-21-v01/index.html").read_text(encoding="utf-8")
    assert "<code>/awards/2020-21-v01/</code>" in page
    assert "compiled unofficially, data version 1.0.0" in page


def test_the_record_never_tells_a_small_count(anyshire: Path) -> None:
    ledger = BOOKS["anyshire"]
    measure = next(one for one in ledger.outcome_measures if one.count_of_people is True)
    about = {"resource": "outcome_measures", "row": measure.id, "field": "value"}
    record(anyshire, **about, old="3", new="40")
    (entry,) = (one for one in entries(book(anyshire)) if one.revision.id == "a-change")
    row = record_table((entry,)).rows[0]
    assert (row["old"], row["new"]) == ("withheld", "40")
    report = next(one for one in ledger.outcome_reports if one.id == measure.report)
    assert entry.award == report.award
    assert entry.funds == {there(ledger.award(report.award)).award.fund}


@pytest.mark.parametrize(
    ("about", "url", "funds"),
    [
        ({"resource": "funds", "row": "quiet-roads"}, "funds/quiet-roads/", {"quiet-roads"}),
        (
            {"resource": "awards", "row": "2031-32-n12", "field": "fund", "old": "quiet-roads"},
            "awards/2031-32-n12/",
            {"neighbourhood-fund", "quiet-roads"},
        ),
        ({"resource": "queries", "row": "doorstep-shares"}, None, set()),
        ({"resource": "awards", "row": "no-such-award"}, None, set()),
    ],
)
def test_what_an_entry_is_about(
    anyshire: Path, about: dict[str, str], url: str | None, funds: set[str]
) -> None:
    record(anyshire, **{"field": "title", **about})
    (entry,) = (one for one in entries(book(anyshire)) if one.revision.id == "a-change")
    assert entry.url == url
    assert set(entry.funds) == funds
    assert entry.title
