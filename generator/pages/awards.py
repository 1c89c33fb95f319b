"""A page for each award: who gets what, for what, from where."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from generator import model, urls
from generator.ledger import LinkedAward
from generator.missing import Missing
from generator.pages.award_extras import Extras, extras_of
from generator.pages.page import Page, Pages, parts
from generator.pages.pieces import Pieces, published
from generator.pages.site import (
    AMOUNT_BASIS_WORDS,
    BASIS_WORDS,
    EXPLAINED,
    UNDER_AWARDS,
    Site,
    year_words,
)
from generator.pages.words import year_text
from generator.safety import html as safe
from generator.selectors import Condition, where
from generator.summaries.base import amount
from generator.tables import Figure, PublishedTable


class Fact(NamedTuple):
    """A line of facts: words, a value (perhaps with a link), how it is known, a note."""

    words: str
    value: str | date | Missing
    term: str | None = None
    """Where the glossary explains the words."""
    url: str | None = None
    basis: str | None = None
    note: str | None = None
    omission: str | None = None
    """Why there is no value, where the package says so."""


def _basis(text: object) -> str | None:
    return BASIS_WORDS.get(text) if isinstance(text, str) else None


def _note(text: str | Missing) -> str | None:
    return None if isinstance(text, Missing) else text


def _link_facts(one: LinkedAward) -> Iterator[Fact]:
    award = one.award
    if one.fund:
        url, note = urls.profile("funds", one.fund.id), _note(award.fund_basis_note)
        yield Fact("Fund", one.fund.title, "fund", url, _basis(award.fund_basis), note)
    else:
        yield Fact("Fund", award.fund, "fund")
    for words, family, linked, value in (
        ("Programme", "programmes", one.programme, award.programme),
        ("Theme", "themes", one.theme, award.theme),
    ):
        page = urls.profile(family, linked.id) if linked else None
        yield Fact(words, linked.title if linked else value, EXPLAINED[words], page)
    for link, area in one.areas:
        url = urls.profile("areas", area.id)
        yield Fact("Area", area.title, None, url, _basis(link.basis), _note(link.basis_note))
    if not one.areas:
        yield Fact("Area", Missing.NOT_PUBLISHED)
    for scheme, words, family in (
        ("objective", "Objective", "objectives"),
        ("topic", "Topic it names", "topics"),
    ):
        terms = [(link, term) for link, term in one.terms if term.scheme == scheme]
        for by, term in terms:
            url, note = urls.profile(family, term.id), _note(by.basis_note)
            yield Fact(words, term.title, EXPLAINED[words], url, _basis(by.basis), note)
        if not terms and scheme == "objective":
            yield Fact(words, Missing.NOT_PUBLISHED, EXPLAINED[words])
    for paid, source in one.sources:
        basis, note = _basis(paid.basis), _note(paid.basis_note)
        yield Fact("Paid from", source.title, EXPLAINED["Paid from"], urls.MONEY, basis, note)


_PLAIN_FACTS = (
    ("Grant or contract", "instrument"),
    ("Status", "status"),
    ("Decided on", "decided_on"),
    ("Starts", "start_on"),
    ("Ends", "end_on"),
    ("How it was chosen (route)", "route"),
    ("Conditions", "conditions"),
    ("Reasons", "reasons"),
    ("Legal power", "legal_power"),
)
"""What an award's own columns say, as (words, column)."""


def _plain_facts(award: model.Award, omissions: Mapping[str, str]) -> Iterator[Fact]:
    for words, name in _PLAIN_FACTS:
        value, term = getattr(award, name), EXPLAINED.get(words)
        yield Fact(words, value, term, omission=omissions.get(name))
    yield Fact("Publisher’s own reference", award.source_id)
    if award.pilot is True:
        yield Fact("Pilot", "yes: a trial in part of the area", EXPLAINED["Pilot"])
    if isinstance(award.reporting_frequency, str):
        yield Fact("Reports", award.reporting_frequency, note=_note(award.reporting_note))


def _table(site: Site, name: str) -> PublishedTable:
    table = site.resource(name)
    if table is None:
        raise ValueError(f"a package without {name} got past the checks")
    return table


