"""Arithmetic over figures that may be absent: absent stays absent, and never becomes zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moitt_report.model.arithmetic import difference, growth, million, share, total_of
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from strategies import absences, numbers, numbers_or_absences, positive_numbers


@given(absences, numbers_or_absences)
def test_nothing_computed_from_an_absence_is_a_number(absence: Absence, other: Decimal | Absence) -> None:
    for compute in (share, growth, difference):
        assert isinstance(compute(absence, other), Absence)
        assert isinstance(compute(other, absence), Absence)


@given(absences)
def test_an_absence_keeps_its_reason(absence: Absence) -> None:
    assert share(absence, Decimal(5)) is absence
    assert share(Decimal(5), absence) is absence
    assert growth(absence, Decimal(5)) is absence
    assert difference(Decimal(5), absence) is absence
    assert million(absence) is absence


@given(absences, st.integers(1, 3))
def test_parts_that_are_absent_for_one_reason_have_a_sum_absent_for_it(absence: Absence, parts: int) -> None:
    assert total_of([absence] * parts) is absence


@given(absences, absences)
def test_a_sum_that_lacks_some_parts_or_lacks_them_for_several_reasons_is_not_reported(
    one: Absence, other: Absence
) -> None:
    assert total_of([one, Money(rupees=Decimal(5))]) is Absence.NOT_REPORTED
    assert one is other or total_of([one, other]) is Absence.NOT_REPORTED


@given(numbers)
def test_a_share_of_nothing_is_not_applicable_and_never_a_number(part: Decimal) -> None:
    assert share(part, Decimal(0)) is Absence.NOT_APPLICABLE
    assert growth(part, Decimal("0.00")) is Absence.NOT_APPLICABLE


@given(numbers, positive_numbers)
def test_a_share_is_a_percentage_and_growth_is_what_is_above_a_hundred(part: Decimal, whole: Decimal) -> None:
    percent = share(part, whole)
    assert isinstance(percent, Decimal)
    assert abs(percent * whole - part * 100) <= abs(part) * Decimal("1e-20")
    assert growth(part, whole) == percent - 100


@given(positive_numbers)
def test_the_whole_is_a_hundred_percent_and_has_not_grown(number: Decimal) -> None:
    assert share(number, number) == 100
    assert growth(number, number) == 0


@given(numbers, numbers)
def test_a_difference_is_exact_and_turns_its_sign_with_its_order(first: Decimal, second: Decimal) -> None:
    forward, backward = difference(first, second), difference(second, first)
    assert isinstance(forward, Decimal)
    assert isinstance(backward, Decimal)
    assert forward + second == first
    assert forward == -backward


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        ("12060", "12650", "95.3"),
        ("24014", "33364.736", "72.0"),
        ("8375", "23929", "35.0"),
        ("2243.6", "23929", "9.4"),
    ],
)
def test_the_rates_of_the_record_come_out_as_printed(part: str, whole: str, percent: str) -> None:
    found = share(Decimal(part), Decimal(whole))
    assert isinstance(found, Decimal)
    assert round(found, 1) == Decimal(percent)
