"""Each kind of block as text of the document's body."""

from typing import assert_never

from moitt_report.brief.content import (
    Block,
    Chart,
    Contents,
    Heading,
    KeyFigure,
    KeyFigures,
    List,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Signature,
    Table,
    TitleBlock,
    TitleField,
    blocks,
    plain,
)
from moitt_report.render.docx.caption import AFTER_TABLE
from moitt_report.render.docx.charts import chart_block
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.inline import BOLD_PLACE, prose
from moitt_report.render.docx.markup import (
    FLUSH_LEFT,
    TAB,
    TWIPS_PER_POINT,
    cell,
    edge,
    layout_table,
    link_inside,
    mm,
    para,
    row,
    run,
    shares,
    spread_field,
    twips,
)
from moitt_report.render.docx.measure import lines_of, width_of
from moitt_report.render.docx.styles import UNDER_KEY_UNIT
from moitt_report.render.docx.table import table_pieces
from moitt_report.render.widths import Want, fitted

_HEADINGS = {1: "Title", 2: "Heading1", 3: "Heading2", 4: "Heading3"}
_AT_TOP = '<w:spacing w:before="0"/>'
_TOC = 'TOC \\o "1-1" \\h \\n'
_WIDEST_HALF = 6
"""A table with more columns is too wide for half a page."""
_UNDER = {"key_label": 0.0, "key_unit": UNDER_KEY_UNIT}
"""The space that the styles of the band have under them already."""
_NEARLY = 1.03
"""What words may be wider in Word than was measured."""
_BESIDE_KEY = 10.0
"""Points beside the words of a cell of the band."""
_AFTER_LABEL = 12.0
"""Points between the longest label of the title block and its value."""
_CHART_PAIR = (262.0, 24.0, 190.0)
_PAIR = (84.0, 6.0, 78.0)
"""The left half, the gap and the right half of a pair, as parts of the whole width."""
_FIELDS = (90.0, 4.0, 74.0)
"""The same for the two columns of the title block."""


def block_text(block: Block, context: Context, width: float) -> str:
    """`block` as paragraphs and tables, `width` points wide."""
    match block:
        case Heading():
            return heading(block, context)
        case Paragraph():
            return _paragraph(block, context)
        case List():
            return _list(block, context)
        case Table():
            return "".join(table_pieces(block, context, width))
        case Chart():
            return chart_block(block, context, width)
        case KeyFigures():
            return _key_figures(block, context, width)
        case Notes():
            return _notes(block, context)
        case Pair():
            return _pair(block, context, width)
        case TitleBlock():
            return _title_block(block, context, width)
        case Signature():
            return _signature(block, context, width)
        case Contents():
            return _contents(block, context)
        case PageBreak():
            return ""
        case _:
            assert_never(block)


def heading(block: Heading, context: Context, *, top: bool = False) -> str:
    """A heading; at the top of a page it needs no space above."""
    words = context.place(block.anchor, prose(block.runs, context, BOLD_PLACE))
    return para(_HEADINGS[block.level], words, _AT_TOP if top else "")


def _paragraph(block: Paragraph, context: Context) -> str:
    words = prose(block.runs, context)
    if block.number is not None:
        # The number is text, not Word's own numbering: it is the brief's number, the same words
        # in every format, and it is still there after copying the paragraph into a letter.
        return para("NumberedParagraph", run(f"{block.number}.", "Muted") + TAB + words)
    return para("Legend" if block.role == "legend" else "BodyText", words)


def _list(block: List, context: Context) -> str:
    if not block.ordered:
        return "".join(para("ListBullet", prose(item, context)) for item in block.items)
    number = context.new_numbering()
    props = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return "".join(para("ListNumber", prose(item, context), props) for item in block.items)


def _notes(block: Notes, context: Context) -> str:
    return "".join(
        para(
            "NoteItem",
            context.place(item.number, run(item.number, "Strong"))
            + run(" ")
            + prose(item.title, context, "Strong")
            + run(" ")
            + prose(item.runs, context),
        )
        for item in block.items
    )


def _contents(block: Contents, context: Context) -> str:
    """Links to the sections, as the result of Word's own contents. No page numbers: only Word's layout knows them."""
    entries = [
        link_inside(context.name_of(h.anchor), prose(h.runs, context))
        for h in blocks(context.brief)
        if isinstance(h, Heading) and h.level == 2
    ]
    top = _AT_TOP if context.at_top else ""
    title = para("TOCHeading", prose(block.title, context, BOLD_PLACE), top)
    return title + "".join(para("Toc1", entry) for entry in spread_field(_TOC, entries))


# --- layout tables ------------------------------------------------------------------------------


def _title_block(block: TitleBlock, context: Context, width: float) -> str:
    last = len(block.letterhead) - 1
    letterhead = "".join(
        para("LetterheadMinistry", prose(runs, context, BOLD_PLACE))
        if n == last
        else para("Letterhead", prose(runs, context))
        for n, runs in enumerate(block.letterhead)
    )
    head = para("Title", prose(block.title, context, BOLD_PLACE))
    head += para("Subtitle", prose(block.period, context))
    return letterhead + head + (_fields(block, context, width) if block.fields else "")


