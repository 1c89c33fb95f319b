"""Addresses of homes and refuges."""

import re
from collections.abc import Iterator

from generator.patterns import lazily
from generator.personal_lists import is_first, is_last, names, plain
from generator.personal_postcodes import HOME, POSTCODE, is_buildings
from generator.personal_words import COMMON, words, words_in

Span = tuple[int, int]

_SUFFIX_WORDS = words("""
    street st road rd avenue ave av lane ln close cl drive dr drv crescent cres court ct gardens
    gdns grove gr terrace ter terr place pl way walk mews hill square sq row rise view croft green
    villas park parade meadow meadows fold bank brow dene drove end glade heights copse orchard
    orchards paddock paddocks ridge vale wynd loan brae gate garth leys mead field fields buildings
    wharf quay yard corner passage alley hollow chase mount spinney dell reach nook cottages
    approach ridgeway broadway parkway
""")
SUFFIX = rf"(?:{'|'.join(sorted(_SUFFIX_WORDS, reverse=True))})"
_WEAK_SUFFIX = words("""
    way walk court close place hill square row rise view green park parade bank end field fields
    gate drive fold mount reach approach corner passage yard chase
""")
"""Those of them that are words of their own: `7 Sisters walk` is no address."""
WELSH = (
    r"(?:yr? )?\b(?:heol|ffordd|stryd|l[oô]n|ael|maes|bryn|llys|clos|rhodfa|cae|nant|cwrt|gerddi"
    r"|rhes|tai|trem|d[oô]l)(?: (?:yr? )?(?-i:[A-Z])[\w'’-]*){1,2}"
)
"""Welsh streets: the word for one stands first."""
NAME = r"[A-Za-z][\w'’.-]*"
_STREET = rf"(?:(?:the\s+)?{NAME}(?:\s+{NAME}){{0,3}}?\s+{SUFFIX}\b(?:\s+{SUFFIX}\b)?|{WELSH})"
_NUMBERED = lazily(
    rf"(?:\b(?:flat|apartment|apt\.?|room|bedsit|maisonette)\s+\d{{0,3}}[a-z]?\b,?\s*"
    rf"(?:[A-Z][\w'’]*\s+(?:House|Court|Lodge|Point|Heights|Mansions|Tower),?\s+)?)?"
    rf"(?<![\w£$€/.,-])(?P<number>\d{{1,3}}[A-Za-z]?)(?:\s?[-/&–]\s?\d{{1,3}}[A-Za-z]?)?,?\s+"
    rf"(?P<street>{_STREET})(?!['’]s)",
    re.IGNORECASE,
)
_FLAT = lazily(
    r"\b(?:flat|apartment|apt\.?|bedsit|maisonette)\s+\d{1,3}[a-z]?,?\s+[A-Z][\w'’]*"
    r"(?:\s+[A-Z][\w'’]*)*",
    re.IGNORECASE,
)
COTTAGE = lazily(
    rf"\b(?:[A-Z][\w'’]*\s+(?:[A-Z][\w'’]*\s+)?(?:Cottage|Bungalow|Farmhouse|Villa|Barn|House|Lodge"
    r"|Farm|View|Rectory|Vicarage)"
    r"|The Old (?:[A-Z]\w+ )?[A-Z]\w+"
    r"|The (?:Beeches|Oaks|Elms|Firs|Cedars|Laurels|Willows|Limes|Poplars|Hollies|Chestnuts|Pines"
    r"|Gables|Nook|Bungalow|Cottage))"
    rf",\s*(?:\d+\s+)?(?:[A-Z][\w'’]*\s+){{1,3}}(?i:{SUFFIX})\b",
)
_FLATS = words("flat apartment apt bedsit maisonette")
_WELSH_NUMBERED = lazily(rf"\d[a-z]?,?\s+{WELSH}", re.IGNORECASE)
_NO_HOUSE = lazily(
    r"(?:\b(?:phase|stage|lot|part|round|year|week|day|days|route|bus|junction|plot|class|section"
    r"|over|under|all|these|our|aged?|version|unit|block|level|group|grade|tier|zone|ward|team|lane"
    r"|platform|studio|hall|size|strand|theme|area|item|priority|key stage|keystage|top|first|next"
    r"|approximately|around|about|nearly|up to|least|than|every|cohort|bay|track|site|gate)"
    r"\.?|[£$€#])\s*$",
    re.IGNORECASE,
)
_PUBLIC_WORKS = lazily(
    r"['’]?s?\s*,?\s*(?:and\s+)?(?:\w+\s+)??"
    r"(?:foot ?paths?|foot ?way|pavements?|resurfac\w*|project|scheme"
    r"|junctions?|crossings?|car parks?|roundabout|improvements?|bridge|works|play ?ground"
    r"|play area|allotments?|regeneration|campaign|festival|conservation|traders|market"
    r"|recreation|cycle|cycleway|bus|traffic|public realm|shopping|youth|community|centre"
    r"|church|school|surgery|library|clinic|nursery|academy|hall|theatre|hub|shops?|shopfronts?|office|offices|museum"
    r"|gallery|studios?|arts?|trust|ltd|cic|club|social|café|cafe|pub|methodist|baptist|mosque|station"
    r"|stadium|hotel|ward|estate|area|corridor|renewal|initiative|residents|neighbourhood"
    r"|business|depot|retail|industrial|trading)\b",
    re.IGNORECASE,
)
_PUBLIC_PLACE = lazily(
    r"\b(?:shops?|offices?|premises|building|store|warehouse|venue|branch|repairs? to|outside"
    r"|opposite|near|junction|surgery|pub|restaurant|takeaway|depot|headquarters|hq|hub"
    r"|frontage|façade|unit \d+)\s+(?:at|of|on|to|in)?\s*$",
    re.IGNORECASE,
)
_LINKING = words("""
    a an and are at between by for from in into new of on or people children young old families
    sessions weeks days months hours years places trees bikes volunteers events members women
    men workshops grants projects groups schools clubs benches meals new per that to via was
    who with will x were is new homes beds houses adults pupils players visits trips parts
    homes day week month mile minute hour point step year man metre km kg kw litre person bed
    seat way room stage part page
""")


