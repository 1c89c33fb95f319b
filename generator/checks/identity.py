"""Who is who: register numbers, one number with several names, one name with several ids."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa

from generator.checks.registry import Statement, fault, not_applicable, rule
from generator.findings import Severity
from generator.ledger import Ledger
from generator.matching import repeated
from generator.model import Recipient

FORMS = {
    "GB-CHC": (re.compile(r"\d{6,7}"), "six or seven digits"),
    "GB-COH": (re.compile(r"(?:\d{8}|[A-Z]{2}\d{6}|R\d{7}|IP\d{5}R)"), "eight digits or letters"),
    "GB-SC": (re.compile(r"SC\d{6}"), "SC and six digits"),
    "GB-NIC": (re.compile(r"\d{6}"), "six digits"),
    "GB-LAE": (re.compile(r"[A-Z]{3}"), "three letters"),
}
"""How numbers of a register are written; those of other registers aren't judged."""
KNOWN = frozenset(
    f"GB-{code}"
    for code in (
        *("CASC", "CHC", "COH", "EDU", "GOR", "GOV", "HESA", "IRN", "LAE", "LANI", "LAS", "MPR"),
        *("NHS", "NIC", "NIEDU", "PLA", "PPON", "REV", "SC", "SCOTEDU", "SHPE", "UKPRN", "WALEDU"),
    )
)
"""The codes of British registers in the org-id.guide list that this check knows."""
_SOURCE = "a check that funders' data is commonly put to"
_SMALL = re.compile(r"\b(?:the|limited|ltd|plc|cic|cio|and)\b|[^a-z0-9]+")


@rule(
    "identifier-form",
    "Register numbers are written as the register writes them",
    severity=Severity.WARNING,
    reason="A number that no register could hold leads nowhere.",
    source=_SOURCE,
    mend="look the organisation up in the register.",
)
def identifier_form(ledger: Ledger) -> Iterator[Statement]:
    """Each identifier of a known scheme has that scheme's form."""
    if not ledger.recipient_identifiers:
        yield not_applicable("the package publishes no register numbers")
    for one in ledger.recipient_identifiers:
        scheme = str(one.scheme)
        if scheme.startswith("GB-") and scheme not in KNOWN:
            yield fault(one, "scheme", scheme, "This is no British register that we know.")
        if one.scheme not in FORMS or not isinstance(one.identifier, str):
            continue
        pattern, words = FORMS[str(one.scheme)]
        if not pattern.fullmatch(one.identifier):
            yield fault(one, "identifier", one.identifier, f"A number of {one.scheme} has {words}.")


@rule(
    "identifier-shared",
    "A register number belongs to one recipient",
    severity=Severity.WARNING,
    reason="Two recipients with one number are one organisation under two names.",
    source=_SOURCE,
    mend="make them one recipient and list the other name in recipient_names.csv.",
)
def identifier_shared(ledger: Ledger) -> Iterator[Statement]:
    """No scheme and number stand beside two recipients."""
    owners: dict[tuple[object, object], str] = {}
    for one in ledger.recipient_identifiers:
        first = owners.setdefault((one.scheme, one.identifier), one.recipient)
        if first != one.recipient:
            yield fault(
                one,
                "identifier",
                str(one.identifier),
                f"The number belongs to {first} already.",
            )


def simple_name(name: str) -> str:
    """A name without case, punctuation and words such as "Limited"."""
    return _SMALL.sub("", name.lower())


@rule(
    "recipient-twice",
    "A recipient is listed once",
    severity=Severity.WARNING,
    reason="Two rows for one organisation hide half of its money on each page.",
    source=_SOURCE,
    mend="keep one row; list the other name in recipient_names.csv. Else leave them: it is a hint.",
)
def recipient_twice(ledger: Ledger) -> Iterator[Statement]:
    """No two recipients have the same name, or names that differ by small words only."""
    seen: dict[str, list[Recipient]] = defaultdict(list)
    recipients = ledger.frame(Recipient)
    names = recipients.texts("name")
    simple = pa.array(map(simple_name, names.dictionary.to_pylist()), pa.string())
    for one in recipients.at(repeated([simple.take(names.indices)])):
        if isinstance(one.name, str) and one.kind != "individual":
            seen[simple_name(one.name)].append(one)
    for same in seen.values():
        for other in same[1:]:
            exact = other.name == same[0].name
            words = "has the same name as" if exact else "may be the same as"
            yield fault(other, "name", str(other.name), f"{other.id} {words} {same[0].id}.")
