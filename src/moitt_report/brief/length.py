"""How long a brief will be, in pages: an estimate from its content, equal for all formats.

It decides one thing only, whether a list of contents is worth its room. A renderer cannot decide
that: the words of the PDF and of the Word file must be the same, and Word knows no pages.
"""

import math

from moitt_report.brief.content import (
    Block,
    Brief,
    Chart,
    Contents,
    Heading,
    KeyFigures,
    List,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Row,
    Runs,
    Signature,
    Table,
    TitleBlock,
    plain,
)

# Millimetres, measured on the house theme.
PAGE, WIDTH = 254.0, 168.0
LINE, CHARACTER = 4.0, 1.6


def pages(brief: Brief) -> int:
    """About how many pages `brief` will fill."""
    total, on_page = 1, 0.0
    for section in brief.sections:
        for block in section.blocks:
            if isinstance(block, PageBreak):
                total, on_page = total + 1, 0.0
                continue
            on_page += height(block)
            total, on_page = total + int(on_page // PAGE), on_page % PAGE
    return total


def height(block: Block) -> float:
    """The height of a block in mm."""
    match block:
        case TitleBlock():
            return 62.0
        case Heading():
            return 12.7
        case Paragraph():
            return _lines(block.runs, WIDTH) * 4.9 + 2.1
        case List():
            return sum(_lines(item, WIDTH) * 4.9 + 1.5 for item in block.items)
        case KeyFigures():
            return 33.0
        case Notes():
            return sum(_lines(item.title + item.runs, WIDTH) * LINE + 1.5 for item in block.items)
        case Signature():
            return 18.0
        case Contents():
            return 12.0
        case PageBreak():
            return 0.0
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case Pair():
            return max(height(block.left), height(block.right)) * 1.15


def _lines(runs: Runs, width: float) -> int:
    return max(1, math.ceil(len(plain(runs)) * CHARACTER / width))


def _table(table: Table) -> float:
    room = WIDTH / sum(column.width for column in table.columns)
    head = 14.0 + 5.0 * bool(table.groups) + 4.0 * len(table.notes) + 4.0 * bool(table.sources)
    return head + sum(_row(row, [c.width * room for c in table.columns]) for row in table.rows)


def _row(row: Row, widths: list[float]) -> float:
    at, most = 0, 1
    for cell in row.cells:
        width = sum(widths[at : at + cell.span])
        most = max(most, _lines(cell.runs, width))
        at += cell.span
    return most * LINE + 1.4


def _chart(chart: Chart) -> float:
    rows = len(chart.categories)
    body = {"progress": 10.2 * rows + 8.0, "bars": 8.0 * rows, "columns": 34.0, "line": 45.0}[chart.form]
    return body + 22.0
