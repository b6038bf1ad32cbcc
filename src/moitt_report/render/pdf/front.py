"""The parts of the first page: letterhead and title, headline figures, signature."""

from msgspec import Struct

from moitt_report.brief.content import (
    KeyFigure,
    KeyFigures,
    Runs,
    Signature,
    TitleBlock,
    TitleField,
    plain,
)
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.flow import Strip, paint_column, paint_lines, stack
from moitt_report.render.pdf.pieces import Line, Type, followed, height_of
from moitt_report.render.pdf.prose import anchored, lined, styled
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import MM, Setter

_TITLE = "_title"
"""Where the bookmark of the title leads; no anchor of a brief begins so."""
_LEFT_SHARE = 0.536
_RIGHT_START = 0.56
_FIELD = 18.0
_RULE_GAP = 9.0
"""From the letterhead to the rule under it."""
_KEY_GAPS = (4.0, 0.0, 2.0, 5.0)
"""Over label, value, unit and comparisons of a headline figure."""
_SIGNATURE = 60 * MM
_SIGNING_ROOM = 40.0


def title_block(setter: Setter, block: TitleBlock, parent: Element, width: float) -> list[Strip]:
    """Letterhead over a rule, title and period, then the fields of the file."""
    strips: list[Strip] = []
    for n, runs in enumerate(block.letterhead, 1):
        name = "letterhead2" if n == len(block.letterhead) else "letterhead1"
        lines = setter.lines(runs, setter.type(name), width)
        strips += lined(Element("P", parent), lines, width=width, align="centre", keep=True)
    if strips:
        strips.append(_rule(setter, width))
    title = styled(setter, block.title, "title", Element("H1", parent), width, keep=True)
    anchored(title, _TITLE, bookmark=plain(block.title))
    strips += title
    strips += styled(setter, block.period, "period", Element("P", parent), width, keep=True)
    if block.fields:
        strips += _fields(setter, block.fields, parent, width)
    return strips


def _rule(setter: Setter, width: float) -> Strip:
    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        line = y + _RULE_GAP
        canvas.rule(x, line, x + width, line, 1.5, setter.colours.accent)

    return Strip(_RULE_GAP + 1, paint, keep=True)


def _fields(setter: Setter, fields: tuple[TitleField, ...], parent: Element, width: float) -> list[Strip]:
    """Two columns of labelled lines; a field without words is a rule to write on. Columns that no page can
    hold stand one under the other.
    """
    left = [field for field in fields if field.side == "left"]
    right = [field for field in fields if field.side == "right"]
    columns = [
        _field_column(setter, left, parent, 0.0, width * _LEFT_SHARE if right else width),
        _field_column(setter, right, parent, width * _RIGHT_START if left else 0.0, width),
    ]

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        for column in columns:
            paint_column(canvas, column, x, y)

    height = max(map(stack, columns))
    if height > setter.room:
        return [strip for column in columns for strip in column]
    return [Strip(height, paint, after=8)]


class _Edges(Struct, frozen=True):
    """Where the fields of a column stand across, from the left of the text block, in points."""

    label: float
    value: float
    end: float


def _field_column(
    setter: Setter, fields: list[TitleField], parent: Element, start: float, end: float
) -> list[Strip]:
    """A strip for each field, between `start` and `end`; all values begin beside the longest label."""
    room = (end - start) * 0.45
    labels = [setter.lines(field.label, setter.type("meta_label"), room) for field in fields]
    widest = max((line.width for lines in labels for line in lines), default=0.0)
    edges = _Edges(start, start + max(40.0, widest + 16), end)
    return [_field(setter, field, label, parent, edges) for field, label in zip(fields, labels, strict=True)]


