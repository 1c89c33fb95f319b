"""Money, days and text as people type them: taken only when sure, else refused with a reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.imports import values
from generator.imports.values import Unclear

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.50", "1234.50"),
        ("£1,234.50", "1234.50"),
        (" £ 1,234.50 ", "1234.50"),
        ("1 234.50", "1234.50"),
        (f"1{NBSP}234{NBSP}567", "1234567"),
        ("(500)", "-500"),
        ("(£500.25)", "-500.25"),
        ("-£500", "-500"),
        ("£-500", "-500"),
        ("−500", "-500"),
        ("GBP 500", "500"),
        ("gbp500", "500"),
        ("500 GBP", "500"),
        ("£500 ", "500"),
        ("500£", "500"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0", "0"),
    ],
)
def test_money_is_read(text: str, amount: str) -> None:
    assert values.money(text, "GBP") == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1.234,5", "two amounts"),
        ("1.234,50", "two amounts"),
        ("1,23", "two amounts"),
        ("12,5", "two amounts"),
        ("1.234", "two amounts"),
        ("€500", "is in EUR, but the currency is GBP"),
        ("500 USD", "is in USD, but the currency is GBP"),
        *((text, "can't be read") for text in ("", " ", "£", "abc", "1e5", "--5", "5-", "1,2345")),
        *(
            (text, "can't be read")
            for text in ("12,34,567", "1'000", "$5", "１２", "NaN", "5 to 6")
        ),
        ("9" * 16, "can't be read"),
    ],
)
def test_money_that_is_not_sure_is_refused(text: str, why: str) -> None:
    found = values.money(text, "GBP")
    assert isinstance(found, Unclear)
    assert why in found.reason
    assert found.mend


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["", "£"]))
def test_money_with_marks_and_groups_is_exact(amount: Decimal, mark: str) -> None:
    sign = "-" if amount < 0 else ""
    assert values.money(f"{sign}{mark}{abs(amount):,.2f}", "GBP") == amount


@given(st.text(max_size=12), st.sampled_from(["", "GBP"]))
def test_money_never_fails(text: str, currency: str) -> None:
    found = values.money(text, currency)
    assert isinstance(found, Unclear) or found.is_finite()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0", "nought"),
        ("0.00", "nought"),
        ("-5", "below nought"),
        ("333.3333333", "part of a penny"),
        ("x", "can't be read"),
    ],
)
def test_no_award_has_such_an_amount(text: str, why: str) -> None:
    found = values.award_amount(text)
    assert isinstance(found, Unclear)
    assert why in found.reason


def test_an_award_may_have_an_amount_in_whole_pence() -> None:
    assert values.award_amount("1234.5000") == Decimal("1234.50")
    assert str(values.award_amount("1357.9500000000003")) == "1357.95"


@pytest.mark.parametrize(("text", "code"), [("GBP", "GBP"), (" gbp ", "GBP"), ("£", "GBP")])
def test_currencies_are_three_letters(text: str, code: str) -> None:
    assert values.currency_code(text) == code


def test_other_words_are_no_currency() -> None:
    assert isinstance(values.currency_code("pounds"), Unclear)
    assert isinstance(values.currency_code("$"), Unclear)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2031-04-05", "2031-04-05"),
        (" 2031-04-05 ", "2031-04-05"),
        ("2031-04-05T18:09:56Z", "2031-04-05"),
        ("2031-04-05T00:00:00.000+01:00", "2031-04-05"),
        ("2031-04-05 10:15", "2031-04-05"),
        ("2031/04/05", "2031-04-05"),
        ("5 April 2031", "2031-04-05"),
        ("5th Apr 2031", "2031-04-05"),
        ("05-Apr-2031", "2031-04-05"),
        ("04/04/2031", "2031-04-04"),
    ],
)
def test_days_that_mean_one_thing_are_read_anywhere(text: str, day: str) -> None:
    assert values.days(["01/02/2031"])(text) == day


@pytest.mark.parametrize("mark", ["/", "-", "."])
def test_the_column_settles_whether_the_day_stands_first(mark: str) -> None:
    british = values.days([f"05{mark}04{mark}2031", f"13{mark}04{mark}2031 00:00"])
    assert british(f"05{mark}04{mark}2031") == "2031-04-05"
    american = values.days([f"05{mark}04{mark}2031", f"04{mark}13{mark}2031"])
    assert american(f"05{mark}04{mark}2031") == "2031-05-04"


@pytest.mark.parametrize(
    "column", [["05/04/2031", "06/04/2031"], ["13/04/2031", "04/13/2031", "05/04/2031"]]
)
def test_a_column_that_does_not_settle_it_is_refused_unless_the_user_does(
    column: list[str],
) -> None:
    found = values.days(column)("05/04/2031")
    assert isinstance(found, Unclear)
    assert "could mean two days" in found.reason
    assert "--dates day-first" in found.mend
    assert values.days(column, day_first=True)("05/04/2031") == "2031-04-05"
    assert values.days(column, day_first=False)("05/04/2031") == "2031-05-04"


def test_what_the_column_says_stands_above_what_the_user_says() -> None:
    assert values.days(["13/04/2031"], day_first=False)("05/04/2031") == "2031-04-05"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("05/04/31", "a year of two digits"),
        ("5-Apr-31", "a year of two digits"),
        ("47948", "a spreadsheet's own number"),
        ("31/02/2031", "can't be read"),
        ("2031-02-30", "can't be read"),
        ("2031-13-01", "can't be read"),
        ("spring", "can't be read"),
        ("", "can't be read"),
        ("٠٥/٠٤/٢٠٣١", "can't be read"),
    ],
)
def test_days_that_cannot_be_read_are_refused(text: str, why: str) -> None:
    found = values.days(["13/04/2031"])(text)
    assert isinstance(found, Unclear)
    assert why in found.reason


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=12))
def test_days_never_fail(column: list[str], text: str) -> None:
    found = values.days(column)(text)
    assert isinstance(found, Unclear) or date.fromisoformat(found).isoformat() == found


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2031-03-31", "2030-31"),
        ("2031-04-01", "2031-32"),
        ("2099-12-31", "2099-00"),
        ("2000-01-01", "1999-00"),
    ],
)
def test_financial_years_run_from_april_to_march(day: str, year: str) -> None:
    assert values.financial_year(day) == year


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 1, 1)))
def test_a_financial_year_has_its_year_of_days(day: date) -> None:
    year = values.financial_year(day.isoformat())
    start = date(int(year[:4]), 4, 1)
    assert start <= day < date(start.year + 1, 4, 1)
    assert year == values.financial_year(start.isoformat())
    assert year != values.financial_year((start - timedelta(days=1)).isoformat())


def test_text_is_tidied_no_further_than_said() -> None:
    assert values.one_line(" two\r\n  lines,  as\tthey are ") == "two lines,  as they are"
    assert values.prose(" two\r\nlines ") == "two\nlines"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("CafÃ©", "Café"),
        ("Â£500", "£500"),
        ("donâ€™t", "don’t"),
        ("framework.â€¯ The", "framework.\u202f The"),
    ],
)
def test_wrongly_decoded_characters_are_seen_through(text: str, meant: str) -> None:
    assert values.likely(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "Café, naïve, Ysgol Tŷ Ffynnon, £500, €5",
        "“curly” ‘quotes’ – dashes…",
        "ﬁne ligatures and ＷＩＤＥ letters",
        "a &amp; b",
        "nbsp\u00a0here",
        "SÃO PAULO",
    ],
)
def test_the_publishers_own_characters_are_left_alone(text: str) -> None:
    assert values.likely(text) is None


def test_a_garbled_text_is_told_at_its_place() -> None:
    text = "A very long beginning of some forty letters: CafÃ© and a tail that is as long as it"
    found = values.garbled(7, "Title", text, "2031")
    assert found is not None
    assert (found.line, found.column, found.sheet) == (7, "Title", "2031")
    assert "CafÃ©" in found.found
    assert "Café" in found.taken
    assert found.found.startswith("…") and found.found.endswith("…")
    assert found.why == "looks garbled; perhaps it should read so. Kept as found"


def test_lost_characters_are_told() -> None:
    found = values.garbled(7, "Title", "Caf\ufffd")
    assert found is not None
    assert found.found == found.taken == "Caf\ufffd"
    assert "characters were lost" in found.why
    assert values.garbled(7, "Title", "Café") is None
