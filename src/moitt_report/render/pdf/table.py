"""Tables in strips: one strip a row, the head repeated on each page as an artifact that says what goes on there."""

from moitt_report.brief.content import Table
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.columns import Part, parts_of
from moitt_report.render.pdf.flow import Strip, paint_lines, stack
from moitt_report.render.pdf.pieces import height_of
from moitt_report.render.pdf.prose import anchored, caption, continued, footing, lined
from moitt_report.render.pdf.rows import Plain, Rows, plain_cells
from moitt_report.render.pdf.table_head import head_strip
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter
from moitt_report.render.theme import KEPT_PART, KEPT_WHOLE

_UNDER_CONTINUED = 2.0


def table_strips(setter: Setter, table: Table, parent: Element, width: float) -> list[Strip]:
    """The strips of `table`, from its caption to its sources."""
    element = Element("Table", parent)
    captioned = table.number or table.title or table.unit
    strips = caption(setter, table, Element("Caption", element) if captioned else element, width)
    room = setter.room - stack(strips) - 4
    pieces = plain_cells(setter, table)
    for part in parts_of(setter, table, pieces, width):
        if part.number:
            element = Element("Table", parent)
            strips += _further(setter, part, element)
        strips += _part(setter, part, pieces, element, room)
    anchored(strips, table.anchor)
    notes = footing(setter, table, parent, width)
    if notes:
        strips[-1].keep, strips[-1].after = True, 0  # the style of notes has the room it needs over it
    return strips + notes


def _further(setter: Setter, part: Part, element: Element) -> list[Strip]:
    """The caption of a part that stands under the first."""
    lines = continued(setter, part.table, part.width)
    if not lines:
        return []
    strips = lined(Element("Caption", element), lines, keep=True)
    strips[-1].after = _UNDER_CONTINUED
    return strips


def _part(setter: Setter, part: Part, pieces: list[Plain], element: Element, room: float) -> list[Strip]:
    """Head and rows of `part`; `room` is what its first page has left for them under the caption, in points."""
    head = head_strip(setter, part, element)
    body = Element("TBody", element)  # even of no rows: a head must have a body to head
    over = _continued(setter, part.table, head, part.width)
    limit = min(room - head.height, setter.room - 4 - over.height)
    rows = Rows(setter, part, body).strips(pieces, limit, anchors=part.number == 0)
    short = len(rows) <= KEPT_WHOLE and sum(strip.height for strip in rows) <= KEPT_PART * setter.room
    for n, strip in enumerate(rows):
        strip.head = over
        # Long tables keep two rows with the head and two with the end.
        strip.keep = n < len(rows) - 1 and (short or n == 0 or n == len(rows) - 2)
    _close(setter, rows[-1] if rows else head, part.width)
    return [head, *rows]


def _continued(setter: Setter, table: Table, head: Strip, width: float) -> Strip:
    """The head as it stands on the table's further pages, under which table goes on there."""
    lines = continued(setter, table, width)
    if not lines:
        return head
    tall = height_of(lines) + _UNDER_CONTINUED

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        paint_lines(canvas, None, lines, x, y)
        head.paint(canvas, x, y + tall)

    return Strip(tall + head.height, paint)


def _close(setter: Setter, strip: Strip, width: float) -> None:
    """Draw the closing rule under the last row."""
    paint, ink = strip.paint, setter.colours.ink

    def closing(canvas: TaggedCanvas, x: float, y: float) -> None:
        paint(canvas, x, y)
        canvas.rule(x, y + strip.height, x + width, y + strip.height, 1, ink)

    strip.paint = closing
    strip.after = 8
    strip.keep = False
