"""Workbooks and CSV files as agencies send them: found by heads, every fault at its cell."""

import codecs
import datetime as dt
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, numbers

from moitt_report.errors import Problem
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import with_encoding
from moitt_report.intake.returns import read_returns
from moitt_report.intake.sheet_xml import exact
from moitt_report.pipeline.inputs import load_registers
from sheets import SHEETS, csv_text, read, workbook


def test_a_workbook_becomes_a_return_with_the_cell_of_every_value(tmp_path: Path) -> None:
    filed, problems = read(workbook(), tmp_path)
    assert [p for p in problems if p.severity != "note"] == []
    assert filed is not None
    assert (filed.agency, str(filed.period)) == ("pseb", "2024-25-Q2")
    assert [r.value for r in filed.readings] == [Decimal(2700), Decimal("79.9")]
    assert filed.readings[1].address == "pseb.xlsx!KPIs!C3"
    (released,) = filed.budgets[0].released
    assert (released.amount.rupees, released.amount.foreign) == (120_500_000, 20_250_000)
    assert released.address == "pseb.xlsx!Budget!E2"


def test_inserted_columns_and_rows_and_moved_sheets_change_nothing(tmp_path: Path) -> None:
    def move(book: Workbook) -> None:
        book["KPIs"].insert_cols(2)
        book["KPIs"].insert_rows(1, 3)
        book["KPIs"].insert_rows(5)
        book["KPIs"].title = "Our figures"
        book.move_sheet("Budget", -3)
        book["Budget"].insert_cols(1, 2)

    plain, _ = read(workbook(), tmp_path)
    moved, problems = read(workbook(move), tmp_path)
    assert not [p for p in problems if p.severity == "error"]
    assert moved is not None
    assert plain is not None
    assert [r.value for r in moved.readings] == [r.value for r in plain.readings]
    assert moved.readings[0].address == "pseb.xlsx!Our figures!D6"


