"""Where that stands which has no page of its own: a row of a list, by the publisher's choice.

Its permanent address stays `/awards/<id>/` and is what feeds, exports and the record of changes
name. No file lies there; `find/` leads on to the row, and so does the page for what isn't found.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from generator import urls
from generator.pages.holdings import ranked
from generator.pages.site import SHOWN, Site
from generator.write import Output

_IN_A_FILE = 1000
"""Addresses in one file of the index, on the average."""


class _Places(Mapping[str, str]):
    """The row that stands for each page that isn't made, by the page's address.

    There may be a million. So each id is kept once, and addresses are put together when asked for.
    """

    def __init__(self, pages: Mapping[str, Mapping[str, str]]) -> None:
        self._pages = pages
        """For each family, the page of the list on which each id has its row."""

    def __getitem__(self, address: str) -> str:
        family, _, rest = address.partition("/")
        page = self._pages[family][rest.removesuffix("/")]
        if urls.profile(family, rest.removesuffix("/")) != address:
            raise KeyError(address)
        return f"{page}#{urls.row_anchor(address)}"

    def __iter__(self) -> Iterator[str]:
        return (urls.profile(family, id) for family, ids in self._pages.items() for id in ids)

    def __len__(self) -> int:
        return sum(map(len, self._pages.values()))


def _pages(family: str, ids: Iterable[str]) -> dict[str, str]:
    """The page of a family's list on which each id has its row."""
    found: dict[str, str] = {}
    of_page = ""
    for place, id in enumerate(ids):
        if place % SHOWN == 0:
            of_page = urls.list_page(family, place // SHOWN + 1)
        found[id] = of_page
    return found


@cache
def places(site: Site) -> Mapping[str, str]:
    """The row that stands for each page that isn't made; empty where every page is."""
    pages: dict[str, dict[str, str]] = {}
    if site.lists_only("awards"):
        gone = dict.fromkeys(site.withdrawn.ids, urls.profile("awards", urls.WITHDRAWN))
        pages["awards"] = _pages("awards", site.awards.ids) | gone
    if site.lists_only("recipients"):
        ids = (str(one.recipient.id) for one in ranked(site))
        pages["recipients"] = _pages("recipients", ids)
    return _Places(pages)


def hashed(text: str) -> int:
    """A number from a text, as `find.js` makes it: FNV-1a in 32 bits, of its UTF-8."""
    number = 0x811C9DC5
    for byte in text.encode():
        number = ((number ^ byte) * 0x01000193) & 0xFFFFFFFF
    return number


def index_files(found: Mapping[str, str]) -> int:
    """How many files the index of these places has."""
    return -(-len(found) // _IN_A_FILE)


def index(found: Mapping[str, str]) -> Iterator[Output]:
    """What `find.js` asks, to lead from a permanent address to its row."""
    count = index_files(found)
    parts: list[dict[str, str]] = [{} for _ in range(count)]
    for address, place in found.items():
        parts[hashed(address) % count][address] = place
    for number, part in enumerate(parts):
        text = json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        yield urls.found_in(number), text.encode()
