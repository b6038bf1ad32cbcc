"""DrawingML charts as text: series, labels and hidden axes, in schema order.

Knows shapes and colours by their role, nothing about briefs. Each label is rich text with the
exact words of its figure: Word never formats a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from moitt_report.render.docx.markup import DECLARATION, EMU_PER_POINT, A, C, R, escape
from moitt_report.render.docx.workbook import Book, Line
from moitt_report.render.theme import Colours

Role = Literal["actual", "previous", "authorised", "target", "due"]
_CATEGORY_AXIS, _VALUE_AXIS = 1001, 1002
_NOTHING = "<a:noFill/>"


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point. `at` is Word's name of the position."""

    words: str
    at: Literal["outEnd", "inEnd", "inBase", "t", "b"]
    colour: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series with its role, its labels by point, and the points that belong to earlier years."""

    line: Line
    role: Role
    labels: dict[int, Label]
    earlier: frozenset[int] = frozenset()
    covered: frozenset[int] = frozenset()
    """Points whose outline lies on a dark bar; it is white there."""


@dataclass(frozen=True, slots=True)
class Group:
    """Series that share a width; the second group lies over the first."""

    series: tuple[Drawn, ...]
    gap: int
    overlap: int = 100


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies, as shares of the chart; the ends of the scale; whether names are shown."""

    x: float
    y: float
    width: float
    height: float
    least: float
    most: float
    lying: bool
    names: bool


@dataclass(frozen=True, slots=True)
class ChartLook:
    """The colours and the face of a chart."""

    colours: Colours
    face: str
    small: float


def chart_part(
    kind: Literal["bar", "line"], groups: Sequence[Group], book: Book, frame: Frame, look: ChartLook
) -> bytes:
    """The chart part; its workbook is rId1."""
    plots, numbered = [], 0
    for n, group in enumerate(groups):
        series = "".join(
            _series(kind, numbered + k, drawn, book, look) for k, drawn in enumerate(group.series)
        )
        numbered += len(group.series)
        plots.append(_plot(kind, series, group, frame, secondary=n > 0))
    axes = "".join(_axes(frame, look, secondary=n > 0) for n in range(len(groups)))
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}">'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{_layout(frame)}{''.join(plots)}{axes}"
        f"<c:spPr>{_NOTHING}<a:ln>{_NOTHING}</a:ln></c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr>{_NOTHING}<a:ln>{_NOTHING}</a:ln></c:spPr>"
        f"{_text(look, look.small, look.colours.ink2)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _layout(frame: Frame) -> str:
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/>'
        '<c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{frame.x:.4f}"/><c:y val="{frame.y:.4f}"/>'
        f'<c:w val="{frame.width:.4f}"/><c:h val="{frame.height:.4f}"/>'
        "</c:manualLayout></c:layout>"
    )


def _plot(kind: str, series: str, group: Group, frame: Frame, *, secondary: bool) -> str:
    category, value = _axis_ids(secondary=secondary)
    ids = f'<c:axId val="{category}"/><c:axId val="{value}"/>'
    if kind == "line":
        return (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{series}<c:marker val="1"/>{ids}</c:lineChart>'
        )
    direction = "bar" if frame.lying else "col"
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{group.gap}"/>'
        f'<c:overlap val="{group.overlap}"/>{ids}</c:barChart>'
    )


def _axis_ids(*, secondary: bool) -> tuple[int, int]:
    shift = 10 if secondary else 0
    return _CATEGORY_AXIS + shift, _VALUE_AXIS + shift


def _axes(frame: Frame, look: ChartLook, *, secondary: bool) -> str:
    """The baseline with its names, and a hidden scale; the second pair is hidden altogether."""
    category, value = _axis_ids(secondary=secondary)
    order = "maxMin" if frame.lying else "minMax"
    hidden = int(secondary)
    names = "low" if frame.names else "none"
    side, across = ("l", "t") if frame.lying else ("b", "l")
    return (
        f'<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="{hidden}"/><c:axPos val="{side}"/><c:numFmt formatCode="General"'
        ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{names}"/>{_outline(look.colours.ink)}'
        f"{_text(look, look.small + 0.5, look.colours.ink)}"
        f'<c:crossAx val="{value}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{value}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{number(frame.most)}"/><c:min val="{number(frame.least)}"/></c:scaling>'
        f'<c:delete val="{1 - hidden}"/><c:axPos val="{across}"/><c:numFmt formatCode="General"'
        ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="none"/><c:spPr><a:ln>{_NOTHING}</a:ln></c:spPr>'
        f'<c:crossAx val="{category}"/><c:crosses val="{"max" if secondary else "autoZero"}"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


# --- series -------------------------------------------------------------------------------------


def _series(kind: str, n: int, drawn: Drawn, book: Book, look: ChartLook) -> str:
    line = drawn.line
    name = (
        f"<c:tx><c:strRef><c:f>{escape(line.name_at)}</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(line.name)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
    )
    data = (
        f"<c:cat><c:strRef><c:f>{escape(book.categories_at)}</c:f>"
        f"<c:strCache>{_points(map(escape, book.categories))}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{escape(line.values_at)}</c:f><c:numCache>"
        "<c:formatCode>General</c:formatCode>"
        f"{_points(None if v is None else number(v) for v in line.values)}"
        "</c:numCache></c:numRef></c:val>"
    )
    head = f'<c:ser><c:idx val="{n}"/><c:order val="{n}"/>{name}'
    labels = _labels(drawn, look)
    if kind == "line":
        shape = _stroke(drawn.role, look.colours)
        return f'{head}{shape}{labels}{data}<c:smooth val="0"/></c:ser>'
    earlier = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{_covered() if i in drawn.covered else _shape(drawn.role, look.colours, earlier=True)}"
        "</c:dPt>"
        for i in sorted(drawn.earlier | drawn.covered)
    )
    shape = _shape(drawn.role, look.colours, earlier=False)
    return f'{head}{shape}<c:invertIfNegative val="0"/>{earlier}{labels}{data}</c:ser>'


