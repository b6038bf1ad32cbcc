"""Forms as an agency meets them, and what comes back from them."""

import datetime as dt
import io
import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pydantic import BaseModel

import moitt_report
from moitt_report.errors import UsageError, place_of
from moitt_report.forms.plain import csv_form
from moitt_report.forms.rows import rows_of
from moitt_report.forms.workbook import workbook_form
from moitt_report.forms.yaml_form import yaml_form
from moitt_report.intake.returns import read_returns
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.pipeline.check import check_and_annotate
from moitt_report.pipeline.form import FormFormat, form
from moitt_report.pipeline.inputs import find_input, load_registers
from strategies_return import returns

FORMATS = ["xlsx", "csv", "yaml"]
REGISTERS = load_registers()
BUILT_IN = ["2023-24_2024-25", "2024-25-Q2", "2024-25-Q3"]


def built_in(name: str) -> AgencyReturn:
    return read_returns([find_input(name)], load_registers())[0][0]


def plain(value: object) -> object:
    """A record without the addresses, which differ from file to file."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        plains = {name: plain(getattr(value, name)) for name in fields if name != "address"}
        if "readings" in plains:  # a workbook has figures and milestones on sheets of their own
            plains["readings"] = sorted(map(str, plains["readings"]))
        return plains
    if isinstance(value, Decimal):
        return value.normalize()  # Excel does not keep the last nought of 4.20
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value


def form_of(filed: AgencyReturn, suffix: str) -> bytes:
    rows = rows_of(filed)
    if suffix == "csv":
        return csv_form(filed.agency, str(filed.period), rows)
    if suffix == "yaml":
        return yaml_form(filed.agency, str(filed.period), rows)
    return workbook_form(filed.agency, str(filed.period), rows, REGISTERS, filed, dt.date(2025, 4, 15))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", BUILT_IN)
def test_a_return_written_as_a_form_reads_back_without_loss(name: str, suffix: str, tmp_path: Path) -> None:
    filed = built_in(name)
    file = tmp_path / f"form.{suffix}"
    file.write_bytes(form_of(filed, suffix))
    (back,), problems = read_returns([file], load_registers())
    assert not [p for p in problems if p.severity == "error"]
    assert plain(back) == plain(filed)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(filed=returns())
def test_every_field_of_any_return_survives_the_form(
    suffix: str, filed: AgencyReturn, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("form") / f"form.{suffix}"
    file.write_bytes(form_of(filed, suffix))
    back, problems = read_returns([file], REGISTERS)
    assert back, problems
    assert plain(back[0]) == plain(filed)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_form_has_the_same_bytes(suffix: str) -> None:
    filed = built_in("2024-25-Q2")
    assert form_of(filed, suffix) == form_of(filed, suffix)


def test_a_workbook_says_nothing_of_the_system_it_was_made_on() -> None:
    with zipfile.ZipFile(io.BytesIO(form_of(built_in("2024-25-Q2"), "xlsx"))) as book:
        assert {part.create_system for part in book.infolist()} == {0}


def test_a_form_has_the_same_bytes_in_any_place_at_any_time(tmp_path: Path) -> None:
    made = []
    for n, (seed, zone, tongue) in enumerate(
        [("1", "Asia/Karachi", "C"), ("2", "America/Lima", "de_DE.UTF-8")]
    ):
        folder = tmp_path / str(n)
        line = [
            sys.executable,
            "-m",
            "moitt_report",
            "form",
            "pseb",
            "--period",
            "2024-25-Q3",
            "--previous",
            "2024-25-Q2",
        ]
        for suffix in FORMATS:
            subprocess.run(
                [*line, "--format", suffix, "--out", str(folder)],
                check=True,
                capture_output=True,
                env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": tongue, "PYTHONUTF8": "1"},
            )
        made.append({file.name: file.read_bytes() for file in sorted(folder.iterdir())})
    assert len(made[0]) == 3
    assert made[0] == made[1]


@pytest.mark.parametrize("agency", [a.id for a in load_registers().agencies.entries])
def test_the_empty_form_of_every_agency_has_no_error_but_that_no_source_is_named(
    agency: str, tmp_path: Path
) -> None:
    file = form(agency, "2024-25-Q3", previous="2024-25-Q2", out=tmp_path)[0]
    problems = moitt_report.check([file])
    assert {p.severity for p in problems} <= {"warning", "note", "error"}
    assert not [p for p in problems if p.severity == "error" and "is missing" not in p.what]


@pytest.mark.parametrize("format", ["xlsx", "csv", "yaml"])
def test_a_form_that_came_back_as_it_was_sent_is_one_problem(format: FormFormat, tmp_path: Path) -> None:
    file = form("pseb", "2024-25-Q3", out=tmp_path, format=format)[0]
    (problem,) = moitt_report.check([file])
    assert problem.what == "the form is not filled in"
    assert problem.severity == ("error" if format == "yaml" else "warning")
    assert len(problem.also) > 50  # where each blank is, for the marked copy and for programs


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_rows_left_blank_where_others_are_filled_in_are_one_warning_that_counts_and_names_them(
    format: FormFormat, tmp_path: Path
) -> None:
    file = form("moitt", "2024-25-Q3", previous="2024-25-Q2", out=tmp_path, format=format)[0]
    (blank,) = (p for p in moitt_report.check([file]) if "nothing is filled in" in p.what)
    assert blank.severity == "warning"
    assert blank.what.startswith("nothing is filled in at 160 places: “")
    assert f"(1, at {blank.place}), “" in blank.what
    assert blank.what.endswith(") and 157 more")
    assert "not reported, not yet due, not applicable" in blank.remedy
    assert len(blank.also) == 159
    assert {place_of(address).split("!")[0] for address in blank.also} >= {"KPIs", "Budget", "Projects"}


def test_a_marked_copy_of_a_form_marks_each_row_that_is_left_blank(tmp_path: Path) -> None:
    file = form("pseb", "2024-25-Q3", out=tmp_path)[0]
    (problem,), (copy,) = check_and_annotate([file], tmp_path / "back")
    book = load_workbook(copy)
    marked = {f"{s.title}!{c.coordinate}" for s in book for row in s.iter_rows() for c in row if c.comment}
    assert marked == {place_of(address) for address in problem.also}


def test_the_list_of_a_marked_copy_has_room_for_the_whole_of_what_it_says(tmp_path: Path) -> None:
    file = form("moitt", "2024-25-Q3", previous="2024-25-Q2", out=tmp_path)[0]
    _, (copy,) = check_and_annotate([file], tmp_path / "back")
    listed = load_workbook(copy)["Problems"]
    (row,) = (c.row for (c,) in listed["D5:D200"] if c.value and "nothing is filled in" in c.value)
    lines = len(listed.cell(row, 4).value) / listed.column_dimensions["D"].width
    assert lines > 2
    assert listed.row_dimensions[row].height >= lines * 13


def test_the_entries_of_a_form_in_yaml_that_are_left_blank_are_one_problem_where_others_are_filled_in(
    tmp_path: Path,
) -> None:
    file = form("pseb", "2024-25-Q3", out=tmp_path, format="yaml")[0]
    text = file.read_text("utf-8").replace("  - id:\n    publisher:", "  - id: letter\n    publisher: PSEB")
    file.write_text(text.replace("percent:", "percent: 40", 1), "utf-8")
    problems = moitt_report.check([file])
    assert [p.what for p in problems][:3] == [
        "“as_of” has no value",
        "“source” has no value",
        "nothing is filled in at 51 places: “certification-of-it-professionals” (9, from line 19), "
        "“software-technology-parks” (10, from line 59), “karachi-it-park” (10, from line 103) and 22 more",
    ]
    assert len(problems) == 3
    assert len(problems[2].also) == text.count("source:") - 2


def test_only_cells_to_fill_in_are_open_and_the_protection_has_no_password(tmp_path: Path) -> None:
    book = load_workbook(form("pseb", "2024-25-Q3", out=tmp_path)[0])
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.page_setup.paperSize == 9
    kpis = book["KPIs"]
    heads = {cell.value: cell.column for cell in kpis[3]}
    assert kpis.freeze_panes == "B4"
    assert kpis.cell(4, heads["KPI"]).protection.locked
    assert not kpis.cell(4, heads["Actual"]).protection.locked
    assert kpis.cell(4, heads["Unit"]).value == "parks"


def test_a_form_filled_in_and_returned_is_a_sound_return(tmp_path: Path) -> None:
    file = form("pseb", "2024-25-Q3", out=tmp_path)[0]
    book = load_workbook(file)
    book["Sources"]["A4"], book["Sources"]["B4"] = "letter", "PSEB"
    heads = {cell.value: cell.column for cell in book["KPIs"][3]}
    for row in (4, 5, 6):
        for head, value in (("Actual", 43), ("As of", dt.date(2025, 3, 31)), ("Source", "letter")):
            book["KPIs"].cell(row, heads[head]).value = value
    book.save(file)
    problems = moitt_report.check([file])
    assert {p.severity for p in problems} == {"warning"}
    (filed,), _ = read_returns([file], load_registers())
    assert [r.value for r in filed.readings] == [43, 43, 43]


def test_an_unknown_agency_or_period_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean"):
        form("psbe", "2024-25-Q3", out=tmp_path)
    with pytest.raises(UsageError, match="is not a period"):
        form("pseb", "third quarter", out=tmp_path)


def test_a_form_that_was_filled_in_is_not_written_over(tmp_path: Path) -> None:
    file = form("pseb", "2024-25-Q3", out=tmp_path)[0]
    assert form("pseb", "2024-25-Q3", out=tmp_path)[0] == file  # the same form again harms nobody
    book = load_workbook(file)
    book["Sources"]["A4"] = "letter"
    book.save(file)
    filled = file.read_bytes()
    with pytest.raises(UsageError, match="is there already and is another"):
        form("pseb", "2024-25-Q3", out=tmp_path)
    assert file.read_bytes() == filled
