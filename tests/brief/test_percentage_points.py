"""A percentage that moves from 79.2 to 80.1 rose by 0.9 percentage points. All figures are ILLUSTRATIVE."""

from typing import Any

import pytest

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief, Table, blocks, plain
from moitt_report.brief.earlier import Earlier
from moitt_report.brief.wording import unit_of_change
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.pipeline.explain import explained
from moitt_report.pipeline.inputs import load_outline, load_registers

REGISTERS = load_registers()
DAYS = {
    "2024-25-Q2": "2024-12-31",
    "2025-26-Q1": "2025-09-30",
    "2025-26-Q2": "2025-12-31",
}


def reading(period: str, value: str, source: str = "s", kpi: str = "teledensity") -> dict[str, Any]:
    return {"kpi": kpi, "period": period, "value": value, "as_of": DAYS[period], "source": source}


def filed(period: str, *readings: dict[str, Any]) -> AgencyReturn:
    sources = [{"id": id, "publisher": "ILLUSTRATIVE"} for id in ("s", "t")]
    return AgencyReturn.model_validate(
        {"agency": "moitt", "period": period, "sources": sources, "readings": readings}
    )


def brief(*readings: dict[str, Any], before: tuple[dict[str, Any], ...] = ()) -> Brief:
    previous = [filed("2025-26-Q1", *before)] if before else []
    book = assemble([filed("2025-26-Q2", *readings)], REGISTERS, previous=previous)
    return compose(book, load_outline("quarterly"))


def table(of: Brief, anchor: str) -> Table:
    return next(b for b in blocks(of) if isinstance(b, Table) and b.anchor == anchor)


def last_cell(of: Brief, anchor: str, column: int = -1) -> str:
    return plain(table(of, anchor).rows[0].cells[column].runs)


def notes(of: Brief, anchor: str) -> str:
    return " ".join(plain(note) for note in table(of, anchor).notes)


def test_the_change_on_a_year_of_a_percentage_is_in_percentage_points() -> None:
    of = brief(reading("2024-25-Q2", "79.2"), reading("2025-26-Q2", "80.1"))
    assert last_cell(of, "year-earlier") == "+0.9\u00a0pp"
    assert "pp = percentage points" in notes(of, "year-earlier")


def test_the_change_since_the_earlier_brief_of_a_percentage_is_in_percentage_points() -> None:
    of = brief(reading("2025-26-Q2", "79.2"), before=(reading("2025-26-Q1", "80.1"),))
    assert last_cell(of, "changes") == "−0.9\u00a0pp"
    assert "pp = percentage points" in notes(of, "changes")


def test_what_a_percentage_was_restated_by_is_in_percentage_points() -> None:
    first = Earlier.of("earlier brief", "", brief(reading("2025-26-Q2", "80.1")).facts)
    book = assemble([filed("2025-26-Q2", reading("2025-26-Q2", "80.4"))], REGISTERS)
    of = compose(book, load_outline("quarterly"), previous=first)
    assert last_cell(of, "restated", 4) == "+0.3\u00a0pp"
    assert "pp = percentage points" in notes(of, "restated")


def test_what_two_sources_of_a_percentage_differ_by_is_in_percentage_points() -> None:
    of = brief(reading("2025-26-Q2", "80.1"), reading("2025-26-Q2", "79.2", "t"))
    assert last_cell(of, "reconciliation", 4) == "−0.9\u00a0pp"
    assert "pp = percentage points" in notes(of, "reconciliation")


def test_a_change_in_percentage_points_is_explained_as_a_difference() -> None:
    of = brief(reading("2024-25-Q2", "79.2"), reading("2025-26-Q2", "80.1"))
    told = explained(of, "year-on-year.kpi.teledensity")
    fact = told.facts["year-on-year.kpi.teledensity"]
    assert (fact.value, fact.unit, fact.operation) == ("0.9", "percentage points", "difference")
    assert fact.formula == "now − a year before"


def test_the_change_of_a_count_stays_in_percent_and_has_no_note() -> None:
    of = brief(
        reading("2024-25-Q2", "50", kpi="stps-operating"), reading("2025-26-Q2", "60", kpi="stps-operating")
    )
    assert last_cell(of, "year-earlier") == "+20.0\u00a0%"
    assert "percentage points" not in notes(of, "year-earlier")


def test_a_percentage_that_was_nought_changed_by_points_all_the_same() -> None:
    of = brief(reading("2024-25-Q2", "0"), reading("2025-26-Q2", "1.5"))
    assert last_cell(of, "year-earlier") == "+1.5\u00a0pp"


@pytest.mark.parametrize("unit", ["%", "percent", "Per cent", "percentage"])
def test_a_unit_of_a_hundred_has_its_changes_in_points(unit: str) -> None:
    assert unit_of_change(unit) == "percentage points"
    assert unit_of_change("persons") == "persons"


def test_the_method_says_how_the_change_of_a_percentage_is_taken() -> None:
    words = " ".join(str(block) for block in blocks(brief(reading("2025-26-Q2", "80.1"))))
    assert "of a percentage the difference, in percentage points" in words


def test_a_level_filed_as_the_form_asks_for_it_changed_since_the_first_quarter() -> None:
    """The form prints “in period” beside a level; July to September is no count from July for that."""
    of = brief(
        reading("2025-26-Q2", "81.1") | {"scope": "in period"},
        before=(reading("2025-26-Q1", "80.3") | {"scope": "in period"},),
    )
    assert last_cell(of, "changes") == "+0.8\u00a0pp"


def test_the_share_of_women_keeps_the_decimal_its_change_is_taken_from() -> None:
    kpi = "stp-women-share"
    of = brief(reading("2025-26-Q2", "26.2", kpi=kpi), before=(reading("2025-26-Q1", "24.5", kpi=kpi),))
    assert [last_cell(of, "changes", column) for column in (3, 5, 6)] == ["24.5", "26.2", "+1.7\u00a0pp"]


def test_the_change_of_a_figure_that_is_not_reported_now_is_not_reported() -> None:
    """Not “not applicable”, which says that the two count different things."""
    absent = {"scope": "in period", "value": "not reported"}
    of = brief(
        reading("2025-26-Q2", "1", kpi="interns-placed") | absent,
        before=(reading("2025-26-Q1", "880", kpi="interns-placed"),),
    )
    assert last_cell(of, "changes") == "n.r."
