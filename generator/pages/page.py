"""What a page is, and how its template becomes plain Markdown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct, field
from msgspec.structs import replace

from generator import compiled, safety, urls
from generator.pages import frame
from generator.pages.pieces import Pieces
from generator.pages.site import ATTRIBUTION_WORDS
from generator.pages.words import amount_text, year_text
from generator.safety import front_matter, kept
from generator.tables import PublishedTable

Thing = TypeVar("Thing")
Own = Callable[[Pieces], Mapping[str, str]]
"""Makes the pieces of HTML, by name, that are a page's own."""


class Page(Struct, frozen=True):
    """One generated page: where it lives, what it is called, and what its template shows."""

    url: str
    title: str
    description: str
    template: str
    context: Mapping[str, object]
    trail: tuple[tuple[str, str], ...] = field(default=())
    """The pages above this one, as (words, url), home left out."""
    tables: tuple[PublishedTable, ...] = ()
    """The CSVs that are published beside the page."""
    own: Own | None = None
    """What no other page says, for its template as `own.name`: the page is one of many.

    The context of such a page holds nothing but what it shares with the others of its shape, and
    can be hashed; so all of a shape can be stamped from one.
    """


Pages = Callable[[], Iterable[Page]]
"""Makes some of the pages of which there are many."""
_PARTS, _FEW, _AT_BEST = 2000, 250, 400
"""Parts of which there are never many more; so few that all processors are busy to the end; and
how many pages together cost least."""


def parts(page: Callable[[Thing], Page], things: Sequence[Thing], least: int) -> Iterator[Pages]:
    """A page for each of many things, in parts of at least so many that can be made apart.

    The first is made at once: what all of them need is then made already, and shared.
    """
    return parts_together(partial(map, page), things, least)


def parts_together(
    pages: Callable[[Sequence[Thing]], Iterable[Page]], things: Sequence[Thing], least: int
) -> Iterator[Pages]:
    """As `parts`, with a function that makes the pages of some things together."""
    for _ in pages(things[:1]) if things else ():
        pass
    size = max(least, min(len(things) // _FEW, _AT_BEST), len(things) // _PARTS)
    for start in range(0, len(things), size):
        yield partial(pages, things[start : start + size])


class Rendered(Struct, frozen=True):
    """A page as Markdown: what its front matter says, escaped for HTML, and its body."""

    title: str
    description: str
    body: str

    def ending(self, end: str) -> "Rendered":
        """The page with more HTML at its end."""
        return replace(self, body=f"{self.body}\n\n{end}") if end else self

    def markdown(self) -> bytes:
        """The file for the site builder: front matter, then a body that is mostly raw HTML.

        Themes put a page's title and description into HTML as they stand, so both come
        escaped, and are written as JSON strings (which YAML reads).
        """
        head = {"title": self.title, "description": self.description}
        lines = [f"{key}: {front_matter(text)}" for key, text in head.items()]
        return "\n".join(["---", *lines, "---", "", self.body, ""]).encode()


def _marked(piece: Callable[..., str]) -> Callable[..., Markup]:
    """A piece for templates, which would escape it once more."""
    return lambda *given: Markup(piece(*given))  # noqa: S704 - pieces are escaped


class Renderer:
    """Turns pages into Markdown files. One for a whole build; it renders a page at a time."""

    def __init__(self, currency: str, places: Mapping[str, str] = MappingProxyType({})) -> None:
        """`places` says which row stands for a page that isn't made: see `places.py`."""
        self._pieces = Pieces(currency, places)
        self._environment = Environment(
            loader=PackageLoader("generator", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=compiled.beside(),
            finalize=kept,
            # "{#" begins a heading's anchor in Markdown.
            comment_start_string="{##",
            comment_end_string="##}",
        )
        self._environment.filters["year"] = year_text
        self._environment.filters["heading"] = safety.heading
        self._environment.filters["money_of"] = partial(amount_text, currency)
        # The page's own tools are globals, so that templates' shared pieces are loaded once.
        names = ("figure", "value", "each", "who_gets", "award_list", "holding", "download")
        self._environment.globals.update(
            {name: _marked(getattr(self._pieces, name)) for name in names},
            attribution_words=ATTRIBUTION_WORDS,
            heading=lambda page: frame.heading(page.url, page.title, page.trail),
            link=self._pieces.link,
            urls=urls,
        )
        self._pieces.shared = self._environment.get_template("macros.html").module
        self._pieces.parts = {
            kind: self._environment.get_template(f"{kind}_parts.html").module
            for kind in ("award", "recipient")
        }

    def own(self, page: Page) -> Mapping[str, str]:
        """What is the page's own, as HTML without blank lines at its ends."""
        self._pieces.at(page.url)
        own = dict(page.own(self._pieces)) if page.own else {}
        for name, text in own.items():
            if "\n" in text:
                own[name] = frame.tidy(text)
        return own

    def render(self, page: Page) -> Rendered:
        """The page as Markdown."""
        own = {name: Markup(text) for name, text in self.own(page).items()}  # noqa: S704 - HTML
        template = self._environment.get_template(page.template)
        # A context of its own for each page would copy all globals, one by one.
        shown = {**self._environment.globals, **page.context, "page": page, "own": own}
        context = template.new_context(shown, shared=True)
        body = frame.with_sections("".join(template.root_render_func(context)))
        return Rendered(str(escape(page.title)), str(escape(page.description)), frame.tidy(body))
