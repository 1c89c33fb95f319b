"""Names of private persons, and what tells them from names of organisations.

A name is known by lists of first names and surnames. What holds a word such as Trust or Club is
an organisation. The lists are those of the library Faker (see docs/develop/decisions).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple

from generator.personal_words import (
    AMBIGUOUS,
    COMMON,
    INSTITUTION,
    MORE_FIRST,
    MORE_LAST,
    ORGANISATION,
    WELL_KNOWN,
    words,
)

_HOME = "en_GB"
_LOCALES = (
    *(_HOME, "en_IE", "ga_IE", "en_IN", "en_PK", "en_NG", "en_KE", "en_NZ", "en_US", "es_ES"),
    *("de_DE", "nl_NL", "lt_LT", "hu_HU", "cs_CZ", "zu_ZA"),
    *("fr_FR", "it_IT", "pl_PL", "pt_PT", "ro_RO", "ha_NG", "ig_NG", "yo_NG", "sw", "tw_GH"),
)
_PARTICLES = words("""
    al ap bin bint da de del della der di dos du el ibn la le ni o st ten ter ul van von y ó ní
""")
_POST_NOMINALS = re.compile(r"[, ]+(?:MBE|OBE|CBE|BEM|JP|QC|KC|PhD|MP|DL|Jr|Snr|Esq)\.?$")
TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Rev['’]?d?|Reverend|Sir|Dame|Cllr|Councillor"
    r"|PC|PCSO|WPC|Sgt|Sergeant|Insp|Inspector|Lord|Lady|Mister|Fr|Canon)"
)
_LEADING_TITLES = re.compile(rf"(?:(?:{TITLE}|and|&)\.?\s+)+", re.IGNORECASE)
WEAK_TITLES = frozenset(("pc", "lord", "lady", "fr", "canon", "sgt", "insp", "inspector", "doctor"))
"""Titles that are also other words: the name after them must be in the lists."""
WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
WORDS = re.compile(WORD)


def plain(word: str) -> str:
    """A word without case, accents and the marks inside it."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(mark for mark in apart if mark.isalpha())


class _Lists(NamedTuple):
    """Names in their plain form."""

    first: frozenset[str]
    usual: frozenset[str]
    """First names that are usual in Britain, or stand in the lists of several countries."""
    british: frozenset[str]
    """First names that are usual in Britain, surnames or not."""
    last: frozenset[str]
    common_last: frozenset[str]
    """The commonest surnames of Britain, and those in `personal_words` that only people have."""


@cache
def _names() -> _Lists:
    """The lists of names. They are read when first needed."""
    first, last = Counter(MORE_FIRST), set(MORE_LAST)
    british, common_last = set(MORE_FIRST), set(MORE_LAST)
    for locale in _LOCALES:
        lists = import_module(f"faker.providers.person.{locale}").Provider
        found: set[str] = set()
        for kind in ("first_names", "first_names_male", "first_names_female"):
            found |= {plain(one) for one in getattr(lists, kind, ())}
        first.update(found)
        surnames = {plain(one) for one in getattr(lists, "last_names", ())}
        last |= surnames
        if locale == _HOME:
            british |= found
            common_last |= surnames
    british -= AMBIGUOUS
    usual = {name for name, lists_with in first.items() if lists_with > 1} - AMBIGUOUS | british
    return _Lists(
        frozenset(first),
        frozenset(usual),
        frozenset(british),
        frozenset(last),
        frozenset(common_last - AMBIGUOUS),
    )


_SIKH = re.compile("..(?:inder|preet|deep|jeet|meet|want)$")
"""How many first names of Sikhs end."""


def _parts(word: str) -> list[str]:
    """The parts of a double-barrelled name."""
    return [bare for part in re.split("[-‑]", word) if (bare := plain(part))]


def is_first(word: str) -> bool:
    """Whether a word is a first name, or a double one."""
    return any(part in _names().first or _SIKH.search(part) for part in _parts(word))


def is_last(word: str) -> bool:
    """Whether a word is a surname, by the lists or by an ending such as -ski."""
    parts = _parts(word)
    double = len(parts) > 1
    return any(
        part in _names().last
        or re.fullmatch(r"\w{3,}(?:ski|ska|wicz|czyk|escu|opoulos|sson)", part)
        for part in parts
    ) and not (double and any(part in ORGANISATION for part in parts))


