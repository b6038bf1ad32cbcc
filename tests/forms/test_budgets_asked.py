"""An agency that reports a budget as a whole is asked for it again."""

import csv
import io

import moitt_report
from moitt_report.forms.plain import csv_form
from moitt_report.forms.rows import asked_of, last_figures
from moitt_report.forms.yaml_form import yaml_form
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.period import parse_period


def ministry() -> AgencyReturn:
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    (filed,) = portfolio.returns
    return filed


def asked(period: str, last: AgencyReturn | None) -> list[dict[str, str]]:
    rows = asked_of("moitt", parse_period(period), moitt_report.load_registers(), last)
    return [row for row in rows["Budget"] if "covers" in row]


def test_the_budget_of_the_last_return_is_asked_for_once_and_for_the_months_to_date() -> None:
    last = ministry()
    assert len({budget.period for budget in last.budgets}) > 1  # earlier years stand beside the year's own
    budget = asked("2024-25-Q3", last)
    assert {(row["covers"], row["period"]) for row in budget} == {
        ("IT and Telecom Division, PSDP", "2024-07_2025-03")
    }
    assert [row["stage"] for row in budget if "rupees" not in row] == [
        "approved cost", "utilised to the last 30 June", "authorised", "released", "utilised", "expected surrender",
        "needed next quarter",
    ]  # fmt: skip


def test_an_allocation_stands_for_the_year_and_no_longer() -> None:
    last = ministry()
    (now,) = (budget for budget in last.budgets if budget.period == last.period.year_to_date)
    standing = [row["rupees"] for row in asked("2024-25-Q3", last) if row["stage"] == "allocation"]
    assert len(standing) == len(now.allocations)
    assert not any("rupees" in row for row in asked("2025-26-Q1", last))


def test_the_last_figure_shown_is_that_of_this_year() -> None:
    last = ministry()
    (row,) = (row for row in asked("2024-25-Q3", last) if row["stage"] == "utilised")
    assert last_figures(last, "Budget", row) == "2243.6 (2024-12-31)"


def test_nobody_is_asked_for_a_budget_that_was_never_reported() -> None:
    assert asked("2024-25-Q3", None) == []


def test_every_form_asks_for_it_and_names_what_else_may_be_said() -> None:
    last = ministry()
    rows = asked_of("moitt", parse_period("2024-25-Q3"), moitt_report.load_registers(), last)
    table = csv_form("moitt", "2024-25-Q3", rows).decode("utf-8-sig")
    lines = [
        line for line in csv.reader(io.StringIO(table)) if line[1:2] == ["IT and Telecom Division, PSDP"]
    ]
    assert len(lines) == len(asked("2024-25-Q3", last))
    form = yaml_form("moitt", "2024-25-Q3", rows).decode()
    assert "IT and Telecom Division, PSDP" in form
    assert "issues: []" in form
    assert "remarks: []" in form
