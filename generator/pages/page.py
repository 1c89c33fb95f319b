"""What a page is, and how its template becomes plain Markdown."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from generator import selectors, urls
from generator.missing import Missing
from generator.money import parse_decimal, plain, shown
from generator.pages import frame
from generator.summaries import MONEY_COLUMNS
from generator.tables import Figure, PublishedTable

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Page:
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


def _element(figure: Figure, text: str, here: str) -> Markup:
    value = plain(figure.value) if figure.unit == "money" else f"{figure.value:f}"
    attributes = {"id": figure.id, "value": value}
    if figure.rows is not None:
        attributes["data-rows"] = urls.relative(here, figure.rows)
        attributes["data-measure"] = figure.measure
        attributes["data-where"] = selectors.encode(figure.where) or None
        if figure.of is not None:
            attributes["data-of"] = urls.relative(here, figure.of)
        if figure.of_where is not None:
            attributes["data-of-where"] = selectors.encode(figure.of_where) or None
    else:
        attributes["data-op"] = figure.op
        attributes["data-from"] = " ".join(figure.parts)
    said = "".join(
        f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None
    )
    return Markup(f"<data{said}>{escape(text)}</data>")  # noqa: S704 - escaped, piece by piece


def figure_text(figure: Figure, currency: str) -> str:
    """A figure as people read it: `£3,549,244.02`, `51.44%`, `1,204`."""
    if figure.unit == "money":
        return shown(figure.value, currency)
    if figure.unit == "number":
        return f"{figure.value:,f}"
    number = f"{figure.value:,.{figure.places}f}"
    return number + "%" if figure.unit == "percent" else number


def year_text(year: object) -> str:
    """`2020-21` as people write it: `2020/21`."""
    return year.value if isinstance(year, Missing) else str(year).replace("-", "/")


def amount_text(currency: str, value: object, field: object) -> object:
    """A value of a money column as money; any other value as it is.

    Revisions hold old and new values as text, whatever the column.
    """
    number = parse_decimal(value) if isinstance(value, str) and field in MONEY_COLUMNS else None
    return value if number is None else shown(number, currency)


def date_text(day: date) -> str:
    """`1 April 2020`, whatever the machine's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _value(value: object, here: str) -> Markup:
    if isinstance(value, Missing):
        where = urls.relative(here, f"{urls.HOW_TO_READ}#{urls.NOT_PUBLISHED}")
        said = f'<a class="missing" href="{escape(where)}">{escape(value.label)}</a>'
    else:
        text = frame.kept(date_text(value) if isinstance(value, date) else str(value))
        said = f'<span class="as-published">{escape(text)}</span>'
    return Markup(said)  # noqa: S704 - escaped, piece by piece


_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def _yaml(text: str) -> str:
    """The text as a JSON string, with what YAML would not take in one written as an escape."""
    said = json.dumps(text, ensure_ascii=False)
    return _NOT_YAML.sub(lambda mark: f"\\u{ord(mark[0]):04x}", said)


@dataclass(frozen=True)
class Rendered:
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
        lines = [f"{key}: {_yaml(text)}" for key, text in head.items()]
        return "\n".join(["---", *lines, "---", "", self.body, ""]).encode()


class Renderer:
    """Turns pages into Markdown files. One for a whole build; it renders a page at a time."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._here = ""
        self._environment = Environment(
            loader=PackageLoader("generator", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            finalize=frame.kept,
            # "{#" begins a heading's anchor in Markdown.
            comment_start_string="{##",
            comment_end_string="##}",
        )
        self._environment.filters["year"] = year_text
        self._environment.filters["heading"] = frame.plain_heading
        self._environment.filters["money_of"] = partial(amount_text, currency)
        # The page's own tools are globals, so that templates' shared pieces are loaded once.
        self._environment.globals.update(
            figure=self._figure,
            value=lambda value: _value(value, self._here),
            link=lambda target: urls.relative(self._here, target),
            trail=lambda title, above: frame.trail(self._here, title, above),
            urls=urls,
        )

    def _figure(self, figure: Figure) -> Markup:
        return _element(figure, figure_text(figure, self._currency), self._here)

    def render(self, page: Page) -> Rendered:
        """The page as Markdown."""
        self._here = page.url
        template = self._environment.get_template(page.template)
        body = frame.with_sections(template.render({**page.context, "page": page}))
        return Rendered(str(escape(page.title)), str(escape(page.description)), frame.tidy(body))
