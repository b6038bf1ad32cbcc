"""The rows of a table. Cells that are plain words on one line, which is what long tables are made of,
are measured as they stand; the others are broken into lines. Tags are made when a row is painted, and
what a row was painted from is let go.
"""

from collections.abc import Iterator

from msgspec import Struct

from moitt_report.brief.content import Cell, Figure, Row, Table, Text
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.cells import BLANK, Laid, scope
from moitt_report.render.pdf.columns import INDENT, Part, Span, row_styles
from moitt_report.render.pdf.flow import Paint, Strip
from moitt_report.render.pdf.marks import paint_bar, paint_mark
from moitt_report.render.pdf.pieces import Line, Piece, Type
from moitt_report.render.pdf.prose import anchored
from moitt_report.render.pdf.table_head import headers
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter
from moitt_report.render.widths import BESIDE_TRACK, MARK, PAD, TRACK

_INSETS = {"money": (1.7, 1.9), "dense": (1.2, 1.6), "roomy": (3.0, 4.0)}
_SLICE = 6
"""Lines of a row that is taller than a page, which go to the next page together."""

_ROW = "(row)"
"""Stands for the name of a row in attributes that are made once for all rows."""

Plain = list[Piece | None]
"""The cells of a row as single pieces; none for a cell that holds more."""


def plain_cells(setter: Setter, table: Table) -> list[Plain]:
    """Each row of `table` with its plain cells set, whatever their columns will be."""
    styles = _cell_styles(setter, table)

    def piece(cell: Cell, style: Type) -> Piece | None:
        if len(cell.runs) != 1 or cell.span > 1 or cell.tone or cell.bar is not None or cell.blank:
            return None
        run = cell.runs[0]
        words = run.words
        if words[0] == " " or words[-1] == " ":
            return None
        if isinstance(run, Figure) or (isinstance(run, Text) and not run.language):
            return setter.piece(run, style)
        return None

    found: list[Plain] = []
    for row in table.rows:
        if len(row.cells) == len(table.columns):
            found.append(list(map(piece, row.cells, styles[row.role])))
        else:
            found.append([None] * len(row.cells))
    return found


def _cell_styles(setter: Setter, table: Table) -> dict[str, list[Type]]:
    """The type of each cell, by the kind of its row and its column."""
    ink2 = setter.colours.ink2
    return {
        role: [style._replace(colour=ink2) if column.muted else style for column in table.columns]
        for role, style in row_styles(setter, table).items()
    }


class _Broken(Struct, eq=False):
    """A row whose cells are broken into lines; it may be painted in several slices."""

    row: Row
    number: int
    cells: list[Laid]
    under: list[list[Span]]
    """The columns that each cell lies over."""
    tagged: bool = False


class _Tag(Struct, frozen=True):
    """What the element of a cell is, whatever its row."""

    role: str
    before: str
    """Its attributes, up to the name of its row where they hold it."""
    after: str = ""


