"""Where a paragraph stands in a table of data, in the words of the table's own heads."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from moitt_report.render.docx.spoken import W, words_in

_NUMBERED = re.compile(r"Table \w+(?=\.)")


def place_of(paragraph: etree._Element) -> str:
    """`Table 1, row “2 SCO”, column “Utilised”`; empty outside a table of data.

    A table that only puts things side by side has no title for screen readers, and is no table of data.
    """
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    caption = None if table is None else table.find(f"{W}tblPr/{W}tblCaption")
    if cell is None or row is None or table is None or caption is None:
        return ""
    title = caption.get(f"{W}val", "")
    numbered = _NUMBERED.match(title)
    named = numbered[0] if numbered else f"table “{title}”"
    rows = list(table.iterchildren(f"{W}tr"))
    heads = [one for one in rows if one.find(f"{W}trPr/{W}tblHeader") is not None]
    if row in heads:
        return f"{named}, heads"
    column = _over(heads, _begin(row, cell))
    return f"{named}, row {_row_name(row, cell) or rows.index(row) - len(heads) + 1}" + (
        f", column “{column}”" if column else ""
    )


def _row_name(row: etree._Element, cell: etree._Element) -> str:
    """The words of the first cell that has any, and of the next where that is a number; those before `cell` only."""
    said: list[str] = []
    for one in _cells(row):
        if one.element is cell or (said and not said[-1].isdigit()):
            break
        said += filter(None, [_words(one.element)])
    return f"“{' '.join(said)}”" if said else ""


def _over(heads: list[etree._Element], at: int) -> str:
    """The heads of the column `at` of the grid, from the outermost in."""
    over = [_words(one.element) for row in heads for one in _cells(row) if one.begin <= at < one.end]
    return ", ".join(filter(None, over))


def _begin(row: etree._Element, cell: etree._Element) -> int:
    return next((one.begin for one in _cells(row) if one.element is cell), 0)


class _Cell(Struct, frozen=True):
    """A cell, and the columns of the grid where it begins and where the next one does."""

    element: etree._Element
    begin: int
    end: int


def _cells(row: etree._Element) -> Iterator[_Cell]:
    """The cells of `row` itself, not those of a table inside one of them."""
    at = 0
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is row:
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide = int(span.get(f"{W}val", "1")) if span is not None else 1
            yield _Cell(cell, at, at + wide)
            at += wide


def _words(cell: etree._Element) -> str:
    return " ".join(filter(None, (words_in(one) for one in cell.iter(f"{W}p"))))
