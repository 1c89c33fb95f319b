"""What travels with the data in every format: whose it is, its licence, how to read it."""

from typing import Any

from msgspec import Struct

from generator import model
from generator.descriptor import objects
from generator.ledger import Ledger

NOT_STATED = "not stated by the source"

READING = (
    (
        "One award",
        "is one published amount. An amount with several recipients or services stays one award: "
        "it is never divided.",
    ),
    (
        "At least (at_least)",
        "is the sum of the awards that a recipient holds alone. It got this much or more. Rank "
        "recipients by this figure.",
    ),
    (
        "Named in awards worth (named_in)",
        "is the sum of every award that names the recipient, each whole. Some of that money went "
        "to others, and awards that name nobody may have gone to it as well. So it is neither "
        "what the recipient received nor the most that it can have received. Never add it up.",
    ),
    (
        "Attribution",
        "says how surely it is known who got an award: sole (one recipient, named), shared "
        "(several, all named), partial (some named, some not), unnamed (recipients, none named), "
        "none (nothing printed).",
    ),
    (
        "Basis",
        "says how a link is known: stated (the source says so), inferred (worked out; a note says "
        "from what), positional (matched by printed order only), joint (named together).",
    ),
    (
        "Missing values",
        "are told apart: not published (the source doesn't say), not applicable (the question "
        "doesn't arise), withheld (kept back on purpose). A blank reads as not published. None "
        "of them is a zero.",
    ),
    (
        "Withdrawn awards",
        "are in the table awards, with that status. awards_joined and the tables whose names begin "
        "with by_ leave them out.",
    ),
    (
        "Unlike things",
        "are never added up: budgets set aside (allocations) are not awards, and sources of money "
        "may overlap or differ in kind.",
    ),
    ("Small counts of people", "are withheld, because they could tell who is meant."),
)
"""How to read the data: a subject, and what is true of it."""


class Licence(Struct, frozen=True):
    """A licence that the package states; a title and perhaps an address."""

    title: str
    path: str | None


class About(Struct, frozen=True):
    """A publication as its files speak of it. Nothing is claimed that the package doesn't say."""

    name: str
    title: str
    publisher: str
    official: bool
    compiled_from: str | None
    licences: tuple[Licence, ...]
    sources: tuple[str, ...]
    version: str | None
    date: str | None
    years: tuple[str, ...]
    """The financial years of the awards, earliest first."""
    currency: str
    contact: str | None
    description: str
    makers: tuple[str, ...]
    """Who made the data: the publisher, or the contributors of an unofficial compilation."""

    @property
    def standing(self) -> str:
        """Whether the publisher stands behind it."""
        if self.official:
            return "Published by the publisher itself"
        compiled = f": compiled from {self.compiled_from}" if self.compiled_from else ""
        return f"Unofficial{compiled}"

    @property
    def licence_words(self) -> str:
        """The licences in words, or that there is none."""
        return "; ".join(one.title for one in self.licences) or NOT_STATED

    @property
    def period(self) -> tuple[str, str] | None:
        """The first and the last day of the financial years: 1 April to 31 March."""
        if not self.years:
            return None
        return f"{self.years[0][:4]}-04-01", f"{int(self.years[-1][:4]) + 1}-03-31"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What every format says of itself, each fact with its name."""
        return (
            ("Title", self.title),
            ("Publisher", self.publisher),
            ("Standing", self.standing),
            ("Licence", self.licence_words),
            ("Source", "; ".join(self.sources) or NOT_STATED),
            ("Version", self.version or "not stated"),
            ("Date", self.date or "not stated"),
            ("Currency", self.currency),
            ("Contact", self.contact or NOT_STATED),
        )

    @property
    def said(self) -> str:
        """What the publication is, long enough for search engines and catalogues."""
        years = ", ".join(year.replace("-", "/") for year in self.years)
        words = (
            f"Funds and awards of {self.publisher}" + (f" in {years}" if years else "") + ". "
            "One row for each published amount, with who it names, how surely that is known, and "
            "what is not published."
        )
        return " ".join(filter(None, (self.description, words, f"{self.standing}.")))


def _licences(descriptor: Any) -> tuple[Licence, ...]:
    said = []
    for one in objects(descriptor.get("licenses")):
        title = str(one.get("title") or one.get("name") or one.get("path") or "")
        path = one.get("path")
        address = path if isinstance(path, str) and path.startswith(("http:", "https:")) else None
        if title:
            said.append(Licence(title, address))
    return tuple(said)


def about(ledger: Ledger) -> About:
    """What a package says of itself."""
    package, settings = ledger.package, ledger.package.settings
    descriptor = package.descriptor
    years = ledger.frame(model.Award).values("financial_year")
    contributors = objects(descriptor.get("contributors"))
    makers = [str(one["title"]) for one in contributors if one.get("title")]
    return About(
        name=package.name,
        title=package.title,
        publisher=settings.publisher_name,
        official=settings.official,
        compiled_from=settings.compiled_from,
        licences=_licences(descriptor),
        sources=tuple(filter(None, (one.title for one in package.sources))),
        version=package.version,
        date=package.created[:10] if package.created else None,
        years=tuple(sorted(year for year in years if isinstance(year, str))),
        currency=package.currency,
        contact=settings.contact,
        description=str(descriptor.get("description") or ""),
        makers=(settings.publisher_name,) if settings.official else tuple(makers),
    )


def areas_of(ledger: Ledger) -> list[str]:
    """The areas that the whole publication is about; places inside them only if there are none."""
    whole = [str(one.title) for one in ledger.areas if one.kind == "force-area"]
    return whole or [str(one.title) for one in ledger.areas]
