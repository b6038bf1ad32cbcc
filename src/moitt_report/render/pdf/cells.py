"""Cells of a table, broken into lines and tagged, ready to paint."""

from msgspec import Struct

from moitt_report.brief.content import Cell
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.flow import paint_lines
from moitt_report.render.pdf.pieces import Line, height_of
from moitt_report.render.pdf.tags import Element

BLANK = 14.5
"""Height of a ruled blank: room to write."""


class Laid(Struct):
    """A cell with its lines, and where it stands across the table."""

    element: Element | None
    """None until it is painted, for the cells of rows."""
    lines: list[Line]
    x: float
    width: float
    align: str
    cell: Cell | None = None
    """What else to draw; none for heads, and for the later slices of a row."""
    bar_x: float = 0

    @property
    def height(self) -> float:
        """Height of the words or of the ruled blank."""
        words = height_of(self.lines)
        return max(words, BLANK) if self.cell and self.cell.blank else words

    def paint(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Paint the words, with the table's left edge at `x` and the cell's first line at `y`."""
        paint_lines(canvas, self.element, self.lines, x + self.x, y, width=self.width, align=self.align)


def scope(kind: str, columns: int = 1, rows: int = 1, headers: str = "") -> str:
    """The attributes of a cell: what it heads, and how far it reaches. Empty for a plain cell."""
    parts = f"/Scope/{kind}" * bool(kind)
    parts += headers
    parts += f"/ColSpan {columns}" * (columns > 1) + f"/RowSpan {rows}" * (rows > 1)
    return f"/A<</O/Table{parts}>>" if parts else ""
