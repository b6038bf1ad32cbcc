"""What stands for a KPI: its months and scope decide, and nothing else. All figures are ILLUSTRATIVE."""

import datetime as dt
from typing import Any

import pytest

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.counts import Count, aimed_at, stands
from moitt_report.model.kpi import Absence, Reading, Scope, Target
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.registers import Register
from moitt_report.pipeline.inputs import load_registers
from strategies import reading

REGISTERS = load_registers()
KPI = REGISTERS.kpis.get("interns-placed")


def counted(period: str, value: str, scope: str = "in period", **more: Any) -> Reading:
    return reading(KPI.id, period, value, scope=scope, **more)


def filed(*readings: Reading, period: str = "2024-25-Q2", agency: str = "pseb", **more: Any) -> AgencyReturn:
    given = {"agency": agency, "period": period, "sources": [], "readings": readings}
    return AgencyReturn.model_validate(given | more)


def book(*readings: Reading, previous: tuple[AgencyReturn, ...] = (), **more: Any) -> Portfolio:
    return assemble([filed(*readings, **more)], REGISTERS, previous=previous)


def count(portfolio: Portfolio) -> Count:
    found = stands(portfolio, KPI)
    assert found is not None
    return found


def target(**changes: Any) -> Target:
    given = {"kpi": KPI.id, "period": "2024-25", "value": "10000", "as_of": "2024-07-31", "source": "b"}
    return Target.model_validate(given | changes)


Q1, Q2 = counted("2024-25-Q1", "2000"), counted("2024-25-Q2", "3000")


def test_quarters_from_july_on_are_added_up() -> None:
    found = count(book(Q1, Q2))
    assert (found.value, str(found.period), found.scope) == (5000, "2024-07_2024-12", Scope.YEAR_TO_DATE)


def test_the_quarter_before_may_stand_in_the_return_before() -> None:
    assert count(book(Q2, previous=(filed(Q1, period="2024-25-Q1"),))).value == 5000


def test_what_this_return_says_of_the_quarter_before_goes_before_the_return_before() -> None:
    revised = counted("2024-25-Q1", "2100")
    assert count(book(revised, Q2, previous=(filed(Q1, period="2024-25-Q1"),))).value == 5100


@pytest.mark.parametrize("period", ["2024-25-Q2", "2024-12", "Nov-Dec FY2024-25"])
def test_months_that_do_not_begin_in_july_are_not_the_year_to_date(period: str) -> None:
    portfolio = book(counted(period, "3000"))
    assert stands(portfolio, KPI) is None
    assert aimed_at(portfolio, KPI, target()) is None


def test_what_begins_in_july_and_has_a_gap_stands_up_to_the_gap_in_the_period() -> None:
    found = count(book(Q1, counted("2024-10", "900"), counted("2024-12", "800")))
    assert (found.value, str(found.period)) == (2900, "2024-07_2024-10")


def test_a_year_to_date_and_what_followed_it_are_added_up() -> None:
    assert count(book(counted("Jul-Oct FY2024-25", "2500", "year to date"), counted("2024-11", "400"),
                      counted("2024-12", "300"))).value == 3200  # fmt: skip


def test_the_year_to_date_as_reported_goes_before_the_sum() -> None:
    assert count(book(Q1, Q2, counted("Jul-Dec FY2024-25", "5100", "year to date"))).value == 5100


def test_a_year_to_date_filed_under_its_last_quarter_counts_from_july() -> None:
    found = count(book(counted("2024-25-Q2", "5100", "year to date")))
    assert (found.value, str(found.period)) == (5100, "2024-07_2024-12")


def test_readings_whose_scope_is_not_stated_are_not_added_up() -> None:
    unstated = [counted(period, "3000", "not stated") for period in ("2024-25-Q1", "2024-25-Q2")]
    assert stands(book(*unstated), KPI) is None


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("scope", "value"), [("year to date", 4000), ("since inception", 50000)])
def test_the_scope_of_the_target_decides_and_not_the_order_of_the_list(
    scope: str, value: int, turned: bool
) -> None:
    both = [
        counted("Jul-Dec FY2024-25", "4000", "year to date"),
        counted("Jul-Dec FY2024-25", "50000", "since inception"),
    ]
    found = count(book(*(reversed(both) if turned else both), targets=[target(scope=scope)]))
    assert (found.value, found.pieces[0].others) == (value, ())


