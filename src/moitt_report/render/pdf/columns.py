"""How wide the columns of a table are: the theme's proportions, bent so that no figure overflows.

A column of figures is at least as wide as its widest figure and takes the room from the columns of
text, which can wrap. When even that is not enough the columns are parted into several tables.
"""

from msgspec import Struct

from moitt_report.brief.content import Cell, Table
from moitt_report.render.pdf.pieces import Piece, Type
from moitt_report.render.pdf.text import Setter

PAD = 5.0
"""Space left of each column but the first."""
WIDE_PAD = 7.5
TRACK = 28.35
"""The track of a bar in a cell: 10 mm, 0 to 100 %."""
TRACK_GAP = 6.0
MARK = 11.0
"""A status mark of 8 points and the space after it."""
INDENT = 9.0
"""The indent of a row that reports later than the period."""
_TEXT_FLOOR = 36.0
_FIGURE = 80.0
"""Figures are not broken, up to this width: “over 185,000” stands on one line."""
_MANY = 8


class Span(Struct, frozen=True):
    """A column of the table as it is set: which it is, where it begins and its width."""

    column: int
    x: float
    width: float
    pad: float
    """Space before the words; the first column is flush with the text block."""


def _pad(table: Table, column: int) -> float:
    """Figures that end where words begin need more room between them."""
    meeting = column and (table.columns[column - 1].align, table.columns[column].align) == ("right", "left")
    return WIDE_PAD if meeting else PAD


def row_styles(setter: Setter, table: Table) -> dict[str, Type]:
    """The type of each kind of row: what it is in the sum decides weight and colour."""
    base = setter.type(f"table_{table.size}")
    muted = base._replace(colour=setter.colours.ink2)
    strong = base._replace(bold=True)
    return {
        "body": base,
        "subtotal": strong,
        "total": strong,
        "comparison": muted,
        "later": muted._replace(italic=True),
    }


def extra(cell: Cell) -> float:
    """Room that a cell needs besides its words."""
    return (MARK if cell.tone else 0.0) + (TRACK + TRACK_GAP if cell.bar is not None else 0.0)


def columns(setter: Setter, table: Table, plain: list[list[Piece | None]], width: float) -> list[list[Span]]:
    """The columns of `table` in `width`: one list, or several when they cannot stand side by side.

    `plain` holds the cells of each row that are no more than one piece.
    """
    needs = _needs(setter, table, plain)
    floors = [
        need if column.align == "right" else min(need, _TEXT_FLOOR + PAD)
        for need, column in zip(needs, table.columns, strict=True)
    ]
    groups = [list(range(len(floors)))]
    if sum(floors) > width and len(floors) > _MANY:
        groups = _parted(table, floors, width)
    return [_spans(table, group, needs, floors, width) for group in groups]


def _needs(setter: Setter, table: Table, plain: list[list[Piece | None]]) -> list[float]:
    styles = row_styles(setter, table)
    head = setter.type("table_head")
    needs = [setter.widest(column.head, head) for column in table.columns]
    for row, pieces in zip(table.rows, plain, strict=True):
        at = 0
        for cell, piece in zip(row.cells, pieces, strict=True):
            if piece is not None:
                figure = table.columns[at].align == "right" and piece.width <= _FIGURE
                widest = piece.width if figure else piece.widest
            elif cell.span == 1:
                widest = setter.widest(cell.runs, styles[row.role]) + extra(cell)
            else:
                widest = 0.0
            needs[at] = max(needs[at], widest)
            at += cell.span
    return [need + (_pad(table, n) if n else 0.0) + 0.1 for n, need in enumerate(needs)]


def _parted(table: Table, floors: list[float], width: float) -> list[list[int]]:
    """Columns in groups that fit, each led by the stub and what stands before it."""
    lead = list(range(table.stub + 1))
    room = width - sum(floors[n] for n in lead)
    groups: list[list[int]] = []
    used = 0.0
    for n in range(len(lead), len(floors)):
        if not groups or (used + floors[n] > room and len(groups[-1]) > len(lead)):
            groups.append(list(lead))
            used = 0.0
        groups[-1].append(n)
        used += floors[n]
    return groups or [lead]


def _spans(
    table: Table, group: list[int], needs: list[float], floors: list[float], width: float
) -> list[Span]:
    scale = width / sum(table.columns[n].width for n in group)
    wanted = [table.columns[n].width * scale for n in group]
    least = [needs[n] for n in group]
    if sum(least) > width:
        least = _squeezed(least, _least(table, group, floors, width), width)
    widths = _squeezed([max(w, m) for w, m in zip(wanted, least, strict=True)], least, width)
    spans: list[Span] = []
    x = 0.0
    for n, w in zip(group, widths, strict=True):
        spans.append(Span(n, x, w, _pad(table, n) if x else 0.0))
        x += w
    return spans


def _least(table: Table, group: list[int], floors: list[float], width: float) -> list[float]:
    """The floors or, when they do not fit either, figures broken so that words stay readable."""
    text = sum(floors[n] for n in group if table.columns[n].align == "left")
    figures = sum(floors[n] for n in group) - text
    if text + figures <= width or text > width / 2:
        return [floors[n] for n in group]
    scale = (width - text) / figures
    return [floors[n] * (1 if table.columns[n].align == "left" else scale) for n in group]


def _squeezed(widths: list[float], least: list[float], total: float) -> list[float]:
    """`widths` brought down to `total`: first what each can spare above `least`, then all alike."""
    over = sum(widths) - total
    if over <= 0:
        return widths
    spare = [max(0.0, w - m) for w, m in zip(widths, least, strict=True)]
    if sum(spare) >= over:
        share = over / sum(spare)
        return [w - s * share for w, s in zip(widths, spare, strict=True)]
    smallest = [w - s for w, s in zip(widths, spare, strict=True)]
    scale = total / sum(smallest)
    return [w * scale for w in smallest]
