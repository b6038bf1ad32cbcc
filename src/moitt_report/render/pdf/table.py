"""Tables in strips: one strip a row, the head repeated on each page as an artifact."""

from dataclasses import dataclass

from moitt_report.brief.content import Cell, HeadGroup, Row, Table
from moitt_report.render.pdf.canvas import TaggedCanvas
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
from moitt_report.render.pdf.flow import Paint, Strip, paint_lines, stack
from moitt_report.render.pdf.marks import paint_bar, paint_mark
from moitt_report.render.pdf.prose import anchored, caption, footing
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Line, Setter, Type

_INSETS = {"money": (1.7, 1.9), "dense": (1.2, 1.6), "roomy": (3.0, 4.0)}
_SHORT = 12
"""A table of so few rows stays whole where a page can hold it."""
_HEAD = (3.4, 3.6)
_BLANK = 14.5
"""Height of a ruled blank: room to write."""


@dataclass(slots=True)
class _Laid:
    """A cell with its words broken into lines, ready to paint."""

    element: Element
    lines: list[Line]
    x: float
    width: float
    right: bool
    cell: Cell | None = None
    bar_x: float = 0

    @property
    def height(self) -> float:
        words = sum(line.style.leading for line in self.lines)
        return max(words, _BLANK) if self.cell and self.cell.blank else words


def table_strips(setter: Setter, table: Table, parent: Element, width: float) -> list[Strip]:
    """The strips of `table`, from its caption to its sources."""
    element = Element("Table", parent)
    captioned = table.number or table.title or table.unit
    holder = Element("Caption", element) if captioned else element
    strips = caption(setter, table, holder, width)
    for n, spans in enumerate(columns(setter, table, width)):
        part = element if n == 0 else Element("Table", parent)
        room = setter.room - (stack(strips) if n == 0 else 0.0) - 4
        strips += _Part(setter, table, part, spans).strips(room)
    anchored(strips, table.anchor)
    notes = footing(setter, table, parent, width)
    strips[-1].keep = bool(notes)
    return strips + notes


