"""What a page is made of: figures with their trace, values, escaping, words for dates."""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, TemplateNotFound, UndefinedError

from generator.figures import Figure, derived_difference
from generator.missing import Missing
from generator.pages.page import Page, Renderer
from generator.pages.words import date_text, figure_text, year_text
from generator.selectors import Condition, parse, where
from generator.tables import PublishedTable

HERE = "funds/x/"
TABLE = PublishedTable(
    path="funds/x/awards.csv",
    header=("id", "fund", "amount"),
    rows=(
        {"id": "a", "fund": "x", "amount": "3549244.02"},
        {"id": "b", "fund": "not published", "amount": "0.50"},
    ),
    units={"amount": "money"},
)


class Elements(HTMLParser):
    """The elements of a piece of HTML with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(
    template: str, title: str = "Title", description: str = "Words.", **context: object
) -> str:
    """A page made from a template of our own."""
    renderer = Renderer("GBP")
    renderer._environment.loader = DictLoader({"x.md": template})
    return renderer.render(Page(HERE, title, description, "x.md", context)).markdown().decode()


def body(template: str, **context: object) -> str:
    return rendered(template, "T", "D", **context).split("---\n", 2)[2].strip()


def element(figure: Figure) -> tuple[dict[str, str | None], str]:
    """The attributes and the text of a figure as a page has it."""
    html = Elements(body("{{ figure(f) }}", f=figure))
    ((tag, attributes),) = html.found
    assert tag == "data"
    return attributes, html.text


def test_a_figure_read_from_rows() -> None:
    assert body("{{ figure(f) }}", f=TABLE.figure("sum:amount", id="total")) == (
        '<data id="total" value="3549244.52" data-rows="awards.csv" '
        'data-measure="sum:amount">£3,549,244.52</data>'
    )


def test_a_figure_of_some_rows() -> None:
    attributes, text = element(TABLE.figure("count", where(fund="x & y", id="ä")))
    assert text == "0"
    assert attributes["data-where"] == "fund=x%20%26%20y&id=%C3%A4"
    assert "id" not in attributes


def test_a_share_names_its_whole_only_when_that_is_not_all_rows() -> None:
    share = TABLE.share("amount", where(id="a"), where(fund="x"))
    assert share is not None
    attributes, text = element(share)
    assert (attributes["data-measure"], attributes["data-of-where"]) == ("share:amount", "fund=x")
    assert (attributes["value"], text) == ("100.00", "100.00%")
    everything = TABLE.share("amount", where(id="a"))
    assert everything is not None
    assert "data-of-where" not in element(everything)[0]


def test_a_derived_figure_points_at_the_figures_it_comes_from() -> None:
    whole, part = TABLE.figure("sum:amount", id="all"), TABLE.figure("min:amount", id="least")
    assert body("{{ figure(f) }}", f=derived_difference(whole, part, id="rest")) == (
        '<data id="rest" value="3549244.02" data-op="difference" data-from="all least">'
        "£3,549,244.02</data>"
    )


CONDITIONS = st.lists(st.builds(Condition, st.text(min_size=1), st.text(min_size=1)), max_size=3)


@given(CONDITIONS.map(tuple), st.text(min_size=1))
def test_no_text_breaks_out_of_a_figure(conditions: tuple[Condition, ...], measure: str) -> None:
    figure = Figure(Decimal(1), "count", rows="a.csv", measure=measure, where=conditions)
    attributes, text = element(figure)
    assert parse(attributes.get("data-where") or "") == conditions
    assert set(attributes) <= {"value", "data-rows", "data-measure", "data-where"}
    assert text == "1"


@pytest.mark.parametrize(
    ("value", "unit", "places", "text"),
    [
        ("3549244.02", "money", 2, "£3,549,244.02"),
        ("-5", "money", 2, "−£5.00"),
        ("51.44", "percent", 2, "51.44%"),
        ("43", "percent", 0, "43%"),
        ("1204", "count", 0, "1,204"),
        ("1204.125", "number", 0, "1,204.125"),
    ],
)
def test_figures_in_words(value: str, unit: str, places: int, text: str) -> None:
    assert figure_text(Figure(Decimal(value), unit, places), "GBP") == text


def test_another_currency() -> None:
    assert figure_text(Figure(Decimal("1234.5"), "money", 2), "CHF") == "CHF 1,234.50"


@pytest.mark.parametrize("kind", Missing)
def test_a_missing_value_says_which_kind_and_links_to_what_that_means(kind: Missing) -> None:
    assert body("{{ value(v) }}", v=kind) == (
        f'<a class="missing" href="../../how-to-read/#not-published">{kind.label}</a>'
    )


def test_published_values_are_marked_as_such() -> None:
    assert body("{{ value(v) }}", v="Grants & more") == (
        '<span class="as-published">Grants &amp; more</span>'
    )
    assert "1 April 2020" in body("{{ value(v) }}", v=date(2020, 4, 1))
    assert body("{{ value(v) }}", v=0) == '<span class="as-published">0</span>'


@given(st.text())
def test_no_value_is_obeyed_as_html(text: str) -> None:
    html = body("{{ value(v) }}", v=text)
    assert html.count("<") == 2
    assert html.startswith('<span class="as-published">')


EVIL = '"><script>alert(1)</script>\n---\n{{ 7 }}'


def test_titles_are_escaped_before_themes_put_them_into_html() -> None:
    text = rendered("{{ page.title }}", title=EVIL, description=EVIL)
    head = yaml.safe_load(text.split("\n---\n")[0])
    for said in head.values():
        assert "<" not in said
        assert '"' not in said
        assert "&lt;script&gt;" in said
    assert "<script>" not in text


@given(st.text(), st.text())
def test_front_matter_is_read_back_by_yaml(title: str, description: str) -> None:
    text = rendered("body", title=title, description=description)
    match = re.match(r"---\n(title: .*)\n(description: .*)\n---\n\nbody\n$", text)
    assert match
    head = yaml.safe_load("\n".join(match.groups()))

    def escaped(words: str) -> str:
        for mark, code in (("&", "amp"), ("<", "lt"), (">", "gt"), ("'", "#39"), ('"', "#34")):
            words = words.replace(mark, f"&{code};")
        return words

    assert head == {"title": escaped(title), "description": escaped(description)}


def test_years_and_dates_in_words() -> None:
    assert year_text("2020-21") == "2020/21"
    assert year_text(Missing.NOT_PUBLISHED) == "not published"
    assert body("{{ y | year }}", y="2019-20") == "2019/20"
    assert date_text(date(2020, 12, 31)) == "31 December 2020"
    assert date_text(date(999, 1, 1)) == "1 January 999"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name(month: int) -> None:
    day = date(2021, month, 3)
    assert date_text(day) == day.strftime("3 %B %Y")


def test_links_are_relative_to_the_page() -> None:
    assert body("{{ link('awards/a/') }} {{ link(urls.HOME) }}") == "../../awards/a/ ../../"


def test_a_name_that_a_template_is_not_given_is_a_defect() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ nothing }}")
    with pytest.raises(TemplateNotFound):
        Renderer("GBP").render(Page(HERE, "T", "D", "nowhere.md", {}))


def test_heading_anchors_are_no_comments() -> None:
    assert body("## Heading {#anchor}\n{## a comment ##}\nEnd") == "## Heading {#anchor}\nEnd"
