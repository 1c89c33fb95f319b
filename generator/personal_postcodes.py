"""Postcodes, and the public buildings and bodies whose address anybody may know."""

import re
from collections.abc import Iterator

from generator.patterns import lazily

Span = tuple[int, int]

_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_OUTWARD = rf"(?:{'|'.join(sorted(_AREAS.split(), key=len, reverse=True))})\d[A-Z\d]?"
POSTCODE = lazily(
    rf"(?<![\w/#-]){_OUTWARD}(?:\s{{0,2}}|\s?[-.]\s?)\d[ABD-HJLNP-UW-Z]{{2}}(?![\w/-])",
    re.IGNORECASE,
)
_INWARD = lazily(r"\d[a-z\d]?[\s.-]{0,3}\d[a-z]{2}(?!\w)", re.IGNORECASE)
"""Where no such digits and letters are, no postcode is."""
_BUILDINGS = (
    "hall|centre|center|church|chapel|cathedral|school|academy|college|university|hospital"
    "|library|council|ltd|limited|plc|llp|trust|foundation|station|museum|theatre"
    "|headquarters|hq|hotel|stadium|surgery|clinic|pavilion|mosque|temple|gurdwara|synagogue"
    "|court house|courthouse|town hall|cinema|rooms|guildhall|hostel|shirehall|castle|nursery"
    "|offices|head office|registered office|civic offices|business park|retail park"
    "|trading estate|industrial estate|hub|arena|gallery|depot|works"
)
_BUILDING = lazily(
    rf"(?:\b(?:[A-Z][\w'’.&-]*|of|and|the|for)\s+(?:{_BUILDINGS.title()}|LTD|PLC|LLP|CIC|HQ)\b"
    r"|(?i:\b(?:head|registered|main|civic|council|booking)\s+offices?\b|\btown hall\b"
    r"|\b(?:shop|premises|warehouse)\b"
    r"|\b(?:the|our|this|a)\s+(?:[\w-]+\s+)?(?:library|museum|theatre|school|church|chapel|mosque"
    r"|hospital|clinic|surgery|station|college|hub|caf[eé]|pub|(?:community|leisure|day|health|sports"
    r"|youth) centre|(?:village|town|church|parish|community) hall)\b))"
    r"(?P<between>[^;!?]{0,90})$",
)
_BETWEEN = lazily(
    r"(?:[\s,.(:–-]|\bat\b|\bin\b|\bis\b|\bof\b|\bon\b|\bthe\b|\b[A-Z][\w'’-]*|\b\d+[A-Za-z]?\b)*"
)
HOME = lazily(
    r"\b(?:home|house of|lives?|living|resident|residing|c/o|care of|contact|flat|apartment|family"
    r"|treasurer|secretary|her|his|my|mr|mrs|ms|miss)\b",
    re.IGNORECASE,
)


def is_buildings(text: str, start: int) -> bool:
    """Whether an address follows the name of a public building or body, with no home between."""
    before = text[max(0, start - 160) : start]
    match = _BUILDING.search(before)
    return bool(
        match
        and _BETWEEN.fullmatch(match["between"])
        and not HOME.search(match[0])
        and not HOME.search(before[-60:])
    )


_LEADS_TO_CODE = lazily(r"post ?code\W*$|\b(?:in|at|from|near|live[sd]?)\s+$", re.IGNORECASE)
"""Words right before a postcode, even one with a dash in it."""
_CODE_WORDS = lazily(
    r"(?:\bref(?:erence)?|\bgrant|\bno|\bnumber|\bid|\bplot|\bproduct|\bpart|\bmodel|\broom"
    r"|(?<!post)(?<!post )\bcode)\.?:?\s*$",
    re.IGNORECASE,
)
"""Words right before letters and digits that make them a code of something else."""


def postcodes(text: str) -> Iterator[Span]:
    """Full postcodes, but not one that follows a public building's or body's own name."""
    for match in POSTCODE.finditer(text) if _INWARD.search(text) else ():
        code, before = match[0], text[max(0, match.start() - 80) : match.start()]
        if re.search(r"\d(?:st|nd|rd|th)$", code) and not code.islower():
            continue  # W3C 2nd edition
        if _CODE_WORDS.search(before):
            continue
        if re.search(r"[-.]", code) and not _LEADS_TO_CODE.search(before):
            continue
        if not is_buildings(text, match.start()):
            yield match.span()
