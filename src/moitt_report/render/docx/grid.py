"""The columns of Word's grid: a column of the table whose cells have bars takes two, the bar's and the number's."""

from collections.abc import Iterator
from dataclasses import dataclass

from moitt_report.brief.content import Cell, Row, Table, plain
from moitt_report.render.docx.markup import FLUSH_LEFT, MOST_GRID_COLUMNS, cell, margin, mm, shares, twips
from moitt_report.render.docx.measure import width_of

TRACK = mm(10)
"""The length of a bar that says 100 per cent."""
_FIGURE_SIZE = 9.5
_CELL_MARGIN = 5
"""The left margin of a cell by its style, in points."""


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


def grid_of(table: Table, width: int) -> Grid:
    """Column widths scaled to `width`; bars are left out where Word has no room for their columns."""
    columns = shares([column.width for column in table.columns], width)
    numbers = _beside_bars(table)
    barred = {n for n, number in numbers.items() if columns[n] >= TRACK + twips(5) + number}
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


def _margins(table: Table) -> dict[int, str]:
    sides = [column.align for column in table.columns]
    after_figures = {
        n: margin("left", twips(7.5))
        for n in range(1, len(sides))
        if sides[n] == "left" and sides[n - 1] == "right"
    }
    return after_figures | {0: FLUSH_LEFT}


def _has_bars(table: Table) -> bool:
    # Plain loops: a generator takes twice as long over a long table, and most tables have no bar.
    for item in table.rows:
        for each in item.cells:
            if each.bar:
                return True
    return False


def _beside_bars(table: Table) -> dict[int, int]:
    """The columns that have bars, each with the room that its longest number needs."""
    if not _has_bars(table):
        return {}
    found: set[int] = set()
    longest: dict[int, float] = {}
    for item in table.rows:
        for at, each in placed(item):
            if each.span == 1:
                longest[at] = max(longest.get(at, 0), width_of(plain(each.runs), _FIGURE_SIZE))
                if each.bar is not None:
                    found.add(at)
    return {at: twips(longest[at] + 6) for at in found}
