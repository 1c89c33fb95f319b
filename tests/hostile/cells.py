"""Single cells that are broken: numbers, days, ids, links, marks that a terminal obeys."""

import csv
from pathlib import Path

from tests.hostile.base import case, put, rewrite


def amount(folder: Path, cell: str) -> None:
    """Put a cell into the amount of the first award."""
    put(folder, ",1200.50,", f",{cell},")


def decided(folder: Path, cell: str) -> None:
    """Put a cell into the day on which the first award was decided."""
    put(folder, "awarded,2031-05-01,2031-05-08", f"awarded,{cell},2031-05-08")


def title(folder: Path, cell: str) -> None:
    """Put a text into the title of the second award."""
    put(folder, "Bread ban posters", '"' + cell.replace('"', '""') + '"')


_NUMBERS = {
    "nan": "NaN",
    "snan": "sNaN",
    "infinity": "-Infinity",
    "huge_exponent": "1e309",
    "huger_exponent": "1e999999999",
    "tiny_exponent": "1e-999999999",
    "many_digits": "9" * 5000,
    "thousands": '"1,200.50"',
    "thousands_by_spaces": "1\u00a0200.50",
    "pound_sign": "£1200.50",
    "other_digits": "١٢٠٠",
    "full_width_digits": "１２００",
    "underscore": "1_200",
    "hexadecimal": "0x10",
    "plus": "+1200",
    "a_formula": "=1200+1",
    "brackets": "(1200)",
    "truth": "True",
}
_ALSO_LESS = ("nan", "infinity", "tiny_exponent")
"""Those of which it is said that they are less than a penny."""
for _name, _cell in _NUMBERS.items():

    def _number(folder: Path, cell: str = _cell) -> None:
        amount(folder, cell)

    _number.__name__ = f"amount_{_name}"
    _number.__doc__ = f"The amount {_cell[:20]}."
    case(row=2, says="" if _name in _ALSO_LESS else "not a plain number")(_number)


@case(row=2, says="not a plain number")
def amount_of_sixteen_digits(folder: Path) -> None:
    """An amount too long to add up exactly."""
    amount(folder, "1234567890123456.00")


@case(code="R22-amounts", row=2)
def amount_minus_zero(folder: Path) -> None:
    """The amount -0, which is nothing with a sign."""
    amount(folder, "-0")


_DAYS = {
    "that_is_not": "2031-02-30",
    "without_leap": "2031-02-29",
    "of_month_13": "2031-13-01",
    "of_year_0": "0000-01-01",
    "of_year_10000": "10000-01-01",
    "with_time": "2031-05-01T25:61:61Z",
    "of_week": "2031-W01-1",
    "of_digits": "20310501",
    "of_excel": "47973",
    "day_first": "01/05/2031",
    "in_other_digits": "２０３１-05-01",
}
for _name, _cell in _DAYS.items():

    def _day(folder: Path, cell: str = _cell) -> None:
        decided(folder, cell)

    _day.__name__ = f"day_{_name}"
    _day.__doc__ = f"The day {_cell}."
    case(row=2, says="not a date")(_day)


@case(code=None)
def year_1(folder: Path) -> None:
    """The first day that a calendar program knows."""
    decided(folder, "0001-01-01")


@case(code=None)
def year_9999(folder: Path) -> None:
    """The last day that a calendar program knows."""
    decided(folder, "9999-12-31")


@case(code=None)
def financial_year_9999(folder: Path) -> None:
    """A financial year whose end no calendar has."""
    put(
        folder,
        '1)</script> | 50% off: [link](x)",2031-32',
        '1)</script> | 50% off: [link](x)",9999-00',
    )


@case(code=None, row=2)
def source_order_huge(folder: Path) -> None:
    """A whole number of fifteen digits in the order of the source."""
    put(folder, "PC/1,1,", "PC/1,999999999999999,")


@case(row=2)
def source_order_too_long(folder: Path) -> None:
    """A whole number of thirty digits."""
    put(folder, "PC/1,1,", f"PC/1,{'9' * 30},")


def _ids(folder: Path, one: str, other: str) -> None:
    """Give the two awards these ids, wherever they stand."""
    for file in ("awards.csv", "award_services.csv", "award_recipients.csv"):
        rewrite(
            folder,
            lambda text: text.replace(b"2031-32-1", one.encode()).replace(
                b"2031-32-2", other.encode()
            ),
            file,
        )


