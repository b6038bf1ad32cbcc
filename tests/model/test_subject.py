"""The portfolio narrowed to an agency or a project: what is kept, and what is not made up."""

from decimal import Decimal

import pytest

import moitt_report
from conftest import ILLUSTRATIVE
from moitt_report.model.kpi import Absence
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import Agency
from moitt_report.model.subject import Subject, narrowed, subjects


@pytest.fixture(scope="module")
def quarter() -> Portfolio:
    return moitt_report.load(["2024-25-Q2"])[0]


@pytest.fixture(scope="module")
def release() -> Portfolio:
    return moitt_report.load(["2023-24_2024-25"])[0]


@pytest.fixture(scope="module")
def illustrative() -> Portfolio:
    return moitt_report.load([ILLUSTRATIVE])[0]


def agency(portfolio: Portfolio, name: str) -> Subject:
    found = portfolio.registers.agencies.find(name)
    assert found is not None
    return found


def project(portfolio: Portfolio, name: str) -> Subject:
    found = portfolio.registers.projects.find(name)
    assert found is not None
    return found


def test_an_agency_has_the_projects_it_executes_and_no_others(quarter: Portfolio) -> None:
    own = narrowed(quarter, agency(quarter, "PSEB"))
    assert {p.project for p in own.projects} == {
        "karachi-it-park",
        "software-technology-parks",
        "certification-of-it-professionals",
    }


def test_each_project_of_a_known_agency_falls_to_exactly_one_agency(quarter: Portfolio) -> None:
    found = [p.project for a in quarter.registers.agencies.entries for p in narrowed(quarter, a).projects]
    known = [p.project for p in quarter.projects if quarter.registers.projects.get(p.project).agency]
    assert sorted(found) == sorted(known)


def test_the_budget_of_the_division_is_no_agency_s(quarter: Portfolio) -> None:
    assert quarter.standings
    for subject in subjects(quarter):
        assert narrowed(quarter, subject).standings == ()


def test_a_return_that_speaks_of_nobody_else_keeps_its_budget(release: Portfolio) -> None:
    assert narrowed(release, agency(release, "moitt")).standings == release.standings


def test_the_agency_s_part_of_a_shared_total_is_its_own_total(release: Portfolio) -> None:
    """SCO 7 of the 19 projects completed: in what concerns SCO alone, 7."""
    own = narrowed(release, agency(release, "sco"))
    assert release.value("projects-completed", release.period) == Decimal(19)
    assert own.value("projects-completed", release.period) == Decimal(7)
    assert own.parts("projects-completed", release.period) == ()


def test_an_agency_without_a_part_gets_none_of_the_total(release: Portfolio) -> None:
    own = narrowed(release, agency(release, "pitb"))
    assert own.value("projects-completed", release.period) is Absence.NOT_REPORTED


def test_a_project_has_its_own_report_readings_and_issues_only(illustrative: Portfolio) -> None:
    own = narrowed(illustrative, project(illustrative, "karachi-it-park"))
    assert [p.project for p in own.projects] == ["karachi-it-park"]
    assert {r.project for filed in own.returns for r in filed.readings} == {"karachi-it-park"}
    assert {t.kpi for filed in own.returns for t in filed.targets} == {"stps-operating"}
    assert {i.project for filed in own.returns for i in filed.issues} == {"karachi-it-park"}


def test_a_target_that_two_projects_count_towards_is_neither_s(illustrative: Portfolio) -> None:
    pseb, sco = illustrative.returns
    first = pseb.readings[0]
    second = moitt_report.AgencyReturn.model_validate(
        {
            **dict(pseb),
            "readings": (*pseb.readings, type(first).model_validate({**dict(first), "project": "e-office"})),
        }
    )
    both = moitt_report.assemble((second, sco), illustrative.registers)
    own = narrowed(both, project(both, "software-technology-parks"))
    assert own.target("stps-established") is None


def test_nothing_is_lost_and_nothing_twice_between_the_agencies(illustrative: Portfolio) -> None:
    parts = [narrowed(illustrative, s) for s in subjects(illustrative) if isinstance(s, Agency)]
    issues = [i for part in parts for filed in part.returns for i in filed.issues]
    assert len(issues) == sum(len(filed.issues) for filed in illustrative.returns)


def test_the_subjects_are_those_the_returns_speak_of(illustrative: Portfolio) -> None:
    ids = [s.id for s in subjects(illustrative)]
    assert ids[:2] == ["sco", "pseb"]
    assert "smart-islamabad" not in ids
    assert "ict-internship-program" in ids