def _is_initial(word: str) -> bool:
    return len(word) == 1 or (len(word) in (2, 3) and word.isupper() and not is_last(word))


def is_full_name(words: Sequence[str]) -> bool:
    """Whether words in the order given are a first name or initials, then a surname."""
    if words and plain(words[0]) in ("st", "saint"):
        return False
    words = [word for word in words if plain(word) not in _PARTICLES]
    if not 2 <= len(words) <= 5:
        return False
    *given, last = words
    surname, name = plain(last), plain(given[0])
    known = is_last(last)
    if all(_is_initial(word) for word in given):
        return known and surname not in AMBIGUOUS
    if not is_first(given[0]):
        rare = len(words) == 2 and len(name) > 3 and name not in COMMON
        return rare and not is_last(given[0]) and not _names().common_last.isdisjoint(_parts(last))
    if not all(_is_initial(one) or is_first(one) or is_last(one) for one in given[1:]):
        return False
    if surname in AMBIGUOUS:
        return known and name in _names().usual and sum(not _is_initial(one) for one in words) == 2
    # `Robert Owen Vocational` and `Mitchell Charlesworth` are called after people.
    called = is_last(given[-1]) and not (len(words) == 2 and name in _names().british)
    return known or (name not in AMBIGUOUS and _may_be_surname(last) and not called)


def _may_be_surname(word: str) -> bool:
    """Whether a word that no list of surnames has may be one."""
    bare = plain(word)
    return len(word) == 1 or (len(bare) > 2 and bare not in COMMON and bare not in _names().usual)


def _turned(words: Sequence[str]) -> bool:
    """Whether a surname stands before a first name that is no surname: `Smith Jane`."""
    return (
        len(words) == 2
        and is_last(words[0])
        and not is_first(words[0])
        and plain(words[0]) not in COMMON
        and plain(words[1]) in _names().usual
        and not is_last(words[1])
    )


def is_institution(name: str) -> bool:
    """Whether a name holds a word that only bodies with public addresses have."""
    return any(plain(word) in INSTITUTION for word in WORDS.findall(name))


def is_organisation(name: str) -> bool:
    """Whether a name can't be a person's: a word such as Trust, a number, a well-known name."""
    words = [plain(word) for word in WORDS.findall(name)]
    return (
        " ".join(words) in WELL_KNOWN
        or any(word in ORGANISATION for word in words)
        or any(mark.isdigit() for mark in name)
        or bool(re.search(r"\w['’]s?(?:\s+\w|$)|[@/+]", name))
    )


def is_person(name: str) -> bool:
    """Whether a recipient's name looks like a private person's."""
    name = " ".join(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", name).split())
    name = re.split(r"\s+(?:t/a|trading as)\s+", name, flags=re.IGNORECASE)[0]
    name = _POST_NOMINALS.sub("", name).strip(" .,")
    if not name or len(name) > 60:
        return False
    titled = _LEADING_TITLES.match(name)
    bare = name[titled.end() :] if titled else name
    bare = re.sub(r"^the\s+(?=.*\bfamily$)", "", bare, flags=re.IGNORECASE)
    if is_organisation(bare):
        return False
    words = [word for word in WORDS.findall(bare) if plain(word) not in ("and", "family")]
    if re.search(r"\bfamily$", bare, re.IGNORECASE):
        return (len(words) == 1 and is_last(words[0])) or is_full_name(words)
    if titled:
        weak = titled[0].split()[0].lower().rstrip(".") in WEAK_TITLES
        hall = weak and words and plain(words[-1]) in AMBIGUOUS
        return (1 <= len(words) <= 4 and not weak) or (is_full_name(words) and not hall)
    if couple := re.fullmatch(rf"({WORD})(?:\s+and\s+|\s*&\s*)(.+)", bare):
        return is_first(couple[1]) and is_person(couple[2])
    if "," in bare:
        surname, _, given = bare.partition(",")
        turned = (*WORDS.findall(given), *WORDS.findall(surname))
        short = "," not in given and 1 <= len(given.split()) <= 3
        return short and (is_full_name(turned) or (is_last(surname) and is_first(turned[0])))
    if " - " in bare or "&" in bare or " and " in bare:
        return False
    turned_initials = len(words) in (2, 3) and all(map(_is_initial, words[1:]))
    if turned_initials and len(words[-1]) <= 2:
        return (is_last(words[0]) and plain(words[0]) not in COMMON) or is_full_name(words)
    return is_full_name(words) or _turned(words)
