"""Sheets to a tree: each sheet is known by its heads, each column by its head, wherever they stand."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from moitt_report.errors import Problem, shown
from moitt_report.intake.grid import Grid, Raw, named
from moitt_report.intake.reading import Fault, not_filled_in
from moitt_report.intake.shape import Row, as_tree
from moitt_report.intake.tree import Cell, Fields, Tree
from moitt_report.intake.values import Unit, read_cell, unit_of
from moitt_report.layout import COVER, COVER_LABELS, IGNORED_HEADS, OTHER_SHEETS, TABLES, Column, Table

_HEADS_WITHIN = 40
_HEADS_COMPARED = 600
_CLOSE = 0.8
_COLUMNS = frozenset(column for table in TABLES for column in table.columns)


@dataclass(slots=True)
class _Found:
    """One sheet and the table it holds: the row of heads and the column of each field."""

    grid: Grid
    table: Table
    head_row: int
    columns: dict[int, Column] = field(default_factory=dict)


@dataclass(slots=True)
class _Answers:
    """Which rows the agency has filled in, and which it has left as they came."""

    given: bool = False
    lacking: list[Problem] = field(default_factory=list)

    def problems(self, name: str) -> list[Problem]:
        """What is lacking, row by row; said once where that is all."""
        return self.lacking if self.given or len(self.lacking) < 2 else [not_filled_in(name, "warning")]


def tree_of(grids: Sequence[Grid], name: str) -> tuple[Tree | None, list[Problem]]:
    """The return that the sheets hold, and every problem of a cell, a head or a sheet."""
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


def _sort(grids: Sequence[Grid], problems: list[Problem]) -> tuple[Grid | None, list[_Found]]:
    cover: Grid | None = None
    found: list[_Found] = []
    for grid in grids:
        if _folded(grid.name) in OTHER_SHEETS or not grid.rows:
            continue
        if cover is None and _is_cover(grid):
            cover = grid
            continue
        table = _table(grid, problems)
        if table is not None and not any(f.table is table.table for f in found):
            found.append(table)
        elif table is not None:
            what = f"is a second sheet “{table.table.name}”"
            problems.append(Problem(grid.where(table.head_row, 1), what, "join the two"))
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


# --- heads --------------------------------------------------------------------------------------


def _table(grid: Grid, problems: list[Problem]) -> _Found | None:
    """The table whose heads stand in the first rows of `grid`, if there is one."""
    near_top = sorted(grid.rows)[:_HEADS_WITHIN]
    rows = {row: frozenset(_folded(cell.text) for cell in grid.rows[row].values()) for row in near_top}
    # Most heads are as in the form. Only when no row has all that a table needs, likeness is looked for: it is slow.
    best = _best(rows, grid.name, _same)
    if best is None or not best.whole:
        best = _best(_first(rows), grid.name, _alike)
    if best is None:
        return None
    found = _Found(grid, best.table, best.row)
    _match_heads(found, problems)
    return found


def _first(rows: Mapping[int, AbstractSet[str]]) -> Mapping[int, AbstractSet[str]]:
    """The first rows, up to so many cells as no form has above its figures."""
    kept: dict[int, AbstractSet[str]] = {}
    for row, heads in rows.items():
        if sum(map(len, kept.values())) + len(heads) > _HEADS_COMPARED:
            break
        kept[row] = heads
    return kept


@dataclass(frozen=True, slots=True)
class _Fit:
    """A row that may be the heads of a table: how well it fits, and whether it has all of several needed heads."""

    score: float
    whole: bool
    row: int
    table: Table


Known = Mapping[Column, float]
"""Columns that the heads of a row may name, and how alike they are."""


def _best(
    rows: Mapping[int, AbstractSet[str]], name: str, known_in: Callable[[AbstractSet[str]], Known]
) -> _Fit | None:
    fits = (
        _fit(known, row, table, name)
        for row, heads in rows.items()
        if (known := known_in(heads))
        for table in TABLES
    )
    return max((fit for fit in fits if fit), key=lambda fit: fit.score, default=None)


def _fit(known: Known, row: int, table: Table, name: str) -> _Fit | None:
    """How many heads are those of `table`, less those it lacks; None when it is not meant."""
    here = {c: known[c] for c in table.columns if c in known}
    required = sum(c.required for c in table.columns)
    given = sum(c.required for c in here)
    if given * 2 < required or len(here) < min(2, required):
        return None
    score = sum(here.values()) - 2 * (required - given) - 0.1 * (len(table.columns) - len(here))
    if _folded(name) == _folded(table.name):
        score += 1.5
    return _Fit(score, 1 < required == given, row, table) if score > 0 else None


@functools.cache
def _names(column: Column) -> frozenset[str]:
    return frozenset(_folded(name) for name in (column.head, *column.aliases))


@functools.cache
def _columns_named() -> Mapping[str, AbstractSet[Column]]:
    named: dict[str, set[Column]] = {}
    for column in _COLUMNS:
        for name in _names(column):
            named.setdefault(name, set()).add(column)
    return named


def _same(heads: AbstractSet[str]) -> Known:
    named = _columns_named()
    return {column: 1.0 for head in heads if head in named for column in named[head]}


def _alike(heads: AbstractSet[str]) -> Known:
    alike = {c: max((_likeness(head, c) for head in heads), default=0.0) for c in _COLUMNS}
    return {column: likeness for column, likeness in alike.items() if likeness >= _CLOSE}


@functools.lru_cache(maxsize=20_000)
def _likeness(head: str, column: Column) -> float:
    names = _names(column)
    if head in names:
        return 1.0
    # The bound of difflib's real_quick_ratio, without making anything.
    near = [n for n in names if 2 * min(len(n), len(head)) >= _CLOSE * (len(n) + len(head))]
    return max((SequenceMatcher(None, head, name).ratio() for name in near), default=0.0)


def _match_heads(found: _Found, problems: list[Problem]) -> None:
    grid, row = found.grid, found.grid.rows[found.head_row]
    free = list(found.table.columns)
    for n, cell in row.items():
        same = next((c for c in free if _folded(cell.text) in _names(c)), None)
        if same is not None:
            found.columns[n] = same
            free.remove(same)
    others = {n: cell for n, cell in row.items() if n not in found.columns}
    alike = [
        (likeness, -n, -i)
        for n, cell in others.items()
        for i, c in enumerate(free)
        if (likeness := _likeness(_folded(cell.text), c)) >= _CLOSE
    ]
    left = tuple(free)
    for _, n, i in sorted(alike, reverse=True):
        if -n not in found.columns and left[-i] in free:
            found.columns[-n] = left[-i]
            free.remove(left[-i])
            what = f"the head “{shown(row[-n].text)}” is read as “{left[-i].head}”"
            problems.append(Problem(row[-n].where, what, f"write “{left[-i].head}”", "note"))
    for n, cell in row.items():
        if n not in found.columns:
            problems += _unknown_head(found, n, cell)
    where = grid.where(found.head_row, min(row))
    problems += [
        Problem(where, f"the column “{column.head}” is missing", "add it, or use the form again")
        for column in free
        if column.required
    ]


def _unknown_head(found: _Found, column: int, cell: Raw) -> list[Problem]:
    folded = _folded(cell.text)
    if folded in IGNORED_HEADS:
        return []
    twice = [c for c in found.columns.values() if _likeness(folded, c) == 1]
    if twice:
        return [
            Problem(cell.where, f"the head “{shown(cell.text)}” stands here twice", "keep one of the two")
        ]
    filled = any(column in row for n, row in found.grid.rows.items() if n > found.head_row)
    what = f"the column “{shown(cell.text)}” is not known; it is not read"
    return [Problem(cell.where, what, "remove it, or correct its head", "warning")] if filled else []


def _folded(text: str) -> str:
    """A head without its unit, its case and its marks."""
    return _bare(text[:200])


@functools.lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    bare = text.partition("(")[0] or text
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())[:80]


# --- what stands in the way ---------------------------------------------------------------------


def _in_the_way(found: _Found) -> Iterator[Problem]:
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


def _rows(found: _Found, problems: list[Problem], answers: _Answers) -> Iterator[Row]:
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
            answers.lacking.append(_unanswered(grid.where(number, min(wanted)), cells))
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


def _unanswered(where: str, cells: dict[int, Raw]) -> Problem:
    about = next((shown(cells[n].text) for n in sorted(cells)), "")
    what = f"nothing is filled in for “{about}”"
    remedy = "fill in the row, or say why there is no figure: not reported, not yet due, not applicable"
    return Problem(where, what, remedy, "warning")


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
    folded = _folded(cell.text)
    return next((f for f, labels in COVER_LABELS.items() if folded in map(_folded, labels)), None)


def _cover(grid: Grid | None, name: str, problems: list[Problem]) -> Fields:
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