def _share(site: Site, one: LinkedAward, pieces: Pieces) -> str:
    """The line of facts that says which share of its programme an award is."""
    award = one.award
    if not one.programme or award.status == "withdrawn":
        return ""
    this, programme = where(id=award.id), where(programme=one.programme.id)
    share = site.all_awards.share("amount", this, programme, part=amount(one))
    if share is None:
        return ""
    said = pieces.figure(share)
    if not isinstance(award.published_percentage, Missing):
        printed = _table(site, "awards").figure("sum:published_percentage", this)
        said += f"; the source prints {pieces.figure(printed)}"
    term = pieces.term("programme", "programme")
    return f"<div><dt>Share of its {term}</dt><dd>{said}</dd></div>\n"


def _counts(site: Site, one: LinkedAward) -> Mapping[str, Figure]:
    """How many services the award pays for, and how many recipients it names."""
    id = one.award.id
    printed = (each.record for service in one.services for each in service.recipients)
    named = {
        each.recipient
        for each in printed
        if each.naming == "named" and each.role != "route" and isinstance(each.recipient, str)
    }
    rows = (*where(award=id, naming="named"), Condition("role", "route", equal=False))
    services, recipients = _table(site, "award_services"), _table(site, "award_recipients")
    return {
        "services": services.told(Decimal(len(one.services)), "count", where(award=id)),
        "named": recipients.told(Decimal(len(named)), "count:recipient", rows),
    }


def _file(site: Site, one: LinkedAward, pieces: Pieces) -> str:
    """The link to the file of the download that has an award's row."""
    files = _table(site, "awards").files
    file = next(each for each in files if one.row < each.last)
    return f'<a href="{safe(pieces.link(file.path))}">{safe(file.name)}</a>'


def _own(
    site: Site, one: LinkedAward, extras: Extras, counts: Mapping[str, Figure], pieces: Pieces
) -> Mapping[str, str]:
    """The pieces of an award's page that no other page has."""
    award, parts = one.award, pieces.parts["award"]
    facts = (*_link_facts(one), *_plain_facts(award, extras.omissions))
    rare = [parts.round(each) for each in extras.rounds]
    rare += [parts.contract(each) for each in extras.contracts]
    worth = _table(site, "awards").told(amount(one), "sum:amount", where(id=award.id), id="amount")
    return {
        "withdrawal": parts.withdrawal(extras.revisions) if award.status == "withdrawn" else "",
        "amount": pieces.figure(worth),
        "year": safe(year_text(award.financial_year)),
        "who": pieces.who_gets(one),
        "services": pieces.figure(counts["services"]),
        "named": pieces.figure(counts["named"]),
        "purpose": published(award.purpose),
        "queries": parts.queries(extras.queries) if extras.queries else "",
        "service_rows": pieces.service_rows(one),
        "facts": "".join(
            (_share(site, one, pieces), pieces.each(pieces.shared.award_fact, facts), *rare)
        ),
        "reports": parts.reports(extras.reports) if extras.reports else "",
        "documents": pieces.shared.documents(extras.documents) if extras.documents else "",
        "also": parts.also(extras.also) if extras.also else "",
        "revisions": parts.revisions(extras.revisions) if extras.revisions else "",
        "source": pieces.value(award.source_ref),
        "file": _file(site, one, pieces),
        "id": safe(award.id),
    }


def _page(site: Site, one: LinkedAward) -> Page:
    award = one.award
    who = ", ".join(str(recipient.name) for recipient in one.recipients[:3])
    counts = _counts(site, one)
    extras = extras_of(site, award)
    return Page(
        url=urls.profile("awards", award.id),
        title=str(award.title),
        description=(
            f"Award of {site.settings.publisher_name} in {year_words((str(award.financial_year),))}"
            + (f" to {who}." if who else ".")
        ),
        template="award.md",
        context={
            "site": site,
            "withdrawn": award.status == "withdrawn",
            "amount_basis": AMOUNT_BASIS_WORDS.get(str(award.amount_basis)),
            "attribution": one.attribution.value,
            "many_services": counts["services"].value != 1,
            "many_named": counts["named"].value != 1,
            "purpose": isinstance(award.purpose, str),
            "positional": any(
                who.record.basis == "positional"
                for service in one.services
                for who in service.recipients
            ),
            "queries": bool(extras.queries),
            "reports": bool(extras.reports),
            "documents": bool(extras.documents),
            "also": bool(extras.also),
            "revisions": bool(extras.revisions),
        },
        trail=UNDER_AWARDS,
        own=partial(_own, site, one, extras, counts),
    )


def profiles(site: Site) -> Iterator[Pages]:
    """One page an award, in parts."""
    return parts(partial(_page, site), site.ledger.linked, least=200)
