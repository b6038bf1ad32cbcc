"""Which table a sheet holds, and which column is which: known by their heads, wherever they stand."""

import functools
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from moitt_report.errors import Problem, shown
from moitt_report.intake.grid import Grid, Raw
from moitt_report.layout import IGNORED_HEADS, TABLES, Column, Table

_HEADS_WITHIN = 40
"""In how many of the first rows heads are looked for."""
_HEADS_COMPARED = 600
"""How many cells are compared by likeness: more than any form has above its figures."""
_CLOSE = 0.8
"""How alike a head must be to the one of the form, from 0 to 1."""
_LACKING = 0.1
"""What each lacking column takes from the score of a table."""
_NEEDED = 2
"""What it takes besides when the table cannot do without it."""
_SHEET_NAME = 1.5
"""What the name of the sheet adds to the score of the table it names."""
_COLUMNS = frozenset(column for table in TABLES for column in table.columns)


@dataclass(slots=True)
class Found:
    """One sheet and the table it holds: the row of heads and the column of each field."""

    grid: Grid
    table: Table
    head_row: int
    columns: dict[int, Column] = field(default_factory=dict)


def find_table(grid: Grid, problems: list[Problem]) -> Found | None:
    """The table whose heads stand in the first rows of `grid`, if there is one.

    What is amiss with its heads is added to `problems`.
    """
    near_top = sorted(grid.rows)[:_HEADS_WITHIN]
    rows = {row: frozenset(folded(cell.text) for cell in grid.rows[row].values()) for row in near_top}
    # Most heads are as in the form. Only when no row has all that a table needs, likeness is looked for: it is slow.
    best = _best(rows, grid.name, _same)
    if best is None or not best.whole:
        best = _best(_first(rows), grid.name, _alike)
    if best is None:
        return None
    found = Found(grid, best.table, best.row)
    _match_heads(found, problems)
    return found


def _first(rows: Mapping[int, AbstractSet[str]]) -> Mapping[int, AbstractSet[str]]:
    """The first of `rows`, as long as they have no more cells than are compared by likeness."""
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


_Known = Mapping[Column, float]
"""Columns that the heads of a row may name, and how alike they are."""


def _best(
    rows: Mapping[int, AbstractSet[str]], name: str, known_in: Callable[[AbstractSet[str]], _Known]
) -> _Fit | None:
    fits = (
        _fit(known, row, table, name)
        for row, heads in rows.items()
        if (known := known_in(heads))
        for table in TABLES
    )
    return max((fit for fit in fits if fit), key=lambda fit: fit.score, default=None)


def _fit(known: _Known, row: int, table: Table, name: str) -> _Fit | None:
    """How many heads are those of `table`, less what the columns it lacks count; None when it is not meant."""
    here = {c: known[c] for c in table.columns if c in known}
    required = sum(c.required for c in table.columns)
    given = sum(c.required for c in here)
    if given * 2 < required or len(here) < min(2, required):
        return None
    score = sum(here.values()) - _NEEDED * (required - given) - _LACKING * (len(table.columns) - len(here))
    if folded(name) == folded(table.name):
        score += _SHEET_NAME
    return _Fit(score, 1 < required == given, row, table) if score > 0 else None


@functools.cache
def _names(column: Column) -> frozenset[str]:
    return frozenset(folded(name) for name in (column.head, *column.aliases))


@functools.cache
def _columns_named() -> Mapping[str, AbstractSet[Column]]:
    named: dict[str, set[Column]] = {}
    for column in _COLUMNS:
        for name in _names(column):
            named.setdefault(name, set()).add(column)
    return named


def _same(heads: AbstractSet[str]) -> _Known:
    """The columns that some of `heads` name exactly."""
    named = _columns_named()
    return {column: 1.0 for head in heads if head in named for column in named[head]}


def _alike(heads: AbstractSet[str]) -> _Known:
    """The columns that some of `heads` may name, exactly or nearly."""
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


def _match_heads(found: Found, problems: list[Problem]) -> None:
    """Fill in the columns of `found`: those named exactly first, then by likeness, the most alike first."""
    grid, row = found.grid, found.grid.rows[found.head_row]
    free = list(found.table.columns)
    for n, cell in row.items():
        same = next((c for c in free if folded(cell.text) in _names(c)), None)
        if same is not None:
            found.columns[n] = same
            free.remove(same)
    others = {n: cell for n, cell in row.items() if n not in found.columns}
    alike = [
        (likeness, -n, -i)
        for n, cell in others.items()
        for i, c in enumerate(free)
        if (likeness := _likeness(folded(cell.text), c)) >= _CLOSE
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


def _unknown_head(found: Found, column: int, cell: Raw) -> list[Problem]:
    head = folded(cell.text)
    if head in IGNORED_HEADS:
        return []
    twice = [c for c in found.columns.values() if _likeness(head, c) == 1]
    if twice:
        return [
            Problem(cell.where, f"the head “{shown(cell.text)}” stands here twice", "keep one of the two")
        ]
    filled = any(column in row for n, row in found.grid.rows.items() if n > found.head_row)
    what = f"the column “{shown(cell.text)}” is not known; it is not read"
    return [Problem(cell.where, what, "remove it, or correct its head", "warning")] if filled else []


def folded(text: str) -> str:
    """A head, a label or a name as it is compared: without its unit, its case and its marks."""
    return _bare(text[:200])


@functools.lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    bare = text.partition("(")[0] or text
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())[:80]