class _Part:
    """A table, or those of its columns that stand side by side."""

    def __init__(self, setter: Setter, table: Table, element: Element, spans: list[Span]) -> None:
        self.setter, self.table, self.element, self.spans = setter, table, element, spans
        self.width = spans[-1].x + spans[-1].width
        self.columns = [span.column for span in spans]
        # Only the first part of a table is what references lead to.
        self.continued = 0 not in self.columns or element is not first
        self.figures = [0.0] * len(table.columns)

    def strips(self, room: float) -> list[Strip]:
        """Head and rows; no row is taller than `room` with the head above it."""
        head = self._head()
        self._measure_figures()
        body = Element("TBody", self.element) if self.table.rows else self.element
        rows = [
            strip
            for n, row in enumerate(self.table.rows)
            for strip in self._row(row, n == 0, body, room - head.height)
        ]
        short = len(rows) <= _SHORT
        for n, strip in enumerate(rows):
            strip.head = head
            # Long tables keep two rows with the head and two with the end.
            strip.keep = n < len(rows) - 1 and (short or n == 0 or n == len(rows) - 2)
        head.keep = True
        _close(self.setter, rows[-1] if rows else head, self.width)
        return [head, *rows]

    # --- head -------------------------------------------------------------------------------

    def _head(self) -> Strip:
        setter, style = self.setter, self.setter.type("table_head")
        groups = self._groups()
        grouped = {n for group, _, _ in groups for n in range(group.first, group.last + 1)}
        thead = Element("THead", self.element)
        upper = Element("TR", thead)
        lower = Element("TR", thead) if groups else upper
        tops: list[_Laid] = []
        cells: list[_Laid] = []
        for span in self.spans:
            column = self.table.columns[span.column]
            for group, x, width in groups:
                if self._starts(group, span.column):
                    th = Element("TH", upper, A=_scope("Column", self._count(group)))
                    tops.append(_Laid(th, setter.lines(group.runs, style, width), x, width, False))
            inner = span.column in grouped
            rows = 2 if groups and not inner else 1
            th = Element("TH", lower if inner else upper, A=_scope("Column", 1, rows))
            kind = style._replace(colour=setter.colours.ink2) if column.muted else style
            lines = setter.lines(column.head, kind, span.width - span.pad)
            right = column.align == "right"
            cells.append(_Laid(th, lines, span.x + span.pad, span.width - span.pad, right))
        above = max((cell.height for cell in tops), default=0.0) + sum(_HEAD) * bool(tops)
        inner_height = max(
            (c.height for c, s in zip(cells, self.spans, strict=True) if s.column in grouped),
            default=0.0,
        )
        height = max(above + inner_height, *(cell.height for cell in cells)) + sum(_HEAD)
        return Strip(height, self._head_painter(tops, cells, height, inner_height))

    def _head_painter(
        self, tops: list[_Laid], cells: list[_Laid], height: float, inner: float
    ) -> Paint:
        ink = self.setter.colours.ink

        def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
            canvas.rule(x, y, x + self.width, y, 1, ink)
            line = y + height - inner - sum(_HEAD)
            for cell in tops:
                top = line - _HEAD[1] - cell.height
                paint_lines(
                    canvas,
                    cell.element,
                    cell.lines,
                    x + cell.x,
                    top,
                    width=cell.width,
                    align="centre",
                )
                canvas.rule(x + cell.x, line, x + cell.x + cell.width, line, 0.5, ink)
            for cell in cells:
                top = y + height - _HEAD[1] - cell.height
                _paint_words(canvas, cell, cell.lines, x, top)
            canvas.rule(x, y + height, x + self.width, y + height, 0.5, ink)

        return paint

    def _groups(self) -> list[tuple[HeadGroup, float, float]]:
        """The grouped heads over columns of this part, with left edge and width."""
        found: list[tuple[HeadGroup, float, float]] = []
        for group in sorted(self.table.groups, key=lambda g: g.first):
            under = [s for s in self.spans if group.first <= s.column <= group.last]
            if under:
                x = under[0].x + under[0].pad
                found.append((group, x, under[-1].x + under[-1].width - x))
        return found

    def _starts(self, group: HeadGroup, column: int) -> bool:
        return column == next(n for n in self.columns if group.first <= n <= group.last)

    def _count(self, group: HeadGroup) -> int:
        return sum(group.first <= n <= group.last for n in self.columns)

    # --- rows -------------------------------------------------------------------------------

    def _measure_figures(self) -> None:
        """The widest figure beside a bar in each column, so that the tracks line up."""
        for row in self.table.rows:
            style = row_style(self.setter, self.table, row)
            at = 0
            for cell in row.cells:
                if cell.bar is not None:
                    wide = self.setter.widest(cell.runs, style)
                    self.figures[at] = max(self.figures[at], wide)
                at += cell.span

    def _row(self, row: Row, first: bool, body: Element, limit: float) -> list[Strip]:
        tr = Element("TR", body)
        style = row_style(self.setter, self.table, row)
        laid: list[_Laid] = []
        at = 0
        for cell in row.cells:
            under = [s for s in self.spans if at <= s.column < at + cell.span]
            if under:
                starts = self.table.stub if at <= self.table.stub < at + cell.span else at
                laid.append(self._cell(cell, under, starts, style, tr, row))
            at += cell.span
        above, below = _INSETS[self.table.size]
        slices = _sliced(laid, limit - above - below)
        strips = [
            Strip(
                max(cell.height for cell in part) + above + below,
                self._row_painter(part, row, first if n == 0 else None, above, below),
            )
            for n, part in enumerate(slices)
        ]
        if row.anchor and not self.continued:
            anchored(strips, row.anchor)
        return strips

    def _cell(
        self, cell: Cell, under: list[Span], starts: int, style: Type, tr: Element, row: Row
    ) -> _Laid:
        """Break the words of a cell. A cell over serial number and stub begins where the stub does."""
        setter, column = self.setter, self.table.columns[under[0].column]
        heads = self.table.stub in (span.column for span in under)
        scope = _scope("Row", len(under)) if heads else _scope("", len(under))
        element = Element("TH" if heads else "TD", tr, **({"A": scope} if scope else {}))
        begin = next((s for s in under if s.column == starts), under[0])
        x = begin.x + begin.pad
        if row.role == "later" and heads:
            x += INDENT
        right = column.align == "right" and cell.span == 1
        width = under[-1].x + under[-1].width - x
        x, width = (x + MARK, width - MARK) if cell.tone else (x, width)
        if column.muted and cell.span == 1:
            style = style._replace(colour=setter.colours.ink2)
        # A cell that began in an earlier part of the table has said its words there.
        told = starts not in (span.column for span in under)
        taken = TRACK + TRACK_GAP if cell.bar is not None else 0.0
        lines = [] if told or not cell.runs else setter.lines(cell.runs, style, width - taken)
        end = under[-1].x + under[-1].width
        bar_x = end - self.figures[under[0].column] - TRACK_GAP - TRACK
        return _Laid(element, lines, x, width, right, cell, bar_x)

    def _row_painter(
        self, cells: list[_Laid], row: Row, first: bool | None, above: float, below: float
    ) -> Paint:
        """`first` is None for the second slice of a row, which has no rule above."""
        colours = self.setter.colours
        weight, ink = {"subtotal": (0.5, colours.ink), "total": (1.0, colours.ink)}.get(
            row.role, (0.35, colours.hair)
        )
        height = max(cell.height for cell in cells) + above + below
        bar = colours.accent if row.role == "body" else colours.prev

        def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
            if row.role == "total":
                canvas.box(x, y, self.width, height, fill=colours.band)
            if first is False or (first and row.role in ("subtotal", "total")):
                canvas.rule(x, y, x + self.width, y, weight, ink)
            for cell in cells:
                _paint_words(canvas, cell, cell.lines, x, y + above)
                if cell.cell is None or first is None:
                    continue
                if cell.cell.tone and cell.lines:
                    middle = y + above + cell.lines[0].style.leading / 2
                    with canvas.artifact():
                        paint_mark(canvas, cell.cell.tone, x + cell.x - MARK, middle, colours)
                if cell.cell.bar is not None and cell.lines:
                    base = y + above + cell.lines[0].style.baseline
                    paint_bar(
                        canvas, float(cell.cell.bar), x + cell.bar_x, base, TRACK, bar, colours
                    )
                if cell.cell.blank and not cell.lines:
                    line = y + above + _BLANK - 3
                    end = x + cell.x + cell.width - PAD
                    canvas.rule(x + cell.x, line, end, line, 0.5, colours.ink3)

        return paint


