"""What the checks said, as a table."""

from collections.abc import Sequence

from generator import urls
from generator.findings import Finding
from generator.missing import Missing
from generator.tables import PublishedTable

FINDING_COLUMNS = ("rule", "severity", "file", "row", "column", "message", "mend")


def findings_table(findings: Sequence[Finding]) -> PublishedTable:
    """What the checks said, one row a finding, with file names free of this machine's folders."""
    rows = tuple(
        {
            "rule": one.code,
            "severity": one.severity.value,
            "file": one.file.rpartition("/")[2],
            "row": Missing.NOT_APPLICABLE.value if one.row is None else str(one.row),
            "column": one.column or Missing.NOT_APPLICABLE.value,
            "message": one.message,
            "mend": one.mend,
        }
        for one in findings
    )
    return PublishedTable(f"{urls.QUALITY}findings.csv", FINDING_COLUMNS, rows)
