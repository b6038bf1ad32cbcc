"""A return as a whole: its sources are listed, its periods fit, nothing is told twice."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import moitt_report
from moitt_report.model.agency_return import AgencyReturn, latest_as_of
from moitt_report.model.return_faults import faults_of, known_only_later
from strategies import days


def filed(**changes: Any) -> AgencyReturn:
    """A sound return of 2024-25-Q2 with one source and one reading, with changes."""
    return AgencyReturn.model_validate(
        {
            "agency": "moitt",
            "period": "2024-25-Q2",
            "sources": [{"id": "jang", "publisher": "Jang", "address": "a.yaml:5"}],
            "readings": [reading()],
        }
        | changes
    )


def reading(**changes: Any) -> dict[str, Any]:
    """A reading of December 2024, with changes."""
    return {
        "kpi": "it-export-remittances",
        "period": "2024-12",
        "value": "348",
        "as_of": "2024-12-31",
        "source": "jang",
        "address": "a.yaml:9",
    } | changes


def faults(**changes: Any) -> list[str]:
    """The faults of a changed return, as they are printed."""
    return [str(problem) for problem in faults_of(filed(**changes))]


def test_a_sound_return_has_no_faults() -> None:
    assert faults() == []


def test_a_return_survives_being_stored() -> None:
    assert AgencyReturn.model_validate(filed().model_dump()) == filed()


def test_a_source_that_is_not_listed_is_found_at_the_figure() -> None:
    assert faults(readings=[reading(), reading(source="dawn", period="2024-11", address="a.yaml:20")]) == [
        (
            "error: a.yaml:20: the source “dawn” is not in the list of sources; "
            "add it under “sources”, or correct its id"
        )
    ]


def test_a_source_that_no_figure_uses_is_worth_a_warning() -> None:
    assert faults(readings=[]) == [
        "warning: a.yaml:5: no figure uses the source “jang”; remove it, or use it"
    ]


def test_a_source_listed_twice_is_an_error_at_the_second() -> None:
    twice = [
        {"id": "jang", "publisher": "Jang", "address": "a.yaml:5"},
        {"id": "jang", "publisher": "Daily Jang", "address": "a.yaml:7"},
    ]
    assert faults(sources=twice) == [
        "error: a.yaml:7: the source “jang” is listed twice; remove one of the two"
    ]


@pytest.mark.parametrize("period", ["2025-01", "2024-25-Q3", "2024-25", "Jul-Mar FY2024-25"])
def test_a_figure_of_a_period_that_is_not_over_belongs_to_a_later_return(period: str) -> None:
    assert any(
        "ends after the return's own period, 2024-25-Q2" in f
        for f in faults(readings=[reading(period=period)])
    )


@pytest.mark.parametrize("period", ["2024-12", "2024-25-Q2", "2024-25-Q1", "2023-24", "Jul-Dec FY2024-25"])
def test_earlier_periods_may_be_given_for_comparison(period: str) -> None:
    assert faults(readings=[reading(period=period)]) == []


def test_a_figure_is_not_known_before_its_period_begins() -> None:
    assert faults(readings=[reading(as_of="2024-11-30")]) == [
        "error: a.yaml:9: the as-of date 2024-11-30 is before the period begins; correct the date or the period"
    ]


def test_the_same_reading_from_two_sources_is_a_difference_and_not_a_duplicate() -> None:
    two = [{"id": name, "publisher": name} for name in ("jang", "dawn")]
    assert faults(sources=two, readings=[reading(), reading(source="dawn", value="349")]) == []


@pytest.mark.parametrize(
    "change", [{"place": "Lahore"}, {"agency": "pseb"}, {"scope": "year to date"}, {"project": "e-office"}]
)
def test_a_part_or_another_scope_is_not_a_duplicate(change: dict[str, str]) -> None:
    assert faults(readings=[reading(), reading(**change)]) == []


def test_a_reading_given_twice_is_an_error_at_the_second() -> None:
    assert faults(readings=[reading(), reading(value="349", address="a.yaml:20")]) == [
        (
            "error: a.yaml:20: “it-export-remittances” is reported twice for 2024-12 from the same source; "
            "remove one of the two"
        )
    ]


def test_a_target_given_twice_is_an_error() -> None:
    target = {"kpi": "interns-placed", "period": "2024-25", "as_of": "2024-07-01", "source": "jang"}
    twice = [target | {"value": "10"}, target | {"value": "20"}]
    assert any("twice" in fault for fault in faults(targets=twice))


def test_a_budget_given_twice_is_an_error() -> None:
    budget = {"period": "Jul-Dec FY2024-25", "covers": "IT and Telecom Division, PSDP"}
    assert any("twice" in fault for fault in faults(budgets=[budget, budget]))


def test_a_project_given_twice_is_an_error() -> None:
    project = {"project": "e-office", "reported_as": "E-office", "address": "a.yaml:12"}
    assert faults(projects=[project, project]) == [
        "error: a.yaml:12: the project “e-office” is reported twice; remove one of the two"
    ]


@given(st.lists(days, max_size=5))
def test_the_latest_day_of_a_return_lies_in_its_period_or_is_its_end(given_days: list[dt.date]) -> None:
    end = dt.date(2024, 12, 31)
    one = filed(readings=[reading(period="2024-07", as_of=day) for day in given_days])
    known = [day for day in given_days if day <= end]
    assert latest_as_of(one) == max(known, default=end)


def test_the_form_of_a_return_is_named_and_another_is_refused() -> None:
    assert filed().format == "moitt-report/return/1"
    with pytest.raises(ValidationError, match="moitt-report/return/1"):
        filed(format="moitt-report/return/2")


def test_a_choice_names_a_source_that_is_listed() -> None:
    choice = {
        "figure": "allocation",
        "period": "Jul-Dec FY2024-25",
        "source": "dawn",
        "reason": "It is signed.",
        "address": "a.yaml:30",
    }
    assert faults(choices=[choice]) == [
        (
            "error: a.yaml:30: the source “dawn” is not in the list of sources; "
            "add it under “sources”, or correct its id"
        )
    ]


@pytest.mark.parametrize("figure", ["nothing-filed-under-this", "released"])
def test_a_choice_between_figures_that_are_not_there_is_an_error(figure: str) -> None:
    choice = {"figure": figure, "period": "2024-25-Q2", "source": "jang", "reason": "It is signed."}
    assert faults(choices=[choice]) != []


AIM = {"kpi": "interns-placed", "period": "2024-25", "value": "9000", "as_of": "2024-07-31", "source": "jang"}
CHOSEN = {"figure": "target", "kpi": "interns-placed", "source": "jang", "reason": "The board approved it."}


def test_a_choice_of_a_target_points_at_a_target_that_its_source_sets() -> None:
    assert faults(targets=[AIM], choices=[CHOSEN | {"period": "2024-25"}]) == []
    (fault,) = faults(targets=[AIM], choices=[CHOSEN | {"period": "2023-24", "address": "a.yaml:30"}])
    assert fault == (
        "error: a.yaml:30: the source “jang” gives no “target” of “interns-placed” for 2023-24 to choose; "
        "give “kpi: interns-placed” and “period: 2024-25”"
    )


@pytest.mark.parametrize("changed", [{"kpi": None}, {"figure": "utilised"}, {"project": "e-office"}])
def test_a_choice_of_a_target_names_its_kpi_and_nothing_else(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"a choice of a target names its KPI|a target is of a KPI"):
        filed(choices=[CHOSEN | {"period": "2024-25"} | changed])


@pytest.mark.parametrize("name", ["2023-24_2024-25", "2024-25-Q2", "2024-25-Q3"])
def test_a_return_survives_its_own_json(name: str) -> None:
    portfolio, _ = moitt_report.load([name])
    for one in portfolio.returns:
        assert AgencyReturn.model_validate_json(one.model_dump_json(exclude_none=True)) == one


END = dt.date(2024, 12, 31)


def passed_over(cutoff: dt.date = END, **changes: Any) -> list[str]:
    """What a brief of what was known at `cutoff` leaves out of a changed return."""
    return [str(problem) for problem in known_only_later(filed(**changes), cutoff)]


def test_a_figure_dated_after_the_cut_off_is_told_since_a_brief_leaves_it_out() -> None:
    days = ("2024-12-31", "2025-01-01", "2025-01-02")  # as a date dragged down a column counts on
    dragged = [
        reading(period=f"2024-{10 + n}", as_of=day, address=f"a.xlsx!KPIs!A{n}") for n, day in enumerate(days)
    ]
    assert passed_over(readings=dragged) == [
        f"warning: a.xlsx!KPIs!A{n}: the as-of date {days[n]} is after the cut-off, 2024-12-31: a brief leaves "
        f"this out; give the figure as of the last day of the period, 2024-12-31, or build with --as-of {days[n]}"
        for n in (1, 2)
    ]
    assert passed_over(dt.date(2025, 1, 2), readings=dragged) == []


def test_a_target_or_an_opening_allocation_may_be_dated_after_the_period() -> None:
    dated = {"as_of": "2025-01-14", "source": "jang"}
    target = dated | {"kpi": "it-export-remittances", "period": "2024-25", "value": "4000"}
    budget = dated | {"amount": "Rs 7,000 million", "kind": "budget"}
    revised = dated | {"amount": "Rs 6,000 million", "kind": "revised", "address": "a.yaml:30"}
    money = {"period": "2024-07_2024-12", "covers": "PSDP"}
    assert passed_over(targets=[target], budgets=[money | {"allocations": [budget]}]) == []
    (told,) = passed_over(budgets=[money | {"allocations": [budget, revised]}])
    assert told.startswith("warning: a.yaml:30: the as-of date 2025-01-14 is after the cut-off")


def test_an_allocation_of_july_alone_does_not_date_a_return_to_july() -> None:
    allocation = {"amount": "Rs 7,000 million", "kind": "budget", "as_of": "2024-07-01", "source": "jang"}
    late = {"amount": "Rs 60 million", "as_of": "2025-01-02", "source": "jang"}
    money = {"period": "2024-07_2024-12", "covers": "PSDP", "allocations": [allocation], "utilised": [late]}
    one = filed(readings=[], budgets=[money])
    assert latest_as_of(one) == END
    assert latest_as_of(one, dt.date(2025, 1, 2)) == dt.date(2025, 1, 2)


@pytest.mark.parametrize("whose", ["budgets", "projects"])
def test_money_dated_before_its_period_is_an_error_but_for_what_is_of_the_whole_project(whose: str) -> None:
    known = {"budgets": {"period": "Jul-Dec FY2024-25", "covers": "PSDP"},
             "projects": {"project": "e-office", "reported_as": "E-office"}}[whose]  # fmt: skip
    early = {"amount": "Rs 5 million", "as_of": "2024-06-30", "source": "jang", "address": "a.yaml:30"}
    life = {"allocations": [early | {"kind": "budget"}], "approved_cost": [early], "to_last_june": [early]}
    assert faults(**{whose: [known | life]}) == []
    for stage in ("authorised", "released", "utilised", "surrendered"):
        assert faults(**{whose: [known | {stage: [early]}]}) == [
            "error: a.yaml:30: the as-of date 2024-06-30 is before the period begins; correct the date or the period"
        ]


@pytest.mark.parametrize(("day", "faults"), [("2024-09-30", 1), ("2024-10-01", 0), ("2025-01-20", 0)])
def test_a_reason_is_not_older_than_what_it_explains(day: str, faults: int) -> None:
    reason = {"who": "A. Officer", "when": day, "why": "The release came late."}
    waiver = {"rule": "low-utilisation", "about": "budget"} | reason
    found = [p for p in faults_of(filed(waivers=[waiver])) if "the reason is dated" in p.what]
    assert len(found) == faults
