"""The rows of a table. A cell of each look is drawn once, as a stencil; the next of that look lends only its words.

A table of ten thousand rows has eighty thousand cells and about ten looks. Markup and words are kept apart
until the end, so that all words are escaped at once.
"""

from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from moitt_report.brief.content import Cell, Column, Figure, Row, Table, Text
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.grid import TRACK, Grid
from moitt_report.render.docx.inline import inline
from moitt_report.render.docx.markup import (
    FLUSH_LEFT,
    KEEP,
    ROW,
    ROW_END,
    TAB,
    cell,
    edge,
    escaped,
    margin,
    para,
    run,
    twips,
)

KEPT_WHOLE = 12
"""Tables with no more rows stay on one page."""

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
_Look = int | tuple[object, ...]
"""The column alone where nothing else is to be said."""


def rows_text(table: Table, grid: Grid, context: Context) -> list[str]:
    """All rows of the body, in pieces: a long table is joined once, with all that stands around it."""
    drawer = Drawer(table, grid, context)
    last = len(table.rows) - 1
    whole, noted = last < KEPT_WHOLE, bool(table.notes or table.sources)
    stencils: dict[tuple[str, bool], dict[_Look, tuple[str, str]]] = {}
    pieces: list[str] = []  # markup, words, markup; and so on
    for n, item in enumerate(table.rows):
        keep = noted if n == last else whole
        known = stencils.setdefault((item.role, keep), {})
        pieces += (ROW, "", "")
        anchored = bool(item.anchor)
        at = 0
        for each in item.cells:
            odd = anchored or each.span > 1 or each.bar or each.tone or each.blank or len(each.runs) != 1
            said = each.runs[0] if not odd else None
            if isinstance(said, Figure):
                own: bool | str | None = said.absent
            elif isinstance(said, Text):
                own = said.language
            else:
                pieces += (drawer.cell(item, at, each, keep=keep), "", "")
                at += each.span
                continue
            look: _Look = at
            if own or said.bold or said.italic:
                look = (at, said.bold, said.italic, own)
            if look not in known:
                known[look] = drawer.stencil(item, at, each, keep=keep)
            before, after = known[look]
            pieces += (before, said.words, after)
            at += 1
        pieces += (ROW_END, "", "")
    pieces[1::3] = escaped(pieces[1::3])
    return pieces


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws the cells of one table."""

    table: Table
    grid: Grid
    context: Context

    def stencil(self, item: Row, at: int, each: Cell, *, keep: bool) -> tuple[str, str]:
        """What stands before and after the words of a cell that looks like `each`."""
        lent = replace(each.runs[0], words=_WORDS)
        before, after = self.cell(item, at, replace(each, runs=(lent,)), keep=keep).split(_WORDS)
        return before, after

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
        lead = track - TRACK - (twips(5) if at else 0)
        rest = round(TRACK * (1 - part))
        bar = para(style, props=f'<w:ind w:left="{lead}" w:right="{rest}"/>') if part else _NO_BAR
        drawn = bar + para("BarTrack", props=f'<w:ind w:left="{lead}"/>')
        first = cell(track, drawn, borders=borders, fill=fill, margins=FLUSH_LEFT if at == 0 else "")
        return first + cell(number, words, borders=borders, fill=fill, margins=margin("left", 0))


def _style_of(column: Column, item: Row, each: Cell, *, stub: bool) -> str:
    if column.align == "right" and each.span == 1:
        return "TableNumber"
    return "TableLater" if stub and item.role == "later" else "TableText"
