"""Tables in strips: one strip a row, the head repeated on each page as an artifact."""

from moitt_report.brief.content import Cell, Row, Table
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.cells import BLANK, Laid, scope
from moitt_report.render.pdf.columns import (
    INDENT,
    MARK,
    PAD,
    TRACK,
    TRACK_GAP,
    Span,
    columns,
    row_style,
)
from moitt_report.render.pdf.flow import Paint, Strip, stack
from moitt_report.render.pdf.marks import paint_bar, paint_mark
from moitt_report.render.pdf.prose import anchored, caption, footing
from moitt_report.render.pdf.table_head import head_strip, headers
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter, Type

_INSETS = {"money": (1.7, 1.9), "dense": (1.2, 1.6), "roomy": (3.0, 4.0)}
_SHORT = 12
"""A table of so few rows stays whole where a page can hold it."""


def table_strips(setter: Setter, table: Table, parent: Element, width: float) -> list[Strip]:
    """The strips of `table`, from its caption to its sources."""
    element = Element("Table", parent)
    captioned = table.number or table.title or table.unit
    strips = caption(setter, table, Element("Caption", element) if captioned else element, width)
    room = setter.room - stack(strips) - 4
    for n, spans in enumerate(columns(setter, table, width)):
        part = element if n == 0 else Element("Table", parent)
        strips += _Part(setter, table, part, spans, n).strips(room)
    anchored(strips, table.anchor)
    notes = footing(setter, table, parent, width)
    strips[-1].keep = bool(notes)
    return strips + notes


