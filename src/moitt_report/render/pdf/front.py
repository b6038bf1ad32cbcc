"""The parts of the first page: letterhead and title, headline figures, signature."""

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
from moitt_report.render.pdf.flow import Paint, Strip, paint_lines
from moitt_report.render.pdf.pieces import Line, Type, followed, height_of
from moitt_report.render.pdf.prose import anchored, lined, styled
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import MM, Setter

_TITLE = "_title"
"""Where the bookmark of the title leads; no anchor of a brief begins so."""
_LEFT_SHARE = 0.536
_RIGHT_START = 0.56
_FIELD = 18.0
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
        strips.append(_rule(setter, width, 9))
    title = styled(setter, block.title, "title", Element("H1", parent), width, keep=True)
    anchored(title, _TITLE, bookmark=plain(block.title))
    strips += title
    strips += styled(setter, block.period, "period", Element("P", parent), width, keep=True)
    if block.fields:
        strips.append(_fields(setter, block.fields, parent, width))
    return strips


def _rule(setter: Setter, width: float, above: float) -> Strip:
    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        line = y + above
        canvas.rule(x, line, x + width, line, 1.5, setter.colours.accent)

    return Strip(above + 1, paint, keep=True)


def _fields(setter: Setter, fields: tuple[TitleField, ...], parent: Element, width: float) -> Strip:
    """Two columns of labelled lines; a field without words is a rule to write on."""
    left = [field for field in fields if field.side == "left"]
    right = [field for field in fields if field.side == "right"]
    columns = []
    ends = (width * (_LEFT_SHARE if right else 1), width)
    for side, start, end in (
        (left, 0.0, ends[0]),
        (right, width * _RIGHT_START * bool(left), ends[1]),
    ):
        columns.append(_field_column(setter, side, parent, start, end))
    height = max(sum(rows) for rows, _ in columns)

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        for rows, painters in columns:
            top = y
            for row, painter in zip(rows, painters, strict=True):
                painter(canvas, x, top)
                top += row

    return Strip(height, paint, after=8)


def _field_column(
    setter: Setter, fields: list[TitleField], parent: Element, start: float, end: float
) -> tuple[list[float], list[Paint]]:
    label_type, value_type = setter.type("meta_label"), setter.type("meta")
    room = (end - start) * 0.45
    labels = [setter.lines(field.label, label_type, room) for field in fields]
    widest = max((line.width for lines in labels for line in lines), default=0.0)
    begin = start + max(40.0, widest + 16)
    heights: list[float] = []
    painters: list[Paint] = []
    for field, label in zip(fields, labels, strict=True):
        followed(label)
        value = setter.lines(field.runs, value_type, end - begin) if field.runs else []
        count = max(len(label), len(value), 1)
        heights.append(_FIELD + (count - 1) * value_type.leading)
        element = Element("P", parent)
        painters.append(_field_painter(setter, element, label, value, (start, begin, end), heights[-1]))
    return heights, painters


def _field_painter(
    setter: Setter,
    element: Element,
    label: list[Line],
    value: list[Line],
    edges: tuple[float, float, float],
    height: float,
) -> Paint:
    start, begin, end = edges

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        top = y + 3
        paint_lines(canvas, element, label, x + start, top)
        paint_lines(canvas, element, value, x + begin, top)
        line = y + height - 0.5
        canvas.rule(x + begin, line, x + end, line, 0.5, setter.colours.ink3)

    return paint


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
    rows = [max(height_of(column[n][1]) for column in columns) for n in range(4)]
    gaps = (4.0, 0.0, 2.0, 5.0)
    height = sum(rows) + sum(gaps) + 6
    colours = setter.colours

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        canvas.rule(x, y, x + width, y, 1.5, colours.accent)
        for n, column in enumerate(columns):
            left = x + n * step + (inset if n else 0.0)
            top = y
            for (element, lines), gap, row in zip(column, gaps, rows, strict=True):
                paint_lines(canvas, element, lines, left, top + gap)
                top += gap + row
            if n:
                canvas.rule(x + n * step, y + 1, x + n * step, y + height - 0.5, 0.5, colours.hair)
        canvas.rule(x, y + height, x + width, y + height, 0.5, colours.ink)

    return [Strip(height, paint, before=10, after=10)]


def _key_figure(
    setter: Setter, item: KeyFigure, band: Element, room: float
) -> list[tuple[Element, list[Line]]]:
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
    laid = [(Element("P", body), setter.lines(runs, kind, room)) for runs, kind in parts]
    comparisons = [
        line
        for runs in item.comparisons
        for line in followed(setter.lines(runs, setter.type("key_comparison"), room))
    ]
    laid.append((Element("P", body), comparisons))
    return laid


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
