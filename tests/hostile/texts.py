"""CSV files that are broken as texts: encodings, line ends, quotes, rows, headers."""

from pathlib import Path

from tests.hostile.base import case, put, rewrite


@case(says="not UTF-8")
def utf_16(folder: Path) -> None:
    """A table saved as UTF-16 with its mark, as spreadsheets' “Unicode text” is."""
    rewrite(folder, lambda text: text.decode().encode("utf-16"))


@case(code="unseen-characters", row=1, says="U+0000")
def utf_16_without_mark(folder: Path) -> None:
    """UTF-16 without a mark: valid UTF-8 with a NUL after each letter."""
    rewrite(folder, lambda text: text.decode("ascii", "ignore").encode("utf-16-le"))


@case(says="not UTF-8")
def utf_32(folder: Path) -> None:
    """A table saved as UTF-32."""
    rewrite(folder, lambda text: text.decode().encode("utf-32"))


@case(says="not UTF-8")
def windows_1252(folder: Path) -> None:
    """A table saved in Windows' old encoding."""
    rewrite(folder, lambda text: text.decode().encode("cp1252"))


@case(says="not UTF-8")
def overlong(folder: Path) -> None:
    """A slash written as two bytes, which is no UTF-8 and once got past filters."""
    rewrite(folder, lambda text: text.replace(b"Ducks asked.", b"Ducks\xc0\xafasked."))


@case(says="not UTF-8")
def surrogate(folder: Path) -> None:
    """Half a pair of UTF-16, written as if it were a letter."""
    put(folder, "Ducks asked.", "Ducks \ud800 asked.")


@case(code=None)
def mark_before_utf_8(folder: Path) -> None:
    """The mark that Excel writes before UTF-8."""
    rewrite(folder, lambda text: b"\xef\xbb\xbf" + text)


@case(row=1)
def two_marks(folder: Path) -> None:
    """Two marks before UTF-8: the second is part of the first column's name."""
    rewrite(folder, lambda text: b"\xef\xbb\xbf" * 2 + text)


@case(code="unseen-characters", row=2, says="U+0000")
def nul_in_a_cell(folder: Path) -> None:
    """A NUL inside a cell, at which programs in C end a text."""
    put(folder, "Ducks asked.", "Ducks\0 asked.")


@case(code="unseen-characters", row=1, says="U+0000")
def only_nuls(folder: Path) -> None:
    """A file of NULs, as a crash while saving leaves."""
    rewrite(folder, lambda text: b"\0" * len(text))


@case(code=None)
def only_cr(folder: Path) -> None:
    """Lines that end in CR alone, as old Macs wrote them."""
    rewrite(folder, lambda text: text.replace(b"\n", b"\r"))


@case(code=None)
def mixed_line_ends(folder: Path) -> None:
    """A line that ends in CR, one in CRLF and one in LF."""
    one, two, three = (folder / "awards.csv").read_bytes().splitlines()
    rewrite(folder, lambda text: one + b"\r" + two + b"\r\n" + three + b"\n")


@case(row=3)
def nel_and_line_separators(folder: Path) -> None:
    """Line ends that only Unicode knows: no row ends there."""
    put(folder, "Bread ban posters,2031-32", "Bread\u2028ban\x85posters,2031\u202932")


@case(row=2, says="quotation mark")
def unclosed_quote(folder: Path) -> None:
    """A quotation mark that is never closed: the rest of the file is one cell."""
    put(folder, "Ducks asked.", '"Ducks asked.')


@case(row=3, says="quotation mark")
def quote_inside(folder: Path) -> None:
    """Letters after a closing quotation mark."""
    put(folder, "Bread ban posters,2031-32", '"Bread"" ban" posters",2031-33')


@case(row=3, says="ends before")
def short_row(folder: Path) -> None:
    """A row that ends early."""
    rewrite(folder, lambda text: text.replace(b",not published\n", b"\n", 2))


@case(row=2, says="more cells")
def long_row(folder: Path) -> None:
    """A row with a cell too many."""
    put(folder, "Ducks asked.", "Ducks, asked.")


@case(row=3, says="blank")
def blank_rows(folder: Path) -> None:
    """Blank lines between rows."""
    put(folder, "2031-32-2", "\n\n2031-32-2")


@case(row=1)
def duplicate_header(folder: Path) -> None:
    """Two columns of one name."""
    put(folder, "id,source_id", "id,id")


@case(row=1)
def empty_header(folder: Path) -> None:
    """A column without a name."""
    put(folder, "id,source_id", "id,")


@case(row=1)
def no_header(folder: Path) -> None:
    """Rows without a header: the first row is taken for one."""
    rewrite(folder, lambda text: text.partition(b"\n")[2])


@case(row=1)
def header_with_controls(folder: Path) -> None:
    """A column's name with an escape and a mark that turns the text round."""
    put(folder, "id,source_id", "id,\x1b[31msource\u202e_id")


@case()
def empty_file(folder: Path) -> None:
    """A file of no bytes."""
    rewrite(folder, lambda text: b"")


@case()
def only_spaces(folder: Path) -> None:
    """A file of spaces and line ends."""
    rewrite(folder, lambda text: b"  \n \n")


@case()
def only_a_quote(folder: Path) -> None:
    """A file of one quotation mark."""
    rewrite(folder, lambda text: b'"')


@case()
def a_picture(folder: Path) -> None:
    """A picture called awards.csv."""
    rewrite(folder, lambda text: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)


@case()
def a_workbook(folder: Path) -> None:
    """The beginning of a workbook called awards.csv."""
    rewrite(folder, lambda text: b"PK\x03\x04\x14\x00\x06\x00" + b"\0" * 200)


@case(row=1)
def semicolons(folder: Path) -> None:
    """Cells parted by semicolons, as spreadsheets on the continent do."""
    rewrite(folder, lambda text: text.replace(b",", b";"))