def _points(values: Iterable[str | None]) -> str:
    items = list(values)
    return f'<c:ptCount val="{len(items)}"/>' + "".join(
        f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(items) if value is not None
    )


def number(value: float) -> str:
    """`value` as the workbook writes it, so that cache and workbook agree to the last digit."""
    return f"{value:.16G}"


def _shape(role: Role, c: Colours, *, earlier: bool) -> str:
    fill, line, weight = {
        "actual": (c.prev if earlier else c.accent, "", 0.0),
        "previous": (c.prev, "", 0.0),
        "authorised": (c.prev_tint, c.prev, 0.6) if earlier else (c.tint, c.ink, 0.6),
        "target": ("", c.prev if earlier else c.ink, 0.9),
        "due": ("", c.ink, 1.4),
    }[role]
    inside = _solid(fill) if fill else _NOTHING
    edge = f'<a:ln w="{round(weight * EMU_PER_POINT)}">{_solid(line)}</a:ln>' if line else ""
    return f"<c:spPr>{inside}{edge or f'<a:ln>{_NOTHING}</a:ln>'}</c:spPr>"


def _covered() -> str:
    line = f'<a:ln w="{EMU_PER_POINT}">{_solid("#FFFFFF")}</a:ln>'
    return f"<c:spPr>{_NOTHING}{line}</c:spPr>"


def _stroke(role: Role, c: Colours) -> str:
    """A line and its markers; roles that are plans are dashed."""
    colour = {"actual": c.accent, "previous": c.prev}.get(role, c.ink)
    dash = "" if role in {"actual", "previous"} else '<a:prstDash val="dash"/>'
    weight = 2.25 if role == "actual" else 1.5
    line = f'<a:ln w="{round(weight * EMU_PER_POINT)}" cap="rnd">{_solid(colour)}{dash}</a:ln>'
    dot = f"<c:spPr>{_solid(colour)}<a:ln>{_NOTHING}</a:ln></c:spPr>"
    return f'<c:spPr>{line}</c:spPr><c:marker><c:symbol val="circle"/><c:size val="5"/>{dot}</c:marker>'


def _outline(colour: str) -> str:
    return f'<c:spPr><a:ln w="{EMU_PER_POINT}">{_solid(colour)}</a:ln></c:spPr>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


# --- words --------------------------------------------------------------------------------------

_SHOW = "".join(
    f'<c:show{what} val="{{{on}}}"/>'
    for what, on in (("LegendKey", "no"), ("Val", "yes"), ("CatName", "no"), ("SerName", "no"),
                     ("Percent", "no"), ("BubbleSize", "no"))
)  # fmt: skip


def _labels(drawn: Drawn, look: ChartLook) -> str:
    each = "".join(
        f'<c:dLbl><c:idx val="{i}"/><c:layout/><c:tx><c:rich>{_body()}<a:lstStyle/><a:p>'
        f"<a:pPr>{_font('defRPr', label, look)}</a:pPr>"
        f"<a:r>{_font('rPr', label, look)}<a:t>{escape(label.words)}</a:t></a:r></a:p>"
        f"</c:rich></c:tx><c:spPr>{_NOTHING}<a:ln>{_NOTHING}</a:ln></c:spPr>"
        f'<c:dLblPos val="{label.at}"/>{_SHOW.format(no=0, yes=1)}</c:dLbl>'
        for i, label in sorted(drawn.labels.items())
    )
    return f"<c:dLbls>{each}{_SHOW.format(no=0, yes=0)}</c:dLbls>"


def _font(tag: str, label: Label, look: ChartLook) -> str:
    return (
        f'<a:{tag} sz="{round(label.size * 100)}" b="{int(label.bold)}"'
        f' i="{int(label.italic)}">{_solid(label.colour)}{_latin(look)}</a:{tag}>'
    )


def _latin(look: ChartLook) -> str:
    face = escape(look.face)
    return f'<a:latin typeface="{face}"/><a:cs typeface="{face}"/>'


def _body() -> str:
    return '<a:bodyPr rot="0" vert="horz" wrap="none" lIns="18288" tIns="9144" rIns="18288" bIns="9144"/>'


def _text(look: ChartLook, size: float, colour: str) -> str:
    return (
        '<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="{round(size * 100)}" b="0">{_solid(colour)}{_latin(look)}</a:defRPr>'
        '</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
