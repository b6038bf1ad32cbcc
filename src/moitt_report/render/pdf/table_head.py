"""The head of a table: one row of heads, or two where some stand under a common head."""

from msgspec import Struct

from moitt_report.brief.content import HeadGroup
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.cells import Laid, scope
from moitt_report.render.pdf.columns import Part, Span
from moitt_report.render.pdf.flow import Paint, Strip
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter

_ABOVE, _BELOW = 3.4, 3.6


class _Group(Struct):
    """A common head and those of its columns that stand in this part of the table."""

    head: HeadGroup
    spans: list[Span]

    @property
    def x(self) -> float:
        return self.spans[0].x + self.spans[0].pad

    @property
    def width(self) -> float:
        return self.spans[-1].x + self.spans[-1].width - self.x


class _Head(Struct):
    """The heads of a part, broken into lines."""

    common: list[Laid]
    """Over several columns; none in most tables."""
    single: list[Laid]
    under: float
    """The height of the tallest single head under a common one."""

    @property
    def height(self) -> float:
        insets = _ABOVE + _BELOW
        above = max(head.height for head in self.common) + insets if self.common else 0.0
        return max(above + self.under, *(head.height for head in self.single)) + insets


def head_strip(setter: Setter, part: Part, element: Element) -> Strip:
    """The heads of `part` as one strip, all standing on its lower rule; their tags hang under `element`.

    Where heads of the table are grouped, all have names, by which cells call them (see `headers`).
    """
    groups = _groups(part)
    thead = Element("THead", element)
    upper = Element("TR", thead)
    lower = Element("TR", thead) if groups else upper
    head = _Head([], [], 0.0)
    for span in part.spans:
        group = next((g for g in groups if span in g.spans), None)
        if group is None:
            head.single.append(
                _single(setter, part, span, upper, rows=2 if groups else 1, named=bool(part.table.groups))
            )
            continue
        if span is group.spans[0]:
            head.common.append(_common(setter, part, group, upper))
        head.single.append(_single(setter, part, span, lower, rows=1, named=True))
        head.under = max(head.under, head.single[-1].height)
    return Strip(head.height, _painter(setter, head, part.width), keep=True)


def _groups(part: Part) -> list[_Group]:
    found = (
        _Group(group, [s for s in part.spans if group.first <= s.column <= group.last])
        for group in part.table.groups
    )
    return [group for group in found if group.spans]


def _common(setter: Setter, part: Part, group: _Group, tr: Element) -> Laid:
    """The head over the columns of `group`."""
    attributes = scope("Column", len(group.spans))
    th = Element("TH", tr, name=f"{part.key}.g{group.head.first}", attributes=attributes)
    lines = setter.lines(group.head.runs, setter.type("table_head"), group.width)
    return Laid(th, lines, group.x, group.width, "centre")


def _single(setter: Setter, part: Part, span: Span, tr: Element, *, rows: int, named: bool) -> Laid:
    """The head of one column, over `rows` rows of heads."""
    column = part.table.columns[span.column]
    style = setter.type("table_head")
    if column.muted:
        style = style._replace(colour=setter.colours.ink2)
    name = f"{part.key}.c{span.column}" if named else ""
    th = Element("TH", tr, name=name, attributes=scope("Column", 1, rows))
    width = span.width - span.pad
    return Laid(th, setter.lines(column.head, style, width), span.x + span.pad, width, column.align)


def headers(part: Part, under: list[Span]) -> str:
    """The names of the heads over the columns `under`, as PDF syntax.

    Where heads are grouped, where they stand does not tell a reader of the tags which of them are meant.
    """
    columns = [span.column for span in under]
    over = [g.first for g in part.table.groups if any(g.first <= n <= g.last for n in columns)]
    return "".join([*(f"({part.key}.g{n})" for n in over), *(f"({part.key}.c{n})" for n in columns)])


def _painter(setter: Setter, head: _Head, width: float) -> Paint:
    height, ink = head.height, setter.colours.ink

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        canvas.rule(x, y, x + width, y, 1, ink)
        line = y + height - head.under - _ABOVE - _BELOW
        for top in head.common:
            top.paint(canvas, x, line - _BELOW - top.height)
            canvas.rule(x + top.x, line, x + top.x + top.width, line, 0.5, ink)
        for single in head.single:
            single.paint(canvas, x, y + height - _BELOW - single.height)
        canvas.rule(x, y + height, x + width, y + height, 0.5, ink)

    return paint
