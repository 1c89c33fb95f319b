"""Two publications compared: nothing is missed, nothing is made up, and silence is noticed."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from generator.revisions import Changes, compare, same
from generator.revisions_faults import ADDRESSED, faults
from generator.revisions_report import as_json, as_markdown, as_text, verdict
from generator.summaries.base import amount
from tests.changing import ANYSHIRE, book, change, copy_of, drop, record, set_cell
from tests.conftest import WEST_MERCIA, edit_descriptor

AWARD = "2031-32-n12"  # 2950.00 from the neighbourhood fund
BASE = book(ANYSHIRE)


@pytest.fixture
def head(tmp_path: Path) -> Path:
    return copy_of(ANYSHIRE, tmp_path / "anyshire")


def compared(head: Path) -> Changes:
    return compare(BASE, book(head))


def words(changes: Changes) -> list[str]:
    return [fault.message for fault in faults(changes)]


def correct(head: Path, **entry: str) -> str:
    old = set_cell(head, "awards", AWARD, "amount", "3050.00")
    record(head, row=AWARD, field="amount", **{"old": old, "new": "3050.00", **entry})
    return old


def test_the_same_package_has_no_changes() -> None:
    for folder in (ANYSHIRE, WEST_MERCIA):
        changes = compare(book(folder), book(folder))
        assert changes.none
        assert verdict(changes) == "Nothing changed."


def test_a_correction_on_record_is_told_with_its_reason(head: Path) -> None:
    old = correct(head)
    changes = compared(head)
    awards, revisions = changes.resources
    (row,) = awards.corrected
    (cell,) = row.fields
    assert (row.row, cell.field, cell.old, cell.new) == (AWARD, "amount", old, "3050.00")
    assert (cell.revision, cell.reason) == ("a-change", "A slip.")
    assert [one.row for one in revisions.added] == ["a-change"]
    assert faults(changes) == ()


def test_a_silent_change_is_a_fault_that_says_what_to_write(head: Path) -> None:
    set_cell(head, "awards", AWARD, "amount", "3050.00")
    (fault,) = faults(compared(head))
    assert fault.message.startswith(f"awards, {AWARD}, amount: “2950.00” became “3050.00”")
    for part in ("resource awards", f"row {AWARD}", "field amount", "old 2950.00", "new 3050.00"):
        assert part in fault.mend


def test_the_effect_on_each_total_is_exact(head: Path) -> None:
    correct(head)
    totals = {(one.scope, one.measure): one for one in compared(head).totals}
    difference = Decimal("100.00")
    assert all(one.difference == difference for one in totals.values())
    everything = totals["all awards", "total"]
    assert everything.old == sum(map(amount, BASE.standing), Decimal(0))
    assert {scope for scope, _ in totals} == {"all awards", "fund", "programme", "recipient"}
    assert totals["fund", "total"].id == "neighbourhood-fund"
    recipients = {one.award.id: one.recipients for one in BASE.linked}[AWARD]
    named = [one for one in compared(head).totals if one.measure == "named in"]
    assert {one.id for one in named} == {one.id for one in recipients}


@pytest.mark.parametrize(
    "entry",
    [{"old": "2900.00"}, {"new": "3051.00"}, {"field": "title"}, {"row": "2031-32-n13"}],
    ids=["other old value", "other new value", "other column", "other row"],
)
def test_an_entry_about_something_else_explains_nothing(head: Path, entry: dict[str, str]) -> None:
    set_cell(head, "awards", AWARD, "amount", "3050.00")
    given = {"row": AWARD, "field": "amount", "old": "2950.00", "new": "3050.00", **entry}
    record(head, **given)
    (fault,) = faults(compared(head))
    near = "field" not in entry and "row" not in entry
    assert ("the row a-change of revisions.csv gives other values" in fault.message) == near


def test_an_old_entry_does_not_explain_a_new_change(head: Path) -> None:
    # 110300.00 to 121300.00 is on record in both publications; then it changes again.
    set_cell(head, "awards", "2030-31-v07", "amount", "110300.00")
    assert len(faults(compared(head))) == 1


def test_two_steps_explain_one_change(head: Path) -> None:
    old = set_cell(head, "awards", AWARD, "amount", "3050.00")
    record(head, id="first", row=AWARD, field="amount", old=old, new="3000.00")
    record(head, id="second", row=AWARD, field="amount", old="3000.00", new="3050.00")
    changes = compared(head)
    assert changes.resources[0].corrected[0].fields[0].revision == "second"
    assert faults(changes) == ()


def test_an_entry_about_long_text_need_not_quote_it(head: Path) -> None:
    set_cell(head, "awards", AWARD, "purpose", "Something else entirely.")
    record(head, row=AWARD, field="purpose", old="the old words", new="the new words")
    assert faults(compared(head)) == ()


def test_a_withdrawal_is_apart_and_leaves_every_total(head: Path) -> None:
    set_cell(head, "awards", AWARD, "status", "withdrawn")
    (silent,) = faults(compared(head))
    assert "kind withdrawal" in silent.mend
    record(head, row=AWARD, field="status", kind="withdrawal", old="ended", new="withdrawn")
    changes = compared(head)
    assert [one.row for one in changes.resources[0].withdrawn] == [AWARD]
    assert changes.resources[0].corrected == ()
    assert changes.totals[0].difference == Decimal("-2950.00")
    assert faults(changes) == ()


def test_a_vanished_award_is_worse_than_a_withdrawn_one(head: Path) -> None:
    drop(head, "awards", "id", AWARD)
    record(head, row=AWARD, field="id", kind="withdrawal")
    (gone,) = compared(head).resources[0].vanished
    assert gone.row == AWARD
    assert words(compared(head)) == [
        f"awards, {AWARD}: the award is gone, and its address leads nowhere."
    ]


@pytest.mark.parametrize("resource", sorted(ADDRESSED - {"awards"}))
def test_no_row_with_an_address_may_vanish(head: Path, resource: str) -> None:
    key = ("scheme", "id") if resource == "terms" else ("id",)
    first: list[str] = []

    def without_first(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        first.append("/".join(rows[0][name] for name in key))
        return rows[1:]

    change(head, resource, without_first)
    record(head, resource=resource, row=first[0], field="id", kind="withdrawal")
    assert words(compared(head)) == [
        f"{resource}, {first[0]}: the row is gone, and its address leads nowhere."
    ]


def test_a_link_may_go_with_an_entry_that_names_its_key(head: Path) -> None:
    gone: list[str] = []

    def without_first(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        gone.append(f"{rows[0]['award']}/{rows[0]['area']}")
        return rows[1:]

    change(head, "award_areas", without_first)
    assert "no new row of revisions.csv says why" in words(compared(head))[0]
    record(head, resource="award_areas", row=gone[0], field="area", kind="withdrawal")
    assert words(compared(head)) == []


def test_the_record_itself_only_grows(head: Path) -> None:
    drop(head, "revisions", "id", "2030-31-p07-conditions-changed")
    (fault,) = faults(compared(head))
    assert "gone from the record of changes" in fault.message
    assert fault.mend == "put the row back; the record only grows."


def test_rows_may_come_without_an_entry(head: Path) -> None:
    change(head, "themes", lambda rows: [*rows, {**rows[-1], "id": "a-new-one"}])
    (themes,) = compared(head).resources
    assert [one.row for one in themes.added] == ["a-new-one"]
    assert faults(compared(head)) == ()


def test_a_whole_file_that_is_gone_takes_its_rows_with_it(head: Path) -> None:
    (head / "documents.csv").unlink()
    gone = {one.resource: one.vanished for one in compared(head).resources}
    assert len(gone["documents"]) == len(BASE.documents)
    assert len(faults(compared(head))) == len(BASE.documents)


def test_order_and_spelling_are_no_changes(head: Path) -> None:
    change(head, "awards", lambda rows: rows[::-1])
    set_cell(head, "awards", AWARD, "amount", "2950")
    assert set_cell(head, "awards", "2031-32-p16", "published_on", "") == "not published"
    assert compared(head).none


@pytest.mark.parametrize(
    ("kind", "one", "other", "alike"),
    [
        ("number", "5", "5.00", True),
        ("number", "5", "5.01", False),
        ("string", "5", "5.00", False),
        ("boolean", "yes", "true", True),
        ("boolean", "yes", "false", False),
        ("string", "", "not published", True),
        ("string", "not applicable", "not published", False),
        ("number", "0", "", False),
        ("number", "many", "many ", False),
    ],
)
def test_what_means_the_same(kind: str, one: str, other: str, alike: bool) -> None:
    assert same(kind, one, other) is same(kind, other, one) is alike


def test_new_columns_are_named_and_need_no_entry(tmp_path: Path, head: Path) -> None:
    base = copy_of(ANYSHIRE, tmp_path / "base")
    path = base / "themes.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line.rpartition(",")[0] for line in lines]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    changes = compare(book(base), book(head))
    assert [one.columns_added for one in changes.resources] == [("note",)]
    assert faults(changes) == ()


def test_the_descriptor_is_compared_too(head: Path) -> None:
    edit_descriptor(head, lambda found: found.update(version="3.3.0", licenses=[]))
    said = {one.field: (one.old, one.new) for one in compared(head).described}
    assert said == {
        "version": ("3.2.0", "3.3.0"),
        "licence": ("Creative Commons Attribution 4.0", "not stated"),
    }


def test_a_small_count_is_never_told(head: Path, tmp_path: Path) -> None:
    measures = [one for one in BASE.outcome_measures if one.count_of_people is True]
    base = copy_of(ANYSHIRE, tmp_path / "base")
    set_cell(base, "outcome_measures", measures[0].id, "value", "3")
    set_cell(head, "outcome_measures", measures[0].id, "value", "4")
    assert compare(book(base), book(head)).none
    set_cell(head, "outcome_measures", measures[0].id, "value", "40")
    text = as_text(compare(book(base), book(head)))
    assert "value: withheld → 40" in text


def test_json_has_everything_and_amounts_as_text(head: Path) -> None:
    correct(head)
    found = json.loads(as_json(compared(head)))
    assert found["package"] == "anyshire"
    assert found["resources"][0]["corrected"][0]["fields"][0]["revision"] == "a-change"
    assert found["totals"][0]["difference"] == "100.00"
    assert found["faults"] == []
    assert found["summary"] == verdict(compared(head))


def test_text_and_markdown_say_the_same(head: Path) -> None:
    correct(head)
    set_cell(head, "awards", "2031-32-n13", "title", "A | *new* <b>title</b>\x1b[31m")
    changes = compared(head)
    text, markdown = as_text(changes), as_markdown(changes)
    for said in (text, markdown):
        assert "amount: 2950.00 → 3050.00" in said
        assert "£100.00" in said
        assert AWARD in said
    assert "\x1b" not in text
    assert "<b>" not in markdown
    assert "| *" not in markdown
    assert text.endswith("1 to mend.\n")
    assert markdown.startswith("**Rows: ")


def test_a_new_fund_has_no_total_before(head: Path) -> None:
    change(head, "funds", lambda rows: [*rows, {**rows[-1], "id": "new-fund", "title": "New"}])
    (effect,) = compared(head).totals
    assert (effect.scope, effect.id, effect.old) == ("fund", "new-fund", None)
    assert effect.new == Decimal(0)
    assert "fund New: none → £0.00" in as_text(compared(head))
