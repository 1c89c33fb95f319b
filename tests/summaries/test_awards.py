"""The ready-to-use tables of awards."""

from generator.summaries.awards import AWARD_COLUMNS, awards_table
from tests.summaries.books import LH, WM


def test_the_table_of_awards() -> None:
    table = awards_table(LH, LH.linked.numbers, "funds/x/")
    assert (table.path, table.header) == ("funds/x/awards.csv", AWARD_COLUMNS)
    reeds, posters = table.rows
    assert set(reeds) == set(AWARD_COLUMNS)
    assert reeds["amount"] == "1200.50"
    assert reeds["fund_title"] == "Pond Fund"
    assert reeds["attribution"] == "sole"
    assert posters["fund"] == posters["fund_title"] == posters["areas"] == "not published"
    assert posters["recipients"] == "Friends of the Pond <b>& Ducks</b>; Duck Wardens"
    assert (posters["named_recipients"], posters["area_count"]) == ("2", "0")
    assert posters["services"] == "Posters"
    percentages = awards_table(WM, WM.linked.numbers, "").rows
    assert [row["published_percentage"] for row in percentages][10:13] == [
        *("not published", "6.1", "8.2")
    ]


def test_awards_stand_in_the_order_given() -> None:
    ids = [row["id"] for row in awards_table(WM, WM.linked[::-1].numbers, "").rows]
    assert ids == [one.award.id for one in WM.linked][::-1]