def test_a_head_close_to_a_known_one_is_read_and_told(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["KPIs"]["C1"] = "Actuals"

    filed, problems = read(workbook(rename), tmp_path)
    assert filed is not None
    assert "note: pseb.xlsx!KPIs!C1: the head “Actuals” is read as “Actual”; write “Actual”" in map(
        str, problems
    )


def set_cell(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def as_date(book: Workbook) -> None:
    book["Budget"]["E2"].number_format = numbers.FORMAT_DATE_XLSX14


def as_month(book: Workbook) -> None:
    book["KPIs"]["D2"] = dt.date(2024, 12, 1)  # what Excel makes of “Dec-24”
    book["KPIs"]["D2"].number_format = "mmm-yy"


def formatted(sheet: str, cell: str, code: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value
        book[sheet][cell].number_format = code

    return change


def strike(book: Workbook) -> None:
    book["KPIs"]["C2"].font = Font(strike=True)


def hide_row(book: Workbook) -> None:
    book["KPIs"].row_dimensions[3].hidden = True


def hide_column(book: Workbook) -> None:
    book["KPIs"].column_dimensions["C"].hidden = True


def hide_sheet(book: Workbook) -> None:
    book["KPIs"].sheet_state = "hidden"


def merge(book: Workbook) -> None:
    book["KPIs"].merge_cells("D2:D3")
    book["KPIs"]["B3"] = "2024-25-Q2"


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        (set_cell("KPIs", "C2", "=1+1"), "KPIs!C2", "formula whose value was not saved"),
        (set_cell("KPIs", "C2", "#REF!"), "KPIs!C2", "holds the error #REF!"),
        (as_date, "Budget!E2", "is formatted as a date"),
        (as_month, "KPIs!D2", "is shown as a month alone"),
        (formatted("KPIs", "C2", ";;;", 2700), "KPIs!C2", "“2700” stands here, but its number format hides it"),
        (formatted("KPIs", "C2", ";;;", "2700 or so"), "KPIs!C2", "number format hides it"),
        (formatted("KPIs", "C2", "0;-0;", 0), "KPIs!C2", "“0” stands here, but its number format hides it"),
        (formatted("KPIs", "C2", '[=0]"";General', 0), "KPIs!C2", "number format hides it"),
        (formatted("KPIs", "C2", "#,###", 0), "KPIs!C2", "number format hides it"),
        (formatted("Budget", "E2", "#,##0.0,,", 120_500_000), "Budget!E2", "shows it divided by thousands"),
        (strike, "KPIs!C2", "“2700” is struck out"),
        (hide_row, "KPIs!A3", "row 3 is hidden"),
        (hide_column, "KPIs!C1", "the column “Actual” is hidden"),
        (hide_sheet, "KPIs!A1", "the sheet is hidden"),
        (merge, "KPIs!D2", "the cells D2:D3 are merged"),
        (set_cell("KPIs", "C2", None), "KPIs!C2", "nothing is filled in"),
        (set_cell("KPIs", "D2", None), "KPIs!D2", "has no value"),
        (set_cell("KPIs", "A2", "interns-plaecd"), "KPIs!A2", "is not a known KPI"),
        (set_cell("KPIs", "C2", "1,234"), "KPIs!C2", "may be 1234 or 1.2340"),
        (set_cell("KPIs", "D2", "03/04/2025"), "KPIs!D2", "day-month or month-day"),
        (set_cell("KPIs", "C2", "-"), "KPIs!C2", "may mean zero or no figure"),
        (set_cell("KPIs", "C2", -5), "KPIs!C2", "not negative"),
        (set_cell("KPIs", "E2", "leter"), "KPIs!C2", "not in the list of sources"),
        (set_cell("Budget", "E2", "Rs 120.5"), "Budget!E2", "may be rupees or Rs million"),
        (
            set_cell("Budget", "G2", 30),
            "Budget!E2",
            "do not add up to the total: Rs 100.25 million and Rs 30 million are not Rs 120.5 million",
        ),
        (set_cell("KPIs", "D2", "July 2022"), "KPIs!D2", "“July 2022” names no day"),
        (set_cell("KPIs", "D2", "31-Dec-25"), "KPIs!D2", "the year of “31-Dec-25” is not written in full"),
        (set_cell("Budget", "E1", "Total"), "Budget!E2", "has no unit"),
        (set_cell("Budget", "C2", "relesed"), "Budget!C2", "did you mean “released”?"),
        (set_cell("KPIs", "C1", None), "KPIs!A1", "the column “Actual” is missing"),
        (set_cell("Cover", "B2", "PSBE Board"), "Cover!B2", "is not a known agency"),
        (set_cell("Cover", "B3", None), "Cover!B3", "has no value"),
        (set_cell("Cover", "A3", "When"), "Cover!A1", "“Period” is not found"),
    ],
)  # fmt: skip
def test_a_faulty_cell_is_one_problem_at_its_cell(
    change: Callable[[Workbook], None], where: str, said: str, tmp_path: Path
) -> None:
    _, problems = read(workbook(change), tmp_path)
    found = [p for p in problems if p.severity != "note"]
    assert [p.place for p in found] == [where], found
    assert said in str(found[0])
    assert found[0].remedy


@pytest.mark.parametrize(
    "code",
    [
        "#,##0.###", "0;-0;", "#,###", '#,##0_);(#,##0);"nil"', "[Red]0;[Blue]-0", '[=0]"";#,##0', '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
        "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0", "0.0\\,\\,", ";;;@" ,
    ],
)  # fmt: skip
def test_a_format_that_shows_the_number_as_it_stands_is_no_fault(code: str, tmp_path: Path) -> None:
    value: object = "2700" if code == ";;;@" else 2700
    filed, problems = read(workbook(formatted("KPIs", "C2", code, value)), tmp_path)
    assert [p for p in problems if p.severity != "note"] == []
    assert filed is not None
    assert filed.readings[0].value == 2700


def struck_in_part() -> Iterator[bytes]:
    """“2 500”, struck out, and “2 700” beside it: with the texts in the sheet, and in a part of their own."""
    old = TextBlock(InlineFont(strike=True), "2 500 ")
    yield workbook(set_cell("KPIs", "C2", CellRichText([old, "2 700"])))
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
        sheet = book.get_worksheet_by_name("KPIs")
        sheet.write_rich_string("C2", book.add_format({"font_strikeout": True}), "2 500 ", "2 700")
    yield made.getvalue()


@pytest.mark.parametrize("data", list(struck_in_part()), ids=["in the sheet", "in a part of their own"])
def test_a_text_of_which_a_part_is_struck_out_is_not_read_as_one_figure(data: bytes, tmp_path: Path) -> None:
    (problem,) = [p for p in read(data, tmp_path)[1] if p.severity != "note"]
    assert (problem.place, problem.what) == ("KPIs!C2", "“2 500 2 700” is struck out")


def test_faults_of_all_kinds_are_told_at_once_in_the_order_of_the_cells(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        book["KPIs"]["C3"] = "many"
        book["KPIs"]["A2"] = "interns"  # unknown
        book["Budget"]["I2"] = "nowhere"

    filed, problems = read(workbook(spoil), tmp_path)
    assert filed is None
    assert [p.place for p in problems if p.severity == "error"] == ["Budget!E2", "KPIs!A2", "KPIs!C3"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_with_each_separator_and_encoding(separator: str, encoding: str, tmp_path: Path) -> None:
    filed, problems = read(csv_text(separator).encode(encoding), tmp_path, "pseb.csv")
    plain, _ = read(workbook(), tmp_path)
    assert not [p for p in problems if p.severity == "error"]
    assert filed is not None
    assert plain is not None
    assert [r.value for r in filed.readings] == [r.value for r in plain.readings]
    assert filed.budgets[0].released[0].amount == plain.budgets[0].released[0].amount


def test_another_encoding_is_read_only_by_name(tmp_path: Path) -> None:
    data = csv_text().replace("PSEB, PSDP", "PSEB – PSDP").encode("cp1252")
    filed, (problem,) = read(data, tmp_path, "pseb.csv")
    assert filed is None
    assert "--encoding" in problem.remedy
    filed, _ = read(data, tmp_path, "pseb.csv", with_encoding(USUAL, "cp1252"))
    assert filed is not None
    assert filed.budgets[0].covers == "PSEB – PSDP"


def test_the_problem_of_a_csv_file_names_sheet_and_cell(tmp_path: Path) -> None:
    data = csv_text().replace('"79.9"', '"79,9"').encode()
    _, problems = read(data, tmp_path, "pseb.csv")
    assert [p.place for p in problems if p.severity == "error"] == ["KPIs!C13"]


@pytest.mark.parametrize(
    ("where", "file", "place"),
    [
        ("pseb.xlsx!Budget!C4", "pseb.xlsx", "Budget!C4"),
        ("2024-25-Q2/pseb!.xlsx!My KPIs!AA10", "2024-25-Q2/pseb!.xlsx", "My KPIs!AA10"),
        ("moitt.yaml:12", "moitt.yaml", "12"),
        ("a!b.yaml:3", "a!b.yaml", "3"),
        ("pseb.xlsx", "pseb.xlsx", ""),
    ],
)
def test_an_address_is_parted_into_file_and_place(where: str, file: str, place: str) -> None:
    problem = Problem(where, "", "")
    assert (problem.file, problem.place) == (file, place)


def test_problems_are_in_the_order_of_sheet_row_and_column() -> None:
    places = ["a.xlsx!B!C10", "a.xlsx!B!AA9", "a.xlsx!B!Z9", "a.xlsx!A!Z99", "a.xlsx"]
    ordered = sorted((Problem(p, "", "") for p in places), key=lambda p: p.order)
    assert [p.where for p in ordered] == places[::-1]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    filed, _ = read(codecs.BOM_UTF8 + csv_text().encode(), tmp_path, "pseb.csv")
    assert filed is not None


@pytest.mark.parametrize("name", ["pseb.csv", "pseb.yaml", "pseb.pdf"])
def test_a_workbook_by_another_name_is_told_what_it_is(name: str, tmp_path: Path) -> None:
    _, (problem,) = read(workbook(), tmp_path, name)
    assert "is a workbook" in problem.what or "is not a file of a return" in problem.what


def test_a_document_among_the_returns_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "pseb.xlsx").write_bytes(workbook())
    (tmp_path / "nitb.PDF").write_bytes(b"%PDF-1.7")
    _, problems = read_returns([tmp_path], load_registers())
    told = [p for p in problems if p.file.endswith("nitb.PDF")]
    assert [(p.severity, p.what) for p in told] == [("warning", "is not read")]


def test_a_cover_that_lists_the_sheets_is_no_table(tmp_path: Path) -> None:
    def longer(book: Workbook) -> None:
        for name in ("Remarks", "Choices", "Sources"):
            book["Cover"].append([name, "what it is for"])

    filed, problems = read(workbook(longer), tmp_path)
    assert filed is not None
    assert not [p for p in problems if p.severity == "error"]


@pytest.mark.parametrize(
    ("stage", "period", "told"),
    [
        ("released", "Jul-Dec FY2024-25", False),
        ("released", "2024-25-Q2", True),
        ("utilised", "FY 2023-24", True),
        ("utilised", "soon", True),
        ("allocation", "FY 2024-25", False),
        ("allocation", "FY 2025-26", True),
    ],
)
def test_the_money_of_a_project_counts_from_july_and_another_period_is_an_error(
    stage: str, period: str, told: bool, tmp_path: Path
) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Budget"]
        sheet["A1"], sheet["J1"], sheet["A2"], sheet["J2"] = "Project", "Covers", "e-office", None
        sheet["B2"], sheet["C2"], sheet["D2"] = period, stage, "budget" if stage == "allocation" else None

    _, problems = read(workbook(change), tmp_path)
    errors = [(p.place, p.what) for p in problems if p.severity == "error"]
    said = f"“{period}” is not the period of a project's money, which counts over 2024-07_2024-12"
    assert errors == ([("Budget!B2", said)] if told else [])


@pytest.mark.parametrize(
    ("saved", "shown"),
    [
        ("0.30000000000000004", "0.3"),
        ("6730.799999999999", "6730.8"),
        ("2243.6000000000004", "2243.6"),
        ("1.1000000000000001E-2", "0.011"),
        ("123456789012345", "123456789012345"),
        ("12345678901.2345", "12345678901.2345"),
        ("79.9", "79.9"),
        ("1e400", "inf"),
    ],
)
def test_a_number_is_read_to_the_fifteen_digits_that_excel_shows(saved: str, shown: str) -> None:
    assert exact(saved) == shown


def test_a_faulty_source_id_is_told_once_with_one_that_would_do(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["Sources"]["A2"] = "PSEB Letter"
        for cell in ("KPIs!E2", "KPIs!E3", "Budget!I2"):
            sheet, _, at = cell.partition("!")
            book[sheet][at] = "PSEB Letter"

    filed, problems = read(workbook(change), tmp_path)
    assert filed is None
    (problem,) = [p for p in problems if p.severity == "error"]
    assert problem.place == "Sources!A2"
    assert problem.remedy == "write it in small letters, digits and hyphens: “pseb-letter”"


def with_projects(book: Workbook) -> None:
    """One project under its name, an alias and its id, each in a sheet of its own."""
    sheet = book.create_sheet("Projects")
    sheet.append(["Project", "Name in the source", "Physical progress (%)", "As of", "Source"])
    sheet.append(["E-office", "E-office", "45 %", "31 December 2024", "letter"])
    dates = book.create_sheet("Project dates")
    dates.append(["Project", "Begins on", "To be completed on", "As of", "Source"])
    dates.append(["Smart Office", "1 July 2022", "30 June 2026", "31 December 2024", "letter"])
    budget = book["Budget"]
    budget["J1"] = "Project"
    for cell, value in {
        "C3": "utilised",
        "E3": 10,
        "H3": "31 December 2024",
        "I3": "letter",
        "J3": "e-office",
    }.items():
        budget[cell] = value


def test_a_project_called_by_several_of_its_names_is_one_project(tmp_path: Path) -> None:
    filed, problems = read(workbook(with_projects), tmp_path)
    assert [str(p) for p in problems if p.severity == "error"] == []
    assert filed is not None
    (project,) = filed.projects
    assert (project.project, project.reported_as) == ("e-office", "E-office")
    assert (len(project.physical), len(project.utilised), project.schedule is not None) == (1, 1, True)


def test_progress_beyond_the_whole_is_called_by_its_column(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        with_projects(book)
        book["Projects"]["C2"] = "130 %"

    _, problems = read(workbook(change), tmp_path)
    assert [(p.place, p.what) for p in problems if p.severity == "error"] == [
        ("Projects!C2", "“physical progress” is 130, above 100")
    ]
