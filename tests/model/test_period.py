"""Periods of the fiscal year: named in many ways, stored in one, and exact to the month."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from moitt_report.model.period import (
    FiscalYear,
    Month,
    Period,
    Quarter,
    Span,
    fiscal_year,
    period_of,
    quarter,
)
from moitt_report.model.period_names import AnyPeriod, parse_period
from strategies import fiscal_years, months, periods, quarters, ranges, spans

ANY_PERIOD: TypeAdapter[Period] = TypeAdapter(AnyPeriod)

# What is written, and the canonical name of what it means.
WRITTEN = {
    "2024-25": "2024-25",
    "2024-2025": "2024-25",
    "FY 2024-25": "2024-25",
    "FY2024\u201325": "2024-25",
    "FY25": "2024-25",
    "1999-2000": "1999-00",
    "2024-25-Q2": "2024-25-Q2",
    "FY2024-25 Q2": "2024-25-Q2",
    "Q2 FY2024-25": "2024-25-Q2",
    "Q2 FY25": "2024-25-Q2",
    "1QFY26": "2025-26-Q1",
    "2024-12": "2024-12",
    "December 2024": "2024-12",
    "dec 2024": "2024-12",
    "Jul-Mar FY2024-25": "2024-07_2025-03",
    "July to March, FY25": "2024-07_2025-03",
    "FY2024-25 Jul-Mar": "2024-07_2025-03",
    "Jul-Dec FY2024-25": "2024-07_2024-12",
    "October to December 2024": "2024-25-Q2",
    "Oct \u2013 Dec 2024": "2024-25-Q2",
    "July 2024": "2024-07",
    "Jul-Jun FY2024-25": "2024-25",
    "2020-21 to 2023-24": "2020-21_2023-24",
    "FY2023-24 and FY2024-25": "2023-24_2024-25",
    "2023-24_2024-25": "2023-24_2024-25",
    "2024-07_2024-09": "2024-25-Q1",
    "2009-10_2010-03": "2009-10_2010-03",
    "2009-10": "2009-10",
    "October\u00a02009": "2009-10_2009-10",
    "July 2024 to March 2025": "2024-07_2025-03",
    "Jan2000_Feb2001": "Jan2000_Feb2001",
    "Jan 2000 \u2013 Feb 2001": "Jan2000_Feb2001",
}

REFUSED = {
    "two years called one, as UrduPoint prints": "2022-24",
    "a year that does not follow": "2024-26",
    "a year that goes back": "2024-23",
    "a fifth quarter": "2024-25-Q5",
    "no month": "2024-13",
    "a half": "1HFY25",
    "nine months of no named year": "9MFY24",
    "ten months that are eleven": "July-May",
    "a range that goes back": "Mar-Jul FY2024-25",
    "a range over the new year": "Oct-Mar 2024",
    "a word that is no month": "Octember 2024",
    "before Pakistan": "1900-01",
    "after 2200": "2300-12",
    "no year": "0000-01",
    "empty": "",
    "two lines of nonsense": "2024-25\nQ2 Q3",
    "longer than any period": "2024-25" * 1000,
}


@pytest.mark.parametrize(("words", "name"), WRITTEN.items(), ids=WRITTEN)
def test_the_ways_to_write_a_period_are_understood(words: str, name: str) -> None:
    assert str(parse_period(words)) == name


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_what_names_no_period_is_refused_in_one_short_line(words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        ANY_PERIOD.validate_python(words)
    for error in refusal.value.errors():  # type: ignore[attr-defined]
        assert len(error["msg"]) < 160


@pytest.mark.parametrize("value", [2024, 2024.5, True, None, ["2024-25"], float("nan")], ids=repr)
def test_a_period_is_made_from_words(value: Any) -> None:
    with pytest.raises(ValidationError):
        ANY_PERIOD.validate_python(value)


@given(periods)
def test_a_period_reads_back_from_its_name(period: Period) -> None:
    assert parse_period(str(period)) == period
    assert type(parse_period(str(period))) is type(period)


def test_no_two_periods_share_a_name_where_months_look_like_years() -> None:
    begin = Month(year=1999, month=7)
    looking_alike = [
        begin.shifted(n) for n in range(162)
    ]  # to December 2012: 2000-01 to 2011-12 are years too
    every = [period_of(a, b) for n, a in enumerate(looking_alike) for b in looking_alike[n:]]
    assert len({str(period) for period in every}) == len(every)
    for period in every:
        assert parse_period(str(period)) == period


def test_fourteen_months_are_not_two_fiscal_years() -> None:
    assert parse_period("2000-01_2001-02") == period_of(fiscal_year(2000).first, fiscal_year(2001).last)
    months = period_of(Month(year=2000, month=1), Month(year=2001, month=2))
    assert parse_period("January 2000 to February 2001") == months
    assert str(months) == "Jan2000_Feb2001"


def test_where_digits_name_both_a_month_and_a_fiscal_year_the_year_wins() -> None:
    assert parse_period("2009-10") == fiscal_year(2009)
    assert parse_period("October 2009") == period_of(Month(year=2009, month=10), Month(year=2009, month=10))


@given(periods)
def test_a_period_survives_being_stored(period: Period) -> None:
    for stored in (period.model_dump(), ANY_PERIOD.dump_python(period)):
        again = ANY_PERIOD.validate_python(stored)
        assert again == period
        assert type(again) is type(period)


@given(quarters | fiscal_years | spans())
def test_a_period_is_written_to_json_by_its_name(period: Period) -> None:
    assert ANY_PERIOD.dump_json(period).decode() == f'"{period}"'
    assert ANY_PERIOD.validate_json(ANY_PERIOD.dump_json(period)) == period


@given(ranges())
def test_equal_months_are_one_period_whatever_made_it(period: Period) -> None:
    plain = Period(first=period.first, last=period.last)
    assert period_of(plain.first, plain.last) == period


@given(fiscal_years, quarters, spans())
def test_each_kind_is_recognised_by_its_months(year: Period, part: Period, span: Period) -> None:
    assert type(period_of(year.first, year.last)) is FiscalYear
    assert type(period_of(part.first, part.last)) is Quarter
    assert type(period_of(span.first, span.last)) is Span


@given(months, st.integers(-600, 600))
def test_moving_a_month_there_and_back_changes_nothing(month: Month, by: int) -> None:
    assert month.shifted(by).shifted(-by) == month
    assert (month < month.shifted(by)) == (by > 0)


@given(months)
def test_a_month_ends_the_day_before_the_next_begins(month: Month) -> None:
    assert month.last_day + dt.timedelta(days=1) == month.shifted(1).first_day


@given(periods)
def test_the_previous_period_ends_where_this_begins(period: Period) -> None:
    assert len(period.previous) == len(period)
    assert period.previous.last.shifted(1) == period.first


@given(periods)
def test_the_period_before_the_next_is_the_period_itself(period: Period) -> None:
    following = period.before(-len(period))
    assert following.previous == period
    assert following.first == period.last.shifted(1)


@given(quarters)
def test_the_quarter_before_a_quarter_is_a_quarter(period: Quarter) -> None:
    previous = period.previous
    assert isinstance(previous, Quarter)
    assert previous.number == (period.number - 2) % 4 + 1


@given(periods)
def test_a_year_earlier_the_months_have_the_same_names(period: Period) -> None:
    assert [m.month for m in period.year_earlier.months] == [m.month for m in period.months]
    assert type(period.year_earlier) is type(period)


@given(st.integers(1950, 2190))
def test_four_quarters_make_the_year_without_gap_or_overlap(start: int) -> None:
    parts = [quarter(start, n) for n in (1, 2, 3, 4)]
    assert [m for part in parts for m in part.months] == list(fiscal_year(start).months)
    assert [part.number for part in parts] == [1, 2, 3, 4]
    assert all(part.year == fiscal_year(start) for part in parts)


@given(quarters, quarters)
def test_any_two_quarters_are_the_same_or_one_ends_before_the_other_begins(a: Quarter, b: Quarter) -> None:
    assert (a == b) + (a.last < b.first) + (b.last < a.first) == 1


@given(periods)
def test_a_period_has_the_months_it_counts(period: Period) -> None:
    assert len(period.months) == len(period)
    assert period.months[0] == period.first
    assert period.months[-1] == period.last
    assert list(period.months) == sorted(period.months)


@given(quarters | months.map(lambda m: period_of(m, m)))
def test_the_year_to_date_covers_the_period_and_lies_in_its_year(period: Period) -> None:
    so_far = period.year_to_date
    assert so_far.covers(period)
    assert period.year.covers(so_far)
    assert so_far.first.month == 7
    assert so_far.last == period.last


@given(periods, periods)
def test_covering_means_having_all_the_months(first: Period, second: Period) -> None:
    assert first.covers(second) == (set(map(str, second.months)) <= set(map(str, first.months)))
    assert first.covers(first)


@given(spans())
def test_a_span_is_its_years_one_after_the_other(span: Span) -> None:
    assert [m for year in span.years for m in year.months] == list(span.months)


@given(months, st.integers(1, 50))
def test_a_period_that_ends_before_it_begins_is_refused(month: Month, by: int) -> None:
    with pytest.raises(ValidationError, match="ends before it begins"):
        period_of(month, month.shifted(-by))


@pytest.mark.parametrize("words", ["1947-01", "1947-48", "2200-12", "2199-00-Q4", "1947-48_2199-00"])
def test_the_first_and_last_periods_have_neighbours_too(words: str) -> None:
    period = parse_period(words)
    for other in (
        period.previous,
        period.year_earlier,
        period.year_to_date,
        period.year,
        period.before(-len(period)),
    ):
        assert len(str(other)) >= 7


def test_fiscal_months_belong_to_the_year_that_began_in_july() -> None:
    assert Month(year=2024, month=7).fiscal == 2024
    assert Month(year=2025, month=6).fiscal == 2024
    assert parse_period("2024-12").year == fiscal_year(2024)


@pytest.mark.parametrize("year", [2000, 2009, 2011, 2024, 2100, 2111])
def test_each_month_is_read_back_by_its_name_also_where_it_looks_like_a_fiscal_year(year: int) -> None:
    for number in range(1, 13):
        month = Month(year=year, month=number)
        assert parse_period(str(period_of(month, month))) == period_of(month, month)
