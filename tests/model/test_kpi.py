"""Numbers are exact, absence is never zero, and a reading is one thing only."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from moitt_report.model.kpi import Absence, Kpi, Number, NumberOrAbsence, Scope, Target
from moitt_report.model.period_names import parse_period
from strategies import positive_numbers, reading

NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
VALUE: TypeAdapter[Absence | Decimal] = TypeAdapter(NumberOrAbsence)


@given(positive_numbers)
def test_a_number_is_read_back_exactly_with_or_without_commas(number: Decimal) -> None:
    assert NUMBER.validate_python(str(number)) == number
    assert NUMBER.validate_python(f"{number:,f}") == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("0.1", "0.1"),
        ("0", "0"),
        ("224.950", "224.950"),
        ("33,364.736", "33364.736"),
        (" 1,206 ", "1206"),
        ("-5", "-5"),
    ],
)
def test_digits_stay_as_they_were_written(words: str, number: str) -> None:
    assert str(NUMBER.validate_python(words)) == number


@pytest.mark.parametrize(
    "value",
    [0.1, 1.0, True, False, float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")],
    ids=repr,
)
def test_floats_booleans_and_endless_numbers_are_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(value)
    with pytest.raises(ValidationError):
        VALUE.validate_python(value)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "NaN",
            "Infinity",
            "-inf",
            "1e5",
            "0x10",
            "1_000",
            "--5",
            "- 5",
            "-",
            ".",
            "",
            "1.2.3",
            "5%",
            "over 5",
        ),
        *(
            "12, 908, 444",
            "44-4",
            "1,2345",
            "12,34,567",
            "1,000.5,0",
            ",5",
            "5,",
            "\u06f5",
            "\u00bd",
            "\u00b2",
            "nil",
        ),
    ],
)
def test_words_that_are_no_plain_number_are_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(words)


@given(st.text(max_size=8))
def test_any_words_are_a_finite_number_or_refused(words: str) -> None:
    try:
        number = NUMBER.validate_python(words)
    except ValidationError:
        return
    assert number.is_finite()


@given(st.text(alphabet="0123456789-.,", max_size=10))
def test_digits_signs_points_and_commas_in_any_order_are_a_number_or_refused(words: str) -> None:
    try:
        number = NUMBER.validate_python(words)
    except ValidationError:
        return
    assert number == Decimal(words.replace(",", ""))


def test_a_number_too_long_to_be_a_figure_is_refused() -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python("9" * 41)
    with pytest.raises(ValidationError):
        NUMBER.validate_python("9" * 1_000_000)


def test_a_number_no_kpi_has_is_a_slip_of_the_unit() -> None:
    assert NUMBER.validate_python("1,000,000,000,000,000") == 10**15
    with pytest.raises(ValidationError, match="check the unit"):
        NUMBER.validate_python("1000000000000001")


@pytest.mark.parametrize("absence", Absence)
def test_an_absence_is_read_by_its_words_in_any_case(absence: Absence) -> None:
    assert VALUE.validate_python(f" {absence.upper()} ") is absence


def test_zero_is_a_number_and_not_an_absence() -> None:
    assert VALUE.validate_python("0") == Decimal(0)
    assert not isinstance(VALUE.validate_python("0"), Absence)


@pytest.mark.parametrize("words", ["n.a.", "nil", "-", "none", "pending", "TBD"])
def test_words_for_an_absence_other_than_ours_are_refused(words: str) -> None:
    with pytest.raises(ValidationError, match="not a number"):
        VALUE.validate_python(words)


def test_a_reading_has_a_value_or_a_milestone() -> None:
    assert reading("ai-centre", "2024-25", None, milestone="established").milestone == "established"
    with pytest.raises(ValidationError, match="either a value or a milestone"):
        reading("ai-centre", "2024-25", None)
    with pytest.raises(ValidationError, match="either a value or a milestone"):
        reading("ai-centre", "2024-25", "1", milestone="established")


def test_a_reading_is_not_negative() -> None:
    with pytest.raises(ValidationError, match="not negative"):
        reading("interns-placed", "2024-25", "-1")


def test_a_part_belongs_to_an_agency_or_to_a_place() -> None:
    assert reading("interns-placed", "2024-25", "1", agency="pseb").part == "pseb"
    assert reading("interns-placed", "2024-25", "1", place="Lahore").part == "Lahore"
    assert reading("interns-placed", "2024-25", "1").part is None
    with pytest.raises(ValidationError, match="not to both"):
        reading("interns-placed", "2024-25", "1", agency="pseb", place="Lahore")


def target(**changes: object) -> Target:
    """A target of 12 for FY 2024-25, with changes."""
    return Target.model_validate(
        {
            "kpi": "interns-placed",
            "period": "2024-25",
            "value": "12",
            "as_of": dt.date(2024, 7, 1),
            "source": "jang",
        }
        | changes
    )


def test_a_target_without_a_day_is_due_when_its_period_ends() -> None:
    assert target().due_day == dt.date(2025, 6, 30)
    assert target(due="2024-12-31").due_day == dt.date(2024, 12, 31)
    assert target().scope is Scope.YEAR_TO_DATE
    assert target().period == parse_period("FY25")


def test_a_target_cannot_be_absent() -> None:
    with pytest.raises(ValidationError):
        target(value="not reported")


def test_a_target_is_not_negative() -> None:
    with pytest.raises(ValidationError):
        target(value="-12")


@pytest.mark.parametrize("day", ["0", "86400", "20241231", "2024-12-31T00:00:00", "31-12-2024", "2024-02-30"])
def test_a_day_is_written_year_month_day_and_in_no_other_way(day: str) -> None:
    with pytest.raises(ValidationError):
        target(as_of=day)


@pytest.mark.parametrize("id", ["", "UPPER", "-first", "two words", "under_score", "x" * 61, "a\n", "\u0430"])
def test_an_id_is_plain(id: str) -> None:
    with pytest.raises(ValidationError):
        Kpi(id=id, name="x", unit="x", owner="moitt", definition="x")
