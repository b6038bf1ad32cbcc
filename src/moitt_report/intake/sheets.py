"""Sheets to a tree: the cover, and the rows of each table below its heads."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moitt_report.errors import Problem, shown
from moitt_report.intake.grid import Grid, Raw, named
from moitt_report.intake.heads import Found, find_table, folded
from moitt_report.intake.reading import Blank, Fault, left_blank, not_filled_in
from moitt_report.intake.shape import Row, as_tree
from moitt_report.intake.tree import Cell, Fields, Tree
from moitt_report.intake.units import Unit, unit_of
from moitt_report.intake.values import read_cell
from moitt_report.layout import COVER, COVER_LABELS, OTHER_SHEETS, Column


@dataclass(slots=True)
class _Answers:
    """Which rows the agency has filled in, and which it has left as they came."""

    given: bool = False
    lacking: list[Blank] = field(default_factory=list)

    def problems(self, name: str) -> list[Problem]:
        """What is lacking, said once for the whole file."""
        if self.given or len(self.lacking) < 2:
            return left_blank(self.lacking, _FILL_IN, "warning")
        return [not_filled_in(name, "warning", self.lacking)]


_FILL_IN = "fill in the row, or say why there is no figure: not reported, not yet due, not applicable"
_ABOUT = ("project", "covers", "kpi")
"""The fields that say whose figure a row asks for."""


def tree_of(grids: Sequence[Grid], name: str) -> tuple[Tree | None, list[Problem]]:
    """The return that the sheets hold, and every problem of a cell, a head or a sheet.

    `name` is the file's name in addresses. The tree is None when no sheet is one of a return.
    """
    problems: list[Problem] = []
    cover, found = _sort(grids, problems)
    if cover is None and not found:
        remedy = "use the form: moitt-report form AGENCY --period 2024-25-Q3"
        return None, [*problems, Problem(name, "holds no sheet of a return", remedy)]
    top = _cover(cover, name, problems)
    rows: dict[str, list[Row]] = {}
    answers = _Answers()
    for sheet in found:
        problems += _in_the_way(sheet)
        rows.setdefault(sheet.table.name, []).extend(_rows(sheet, problems, answers))
    problems += answers.problems(name)
    return as_tree(top, rows, name, problems), problems


def _sort(grids: Sequence[Grid], problems: list[Problem]) -> tuple[Grid | None, list[Found]]:
    """The sheet that is the cover, and those that hold a table; a warning of each that is neither."""
    cover: Grid | None = None
    found: list[Found] = []
    for grid in grids:
        if folded(grid.name) in OTHER_SHEETS or not grid.rows:
            continue
        if cover is None and _is_cover(grid):
            cover = grid
            continue
        sheet = find_table(grid, problems)
        if sheet is not None and not any(f.table is sheet.table for f in found):
            found.append(sheet)
        elif sheet is not None:
            what = f"is a second sheet “{sheet.table.name}”"
            problems.append(Problem(grid.where(sheet.head_row, 1), what, "join the two"))
        elif cover is None and any(_label(cell) for row in grid.rows.values() for cell in row.values()):
            cover = grid
        else:
            first = min(grid.rows)
            what = f"the sheet “{shown(grid.name)}” is not one of a return; it is not read"
            where = grid.where(first, min(grid.rows[first]))
            problems.append(Problem(where, what, "remove it, or give it the heads of the form", "warning"))
    return cover, found


def _is_cover(grid: Grid) -> bool:
    """Whether the labels of a cover stand below each other; in a table heads stand side by side."""
    rows = {label: n for n, row in grid.rows.items() for cell in row.values() if (label := _label(cell))}
    return len(set(rows.values())) == len(COVER_LABELS)


# --- what stands in the way ---------------------------------------------------------------------


def _in_the_way(found: Found) -> Iterator[Problem]:
    """What hides figures of a table or leaves their place unclear: hidden sheets, rows and columns, merged cells."""
    grid, first = found.grid, found.head_row
    below = [n for n in grid.rows if n >= first]
    if grid.hidden:
        yield Problem(grid.where(first, 1), "the sheet is hidden", "unhide it, or delete it")
    for n in below:
        if n in grid.hidden_rows:
            where = grid.where(n, min(grid.rows[n]))
            yield Problem(where, f"row {n} is hidden", "unhide it, or delete it")
    for n in sorted(found.columns):
        if n in grid.hidden_columns:
            where = grid.where(first, n)
            yield Problem(where, f"the column “{found.columns[n].head}” is hidden", "unhide it")
    for begin, end, _, _, coord in grid.merged:
        if end >= first and begin <= max(below):
            where = f"{grid.file}!{named(grid.name)}!{coord.partition(':')[0]}"
            yield Problem(where, f"the cells {coord} are merged", "unmerge them and fill in each cell")


# --- rows ---------------------------------------------------------------------------------------


def _rows(found: Found, problems: list[Problem], answers: _Answers) -> Iterator[Row]:
    """The rows below the heads in which the agency has answered; of projects, all rows."""
    grid = found.grid
    units = {n: unit_of(grid.rows[found.head_row][n].text) for n in found.columns}
    missing = [c for c in found.table.columns if c.required and c not in found.columns.values()]
    wanted = {n for n, c in found.columns.items() if c.answer and c.field not in {"as_of", "source"}}
    places = {c.field: n for n, c in found.columns.items()}
    keys = {field: grid.where(found.head_row, n) for field, n in places.items()}
    for number in sorted(n for n in grid.rows if n > found.head_row):
        cells = {n: cell for n, cell in grid.rows[number].items() if n in found.columns}
        if not cells:
            continue
        first = grid.where(number, min(found.columns))
        if wanted.isdisjoint(cells) and wanted:
            about = next((cells[places[f]] for f in _ABOUT if places.get(f) in cells), cells[min(cells)])
            answers.lacking.append(Blank(about.text, grid.where(number, min(wanted))))
            if found.table.name != "Projects":
                continue
        else:
            answers.given = True
        values: dict[str, Tree] = {}
        at = functools.partial(_at, grid, number, places, first)
        for n, column in sorted(found.columns.items()):
            if n in cells:
                values[column.field] = _cell(cells[n], column, units[n], grid, problems)
            elif column.required:
                values[column.field] = Cell(None, grid.where(number, n), told=grid.is_merged(number, n))
        for column in missing:
            values[column.field] = Cell(None, first, told=True)
        yield Row(values, keys, at, first)


def _at(grid: Grid, number: int, places: Mapping[str, int], otherwise: str, field: str) -> str:
    return grid.where(number, places[field]) if field in places else otherwise


def _cell(raw: Raw, column: Column, unit: Unit, grid: Grid, problems: list[Problem]) -> Cell:
    try:
        read = read_cell(raw, column, unit, epoch_1904=grid.epoch_1904)
    except Fault as fault:
        problems.append(Problem(raw.where, fault.what, fault.remedy))
        return Cell(None, raw.where, told=True)
    if read.remark:
        problems.append(Problem(raw.where, read.remark, "correct it if that is not meant", read.severity))
    return Cell(read.text, raw.where)


# --- the cover ----------------------------------------------------------------------------------


def _label(cell: Raw) -> str | None:
    """The field of the cover that the cell is the label of."""
    said = folded(cell.text)
    return next((f for f, labels in COVER_LABELS.items() if said in map(folded, labels)), None)


def _cover(grid: Grid | None, name: str, problems: list[Problem]) -> Fields:
    """The fields of the cover, each read from the next filled cell right of its label."""
    values: dict[str, Tree] = {}
    keys: dict[str, str] = {}
    where = name if grid is None else grid.where(1, 1)
    for number, row in sorted(grid.rows.items()) if grid else []:
        for n, cell in sorted(row.items()):
            label = _label(cell)
            if grid is None or label is None or label in values:
                continue
            at = min((m for m in row if m > n), default=n + 1)
            keys[label] = cell.where
            values[label] = (
                _cell(row[at], Column(label, label, "name"), Unit(), grid, problems)
                if at in row
                else Cell(None, grid.where(number, at))
            )
    for label in COVER_LABELS:
        if label not in values:
            what = f"“{COVER_LABELS[label][0]}” is not found on the sheet {COVER}"
            problems.append(Problem(where, what, "write it, with its value in the next cell"))
            values[label] = Cell(None, where, told=True)
    return Fields(values, keys, where)