def _paint_words(canvas: TaggedCanvas, cell: _Laid, lines: list[Line], x: float, y: float) -> None:
    align = "right" if cell.right else "left"
    paint_lines(canvas, cell.element, lines, x + cell.x, y, width=cell.width, align=align)


def _sliced(cells: list[_Laid], limit: float) -> list[list[_Laid]]:
    """The row whole or, when it is taller than a page, in slices of as many lines as fit."""
    if max(cell.height for cell in cells) <= limit:
        return [cells]
    leading = max(line.style.leading for cell in cells for line in cell.lines)
    step = max(1, int(limit // leading))
    count = max(len(cell.lines) for cell in cells)
    return [
        [
            _Laid(
                c.element,
                c.lines[at : at + step],
                c.x,
                c.width,
                c.right,
                c.cell if not at else None,
                c.bar_x,
            )
            for c in cells
        ]
        for at in range(0, count, step)
    ]


def _close(setter: Setter, strip: Strip, width: float) -> None:
    """Draw the closing rule under the last row."""
    paint, ink = strip.paint, setter.colours.ink

    def closing(canvas: TaggedCanvas, x: float, y: float) -> None:
        paint(canvas, x, y)
        canvas.rule(x, y + strip.height, x + width, y + strip.height, 1, ink)

    strip.paint = closing
    strip.after = 8


def _scope(scope: str, columns: int = 1, rows: int = 1) -> str:
    parts = f"/Scope/{scope}" * bool(scope)
    parts += f"/ColSpan {columns}" * (columns > 1) + f"/RowSpan {rows}" * (rows > 1)
    return f"<</O/Table{parts}>>" if parts else ""
