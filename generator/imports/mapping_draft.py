"""A first mapping for a table, for a person to correct. What can't be known stays a `?`."""

from collections.abc import Iterator, Mapping

import yaml

from generator.errors import UsageProblem
from generator.imports.base import Sheet, SourceFile
from generator.imports.mapping_file import UNKNOWN, choices
from generator.imports.mapping_targets import IGNORE, TARGETS, filled, proposed
from generator.imports.private_columns import is_private
from generator.personal import masked_name

_LONGEST_TITLE = 500
_SAMPLES, _LONGEST_SAMPLE = 3, 40
_CODED = ("instrument", "amount_basis", "status", "individual")
_MOST_CODES = 20
_FIXED = {
    "currency": "three letters, such as GBP",
    "funder": "the name of who gives the money",
    "funder_id": "its number in a register, such as GB-CHC-1000147; may stay empty",
    "instrument": "grant, contract, other or not published",
    "amount_basis": (
        "total-value (the whole award), funded-in-year (one year of it) or allocation (set aside)"
    ),
}


def draft(source: SourceFile) -> str:
    """The text of a mapping file. Raises UsageProblem when the source is no table."""
    sheet = _largest(source)
    targets = proposed(sheet)
    lines = [
        f"# What the columns of {_plain(source.name)} are. This is a draft: please correct it.",
        "#  1. The word after each column says what it is. All words stand at the end.",
        f"#  2. Write what you know instead of each “{UNKNOWN}”.",
        "#  3. Then: purse import FILE --to data/NAME --mapping THIS-FILE",
        "# Lines that begin with # are only for you.",
        "",
        *_about_sheet(source, sheet),
        "columns:",
        *(_column(sheet, title, target) for title, target in targets.items()),
        "",
        "# What is the same for all rows. A column that says so comes first.",
        "fixed:",
        *_fixed(sheet, targets),
        *_title(targets),
        *_codes(sheet, targets),
        "",
        "# What a column can be:",
        *(f"#   {target:<15} {words}" for target, words in TARGETS.items()),
    ]
    return "\n".join(lines) + "\n"


def _largest(source: SourceFile) -> Sheet:
    if not source.sheets:
        raise UsageProblem(
            f"{source.name} is no table, so that it can't have a mapping.",
            "save it as a spreadsheet or CSV. 360Giving and OCDS files need no mapping.",
        )
    sheet = max(source.sheets, key=lambda one: len(one.rows))
    if any(len(title) > _LONGEST_TITLE for title in sheet.header):
        raise UsageProblem(
            f"{source.name} has a column title of more than {_LONGEST_TITLE} characters.",
            "check that the first row holds the column titles.",
        )
    return sheet


def _about_sheet(source: SourceFile, sheet: Sheet) -> Iterator[str]:
    if len(source.sheets) > 1:
        others = ", ".join(_plain(one.name) for one in source.sheets if one is not sheet)
        yield f"# The sheet that is read. Other sheets: {others}"
        yield f"sheet: {_quoted(sheet.name)}"
    if sheet.rows:
        yield f"# The first row of data is row {sheet.rows[0].line}, the titles stand above it."


def _column(sheet: Sheet, title: str, target: str) -> str:
    cells = filled(sheet, title)
    if is_private(title):
        words = "may name a private person"
    elif target == IGNORE:
        words = "an address, which may be somebody's home"
    elif not cells:
        words = "empty"
    else:
        samples = list(dict.fromkeys(cells))[:_SAMPLES]
        words = "such as " + " | ".join(map(_sample, samples))
    return f"  {_quoted(title)}: {target}  # {words}"


def _sample(cell: str) -> str:
    shown = _plain(masked_name(cell))
    return shown if len(shown) <= _LONGEST_SAMPLE else shown[: _LONGEST_SAMPLE - 1] + "…"


def _fixed(sheet: Sheet, targets: Mapping[str, str]) -> Iterator[str]:
    guessed = {
        "currency": _currency(sheet, targets),
        "funder_id": "",
        "instrument": _instrument(sheet),
    }
    for name, words in _FIXED.items():
        if name not in targets.values():
            yield f"  {name}: {_quoted(guessed.get(name, UNKNOWN))}  # {words}"


def _currency(sheet: Sheet, targets: Mapping[str, str]) -> str:
    amounts = [title for title, target in targets.items() if target == "amount"]
    texts = [text for title in amounts for text in (title, *filled(sheet, title))]
    marks = {"£": "GBP", "GBP": "GBP", "€": "EUR", "EUR": "EUR"}
    found = {code for mark, code in marks.items() if any(mark in text for text in texts)}
    return found.pop() if len(found) == 1 else UNKNOWN


def _instrument(sheet: Sheet) -> str:
    """What the column titles speak of, when it is one thing."""
    titles = " ".join(sheet.header).lower()
    grant = "grant" in titles
    contract = any(word in titles for word in ("contract", "supplier", "tender"))
    if grant == contract:
        return UNKNOWN
    return "grant" if grant else "contract"


def _title(targets: Mapping[str, str]) -> Iterator[str]:
    if "title" in targets.values():
        return
    named = {target: title for title, target in reversed(list(targets.items()))}
    parts = [named[one] for one in ("recipient", "purpose") if one in named]
    # a title with braces of its own can't stand between braces
    usable = [one for one in parts if "{" not in one and "}" not in one]
    made = ": ".join(f"{{{one}}}" for one in usable)
    yield "# No column seems to be the title. It is made from these columns."
    yield f"title_from: {_quoted(made or UNKNOWN)}"


def _codes(sheet: Sheet, targets: Mapping[str, str]) -> Iterator[str]:
    """The words of columns that must hold one of a few words, where they aren't those."""
    unknown = {
        target: words
        for title, target in targets.items()
        if target in _CODED and (words := _unknown_words(sheet, title, target))
    }
    if unknown:
        yield "# What the words of the file mean."
        yield "codes:"
    for target, words in unknown.items():
        yield f"  {target}:  # {', '.join(choices(target))}"
        yield from (f"    {_quoted(word)}: {_quoted(UNKNOWN)}" for word in words)


def _unknown_words(sheet: Sheet, title: str, target: str) -> list[str]:
    known = {*choices(target), *(one.replace("-", " ") for one in choices(target))}
    words = dict.fromkeys(cell.lower() for cell in filled(sheet, title))
    return [word for word in words if word not in known][:_MOST_CODES]


def _plain(text: str) -> str:
    """Text that a comment can hold: on one line, every character printable."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _quoted(text: str) -> str:
    """Text as YAML between double quotes."""
    dumped = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=1_000_000)
    return str(dumped).strip()
