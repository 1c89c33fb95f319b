"""Names of private persons, and what tells them from names of organisations.

A name is known by lists of first names and surnames. What holds a word such as Trust or Club is
an organisation.
"""

import re
from collections.abc import Sequence

from generator.patterns import lazily
from generator.personal_fold import fold
from generator.personal_lists import (
    is_english,
    is_first,
    is_last,
    may_be_surname,
    names,
    parts,
    plain,
    sounds_british,
    sounds_foreign,
)
from generator.personal_words import (
    AMBIGUOUS,
    BUILDINGS,
    COMMON,
    EASTERN,
    INSTITUTION,
    ORGANISATION,
    VIRTUES,
    WELL_KNOWN,
    words,
)

_PARTICLES = words("""
    al ap bin bint da de del della der di dos du el ibn la le ni o st ten ter ul van von y ó ní
""")
"""Small words inside a name."""
_SON_OF = words("ap ab ferch bin bint ibn nic ni o mac de la van von el al")
"""Those after which any word is a surname."""
_POST_NOMINALS = lazily(r"[, ]+(?:MBE|OBE|CBE|BEM|JP|QC|KC|PhD|MP|DL|Jr|Snr|Esq)\.?$")
TITLES = words("""
    canon capt captain cllr col colonel councillor dame doctor dr father fr imam insp inspector lady
    lord madam major master miss mister mr mrs ms mx nurse pastor pc pcso prof professor rabbi rev
    revd reverend sergeant sgt sheikh sir sister wpc
""")
TITLE = rf"(?:Rev['’]d|{'|'.join(sorted(TITLES, reverse=True))})"
_LEADING_TITLES = lazily(rf"(?:(?:{TITLE}|and|&)\.?\s+)+", re.IGNORECASE)
WEAK_TITLES = words("""
    pc lord lady fr canon sgt insp inspector doctor sister father capt captain
    major col colonel sheikh madam master nurse
""")
"""Titles that are also other words: the name after them must be in the lists."""
WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
WORDS = lazily(WORD)
_SYLLABLES = lazily(
    r"(?:(?:[zcspkgnt]h|sz|ts|kw|tr|[bpmfdtnlgkhjqxrzcsywv])?[aeiou]{1,3}(?:ng|[nrktpc])?){1,2}"
)
"""How Chinese and Vietnamese names sound, one or two syllables."""


def _is_initial(word: str) -> bool:
    return len(word) == 1 or (len(word) in (2, 3) and word.isupper() and not is_last(word))


def is_full_name(words: Sequence[str]) -> bool:
    """Whether words in the order given are a first name or initials, then a surname."""
    if words and plain(words[0]) in ("st", "saint"):
        return False
    if _is_eastern([plain(word) for word in words]):
        return True
    if len(words) == 3 and plain(words[1]) in _SON_OF:
        return is_first(words[0])
    words = [one for one in words[:-1] if plain(one) not in _PARTICLES] + list(words[-1:])
    if not 2 <= len(words) <= 5:
        return False
    *given, last = words
    surname, name = plain(last), plain(given[0])
    known = is_last(last)
    if all(_is_initial(word) for word in given):
        return surname not in AMBIGUOUS and (known or _may_have_initials(given, last))
    if not is_first(given[0]):
        return len(words) == 2 and _is_rare_pair(given[0], last)
    if not all(_is_initial(one) or is_first(one) or is_last(one) for one in given[1:]):
        return False
    # Of two words that are also places, plants or virtues, only some pairs are names.
    doubtful = name in AMBIGUOUS and (name not in names().british or name in VIRTUES)
    if surname in AMBIGUOUS:
        two = sum(not _is_initial(one) for one in words) == 2
        building = name in AMBIGUOUS and surname in BUILDINGS
        return known and two and (name in names().usual or not (doubtful or building))
    # `Robert Owen Vocational` and `Mitchell Charlesworth` are called after people.
    british = not names().british.isdisjoint(parts(given[0]))
    called = is_last(given[-1]) and not british
    if known:
        return name not in VIRTUES or not names().last.isdisjoint(parts(last))
    unlisted = may_be_surname(last) or (british and len(words) == 2 and _is_foreign_first(surname))
    doubtful = doubtful or (name in AMBIGUOUS and not sounds_british(surname))
    return unlisted and not doubtful and not called


