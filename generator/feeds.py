"""Atom feeds: what is new on the whole site, and in each fund. Dates come from the data alone."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree as Xml

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator import model, urls
from generator.ledger import Awards, Ledger, LinkedAward
from generator.missing import Missing
from generator.money import parse_decimal, shown
from generator.package import DataPackage
from generator.record import KIND_WORDS, Entry, entries
from generator.safety import xml_text

_ATOM = "http://www.w3.org/2005/Atom"
_SINCE = "2000"
"""The year in a `tag:` address. It must never change, or readers see every entry anew."""
_UNDATED = "1980-01-01"
"""For a feed whose data has no date at all, as in the zip: Atom wants one."""
NEWEST = 100
"""Entries in a feed; older ones are on `/changes/` and on the awards' pages."""


class _Item(Struct, frozen=True):
    id: str
    title: str
    day: date
    page: str
    summary: str
    funds: frozenset[str]


def _tag(package: DataPackage, what: str) -> str:
    owner = re.sub("[^a-z0-9.-]+", "-", package.settings.publisher_id.lower()).strip("-.")
    return f"tag:{owner or 'publisher'},{_SINCE}:{package.name}/{what}"


def _said(value: str | Missing) -> str:
    return value.value if isinstance(value, Missing) else value


def _as_shown(value: str | Missing, field: object, currency: str) -> str:
    number = parse_decimal(_said(value)) if field == "amount" else None
    return _said(value) if number is None else shown(number, currency)


def _changed(package: DataPackage, one: Entry) -> _Item | None:
    record = one.revision
    if not isinstance(record.date, date):
        return None
    field = str(record.field).replace("_", " ")
    kind = KIND_WORDS.get(str(record.kind), "Changed")
    summary = str(record.reason)
    if record.kind == "correction":
        old, new = (_as_shown(each, record.field, package.currency) for each in (one.old, one.new))
        summary = f"{field.capitalize()}: from {old} to {new}. {summary}"
    return _Item(
        id=_tag(package, f"revisions/{record.id}"),
        title=f"{kind}: {one.title}" + (f", {field}" if record.kind == "correction" else ""),
        day=record.date,
        page=one.url or urls.CHANGES,
        summary=summary,
        funds=one.funds,
    )


def _published(package: DataPackage, one: LinkedAward, changed: bool) -> _Item | None:
    award = one.award
    if not isinstance(award.published_on, date) or isinstance(award.amount, Missing):
        return None
    names = ", ".join(str(recipient.name) for recipient in one.recipients)
    amount = ("Now " if changed else "") + shown(award.amount, package.currency)
    since = " It was withdrawn since." if award.status == "withdrawn" else ""
    return _Item(
        id=_tag(package, f"awards/{award.id}"),
        title=f"Award published: {award.title}",
        day=award.published_on,
        page=urls.profile("awards", award.id),
        summary=f"{amount}. It names {names or 'no recipient'}.{since}",
        funds=frozenset([one.fund.id] if one.fund else []),
    )


def _newest(ledger: Ledger) -> Awards:
    """The awards that a feed may tell of: of each fund, and of those without, the newest."""
    frame, funds = ledger.frame(model.Award), ledger.funds
    published = frame.column("published_on", date)
    known = ledger.linked_at(pc.is_valid(published))
    table = pa.table({"day": published.take(known.rows), "id": pa.array(known.ids, pa.string())})
    order = pc.sort_indices(table, [("day", "descending"), ("id", "ascending")])
    known = known.with_rows(known.rows.take(order))
    fund = ledger.relations.row_of(model.Award, "fund", model.Fund).fill_null(len(funds))
    return Awards.together([one[:NEWEST] for one in known.by(fund, len(funds) + 1)])


def _items(ledger: Ledger) -> tuple[_Item, ...]:
    package, record = ledger.package, entries(ledger)
    amended = {one.award for one in record if one.revision.field == "amount"}
    found = [
        *(_changed(package, one) for one in record),
        *(_published(package, one, one.award.id in amended) for one in _newest(ledger)),
    ]
    items = sorted((one for one in found if one is not None), key=lambda one: one.id)
    return tuple(sorted(items, key=lambda one: one.day, reverse=True))


def _moment(day: str) -> str:
    return f"{day[:10]}T00:00:00Z"


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> None:
    element = Xml.SubElement(parent, name, attributes)
    element.text = None if text is None else xml_text(text)


def _updated(package: DataPackage) -> str:
    for day in ((package.created or "")[:10], package.settings.as_of):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return day
    return _UNDATED


def _feed(
    package: DataPackage, page: str, title: str, items: Sequence[_Item], base: str | None
) -> bytes:
    settings = package.settings

    def link(target: str) -> str:
        return f"{base.rstrip('/')}/{target}" if base else urls.relative(page, target)

    feed = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", _tag(package, page.rstrip("/")))
    _add(feed, "title", title)
    if not settings.official:
        source = f": compiled from {settings.compiled_from}" if settings.compiled_from else ""
        _add(feed, "subtitle", f"Unofficial{source}.")
    _add(feed, "updated", _moment(_updated(package)))
    author = Xml.SubElement(feed, "author")
    _add(author, "name", settings.publisher_name if settings.official else settings.site_name)
    _add(feed, "link", rel="self", type="application/atom+xml", href=link(urls.feed(page)))
    _add(feed, "link", rel="alternate", type="text/html", href=link(page))
    if package.licence:
        _add(feed, "rights", package.licence)
    for item in items[:NEWEST]:
        entry = Xml.SubElement(feed, "entry")
        _add(entry, "id", item.id)
        _add(entry, "title", item.title)
        _add(entry, "updated", _moment(item.day.isoformat()))
        _add(entry, "link", rel="alternate", type="text/html", href=link(item.page))
        _add(entry, "summary", item.summary, type="text")
    Xml.indent(feed)
    content: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def feeds(ledger: Ledger, base: str | None) -> Iterator[tuple[str, bytes]]:
    """Every feed as its path on the site and its content; empty ones too, to be subscribed to.

    Links are whole where the site's address is known, else relative to the feed itself.
    """
    package, items = ledger.package, _items(ledger)
    title = f"{package.settings.site_name}: what changed"
    yield urls.feed(urls.CHANGES), _feed(package, urls.CHANGES, title, items, base)
    for fund in ledger.funds if package.settings.feeds == "all" else ():
        page = urls.profile("funds", fund.id)
        mine = [one for one in items if fund.id in one.funds]
        title = f"{package.settings.short_name}: {fund.title}"
        yield urls.feed(page), _feed(package, page, title, mine, base)