def _field(setter: Setter, field: TitleField, label: list[Line], parent: Element, edges: _Edges) -> Strip:
    style = setter.type("meta")
    followed(label)
    value = setter.lines(field.runs, style, edges.end - edges.value) if field.runs else []
    height = _FIELD + (max(len(label), len(value), 1) - 1) * style.leading
    element = Element("P", parent)

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        top = y + 3
        paint_lines(canvas, element, label, x + edges.label, top)
        paint_lines(canvas, element, value, x + edges.value, top)
        line = y + height - 0.5
        canvas.rule(x + edges.value, line, x + edges.end, line, 0.5, setter.colours.ink3)

    return Strip(height, paint)


def key_figures(setter: Setter, block: KeyFigures, parent: Element, width: float) -> list[Strip]:
    """Headline figures in equal columns, their parts aligned across on common rows."""
    band = Element("L", parent, attributes="/A<</O/List/ListNumbering/None>>")
    step = width / len(block.items)
    inset = 8.0
    columns = []
    for n, item in enumerate(block.items):
        room = step - (inset if n else 0.0) - (inset if n < len(block.items) - 1 else 0.0)
        columns.append(_key_figure(setter, item, band, room))
    # The rows are as high as their tallest part, so that labels, values and units line up.
    rows = [max(height_of(said.lines) for said in level) for level in zip(*columns, strict=True)]
    height = sum(rows) + sum(_KEY_GAPS) + 6
    colours = setter.colours

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        canvas.rule(x, y, x + width, y, 1.5, colours.accent)
        for n, column in enumerate(columns):
            left = x + n * step + (inset if n else 0.0)
            top = y
            for said, gap, row in zip(column, _KEY_GAPS, rows, strict=True):
                paint_lines(canvas, said.element, said.lines, left, top + gap)
                top += gap + row
            if n:
                canvas.rule(x + n * step, y + 1, x + n * step, y + height - 0.5, 0.5, colours.hair)
        canvas.rule(x, y + height, x + width, y + height, 0.5, colours.ink)

    return [Strip(height, paint, before=10, after=10)]


class _Said(Struct):
    """Words of a headline figure, broken into lines."""

    element: Element
    lines: list[Line]


def _key_figure(setter: Setter, item: KeyFigure, band: Element, room: float) -> list[_Said]:
    """Label, value, unit and comparisons, each no wider than `room`."""
    body = Element("LBody", Element("LI", band))
    value = setter.type("key_value")
    wide = setter.line((item.value,), value).width
    if wide > room:
        # The figure is the message: a long one is set smaller rather than broken.
        size = max(9.0, value.size * room / wide)
        value = value._replace(size=size)
    parts: list[tuple[Runs, Type]] = [
        (item.label, setter.type("key_label")),
        ((item.value,), value),
        (item.unit, setter.type("key_unit")),
    ]
    said = [_said(body, setter.lines(runs, kind, room)) for runs, kind in parts]
    comparisons = [
        line
        for runs in item.comparisons
        for line in followed(setter.lines(runs, setter.type("key_comparison"), room))
    ]
    said.append(_said(body, comparisons))
    return said


def _said(body: Element, lines: list[Line]) -> _Said:
    """`lines` as a paragraph of `body`; no words make no paragraph."""
    return _Said(Element("P", body) if any(line.pieces for line in lines) else body, lines)


def signature(setter: Setter, block: Signature, parent: Element, width: float) -> list[Strip]:
    """A rule to sign on at the right, what it is for under it, and the enclosure at the left."""
    style = setter.type("legend")
    enclosed = setter.lines(block.enclosure, style, width - _SIGNATURE - 12) if block.enclosure else []
    caption = setter.lines(block.caption, style, _SIGNATURE)
    first = Element("P", parent) if enclosed else None
    second = Element("P", parent)
    height = _SIGNING_ROOM + max(len(enclosed), len(caption)) * style.leading + 3

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        line, start = y + _SIGNING_ROOM, x + width - _SIGNATURE
        canvas.rule(start, line, x + width, line, 0.5, setter.colours.ink3)
        paint_lines(canvas, first, enclosed, x, line + 3)
        paint_lines(canvas, second, caption, start, line + 3)

    return [Strip(height, paint, after=8)]