class Rows:
    """The rows of a part of a table; their elements hang under `body`."""

    def __init__(self, setter: Setter, part: Part, body: Element) -> None:
        table, spans = part.table, part.spans
        self.setter, self.part, self.table, self.spans, self.body = setter, part, table, spans, body
        self.key = part.key
        self.styles = row_styles(setter, table)
        self.above, self.below = _INSETS[table.size]
        self.width = part.width
        self.alone = {span.column: [span] for span in spans}
        self.rooms = [(span.column, span.width - span.pad) for span in spans]
        self.rights = {span.column for span in spans if table.columns[span.column].align == "right"}
        self.tags = {span.column: self._tag([span]) for span in spans}
        self.figures = self._widest_figures()

    def strips(self, plain: list[Plain], limit: float, *, anchors: bool) -> list[Strip]:
        """A strip for each row, or several for one that is taller than `limit`. References lead to rows
        that have `anchors`.
        """
        strips: list[Strip] = []
        for number, (row, pieces) in enumerate(zip(self.table.rows, plain, strict=True)):
            fits = self._fits(row, pieces)
            new = [self._short(row, number, pieces)] if fits else self._long(row, number, pieces, limit)
            if row.anchor and anchors:
                anchored(new, row.anchor)
            strips += new
        return strips

    def _fits(self, row: Row, pieces: Plain) -> bool:
        """True when every cell of these columns is plain and stands on one line."""
        if row.role == "later" or len(pieces) != len(self.table.columns):
            return False
        for column, room in self.rooms:
            piece = pieces[column]
            if piece is None or piece.width > room:
                return False
        return True

    # --- rows of one line -------------------------------------------------------------------

    def _short(self, row: Row, number: int, pieces: Plain) -> Strip:
        style = self.styles[row.role]
        height = style.leading + self.above + self.below

        def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
            self._ground(canvas, row, x, y, height, ruled=number > 0)
            canvas.row(self._placed(pieces, number, x), y + self.above + style.baseline)

        return Strip(height, paint)

    def _placed(self, pieces: Plain, number: int, x: float) -> Iterator[tuple[Element, Piece, float]]:
        """The element of each cell, its words and their left edge."""
        tr = Element("TR", self.body)
        for span in self.spans:
            piece = pieces[span.column]
            if piece is not None:
                left = x + span.x + span.pad
                if span.column in self.rights:
                    left += span.width - span.pad - piece.width
                yield self._tagged(tr, self.tags[span.column], number), piece, left

    # --- tags -------------------------------------------------------------------------------

    def _tag(self, under: list[Span]) -> _Tag:
        """The tag of a cell over the columns `under`; where heads are grouped it names them, and its row."""
        if self._heads(under):
            return _Tag("TH", scope("Row", len(under)))
        if not self.table.groups:
            return _Tag("TD", scope("", len(under)))
        named = f"/Headers[{headers(self.part, under)}{_ROW}]"
        before, after = scope("", len(under), headers=named).split(_ROW)
        return _Tag("TD", before, after)

    def _heads(self, under: list[Span]) -> bool:
        return any(span.column == self.table.stub for span in under)

    def _tagged(self, tr: Element, tag: _Tag, number: int) -> Element:
        """The element of a cell of the row `number`; the cell that heads the row has a name for others to call."""
        if not self.table.groups:
            return Element(tag.role, tr, attributes=tag.before)
        name = f"{self.key}.r{number}"
        if tag.role == "TH":
            return Element(tag.role, tr, name=name, attributes=tag.before)
        return Element(tag.role, tr, attributes=f"{tag.before}({name}){tag.after}")

    # --- rows of several lines --------------------------------------------------------------

    def _long(self, row: Row, number: int, pieces: Plain, limit: float) -> list[Strip]:
        broken = _Broken(row, number, [], [])
        at = 0
        for cell, piece in zip(row.cells, pieces, strict=True):
            if cell.span == 1:
                under = self.alone.get(at, [])
            else:
                under = [s for s in self.spans if at <= s.column < at + cell.span]
            if under:
                broken.cells.append(self._laid(cell, piece, at, under, row))
                broken.under.append(under)
            at += cell.span
        slices = _sliced(broken.cells, limit - self.above - self.below)
        strips: list[Strip] = []
        for n, part in enumerate(slices):
            above = self.above if n == 0 else 0.0
            below = self.below if n == len(slices) - 1 else 0.0
            height = above + max(cell.height for cell in part) + below
            paint = self._painter(broken, part, above, height, ruled=number > 0 and n == 0)
            strips.append(Strip(height, paint))
        return strips

    def _laid(self, cell: Cell, piece: Piece | None, at: int, under: list[Span], row: Row) -> Laid:
        """Break the words of the cell that begins in column `at` and lies over `under`; `piece` are those
        of a plain one. A cell over serial number and stub begins where the stub does; one that began in an
        earlier part of the table says its words again, for no cell is empty.
        """
        stub = self.table.stub
        style = self.styles[row.role]
        column = self.table.columns[under[0].column]
        starts = stub if at <= stub < at + cell.span else at
        begin = next((span for span in under if span.column == starts), under[0])
        end = under[-1].x + under[-1].width
        x = begin.x + begin.pad + (INDENT if row.role == "later" and self._heads(under) else 0.0)
        x += MARK if cell.tone else 0.0
        if column.muted and cell.span == 1:
            style = style._replace(colour=self.setter.colours.ink2)
        taken = TRACK + BESIDE_TRACK if cell.bar is not None else 0.0
        lines: list[Line] = []
        if piece is not None and piece.width <= end - x:
            lines = [Line([piece], piece.width, piece.style)]
        elif cell.runs:
            lines = self.setter.lines(cell.runs, style, end - x - taken)
        align = "right" if column.align == "right" and cell.span == 1 else "left"
        bar_x = end - self.figures[under[0].column] - BESIDE_TRACK - TRACK
        return Laid(None, lines, x, end - x, align, cell, bar_x)

    def _painter(
        self, broken: _Broken, part: list[Laid], above: float, height: float, *, ruled: bool
    ) -> Paint:
        row = broken.row

        def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
            self._tag_all(broken)
            self._ground(canvas, row, x, y, height, ruled=ruled)
            for laid, whole in zip(part, broken.cells, strict=True):
                laid.element = whole.element
                laid.paint(canvas, x, y + above)
                if laid.cell is not None:
                    self._decorate(canvas, laid, laid.cell, row, x, y + above)

        return paint

    def _tag_all(self, broken: _Broken) -> None:
        """Make the elements of a row when its first slice is painted."""
        if broken.tagged:
            return
        broken.tagged = True
        tr = Element("TR", self.body)
        for laid, under in zip(broken.cells, broken.under, strict=True):
            tag = self.tags[under[0].column] if len(under) == 1 else self._tag(under)
            laid.element = self._tagged(tr, tag, broken.number)

    # --- what is not words ------------------------------------------------------------------

    def _ground(
        self, canvas: TaggedCanvas, row: Row, x: float, y: float, height: float, *, ruled: bool
    ) -> None:
        """Paint the band of a total, and the rule over the row."""
        colours = self.setter.colours
        if row.role == "total":
            canvas.box(x, y, self.width, height, fill=colours.band)
        if ruled:
            strong = {"subtotal": 0.5, "total": 1.0}.get(row.role, 0.0)
            weight, ink = (strong, colours.ink) if strong else (0.35, colours.hair)
            canvas.rule(x, y, x + self.width, y, weight, ink)

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

    def _widest_figures(self) -> list[float]:
        """The widest figure beside a bar in each column, so that the tracks line up."""
        widest = [0.0] * len(self.table.columns)
        for row in self.table.rows:
            at = 0
            for cell in row.cells:
                if cell.bar is not None:
                    widest[at] = max(widest[at], self.setter.widest(cell.runs, self.styles[row.role]))
                at += cell.span
        return widest


def _sliced(cells: list[Laid], limit: float) -> list[list[Laid]]:
    """The row whole or, when it is taller than a page, in slices of a few lines, which fill the pages."""
    leading = max((line.style.leading for cell in cells for line in cell.lines), default=0.0)
    if not leading or max(cell.height for cell in cells) <= limit:
        return [cells]
    step = max(1, min(_SLICE, int(limit // leading)))
    count = max(len(cell.lines) for cell in cells)

    def part(cell: Laid, at: int) -> Laid:
        lines = cell.lines[at : at + step]
        rest = None if at else cell.cell
        return Laid(None, lines, cell.x, cell.width, cell.align, rest, cell.bar_x)

    return [[part(cell, at) for cell in cells] for at in range(0, count, step)]