def _fields(block: TitleBlock, context: Context, width: float) -> str:
    """Two columns of fields, each a table of its own, so that they are read as the brief has them."""
    widths = shares(_FIELDS, twips(width))
    sides = (
        _field_column([f for f in block.fields if f.side == "left"], context, widths[0], 14),
        AFTER_TABLE,
        _field_column([f for f in block.fields if f.side == "right"], context, widths[2], 20),
    )
    cells = [cell(w, content) for w, content in zip(widths, sides, strict=True)]
    return layout_table("HouseLayout", widths, [row(cells)])


def _field_column(fields: list[TitleField], context: Context, width: int, label: float) -> str:
    if not fields:
        return AFTER_TABLE
    rule = edge("bottom", 4, context.theme.colours.ink3)
    size = context.theme.styles["meta_label"].size
    longest = twips(max(width_of(plain(f.label), size) for f in fields) + _AFTER_LABEL)
    widths = [max(mm(label), min(longest, width // 2))]
    widths.append(width - widths[0])
    rows = [
        row(
            [
                cell(widths[0], para("FieldLabel", prose(f.label, context))),
                cell(
                    widths[1],
                    para("FieldValue", prose(f.runs, context, BOLD_PLACE)),
                    borders=rule,
                ),
            ],
            height=twips(18),
        )
        for f in fields
    ]
    return layout_table("HouseLayout", widths, rows) + AFTER_TABLE


def _key_figures(block: KeyFigures, context: Context, width: float) -> str:
    """The band: one cell a figure, so that each is read as a whole; of one width, unless a figure would be broken."""
    size = context.theme.styles["key_value"].size
    part = width / len(block.items)
    needs = [width_of(item.value.words, size) * _NEARLY + _BESIDE_KEY for item in block.items]
    fit = fitted([Want(part, need, need, figures=True) for need in needs], width)
    widths = shares(fit, twips(width))
    room = min(widths) / TWIPS_PER_POINT - _BESIDE_KEY
    labels = _padding([plain(item.label) for item in block.items], "key_label", context, room)
    units = _padding([plain(item.unit) for item in block.items], "key_unit", context, room)
    cells = [
        cell(
            widths[n],
            _key_figure(item, context, labels[n], units[n]),
            margins=FLUSH_LEFT if n == 0 else "",
        )
        for n, item in enumerate(block.items)
    ]
    return layout_table("HouseKeyFigures", widths, [row(cells)])


def _padding(words: list[str], role: str, context: Context, width: float) -> list[str]:
    """Space under the shorter texts of a line of the band, so that the next line is level."""
    style = context.theme.styles[role]
    lines = [lines_of(each, style.size, width) for each in words]
    missing = [(max(lines) - n) * style.leading for n in lines]
    return [f'<w:spacing w:after="{twips(gap + _UNDER[role])}"/>' if gap else "" for gap in missing]


def _key_figure(item: KeyFigure, context: Context, label: str, unit: str) -> str:
    value = "KeyValueAbsent" if item.value.absent else "KeyValue"
    return (
        para("KeyLabel", prose(item.label, context, BOLD_PLACE), label)
        + para(value, prose((item.value,), context, BOLD_PLACE))
        + para("KeyUnit", prose(item.unit, context), unit)
        + "".join(para("KeyComparison", prose(runs, context)) for runs in item.comparisons)
    )


def _signature(block: Signature, context: Context, width: float) -> str:
    widths = [twips(width) - mm(60), mm(60)]
    cells = [
        cell(widths[0], para("Enclosure", prose(block.enclosure, context))),
        cell(widths[1], para("SignatureLine", prose(block.caption, context))),
    ]
    return layout_table("HouseLayout", widths, [row(cells)])


def _pair(block: Pair, context: Context, width: float) -> str:
    """Two blocks side by side; one below the other where a half is too wide for that."""
    halves = (block.left, block.right)
    if any(isinstance(h, Table) and len(h.columns) > _WIDEST_HALF for h in halves):
        return para("SpaceAfterTable").join(block_text(half, context, width) for half in halves)
    both_charts = all(isinstance(half, Chart) for half in halves)
    widths = shares(_CHART_PAIR if both_charts else _PAIR, twips(width))
    cells = [
        cell(widths[0], _half(block.left, context, widths[0])),
        cell(widths[1], AFTER_TABLE),
        cell(widths[2], _half(block.right, context, widths[2])),
    ]
    return layout_table("HouseLayout", widths, [row(cells)])


def _half(block: Chart | Table, context: Context, width: int) -> str:
    text = block_text(block, context, width / TWIPS_PER_POINT)
    return text if text.endswith("</w:p>") else text + AFTER_TABLE
