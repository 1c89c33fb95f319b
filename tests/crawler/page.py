"""What stands on one HTML page: its ids, links, figures, tables and visible text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.crawler.markup import INLINE, VOID, Link, ended_by, urls_of

GAP = "\ufffc"  # stands in the visible text where a figure or published text was


@dataclass(frozen=True)
class Figure:
    """A ``<data>`` element: its attributes and the text that a reader sees."""

    attributes: dict[str, str]
    text: str

    def get(self, name: str) -> str:
        """The attribute of that name, empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def derived(self) -> bool:
        """Whether the figure comes from other figures of the page."""
        return "data-op" in self.attributes

    def __str__(self) -> str:
        asks = ", ".join(f"{k}={v!r}" for k, v in self.attributes.items() if k != "value")
        return f"{self.text.strip()!r} ({asks})"


@dataclass(frozen=True)
class Row:
    """A table row that carries ``data-row``, with the figures inside it."""

    id: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    """A table; ``csv`` is its ``data-csv``, empty where it has none."""

    csv: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Picture:
    """A ``<figure>``: the texts drawn in it, and the figures that stand beside the drawing."""

    drawn: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Page:
    """All that the crawler asks about a page: its file, where it is served, and what is on it."""

    path: str
    url: str
    lang: str
    title: str
    headings: int
    text: str
    ids: tuple[str, ...]
    names: frozenset[str]
    links: tuple[Link, ...]
    css: tuple[str, ...]
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    pictures: tuple[Picture, ...]
    loose_rows: tuple[str, ...]


@dataclass
class _Open:
    """An element that is not closed yet, with what was found inside it so far."""

    tag: str
    attributes: dict[str, str]
    published: bool
    text: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


class _Parser(HTMLParser):
    """Walks the markup once and gathers what the page holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[_Open] = []
        self.lang = self.title = ""
        self.headings = 0
        self.visible: list[str] = []
        self.ids: list[str] = []
        self.names: set[str] = set()
        self.links: list[Link] = []
        self.css: list[str] = []
        self.figures: list[Figure] = []
        self.tables: list[Table] = []
        self.pictures: list[Picture] = []
        self.loose_rows: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, after closing those whose end the markup leaves out."""
        while self.stack and self.stack[-1].tag in ended_by(tag):
            self._close()
        attributes = {name: value or "" for name, value in reversed(attrs)}
        self._note(tag, attributes)
        if tag not in INLINE:
            self.visible.append("\n")
        if tag not in VOID:
            inherited = bool(self.stack) and self.stack[-1].published
            published = inherited or "as-published" in attributes.get("class", "").split()
            self.stack.append(_Open(tag, attributes, published))

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest element of that name and whatever is still open inside it."""
        if tag in VOID or all(element.tag != tag for element in self.stack):
            return
        while self.stack[-1].tag != tag:
            self._close()
        self._close()

    def handle_data(self, data: str) -> None:
        """Put text where it belongs: a figure, a style sheet, the title or the open page."""
        tags = [element.tag for element in self.stack]
        if "data" in tags:
            self.stack[len(tags) - 1 - tags[::-1].index("data")].text.append(data)
        elif tags and tags[-1] == "style":
            self.css.append(data)
        elif "head" in tags:
            if tags[-2:] == ["head", "title"]:
                self.title += data
        elif "svg" in tags and "figure" in tags:
            next(outer for outer in self.stack if outer.tag == "figure").text.append(data)
        elif "script" not in tags:
            published = bool(self.stack) and self.stack[-1].published
            self.visible.append(GAP if published else data)

    def close(self) -> None:
        """End the page: close what is still open."""
        super().close()
        while self.stack:
            self._close()

    def _close(self) -> None:
        element = self.stack.pop()
        if element.tag not in INLINE:
            self.visible.append("\n")
        if element.tag == "data":
            self.visible.append(GAP)
            figure = Figure(element.attributes, "".join(element.text))
            self.figures.append(figure)
            for outer in (outer for outer in self.stack if outer.tag in ("tr", "figure")):
                outer.figures.append(figure)
        elif element.tag == "figure":
            self.pictures.append(Picture(tuple(element.text), tuple(element.figures)))
        elif element.tag == "tr" and "data-row" in element.attributes:
            row_id = element.attributes["data-row"]
            table = next((outer for outer in reversed(self.stack) if outer.tag == "table"), None)
            if table is None or "data-csv" not in table.attributes:
                self.loose_rows.append(row_id)
            else:
                table.rows.append(Row(row_id, tuple(element.figures)))
        elif element.tag == "table" and "data-csv" in element.attributes:
            self.tables.append(Table(element.attributes["data-csv"], tuple(element.rows)))

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("id"):
            self.ids.append(attributes["id"])
        if tag == "a" and attributes.get("name"):
            self.names.add(attributes["name"])
        if tag == "html":
            self.lang = attributes.get("lang", "").strip()
        self.headings += tag == "h1"
        if "style" in attributes:
            self.css.append(attributes["style"])
        self.links.extend(urls_of(tag, attributes))


def parse(markup: str, path: str, url: str) -> Page:
    """Read a page's markup. ``path`` is its file under the site, ``url`` where it is served."""
    found = _Parser()
    found.feed(markup)
    found.close()
    return Page(
        path=path,
        url=url,
        lang=found.lang,
        title=found.title.strip(),
        headings=found.headings,
        text="".join(found.visible),
        ids=tuple(found.ids),
        names=frozenset(found.names),
        links=tuple(found.links),
        css=tuple(found.css),
        figures=tuple(found.figures),
        tables=tuple(found.tables),
        pictures=tuple(found.pictures),
        loose_rows=tuple(found.loose_rows),
    )
