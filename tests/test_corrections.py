"""Each page leads to a way to report a mistake on it, if the publisher names one."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml

from generator import checks, corrections, ledger, package, urls
from generator.errors import UnreadablePackage
from generator.pages.site import HandWritten, Site
from tests.conftest import ROOT, edit_descriptor

REPOSITORY, EMAIL = "https://example.org/parish/awards", "corrections@parish.example"
PAGE = HandWritten("awards/x/", "Ducks & <b>“drakes”</b>", "", 1)
_LINK = re.compile(r'<p class="report">(.*?)</p>')
FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "correction.yml"


def links_on(page: str) -> list[tuple[str, str]]:
    """The words and the address of each way to report a mistake."""
    (line,) = _LINK.findall(page)
    return [
        (words, html.unescape(link))
        for link, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', line)
    ]


def ways(folder: Path, base: str | None = None, **settings: str) -> list[tuple[str, str]]:
    def name(descriptor: dict[str, object]) -> None:
        purse = descriptor["purse"]
        assert isinstance(purse, dict)
        purse.update(settings)

    edit_descriptor(folder, name)
    book = ledger.build(package.read(folder))
    site = Site(book, checks.run(book), (), (), base)
    return links_on(corrections.link(site, PAGE))


def test_the_form_has_the_page_s_title_and_whole_address(littleham: Path) -> None:
    ((words, link),) = ways(littleham, "https://parish.example/money/", repository=REPOSITORY)
    assert words == "Report a mistake on this page"
    assert link.startswith(f"{REPOSITORY}/issues/new?")
    assert parse_qs(urlsplit(link).query) == {
        "template": ["correction.yml"],
        "title": ["Mistake: Ducks & <b>“drakes”</b>"],
        "page": ["https://parish.example/money/awards/x/"],
    }


def test_a_letter_is_begun(littleham: Path) -> None:
    ((words, link),) = ways(littleham, corrections_email=EMAIL)
    assert words == "Report a mistake on this page by e-mail"
    assert link.startswith(f"mailto:{EMAIL}?subject=Mistake%3A%20Ducks%20%26%20")
    assert "+" not in link, "a letter would show it"
    assert "Page: /awards/x/\r\n" in unquote(link)


def test_both_ways(littleham: Path) -> None:
    found = ways(littleham, repository=REPOSITORY + "/", corrections_email=EMAIL)
    assert [words for words, _ in found] == ["Report a mistake on this page", "by e-mail"]
    assert "//issues" not in found[0][1]


def test_a_publisher_that_names_no_way_has_no_link(littleham_site: Path) -> None:
    for page in littleham_site.rglob("*.html"):
        assert not _LINK.search(page.read_text(encoding="utf-8"))


def test_every_page_of_a_built_site_has_its_own_address(anyshire_site: Path) -> None:
    pages = sorted(anyshire_site.rglob("index.html"))
    assert len(pages) > 100
    for page in pages:
        form, letter = links_on(page.read_text(encoding="utf-8"))
        path = page.relative_to(anyshire_site).parent.as_posix()
        address = "https://funding.anyshire.example/" + ("" if path == "." else f"{path}/")
        assert parse_qs(urlsplit(form[1]).query)["page"] == [address]
        assert f"Page: {address}\r\n" in unquote(letter[1])


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("repository", "http://example.org/x"),
        ("repository", "example.org/x"),
        ("repository", "javascript:alert(1)"),
        ("repository", 'https://example.org/"x'),
        ("corrections_email", "nobody"),
        ("corrections_email", "a@b.example?cc=c@d.example"),
        ("corrections_email", "a@b.example, c@d.example"),
    ],
)
def test_settings_that_can_not_be_used(littleham: Path, setting: str, value: str) -> None:
    with pytest.raises(UnreadablePackage, match=f"can't be the {setting}"):
        ways(littleham, **{setting: value})


def test_a_long_title_is_cut() -> None:
    query = parse_qs(urlsplit(urls.new_issue(REPOSITORY, "x" * 999, "/")).query)
    assert len(query["title"][0]) < 120
    assert len(urls.mail(EMAIL, "x" * 999, "/")) < 400


def test_the_form_has_the_fields_that_the_link_fills_in() -> None:
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    fields = {one["id"] for one in form["body"] if "id" in one}
    assert fields == {"page", "wrong", "right", "stated", "private"}
    assert "private person's name" in form["body"][0]["attributes"]["value"]
