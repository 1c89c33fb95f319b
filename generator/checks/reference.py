"""The checks in words, for staff: written from the register, so that it can't go stale."""

from generator.checks.every import rules
from generator.descriptor import LIMITS
from generator.findings import Severity
from generator.limits import limits

_WORDS = {
    Severity.ERROR: "Error: must be mended before anything is published",
    Severity.WARNING: "Warning: published with the data; worth a look",
    Severity.GAP: "Gap: published with the data; something asked for is missing",
}


_KEPT_IN_READING = (
    *("table_megabytes", "package_megabytes", "package_tables", "package_files"),
    *("table_rows", "table_columns", "parquet_times", "parquet_megabytes"),
    *("line_characters", "cell_characters", "id_characters", "descriptor_megabytes"),
    *("page_megabytes", "import_rows", "workbook_cells"),
)


def _limits() -> list[str]:
    """The limits of size as a table."""
    rows = [
        f"| `{name}` | {limits()[name].value:,} | {limits()[name].source} |"
        for name in _KEPT_IN_READING
    ]
    return ["| Limit | At most | Why |", "| --- | --: | --- |", *rows]


def as_markdown() -> str:
    """Every check as Markdown: `docs/publish/checks.md`."""
    lines = [
        "# The checks",
        "",
        "<!-- Written by `purse rules`; `make golden` renews it. -->",
        "",
        "Every package is put to these checks before it is published. Each finding names the "
        "file, row, column and value, and says how to mend it.",
        "",
        "A check can end in five ways: *found* (it has findings), *none found*, *not computable* "
        "(the data can’t say), *not applicable* (there is nothing of the kind to look at), or "
        "*below the minimum number* (too few rows to compare).",
        "",
        "## Before all others",
        "",
        "### structure",
        "",
        "Files, columns, types, codes, keys and links are as the schemas say. Frictionless "
        "judges; the message says it in plain words.",
        "",
        "Only plain files inside the package’s folder are read: no link out of it, no address, no "
        "packed file. A descriptor that asks for more, or that can’t be understood, is told here, "
        "and nothing else is checked until it is mended.",
        "",
        "Two rules can’t be broken by data, so they are no checks of it. That every award has a "
        "page and a row in the downloads (R10) is tested on the built site. That no amount is "
        "ever divided (R23) is tested on the schemas: the tables that link an award to its "
        "services and recipients have no column for money.",
    ]
    for severity in Severity:
        mine = [one for one in rules() if one.severity is severity]
        if mine:
            lines += ["", f"## {_WORDS[severity]}"]
        for one in mine:
            lines += [
                "",
                f"### {one.code}",
                "",
                f"**{one.title}.** {one.reason}",
                "",
                f"- To mend it: {one.mend}",
                f"- Source: {one.source}",
            ]
            if one.code == LIMITS:
                lines += ["", *_limits()]
    return "\n".join(lines) + "\n"