_NAMED = lazily(r"(?<![\w£$€/.,-])\d{1,3}[A-Za-z]?,? ([A-Z][a-z'’]+) ([A-Z][a-z]+)\b")


def _named_streets(text: str) -> Iterator[Span]:
    """A number and a street of a rare kind that is called after a person: `58 Hodgson Fold`."""
    for match in _NAMED.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        called = plain(match[1]) not in COMMON and (is_last(match[1]) or is_first(match[1]))
        public = _PUBLIC_WORKS.match(after) or is_buildings(text, match.start())
        street = called and plain(match[2]) in names().streets
        if street and not public and not _NO_HOUSE.search(before):
            yield match.span()


def addresses(text: str) -> Iterator[Span]:
    """Addresses of houses: a number and a street, a flat, a cottage in a lane.

    Not a public building's, and not streets that are the place of works or of a project.
    """
    if (
        words_in(text).isdisjoint(_SUFFIX_WORDS | _FLATS)
        and not _NAMED.search(text)
        and not _WELSH_NUMBERED.search(text)
    ):
        return
    for match in _NUMBERED.finditer(text):
        before, after = text[max(0, match.start() - 80) : match.start()], text[match.end() :]
        words = [word.lower() for word in match["street"].split()]
        flat = match.start("number") > match.start()
        street = match["street"].removeprefix("the ")
        weak = words[-1] in _WEAK_SUFFIX
        cased = street[0].isupper() or (street.islower() and len(words) <= 3)
        if (
            not cased
            or (set(words[:-1]) & _LINKING - {"the", "st"})
            or (weak and street[0].isupper() and street.split()[-1].islower())
            or (words[-1] in ("st", "dr") and re.match(r"\s+[A-Z]\w+'s\b", after))
            or (not flat and _NO_HOUSE.search(before))
            or (weak and re.search(r"\bfor\s+$", before, re.IGNORECASE))
        ):
            continue
        home = flat or HOME.search(before[-40:])
        public = _PUBLIC_WORKS.match(after) or _PUBLIC_PLACE.search(before)
        if home or not (public or is_buildings(text, match.start())):
            yield match.span()
    yield from _named_streets(text)
    for pattern in (_FLAT, COTTAGE):
        for match in pattern.finditer(text):
            if pattern is COTTAGE and (
                _PUBLIC_WORKS.match(text[match.end() :]) or is_buildings(text, match.start())
            ):
                continue
            yield match.span()


REFUGE = lazily(
    r"\b(?:refuges?|safe[- ]?houses?|women['’]?s[- ]aid|safe accommodation"
    r"|(?:domestic (?:abuse|violence)|dv|dva|women['’]?s)\s+(?:\w+\s+)?"
    r"(?:accommodation|shelters?|house|hostel|home)"
    r"|(?:accommodation|shelter|hostel|housing|beds) for (?:[\w'’]+ ){0,4}(?:abused?|violence)"
    r"|sanctuary (?:house|home|accommodation)|place of safety)\b",
    re.IGNORECASE,
)
_NO_REFUGE = lazily(
    r"\b(?:wildlife|animal|bird|pedestrian|traffic|central|mountain|donkey|horse|cat|dog|bat"
    r"|hedgehog|butterfly|marine|owl|climate|island)s?\s+(?:\w+\s+)?refuges?\b"
    r"|\brefuge (?:island|collection)"
    r"|\brefuse\b|\bcharity shop\b",
    re.IGNORECASE,
)
_BARE_STREET = lazily(
    rf"\b(?:[A-Z][\w'’-]*\s+){{1,3}}(?i:{SUFFIX})(?!\w)(?!\s+[A-Z]\w*\s+(?:Centre|School|Church))"
)


_REFUGE_WORDS = words("""
    abuse abused aid domestic dv dva refuge refuges safe safehouse safehouses safety sanctuary
    violence women womens
""")


def names_refuge(text: str) -> bool:
    """Whether a text is about a refuge of people."""
    if _REFUGE_WORDS.isdisjoint(words_in(text)):
        return False
    return bool(REFUGE.search(text) and REFUGE.search(_NO_REFUGE.sub(" ", text)))


def refuges(text: str) -> Iterator[Span]:
    """Where a refuge is: any address, street or postcode in a text about one."""
    if not names_refuge(text):
        return
    for pattern in (_NUMBERED, _FLAT, COTTAGE, POSTCODE, _BARE_STREET):
        for match in pattern.finditer(text):
            street = match[0].split()
            if pattern is _BARE_STREET and street[0].lower() in _LINKING | {"the", "this", "our"}:
                continue
            if pattern is _BARE_STREET and REFUGE.search(match[0]):
                continue
            yield match.span()


def is_address(text: str) -> bool:
    """Whether a text holds an address or a postcode in whatever context."""
    return any(pattern.search(text) for pattern in (_NUMBERED, _FLAT, COTTAGE, POSTCODE))
