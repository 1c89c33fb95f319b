"""What the publisher's own promises and the law ask of each award."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from generator import model
from generator.checks.monitoring import add_months
from generator.checks.registry import (
    Outcome,
    Statement,
    Unanswered,
    awards_words,
    fault,
    not_applicable,
    rule,
)
from generator.checks.settings import settings, subjects
from generator.findings import Severity
from generator.frames import any_of
from generator.ledger import Ledger
from generator.missing import Missing

CRIME_REDUCTION_POWER = "PRSRA2011-s9"
_STRATEGY = "the publisher's commissioning strategy"


def _weighted(record: model.Contract | model.Round | None) -> bool:
    if record is None:
        return False
    weights = (record.quality_weight, record.price_weight)
    return all(isinstance(one, Decimal) for one in weights) and sum(weights) == 100  # type: ignore[arg-type]


@rule(
    "R08-weighting",
    "Each investment was judged by weights set beforehand",
    severity=Severity.WARNING,
    reason="Quality and cost are weighed by criteria that are set before applications are judged.",
    source=f"{_STRATEGY}, principles: Accountability; the promise in rule_settings.csv",
    mend="give the award its contract or round, and that its weights, which add up to 100.",
)
def weighting(ledger: Ledger) -> Iterator[Statement]:
    """Where it is promised, the award's contract or round has weights that sum to 100."""
    if not settings(ledger, "R08"):
        yield not_applicable("no promise of weights is set (rule_settings.csv, R08)")
        return
    contracts = {one.id: one for one in ledger.contracts}
    rounds = {one.id: one for one in ledger.rounds}
    awards = ledger.frame(model.Award)
    weighed = any_of(
        awards.where("contract", lambda id: _weighted(contracts.get(str(id)))),
        awards.where("round", lambda id: _weighted(rounds.get(str(id)))),
        awards.among("status", ["withdrawn"]),
    )
    for award in awards.at(pc.invert(weighed)):
        yield fault(award, "id", award.id, "No weights of quality and cost are published.")


@rule(
    "R09-objective",
    "Each award serves an objective of the plan",
    severity=Severity.WARNING,
    reason="Services must show clear links to the objectives of the publisher's plan.",
    source=f"{_STRATEGY}, principles: Transparency",
    mend="link the award to an objective in award_terms.csv.",
)
def objectives(ledger: Ledger) -> Iterator[Statement]:
    """The award is linked to at least one term of the scheme objective."""
    if not any(term.scheme == "objective" for term in ledger.terms):
        yield not_applicable("the package lists no objectives")
        return
    known = [str(term.id) for term in ledger.terms if term.scheme == "objective"]
    links, awards = ledger.frame(model.AwardTerm), ledger.frame(model.Award)
    linked = pc.and_(links.among("scheme", ["objective"]), links.among("term", known))
    serves = awards.among("id", links.texts("award").filter(linked).cast(pa.string()))
    for award in awards.at(pc.invert(any_of(serves, awards.among("status", ["withdrawn"])))):
        yield fault(award, "id", award.id, "The award is linked to no objective.")


@rule(
    "R11-term",
    "A fund's grants run for the lengths that it gives for",
    severity=Severity.WARNING,
    reason="Some funds give for set times, such as one or two years.",
    source=f"{_STRATEGY}, allocation; the months in rule_settings.csv",
    mend="check the award's dates and fund.",
)
def terms(ledger: Ledger) -> Iterator[Statement]:
    """An award from a fund in R11's settings runs for one of the months set there."""
    funds = subjects(ledger, "R11")
    if not funds:
        yield not_applicable("no fund has set lengths (rule_settings.csv, R11)")
    awards = ledger.frame(model.Award)
    for award in awards.at(awards.among("fund", list(funds))):
        if award.fund not in funds:
            continue
        allowed = [str(one.value) for one in settings(ledger, "R11", str(award.fund))]
        start, end = award.start_on, award.end_on
        if not isinstance(start, date) or not isinstance(end, date):
            yield Unanswered(Outcome.NOT_COMPUTABLE, award.id, "its start or end is not published")
        elif not all(re.fullmatch("[0-9]{1,3}", months) for months in allowed):
            reason = "the lengths set for its fund are not numbers of months"
            yield Unanswered(Outcome.NOT_COMPUTABLE, award.id, reason)
        elif not any(_runs_for(start, end, int(months)) for months in allowed):
            yield fault(
                award,
                "end_on",
                end.isoformat(),
                f"The award does not run for {' or '.join(allowed)} months.",
            )


def _runs_for(start: date, end: date, months: int) -> bool:
    """Whether a time is so many months long, its last day counted in or not."""
    after = add_months(start, months)
    return abs((end - after).days) <= 1


