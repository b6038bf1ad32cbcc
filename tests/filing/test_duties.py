"""Who is expected to file, who was late, who has not filed."""

import datetime as dt

import pytest

from moitt_report.filing.duties import Duty, duties
from moitt_report.filing.record import Filing, chained
from moitt_report.model.period_names import parse_period
from moitt_report.pipeline.inputs import load_registers

Q3 = parse_period("2024-25-Q3")
DUE = dt.date(2025, 4, 15)


def filings(*made: tuple[str, str, str]) -> list[Filing]:
    """Filings of agency, period and time, each superseding the one of its agency and period before it."""
    filings: list[Filing] = []
    for agency, period, at in made:
        earlier = [f for f in filings if (f.agency, f.period) == (agency, period)]
        number = earlier[-1].number if earlier else None
        one = Filing(0, at, "A. Khan", agency, period, "made-up", ".yaml", "0" * 64, "[]", number, "")
        filings.append(chained(one, filings))
    return filings


def found(agency: str, made: list[Filing], today: dt.date = DUE) -> Duty | None:
    named = {one.agency.id: one for one in duties(made, load_registers(), Q3, DUE, today)}
    return named.get(agency)


def test_the_deadline_is_fifteen_days_after_the_period_where_none_is_given() -> None:
    assert Q3.deadline == DUE


@pytest.mark.parametrize(
    ("at", "state", "late"),
    [
        ("2025-04-15T23:59:59+05:00", "filed", 0),
        ("2025-04-16T00:00:00+05:00", "filed late", 1),
        ("2025-05-15T09:00:00+05:00", "filed late", 30),
    ],
)
def test_a_return_is_late_by_the_day_it_was_filed_where_it_was_filed(at: str, state: str, late: int) -> None:
    one = found("pseb", filings(("pseb", str(Q3), at)))
    assert one is not None
    assert (one.state, one.days_late) == (state, late)


def test_a_return_filed_in_time_and_again_later_is_not_late() -> None:
    one = found(
        "pseb",
        filings(
            ("pseb", str(Q3), "2025-04-10T09:00:00+05:00"), ("pseb", str(Q3), "2025-06-01T09:00:00+05:00")
        ),
    )
    assert one is not None
    assert one.state == "filed"
    assert len(one.filings) == 2


@pytest.mark.parametrize(("today", "state", "late"), [(DUE, "due", 0), (dt.date(2025, 4, 18), "overdue", 3)])
def test_who_has_not_filed_is_overdue_from_the_day_after_the_deadline(
    today: dt.date, state: str, late: int
) -> None:
    one = found("pseb", [], today)
    assert one is not None
    assert (one.state, one.days_late) == (state, late)


def test_an_agency_with_a_kpi_or_a_project_is_expected_and_a_wing_is_not() -> None:
    assert {one.agency.id for one in duties([], load_registers(), Q3, DUE, DUE)} == {
        "moitt", "sco", "pseb", "pitb", "nitb", "ignite", "vu",
    }  # fmt: skip


def test_an_agency_that_filed_for_the_period_before_is_expected() -> None:
    one = found("usf", filings(("usf", "2024-25-Q2", "2025-01-10T09:00:00+05:00")))
    assert one is not None
    assert (one.expected, one.state) == (True, "due")


def test_an_agency_that_filed_unexpectedly_is_listed_as_such() -> None:
    one = found("ntc", filings(("ntc", str(Q3), "2025-04-10T09:00:00+05:00")))
    assert one is not None
    assert (one.expected, one.state) == (False, "filed")
    assert found("usf", []) is None
