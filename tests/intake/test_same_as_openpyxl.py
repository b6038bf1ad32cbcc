"""Our reader of workbooks beside openpyxl, cell by cell: the same text, the same kind, the same marks."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook as Writer

from moitt_report.intake.files import USUAL
from moitt_report.intake.grid import Grid
from moitt_report.intake.sheet_xml import exact
from moitt_report.intake.xlsx import read_xlsx
from moitt_report.pipeline.form import form
from sheets import without, workbook

Marks = tuple[object, ...]
Cells = dict[tuple[int, int], tuple[str, str, bool]]


def ours(data: bytes) -> dict[str, tuple[Cells, Marks]]:
    grids, problems = read_xlsx(data, "a.xlsx", USUAL)
    assert not [p for p in problems if p.severity == "error"], problems
    return {grid.name: (cells(grid), marks(grid)) for grid in grids}


def cells(grid: Grid) -> Cells:
    return {
        (r, c): (cell.text, cell.kind, cell.formula)
        for r, row in grid.rows.items()
        for c, cell in row.items()
    }


def marks(grid: Grid) -> Marks:
    return grid.hidden_rows, grid.hidden_columns, grid.hidden, sorted(grid.merged), grid.epoch_1904


def theirs(data: bytes) -> dict[str, tuple[Cells, Marks]]:
    """openpyxl in full mode, twice: for values and for formulas."""
    formulas, values = (
        openpyxl.load_workbook(io.BytesIO(data)),
        openpyxl.load_workbook(io.BytesIO(data), data_only=True),
    )
    mac = values.epoch == CALENDAR_MAC_1904
    return {s.title: (their_cells(s, values[s.title]), their_marks(s, mac)) for s in formulas.worksheets}


def their_marks(sheet: Worksheet, mac: bool) -> Marks:
    columns = {
        n
        for d in sheet.column_dimensions.values()
        if d.hidden and d.min
        for n in range(d.min, min(d.max, 200) + 1)
    }
    merged = [(r.min_row, r.max_row, r.min_col, r.max_col, r.coord) for r in sheet.merged_cells.ranges]
    rows = frozenset(n for n, d in sheet.row_dimensions.items() if d.hidden)
    return rows, frozenset(columns), sheet.sheet_state != "visible", sorted(merged), mac


def their_cells(sheet: Worksheet, values: Worksheet) -> Cells:
    found = {}
    for place, cell in sheet._cells.items():
        formula = cell.data_type == "f"
        valued = values._cells[place] if formula else cell
        text, kind = their_content(valued) if valued.value is not None else ("", "uncached")
        if cell.value is not None and (kind != "typed" or text.strip()):
            found[place] = (text, kind, formula)
    return found


def their_content(cell: Any) -> tuple[str, str]:
    value = cell.value
    match value:
        case bool():
            return str(value).upper(), "typed"
        case int() | float():
            return exact(repr(value)), "share" if "%" in cell.number_format else "number"
        case dt.datetime():
            whole = value.time() == dt.time()
            return (
                (value.date().isoformat(), "date") if whole else (value.isoformat(" ", "minutes"), "moment")
            )
        case dt.time():
            return str(dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)), "moment"
        case dt.timedelta():
            return str(value), "moment"
        case _:
            return str(value), "error" if cell.data_type == "e" else "typed"


VALUES = [
    0, 1, -5, 2700, 79.9, 0.1 + 0.2, 1e-9, True, False, " spaced ", "1.234",
    "#REF!", "#N/A", dt.date(2025, 3, 31), dt.datetime(2025, 3, 31, 9, 30), dt.time(9, 30), dt.timedelta(hours=30),  # noqa: DTZ001
    "پروجیکٹ", "two\nlines", "=1+1", None,
]  # fmt: skip
FORMATS = [
    "General",
    "0.00",
    "0%",
    "0.0 %",
    "d mmmm yyyy",
    "[h]:mm:ss",
    "@",
    '0 "days"',
    "[Red]0",
    "#,##0;(#,##0)",
    "dd/mm/yyyy",
]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    values=st.lists(st.sampled_from(VALUES) | st.integers(0, 560_000).map(lambda n: n / 8), max_size=30),
    formats=st.lists(st.sampled_from(FORMATS), min_size=1, max_size=5),
    mac=st.booleans(),
)
def test_any_values_in_any_formats_are_read_alike(
    values: list[object], formats: list[str], mac: bool
) -> None:
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for n, value in enumerate(values):
        cell = book.active.cell(n // 4 + 2, n % 4 + 2, value)
        if (
            isinstance(value, int | float) and value >= 0
        ):  # Excel has no day below zero; openpyxl makes one up
            cell.number_format = formats[n % len(formats)]
    made = io.BytesIO()
    book.save(made)
    assert ours(made.getvalue()) == theirs(made.getvalue())


def change(book: openpyxl.Workbook) -> None:
    sheet = book["KPIs"]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("D2:E3")
    book["Budget"].sheet_state = "veryHidden"


def written_by_xlsxwriter() -> bytes:
    made = io.BytesIO()
    book = Writer(made, {"in_memory": True})
    sheet = book.add_worksheet("KPIs")
    sheet.write_row(0, 0, ["KPI", "Period", "Actual"])
    sheet.write_formula(1, 0, "=A1", value="KPI")
    sheet.write_formula(2, 0, "=1/0", value="#DIV/0!")
    sheet.write_formula(3, 0, "=1+1", value=2)
    sheet.write_array_formula(4, 0, 5, 0, "{=ROW(1:2)}", value=1)
    sheet.write_rich_string(6, 0, book.add_format({"bold": True}), "bold", " and plain")
    sheet.write_boolean(7, 0, True)
    sheet.write_comment(8, 0, "no value of a cell")
    book.close()
    return made.getvalue()


@pytest.mark.parametrize(
    "make", [workbook, lambda: workbook(change), written_by_xlsxwriter], ids=["sound", "marked", "xlsxwriter"]
)
def test_whole_workbooks_are_read_alike(make: Callable[[], bytes]) -> None:
    data = make()
    assert ours(data) == theirs(data)


def test_where_openpyxl_differs_we_read_what_excel_shows() -> None:
    """A character written by its number; a day after the last one of Excel; a formula whose value is no text at all."""
    made = io.BytesIO()
    book = Writer(made, {"in_memory": True})
    sheet = book.add_worksheet("A")
    sheet.write_string(0, 0, "_x0041_ stays")  # escaped by its writer, as Excel does
    sheet.write_string(1, 0, "carriage\rreturn")
    sheet.write_number(2, 0, 1e21, book.add_format({"num_format": "d mmmm yyyy"}))
    sheet.write_formula(3, 0, '=""', value="")
    book.close()
    data = without(  # as Excel itself saves a formula that gives no text
        made.getvalue(),
        part="xl/worksheets/sheet1.xml",
        change=lambda xml: xml.replace(b'r="A4"', b'r="A4" t="str"'),
    )
    (grid,), _ = read_xlsx(data, "a.xlsx", USUAL)
    found = {row: (line[1].text, line[1].kind) for row, line in grid.rows.items()}
    assert found == {1: ("_x0041_ stays", "typed"), 2: ("carriage\rreturn", "typed"), 3: ("####", "error")}


@pytest.mark.parametrize("agency", ["pseb", "moitt", "sco"])
def test_our_forms_are_read_alike(agency: str, tmp_path: Path) -> None:
    data = form(agency, "2024-25-Q3", previous="2024-25-Q2", out=tmp_path)[0].read_bytes()
    assert ours(data) == theirs(data)
