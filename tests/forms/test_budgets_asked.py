"""What was reported last and still holds is filled in: budgets asked for again, targets, what stood in the way."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

import moitt_report
from moitt_report.errors import InputError
from moitt_report.forms.asked import LastReported, asked_of
from moitt_report.forms.plain import csv_form
from moitt_report.forms.yaml_form import yaml_form
from moitt_report.intake.returns import read_returns
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.period_names import parse_period
from moitt_report.pipeline.form import FormFormat, form


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
    assert LastReported(last).figure("Budget", row) == "2243.6 (2024-12-31)"


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
    written = yaml_form("moitt", "2024-25-Q3", rows).decode()
    assert "IT and Telecom Division, PSDP" in written
    assert "issues: []" in written
    assert "remarks: []" in written


def with_targets(folder: Path) -> Path:
    """ILLUSTRATIVE: the return of a quarter with a target of the year, one of two years, and one that is over."""
    file = folder / "2024-25-Q2" / "pseb.yaml"
    file.parent.mkdir(parents=True)
    target = "  - {{kpi: {0}, period: {1}, value: {2}, scope: {3}, as_of: 2023-07-31, source: letter}}\n"
    file.write_text(
        "agency: pseb\nperiod: 2024-25-Q2\nsources: [{id: letter, publisher: ILLUSTRATIVE}]\ntargets:\n"
        + target.format("interns-placed", "2024-25", "9000", "year to date")
        + target.format("stps-operating", "2023-24 to 2024-25", "60", "since inception")
        + target.format("interns-placed", "2023-24", "7000", "year to date"),
        "utf-8",
    )
    return file


@pytest.mark.parametrize("format", ["csv", "yaml"])
def test_a_target_of_the_last_return_stands_in_the_next_form(format: FormFormat, tmp_path: Path) -> None:
    file, _ = form("pseb", "2024-25-Q3", previous=with_targets(tmp_path), out=tmp_path, format=format)
    text = file.read_text("utf-8")
    assert "9000" in text
    assert "7000" not in text, "the target of a year that is over holds no longer"


def test_a_target_that_stands_in_the_form_is_read_from_it(tmp_path: Path) -> None:
    file, _ = form("pseb", "2024-25-Q3", previous=with_targets(tmp_path), out=tmp_path)
    (filed,), _ = read_returns([file], moitt_report.load_registers())
    assert [(t.kpi, str(t.period), str(t.value), str(t.scope)) for t in filed.targets] == [
        ("interns-placed", "2024-25", "9000", "year to date"),
        ("stps-operating", "2023-24_2024-25", "60", "since inception"),
    ]


def test_no_target_of_a_year_that_is_over_stands_in_the_form_of_the_next(tmp_path: Path) -> None:
    (last,), _ = read_returns([with_targets(tmp_path)], moitt_report.load_registers())
    rows = asked_of("pseb", parse_period("2025-26-Q1"), moitt_report.load_registers(), last)
    assert rows["Targets"] == []


def test_the_form_says_between_which_days_money_counts(tmp_path: Path) -> None:
    book = load_workbook(form("pseb", "2025-26-Q2", out=tmp_path)[0])
    words = "cumulative from 1 July 2025 to 31 December 2025"
    assert words in book["Budget"]["A2"].value
    assert sum(words in str(cell.value) for row in book["Cover"].iter_rows() for cell in row) == 2


def with_issue() -> AgencyReturn:
    """ILLUSTRATIVE: an agency that sought a decision last quarter."""
    source = {"id": "letter", "publisher": "Invented for a test"}
    issue = {
        "bottleneck": "No site", "decision": "Allot one", "sought_from": "CDA", "owner": "PD", "as_of": "2024-12-31",
        "source": "letter",
    }  # fmt: skip
    return AgencyReturn.model_validate(
        {"agency": "pseb", "period": "2024-25-Q2", "sources": [source], "issues": [issue]}
    )


def test_what_stood_in_the_way_is_asked_for_again_and_dated_anew() -> None:
    rows = asked_of("pseb", parse_period("2024-25-Q3"), moitt_report.load_registers(), with_issue())
    (issue,) = rows["Issues"]
    assert (issue["bottleneck"], issue["decision"], issue["as_of"]) == ("No site", "Allot one", "")
    assert "bottleneck: No site" in yaml_form("pseb", "2024-25-Q3", rows).decode()


def test_a_reason_for_a_warning_has_its_sheet_in_the_form_and_is_read_from_it(tmp_path: Path) -> None:
    file = form("pseb", "2024-25-Q3", out=tmp_path)[0]
    book = load_workbook(file)
    sheet = book["Waivers"]
    letters = {cell.value: cell.column_letter for cell in sheet[3]}
    assert list(letters) == ["Rule", "About", "Figure", "Who", "When", "Why"]
    (rule,) = (v for v in sheet.data_validations.dataValidation if "A4" in v.sqref)
    assert rule.type == "list"
    assert "low utilisation" in rule.formula1
    assert len(rule.formula1) <= 2 + 255, "Excel takes no longer list"
    given = {
        "Rule": "low utilisation",
        "About": "budget",
        "Who": "A. Khan",
        "When": "4 April 2025",
        "Why": "The release came late.",
    }
    for head, value in given.items():
        sheet[f"{letters[head]}4"] = value
    book["Sources"]["A4"], book["Sources"]["B4"] = "letter", "PSEB"
    book.save(file)
    filed, _ = read_returns([file], moitt_report.load_registers())
    assert [(w.rule, w.about, w.who) for w in filed[0].waivers] == [("low-utilisation", "budget", "A. Khan")]
    plain = form("pseb", "2024-25-Q3", out=tmp_path, format="csv")[0]
    assert b"Waivers\r\nRule,About,Figure,Who,When,Why\r\n" in plain.read_bytes()


def test_that_the_last_returns_hold_nothing_of_the_agency_is_said(tmp_path: Path) -> None:
    _, (problem,) = form("pseb", "2024-25-Q3", previous="2024-25-Q2", out=tmp_path)
    assert (problem.where, problem.severity) == ("2024-25-Q2", "warning")
    assert problem.what == "holds no return of “pseb”, so that nothing is filled in from it"
    assert form("moitt", "2024-25-Q3", previous="2024-25-Q2", out=tmp_path)[1] == ()
    with pytest.raises(InputError, match="which is not before 2024-25-Q1"):
        form("moitt", "2024-25-Q1", previous="2024-25-Q2", out=tmp_path)


def last_of(**project: object) -> AgencyReturn:
    """ILLUSTRATIVE: what the last return gave of one project."""
    return AgencyReturn.model_validate(
        {
            "agency": "pseb",
            "period": "2025-26-Q1",
            "sources": [{"id": "s", "publisher": "ILLUSTRATIVE"}],
            "projects": [{"project": "karachi-it-park", "reported_as": "Karachi IT Park", **project}],
        }
    )


def test_each_version_of_an_allocation_stands_beside_itself() -> None:
    versions = [
        {"kind": kind, "amount": words, "as_of": day, "source": "s"}
        for kind, words, day in (
            ("budget", "Rs 8,000 million", "2025-07-01"),
            ("revised", "Rs 7,250 million", "2025-09-15"),
        )
    ]
    last = last_of(allocations=versions)
    rows = [
        row
        for row in asked_of("pseb", parse_period("2025-26-Q2"), moitt_report.load_registers(), last)["Budget"]
        if row.get("project") == "karachi-it-park" and row["stage"] == "allocation"
    ]
    assert [LastReported(last).figure("Budget", row) for row in rows] == [
        "8000 (2025-07-01)",
        "7250 (2025-09-15)",
    ]


def test_the_physical_progress_reported_last_is_shown_where_a_financial_one_was_too() -> None:
    known = {
        kind: [{"percent": percent, "as_of": "2025-09-30", "source": "s"}]
        for kind, percent in (("physical", "31.5"), ("financial", "32"))
    }
    row = {"project": "karachi-it-park", "reported_as": "Karachi IT Park", "physical": ""}
    assert LastReported(last_of(**known)).figure("Projects", row) == "31.5 (2025-09-30)"
