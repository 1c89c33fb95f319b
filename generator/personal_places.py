"""Addresses of homes and refuges, and postcodes."""

import re
from collections.abc import Iterator

from generator.personal_words import words

Span = tuple[int, int]

_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_OUTWARD = rf"(?:{'|'.join(sorted(_AREAS.split(), key=len, reverse=True))})\d[A-Z\d]?"
POSTCODE = re.compile(
    rf"(?<![\w/#-]){_OUTWARD}(?:\s{{0,2}}|\s?[-.]\s?)\d[ABD-HJLNP-UW-Z]{{2}}(?![\w/-])",
    re.IGNORECASE,
)
_BUILDINGS = (
    "hall|centre|center|church|chapel|cathedral|school|academy|college|university|hospital|library"
    "|council|ltd|limited|plc|llp|trust|foundation|station|museum|theatre|headquarters|hq|hotel"
    "|stadium|surgery|clinic|pavilion|mosque|temple|gurdwara|synagogue|court house|courthouse"
    "|town hall"
    "|rooms|offices|head office|registered office|civic offices|hub|arena|gallery|depot|works"
)
_BUILDING = re.compile(
    rf"(?:\b(?:[A-Z][\w'’.&-]*|of|and|the|for)\s+(?:{_BUILDINGS.title()}|LTD|PLC|LLP|CIC|HQ)\b"
    r"|(?i:\b(?:head|registered|main|civic|council|booking)\s+offices?\b|\btown hall\b"
    r"|\b(?:shop|premises|warehouse)\b))"
    r"(?P<between>[^;!?]{0,90})$",
)
_BETWEEN = re.compile(
    r"(?:[\s,.(:–-]|\bat\b|\bin\b|\bis\b|\bof\b|\bon\b|\bthe\b|\b[A-Z][\w'’-]*|\b\d+[A-Za-z]?\b)*"
)
_HOME = re.compile(
    r"\b(?:home|house of|lives?|living|resident|residing|c/o|care of|contact|flat|apartment|family"
    r"|treasurer|secretary|her|his|my|mr|mrs|ms|miss)\b",
    re.IGNORECASE,
)


def _is_buildings(text: str, start: int) -> bool:
    """Whether an address follows the name of a public building or body, with no home between."""
    before = text[max(0, start - 160) : start]
    match = _BUILDING.search(before)
    return bool(
        match
        and _BETWEEN.fullmatch(match["between"])
        and not _HOME.search(match[0])
        and not _HOME.search(before[-60:])
    )


_CODE_WORDS = re.compile(
    r"(?:\bref(?:erence)?|\bgrant|\bno|\bnumber|\bid|\bplot|\bproduct|\bpart|\bmodel|\broom"
    r"|(?<!post)(?<!post )\bcode)\.?:?\s*$",
    re.IGNORECASE,
)
"""Words right before letters and digits that make them a code of something else."""


def postcodes(text: str) -> Iterator[Span]:
    """Full postcodes, but not one that follows a public building's or body's own name."""
    for match in POSTCODE.finditer(text):
        code, before = match[0], text[max(0, match.start() - 80) : match.start()]
        if re.search(r"\d(?:st|nd|rd|th)$", code) and not code.islower():
            continue  # W3C 2nd edition
        if _CODE_WORDS.search(before):
            continue
        if re.search(r"[-.]", code) and not re.search(r"post ?code\W*$", before, re.IGNORECASE):
            continue
        if not _is_buildings(text, match.start()):
            yield match.span()


