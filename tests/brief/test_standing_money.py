"""The figure that stands for money is one, wherever it is printed, and the page says why. All figures are ILLUSTRATIVE."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief, Paragraph, Row, Table, blocks, plain
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.budget import Stage
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.return_faults import faults_of
from moitt_report.model.rules.check import findings
from moitt_report.pipeline.inputs import load_outline, load_registers

REGISTERS = load_registers()
JULY, END = "2024-07-01", "2024-12-31"
SO_FAR = "Jul-Dec FY2024-25"


def filed(agency: str = "moitt", **parts: Any) -> AgencyReturn:
    sources = [{"id": id, "publisher": f"ILLUSTRATIVE {id}"} for id in "abc"]
    return AgencyReturn.model_validate({"agency": agency, "period": "2024-25-Q2", "sources": sources} | parts)


def amount(crore: int, source: str = "a", day: str = END, **more: Any) -> dict[str, Any]:
    return {"amount": f"Rs {crore} crore", "as_of": day, "source": source, "address": f"r:{source}"} | more


def budget(covers: str = "IT", **stages: Any) -> dict[str, Any]:
    return {"period": SO_FAR, "covers": covers} | stages


def project(id: str = "e-office", **stages: Any) -> dict[str, Any]:
    return {"project": id, "reported_as": id} | stages


def brief_of(*returns: AgencyReturn, outline: str = "quarterly", as_of: dt.date | None = None) -> Brief:
    return compose(assemble(returns, REGISTERS, as_of=as_of), load_outline(outline))


def rows(brief: Brief, anchor: str) -> list[list[str]]:
    tables = [b for b in blocks(brief) if isinstance(b, Table) and b.anchor == anchor]
    spaced: Callable[[Row], list[str]] = lambda row: [plain(c.runs).replace("\xa0", " ") for c in row.cells]  # noqa: E731
    return [spaced(row) for table in tables for row in table.rows]


def row(brief: Brief, anchor: str, begin: str) -> list[str]:
    return next(r for r in rows(brief, anchor) if " | ".join(r).find(begin) >= 0)


# --- demands and proposals ------------------------------------------------------------------------


def test_a_demand_is_printed_as_a_demand_and_adds_to_no_sum() -> None:
    asked = project(allocations=[amount(90, kind="demand")], utilised=[amount(1)])
    given = project("karachi-it-park", allocations=[amount(5, kind="budget")])
    brief = brief_of(filed(projects=[asked, given]))
    assert row(brief, "projects", "e-office")[4] == "n.r."
    assert row(brief, "projects", "2 projects")[3] == "n.r."
    assert "90" not in str(rows(brief, "agencies"))


def test_a_budget_that_is_only_asked_for_has_no_allocation() -> None:
    brief = brief_of(filed(budgets=[budget(allocations=[amount(90, kind="proposed")], utilised=[amount(1)])]))
    position = rows(brief, "position")
    assert position[0][:2] == ["Proposed allocation", "900.000"]
    assert position[1][:2] == ["Allocation", "n.r."]
    assert row(brief, "position", "Utilised")[2] == "n.r."


def test_a_row_that_stands_on_a_proposal_says_so_beside_rows_that_do_not() -> None:
    proposed = project(allocations=[amount(9, kind="proposed")])
    given = project("karachi-it-park", allocations=[amount(5, kind="budget")])
    brief = brief_of(filed(projects=[proposed, given]))
    assert [r[1] for r in rows(brief, "projects")[:2]] == ["e-office (proposed)", "karachi-it-park"]


def test_two_demands_that_differ_are_asked_about() -> None:
    demands = [amount(90, "a", JULY, kind="demand"), amount(80, "b", JULY, kind="demand")]
    (finding,) = findings(assemble([filed(budgets=[budget(allocations=demands)])], REGISTERS))
    assert (
        finding.problem.what == "IT: the demand is Rs 900 million by one source and Rs 800 million by another"
    )


# --- the reason printed ---------------------------------------------------------------------------

LATEST = "The latest as-of date is used; no reason for the choice is on record."
REVISED = "The budget allocation gives way to the revised one."
FIRST = "Of figures of one date the one listed first is used; no reason for the choice is on record."


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("budget", END), ("revised", JULY), REVISED),
        (("budget", JULY), ("not stated", END), LATEST),
        (("budget", JULY), ("not stated", JULY), FIRST),
    ],
)
def test_the_note_on_two_allocations_prints_the_true_reason(
    first: tuple[str, str], second: tuple[str, str], reason: str
) -> None:
    versions = [
        amount(5 - n, source, day, kind=kind)
        for n, (source, (kind, day)) in enumerate(zip("ab", (first, second), strict=True))
    ]
    brief = brief_of(filed(budgets=[budget(allocations=versions)]))
    assert row(brief, "reconciliation", "Allocation")[-1] == reason


def test_the_note_on_two_amounts_of_one_day_does_not_speak_of_the_latest() -> None:
    brief = brief_of(filed(budgets=[budget(utilised=[amount(5), amount(6, "b")])]))
    assert row(brief, "reconciliation", "Amount utilised")[-1] == FIRST


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_can_have_two_sources_and_parts_above_their_whole(stage: Stage) -> None:
    given = {stage.field: [amount(5), amount(6, "b")]}
    larger = {stage.field: [amount(8), amount(9, "b")]}
    brief = brief_of(filed(budgets=[budget(**given)], projects=[project(**larger)]))
    notes = [note[1] for note in rows(brief, "reconciliation")]
    assert f"Amount {stage.words}, Rs million" in notes
    assert f"e-office, {stage.words}, Rs million" in notes
    assert any("whole" in note[2] for note in rows(brief, "warnings"))


# --- the money of a project -----------------------------------------------------------------------


def standings(portfolio: Portfolio) -> list[str]:
    (report,) = portfolio.projects
    return [str(portfolio.allocation_of(report)), str(portfolio.stand_project(report).amount())]


def test_a_revision_known_only_after_the_cut_off_is_used_nowhere() -> None:
    versions = [amount(9, kind="budget", day=JULY), amount(6, kind="revised", day="2025-03-15")]
    returned = filed(projects=[project(allocations=versions, released=[amount(7)])])
    portfolio = assemble([returned], REGISTERS)
    assert standings(portfolio) == ["Rs 90 million"] * 2
    assert row(brief_of(returned), "projects", "e-office")[4] == "90.000"
    assert list(findings(portfolio)) == []


CHOICE = {"figure": "utilised", "period": SO_FAR, "source": "c", "reason": "Its own ledger."}
TWO = {"utilised": [amount(1), amount(2, "c")]}


def test_a_choice_that_names_the_project_is_used_in_table_rules_and_notes() -> None:
    returned = filed(projects=[project(**TWO)], choices=[CHOICE | {"project": "e-office"}])
    assert [p.what for p in faults_of(returned) if p.severity == "error"] == []
    brief = brief_of(returned)
    assert row(brief, "projects", "e-office")[6] == "20.000"
    note = row(brief, "reconciliation", "e-office")
    assert note[1:3] == ["e-office, utilised, Rs million", "20.000"]
    assert note[-1].startswith("Its own ledger.")
    assert findings(assemble([returned], REGISTERS)) == ()


def test_a_choice_for_the_budget_is_none_for_its_projects() -> None:
    returned = filed(budgets=[budget(**TWO)], projects=[project(**TWO)], choices=[CHOICE])
    brief = brief_of(returned)
    assert row(brief, "position", "Utilised")[1] == "20.000"
    assert row(brief, "projects", "e-office")[6] == "10.000"
    assert [f.about for f in findings(assemble([returned], REGISTERS))] == ["e-office"]


def test_the_remedy_of_the_warning_is_one_that_is_accepted() -> None:
    (finding,) = findings(assemble([filed(projects=[project(**TWO)])], REGISTERS))
    assert "say under “choices” which one to use and why, with “project: e-office”" in finding.problem.remedy


def test_project_figures_that_disagree_are_noted() -> None:
    brief = brief_of(filed(projects=[project(**TWO)]))
    assert row(brief, "reconciliation", "e-office")[-1] == FIRST


def test_a_choice_that_forgets_the_project_is_told_what_to_write() -> None:
    (problem,) = [
        p for p in faults_of(filed(projects=[project(**TWO)], choices=[CHOICE])) if p.severity == "error"
    ]
    assert "give “project: e-office”" in problem.remedy


def test_a_figure_cites_the_record_it_was_read_from_and_no_other_of_the_same_amount() -> None:
    versions = [amount(9, "a", JULY, kind="demand"), amount(9, "b", END, kind="revised")]
    brief = brief_of(filed(projects=[project(allocations=versions)]))
    fact = next(f for f in brief.facts if f.id == "project.e-office.allocation")
    assert (fact.address, fact.as_of) == ("r:b", END)


# --- absences -------------------------------------------------------------------------------------


def test_what_is_not_yet_due_is_printed_so_and_page_1_does_not_call_it_unreported() -> None:
    stages = {"allocations": [amount(10, kind="budget")], "authorised": [amount(5)]}
    awaited = budget(**stages, utilised=[amount(0, "b") | {"amount": "not yet due"}])
    brief = brief_of(filed(budgets=[awaited]))
    assert row(brief, "position", "Utilised")[1:3] == ["n.y.d.", "n.y.d."]
    assert "The amount utilised is not yet due." in str(
        [plain(b.runs).replace("\xa0", " ") for b in blocks(brief) if isinstance(b, Paragraph)]
    )


# --- whose budget it is ---------------------------------------------------------------------------

SCO = {"allocations": [amount(3, kind="budget")], "utilised": [amount(2)]}
WHOLE = {"allocations": [amount(10, kind="budget")], "utilised": [amount(4)]}


def test_the_budget_of_an_agency_is_a_part_of_the_ministrys_and_not_added_to_it() -> None:
    brief = brief_of(
        filed("sco", budgets=[budget("All SCO projects", **SCO)]),
        filed(budgets=[budget("IT Division, PSDP", **WHOLE)]),
    )
    assert next(f for f in brief.facts if f.id == "allocation").value == "100"
    table = [r[:2] for r in rows(brief, "budgets")]
    assert table == [["IT Division, PSDP", "100.000"], ["of which All SCO projects, SCO", "30.000"]]


def test_the_budget_of_an_agency_alone_is_not_called_that_of_the_division() -> None:
    report = project("e-office", allocations=[amount(2, kind="budget")])
    brief = brief_of(filed("sco", budgets=[budget("All SCO projects", **SCO)], projects=[report]))
    total = row(brief, "projects", "All SCO projects, SCO, ")
    assert total[3] == "30.000"
    assert "Division total" not in str(rows(brief, "projects"))


def test_a_sum_of_the_budgets_of_agencies_says_whose_they_are() -> None:
    brief = brief_of(
        filed("sco", budgets=[budget("All SCO projects", **SCO)]),
        filed("pseb", budgets=[budget("PSEB, PSDP", **WHOLE)]),
    )
    assert rows(brief, "budgets")[-1][:2] == ["Budgets of SCO and PSEB", "130.000"]


def test_sources_that_disagree_on_the_budget_of_an_agency_are_noted_beside_the_ministrys() -> None:
    brief = brief_of(
        filed("sco", budgets=[budget("All SCO projects", utilised=[amount(1), amount(2, "b")])]),
        filed(budgets=[budget("IT Division, PSDP", **WHOLE)]),
    )
    assert row(brief, "reconciliation", "Amount utilised")[1].endswith("All SCO projects, SCO, Rs million")


# --- parts and their whole ------------------------------------------------------------------------


def warnings_of(*returns: AgencyReturn) -> list[str]:
    return [f.problem.what for f in findings(assemble(returns, REGISTERS)) if f.rule == "parts-above-whole"]


def test_projects_that_report_more_than_the_division_are_warned_of_and_noted() -> None:
    two = [project(utilised=[amount(3)]), project("karachi-it-park", utilised=[amount(2)])]
    returned = filed(budgets=[budget(utilised=[amount(4)])], projects=two)
    assert warnings_of(returned) == [
        "IT: utilised: the projects that report it add up to Rs 50 million, more than the Rs 40 million of the whole"
    ]
    brief = brief_of(returned)
    assert any("add up to Rs 50 million" in r[2] for r in rows(brief, "warnings"))
    note = row(brief, "reconciliation", "the whole against the sum of its projects")
    assert note[2:5] == ["40.000", "50.000 (S1)", "+10.000"]


def test_one_project_above_the_total_is_named() -> None:
    one = project(allocations=[amount(9, kind="budget")])
    whole = budget(allocations=[amount(5, "b", kind="budget")])
    assert warnings_of(filed(budgets=[whole], projects=[one])) == [
        "e-office: allocation: Rs 90 million, more than the Rs 50 million of the whole it is a part of"
    ]
    brief = brief_of(filed(budgets=[whole], projects=[one]))
    assert row(brief, "projects", "Total less the projects")[3] == "−40.000"


def test_a_project_above_the_budget_of_its_agency_is_warned_of_and_noted() -> None:
    one = project(released=[amount(9)])
    returns = filed("sco", budgets=[budget("SCO", released=[amount(5)])], projects=[one])
    assert len(warnings_of(returns)) == 1
    assert row(brief_of(returns), "reconciliation", "Released, the whole")[2] == "50.000"


def test_an_agency_above_the_ministry_is_warned_of_and_noted() -> None:
    returns = (
        filed("sco", budgets=[budget("SCO", utilised=[amount(5)])]),
        filed("pseb", budgets=[budget("PSEB", utilised=[amount(6)])]),
        filed(budgets=[budget("IT", utilised=[amount(10)])]),
    )
    assert len(warnings_of(*returns)) == 1
    assert row(brief_of(*returns), "reconciliation", "sum of its agencies")[2:4] == [
        "100.000",
        "110.000 (S1)",
    ]


@pytest.mark.parametrize("projects", [4, 3])
def test_parts_up_to_their_whole_are_in_order(projects: int) -> None:
    one = project(utilised=[amount(projects)])
    assert warnings_of(filed(budgets=[budget(utilised=[amount(4)])], projects=[one])) == []


def test_a_proposal_is_not_held_against_an_allocation() -> None:
    one = project(allocations=[amount(9, kind="proposed")])
    whole = budget(allocations=[amount(5, kind="budget")])
    assert warnings_of(filed(budgets=[whole], projects=[one])) == []
