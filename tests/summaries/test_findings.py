"""What the checks said, as a table."""

from generator.summaries.findings import findings_table
from tests.test_findings import ERROR, GAP


def test_findings_as_a_table_name_no_folder_of_this_machine() -> None:
    table = findings_table([ERROR, GAP])
    assert table.path == "quality/findings.csv"
    assert table.header == ("rule", "severity", "file", "row", "column", "message", "mend")
    assert [tuple(row[name] for name in table.header) for row in table.rows] == [
        *(
            ("R21-totals", "error", "stated_figures.csv", "3", "amount", ERROR.message, ERROR.mend),
            ("gap", "gap", "datapackage.json", *["not applicable"] * 2, GAP.message, GAP.mend),
        )
    ]