class _Part:
    """A table, or those of its columns that stand side by side."""

    def __init__(
        self,
        setter: Setter,
        table: Table,
        element: Element,
        spans: list[Span],
        number: int,
    ) -> None:
        self.setter, self.table, self.element, self.spans = setter, table, element, spans
        self.continued = number > 0
        self.key = f"{table.anchor}.{number}"
        self.width = spans[-1].x + spans[-1].width
        self.alone = {span.column: [span] for span in spans}
        self.figures = self._widest_figures()

    def strips(self, room: float) -> list[Strip]:
        """Head and rows; no row is taller than `room` with the head above it."""
        head = head_strip(self.setter, self.table, self.element, self.spans, self.key)
        body = Element("TBody", self.element)  # even of no rows: a head must have a body to head
        rows = [
            strip
            for n, row in enumerate(self.table.rows)
            for strip in self._row(row, body, room - head.height, n)
        ]
        short = len(rows) <= _SHORT
        for n, strip in enumerate(rows):
            strip.head = head
            # Long tables keep two rows with the head and two with the end.
            strip.keep = n < len(rows) - 1 and (short or n == 0 or n == len(rows) - 2)
        self._close(rows[-1] if rows else head)
        return [head, *rows]

    def _widest_figures(self) -> list[float]:
        """The widest figure beside a bar in each column, so that the tracks line up."""
        widest = [0.0] * len(self.table.columns)
        for row in self.table.rows:
            style = row_style(self.setter, self.table, row)
            at = 0
            for cell in row.cells:
                if cell.bar is not None:
                    widest[at] = max(widest[at], self.setter.widest(cell.runs, style))
                at += cell.span
        return widest

    def _row(self, row: Row, body: Element, limit: float, number: int) -> list[Strip]:
        tr = Element("TR", body)
        style = row_style(self.setter, self.table, row)
        laid: list[Laid] = []
        at = 0
        for cell in row.cells:
            if cell.span == 1:
                under = self.alone.get(at, [])
            else:
                under = [s for s in self.spans if at <= s.column < at + cell.span]
            if under:
                laid.append(self._cell(cell, at, under, style, tr, row, number))
            at += cell.span
        above, below = _INSETS[self.table.size]
        strips: list[Strip] = []
        for n, part in enumerate(_sliced(laid, limit - above - below)):
            height = max(cell.height for cell in part) + above + below
            paint = self._row_painter(part, row, above, height, ruled=number > 0 and n == 0)
            strips.append(Strip(height, paint))
        if row.anchor and not self.continued:
            anchored(strips, row.anchor)
        return strips

    def _cell(
        self, cell: Cell, at: int, under: list[Span], style: Type, tr: Element, row: Row, number: int
    ) -> Laid:
        """Break the words of the cell that begins in column `at` and lies over `under`.

        A cell over serial number and stub begins where the stub does.
        """
        stub = self.table.stub
        column = self.table.columns[under[0].column]
        heads = any(span.column == stub for span in under)
        starts = stub if at <= stub < at + cell.span else at
        element = self._tagged(tr, under, number, heads=heads)
        begin = next((span for span in under if span.column == starts), under[0])
        end = under[-1].x + under[-1].width
        x = begin.x + begin.pad + (INDENT if row.role == "later" and heads else 0.0)
        x += MARK if cell.tone else 0.0
        if column.muted and cell.span == 1:
            style = style._replace(colour=self.setter.colours.ink2)
        taken = TRACK + TRACK_GAP if cell.bar is not None else 0.0
        # A cell that began in an earlier part of the table has said its words there.
        told = all(span.column != starts for span in under)
        words = not told and cell.runs
        lines = self.setter.lines(cell.runs, style, end - x - taken) if words else []
        align = "right" if column.align == "right" and cell.span == 1 else "left"
        bar_x = end - self.figures[under[0].column] - TRACK_GAP - TRACK
        return Laid(element, lines, x, end - x, align, cell, bar_x)

    def _tagged(self, tr: Element, under: list[Span], number: int, *, heads: bool) -> Element:
        row = f"{self.key}.r{number}"
        grouped = bool(self.table.groups)
        called = headers(self.table, under, self.key, row) if grouped and not heads else ""
        attributes = scope("Row" if heads else "", len(under), headers=called)
        element = Element("TH" if heads else "TD", tr, **({"A": attributes} if attributes else {}))
        if grouped and heads:
            element.attributes["ID"] = f"({row})"
        return element

    def _row_painter(self, cells: list[Laid], row: Row, above: float, height: float, *, ruled: bool) -> Paint:
        colours = self.setter.colours
        strong = {"subtotal": 0.5, "total": 1.0}.get(row.role, 0.0)
        weight, ink = (strong, colours.ink) if strong else (0.35, colours.hair)

        def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
            if row.role == "total":
                canvas.box(x, y, self.width, height, fill=colours.band)
            if ruled:
                canvas.rule(x, y, x + self.width, y, weight, ink)
            for cell in cells:
                cell.paint(canvas, x, y + above)
                if cell.cell is not None:
                    self._decorate(canvas, cell, cell.cell, row, x, y + above)

        return paint

    def _decorate(self, canvas: TaggedCanvas, laid: Laid, cell: Cell, row: Row, x: float, y: float) -> None:
        """Draw what a cell holds besides words: a mark, a bar, a blank."""
        colours = self.setter.colours
        if cell.tone and laid.lines:
            middle = y + laid.lines[0].style.leading / 2
            paint_mark(canvas, cell.tone, x + laid.x - MARK, middle, colours)
        if cell.bar is not None and laid.lines:
            base = y + laid.lines[0].style.baseline
            colour = colours.accent if row.role == "body" else colours.prev
            paint_bar(canvas, float(cell.bar), x + laid.bar_x, base, TRACK, colour, colours)
        if cell.blank and not laid.lines:
            line, end = y + BLANK - 3, x + laid.x + laid.width - PAD
            canvas.rule(x + laid.x, line, end, line, 0.5, colours.ink3)

    def _close(self, strip: Strip) -> None:
        """Draw the closing rule under the last row."""
        paint, ink = strip.paint, self.setter.colours.ink

        def closing(canvas: TaggedCanvas, x: float, y: float) -> None:
            paint(canvas, x, y)
            canvas.rule(x, y + strip.height, x + self.width, y + strip.height, 1, ink)

        strip.paint = closing
        strip.after = 8
        strip.keep = False


def _sliced(cells: list[Laid], limit: float) -> list[list[Laid]]:
    """The row whole or, when it is taller than a page, in slices of as many lines as fit."""
    leading = max((line.style.leading for cell in cells for line in cell.lines), default=0.0)
    if not leading or max(cell.height for cell in cells) <= limit:
        return [cells]
    step = max(1, int(limit // leading))
    count = max(len(cell.lines) for cell in cells)

    def part(cell: Laid, at: int) -> Laid:
        lines = cell.lines[at : at + step]
        rest = None if at else cell.cell
        return Laid(cell.element, lines, cell.x, cell.width, cell.align, rest, cell.bar_x)

    return [[part(cell, at) for cell in cells] for at in range(0, count, step)]
