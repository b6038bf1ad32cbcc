"""How far a project is, in money and in time."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.progress import (
    financial_progress,
    physical_progress,
    throw_forward,
    time_progress,
    utilised_since_start,
)
from moitt_report.model.project import ProjectReport, Schedule
from strategies import moneys

START = dt.date(2022, 7, 1)


def schedule(ends: str, **more: object) -> Schedule:
    return Schedule.model_validate(
        {"begins": START, "ends": ends, "as_of": "2024-12-31", "source": "pc-1", **more}
    )


def test_the_islamabad_it_park_has_spent_62_percent_of_its_cost() -> None:
    """Phoneworld, 13 February 2026: Rs 14.5 billion of Rs 23.3 billion."""
    spent, cost = Money.model_validate("Rs 14.5 billion"), Money.model_validate("Rs 23.3 billion")
    progress = financial_progress(cost, spent)
    assert isinstance(progress, Decimal)
    assert round(progress, 1) == Decimal("62.2")
    left = throw_forward(cost, spent)
    assert isinstance(left, Money)
    assert left.million == 8800


@given(moneys(), moneys())
def test_throw_forward_and_expenditure_make_up_the_approved_cost(cost: Money, spent: Money) -> None:
    left = throw_forward(cost, spent)
    assert isinstance(left, Money)
    assert left.rupees + spent.rupees == cost.rupees


def test_an_absent_part_makes_each_of_them_absent() -> None:
    spent = utilised_since_start(Absence.NOT_REPORTED, Money(rupees=Decimal(1)))
    assert spent is Absence.NOT_REPORTED
    assert throw_forward(Money(rupees=Decimal(1)), spent) is Absence.NOT_REPORTED
    assert financial_progress(Absence.NOT_REPORTED, Money(rupees=Decimal(1))) is Absence.NOT_REPORTED


def test_there_is_no_financial_progress_on_a_cost_of_zero() -> None:
    assert financial_progress(Money(rupees=Decimal(0)), Money(rupees=Decimal(0))) is Absence.NOT_APPLICABLE


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_time_never_runs_backwards(one: dt.date, other: dt.date) -> None:
    plan = schedule("2025-06-30")
    earlier, later = time_progress(plan, min(one, other)), time_progress(plan, max(one, other))
    assert isinstance(earlier, Decimal)
    assert isinstance(later, Decimal)
    assert 0 <= earlier <= later


def test_a_project_past_its_completion_has_used_more_than_all_its_time() -> None:
    used = time_progress(schedule("2024-06-30"), dt.date(2024, 12, 31))
    assert isinstance(used, Decimal)
    assert used > 100
    assert time_progress(schedule("2024-06-30", revised_end="2025-06-30"), dt.date(2024, 12, 31)) < 100


def test_without_dates_there_is_no_time_progress() -> None:
    assert time_progress(None, START) is Absence.NOT_REPORTED


@pytest.mark.parametrize(
    "more", [{"ends": "2022-07-01"}, {"ends": "2024-06-30", "revised_end": "2022-06-30"}]
)
def test_a_project_ends_after_it_begins(more: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="ends after it begins"):
        schedule(**more)


def test_physical_progress_is_the_latest_known_at_the_cutoff() -> None:
    report = ProjectReport.model_validate(
        {
            "project": "karachi-it-park",
            "reported_as": "Karachi IT Park",
            "physical": [
                {"percent": "5", "as_of": "2024-09-30", "source": "a"},
                {"percent": "7", "as_of": "2024-12-31", "source": "a"},
                {"percent": "9", "as_of": "2025-03-31", "source": "a"},
            ],
        }
    )
    found = physical_progress(report, dt.date(2024, 12, 31))
    assert found is not None
    assert found.percent == 7
    assert physical_progress(report, dt.date(2024, 6, 30)) is None
