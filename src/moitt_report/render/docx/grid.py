"""The columns of Word's grid: as wide as their figures need. A column of the table whose cells have bars takes two,
the bar's and the number's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moitt_report.brief.content import Cell, Row, Table, plain
from moitt_report.render.docx.markup import (
    FLUSH_LEFT,
    MOST_GRID_COLUMNS,
    TWIPS_PER_POINT,
    cell,
    margin,
    mm,
    shares,
    twips,
)
from moitt_report.render.docx.measure import width_of
from moitt_report.render.theme import Theme
from moitt_report.render.widths import Want, fitted, floor_of

TRACK = mm(10)
"""The length of a bar that says 100 per cent."""
_CELL_MARGIN, _AFTER_FIGURES = 5.0, 7.5
"""The left margin of a cell by its style, and where words follow figures, in points."""
_MARK = 11.0
"""A status mark and the space after it."""
_BESIDE_BAR = 6.0
"""The room between a bar and its number."""
_FIGURE = 80.0
"""Figures are not broken, up to this width: “over 185,000” stands on one line."""
_SLACK = 1.0
"""What Word may need beyond what was measured."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How wide the columns of the grid are, and to which columns of the table they belong."""

    widths: tuple[int, ...]
    starts: tuple[int, ...]
    """For each column of the table the first of its grid columns; one more for the end."""
    barred: frozenset[int]
    margins: dict[int, str]
    """The left margins that differ from the style's: none at the edge of the text block, more
    where words follow figures."""
    stub: int
    """The column that heads the rows."""

    def boxed(
        self, at: int, span: int, content: str, *, borders: str = "", fill: str = "", align: str = ""
    ) -> str:
        """A cell over `span` columns of the table from `at`; the first stands flush with the text block.

        The words of one over serial number and stub begin where the stub does.
        """
        first, last = self.starts[at], self.starts[at + span]
        return cell(
            sum(self.widths[first:last]),
            content,
            span=last - first,
            borders=borders,
            fill=fill,
            margins=self._set_in(at) if at < self.stub < at + span else self.margins.get(at, ""),
            align=align,
        )

    def _set_in(self, at: int) -> str:
        before = sum(self.widths[self.starts[at] : self.starts[self.stub]])
        return margin("left", before + twips(_CELL_MARGIN))


def grid_of(table: Table, width: int, theme: Theme) -> Grid:
    """Column widths that fill `width`; bars are left out where Word has no room for their columns."""
    size = theme.styles[f"table_{table.size}"].size
    columns = shares(_fitted(table, width / TWIPS_PER_POINT, theme), width)
    numbers = _beside_bars(table, size)
    barred = {n for n, number in numbers.items() if columns[n] >= TRACK + twips(_CELL_MARGIN) + number}
    if len(columns) + len(barred) > MOST_GRID_COLUMNS:
        barred = set()
    widths: list[int] = []
    starts = [0]
    for n, column in enumerate(columns):
        widths += [column - numbers[n], numbers[n]] if n in barred else [column]
        starts.append(len(widths))
    return Grid(tuple(widths), tuple(starts), frozenset(barred), _margins(table), table.stub)


def placed(item: Row) -> Iterator[tuple[int, Cell]]:
    """The cells of a row with the column at which each begins."""
    at = 0
    for each in item.cells:
        yield at, each
        at += each.span


def _fitted(table: Table, width: float, theme: Theme) -> list[float]:
    """The widths of the columns of the table, in points."""
    size, head = theme.styles[f"table_{table.size}"].size, theme.styles["table_head"].size
    proportion = width / sum(column.width for column in table.columns)
    wants = []
    for n, (column, words) in enumerate(zip(table.columns, _words(table), strict=True)):
        pad = _pad(table, n)
        figures = column.align == "right"
        widest = _widest(words, size, figures=figures) + _beside(table, n)
        need = max(widest, _widest([plain(column.head)], head)) + pad + _SLACK
        wants.append(Want(column.width * proportion, need, floor_of(need, pad, figures=figures), figures))
    return fitted(wants, width)


def _words(table: Table) -> list[list[str]]:
    """What the cells of each column say; those over several columns can wrap and need no room of their own."""
    found: list[list[str]] = [[] for _ in table.columns]
    for item in table.rows:
        for at, each in placed(item):
            if each.span == 1:
                found[at].append(plain(each.runs))
    return found


def _beside(table: Table, column: int) -> float:
    """The room that a column needs besides its words: for bars, for status marks."""
    cells = [each for item in table.rows for at, each in placed(item) if at == column and each.span == 1]
    bars = any(each.bar is not None for each in cells)
    marks = any(each.tone is not None for each in cells)
    return (TRACK / TWIPS_PER_POINT + _BESIDE_BAR) * bars + _MARK * marks


def _widest(words: Iterable[str], size: float, *, figures: bool = False) -> float:
    """The width of the widest of `words` that Word does not break."""
    widest = 0.0
    for each in words:
        whole = width_of(each, size)
        if not figures or whole > _FIGURE:
            whole = max(width_of(part, size) for part in each.split(" "))
        widest = max(widest, whole)
    return widest


def _pad(table: Table, column: int) -> float:
    """The left margin: none at the edge of the text block, more where words follow figures."""
    if column == 0:
        return 0.0
    sides = (table.columns[column - 1].align, table.columns[column].align)
    return _AFTER_FIGURES if sides == ("right", "left") else _CELL_MARGIN


def _margins(table: Table) -> dict[int, str]:
    pads = {n: _pad(table, n) for n in range(1, len(table.columns))}
    return {n: margin("left", twips(pad)) for n, pad in pads.items() if pad != _CELL_MARGIN} | {0: FLUSH_LEFT}


def _beside_bars(table: Table, size: float) -> dict[int, int]:
    """The columns that have bars, each with the room that its longest number needs."""
    # Most tables have none; Pydantic's own access to a field takes three times as long.
    if not any(each.__dict__["bar"] for item in table.rows for each in item.cells):
        return {}
    found: set[int] = set()
    longest: dict[int, float] = {}
    for item in table.rows:
        for at, each in placed(item):
            if each.span == 1:
                longest[at] = max(longest.get(at, 0), width_of(plain(each.runs), size))
                if each.bar is not None:
                    found.add(at)
    return {at: twips(longest[at] + _BESIDE_BAR) for at in found}
