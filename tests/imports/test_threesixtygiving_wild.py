"""360Giving files drawn by chance, and real ones: whatever they hold, each row ends once."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.imports import reading, threesixtygiving
from generator.imports.base import Reading, Sheet, SourceFile, SourceRow
from tests.imports.test_threesixtygiving import GRANT, balanced

_TITLE = st.sampled_from(
    [
        *("Identifier", "Title", "Amount Awarded", "Currency", "Award Date", "Description"),
        *("Planned Dates:Start Date", "Recipient Org:Name", "Recipient Org:1:Name", "Contact"),
        *("Recipient Org:Identifier", "Recipient Ind:Name", "Funding Org:Name", "Other", "URL"),
        *("Classifications:Vocabulary", "Classifications:Title", "Grant Programme:Title"),
        *("Beneficiary Location:Name", "Beneficiary Location:Geographic Code", "a:b:c", ""),
    ]
)
_TEXT = st.sampled_from(
    [
        *("", " ", "1", "g1", "g2", "100", "£1,000", "GBP", "2031-05-01", "13/04/2031", "theme"),
        *("03/04/2031", "GB-COH-123456", "E05000001", "CafÃ©", "\ufffd", "a\nb", "-5", "N/A"),
    ]
) | st.text(max_size=5)


@st.composite
def wild_sheets(draw: st.DrawFn) -> tuple[Sheet, ...]:
    made = []
    for name in draw(st.lists(st.sampled_from(["", "Meta", "b", "c"]), unique=True, max_size=3)):
        header = draw(st.lists(_TITLE | st.text(max_size=4), unique=True, max_size=12))
        rows = draw(st.lists(st.lists(_TEXT, min_size=12, max_size=12), max_size=6))
        listed = tuple(
            SourceRow(line, dict(zip(header, row, strict=False)))
            for line, row in enumerate(rows, 2)
        )
        made.append(Sheet(name, tuple(header), listed))
    titles = ("Identifier", "Title", "Amount Awarded", "Currency", "Award Date", "Other")
    full = st.lists(st.lists(_TEXT, min_size=6, max_size=6), max_size=6)
    grants = tuple(
        SourceRow(line, dict(zip(titles, row, strict=True)))
        for line, row in enumerate(draw(full), 2)
    )
    return (*made, Sheet("grants", titles, grants))


@given(wild_sheets())
def test_whatever_the_rows_hold_each_ends_once(sheets: tuple[Sheet, ...]) -> None:
    source = SourceFile("wild.xlsx", "0" * 64, "spreadsheet", sheets)
    found = threesixtygiving.read(source)
    balanced(found)
    columns = Counter((one.sheet, one.column) for one in found.columns if one.sheet != "Meta")
    assert set(columns.values()) <= {1}
    assert set(columns) == {
        (sheet.name, title) for sheet in sheets if sheet.name != "Meta" for title in sheet.header
    }
    for award in found.awards:
        assert award.amount > 0
        assert {"title", "financial_year"} <= set(award.cells)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | _TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*GRANT, "name", "grants", "title", "0", ""]), inner, max_size=6
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_whatever_json_holds_nothing_breaks(document: Any) -> None:
    source = SourceFile("wild.json", "0" * 64, "json", document=document)
    if threesixtygiving.reads(source):
        balanced(threesixtygiving.read(source))


def _sample(samples: Path, name: str) -> Reading:
    found = threesixtygiving.read(reading.read(samples / name))
    balanced(found)
    assert not found.refused
    return found


def test_a_real_council(samples: Path) -> None:
    found = _sample(samples, "360giving-trafford-council.csv")
    assert found.rows == len(found.awards) == 555
    assert sum(one.amount for one in found.awards) == Decimal("1291436.54")
    assert not found.corrections


def test_a_real_trust(samples: Path) -> None:
    found = _sample(samples, "360giving-ab-charitable-trust.xlsx")
    assert found.rows == len(found.awards) == 783
    assert sum(one.amount for one in found.awards) == Decimal(12785625)
    assert [one.column for one in found.corrections] == ["Recipient Org:Charity Number"] * 9


def test_a_real_file_in_windows_1252(samples: Path) -> None:
    found = _sample(samples, "360giving-small-cp1252.csv")
    assert found.rows == 2
    assert found.source.notes == ("read as Windows-1252",)
    left_out = [one.column for one in found.columns if "private person" in one.words]
    assert left_out == ["Surname of applicant", "Full name of applicant", "Co-applicant(s)"]


def test_the_empty_template(samples: Path) -> None:
    found = _sample(samples, "360giving-template.xlsx")
    assert found.rows == 0
    assert "no grant" in found.source.notes[0]
