"""`--about`: whom it finds, what it says when it finds nobody, and how the files are called."""

import re
from pathlib import Path

import pytest

import moitt_report
from conftest import ILLUSTRATIVE
from moitt_report.brief.about import file_name
from moitt_report.brief.content import Table, blocks, plain
from moitt_report.errors import UsageError
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import Agency
from moitt_report.model.subject import subjects


@pytest.fixture(scope="module")
def quarter() -> Portfolio:
    return moitt_report.load(["2024-25-Q2"])[0]


@pytest.mark.parametrize(
    "name", ["pseb", "PSEB", "pakistan software export board", "Pakistan Software Exports Board"]
)
def test_an_agency_is_found_by_any_of_its_names(quarter: Portfolio, name: str) -> None:
    brief = moitt_report.compose(quarter, moitt_report.load_outline("agency"), about=name)
    assert (brief.stem, brief.title) == (
        "agency-pseb",
        "Agency brief: Pakistan Software Export Board (PSEB), FY 2024-25 Q2",
    )


@pytest.mark.parametrize(
    ("outline", "name", "said"),
    [
        ("agency", None, "is about one agency: name it by --about; the returns speak of moitt, sco, pseb"),
        ("project", None, "is about one project: name it by --about; the returns speak of e-office"),
        ("agency", "psbe", "there is no agency “psbe”; did you mean “PSEB”?"),
        ("project", "karachi park", "there is no project “karachi park”; did you mean “Karachi IT Park”?"),
        ("parliament", "psbe", "there is no agency and no project “psbe”; did you mean “PSEB”?"),
        ("project", "pseb", "“pseb” is an agency, and the outline “project” is about one project"),
        (
            "agency",
            "ntc",
            "no return of 2024-25-Q2 says anything of “National Telecommunication Corporation”",
        ),
        (
            "project",
            "smart-islamabad",
            "no return of 2024-25-Q2 says anything of “Smart Islamabad Initiative”",
        ),
        ("quarterly", "pseb", "is about the whole portfolio and takes no --about"),
    ],
)
def test_a_subject_that_will_not_do_is_refused_with_what_would(
    quarter: Portfolio, outline: str, name: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        moitt_report.compose(quarter, moitt_report.load_outline(outline), about=name)


def test_no_name_stands_for_an_agency_and_a_project(quarter: Portfolio) -> None:
    registers = quarter.registers
    for project in registers.projects.entries:
        for name in (project.id, project.name, *project.aliases):
            assert registers.agencies.find(name) is None, name


@pytest.mark.parametrize("input", ["2023-24_2024-25", "2024-25-Q2", "2024-25-Q3", ILLUSTRATIVE])
def test_every_subject_the_returns_speak_of_has_a_brief_of_its_own(input: str | Path) -> None:
    portfolio, _ = moitt_report.load([input])
    outlines = {kind: moitt_report.load_outline(kind) for kind in ("agency", "project", "parliament")}
    found = subjects(portfolio)
    assert found
    for subject in found:
        kind = "agency" if isinstance(subject, Agency) else "project"
        for outline in (outlines[kind], outlines["parliament"]):
            brief = moitt_report.compose(portfolio, outline, about=subject.id)
            assert brief.about == subject.id


def test_the_name_alone_chooses_the_outline_and_names_the_files(tmp_path: Path) -> None:
    made = moitt_report.build(["2024-25-Q2"], about="SCO", out=tmp_path, formats=["pdf", "xlsx"])
    assert [file.name for file in made.files] == ["agency-sco.pdf", "agency-sco.xlsx"]
    made = moitt_report.build(["2024-25-Q2"], about="Karachi IT Park", out=tmp_path, formats=["pdf"])
    assert [file.name for file in made.files] == ["project-karachi-it-park.pdf"]


def test_a_name_that_nobody_has_chooses_no_outline(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no agency and no project “karachi it prak”; did you mean"):
        moitt_report.build(["2024-25-Q2"], about="karachi it prak", out=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("pseb", None), "pseb"),
        (("", "Starred Question No. 121"), "starred-question-no-121"),
        (("pseb", "12/A"), "pseb-12-a"),
        (("", "../../etc/passwd"), "etc-passwd"),
        (("", "سوال"), ""),
        (("", "x" * 300), "x" * 100),
    ],
)
def test_what_is_typed_cannot_lead_a_file_astray(parts: tuple[str | None, ...], name: str) -> None:
    assert file_name(*parts) == name


def test_warnings_about_others_do_not_hold_up_a_final_brief_of_one(tmp_path: Path) -> None:
    """The Division’s low utilisation has no reason on record; PSEB’s brief does not speak of it."""
    settings = dict.fromkeys(("to", "sender", "file_number", "classification"), "x") | {"date": "1 July 2026"}
    made = moitt_report.build(
        ["2024-25-Q2"], about="pseb", out=tmp_path, formats=["docx"], settings=settings, stage="final"
    )
    assert made.brief.stage == "final"
    with pytest.raises(moitt_report.InputError):
        moitt_report.build(["2024-25-Q2"], out=tmp_path, formats=["docx"], settings=settings, stage="final")


def test_over_indicators_of_which_none_has_a_target_it_says_so() -> None:
    portfolio, _ = moitt_report.load(["2024-25-Q3"])
    brief = moitt_report.compose(portfolio, moitt_report.load_outline("agency"), about="pseb")
    titles = [plain(block.title) for block in blocks(brief) if isinstance(block, Table)]
    assert "No indicator has a target on record, so none is rated" in titles
