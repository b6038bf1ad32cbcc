"""Numbers to words: the one place that formats, and its one rounding rule."""

import calendar
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moitt_report.brief import wording
from moitt_report.model.money import Money
from moitt_report.model.period_names import parse_period

decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@given(decimals, st.integers(0, 3))
def test_a_printed_number_read_back_is_the_rounded_number(value: Decimal, places: int) -> None:
    words = wording.number(value, places)
    assert Decimal(words.replace(",", "").replace(wording.MINUS, "-")) == wording.rounded(value, places)


@given(decimals)
def test_what_is_printed_as_published_loses_no_digit(value: Decimal) -> None:
    words = wording.as_published(value)
    assert Decimal(words.replace(",", "").replace(wording.MINUS, "-")) == value


@given(st.decimals(min_value=0, max_value=10**6, places=4), st.integers(0, 3))
def test_rounding_is_symmetrical_about_zero(value: Decimal, places: int) -> None:
    assert wording.rounded(-value, places) == -wording.rounded(value, places)


@pytest.mark.parametrize(
    ("value", "words"), [("0.05", "0.1"), ("0.25", "0.3"), ("-0.25", "−0.3"), ("-0.04", "0.0")]
)
def test_halves_go_away_from_zero_and_zero_has_no_sign(value: str, words: str) -> None:
    assert wording.number(Decimal(value), 1) == words


def test_money_in_tables_has_three_decimals_and_in_prose_the_digits_reported() -> None:
    money = Money.model_validate("Rs 2,243.6 million")
    assert wording.money_in_table(money) == "2,243.600"
    assert wording.money_in_prose(money) == "Rs\u00a02,243.6\u00a0million"


def test_a_change_prints_its_sign_and_none_when_it_rounds_to_nothing() -> None:
    assert [wording.change(Decimal(v)) for v in ("28.02", "-3.14", "0.04")] == [
        "+28.0\u00a0%",
        "−3.1\u00a0%",
        "0.0\u00a0%",
    ]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024-25-Q2", "FY\u00a02024-25 Q2"),
        ("2024-25", "FY\u00a02024-25"),
        ("2023-24_2024-25", "FY\u00a02023-24 to FY\u00a02024-25"),
        ("Jul-Mar FY2024-25", "July 2024–March 2025"),
        ("2024-12", "December 2024"),
    ],
)
def test_periods_have_one_name(period: str, words: str) -> None:
    assert wording.period_name(parse_period(period)) == words


def test_months_are_english_in_a_program_that_speaks_another_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What `locale.setlocale` does to the names of `calendar`.
    monkeypatch.setattr(calendar, "month_name", ["", *(f"Monat {n}" for n in range(1, 13))])
    monkeypatch.setattr(calendar, "month_abbr", ["", *(f"M{n}" for n in range(1, 13))])
    assert wording.day(dt.date(2024, 12, 31)) == "31\u00a0December 2024"
    assert wording.short_day(dt.date(2024, 9, 30)) == "30\u00a0Sep\u00a02024"
    assert wording.months(parse_period("2024-25-Q2")) == "October–December 2024"


def test_dates_are_written_out_and_never_numeric() -> None:
    assert wording.day(dt.date(2024, 12, 31)) == "31\u00a0December 2024"
    assert wording.short_day(dt.date(2024, 12, 31)) == "31\u00a0Dec\u00a02024"


@given(st.integers(2000, 2090), st.integers(1, 12), st.integers(0, 30))
def test_every_period_name_is_furniture_and_not_a_stray_numeral(year: int, month: int, length: int) -> None:
    from moitt_report.model.period import Month, period_of

    first = Month(year=year, month=month)
    period = period_of(first, first.shifted(length))
    for words in (wording.period_name(period), wording.months(period), wording.short_months(period)):
        assert wording.dated(words)
    assert wording.period_title(period)


@pytest.mark.parametrize(
    ("rupees", "prose", "table"),
    [
        ("450", "Rs 450", "0.0005"),
        ("499.5", "Rs 499.5", "0.0005"),
        ("0.01", "Rs 0.01", "0.00000001"),
        ("500", "Rs 0.001 million", "0.001"),
        ("0", "Rs 0 million", "0.000"),
    ],
)
def test_what_is_not_zero_is_never_printed_as_zero(rupees: str, prose: str, table: str) -> None:
    money = Money(rupees=Decimal(rupees))
    assert wording.money_in_prose(money).replace("\u00a0", " ") == prose
    assert wording.money_in_table(money) == table


def test_no_number_is_too_long_to_be_rounded() -> None:
    assert wording.rounded(Decimal(10) ** 30 + Decimal("0.5"), 0) == Decimal(10) ** 30 + 1
