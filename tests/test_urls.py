"""Where everything lives: addresses and the links between them."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import urls

SLUG = st.from_regex("[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
PAGE = st.lists(SLUG, max_size=3).map(lambda parts: "".join(f"{part}/" for part in parts))
FILE = st.builds(lambda page, name: f"{page}{name}.csv", PAGE, SLUG)
ANCHOR = SLUG.map(lambda name: f"#{name}") | st.just("")
ADDRESS = "https://example.org/deep/down/"


def test_addresses() -> None:
    assert urls.HOME == ""
    assert urls.family("awards") == "awards/"
    assert urls.profile("awards", "2020-21-v01") == "awards/2020-21-v01/"
    assert urls.awards_csv("funds/lpcaf/") == "funds/lpcaf/awards.csv"
    assert urls.awards_csv(urls.HOME) == "awards.csv"
    assert urls.coverage_csv() == "quality/coverage.csv"
    assert urls.package_folder("wm") == "data/v1/wm/"
    assert urls.resource_csv("wm", "awards") == "data/v1/wm/awards.csv"
    assert urls.descriptor("wm") == "data/v1/wm/datapackage.json"
    assert urls.archive("wm") == "data/v1/wm/wm.zip"
    assert urls.how_it_works("six-funds") == "how-it-works/six-funds/"
    assert urls.source_file("") == "index.md"
    assert urls.source_file("awards/") == "awards/index.md"


@pytest.mark.parametrize(
    ("here", "target", "link"),
    [
        ("", "awards/", "awards/"),
        ("", "", "./"),
        ("awards/", "", "../"),
        ("awards/", "awards/", "./"),
        ("awards/x/", "awards/", "../"),
        ("awards/x/", "awards/awards.csv", "../awards.csv"),
        ("awards/x/", "funds/y/", "../../funds/y/"),
        ("awards/x/", "awards/x/#total", "#total"),
        ("awards/x/", "money/#total", "../../money/#total"),
        ("", "#total", "#total"),
        ("awards/", "#total", "../#total"),
    ],
)
def test_links(here: str, target: str, link: str) -> None:
    assert urls.relative(here, target) == link


@given(PAGE, PAGE | FILE, ANCHOR)
def test_a_link_leads_to_its_target_wherever_the_site_stands(
    here: str, target: str, anchor: str
) -> None:
    link = urls.relative(here, target + anchor)
    assert not link.startswith("/")
    assert urljoin(ADDRESS + here, link) == ADDRESS + target + anchor
