"""Tables of data: grouped and repeated heads, rules by the kind of row, bars in cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief.content import Cell, Column, Row, Table, plain
from moitt_report.render.docx.caption import above, below, spoken_title
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.inline import BOLD_PLACE, inline
from moitt_report.render.docx.markup import (
    FLUSH_LEFT,
    MOST_GRID_COLUMNS,
    TAB,
    cell,
    data_table,
    edge,
    margin,
    mm,
    para,
    row,
    run,
    shares,
    twips,
)
from moitt_report.render.docx.measure import width_of
from moitt_report.render.docx.shorten import cut
from moitt_report.render.docx.split import parts_of

KEPT_WHOLE = 12
"""Tables with no more rows stay on one page."""

_TRACK = mm(10)
_FIGURE_SIZE = 9.5
_MARKS = {
    "good": ("\u25cf", "MarkGood"),
    "watch": ("\u25b2", "MarkWatch"),
    "bad": ("\u25a0", "MarkBad"),
    "open": ("\u25cb", "MarkOpen"),
    "none": ("\u2013", "MarkNone"),
}
_FACES = {"body": "", "subtotal": "Strong", "total": "Strong", "comparison": "Muted",
          "later": "Emphasis"}  # fmt: skip
_KEEP = "<w:keepNext/>"
_NO_BAR = para("Bar", props='<w:shd w:val="clear" w:color="auto" w:fill="auto"/>')


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of Word's grid: a column with bars takes two, the bar's and the number's."""

    widths: tuple[int, ...]
    starts: tuple[int, ...]
    """For each column of the table the first of its grid columns; one more for the end."""
    barred: frozenset[int]
    margins: dict[int, str]
    """The left margins that differ from the style's: none at the edge of the text block, more
    where words follow figures."""

    def width(self, first: int, last: int) -> int:
        """From table column `first` up to but without `last`."""
        return sum(self.widths[self.starts[first] : self.starts[last]])

    def span(self, first: int, last: int) -> int:
        """The number of grid columns from `first` up to but without `last`."""
        return self.starts[last] - self.starts[first]


def table_block(table: Table, context: Context, width: float) -> str:
    """The table with its caption and notes, `width` points wide.

    A table too wide for the page or for Word comes in parts, each with the stub repeated.
    """
    short = cut(table, context.most_rows, context.annex)
    parts = [_drawn(part, context, width) for part in parts_of(short.table)]
    words = run(short.said)
    for anchor in short.anchors:
        words = context.place(anchor, words)
    said = para("SourceNote", words, _KEEP if table.notes or table.sources else "") if short.said else ""
    return above(table, context) + para("SpaceAfterTable").join(parts) + said + below(table, context)


def _drawn(table: Table, context: Context, width: float) -> str:
    grid = _grid(table, twips(width))
    whole = len(table.rows) <= KEPT_WHOLE
    last = len(table.rows) - 1
    noted = bool(table.notes or table.sources)
    # A small table under a heading has no title of its own; a screen reader then says what its columns are.
    heads = ", ".join(plain(column.head) for column in table.columns)
    rows = [
        row(_cells(table, grid, item, context, keep=noted if n == last else whole))
        for n, item in enumerate(table.rows)
    ]
    return data_table(
        f"HouseTable{table.size.title()}",
        grid.widths,
        [*_heads(table, grid, context), *rows],
        title=spoken_title(table) or heads,
        description=plain(table.unit) or spoken_title(table) or heads,
        stub_first=table.stub == 0,
    )


def _grid(table: Table, width: int) -> Grid:
    """Column widths scaled to `width`; bars are left out where Word has no room for their columns."""
    columns = shares([column.width for column in table.columns], width)
    numbers = _beside_bars(table)
    barred = {n for n, number in numbers.items() if columns[n] >= _TRACK + twips(5) + number}
    if len(columns) + len(barred) > MOST_GRID_COLUMNS:
        barred = set()
    widths: list[int] = []
    starts = [0]
    for n, column in enumerate(columns):
        widths += [column - numbers[n], numbers[n]] if n in barred else [column]
        starts.append(len(widths))
    return Grid(tuple(widths), tuple(starts), frozenset(barred), _margins(table))


def _margins(table: Table) -> dict[int, str]:
    sides = [column.align for column in table.columns]
    after_figures = {
        n: margin("left", twips(7.5))
        for n in range(1, len(sides))
        if sides[n] == "left" and sides[n - 1] == "right"
    }
    return after_figures | {0: FLUSH_LEFT}


def _beside_bars(table: Table) -> dict[int, int]:
    """The columns that have bars, each with the room that its longest number needs."""
    found: set[int] = set()
    longest: dict[int, float] = {}
    for item in table.rows:
        for at, each in _placed(item):
            if each.span == 1:
                longest[at] = max(longest.get(at, 0), width_of(plain(each.runs), _FIGURE_SIZE))
                if each.bar is not None:
                    found.add(at)
    return {at: twips(longest[at] + 6) for at in found}


