"""Each kind of block to its strips. A kind that is added to the content fails here, in the types."""

from typing import assert_never

from moitt_report.brief.content import (
    Block,
    Chart,
    Contents,
    Heading,
    KeyFigures,
    List,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Signature,
    Table,
    TitleBlock,
)
from moitt_report.render.pdf.charts import chart_strips
from moitt_report.render.pdf.flow import Strip, beside, stack
from moitt_report.render.pdf.front import key_figures, signature, title_block
from moitt_report.render.pdf.prose import bullets, contents, heading, notes, paragraph
from moitt_report.render.pdf.table import table_strips
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import MM, Setter

_CHARTS = (262.0, 24.0)
_TABLES = (84 * MM, 6 * MM)
"""Width of the left half of a pair, and the gap after it."""
_TALLEST_PAIR = 0.75
"""Of the page. A taller pair is set one under the other, where it can be parted."""


def strips_of(setter: Setter, block: Block, parent: Element, headings: list[Heading]) -> list[Strip]:
    """The strips of `block`; their elements are hung under `parent` in reading order.

    One arm and one return for each kind of block.
    """
    width = setter.width
    match block:
        case Heading():
            return heading(setter, block, parent, width)
        case Paragraph():
            return paragraph(setter, block, parent, width)
        case List():
            return bullets(setter, block, parent, width)
        case Table() | Chart():
            return _half(setter, block, parent, width)
        case Pair():
            return _pair(setter, block, parent, width)
        case KeyFigures():
            return key_figures(setter, block, parent, width)
        case Notes():
            return notes(setter, block, parent, width)
        case TitleBlock():
            return title_block(setter, block, parent, width)
        case Signature():
            return signature(setter, block, parent, width)
        case Contents():
            return contents(setter, block, headings, parent, width)
        case PageBreak():
            return [Strip(0, lambda *_: None, new_page=True)]
        case _:
            assert_never(block)


def _half(setter: Setter, block: Table | Chart, parent: Element, width: float) -> list[Strip]:
    if isinstance(block, Table):
        return table_strips(setter, block, parent, width)
    return chart_strips(setter, block, parent, width)


def _pair(setter: Setter, pair: Pair, parent: Element, width: float) -> list[Strip]:
    charts = isinstance(pair.left, Chart) and isinstance(pair.right, Chart)
    first, gap = _CHARTS if charts else _TABLES
    trial = Element("Div", parent)
    left = _half(setter, pair.left, trial, first)
    right = _half(setter, pair.right, trial, width - first - gap)
    if max(stack(left), stack(right)) <= _TALLEST_PAIR * setter.room:
        return [beside(left, right, first + gap)]
    parent.kids.remove(trial)
    return [
        *_half(setter, pair.left, parent, width),
        *_half(setter, pair.right, parent, width),
    ]
