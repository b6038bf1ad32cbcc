"""The head of a table: one row of heads, or two where some stand under a common head."""

from msgspec import Struct

from moitt_report.brief.content import HeadGroup, Table
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.cells import Laid, scope
from moitt_report.render.pdf.columns import Span
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


def head_strip(setter: Setter, table: Table, element: Element, spans: list[Span], key: str) -> Strip:
    """The head of the columns `spans`, all heads standing on its lower rule. Heads under a common head
    have names that begin with `key`, by which cells call them.
    """
    groups = _groups(table, spans)
    thead = Element("THead", element)
    upper = Element("TR", thead)
    lower = Element("TR", thead) if groups else upper
    style = setter.type("table_head")
    muted = style._replace(colour=setter.colours.ink2)
    tops: list[Laid] = []
    heads: list[Laid] = []
    inner = 0.0
    for span in spans:
        column = table.columns[span.column]
        group = next((g for g in groups if span in g.spans), None)
        if group is not None and span is group.spans[0]:
            th = Element(
                "TH", upper, name=f"{key}.g{group.head.first}", attributes=scope("Column", len(group.spans))
            )
            lines = setter.lines(group.head.runs, style, group.width)
            tops.append(Laid(th, lines, group.x, group.width, "centre"))
        attributes = scope("Column", 1, 2 if groups and group is None else 1)
        th = Element("TH", upper if group is None else lower, attributes=attributes)
        if groups:
            th.name = f"{key}.c{span.column}"
        width = span.width - span.pad
        lines = setter.lines(column.head, muted if column.muted else style, width)
        heads.append(Laid(th, lines, span.x + span.pad, width, column.align))
        if group is not None:
            inner = max(inner, heads[-1].height)
    above = max(top.height for top in tops) + _ABOVE + _BELOW if tops else 0.0
    height = max(above + inner, *(head.height for head in heads)) + _ABOVE + _BELOW
    total = spans[-1].x + spans[-1].width
    return Strip(height, _painter(setter, tops, heads, (height, inner, total)), keep=True)


def _groups(table: Table, spans: list[Span]) -> list[_Group]:
    found = (
        _Group(group, [s for s in spans if group.first <= s.column <= group.last]) for group in table.groups
    )
    return [group for group in found if group.spans]


def headers(table: Table, under: list[Span], key: str, row: str) -> str:
    """The names of the heads over the columns `under`, and of the `row`: where heads are grouped, where
    they stand does not tell a reader of the tags which of them are meant.
    """
    columns = [span.column for span in under]
    over = [g.first for g in table.groups if any(g.first <= n <= g.last for n in columns)]
    names = [*(f"({key}.g{n})" for n in over), *(f"({key}.c{n})" for n in columns), f"({row})"]
    return f"/Headers[{''.join(names)}]"


def _painter(setter: Setter, tops: list[Laid], heads: list[Laid], sizes: tuple[float, float, float]) -> Paint:
    height, inner, width = sizes
    ink = setter.colours.ink

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        canvas.rule(x, y, x + width, y, 1, ink)
        line = y + height - inner - _ABOVE - _BELOW
        for top in tops:
            top.paint(canvas, x, line - _BELOW - top.height)
            canvas.rule(x + top.x, line, x + top.x + top.width, line, 0.5, ink)
        for head in heads:
            head.paint(canvas, x, y + height - _BELOW - head.height)
        canvas.rule(x, y + height, x + width, y + height, 0.5, ink)

    return paint
