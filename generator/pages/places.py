"""Where that stands which has no page of its own: a row of a list, by the publisher's choice.

Its permanent address stays `/awards/<id>/` and is what feeds, exports and the record of changes
name. No file lies there; `find/` leads on to the row, and so does the page for what isn't found.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from generator import model, urls
from generator.grouping import Array, numbers_of
from generator.ledger import Awards
from generator.pages.holdings import rank
from generator.pages.site import SHOWN, Site, of_site
from generator.write import Output

_IN_A_FILE = 1000
"""Addresses in one file of the index, on the average."""


class _Rows(Mapping[str, str]):
    """The page of a family's list on which each id has its row.

    There may be a million. So ids are in the order of the alphabet, and looked up as a word is in
    a dictionary; a Python dictionary would take three times the memory.
    """

    def __init__(self, ids: Array, page_of: Callable[[int], str]) -> None:
        order = pc.sort_indices(ids).cast(pa.int64())
        self._ids: list[str] = ids.take(order).to_pylist()
        self._places, self._page_of = numbers_of(order), page_of

    def __getitem__(self, id: str) -> str:
        found = bisect_left(self._ids, id)
        if found == len(self._ids) or self._ids[found] != id:
            raise KeyError(id)
        return self._page_of(self._places[found])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class _Places(Mapping[str, str]):
    """The row that stands for each page that isn't made, by the page's address."""

    def __init__(self, rows: Mapping[str, _Rows]) -> None:
        self._rows = rows

    def __getitem__(self, address: str) -> str:
        family, _, rest = address.partition("/")
        page = self._rows[family][rest.removesuffix("/")]
        if urls.profile(family, rest.removesuffix("/")) != address:
            raise KeyError(address)
        return f"{page}#{urls.row_anchor(address)}"

    def __iter__(self) -> Iterator[str]:
        return (urls.profile(family, id) for family, rows in self._rows.items() for id in rows)

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))


@of_site
def places(site: Site) -> Mapping[str, str]:
    """The row that stands for each page that isn't made; empty where every page is."""
    if not any(map(site.lists_only, ("awards", "recipients"))):
        return {}
    rows: dict[str, _Rows] = {}
    relations = site.ledger.relations
    if site.lists_only("awards"):
        standing, withdrawn = len(site.awards), urls.profile("awards", urls.WITHDRAWN)
        both = Awards.together([site.awards, site.withdrawn])

        def page_of(place: int) -> str:
            listed = urls.list_page("awards", place // SHOWN + 1)
            return listed if place < standing else withdrawn

        rows["awards"] = _Rows(relations.ids(model.Award).take(both.rows), page_of)
    if site.lists_only("recipients"):
        ids = relations.ids(model.Recipient).take(rank(site))
        rows["recipients"] = _Rows(
            ids, lambda place: urls.list_page("recipients", place // SHOWN + 1)
        )
    return _Places(rows)


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
