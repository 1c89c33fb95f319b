"""Sizes: what is larger than the site, or a small machine, can hold.

Most limits are kept while files are read (`body.py`, `package.py`): what is too large there is
told under this rule's code, and the package isn't looked at further.
"""

from collections.abc import Iterator

import pyarrow.compute as pc

from generator.checks.registry import Fault, Statement, rule
from generator.checks.suspects import cells
from generator.descriptor import LIMITS
from generator.findings import Severity
from generator.ledger import Ledger
from generator.limits import limit

_SHOWN = 40


@rule(
    LIMITS,
    "Nothing is larger than can be held",
    severity=Severity.ERROR,
    reason="A table, line or cell far beyond what publications have is most likely another kind "
    "of file, and an id is the name of a folder. The table of limits below has the numbers.",
    source="limits.toml, with the day and the reason of each limit",
    mend="write a shorter id; an id that was published keeps its address, so add a revision.",
)
def sizes(ledger: Ledger) -> Iterator[Statement]:
    """No id is too long for the name of a folder."""
    most = limit("id_characters")
    for table in ledger.package.tables.values():
        lengths = pc.binary_length(table.body.column("id").dictionary)
        if (pc.max(lengths).as_py() or 0) <= most:
            continue
        long = pc.greater(lengths, most).take(table.body.column("id").indices)
        for row, name in cells(table, {"id": long}):
            cell = row.cells.get(name, "")
            yield Fault(
                table.file,
                f"The id has more than {most} characters.",
                row.line,
                name,
                f"{cell[:_SHOWN]}…",
            )