_SUFFIX = (
    r"(?:street|st|road|rd|avenue|ave|av|lane|ln|close|cl|drive|dr|drv|crescent|cres|court|ct"
    r"|gardens|gdns|grove|gr|terrace|terr?|place|pl|way|walk|mews|hill|square|sq|row|rise|view"
    r"|croft|green|villas|park|parade|meadows?|fold|bank|brow|dene|drove|end|glade|heights|copse"
    r"|orchard|paddock|ridge|vale|wynd|loan|brae|gate|garth|leys|mead|field|fields|buildings)"
)
_NAME = r"[A-Za-z][\w'’.-]*"
_STREET = rf"(?:the\s+)?{_NAME}(?:\s+{_NAME}){{0,3}}?\s+{_SUFFIX}\b"
_NUMBERED = re.compile(
    rf"(?:\b(?:flat|apartment|apt\.?|room|bedsit|maisonette)\s+\d{{0,3}}[a-z]?\b,?\s*"
    rf"(?:[A-Z][\w'’]*\s+(?:House|Court|Lodge|Point|Heights|Mansions|Tower),?\s+)?)?"
    rf"(?<![\w£$€/.,-])(?P<number>\d{{1,3}}[A-Za-z]?)(?:\s?[-/&–]\s?\d{{1,3}}[A-Za-z]?)?,?\s+"
    rf"(?P<street>{_STREET})(?!['’]s)",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?:flat|apartment|apt\.?|bedsit|maisonette)\s+\d{1,3}[a-z]?,?\s+[A-Z][\w'’]*"
    r"(?:\s+[A-Z][\w'’]*)*",
    re.IGNORECASE,
)
_COTTAGE = re.compile(
    rf"\b[A-Z][\w'’]*\s+(?:[A-Z][\w'’]*\s+)?(?:Cottage|Bungalow|Farmhouse|Villa|Barn|House|Lodge|Farm"
    r"|View|Rectory|Vicarage)"
    rf",\s*(?:\d+\s+)?(?:[A-Z][\w'’]*\s+){{1,3}}(?i:{_SUFFIX})\b",
)
_SUFFIXES = re.compile(rf"{_SUFFIX}\b", re.IGNORECASE)
_NO_HOUSE = re.compile(
    r"(?:\b(?:phase|stage|lot|part|round|year|week|day|days|route|bus|junction|plot|class|section"
    r"|over|under|all|these|our|aged?|version|unit|block|level|group|grade|tier|zone|ward|team|lane"
    r"|platform|studio|hall|size|strand|theme|area|item|priority|key stage|keystage|top|first|next"
    r"|approximately|around|about|nearly|up to|least|than|every|for|cohort|bay|track|site|gate)"
    r"\.?|[£$€#])\s*$",
    re.IGNORECASE,
)
_PUBLIC_WORKS = re.compile(
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
_PUBLIC_PLACE = re.compile(
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


def addresses(text: str) -> Iterator[Span]:
    """Addresses of houses: a number and a street, a flat, a cottage in a lane.

    Not a public building's, and not streets that are the place of works or of a project.
    """
    if not _SUFFIXES.search(text) and not re.search(r"\b(?:flat|apartment)", text, re.IGNORECASE):
        return
    for match in _NUMBERED.finditer(text):
        before, after = text[max(0, match.start() - 80) : match.start()], text[match.end() :]
        words = [word.lower() for word in match["street"].split()]
        flat = match.start("number") > match.start()
        street = match["street"].removeprefix("the ")
        cased = street[0].isupper() or (street.islower() and len(words) <= 3)
        if (
            not cased
            or (set(words[:-1]) & _LINKING - {"the", "st"})
            or (words[-1] in ("st", "dr") and re.match(r"\s+[A-Z]\w+'s\b", after))
            or (not flat and _NO_HOUSE.search(before))
        ):
            continue
        home = flat or _HOME.search(before[-40:])
        public = _PUBLIC_WORKS.match(after) or _PUBLIC_PLACE.search(before)
        if home or not (public or _is_buildings(text, match.start())):
            yield match.span()
    for pattern in (_FLAT, _COTTAGE):
        for match in pattern.finditer(text):
            if pattern is _COTTAGE and (
                _PUBLIC_WORKS.match(text[match.end() :]) or _is_buildings(text, match.start())
            ):
                continue
            yield match.span()


_REFUGE = re.compile(
    r"\b(?:refuges?|safe[- ]?houses?|women['’]?s[- ]aid|safe accommodation"
    r"|(?:domestic (?:abuse|violence)|dv|dva|women['’]?s)\s+(?:\w+\s+)?"
    r"(?:accommodation|shelters?|house|hostel|home)"
    r"|sanctuary (?:house|home|accommodation)|place of safety)\b",
    re.IGNORECASE,
)
_NO_REFUGE = re.compile(
    r"\b(?:wildlife|animal|bird|pedestrian|traffic|central|mountain|donkey|horse|cat|dog|bat"
    r"|hedgehog|butterfly|marine|owl|climate|island)s?\s+(?:\w+\s+)?refuges?\b"
    r"|\brefuge (?:island|collection)"
    r"|\brefuse\b|\bcharity shop\b",
    re.IGNORECASE,
)
_BARE_STREET = re.compile(
    rf"\b(?:[A-Z][\w'’-]*\s+){{1,3}}(?i:{_SUFFIX})(?!\w)(?!\s+[A-Z]\w*\s+(?:Centre|School|Church))"
)


def names_refuge(text: str) -> bool:
    """Whether a text is about a refuge of people."""
    return bool(_REFUGE.search(_NO_REFUGE.sub(" ", text)))


def refuges(text: str) -> Iterator[Span]:
    """Where a refuge is: any address, street or postcode in a text about one."""
    if not names_refuge(text):
        return
    for pattern in (_NUMBERED, _FLAT, _COTTAGE, POSTCODE, _BARE_STREET):
        for match in pattern.finditer(text):
            street = match[0].split()
            if pattern is _BARE_STREET and street[0].lower() in _LINKING | {"the", "this", "our"}:
                continue
            if pattern is _BARE_STREET and _REFUGE.search(match[0]):
                continue
            yield match.span()


def is_address(text: str) -> bool:
    """Whether a text holds an address or a postcode in whatever context."""
    return any(pattern.search(text) for pattern in (_NUMBERED, _FLAT, _COTTAGE, POSTCODE))
