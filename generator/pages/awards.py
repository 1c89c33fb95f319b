"""A page for each award: who gets what, for what, from where."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from generator import model, urls
from generator.pages.award_extras import Extras
from generator.pages.award_facts import facts
from generator.pages.award_services import Services, services
from generator.pages.blocks import Block
from generator.pages.lines import Line
from generator.pages.page import Page, Pages, parts_together
from generator.pages.pieces import MARK, Pieces, published
from generator.pages.site import AMOUNT_BASIS_WORDS, UNDER_AWARDS, Site, of_site, year_words
from generator.safety import html as safe
from generator.selectors import Condition, where


class _Shape(NamedTuple):
    """What the pages of many awards have in common."""

    withdrawn: bool
    amount_basis: str | None
    attribution: str
    many_services: bool
    many_named: bool
    purpose: bool
    positional: bool
    queries: bool
    reports: bool
    documents: bool
    also: bool
    revisions: bool


@of_site
def _context(site: Site, shape: _Shape) -> Mapping[str, object]:
    return {"site": site, **shape._asdict()}


Figures = Callable[[Decimal, str], str]


@of_site
def _figures(site: Site, pieces: Pieces) -> tuple[Figures, Figures, Figures]:
    """Make an award's amount, how many services it pays for, how many recipients it names."""
    award, zero = where(award=MARK), Decimal(0)
    named = (*where(award=MARK, naming="named"), Condition("role", "route", equal=False))
    models = (
        site.needed("awards").told(zero, "sum:amount", where(id=MARK), id="amount"),
        site.needed("award_services").told(zero, "count", award),
        site.needed("award_recipients").told(zero, "count:recipient", named),
    )
    amount, paid_for, names = map(pieces.figures, models)
    return amount, paid_for, names


def _file(site: Site, line: Line, pieces: Pieces) -> str:
    """The link to the file of the download that has an award's row."""
    file = next(one for one in site.needed("awards").files if line.row < one.last)
    return pieces.one(pieces.file, (file.path, file.name))


class _Awards:
    """Some awards whose pages are made together."""

    def __init__(self, site: Site, rows: Sequence[int]) -> None:
        self._site = site
        self._block = Block(site, rows)
        self._services = services(self._block)
        self._facts = list[str]()

    def pages(self) -> Iterator[Page]:
        """The page of each."""
        said = self._block.zipped("status", "amount_basis", "financial_year", "purpose")
        own = self._block.zipped("purpose", "source_ref")
        every = zip(self._block.lines, self._services, self._block.extras, said, own, strict=True)
        for place, (line, paid, extras, (status, basis, year, purpose), words) in enumerate(every):
            shape = _Shape(
                withdrawn=status == "withdrawn",
                amount_basis=AMOUNT_BASIS_WORDS.get(str(basis)),
                attribution=line.attribution,
                many_services=len(paid.services) != 1,
                many_named=paid.named != 1,
                purpose=isinstance(purpose, str),
                positional=paid.positional,
                queries=bool(extras.queries),
                reports=bool(extras.reports),
                documents=bool(extras.documents),
                also=bool(extras.also),
                revisions=bool(extras.revisions),
            )
            yield Page(
                url=urls.profile("awards", line.id),
                title=line.title,
                description=self._description(line, year),
                template="award.md",
                context=_context(self._site, shape),
                trail=UNDER_AWARDS,
                own=partial(self._own, place, shape, line, paid, extras, *words),
            )

    def _description(self, line: Line, year: object) -> str:
        who = ", ".join(one.name for one in line.who[:3])
        name, when = self._site.settings.publisher_name, year_words((str(year),))
        return f"Award of {name} in {when}" + (f" to {who}." if who else ".")

    def _own(
        self,
        place: int,
        shape: _Shape,
        line: Line,
        paid: Services,
        extras: Extras,
        purpose: object,
        source: object,
        pieces: Pieces,
    ) -> Mapping[str, str]:
        """The pieces of an award's page that no other page has."""
        parts, (amount, services, named) = pieces.parts["award"], _figures(self._site, pieces)
        if not self._facts:
            self._facts = facts(self._block, pieces)
        rare = [parts.round(each) for each in extras.rounds]
        rare += [parts.contract(each) for each in extras.contracts]
        return {
            "withdrawal": parts.withdrawal(extras.revisions) if shape.withdrawn else "",
            "amount": amount(line.amount, line.id),
            "year": safe(line.year),
            "who": pieces.who_gets(line.who, line.attribution),
            "services": services(Decimal(len(paid.services)), line.id),
            "named": named(Decimal(paid.named), line.id),
            "purpose": published(purpose),
            "queries": parts.queries(extras.queries) if extras.queries else "",
            "service_rows": paid.rows(pieces),
            "facts": "".join((self._facts[place], *rare)),
            "reports": parts.reports(extras.reports) if extras.reports else "",
            "documents": pieces.shared.documents(extras.documents) if extras.documents else "",
            "also": parts.also(extras.also) if extras.also else "",
            "revisions": parts.revisions(extras.revisions) if extras.revisions else "",
            "source": pieces.value(source),
            "file": _file(self._site, line, pieces),
            "id": safe(line.id),
        }


def _pages(site: Site, rows: Sequence[int]) -> Iterator[Page]:
    return _Awards(site, rows).pages()


def profile(site: Site, id: str) -> Page | None:
    """The page of one award, by its id."""
    row = site.ledger.relations.row(model.Award, id)
    return None if row is None else next(_pages(site, [row]))


def profiles(site: Site) -> Iterator[Pages]:
    """One page an award, in parts."""
    return parts_together(partial(_pages, site), range(len(site.ledger.linked)), least=200)
