"""WordprocessingML as text: small pure functions, each returning a piece in schema order.

Text, not an object tree: Word rejects pieces out of order, and text written in order is also ten
times faster than a tree for long tables. All escaping of words happens here, in `escape`.
"""

import re
from collections.abc import Iterable, Sequence

TWIPS_PER_POINT = 20
EMU_PER_POINT = 12700
POINTS_PER_MM = 72 / 25.4
MOST_GRID_COLUMNS = 63
"""Word refuses a table with more."""

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(words: str) -> str:
    """`words` safe as XML text and as an attribute value."""
    if words.isalnum():
        return words
    found = _NOT_XML.search(words)
    if found:
        raise ValueError(f"the character U+{ord(found[0]):04X} cannot stand in a Word file")
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escaped(words: Sequence[str]) -> list[str]:
    """Each of `words` as `escape` gives it, at the cost of one; words with a line break are taken singly."""
    joined = "\n".join(words)
    safe = escape(joined)
    if safe is joined:  # nothing was replaced, as in most tables of figures
        return list(words)
    out = safe.split("\n")
    return out if len(out) == len(words) else [escape(each) for each in words]


def twips(points: float) -> int:
    """`points` in twentieths of a point."""
    return round(points * TWIPS_PER_POINT)


def mm(length: float) -> int:
    """`length` in mm as twentieths of a point."""
    return twips(length * POINTS_PER_MM)


def shares(weights: Sequence[float], total: int) -> list[int]:
    """`total` parted by `weights` into whole numbers that add up to it exactly."""
    whole, done, out = sum(weights), 0.0, []
    edge = 0
    for weight in weights:
        done += weight
        out.append(round(total * done / whole) - edge)
        edge += out[-1]
    return out


def run(words: str, style: str = "", props: str = "") -> str:
    """Words in one character style; `props` sorts after the style in `w:rPr`."""
    face = (f'<w:rStyle w:val="{style}"/>' if style else "") + props
    face = f"<w:rPr>{face}</w:rPr>" if face else ""
    return f'<w:r>{face}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


TAB = "<w:r><w:tab/></w:r>"
KEEP = "<w:keepNext/>"
"""On one page with the paragraph that follows."""


def para(style: str, inner: str = "", props: str = "") -> str:
    """A paragraph; `props` are further children of `w:pPr` in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}</w:pPr>{inner}</w:p>'


def field(instruction: str, cached: str, style: str = "") -> str:
    """A field with its result; never marked dirty, so Word opens the file without a question."""
    return "".join(spread_field(instruction, [run(cached, style)]))


def spread_field(instruction: str, results: Sequence[str]) -> list[str]:
    """A field whose result is spread over paragraphs: what each holds. Without any result there is no field."""
    if not results:
        return []
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    held = list(results)
    held[0] = begin + held[0]
    held[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return held


def bookmark(number: int, name: str, inner: str) -> str:
    """A place that links can lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def link_inside(name: str, inner: str) -> str:
    """A link to the bookmark `name`."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{inner}</w:hyperlink>'


def link_outside(relationship: str, inner: str) -> str:
    """A link to an address kept as a relationship of the document."""
    return f'<w:hyperlink r:id="{relationship}" w:history="1">{inner}</w:hyperlink>'


def edge(side: str, eighths: int, colour: str) -> str:
    """One border line of a cell, `eighths` of a point thick."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour[1:]}"/>'


def cell(
    width: int, content: str, *, span: int = 1, merge: str = "", borders: str = "",
    fill: str = "", margins: str = "", align: str = "",
) -> str:  # fmt: skip
    """A table cell; `content` ends in a paragraph, as Word demands. `merge` is restart or continue."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>' if fill else "")
        + (f"<w:tcMar>{margins}</w:tcMar>" if margins else "")
        + (f'<w:vAlign w:val="{align}"/>' if align else "")
        + f"</w:tcPr>{content}</w:tc>"
    )


def margin(side: str, width: int) -> str:
    """One inner margin of a cell."""
    return f'<w:{side} w:w="{width}" w:type="dxa"/>'


FLUSH_LEFT = margin("left", 0)


ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
ROW_END = "</w:tr>"


def row(cells: Iterable[str], *, head: bool = False, height: int = 0) -> str:
    """A row that is never split over two pages; a head row is repeated on each page."""
    if not head and not height:
        return f"{ROW}{''.join(cells)}{ROW_END}"
    return (
        "<w:tr><w:trPr><w:cantSplit/>"
        + (f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "")
        + ("<w:tblHeader/>" if head else "")
        + f"</w:trPr>{''.join(cells)}{ROW_END}"
    )


def data_table(
    style: str, widths: Sequence[int], rows: Iterable[str], *, title: str, description: str,
    stub_first: bool,
) -> list[str]:  # fmt: skip
    """A table of data with head row and alternative text; in pieces, since it may be long."""
    first = int(stub_first)
    look = 0x0420 | (0x0080 if stub_first else 0)
    head = _table_head(
        style,
        widths,
        f'<w:tblLook w:val="{look:04X}" w:firstRow="1" w:lastRow="0" w:firstColumn="{first}"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(title)}"/>'
        f'<w:tblDescription w:val="{escape(description)}"/>',
    )
    return [head, *rows, _TABLE_END]


def layout_table(style: str, widths: Sequence[int], rows: Iterable[str]) -> str:
    """A borderless table that only puts things side by side: no head row, no alternative text."""
    head = _table_head(
        style,
        widths,
        '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>',
    )
    return "".join([head, *rows, _TABLE_END])


_TABLE_END = "</w:tbl>"


def _table_head(style: str, widths: Sequence[int], tail: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{tail}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def chart_frame(number: int, relationship: str, alt: str, width: float, height: float) -> str:
    """A run that holds the chart of `relationship`, `width` by `height` points."""
    cx, cy = round(width * EMU_PER_POINT), round(height * EMU_PER_POINT)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr="{escape(alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{C}">'
        f'<c:chart xmlns:c="{C}" r:id="{relationship}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
