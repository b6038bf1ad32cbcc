"""Tables in strips: one strip a row, the head repeated on each page as an artifact."""

from moitt_report.brief.content import Table
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.columns import Span, columns
from moitt_report.render.pdf.flow import Strip, stack
from moitt_report.render.pdf.prose import anchored, caption, footing
from moitt_report.render.pdf.rows import Plain, Rows, plain_cells
from moitt_report.render.pdf.table_head import head_strip
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter

_SHORT = 12
"""A table of so few rows stays whole where a page can hold it."""


def table_strips(setter: Setter, table: Table, parent: Element, width: float) -> list[Strip]:
    """The strips of `table`, from its caption to its sources."""
    element = Element("Table", parent)
    captioned = table.number or table.title or table.unit
    strips = caption(setter, table, Element("Caption", element) if captioned else element, width)
    room = setter.room - stack(strips) - 4
    plain = plain_cells(setter, table)
    for n, spans in enumerate(columns(setter, table, plain, width)):
        part = element if n == 0 else Element("Table", parent)
        strips += _part(setter, table, plain, spans, part, room, n)
    anchored(strips, table.anchor)
    notes = footing(setter, table, parent, width)
    strips[-1].keep = bool(notes)
    return strips + notes


def _part(
    setter: Setter,
    table: Table,
    plain: list[Plain],
    spans: list[Span],
    element: Element,
    room: float,
    number: int,
) -> list[Strip]:
    """Head and rows of the table, or of those of its columns that stand side by side; no row is taller
    than `room` with the head above it.
    """
    key = f"{table.anchor}.{number}"
    head = head_strip(setter, table, element, spans, key)
    body = Element("TBody", element)  # even of no rows: a head must have a body to head
    rows = Rows(setter, table, spans, body, key).strips(plain, room - head.height, anchors=number == 0)
    short = len(rows) <= _SHORT
    for n, strip in enumerate(rows):
        strip.head = head
        # Long tables keep two rows with the head and two with the end.
        strip.keep = n < len(rows) - 1 and (short or n == 0 or n == len(rows) - 2)
    _close(setter, rows[-1] if rows else head, spans[-1].x + spans[-1].width)
    return [head, *rows]


def _close(setter: Setter, strip: Strip, width: float) -> None:
    """Draw the closing rule under the last row."""
    paint, ink = strip.paint, setter.colours.ink

    def closing(canvas: TaggedCanvas, x: float, y: float) -> None:
        paint(canvas, x, y)
        canvas.rule(x, y + strip.height, x + width, y + strip.height, 1, ink)

    strip.paint = closing
    strip.after = 8
    strip.keep = False