@rule(
    "R14-restricted",
    "Restricted money pays for its purpose only",
    severity=Severity.ERROR,
    reason="Some income may be spent on one purpose, or until one day, only.",
    source="the funder's conditions (funding_sources.csv and rule_settings.csv)",
    mend="correct the award's source, topic or dates.",
)
def restricted_money(ledger: Ledger) -> Iterator[Statement]:
    """An award paid from restricted income has its topic, and starts before it ends."""
    looked = False
    awards, links = ledger.frame(model.Award), ledger.frame(model.AwardSource)
    paid = awards.among("id", links.texts("award").cast(pa.string()))
    for one in ledger.linked_at(pc.and_not(paid, awards.among("status", ["withdrawn"]))):
        for link, source in one.sources:
            wanted = [str(each.value) for each in settings(ledger, "R14", source.id)]
            if isinstance(source.restricted_to, Missing) and not wanted:
                continue
            looked = True
            if wanted and not any(one.has_term("topic", topic) for topic in wanted):
                yield fault(
                    link,
                    "funding_source",
                    source.id,
                    f"“{source.title}” is only for {' or '.join(wanted)}; {one.award.id} names "
                    "another purpose.",
                )
            if not wanted:
                yield Unanswered(
                    Outcome.NOT_COMPUTABLE,
                    f"{one.award.id} from {source.title}",
                    "what it is restricted to is stated in words only",
                )
            start, ends = one.award.start_on, source.ends_on
            if isinstance(ends, date) and isinstance(start, Missing):
                yield Unanswered(
                    Outcome.NOT_COMPUTABLE,
                    f"{one.award.id} from {source.title}",
                    "the award's start is not published",
                )
            elif isinstance(ends, date) and isinstance(start, date) and start > ends:
                yield fault(
                    link,
                    "funding_source",
                    source.id,
                    f"“{source.title}” ended on {ends.isoformat()}; {one.award.id} starts later.",
                )
    if not looked:
        yield not_applicable("no award is linked to restricted income")


@rule(
    "R16-access",
    "A service is open to the whole area",
    severity=Severity.WARNING,
    reason="Services are open to the whole force area, unless they are a pilot or answer a local "
    "need through a fund made for that.",
    source=f"{_STRATEGY}, commissioning: Plan; exempt funds in rule_settings.csv",
    mend="correct the area, or mark the award as a pilot.",
)
def access(ledger: Ledger) -> Iterator[Statement]:
    """An award for places has the whole area among them, is a pilot, or is of an exempt fund."""
    whole = {area.id for area in ledger.areas if area.kind == "force-area"}
    if not whole:
        yield not_applicable("the package lists no force area")
        return
    exempt, awards = subjects(ledger, "R16"), ledger.frame(model.Award)
    free = any_of(
        awards.among("fund", list(exempt)), awards.where("pilot", lambda pilot: pilot is True)
    )
    asked = ledger.standing.among(pc.invert(free))
    areas = ledger.relations.areas
    wide = ledger.frame(model.Area).among("id", list(whole))
    placed, covered = (ledger.relations.having(one) for one in (areas, areas.among(wide)))
    for one in asked.among(pc.and_not(placed, covered)):
        yield fault(
            one.award, "id", one.award.id, "The award is for part of the area, and no pilot."
        )
    if unplaced := len(asked.among(pc.invert(placed))):
        yield Unanswered(
            Outcome.NOT_COMPUTABLE, awards_words(unplaced), "the area is not published"
        )


@rule(
    "R25-crime-reduction-grants",
    "A crime and disorder reduction grant has its conditions, purpose and reasons",
    severity=Severity.ERROR,
    reason="The recipient, purpose, conditions and reasons of each such grant must be published.",
    source="Specified Information Order 2011, paragraph 3(f)",
    mend="fill in the cell, or say why it is missing in omissions.csv.",
)
def crime_reduction_grants(ledger: Ledger) -> Iterator[Statement]:
    """Awards under that power have the three texts, or an omission with a reason."""
    explained = {(one.resource, one.row, one.field) for one in ledger.omissions}
    awards = ledger.frame(model.Award)
    under = awards.at(awards.among("legal_power", [CRIME_REDUCTION_POWER]))
    if not under:
        yield not_applicable("no award states this legal power")
    for award in under:
        for column in ("conditions", "purpose", "reasons"):
            value = getattr(award, column)
            if isinstance(value, Missing) and ("awards", award.id, column) not in explained:
                yield fault(award, column, None, f"The grant’s {column} is {value.value}.")


@rule(
    "R27-years",
    "The publication holds only the years it is for",
    severity=Severity.ERROR,
    reason="An award of another year would change totals that readers compare.",
    source="the publication's own years (rule_settings.csv)",
    mend="correct the financial year, or add the year to rule_settings.csv.",
)
def years(ledger: Ledger) -> Iterator[Statement]:
    """Every award's financial year is one of R27's settings."""
    allowed = {one.value for one in settings(ledger, "R27")}
    if not allowed:
        yield not_applicable("no years are set (rule_settings.csv, R27)")
        return
    awards = ledger.frame(model.Award)
    for award in awards.at(awards.where("financial_year", lambda year: year not in allowed)):
        if isinstance(award.financial_year, str) and award.financial_year not in allowed:
            yield fault(
                award,
                "financial_year",
                award.financial_year,
                "The publication is not for this year.",
            )
