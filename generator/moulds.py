"""Pages of which there are many, finished from one page of their shape.

Their template is rendered once for each shape: with or without reports, for one service or many.
The finished page is cut where the words of its own stand; the others of the shape are those
texts with their own words between. So a page costs little more than its words.
"""

import re
from collections.abc import Callable, Mapping

from markupsafe import escape
from msgspec import Struct
from msgspec.structs import replace

from generator import stamping, urls
from generator.pages import Page, Renderer
from generator.safety import html
from generator.stamping import Shell

_OPEN, _CLOSE = "\x0e", "\x0f"
"""Characters that no page can say: the check `unseen-characters` lets none of them through."""
_SLOT = re.compile(f"{_OPEN}([a-z_-]+){_CLOSE}")
_TITLE, _NAME, _DESCRIPTION, _ID, _END = "title", "name", "description", "id-", "end"
"""Slots that every page has: its title in its text and in its head, the folder that it is, ..."""


def _on_lines(text: str) -> str:
    """A text of the page's head, which may have lines."""
    return text if html(text) is text else escape(text)


def _slot(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"


class _Mould(Struct, frozen=True):
    """Texts, and between two of them the words of a page's own, by name."""

    texts: tuple[bytes, ...]
    names: tuple[str, ...]

    def filled(self, words: Mapping[str, str]) -> bytes:
        """The page with these words."""
        parts = [b""] * (2 * len(self.names) + 1)
        parts[::2] = self.texts
        parts[1::2] = [words[name].encode() for name in self.names]
        return b"".join(parts)


class Moulds:
    """Finishes pages, one mould for each shape.

    `shell_of` gives the shell of a page by its address and whether it has sections, `end` what
    stands at the end of a page.
    """

    def __init__(
        self,
        renderer: Renderer,
        shell_of: Callable[[str, bool], Shell],
        end: Callable[[Page], str],
    ) -> None:
        self._renderer, self._shell_of, self._end = renderer, shell_of, end
        self._moulds: dict[object, _Mould] = {}

    def finished(self, page: Page) -> bytes:
        """The page's HTML."""
        own, end = self._renderer.own(page), self._end(page)
        shape = (page.template, urls.beside(page.url), *page.context.values(), bool(end))
        mould = self._moulds.get(shape)
        if mould is None:
            mould = self._moulds[shape] = self._mould(page, end)
        words = {
            **own,
            _TITLE: html(page.title),
            _NAME: _on_lines(page.title),
            _DESCRIPTION: _on_lines(page.description),
            _ID: page.url.rstrip("/").rpartition("/")[2],
            _END: end,
        }
        return mould.filled(words)

    def _mould(self, page: Page, end: str) -> _Mould:
        names = dict.fromkeys(self._renderer.own(page), "")
        model = replace(
            page,
            url=urls.beside(page.url).replace("*", _slot(_ID)),
            title=_slot(_TITLE),
            own=lambda _: {name: _slot(name) for name in names},
        )
        rendered = self._renderer.render(model).ending(_slot(_END) if end else "")
        rendered = replace(rendered, title=_slot(_NAME), description=_slot(_DESCRIPTION))
        words = stamping.words_of(model.url, rendered)
        made = self._shell_of(page.url, bool(words.sections)).stamp(words).decode()
        texts = _SLOT.split(made)
        return _Mould(tuple(text.encode() for text in texts[::2]), tuple(texts[1::2]))
