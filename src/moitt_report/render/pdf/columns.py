"""How wide the columns of a table are, and what stands in them besides words.

When the columns cannot stand side by side they are parted into several tables.
"""

from msgspec import Struct

from moitt_report.brief.content import Cell, Table
from moitt_report.render.pdf.pieces import Piece, Type
from moitt_report.render.pdf.text import Setter
from moitt_report.render.widths import (
    BESIDE_TRACK,
    MARK,
    PAD,
    TRACK,
    WHOLE_FIGURE,
    Want,
    fitted,
    floor_of,
    pad_before,
)

INDENT = 9.0
"""The indent of a row that reports later than the period."""
_MANY = 8


class Span(Struct, frozen=True):
    """A column of the table as it is set: which it is, where it begins and its width."""

    column: int
    x: float
    width: float
    pad: float
    """Space before the words; the first column is flush with the text block."""


class Part(Struct, frozen=True):
    """A table, or those of its columns that stand side by side where all of them cannot."""

    table: Table
    number: int
    """Counted from 0."""
    spans: list[Span]

    @property
    def key(self) -> str:
        """What the names of its cells begin with: cells name the heads over them."""
        return f"{self.table.anchor}.{self.number}"

    @property
    def width(self) -> float:
        """From the left edge to the end of the last column, in points."""
        return self.spans[-1].x + self.spans[-1].width


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
    return (MARK if cell.tone else 0.0) + (TRACK + BESIDE_TRACK if cell.bar is not None else 0.0)


def parts_of(setter: Setter, table: Table, plain: list[list[Piece | None]], width: float) -> list[Part]:
    """The columns of `table` in `width` points: one part, or several when they cannot stand side by side.

    `plain` holds the cells of each row that are no more than one piece.
    """
    needs = _needs(setter, table, plain)
    floors = [
        floor_of(need, PAD, figures=column.align == "right")
        for need, column in zip(needs, table.columns, strict=True)
    ]
    groups = [list(range(len(floors)))]
    if sum(floors) > width and len(floors) > _MANY:
        groups = _parted(table, floors, width)
    return [Part(table, n, _spans(table, group, needs, floors, width)) for n, group in enumerate(groups)]


def _needs(setter: Setter, table: Table, plain: list[list[Piece | None]]) -> list[float]:
    styles = row_styles(setter, table)
    head = setter.type("table_head")
    needs = [setter.widest(column.head, head) for column in table.columns]
    for row, pieces in zip(table.rows, plain, strict=True):
        at = 0
        for cell, piece in zip(row.cells, pieces, strict=True):
            if piece is not None:
                figure = table.columns[at].align == "right" and piece.width <= WHOLE_FIGURE
                widest = piece.width if figure else piece.widest
            elif cell.span == 1:
                widest = setter.widest(cell.runs, styles[row.role]) + extra(cell)
            else:
                widest = 0.0
            needs[at] = max(needs[at], widest)
            at += cell.span
    return [need + pad_before(table, n) + 0.1 for n, need in enumerate(needs)]


def _parted(table: Table, floors: list[float], width: float) -> list[list[int]]:
    """Columns in groups that fit, each led by the stub and what stands before it; by the stub alone, where
    that would leave the others less than half of the width.
    """
    lead = list(range(table.stub + 1))
    if sum(floors[n] for n in lead) > width / 2:
        lead = [table.stub]
    room = width - sum(floors[n] for n in lead)
    groups: list[list[int]] = []
    used = 0.0
    for n in range(len(floors)):
        if n in lead:
            continue
        if not groups or (used + floors[n] > room and len(groups[-1]) > len(lead)):
            groups.append(list(lead))
            used = 0.0
        groups[-1].append(n)
        used += floors[n]
    return [sorted(group) for group in groups] or [lead]


def _spans(
    table: Table, group: list[int], needs: list[float], floors: list[float], width: float
) -> list[Span]:
    scale = width / sum(table.columns[n].width for n in group)
    wants = [
        Want(table.columns[n].width * scale, needs[n], floors[n], table.columns[n].align == "right")
        for n in group
    ]
    spans: list[Span] = []
    x = 0.0
    for n, w in zip(group, fitted(wants, width), strict=True):
        spans.append(Span(n, x, w, pad_before(table, n)))
        x += w
    return spans