@case(row=3)
def ids_that_differ_by_case(folder: Path) -> None:
    """Two ids that are one file on Windows and Macs."""
    _ids(folder, "pond-a", "pond-A")


@case(row=2)
def ids_in_two_normal_forms(folder: Path) -> None:
    """Two ids that look the same: é as one letter, and as two."""
    _ids(folder, "caf\u00e9", "cafe\u0301")


@case(row=3)
def id_with_invisible_mark(folder: Path) -> None:
    """An id with a space of no width."""
    _ids(folder, "pond", "po\u200bnd")


@case(row=3)
def id_of_look_alikes(folder: Path) -> None:
    """An id with a Cyrillic letter that looks Latin."""
    _ids(folder, "pond", "p\u043end")


@case(row=2)
def id_that_climbs(folder: Path) -> None:
    """An id that would be a path out of the site."""
    _ids(folder, "../../etc/passwd", "pond")


@case(row=2)
def id_of_a_device(folder: Path) -> None:
    """An id in capitals, with a dot: CON.html is a device on Windows."""
    _ids(folder, "CON.html", "pond")


@case(code="list-in-cell", row=2)
def id_with_line_break(folder: Path) -> None:
    """An id that ends in a line break, which a pattern's $ lets through."""
    put(folder, "2031-32-1,PC/1", '"2031-32-1\n",PC/1')


@case(code="limits", row=2, says="150")
def id_very_long(folder: Path) -> None:
    """An id longer than a file's name can be."""
    _ids(folder, "a" * 300, "pond")


@case(code=None)
def title_of_look_alikes(folder: Path) -> None:
    """Letters that look Latin in a title: strange, but somebody's language."""
    title(folder, "Вrеаd bаn")


@case(code="unseen-characters", row=3, says="turns the text")
def bidi_override(folder: Path) -> None:
    """Marks that turn the text round, so that it reads as another."""
    title(folder, "Bread \u202eda\u202c ban \u2066x\u2069")


@case(code="unseen-characters", row=3, says="control character")
def terminal_escape(folder: Path) -> None:
    """Escapes that clear a terminal, rename its window and write elsewhere."""
    title(folder, "\x1b[2J\x1b]0;owned\x07Bread \x9b31m ban")


@case(row=3)
def workflow_command(folder: Path) -> None:
    """A command to GitHub's runner in an id that leads nowhere."""
    put(
        folder,
        "2031-32-2,PC/2,2,Bread ban posters,2031-32,not published,not published",
        '2031-32-2,PC/2,2,Bread ban posters,2031-32,not published,"x\n::set-env name=A::b\x1b[31m"',
    )


@case(code=None)
def formulas(folder: Path) -> None:
    """Cells that a spreadsheet would run."""
    title(folder, '=HYPERLINK("https://evil.example","x")')
    put(folder, "Ducks asked.", "@SUM(1+1)*cmd|' /C calc'!A0")
    put(folder, "PC/2", "-2+3+cmd' /C calc'!A0")


@case(code=None)
def markup(folder: Path) -> None:
    """Markup of HTML, Markdown, Jinja and front matter in a cell."""
    title(folder, "</title><svg onload=alert(1)>{{ 7*7 }}{% raw %}![x](https://evil.example)")


@case(row=2, says="leads nowhere")
def link_to_nothing(folder: Path) -> None:
    """A fund that isn't there."""
    put(folder, "2031-32,not published,pond-fund", "2031-32,not published,pound-fund")


@case(code=None)
def zalgo(folder: Path) -> None:
    """A letter with ten thousand accents."""
    title(folder, "e" + "\u0301" * 10_000)


@case(code="title-long", row=3)
def one_long_word(folder: Path) -> None:
    """A word of ninety thousand letters."""
    title(folder, "a" * 90_000)


@case(code=None)
def astral(folder: Path) -> None:
    """Letters beyond the first 65,536, private ones, and ones that are none."""
    title(folder, "\U0001f986\ue000\U0010ffff\u0378")


def many_columns(folder: Path, columns: int, rows: int = 1) -> None:
    """A table of so many columns more."""
    with (folder / "awards.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    more = [f"c{number}" for number in range(columns)]
    with (folder / "awards.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*table[0], *more])
        for _ in range(rows):
            writer.writerow([*table[1], *more])
