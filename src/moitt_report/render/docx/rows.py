"""The rows of a table. A row of each look is drawn once, as a stencil; the next of that look lends only its words.

Markup and words are kept apart until the end, so that all words are escaped at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from moitt_report.brief.content import Cell, Column, Row, Table, plain
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.grid import CELL_MARGIN, TRACK_TWIPS, Grid, placed
from moitt_report.render.docx.inline import inline
from moitt_report.render.docx.looks import Look, Seen
from moitt_report.render.docx.markup import (
    FLUSH_LEFT,
    KEEP,
    ROW,
    ROW_END,
    TAB,
    TWIPS_PER_POINT,
    cell,
    edge,
    escaped,
    margin,
    mm,
    para,
    run,
)
from moitt_report.render.docx.measure import lines_of
from moitt_report.render.theme import KEPT_PART, KEPT_WHOLE

_BETWEEN = 3.6
"""The space over and under the words of a row, in points."""

_MARKS = {
    "good": ("\u25cf", "MarkGood"),
    "watch": ("\u25b2", "MarkWatch"),
    "bad": ("\u25a0", "MarkBad"),
    "open": ("\u25cb", "MarkOpen"),
    "none": ("\u2013", "MarkNone"),
}
_FACES = {"body": "", "subtotal": "Strong", "total": "Strong", "comparison": "Muted",
          "later": "Emphasis"}  # fmt: skip
_NO_BAR = para("Bar", props='<w:shd w:val="clear" w:color="auto" w:fill="auto"/>')
_WORDS = "\ue000"
"""Where the words go in a stencil; a character for private use, which no markup of ours has."""


def rows_text(table: Table, seen: Sequence[Seen | None], grid: Grid, context: Context) -> list[str]:
    """All rows of the body, in pieces: a long table is joined once, with all that stands around it."""
    drawer = Drawer(table, grid, context)
    last = len(table.rows) - 1
    whole = last < KEPT_WHOLE and _height(table, grid, context) <= KEPT_PART * _room(context)
    noted = bool(table.notes or table.sources)
    stencils: dict[tuple[str, bool, tuple[Look, ...]], list[str]] = {}
    markup: list[str] = []
    words: list[str] = []  # after each piece of markup its words
    for n, (item, row) in enumerate(zip(table.rows, seen, strict=True)):
        keep = noted if n == last else whole or n in (0, last - 1)
        if row is None:
            markup.append(drawer.row(item, keep=keep))
        else:
            key = (item.role, keep, row.looks)
            if key not in stencils:
                stencils[key] = drawer.stencil(item, keep=keep)
            markup += stencils[key]
            words += row.words
        words.append("")
    pieces = [""] * (2 * len(markup))
    pieces[::2] = markup
    pieces[1::2] = escaped(words)
    return pieces


def _height(table: Table, grid: Grid, context: Context) -> float:
    """The height of the rows in points, nearly: Word sets the type."""
    style = context.theme.styles[f"table_{table.size}"]
    lines = sum(
        max(lines_of(plain(each.runs), style.size, grid.room(at, each.span)) for at, each in placed(item))
        for item in table.rows
    )
    return lines * style.leading + len(table.rows) * _BETWEEN


def _room(context: Context) -> float:
    """The height of the text block in points."""
    page = context.theme.page
    return mm(page.height - page.top - page.bottom) / TWIPS_PER_POINT


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws the cells of one table."""

    table: Table
    grid: Grid
    context: Context

    def stencil(self, item: Row, *, keep: bool) -> list[str]:
        """What stands before, between and after the words of a row that looks like `item`."""
        lent = [replace(each, runs=(replace(each.runs[0], words=_WORDS),)) for each in item.cells]
        return self.row(replace(item, cells=tuple(lent)), keep=keep).split(_WORDS)

    def row(self, item: Row, *, keep: bool) -> str:
        """A whole row."""
        cells = "".join(self.cell(item, at, each, keep=keep) for at, each in placed(item))
        return f"{ROW}{cells}{ROW_END}"

    def cell(self, item: Row, at: int, each: Cell, *, keep: bool) -> str:
        """One cell; two where a bar stands beside its number."""
        colours = self.context.theme.colours
        borders = {
            "subtotal": edge("top", 4, colours.ink),
            "total": edge("top", 8, colours.ink),
        }.get(item.role, "")
        fill = colours.band if item.role == "total" else ""
        words = self._words(item, at, each, keep=keep)
        if each.bar is not None and each.span == 1 and at in self.grid.barred:
            return self._with_bar(at, each.bar, words, role=item.role, borders=borders, fill=fill)
        return self.grid.boxed(at, each.span, words, borders=borders, fill=fill)

    def _words(self, item: Row, at: int, each: Cell, *, keep: bool) -> str:
        column, size = self.table.columns[at], self.table.size.title()
        base = _FACES[item.role]
        if column.muted and not base:
            base = "Muted"
        props = KEEP if keep else ""
        words = inline(each.runs, self.context, base)
        if at == 0 and item.anchor:
            words = self.context.place(item.anchor, words)
        if each.tone is not None:
            mark, style = _MARKS[each.tone]
            return para(f"TableStatus{size}", run(mark, style) + TAB + words, props)
        if each.blank:
            return para(f"TableBlank{size}", words, props)
        stub = at <= self.table.stub < at + each.span
        return para(_style_of(column, item, each, stub=stub) + size, words, props)

    def _with_bar(self, at: int, share: str, words: str, *, role: str, borders: str, fill: str) -> str:
        """Two cells: the track with its bar, and the number."""
        track, number = self.grid.widths[self.grid.starts[at] : self.grid.starts[at + 1]]
        part = min(max(Decimal(share), Decimal(0)), Decimal(100)) / 100
        style = "BarEarlier" if role in {"comparison", "later"} else "Bar"
        lead = track - TRACK_TWIPS - (CELL_MARGIN if at else 0)
        rest = round(TRACK_TWIPS * (1 - part))
        bar = para(style, props=f'<w:ind w:left="{lead}" w:right="{rest}"/>') if part else _NO_BAR
        drawn = bar + para("BarTrack", props=f'<w:ind w:left="{lead}"/>')
        first = cell(track, drawn, borders=borders, fill=fill, margins=FLUSH_LEFT if at == 0 else "")
        return first + cell(number, words, borders=borders, fill=fill, margins=margin("left", 0))


def _style_of(column: Column, item: Row, each: Cell, *, stub: bool) -> str:
    if column.align == "right" and each.span == 1:
        return "TableNumber"
    return "TableLater" if stub and item.role == "later" else "TableText"
