"""Each publication duty: where it is met, how many awards meet it, which don't."""

from collections.abc import Iterator, Mapping

import pyarrow.compute as pc
from msgspec import Struct

from generator import model, urls
from generator.figures import Figure, derived_difference
from generator.pages.page import Page
from generator.pages.quality import FIELD_WORDS
from generator.pages.site import UNDER_HOW_IT_WORKS, Site
from generator.selectors import where
from generator.summaries.coverage import coverage_table, having
from generator.tables import PublishedTable

REGIMES = {
    "specified-information-order": "Specified Information Order",
    "own-promise": "The publisher’s own promises",
    "transparency-code": "Transparency Code",
    "360giving": "360Giving",
}
KINDS = {
    "duty": "a duty by law",
    "promise": "a promise",
    "good-practice": "good practice, not binding on this publisher",
    "standard": "a data standard",
}


class FieldLine(Struct, frozen=True):
    """A fact of an award that somebody asks for, and how many awards have it."""

    field: str
    words: str
    met: Figure
    of: Figure
    lacking: Figure
    asked: Mapping[str, str]
    """The requirement of each regime that asks for it."""


class Regime(Struct, frozen=True):
    """Everything that one regime asks."""

    title: str
    kind: str
    duties: tuple[model.Duty, ...]


def _fields(site: Site, table: PublishedTable) -> Iterator[FieldLine]:
    for field, words in FIELD_WORDS.items():
        asking = [one for one in site.ledger.duties if one.field == field]
        if not asking:
            continue
        row = where(field=field)
        met = table.figure("sum:awards_with_value", row, id=f"met-{field}")
        of = table.figure("sum:awards", row, id=f"of-{field}")
        asked = {str(one.regime): str(one.requirement) for one in asking}
        lacking = derived_difference(of, met)
        yield FieldLine(field, words, met, of, lacking, asked)


def _regimes(site: Site) -> Iterator[Regime]:
    for regime, title in REGIMES.items():
        duties = tuple(one for one in site.ledger.duties if one.regime == regime)
        if duties:
            yield Regime(title, KINDS.get(str(duties[0].kind), ""), duties)


def met(site: Site) -> list[bool | None]:
    """How each duty stands that is the matter of the site: met, in part (None), or not.

    One about a fact of each award is met by the awards; another by the page that shows it.
    """
    lines = {line.field: line for line in _fields(site, coverage_table(site.ledger, site.awards))}
    found = list[bool | None]()
    for duty in site.ledger.duties:
        line = lines.get(str(duty.field))
        if duty.scope == "out-of-scope":
            continue
        if line is None:
            found.append(isinstance(duty.where_met, str))
        else:
            every = line.met.value == line.of.value
            found.append((True if every else None) if line.met.value else False)
    return found


def field_url(field: str) -> str:
    """The page of the awards that lack a fact."""
    return urls.profile("duties", field.replace("_", "-"))


def _lacking(site: Site, line: FieldLine) -> Page:
    url = field_url(line.field)
    lacking = pc.invert(having(site.ledger)[line.field])
    listing = site.listing(url, site.awards.among(lacking))
    title = f"Not published: {line.words[0].lower()}{line.words[1:]}"
    return Page(
        url=url,
        title=title,
        description=f"Awards of {site.settings.publisher_name} that lack it.",
        template="lacking.md",
        context={"site": site, "listing": listing, "title": title, "what": line.words.lower()},
        trail=(*UNDER_HOW_IT_WORKS, ("Duties", urls.DUTIES)),
        tables=(listing.table,),
    )


def pages(site: Site) -> Iterator[Page]:
    """The duties page, and one for each fact that is asked for."""
    lines = tuple(_fields(site, coverage_table(site.ledger, site.awards)))
    regimes = tuple(_regimes(site))
    yield Page(
        url=urls.DUTIES,
        title="Duties: what must be published, and what is",
        description=(
            f"Each duty and promise of {site.settings.publisher_name} to publish: where it is "
            "met, how many awards meet it, and which don’t."
        ),
        template="duties.md",
        trail=UNDER_HOW_IT_WORKS,
        context={
            "site": site,
            "lines": lines,
            "regimes": regimes,
            "columns": {
                key: title
                for key, title in REGIMES.items()
                if any(key in line.asked for line in lines)
            },
            "by_field": {line.field: line for line in lines},
            "field_url": field_url,
            "kinds": KINDS,
        },
    )
    for line in lines:
        if line.lacking.value:
            yield _lacking(site, line)
