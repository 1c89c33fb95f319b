"""Persons named in a text: a title with a name, a full name after words such as c/o."""

import re
from collections.abc import Iterator, Sequence

from generator.patterns import lazily
from generator.personal_lists import (
    is_english,
    is_first,
    is_last,
    may_be_surname,
    names,
    plain,
)
from generator.personal_names import (
    TITLE,
    TITLES,
    WEAK_TITLES,
    WORD,
    WORDS,
    is_full_name,
)
from generator.personal_words import (
    AMBIGUOUS,
    BUILDINGS,
    COMMON,
    ORGANISATION,
    VIRTUES,
    WELL_KNOWN,
    words,
    words_in,
)

Span = tuple[int, int]

_TITLED = lazily(
    rf"\b({TITLE})\b\.?(?:\s+(?:and|&)\s+{TITLE}\b\.?)?(?:\s+|(?<=\.))((?:[A-Z]\.?\s+){{0,3}}{WORD})",
    re.IGNORECASE,
)
CONTEXT = lazily(
    r"(?:\bc/o|\bcare of|\bcontact(?: name| person)?|\bon behalf of|\battn\.?|\bfao|\bf\.a\.o\."
    r"|\bfor the attention of|\bapplicant|\b(?:awarded|paid|payment|payable|grant|bursary|loan) to"
    r"|\bpayee|\bsponsor(?:ed by)?|\b(?:led|organised|run|submitted|requested|signed|taught"
    r"|coached|written|applied for) by|\btreasurer|\bsecretary|\bchair(?:man|person|woman)?"
    r"|\bcoach|\btutor|\bmentor|\bcarer|\bclient|\bvictim|\bbeneficiary|\bresident|\bparent"
    r"|\b(?:mother|father|son|daughter|widow|wife|husband|family|estate|home) of"
    r"|\bproject lead|\blead officer|\bname|\bemail|\bcall|\bspeak to|\bask for|\bvia)"
    r"(?:\s+is)?\s*[:,=–-]?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)


_INITIALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _run(text: str) -> list[re.Match[str]]:
    """The words at the beginning of a text that may be parts of one name: no mark between them."""
    run: list[re.Match[str]] = []
    for match in WORDS.finditer(text):
        between = text[run[-1].end() : match.start()] if run else text[: match.start()]
        if not re.fullmatch(r"[.'’]?[ \t]*" if run else r"\s*", between) or len(run) == 6:
            break
        if run and not run[-1][0].isupper() and between.startswith("."):
            break
        run.append(match)
    return run


def _organised(text: str, run: Sequence[re.Match[str]]) -> bool:
    """Whether the capital words of a run name an organisation: a word for one, or `X's Y`."""
    cased = [one for one in run if one[0][0].isupper()] or run[:1]
    for number, one in enumerate(cased):
        follows = cased[number + 1 :]
        if plain(one[0]) in ORGANISATION:
            return True
        if follows and (re.search(r"['’]s$", one[0]) or text[one.end() :].startswith(("'", "’"))):
            return True
    end = cased[-1].end() if cased else 0
    return bool(re.match(r"\s+(?:&|and) Sons\b|\s*[@/]", text[end:]))


def _name_end(run: Sequence[re.Match[str]]) -> int:
    """Where the longest person's name at the beginning of a run ends; 0 when there is none."""
    for length in range(min(4, len(run)), 1, -1):
        given = [re.sub("['’]s$", "", one[0]) for one in run[:length]]
        if run[length - 1][0].islower() and not all(word.islower() for word in given):
            continue
        rest = run[length][0] if length < len(run) else "and"
        if rest[0].isupper() and not given[-1].isupper() and plain(rest) not in COMMON - AMBIGUOUS:
            continue  # a longer name of its own: an organisation called after a person
        plainly = [plain(word) for word in given]
        organised = " ".join(plainly) in WELL_KNOWN or not ORGANISATION.isdisjoint(plainly)
        if is_full_name(given) and not organised:
            return run[length - 1].end()
    return 0


_NOT_TITLED = words("""
    barnardo barnardos bean beeton beetons bike blobby britain doubtfire england martens
    motivator pac pacman punch scotland tickle tumble universe wales whippy world
""")
"""What Mr, Mrs, Miss or Dr before it makes a thing or a figure of."""


def titled_names(text: str) -> Iterator[Span]:
    """A personal title with a name: `Mrs A Jones`, but not `Dr Jenner's House Trust`."""
    if TITLES.isdisjoint(words_in(text)):
        return
    for match in _TITLED.finditer(text):
        title, start = match[1], match.start(2)
        run = _run(text[start:])
        known = [one for one in run[:3] if is_first(one[0]) or is_last(one[0])]
        if title.lower() in WEAK_TITLES and is_first(run[0][0]):
            known = []
        cased = run[0][0][0].isupper() and not title.islower()
        if title.lower() in ("sir", "dame", "lord") and re.match(r"[\w .-]*['’]s\b", text[start:]):
            continue  # Sir Robert Peel's principles
        called = f"{title} {run[0][0]}".lower() in WELL_KNOWN
        if (
            called
            or _organised(text[start:], run)
            or plain(run[0][0]) in _NOT_TITLED
            or (run[0][0] not in _INITIALS and plain(run[0][0]) in COMMON - AMBIGUOUS)
        ):
            continue
        if title.lower() in WEAK_TITLES or title[0].islower() or title.isupper():
            full = _name_end(run)
            alike = cased or (title.islower() and run[0][0].islower())
            surname = alike and run[0] in known and len(run[0][0]) > 2
            place = title.lower() in ("lord", "lady", "canon", "fr", "doctor")
            if not full and (place or not surname):
                continue
        elif not cased and run[0] not in known:
            continue
        end = _name_end(run) or _last_capital(run)
        if title.lower() in ("lord", "lady") and plain(run[-1][0]) in AMBIGUOUS:
            continue  # Lady Margaret Hall
        yield match.start(), start + end


def _last_capital(run: Sequence[re.Match[str]]) -> int:
    """Where the capital words at the beginning of a run end, three at most."""
    end = run[0].end()
    for one in run[1:3]:
        if not one[0][0].isupper() or plain(one[0]) in COMMON - AMBIGUOUS:
            break
        end = one.end()
    return end


_PAIR = lazily(rf"(?<![\w@/.’'-])(?=[A-Z])({WORD})(?=\s+(?:[A-Z]\.?\s+)?(?=[A-Z])({WORD}))")
_BEFORE = lazily(rf"(?:^|[.!?:;(\n]\s*|(\S)\s+)(?=[A-Z])({WORD})[ \t]+$")
_NEAR = 500
"""Characters before a name among which the word before it stands."""
_NO_PERSON_AFTER = words(
    "st saint san santa king queen prince princess pope emperor martin the sir dame"
)
_AFTER = lazily(rf"\s+({WORD})")
_COMPANY = lazily(r"[^.;\n]{0,30}\b(?:Limited|Ltd|PLC|LLP|CIC|Holdings)\b", re.IGNORECASE)
_LINKS = words("for in of our plus the to under with")
"""Words that organisations' names hold, and sentences as well."""
_THINGS = ORGANISATION - _LINKS | words("""
    bridge concert day evening exhibition lecture musical night play plays sing singalong statue
    tour trip walk week
""")
"""What a name stands before when something is called after a person."""


def bare_names(text: str) -> Iterator[Span]:
    """A usual first name with a surname, not part of a longer name: `by Jane Smith`."""
    done = 0
    for match in _PAIR.finditer(text):
        start = match.start()
        if start < done or not _is_pair(match[1], match[2]):
            continue
        before = _BEFORE.search(text, max(0, start - _NEAR), start)
        if before and (before[1] or _goes_on(plain(before[2]))):
            continue
        run = _run(text[start:])
        end = start + _name_end(run)
        after = None if re.search("['’]s$", text[start:end]) else _AFTER.match(text, end)
        called = (after and plain(after[1]) in _THINGS) or _COMPANY.match(text, end)
        if end > start and not called and not _organised(text[start:], run):
            yield start, end
            done = end


def _goes_on(word: str) -> bool:
    """Whether a capital word makes the name after it a thing's or a public figure's."""
    return word in _NO_PERSON_AFTER | ORGANISATION - _LINKS or is_first(word)


def _is_pair(first: str, last: str) -> bool:
    """Whether two words are surely a person's name; one of them must be a usual one."""
    name, surname = plain(first), plain(last)
    if not is_first(first) or name in AMBIGUOUS | ORGANISATION or surname in names().streets:
        return False
    if surname in AMBIGUOUS - BUILDINGS - VIRTUES:
        return name in names().british and surname in names().home_last
    if surname in COMMON | ORGANISATION:
        return False
    if name in names().usual:
        return is_last(last) or (name in names().british and may_be_surname(last))
    return surname in names().common_last and name not in COMMON | ORGANISATION


_FAMILY = lazily(rf"\b(?=[A-Z])({WORD})\s+[Ff]amily\b(?!\s+[A-Z])")


def families(text: str) -> Iterator[Span]:
    """A family called by its name: `the Hopkins family`."""
    for match in _FAMILY.finditer(text) if "family" in words_in(text) else ():
        after = _AFTER.match(text, match.end())
        called = after and plain(after[1]) in _THINGS
        if is_last(match[1]) and plain(match[1]) not in COMMON | ORGANISATION and not called:
            yield match.span()


_CONTEXT_WORDS = frozenset(re.findall("[a-z]+", CONTEXT.pattern.replace(r"\b", " "))) - words(
    "a by d for is of on s the to w"
)
_SURE = lazily(r"(?:c/o|care of|attn\.?|fao|attention of|applicant|signed by)\W*$", re.IGNORECASE)
"""Words after which any two capital words that are no others are a name."""


def contact_names(text: str) -> Iterator[Span]:
    """A full name after words such as c/o, contact, on behalf of."""
    if _CONTEXT_WORDS.isdisjoint(words_in(text)):
        return
    for match in CONTEXT.finditer(text):
        run = _run(text[match.end() :])
        if not run or _organised(text[match.end() :], run):
            continue
        end = _name_end(run)
        two = [one[0] for one in run if one[0][0].isupper()]
        if not end and len(two) == 2 and _SURE.search(match[0]):
            end = 0 if any(is_english(plain(one)) for one in two) else run[1].end()
        if end:
            yield match.end(), match.end() + end
