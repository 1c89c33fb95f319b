"""Where that stands which has no page of its own: a row of a list, by the publisher's choice.

Its permanent address stays `/awards/<id>/` and is what feeds, exports and the record of changes
name. No file lies there; `find/` leads on to the row, and so does the page for what isn't found.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from generator import urls
from generator.pages.holdings import ranked
from generator.pages.site import SHOWN, Site
from generator.write import Output

_IN_A_FILE = 1000
"""Addresses in one file of the index, on the average."""


def _rows(site: Site) -> Iterator[tuple[str, str]]:
    """The permanent address of each row, and the page where it stands."""
    if site.lists_only("awards"):
        for place, id in enumerate(site.awards.ids):
            yield urls.profile("awards", id), urls.list_page("awards", place // SHOWN + 1)
        for id in site.withdrawn.ids:
            yield urls.profile("awards", id), urls.profile("awards", urls.WITHDRAWN)
    if site.lists_only("recipients"):
        for place, one in enumerate(ranked(site)):
            page = urls.list_page("recipients", place // SHOWN + 1)
            yield urls.profile("recipients", one.recipient.id), page


@cache
def places(site: Site) -> Mapping[str, str]:
    """The row that stands for each page that isn't made; empty where every page is."""
    return {address: f"{page}#{urls.row_anchor(address)}" for address, page in _rows(site)}


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
