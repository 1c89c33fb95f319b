"""Rows as lines of CSV, as every CSV of ours is written."""

import csv
from collections.abc import Iterable, Mapping, Sequence


class _Lines(list[str]):
    """Takes a line at a time from a CSV writer that ends each with CR and LF; drops the CR.

    A writer quotes only the line breaks that it writes itself: told to end lines with LF, it
    would leave a lone CR in a cell bare, and readers would break the row there.
    """

    def write(self, line: str) -> None:
        self.append(line.removesuffix("\r\n") + "\n")


def csv_lines(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as lines of CSV. It quotes what must be quoted, and ends each with LF."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows([cells.get(name, "") for name in header] for cells in rows)
    return "".join(lines)
