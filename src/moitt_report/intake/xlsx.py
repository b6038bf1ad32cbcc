"""Workbooks: looked at as an archive first, then read twice, for values and for formulas.

Nothing is calculated, followed or run.
"""

import datetime as dt
import io
import warnings
from decimal import Decimal
from typing import Any

import defusedxml  # noqa: F401  openpyxl refuses entities only when it finds this
import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from moitt_report.errors import Problem
from moitt_report.intake.grid import CellKind, Grid, Raw
from moitt_report.intake.manner import Manner
from moitt_report.intake.preflight import preflight


def read_xlsx(raw: bytes, name: str, manner: Manner) -> tuple[list[Grid], list[Problem]]:
    """The sheets of the workbook `raw`, and every reason why it cannot be opened."""
    problems = preflight(raw, name, manner)
    if any(p.severity == "error" for p in problems):
        return [], problems
    try:
        values, formulas = open_workbook(raw, values=True), open_workbook(raw, values=False)
        grids = [
            _grid(formulas[title], values[title], name, values.epoch == CALENDAR_MAC_1904)
            for title in formulas.sheetnames
            if isinstance(formulas[title], Worksheet)
        ]
    except Exception as fault:  # noqa: BLE001  openpyxl raises anything on a broken file
        what = f"cannot be read as a workbook ({type(fault).__name__})"
        return [], [*problems, Problem(name, what, "open it in Excel and save it again as .xlsx")]
    return grids, [*problems, *_too_long(grids, manner)]


def open_workbook(raw: bytes, *, values: bool) -> openpyxl.Workbook:
    """The workbook `raw`, which has passed the preflight, with its values or with its formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out, nothing is read by us
        return openpyxl.load_workbook(io.BytesIO(raw), data_only=values, keep_links=False, keep_vba=False)


def _too_long(grids: list[Grid], manner: Manner) -> list[Problem]:
    return [
        Problem(
            cell.where, f"holds {len(cell.text):,} characters", f"shorten it to {manner.cell_characters:,}"
        )
        for grid in grids
        for row in grid.rows.values()
        for cell in row.values()
        if len(cell.text) > manner.cell_characters
    ]


def _grid(sheet: Worksheet, values: Worksheet, file: str, mac: bool) -> Grid:
    rows: dict[int, dict[int, Raw]] = {}
    grid = Grid(
        sheet.title,
        file,
        rows,
        frozenset(n for n, d in sheet.row_dimensions.items() if d.hidden),
        _hidden_columns(sheet),
        sheet.sheet_state != "visible",
        tuple((r.min_row, r.max_row, r.min_col, r.max_col, r.coord) for r in sheet.merged_cells.ranges),
        mac,
    )
    # The cells themselves, never a rectangle around them: one far cell would make it endless.
    for (row, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001
        found = _raw(cell, values._cells.get((row, column)), grid.where(row, column))  # noqa: SLF001
        if found is not None and (found.text.strip() or found.kind != "typed"):
            rows.setdefault(row, {})[column] = found
    return grid


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden |= set(range(dimension.min, min(dimension.max, 300) + 1))
    return frozenset(hidden)


def _raw(cell: Any, valued: Any, where: str) -> Raw | None:
    if cell.value is None:
        return None
    formula = cell.data_type == "f"
    if formula and (valued is None or valued.value is None):
        return Raw("", "uncached", where, formula=True)
    text, kind = _content(valued if formula else cell)
    return Raw(text, kind, where, formula)


def _content(cell: Any) -> tuple[str, CellKind]:
    value = cell.value
    match value:
        case bool():
            return str(value).upper(), "typed"
        case int() | float() if cell.data_type != "e":
            return exact(value), "share" if "%" in str(cell.number_format) else "number"
        case dt.datetime():
            whole = value.time() == dt.time()
            return value.date().isoformat() if whole else value.isoformat(" ", "minutes"), (
                "date" if whole else "moment"
            )
        case dt.date():
            return value.isoformat(), "date"
        case dt.time() | dt.timedelta():
            return str(value), "moment"
        case _:
            return str(value), "error" if cell.data_type == "e" else "typed"


def exact(value: float) -> str:
    """The digits Excel shows for a number it keeps: the shortest that give the same number back."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    return format(number.normalize(), "f") if abs(number.adjusted()) < 40 else str(number)
