"""From rows of bare cells to a table: where its column titles stand, and what they are called."""

from collections.abc import Iterable, Sequence

from generator.imports.base import Sheet, SourceRow

GridRow = tuple[int, Sequence[str]]
"""The line that a row begins at, and its cells as text from the first column on."""


def sheet(name: str, grid: Iterable[GridRow]) -> tuple[Sheet | None, tuple[str, ...]]:
    """The grid as a table, and notes on what was left out above it; None when all is blank.

    Rows that hold nothing are skipped. The column titles are the first row with two filled
    cells: a single cell above them is a title of the whole. No cell below them is lost: a
    column without a title is called by its letter, and a title that repeats gets a number.
    """
    filled = [(line, cells) for line, cells in grid if _count(cells)]
    if not filled:
        return None, ()
    at = next((at for at, (_, cells) in enumerate(filled) if _count(cells) > 1), 0)
    titles, below = filled[at][1], filled[at + 1 :]
    used = {place for place, cell in enumerate(titles) if cell.strip()}
    for _, cells in below:
        used.update(place for place, cell in enumerate(cells) if cell.strip())
    columns = _named(titles, sorted(used))
    rows = tuple(
        SourceRow(
            line,
            {name: cells[place] if place < len(cells) else "" for place, name in columns.items()},
        )
        for line, cells in below
    )
    where = f"sheet {name}, " if name else ""
    notes = tuple(
        f"{where}row {line} stands above the column titles and was left out: "
        f"“{''.join(cells).strip()}”"
        for line, cells in filled[:at]
    )
    return Sheet(name, tuple(columns.values()), rows), notes


def _count(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _named(titles: Sequence[str], used: Sequence[int]) -> dict[int, str]:
    """A name of its own for each column that holds anything, by its place."""
    printed = {
        place: " ".join(titles[place].split()) if place < len(titles) else "" for place in used
    }
    names: dict[int, str] = {}
    given, taken = set[str](), set(printed.values())
    numbers: dict[str, int] = {}
    for place, title in printed.items():
        plain = name = title or f"column {letters(place)}"
        # A made-up name gives way to a printed one further right.
        while name in given or (name != title and name in taken):
            numbers[plain] = numbers.get(plain, 1) + 1
            name = f"{plain} ({numbers[plain]})"
        names[place] = name
        given.add(name)
    return names


def letters(place: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    text, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(ord("A") + digit) + text
    return text