def _placed(item: Row) -> Iterator[tuple[int, Cell]]:
    """The cells of a row with the column at which each begins."""
    at = 0
    for each in item.cells:
        yield at, each
        at += each.span


# --- heads --------------------------------------------------------------------------------------


def _heads(table: Table, grid: Grid, context: Context) -> Iterator[str]:
    if table.groups:
        yield row(_group_heads(table, grid, context), head=True)
    rule = '<w:top w:val="nil"/>' if table.groups else ""
    rule += edge("bottom", 4, context.theme.colours.ink)
    cells = []
    for n, column in enumerate(table.columns):
        style = "TableHeadNumber" if column.align == "right" else "TableHead"
        words = para(style, inline(column.head, context, BOLD_PLACE))
        cells.append(_boxed(grid, n, 1, words, borders=rule, align="bottom"))
    yield row(cells, head=True)


def _group_heads(table: Table, grid: Grid, context: Context) -> Iterator[str]:
    groups = {group.first: group for group in table.groups}
    rule = '<w:bottom w:val="nil"/>'
    at = 0
    while at < len(table.columns):
        group = groups.get(at)
        span = group.last - group.first + 1 if group else 1
        style = "TableGroupHead" if group else "TableHead"
        words = inline(group.runs, context, BOLD_PLACE) if group else ""
        yield _boxed(grid, at, span, para(style, words), borders=rule, align="bottom")
        at += span


def _boxed(
    grid: Grid, at: int, span: int, content: str, *, borders: str = "", fill: str = "",
    align: str = "",
) -> str:  # fmt: skip
    """A cell over the table columns from `at`; the first stands flush with the text block."""
    return cell(
        grid.width(at, at + span),
        content,
        span=grid.span(at, at + span),
        borders=borders,
        fill=fill,
        margins=grid.margins.get(at, ""),
        align=align,
    )


# --- rows ---------------------------------------------------------------------------------------


def _cells(table: Table, grid: Grid, item: Row, context: Context, *, keep: bool) -> Iterator[str]:
    colours = context.theme.colours
    borders = {
        "subtotal": edge("top", 4, colours.ink),
        "total": edge("top", 8, colours.ink),
    }.get(item.role, "")
    fill = colours.band if item.role == "total" else ""
    for at, each in _placed(item):
        content = _content(table, item, at, each, context, keep=keep)
        if each.bar is not None and each.span == 1 and at in grid.barred:
            yield from _with_bar(grid, at, each.bar, content, role=item.role, borders=borders, fill=fill)
        else:
            yield _boxed(grid, at, each.span, content, borders=borders, fill=fill)


def _content(table: Table, item: Row, at: int, each: Cell, context: Context, *, keep: bool) -> str:
    column, size = table.columns[at], table.size.title()
    base = _FACES[item.role]
    if column.muted and not base:
        base = "Muted"
    props = _KEEP if keep else ""
    words = inline(each.runs, context, base)
    if at == 0 and item.anchor:
        words = context.place(item.anchor, words)
    if each.tone is not None:
        mark, style = _MARKS[each.tone]
        return para(f"TableStatus{size}", run(mark, style) + TAB + words, props)
    if each.blank:
        return para(f"TableBlank{size}", words, props)
    return para(_style_of(column, item, each, stub=at <= table.stub < at + each.span) + size, words, props)


def _style_of(column: Column, item: Row, each: Cell, *, stub: bool) -> str:
    if column.align == "right" and each.span == 1:
        return "TableNumber"
    return "TableLater" if stub and item.role == "later" else "TableText"


def _with_bar(
    grid: Grid, at: int, share: str, content: str, *, role: str, borders: str, fill: str
) -> Iterator[str]:
    """Two cells: the track with its bar, and the number."""
    track, number = grid.widths[grid.starts[at] : grid.starts[at + 1]]
    part = min(max(Decimal(share), Decimal(0)), Decimal(100)) / 100
    style = "BarEarlier" if role in {"comparison", "later"} else "Bar"
    lead = track - _TRACK - (twips(5) if at else 0)
    rest = round(_TRACK * (1 - part))
    bar = para(style, props=f'<w:ind w:left="{lead}" w:right="{rest}"/>') if part else _NO_BAR
    drawn = para("BarSpace") + bar + para("BarTrack", props=f'<w:ind w:left="{lead}"/>')
    yield cell(track, drawn, borders=borders, fill=fill, margins=FLUSH_LEFT if at == 0 else "")
    yield cell(number, content, borders=borders, fill=fill, margins=margin("left", 0))
