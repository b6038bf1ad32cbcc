"""How the columns of a table share its width: the proportions asked for, bent so that no figure is broken.

Both files share columns alike; each measures words in its own way.
"""

from collections.abc import Sequence
from typing import NamedTuple

from moitt_report.brief.content import Table

WHOLE_FIGURE = 80.0
"""Figures are not broken, up to this width: “over 185,000” stands on one line."""
TEXT_FLOOR = 36.0
"""A column of text is not made narrower than this for the sake of others, in points."""

PAD = 5.0
"""The room before the words of a column, as a rule; in points, as all that follows."""
_AFTER_FIGURES = 7.5
"""The same where the column before ends in figures."""
TRACK = 28.35
"""The track of a bar in a cell: 10 mm, 0 to 100 %."""
BESIDE_TRACK = 6.0
"""Between the track and its number."""
MARK = 11.0
"""A status mark of 8 points and the space after it."""


class Want(NamedTuple):
    """What a column asks for, in points."""

    wanted: float
    """Its part of the proportions."""
    need: float
    """Where its widest unbroken words or figure fit."""
    floor: float
    """What it has to have; a column of text can wrap further."""
    figures: bool


def pad_before(table: Table, column: int) -> float:
    """The room before the words of a column: none at the edge of the text block, more where words follow figures."""
    if column == 0:
        return 0.0
    sides = (table.columns[column - 1].align, table.columns[column].align)
    return _AFTER_FIGURES if sides == ("right", "left") else PAD


def floor_of(need: float, pad: float, *, figures: bool) -> float:
    """What a column has to have of its `need`: all, if it holds figures."""
    return need if figures else min(need, TEXT_FLOOR + pad)


def fitted(columns: Sequence[Want], width: float) -> list[float]:
    """The widths of `columns`, `width` together at most; exactly, where the proportions fill it.

    A column of figures is at least as wide as its widest figure and takes the room from the columns of
    text, which can wrap.
    """
    least = [column.need for column in columns]
    if sum(least) > width:
        # A column of text with one long word, such as an address, does not crowd out the others.
        least = [c.need if c.figures else min(c.need, max(c.wanted, c.floor)) for c in columns]
    if sum(least) > width:
        least = _squeezed(least, _least(columns, width), width)
    widest = [max(column.wanted, need) for column, need in zip(columns, least, strict=True)]
    return _squeezed(widest, least, width)


def _least(columns: Sequence[Want], width: float) -> list[float]:
    """The floors or, when they do not fit either, figures broken so that words stay readable."""
    text = sum(column.floor for column in columns if not column.figures)
    figures = sum(column.floor for column in columns) - text
    if text + figures <= width or text > width / 2:
        return [column.floor for column in columns]
    scale = (width - text) / figures
    return [column.floor * (scale if column.figures else 1) for column in columns]


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
