"""Each rule finds what it is for, and nothing else; a waiver is a reason, not a switch. Figures are ILLUSTRATIVE
unless their source is named."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.rules.check import faults_between, findings, without_reason
from moitt_report.model.waiver import RuleName
from moitt_report.pipeline.inputs import load_registers

REGISTERS = load_registers()
END = "2024-12-31"
MARCH = "2025-03-31"


def filed(period: str = "2024-25-Q2", **parts: Any) -> AgencyReturn:
    return AgencyReturn.model_validate({"agency": "moitt", "period": period, "sources": []} | parts)


def portfolio(*previous: AgencyReturn, period: str = "2024-25-Q2", **parts: Any) -> Portfolio:
    return assemble([filed(period, **parts)], REGISTERS, previous=previous)


def amount(words: str, as_of: str = END, source: str = "p", **more: Any) -> dict[str, Any]:
    return {"amount": words, "as_of": as_of, "source": source, "address": f"a.yaml:{source}"} | more


def budget(period: str = "Jul-Dec FY2024-25", **stages: Any) -> dict[str, Any]:
    """A budget whose stages are words of money, or lists of amounts."""
    listed = {
        name: [amount(given, **({"kind": "budget"} if name == "allocations" else {}))]
        if isinstance(given, str)
        else given
        for name, given in stages.items()
    }
    return {"period": period, "covers": "PSDP"} | listed


def reading(value: str, period: str = "2024-12", as_of: str = END, **more: Any) -> dict[str, Any]:
    return {
        "kpi": "police-stations-digitised",
        "period": period,
        "value": value,
        "as_of": as_of,
        "source": "p",
    } | more


def project(**parts: Any) -> dict[str, Any]:
    return {"project": "karachi-it-park", "reported_as": "Karachi IT Park"} | parts


def progress(percent: str, as_of: str) -> dict[str, str]:
    return {"percent": percent, "as_of": as_of, "source": "p"}


def rules_of(found: Portfolio) -> list[str]:
    return [finding.rule for finding in findings(found)]


# --- money ----------------------------------------------------------------------------------------

ORDERS = {
    RuleName.RELEASED_ABOVE_ALLOCATION: ("allocations", "released"),
    RuleName.UTILISED_ABOVE_RELEASED: ("released", "utilised"),
    RuleName.UTILISED_ABOVE_AUTHORISED: ("authorised", "utilised"),
}


@pytest.mark.parametrize(("rule", "stages"), ORDERS.items())
@given(first=st.integers(1, 90), second=st.integers(1, 90))
def test_a_later_stage_warns_exactly_when_it_is_above_the_earlier_one(
    rule: RuleName, stages: tuple[str, str], first: int, second: int
) -> None:
    earlier, later = stages
    money = {earlier: f"Rs {first} million", later: f"Rs {second} million"}
    found = portfolio(budgets=[budget(**money)])
    assert (rule in rules_of(found)) == (second > first)


def test_the_same_holds_for_the_money_of_a_project() -> None:
    money = {"released": [amount("Rs 5 million")], "utilised": [amount("Rs 6 million")]}
    (finding,) = findings(portfolio(projects=[project(**money)]))
    assert (finding.rule, finding.about) == (RuleName.UTILISED_ABOVE_RELEASED, "karachi-it-park")
    assert (
        finding.problem.what
        == "Karachi IT Park: more was utilised (Rs 6 million) than released (Rs 5 million)"
    )


@given(before=st.integers(0, 50), now=st.integers(1, 50))
def test_what_is_cumulative_from_july_warns_exactly_when_it_falls(before: int, now: int) -> None:
    earlier = budget("Jul-Sep FY2024-25", authorised=[amount(f"Rs {before} million", "2024-09-30")])
    found = portfolio(budgets=[budget(authorised=f"Rs {now} million"), earlier])
    assert (RuleName.CUMULATIVE_FALLS in rules_of(found)) == (now < before)


def test_a_new_year_begins_at_nothing() -> None:
    earlier = budget("Jul-Sep FY2023-24", authorised=[amount("Rs 50 million", "2023-09-30")])
    assert rules_of(portfolio(budgets=[budget(authorised="Rs 1 million"), earlier])) == []


def test_a_fall_shows_against_the_return_of_the_quarter_before() -> None:
    before = filed("2024-25-Q1", projects=[project(utilised=[amount("Rs 9 million", "2024-09-30")])])
    found = portfolio(before, projects=[project(utilised=[amount("Rs 8 million")])])
    (finding,) = findings(found)
    assert finding.problem.what == (
        "Karachi IT Park: the amount utilised falls from Rs 9 million on 2024-09-30 to Rs 8 million on 2024-12-31"
    )


def test_million_for_billion_is_suspected() -> None:
    versions = [
        amount("Rs 11.5 billion", kind="proposed"),
        amount("Rs 11.500 million", kind="budget", source="q"),
    ]
    (finding,) = findings(portfolio(projects=[project(allocations=versions)]))
    assert finding.rule is RuleName.MAGNITUDE_JUMPS
    assert "Rs 11.5 million" in finding.problem.what
    assert "Rs 11,500 million" in finding.problem.what


@given(st.integers(1, 400))
def test_a_jump_is_a_hundred_times_and_no_less(times: int) -> None:
    versions = [amount("Rs 5 million", kind="budget"), amount(f"Rs {5 * times} million", kind="proposed")]
    found = portfolio(projects=[project(allocations=versions)])
    assert (RuleName.MAGNITUDE_JUMPS in rules_of(found)) == (times >= 100)


@given(st.integers(1, 100))
def test_spending_is_low_exactly_below_forty_percent_in_december(utilised: int) -> None:
    money = {"allocations": "Rs 100 million", "utilised": f"Rs {utilised} million"}
    assert (RuleName.LOW_UTILISATION in rules_of(portfolio(budgets=[budget(**money)]))) == (utilised < 40)


def test_low_spending_is_judged_in_december_only() -> None:
    money = {
        "allocations": [amount("Rs 100 million", kind="budget")],
        "utilised": [amount("Rs 1 million", MARCH)],
    }
    found = portfolio(budgets=[budget("Jul-Mar FY2024-25", **money)], period="2024-25-Q3")
    assert RuleName.LOW_UTILISATION not in rules_of(found)


def test_money_released_and_nothing_spent_is_asked_about() -> None:
    found = portfolio(projects=[project(released=[amount("Rs 5 million")], utilised=[amount("Rs 0")])])
    assert rules_of(found) == [RuleName.ZERO_EXPENDITURE]
    nothing = portfolio(projects=[project(released=[amount("Rs 0")], utilised=[amount("Rs 0")])])
    assert rules_of(nothing) == []


def test_spending_not_reported_is_not_zero_spending() -> None:
    found = portfolio(
        projects=[project(released=[amount("Rs 5 million")], utilised=[amount("not reported")])]
    )
    assert rules_of(found) == []


def test_two_sources_for_one_day_need_a_choice() -> None:
    rivals = [amount("Rs 50 million"), amount("Rs 60 million", source="q")]
    assert rules_of(portfolio(budgets=[budget(utilised=rivals)])) == [RuleName.SOURCES_DISAGREE]
    choice = {"figure": "utilised", "period": "Jul-Dec FY2024-25", "source": "q", "reason": "It is audited."}
    assert rules_of(portfolio(budgets=[budget(utilised=rivals)], choices=[choice])) == []


# --- projects -------------------------------------------------------------------------------------


@given(before=st.integers(0, 100), after=st.integers(0, 100))
def test_physical_progress_may_fall_by_five_points(before: int, after: int) -> None:
    steps = [progress(str(before), "2024-09-30"), progress(str(after), END)]
    found = portfolio(projects=[project(physical=steps)])
    assert (rules_of(found) == [RuleName.PHYSICAL_PROGRESS_FALLS]) == (before - after > 5)


def test_physical_progress_is_followed_from_quarter_to_quarter() -> None:
    before = filed("2024-25-Q1", projects=[project(physical=[progress("80", "2024-09-30")])])
    (finding,) = findings(portfolio(before, projects=[project(physical=[progress("72", END)])]))
    assert finding.problem.what == (
        "Karachi IT Park: physical progress falls from 80 % on 2024-09-30 to 72 % on 2024-12-31"
    )


def test_a_milestone_is_not_reached_after_the_day_of_the_report() -> None:
    step = {"name": "Roof", "due": END, "reached": MARCH, "as_of": END, "source": "p", "address": "a.yaml:9"}
    (problem,) = faults_between(portfolio(projects=[project(milestones=[step])]))
    assert problem.severity == "error"
    assert "“Roof” is said to be reached on 2025-03-31" in problem.what


# --- KPIs -----------------------------------------------------------------------------------------


@given(before=st.integers(1, 50), now=st.integers(1, 50))
def test_a_count_since_inception_warns_exactly_when_it_falls(before: int, now: int) -> None:
    scope = {"scope": "since inception"}
    earlier = filed("2024-25-Q1", readings=[reading(str(before), "2024-09", "2024-09-30", **scope)])
    found = portfolio(earlier, readings=[reading(str(now), **scope)])
    kpi = REGISTERS.kpis.get("police-stations-digitised")
    assert kpi.cumulative
    assert (RuleName.CUMULATIVE_FALLS in rules_of(found)) == (now < before)


def test_a_reading_a_hundred_times_the_last_one_is_suspected() -> None:
    earlier = filed("2024-25-Q1", readings=[reading("6", "2024-25-Q1", "2024-09-30", scope="in period")])
    found = portfolio(earlier, readings=[reading("651", "2024-25-Q2", scope="in period")])
    assert rules_of(found) == [RuleName.MAGNITUDE_JUMPS]


@pytest.mark.parametrize(("day", "warned"), [("2023-12-31", True), ("2024-06-30", False)])
def test_a_kpi_that_stands_still_for_a_year_is_asked_about(day: str, warned: bool) -> None:
    old = reading("184", day[:7], day)
    found = portfolio(readings=[reading("184"), old])
    assert (RuleName.KPI_UNCHANGED in rules_of(found)) == warned


def test_a_kpi_that_moved_in_between_does_not_stand_still() -> None:
    readings = [
        reading("184"),
        reading("184", "2022-08", "2022-08-31"),
        reading("190", "2023-12", "2023-12-31"),
    ]
    assert RuleName.KPI_UNCHANGED not in rules_of(portfolio(readings=readings))


def test_months_under_the_name_of_the_year_are_asked_about() -> None:
    whole = reading("2825", "2024-25", "2025-06-30", scope="in period")
    part = reading("2825", "Jul-Mar FY2024-25", "2025-03-31", scope="in period")
    found = assemble([filed("2024-25-Q4", readings=[whole, part])], REGISTERS)
    assert RuleName.PART_YEAR_AS_YEAR in [f.rule for f in findings(found)]


# --- reasons --------------------------------------------------------------------------------------

WAIVER = {
    "rule": "zero-expenditure",
    "about": "karachi-it-park",
    "who": "Director (Projects)",
    "when": "2025-01-10",
    "why": "The contract was signed in December.",
    "address": "a.yaml:30",
}
IDLE = project(released=[amount("Rs 5 million")], utilised=[amount("Rs 0")])


def test_a_warning_without_a_reason_keeps_a_brief_from_being_final() -> None:
    (problem,) = without_reason(portfolio(projects=[IDLE]))
    assert problem.severity == "error"
    assert "give the reason under “waivers”, rule zero-expenditure, about karachi-it-park" in problem.remedy


def test_a_waived_warning_is_a_note_that_names_who_when_and_why() -> None:
    found = portfolio(projects=[IDLE], waivers=[WAIVER])
    assert without_reason(found) == ()
    (problem,) = faults_between(found)
    assert problem.severity == "note"
    assert problem.what.endswith("The contract was signed in December. (Director (Projects), 2025-01-10)")


def test_a_waiver_of_nothing_is_pointed_out() -> None:
    (problem,) = faults_between(portfolio(projects=[project()], waivers=[WAIVER]))
    assert (problem.severity, problem.where) == ("warning", "a.yaml:30")


def test_a_waiver_covers_its_own_rule_and_its_own_project_only() -> None:
    other = WAIVER | {"about": "e-office"}
    assert len(without_reason(portfolio(projects=[IDLE], waivers=[other]))) == 1
    other = WAIVER | {"rule": "cumulative-falls"}
    assert len(without_reason(portfolio(projects=[IDLE], waivers=[other]))) == 1


TWO_SOURCES = [amount("Rs 6 million"), amount("Rs 7 million", source="q")]
DISAGREEING = {
    "authorised": TWO_SOURCES,
    "utilised": [amount("Rs 5 million"), amount("Rs 4 million", source="q")],
}
ROUNDED = WAIVER | {"rule": "sources-disagree", "about": "budget", "why": "The press rounded it."}


def test_a_waiver_that_could_mean_several_warnings_answers_for_none_and_is_told_so() -> None:
    found = portfolio(budgets=[budget(**DISAGREEING)], waivers=[ROUNDED])
    assert [f.waiver for f in findings(found)] == [None, None]
    problems = {p.where: p for p in faults_between(found)}
    assert problems["a.yaml:30"].remedy == (
        "name one under “figure”: authorised; utilised. Give a reason for each"
    )
    assert all("about budget, figure " in p.remedy for p in without_reason(found))


def test_a_waiver_answers_for_the_figure_it_names_and_no_other() -> None:
    found = portfolio(budgets=[budget(**DISAGREEING)], waivers=[ROUNDED | {"figure": "authorised"}])
    assert [f.waiver is not None for f in findings(found)] == [True, False]
    assert len(without_reason(found)) == 1


def test_a_waiver_of_a_figure_that_is_not_warned_of_is_pointed_out() -> None:
    found = portfolio(budgets=[budget(authorised=TWO_SOURCES)], waivers=[ROUNDED | {"figure": "released"}])
    assert "figure released, to waive" in next(faults_between(found)).what
    assert len(without_reason(found)) == 1


def test_the_same_figure_of_two_budgets_in_one_return_is_told_apart() -> None:
    two = [budget(authorised=TWO_SOURCES) | {"covers": covers} for covers in ("PSDP", "Fund")]
    found = portfolio(budgets=two, waivers=[ROUNDED | {"figure": "authorised, Fund"}])
    assert [f.waiver is not None for f in findings(found)] == [False, True]


def test_two_falls_of_one_project_are_told_apart_by_their_days() -> None:
    falls = [progress("80", "2024-07-31"), progress("60", "2024-10-31"), progress("40", END)]
    waiver = WAIVER | {"rule": "physical-progress-falls", "figure": "2024-10-31"}
    found = portfolio(projects=[project(physical=falls)], waivers=[waiver])
    assert [f.waiver is not None for f in findings(found)] == [True, False]


# --- errors ---------------------------------------------------------------------------------------


def test_the_same_budget_filed_twice_is_an_error_and_two_different_ones_are_not() -> None:
    one = filed(budgets=[budget(utilised="Rs 5 million") | {"address": "a.yaml:1"}])
    two = filed(budgets=[budget(utilised="Rs 5 million") | {"address": "b.yaml:1"}])
    (problem,) = faults_between(assemble([one, two], REGISTERS))
    assert (problem.severity, problem.where) == ("error", "b.yaml:1")
    other = filed(budgets=[budget(utilised="Rs 5 million") | {"covers": "PSEB, PSDP"}])
    assert list(faults_between(assemble([one, other], REGISTERS))) == []


def test_everything_known_only_after_the_cutoff_is_left_alone() -> None:
    steps = [progress("80", "2024-09-30"), progress("10", MARCH)]
    found = assemble([filed(projects=[project(physical=steps)])], REGISTERS, as_of=dt.date(2024, 12, 31))
    assert findings(found) == ()


@pytest.mark.parametrize("stage", ["approved_cost", "released", "utilised", "needed_next_quarter"])
def test_whole_rupees_typed_for_millions_are_an_error_at_their_cell(stage: str) -> None:
    """Rs 1,950,000,000 in a column of Rs million would be a thousand trillion and more."""
    meant, typed = (
        project(**{stage: [amount("Rs 1,950 million")]}),
        project(**{stage: [amount("Rs 450,000,000 million")]}),
    )
    assert not [p for p in faults_between(portfolio(projects=[meant])) if p.severity == "error"]
    (problem,) = (p for p in faults_between(portfolio(projects=[typed])) if p.severity == "error")
    assert (problem.where, problem.what) == (
        "a.yaml:p",
        "Rs 450,000,000 million is more than any amount of a return, Rs 200,000 million",
    )
    assert "unit" in problem.remedy


def target(value: str, source: str, as_of: str = "2024-07-01") -> dict[str, str]:
    return {
        "kpi": "police-stations-digitised",
        "period": "2024-25",
        "value": value,
        "as_of": as_of,
        "source": source,
        "address": f"a.yaml:{source}",
    }


def test_two_targets_of_one_day_need_a_reason_for_the_one_in_use() -> None:
    both = [target("200", "p"), target("220", "q")]
    (found,) = findings(portfolio(targets=both))
    assert (found.rule, found.about) == (RuleName.SOURCES_DISAGREE, "police-stations-digitised")
    assert str(found.problem) == (
        "warning: a.yaml:p: Target of Police stations digitised: it is 200 police stations by one source and "
        "220 police stations by another, both for 2024-25; say under “choices” which one to use and why, with "
        "“figure: target” and “kpi: police-stations-digitised”; or give the reason under “waivers”, "
        "rule sources-disagree, about police-stations-digitised"
    )
    chosen = {"figure": "target", "kpi": "police-stations-digitised", "period": "2024-25", "source": "q"}
    assert not findings(portfolio(targets=both, choices=[chosen | {"reason": "The approved book says so."}]))


@pytest.mark.parametrize("other", [target("220", "p"), target("220", "q", "2024-09-01"), target("200", "q")])
def test_a_target_revised_later_or_repeated_needs_none(other: dict[str, str]) -> None:
    assert not findings(portfolio(targets=[target("200", "p"), other]))


@pytest.mark.parametrize("before", [(), (filed("2024-25-Q1"),)])
def test_a_reason_for_a_fall_is_not_called_idle_for_good_where_the_period_before_is_not_read(
    before: tuple[AgencyReturn, ...],
) -> None:
    waiver = WAIVER | {"rule": "cumulative-falls", "about": "budget"}
    (problem,) = faults_between(portfolio(*before, waivers=[waiver]))
    assert problem.what == "there is no warning of rule cumulative-falls about budget to waive"
    assert problem.remedy.startswith("check it in the folder of its period") == (not before)
    assert problem.remedy.endswith("correct the rule or what it is about, or remove the waiver")
