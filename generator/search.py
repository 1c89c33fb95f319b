"""What the search in each page's header finds: a record for each page worth finding.

A record holds the words by which a page is found and what a result shows, and nothing of the
page's frame. `indexing.py` makes the index from records; `theme/search/` asks it.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from msgspec import Struct

from generator import safety, urls
from generator.ledger import Awards, LinkedAward
from generator.missing import Missing
from generator.money import shown
from generator.pages.families import Member, families
from generator.pages.holdings import ranked
from generator.pages.page import Page
from generator.pages.search import finds_awards
from generator.pages.site import HandWritten, Site
from generator.pages.words import year_text
from generator.summaries.base import amount

_FRONT_MATTER = re.compile(r"\A---\r?\n.*?\n---\r?\n", re.DOTALL)
_AWARDS = "<table[^>]*data-csv=.*?</table>"
"""A list of rows that stand in a file as well; awards, most often, each found by itself."""
_ELEMENT = re.compile(f"{_AWARDS}|<(script|style|svg)\\b.*?</\\1>|<[a-zA-Z/!][^>]*>", re.DOTALL)
_MARKDOWN = re.compile(r"\]\([^)]*\)|\{#[^}]*\}|^[#>|\-: ]+|[*`\[|]", re.MULTILINE)
_DROPPED = re.compile("['‘’\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]{3,30}")

_TEXTS = ("short_title", "also_called", "purpose", "applicants", "description", "note", "gss_code")
"""The columns of a fund, programme, theme, area or term by which it is found."""


class Record(Struct, frozen=True):
    """A page as the search finds it."""

    url: str
    kind: str
    """`award`, `recipient`, `fund` or `page`: what readers choose results by."""
    label: str
    """The kind in words, on the result."""
    title: str
    text: str
    """What is searched beside the title; a result quotes from it."""
    amount: str = ""
    fund: str = ""
    year: str = ""
    publisher: str = ""
    """Whose it is, by id and in words, where the index is of several publishers."""
    publisher_name: str = ""


def _said(*values: object) -> str:
    """The texts among the values, each once, as sentences."""
    texts = (value.strip().rstrip(".") for value in values if isinstance(value, str))
    return " ".join(f"{text}." for text in dict.fromkeys(texts) if text)


def _award(one: LinkedAward, currency: str) -> Record:
    award = one.award
    printed = (who.record.published_name for each in one.services for who in each.recipients)
    return Record(
        url=urls.profile("awards", award.id),
        kind="award",
        label="Withdrawn award" if award.status == "withdrawn" else "Award",
        title=str(award.title),
        text=_said(
            *(recipient.name for recipient in one.recipients),
            award.purpose,
            *(each.record.title for each in one.services),
            *printed,
            *(area.title for _, area in one.areas),
            *(heading.title for heading in (one.programme, one.theme) if heading),
            *(award.source_id, award.id),
        ),
        amount=shown(amount(one), currency),
        fund=str(one.fund.title if one.fund else f"fund {Missing.NOT_PUBLISHED}"),
        year=year_text(award.financial_year),
    )


def _recipients(site: Site, currency: str) -> Iterator[Record]:
    known: dict[str, list[object]] = {}
    for other in site.ledger.recipient_names:
        known.setdefault(other.recipient, []).append(other.name)
    for number in site.ledger.recipient_identifiers:
        known.setdefault(number.recipient, []).append(number.identifier)
    for holding in ranked(site):
        yield Record(
            url=urls.profile("recipients", holding.recipient.id),
            kind="recipient",
            label="Recipient",
            title=str(holding.recipient.name),
            text=_said(*known.get(holding.recipient.id, ())),
            amount=(
                f"at least {shown(holding.held, currency)}; "
                f"named in awards worth {shown(holding.named, currency)}"
            ),
        )


def _heading(family: str, what: str, member: Member, currency: str) -> Record:
    worth = shown(member.awards.total, currency)
    return Record(
        url=urls.profile(family, member.id),
        kind="fund" if family == "funds" else "page",
        label=what.capitalize(),
        title=member.title,
        text=_said(*(getattr(member.record, name, None) for name in _TEXTS)),
        amount=f"awards worth {worth}" if member.awards else "no awards",
    )


def profiles(site: Site) -> Iterator[Record]:
    """The awards (unless they are too many), recipients, funds and other headings."""
    currency = site.ledger.package.currency
    if finds_awards(site):
        for one in Awards.together([site.awards, site.withdrawn]):
            yield _award(one, currency)
    yield from _recipients(site, currency)
    for family in families(site):
        for member in family.members:
            yield _heading(family.name, family.what, member, currency)


def plain_text(content: str) -> str:
    """The words of a page's Markdown, without front matter and markup."""
    text = _FRONT_MATTER.sub("", content)
    # A space for each mark, so that neighbouring cells stay apart.
    return " ".join(unescape(_MARKDOWN.sub(" ", _ELEMENT.sub(" ", text))).split())


def other_page(page: Page | HandWritten, content: str, described: frozenset[str]) -> Record | None:
    """The record of a page that is no profile; None where there is nothing to find.

    Below `described` are the lists of what has records of its own; the list itself is found by
    its title and description alone.
    """
    family, _, below = page.url.partition("/")
    if page.url in (urls.SEARCH, urls.HOME) or (family in described and below):
        return None
    text = page.description if family in described else plain_text(content)
    return Record(url=page.url, kind="page", label="Page", title=page.title, text=text)


def listed(site: Site) -> frozenset[str]:
    """The families whose members have records of their own."""
    return frozenset({"awards", "recipients", *(family.name for family in families(site))})


def fold(text: str) -> str:
    """A text as words are compared: no capitals, accents or apostrophes. As in `words.js`."""
    return _DROPPED.sub("", unicodedata.normalize("NFD", text)).lower()


def words(records: Iterable[Record]) -> bytes:
    """Every word that can be found, the most frequent first: what a mistyped word may mean."""
    found = Counter(
        word for one in records for word in _WORD.findall(fold(f"{one.title} {one.text}"))
    )
    common = sorted(found, key=lambda word: (-found[word], word))
    return json.dumps(common, ensure_ascii=False, separators=(",", ":")).encode()


def publisher_word(id: str) -> str:
    """The word by which what is a publisher's is found. As in `search.js`."""
    return f"qxof{id.replace('-', 'q')}x"


def document(record: Record) -> bytes:
    """A record as the little page that the index is made from.

    Each is found by its kind through a word that nobody types, `qxaward`: Pagefind's own
    filters come out in another order at each run, and the same data must give the same bytes.
    By its publisher likewise, `qxofanyshirex`: a word is also found by how it begins.
    """
    of = f" {publisher_word(record.publisher)}" if record.publisher else ""
    meta = {
        "kind": record.label,
        "amount": record.amount,
        "fund": record.fund,
        "year": record.year,
        "publisher": record.publisher_name,
        "is": f"qx{record.kind}{of}",
    }
    said = "".join(
        f'<p data-pagefind-meta="{name}">{safety.html(value)}</p>'
        for name, value in meta.items()
        if value
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><body data-pagefind-body>'
        f"<div data-pagefind-ignore>{said}</div>"
        f"<h1>{safety.html(record.title)}</h1><p>{safety.html(record.text)}</p></body></html>"
    ).encode()
