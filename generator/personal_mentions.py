"""Persons named in a text: a title with a name, a full name after words such as c/o."""

import re
from collections.abc import Iterator, Sequence

from generator.personal_names import (
    TITLE,
    WEAK_TITLES,
    WORD,
    WORDS,
    is_first,
    is_full_name,
    is_last,
    plain,
)
from generator.personal_words import AMBIGUOUS, COMMON, ORGANISATION, WELL_KNOWN

Span = tuple[int, int]

_TITLED = re.compile(
    rf"\b({TITLE})\b\.?(?:\s+(?:and|&)\s+{TITLE}\b\.?)?\s+((?:[A-Z]\.?\s+){{0,3}}{WORD}(?:\s+{WORD}){{0,4}})",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
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
        words = [re.sub("['’]s$", "", one[0]) for one in run[:length]]
        if run[length - 1][0].islower() and not all(word.islower() for word in words):
            continue
        rest = run[length][0] if length < len(run) else "and"
        if rest[0].isupper() and not words[-1].isupper() and plain(rest) not in COMMON - AMBIGUOUS:
            continue  # a longer name of its own: an organisation called after a person
        plainly = [plain(word) for word in words]
        organised = " ".join(plainly) in WELL_KNOWN or not ORGANISATION.isdisjoint(plainly)
        if is_full_name(words) and not organised:
            return run[length - 1].end()
    return 0


_HAS_TITLE = re.compile(rf"\b{TITLE}\b", re.IGNORECASE)


def titled_names(text: str) -> Iterator[Span]:
    """A personal title with a name: `Mrs A Jones`, but not `Dr Jenner's House Trust`."""
    if not _HAS_TITLE.search(text):
        return
    for match in _TITLED.finditer(text):
        title, run = match[1], _run(match[2] + text[match.end() :])
        start = match.start(2)
        known = [one for one in run[:3] if is_first(one[0]) or is_last(one[0])]
        cased = run[0][0][0].isupper() and not title.islower()
        if _organised(text[start:], run) or (
            run[0][0] not in _INITIALS and plain(run[0][0]) in COMMON
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
        if not one[0][0].isupper() or plain(one[0]) in COMMON:
            break
        end = one.end()
    return end


def contact_names(text: str) -> Iterator[Span]:
    """A full name after words such as c/o, contact, on behalf of."""
    for match in _CONTEXT.finditer(text):
        run = _run(text[match.end() :])
        if run and not _organised(text[match.end() :], run) and (end := _name_end(run)):
            yield match.end(), match.end() + end
