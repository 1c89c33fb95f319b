"""Pages finished without the site builder: its HTML of a stub, stamped with a page's own words.

The builder renders a few stubs. What it makes of one is cut at the stub's words (title,
description, address, body, list of sections); between the cuts it is the same for every page
of that kind. The result is byte for byte what the builder would make of the page's Markdown.
"""

import re
from collections.abc import Sequence

from markupsafe import escape
from msgspec import Struct

from generator.pages.frame import Heading, finished, html
from generator.pages.page import Rendered

_TITLE, _DESCRIPTION, _BODY = "PurseSlotTitle", "PurseSlotDescription", "<h1>PurseSlotBody</h1>"
_END = "<p>PurseSlotEnd</p>"
"""Every page ends with HTML, after which Markdown leaves a line."""
_STUB = "purse-slot"
"""The folder of the stub for the pages below a folder."""
_HEADINGS = (
    Heading("purse-slot-section-1", "PurseSlotWords1"),
    Heading("purse-slot-section-2", "PurseSlotWords2"),
)


def stub_url(url: str) -> str:
    """The address of the stub for a page: its own, unless it lies below a folder of the top.

    Links of the theme's are written relative to the page, so each such folder has its own.
    """
    folder, _, below = url.partition("/")
    return f"{folder}/{_STUB}/" if below else url


def stub(*, sections: bool, anchors: Sequence[str] = ()) -> Rendered:
    """The page that stands for all of its kind: with sections, or with none.

    `anchors` are the places in it that hand-written pages link to.
    """
    parts = [_BODY, *(f"## {one.words} {{#{one.anchor}}}" for one in _HEADINGS if sections)]
    parts += [*(f'<p id="{escape(one)}"></p>' for one in anchors), _END]
    return Rendered(_TITLE, _DESCRIPTION, "\n\n".join(parts))


class _Sections(Struct, frozen=True):
    """A list of sections: what stands between an address and its words, and between two lines."""

    between: str
    after: str

    def filled(self, found: Sequence[Heading]) -> str:
        """The list for these headings."""
        return self.after.join(f"{one.anchor}{self.between}{one.words}" for one in found)


_Slot = str | _Sections
"""Which words go in: those of a name, or a list of sections."""


def _pattern() -> re.Pattern[str]:
    """Finds a stub's words in what the builder made of it."""
    (first, second), (first_words, second_words) = (
        [one.anchor for one in _HEADINGS],
        [one.words for one in _HEADINGS],
    )
    lines = (
        rf"{first}(?P<between>(?:(?!{first}).)*?){first_words}"
        rf"(?P<after>(?:(?!{first}).)*?){second}(?P=between){second_words}"
    )
    named = {
        "body": f"{_BODY}.*?{_END}",
        "title": _TITLE,
        "description": _DESCRIPTION,
        "lines": lines,
        "first": first,
        "url": rf"[\w-]+/{_STUB}/",
    }
    return re.compile("|".join(f"(?P<{name}>{one})" for name, one in named.items()), re.DOTALL)


_WORDS = _pattern()


class Words(Struct, frozen=True):
    """A page's own words, as they go into a shell; all but the address is HTML."""

    url: str
    title: str
    description: str
    body: str
    sections: tuple[Heading, ...]


def words_of(url: str, page: Rendered) -> Words:
    """What a page says, and which sections it has."""
    body, sections = finished(page.body)
    return Words(url, page.title, page.description, body, tuple(sections))


class Shell(Struct, frozen=True):
    """A stub's finished HTML, cut: texts, and between two of them the slot that is filled."""

    texts: tuple[bytes, ...]
    slots: tuple[_Slot, ...]

    def stamp(self, page: Words) -> bytes:
        """The finished page."""
        words = {
            "title": page.title.encode(),
            "description": page.description.encode(),
            "url": page.url.encode(),
            "body": page.body.encode(),
            "first": page.sections[0].anchor.encode() if page.sections else b"",
        }
        parts = [self.texts[0]]
        for slot, text in zip(self.slots, self.texts[1:], strict=True):
            parts.append(
                words[slot] if isinstance(slot, str) else slot.filled(page.sections).encode()
            )
            parts.append(text)
        return b"".join(parts)


def cut(made: str, url: str, of: Rendered) -> Shell:
    """The shell that a stub's finished HTML makes. Raises ValueError when it lacks the stub's body.

    `url` is where the stub stands.
    """
    own = {"body": html(of.body), "url": url}
    texts, slots, end = [], list[_Slot](), 0
    for match in _WORDS.finditer(made):
        kind = str(match.lastgroup)
        if match[0] != own.get(kind, match[0]):
            continue
        texts.append(made[end : match.start()].encode())
        lines = _Sections(match["between"], match["after"]) if match["lines"] else None
        slots.append(lines or kind)
        end = match.end()
    if slots.count("body") != 1:
        raise ValueError("the site builder's page holds the stub's text not once")
    return Shell((*texts, made[end:].encode()), tuple(slots))
