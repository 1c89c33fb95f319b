"""The account adds up or nothing is written; it reads plainly; it echoes nobody's data."""

import csv
import io
from decimal import Decimal

import pytest
from msgspec.structs import replace

from generator.errors import Unaccounted
from generator.imports import account_text
from generator.imports.account import Account, account
from generator.imports.base import ColumnFate, Correction, Incoming, Party, Reading, Refused
from generator.imports.packaging import packages
from tests.imports.made import award, reading

MAIL = "jane.roe@pond.example"
REFUSED = (
    Refused((4,), "360G-pond-004", Decimal("0.05"), "GBP", f"Unclear: {MAIL}.", "say when."),
    Refused((5,), "", None, "", "No amount.", "fill in the amount."),
)
FATES = (
    ColumnFate("", "Amount Awarded", "mapped", "the amount", 4),
    ColumnFate("", "Notes", "kept", "beside the award", 1),
)
NOTES = (
    Correction(2, "Award Date", "01/05/2031", "2031-05-01", "the day comes first"),
    Correction(3, "Award Date", "02/05/2031", "2031-05-02", "the day comes first"),
    Correction(3, "Notes", MAIL, MAIL, "looks garbled"),
)


def full() -> Reading:
    joined = award(2, "10.10", lines=(2, 6))
    return reading(joined, award(3, "5"), refused=REFUSED, columns=FATES, corrections=NOTES)


def of(one: Reading) -> Account:
    return account(one, packages(one, {}, "pond"))


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode())))


def test_rows_and_money_in_are_rows_and_money_out_and_refused() -> None:
    one = of(full())
    assert (one.reading.rows, one.rows_imported, one.rows_refused) == (5, 3, 2)
    (money,) = [each for each in one.sums if each.currency == "GBP"]
    assert (money.found, money.imported, money.refused) == (
        Decimal("15.15"),
        Decimal("15.10"),
        Decimal("0.05"),
    )
    assert one.without_amount == 1
    assert [(each.line, each.outcome, each.award) for each in one.lines] == [
        (2, "imported", "002"),
        (3, "imported", "003"),
        (4, "refused", ""),
        (5, "refused", ""),
        (6, "imported", "002"),
    ]


def test_rows_of_two_sheets_may_have_one_number() -> None:
    one = reading(
        award(2, sheet="2030"),
        award(3, lines=(2,), sheet="2031"),
        corrections=(replace(NOTES[0], sheet="2031"),),
    )
    table = rows(account_text.rows_csv(of(one)))
    assert [(row["sheet"], row["award"]) for row in table] == [("2030", "002"), ("2031", "003")]
    assert [bool(row["words"]) for row in table] == [False, True]
    assert "row 2 of 2031: “01/05/2031”" in account_text.as_text(of(one))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(full(), rows=6),
        replace(full(), rows=4),
        replace(full(), awards=(*full().awards, award(3, "1"))),
    ],
    ids=["a row lost", "a row too many", "an award twice"],
)
def test_what_does_not_add_up_is_refused(wrong: Reading) -> None:
    with pytest.raises(Unaccounted, match="doesn't add up"):
        of(wrong)


def test_an_amount_that_changed_on_its_way_is_noticed() -> None:
    one = full()
    (made,) = packages(one, {}, "pond")
    changed = [{**row, "amount": "1"} for row in made.draft.rows("awards")]
    spoilt = replace(made, draft=made.draft.with_rows("awards", changed))
    with pytest.raises(Unaccounted, match=r"15\.15 GBP in the file, 2 imported, 0\.05 refused"):
        account(one, [spoilt])


def test_the_text_tells_every_part_and_masks() -> None:
    text = account_text.as_text(of(full()))
    for words in (
        "Import of pond grants 2031.csv",
        "In the file: 5",
        "Imported: 3 (2 awards; 1 row joined to others)",
        "GBP: in the file £15.15 = imported £15.10 + refused £0.05",
        "row 5: No amount. To mend: fill in the amount.",
        "1 refused award without a readable amount: in no sum.",
        "Amount Awarded: mapped, the amount (4 cells filled)",
        "(rows: 2; row 2: “01/05/2031” → “2031-05-01”; row 3:",
    ):
        assert words in text
    assert MAIL not in text


def test_the_saved_page_and_rows_mask_too() -> None:
    one = of(full())
    page = account_text.as_markdown(one)
    assert "| Amount Awarded | mapped | the amount | 4 |" in page
    assert "## No longer" not in page, "an empty part is left out"
    table = rows(account_text.rows_csv(one))
    assert [row["line"] for row in table] == ["2", "3", "4", "5", "6"]
    assert table[0]["words"] == "Award Date: “01/05/2031” read as “2031-05-01”, the day comes first"
    assert table[3]["words"] == "No amount. To mend: fill in the amount."
    assert MAIL not in page + str(table)


def test_long_lists_are_cut_with_counts() -> None:
    awards: list[Incoming] = [award(line) for line in range(2, 5)]
    many = tuple(
        Refused((line,), "", Decimal(1), "GBP", "No title.", "add one.") for line in range(10, 60)
    )
    text = account_text.as_text(of(reading(*awards, refused=many)))
    assert text.count("No title. To mend") == account_text.SHOWN
    assert "No title. 50" in text, "the reasons are counted"
    assert "and 30 more, in the saved account" in text


def test_several_packages_have_rows_of_their_own() -> None:
    one = reading(award(2), award(3, funder=Party("Toad Fund (fictional)")))
    made = account(one, packages(one, {}, "all"))
    names = [each.name for each in made.packages]
    assert [len(rows(account_text.rows_csv(made, name))) for name in names] == [1, 1]
    assert {row["package"] for row in rows(account_text.rows_csv(made))} == set(names)


def test_awards_that_the_file_has_no_more_are_told() -> None:
    before = reading(award(2), award(3))
    (there,) = packages(before, {}, "pond")
    now = reading(award(3))
    text = account_text.as_text(account(now, packages(now, {"pond": there.draft}, "pond")))
    assert "No longer in the file: kept" in text
    assert "pond, 002: withdraw it with purse revise" in text
