"""What the checks said, as a table."""

from generator.summaries.findings import findings_table
from tests.test_findings import ERROR, GAP


def test_findings_as_a_table_name_no_folder_of_this_machine() -> None:
    table = findings_table([ERROR, GAP])
    assert [row["file"] for row in table.rows] == ["stated_figures.csv", "datapackage.json"]
    assert [(row["row"], row["column"]) for row in table.rows] == [
        ("3", "amount"),
        ("not applicable", "not applicable"),
    ]