def _is_foreign_first(word: str) -> bool:
    """Whether a word is a first name elsewhere, where the father's first name may stand last."""
    return word in names().first and word not in names().british | COMMON | ORGANISATION


def _may_have_initials(given: Sequence[str], last: str) -> bool:
    """Whether a word that no list of surnames has may be one after initials: `K Banerji`."""
    initials = all(len(one) == 1 and one.isupper() and one != "A" for one in given)
    return initials and len(last) > 3 and last.istitle() and may_be_surname(last)


def _is_rare_pair(first: str, last: str) -> bool:
    """Whether a word that no list has as a first name is one by the surname that follows."""
    name, surname = plain(first), plain(last)
    if name in names().rare:
        return is_last(last) and surname not in AMBIGUOUS
    word = is_english(name) and not _SYLLABLES.fullmatch(name)
    if len(name) < 4 or is_last(first) or word or surname in AMBIGUOUS:
        return False
    far = surname in names().far_last or sounds_foreign(surname) or _is_foreign_first(surname)
    return far or not names().common_last.isdisjoint(parts(last))


def _is_eastern(bare: Sequence[str]) -> bool:
    """Whether a Chinese or Vietnamese surname stands before or after one or two given names."""
    surname, *given = bare if bare and bare[0] in EASTERN else bare[::-1] or ("",)
    return (
        surname in EASTERN
        and len(given) in (1, 2)
        and all(_SYLLABLES.fullmatch(one) and one not in COMMON | ORGANISATION for one in given)
    )


def _turned(words: Sequence[str]) -> bool:
    """Whether a surname stands before a first name that is no surname: `Smith Jane`."""
    return (
        len(words) == 2
        and is_last(words[0])
        and not is_first(words[0])
        and plain(words[0]) not in COMMON
        and plain(words[1]) in names().usual
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


def _is_listed(surname: str, given: str, *more: str) -> bool:
    """Whether what stands before and after a comma is a person's name: `Smith, Mrs J`."""
    first = WORDS.findall(_LEADING_TITLES.sub("", f"{given.strip()} "))
    if more or not 1 <= len(given.split()) <= 3 or not surname.strip():
        return False
    if len(first) < len(given.split()):  # a title
        return is_last(surname)
    return is_full_name((*first, *WORDS.findall(surname))) or (
        is_last(surname) and is_first(first[0])
    )


def is_person(name: str) -> bool:
    """Whether a recipient's name looks like a private person's."""
    name = " ".join(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", fold(name).text).split())
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
        alone = len(words) == 1 and (is_last(words[0]) or may_be_surname(words[0]))
        return alone or is_full_name(words)
    if titled:
        weak = titled[0].split()[0].lower().rstrip(".") in WEAK_TITLES
        hall = weak and words and plain(words[-1]) in AMBIGUOUS
        return (1 <= len(words) <= 4 and not weak) or (is_full_name(words) and not hall)
    if len(couple := re.split(r"\s+and\s+|\s*&\s*", bare)) > 1:
        one, other = couple[0], couple[-1]
        two = len(couple) == 2 and " " in other
        return two and (is_first(one) or is_person(one)) and is_person(other)
    if "," in bare:
        return _is_listed(*bare.split(","))
    if " - " in bare:
        return False
    turned_initials = len(words) in (2, 3) and all(map(_is_initial, words[1:]))
    if turned_initials and len(words[-1]) <= 2:
        listed = is_last(words[0]) or (sounds_british(plain(words[0])) and may_be_surname(words[0]))
        return (listed and plain(words[0]) not in COMMON) or is_full_name(words)
    return is_full_name(words) or _turned(words)
