"""First names and surnames: the lists of the library Faker, with what they lack.

Which countries' lists, and why these: see docs/develop/decisions.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import NamedTuple

from generator.kept import kept
from generator.patterns import lazily
from generator.personal_words import AMBIGUOUS, COMMON, MORE_FIRST, MORE_LAST, ORGANISATION

_HOME = "en_GB"
_LOCALES = (
    *(_HOME, "en_IE", "ga_IE", "en_IN", "en_PK", "en_NG", "en_KE", "en_NZ", "en_US", "es_ES"),
    *("de_DE", "nl_NL", "lt_LT", "hu_HU", "cs_CZ", "zu_ZA", "tr_TR", "sv_SE", "hr_HR", "sk_SK"),
    *("fr_FR", "it_IT", "pl_PL", "pt_PT", "ro_RO", "ha_NG", "ig_NG", "yo_NG", "sw", "tw_GH"),
    *("fr_DZ", "et_EE"),
)
_RARE = "en"
"""A long list of first names, rare ones and words too: only before a surname that is known."""
_ISLES = ("en_GB", "en_IE", "ga_IE", "en_US", "en_NZ")
_SURNAME = lazily(
    r"\w{3,}(?:ski|ska|wicz|czyk|escu|opoulos|sson|[eiy]?enko|ch?uk|shvili|idze|oglu|zadeh"
    r"|[dklmnrst]ova?|[eo][sv]ic|d[oó]ttir|ullah|uddin|chandran|nathan|swamy|akis)"
    r"|(?:oko|nwa|onye|ogu|ade|owu|mc|mac(?=[b-df-hj-np-tv-z])|fitz)\w{2,}"
)
"""How surnames end of which there are too many for a list: Polish, Ukrainian, Tamil and more.
Those of Nigeria, Ghana and Ireland are known by how they begin."""
_FIRST = lazily(
    r"\w\w(?:meet|want)|\w{2,4}(?:inder|preet|deep|jeet)"
    r"|(?:olu|ola|akin|abio|baba|chi[dkmn]|chukw|nk|oghene|temi|folas|ifeo|ade(?=[bdkmnosty]))\w{2,}"
)
"""How many first names of Sikhs end, and of Yoruba and Igbo begin."""
_NO_SURNAME = lazily(r"\w+(?:ings?|tions?|ments?|ness|it(?:y|ies)|ial|ics|ism|ive|able|ology|tech)")
"""How words end that a list of surnames lacks because they are none."""


def plain(word: str) -> str:
    """A word without case, accents and the marks inside it."""
    if word.isascii() and word.isalpha():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(mark for mark in apart if mark.isalpha())


class _Lists(NamedTuple):
    """Names in their plain form."""

    first: frozenset[str]
    rare: frozenset[str]
    """First names that are a person's only before a surname that is known."""
    usual: frozenset[str]
    """First names that are usual in Britain, or stand in the lists of several countries."""
    british: frozenset[str]
    """First names that are usual in Britain, surnames or words or not."""
    last: frozenset[str]
    home_last: frozenset[str]
    """The commonest surnames of Britain, words or not."""
    common_last: frozenset[str]
    """The commonest surnames of Britain, and those in `personal_words` that only people have."""
    far_last: frozenset[str]
    """Surnames of other countries, which British firms are not called by."""
    english: frozenset[str]
    """The commonest words of English."""
    streets: frozenset[str]
    """What names of streets end with, also rare ones."""


@cache
def names() -> _Lists:
    """The lists of names. They are read when first needed."""
    modules = ("personal_lists", "personal_words")
    return _Lists(*kept("names", (version("faker"),), lambda: tuple(_names()), modules))


def _names() -> _Lists:
    first, last = Counter(MORE_FIRST), set(MORE_LAST)
    british, common_last, near_last = set(MORE_FIRST), set(MORE_LAST), set[str]()
    for locale in _LOCALES:
        lists = import_module(f"faker.providers.person.{locale}").Provider
        found: set[str] = set()
        for kind in ("first_names", "first_names_male", "first_names_female"):
            found |= {plain(one) for one in getattr(lists, kind, ())}
        first.update(found)
        surnames = {plain(one) for one in getattr(lists, "last_names", ())}
        last |= surnames
        near_last |= surnames if locale in _ISLES else set()
        if locale == _HOME:
            british |= found
            common_last |= surnames
    usual = {name for name, lists_with in first.items() if lists_with > 1} | british
    rare = {
        plain(one) for one in import_module(f"faker.providers.person.{_RARE}").Provider.first_names
    }
    english = import_module("faker.providers.lorem.en_US").Provider.word_list
    streets = import_module("faker.providers.address.en_GB").Provider.street_suffixes
    return _Lists(
        frozenset(first),
        frozenset(rare - first.keys() - COMMON - ORGANISATION),
        frozenset(usual - AMBIGUOUS),
        frozenset(british),
        frozenset(last),
        frozenset(common_last),
        frozenset(common_last - AMBIGUOUS),
        frozenset(last - near_last - AMBIGUOUS),
        frozenset(map(plain, english)),
        frozenset(map(plain, streets)),
    )


def parts(word: str) -> list[str]:
    """The parts of a double-barrelled name."""
    return [bare for part in re.split("[-‑]", word) if (bare := plain(part))]


def is_first(word: str) -> bool:
    """Whether a word is a first name, or a double one."""
    return any(part in names().first or _FIRST.fullmatch(part) for part in parts(word))


def sounds_foreign(word: str) -> bool:
    """Whether a word in its plain form ends or begins as surnames of other countries do."""
    return bool(_SURNAME.fullmatch(word))


def is_last(word: str) -> bool:
    """Whether a word is a surname, by the lists or by an ending such as -ski."""
    found = parts(word)
    if len(found) > 1 and any(part in ORGANISATION for part in found):
        return False
    return any(part in names().last or _SURNAME.fullmatch(part) for part in found)


_BRITISH = lazily(
    r"\w{3,}(?:ford|by|ley|son|ton|man|well|ham|stead|burn|dale|wick|worth|shaw|ard|ett|kin|ney|gan)s?"
)


def sounds_british(word: str) -> bool:
    """Whether a word in its plain form ends as many British surnames do."""
    return bool(_BRITISH.fullmatch(word) or sounds_foreign(word))


def is_english(word: str) -> bool:
    """Whether a word in its plain form is one of the language, as far as is known."""
    known = (names().english, names().streets, COMMON, ORGANISATION)
    one = word.removesuffix("s")
    return any(word in words or one in words for words in known) or bool(
        _NO_SURNAME.fullmatch(word)
    )


def may_be_surname(word: str) -> bool:
    """Whether a word that no list of surnames has may be one."""
    bare = plain(word)
    return len(word) == 1 or (len(bare) > 2 and bare not in names().usual and not is_english(bare))