def test_a_count_since_inception_is_not_set_against_the_target_of_a_year() -> None:
    portfolio = book(counted("2024-25-Q2", "50000", "since inception"))
    assert count(portfolio).value == 50000
    assert aimed_at(portfolio, KPI, target()) is None


def test_a_target_of_a_quarter_is_set_against_the_quarter() -> None:
    found = aimed_at(book(Q1, Q2), KPI, target(period="2024-25-Q2", scope="in period"))
    assert found is not None
    assert found.value == 3000


def test_a_target_of_two_years_needs_both() -> None:
    of_two = target(period="2023-24 to 2024-25")
    half = counted("Jul-Dec FY2024-25", "3000", "year to date")
    assert aimed_at(book(half), KPI, of_two) is None
    found = aimed_at(book(half, counted("2023-24", "4000")), KPI, of_two)
    assert found is not None
    assert found.value == 7000


def test_a_choice_is_obeyed_whatever_the_months() -> None:
    rivals = [counted("2024-25-Q2", "500", source="a"), counted("2024-25-Q2", "300", source="b")]
    choice = {"figure": KPI.id, "period": "2024-25-Q2", "source": "b", "reason": "The audited count."}
    found = count(book(Q1, *rivals, choices=[choice]))
    assert (found.value, found.pieces[1].reason) == (2300, "The audited count.")


def test_of_two_counts_of_an_agency_the_later_is_used_and_not_the_last_listed() -> None:
    later = counted("Jul-Dec FY2024-25", "500", "year to date", source="a")
    earlier = counted("Jul-Dec FY2024-25", "300", "year to date", source="b", as_of=dt.date(2024, 12, 15))
    found = count(book(later, earlier, agency="ignite"))
    assert found.value == 500
    assert [one.value for _, own in found.agencies for one in own.pieces[0].others] == [300]


def test_agencies_that_count_over_different_times_are_not_added_up() -> None:
    returns = [
        filed(counted("Jul-Dec FY2024-25", "500", "year to date"), agency="ignite"),
        filed(counted("Jul-Dec FY2024-25", "9000", "since inception"), agency="sco"),
    ]
    assert count(assemble(returns, REGISTERS)).value is Absence.NOT_REPORTED


def test_the_quarters_of_each_agency_are_added_up() -> None:
    returns = [filed(Q1, Q2, agency=agency) for agency in ("ignite", "sco")]
    assert count(assemble(returns, REGISTERS)).value == 10000


def test_a_level_is_never_added_up() -> None:
    kpi = REGISTERS.kpis.get("teledensity")
    months = [reading(kpi.id, f"2024-{month:02d}", "80", scope="in period") for month in range(7, 13)]
    found = stands(book(*months, agency="moitt"), kpi)
    assert found is not None
    assert (found.value, str(found.period)) == (80, "2024-12")


@pytest.mark.parametrize(
    ("of", "more", "due"),
    [
        ({"direction": "lower"}, {}, 100),
        ({"direction": "lower", "scope": "year to date"}, {}, 50),
        ({"direction": "lower"}, {"baseline": "200"}, 150),
        ({"direction": "band"}, {}, 100),
        ({"direction": "higher"}, {}, 50),
        ({"direction": "higher", "level": True}, {}, Absence.NOT_YET_DUE),
    ],
)
def test_only_what_is_counted_from_july_falls_due_month_by_month(
    of: dict[str, Any], more: dict[str, Any], due: object
) -> None:
    kpi = KPI.model_validate(KPI.model_dump() | {"scope": "not stated"} | of)
    registers = REGISTERS.model_copy(update={"kpis": Register([kpi])})
    portfolio = assemble([filed(Q2)], registers)
    assert portfolio.due(target(value="100", **more)) == due
