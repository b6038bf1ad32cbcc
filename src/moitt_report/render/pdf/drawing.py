"""What all charts share: a drawing surface, a scale from zero, and how a role looks."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct, field

from moitt_report.brief.content import Category, Chart, Point, Series, SeriesRole
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.pieces import SHARE_BEFORE, Line, Type, followed, height_of
from moitt_report.render.pdf.text import Setter
from moitt_report.render.theme import Colours

SWATCH = 6.0
TICK = 1.6
"""The weight of the line that stands for a share due."""
_KEY_GAP = 16.0


class Box(Struct, frozen=True):
    """A rectangle from its top left corner."""

    x: float
    y: float
    width: float
    height: float


class Drawing(Struct):
    """Shapes and words at places below and right of its own corner, painted later."""

    width: float
    height: float = 0
    again: bool = False
    """It says what the others show, and stands on each page of a chart that goes on."""
    _acts: list[Callable[[TaggedCanvas, float, float], None]] = field(default_factory=list)

    def words(self, lines: list[Line], x: float, y: float, width: float = 0, align: str = "left") -> float:
        """Lines from the top `y` down; gives the `y` under them. A space that is not seen parts them from what
        is said next, or two figures would read as one.
        """
        share = SHARE_BEFORE[align]
        for line in followed(lines):
            self._line(line, x + share * (width - line.width), y + line.style.baseline)
            y += line.style.leading
        return y

    def _line(self, line: Line, x: float, y: float) -> None:
        self._acts.append(lambda canvas, left, top: canvas.text(None, line, left + x, top + y))

    def box(self, x: float, y: float, width: float, height: float, **paint: Any) -> None:
        """A rectangle; `paint` as on the canvas."""
        self._acts.append(lambda canvas, left, top: canvas.box(left + x, top + y, width, height, **paint))

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float, colour: str) -> None:
        """A straight line."""
        self._acts.append(
            lambda canvas, left, top: canvas.rule(left + x0, top + y0, left + x1, top + y1, width, colour)
        )

    def path(self, points: Iterable[tuple[float, float]], **paint: Any) -> None:
        """Straight lines through `points`."""
        fixed = tuple(points)
        self._acts.append(
            lambda canvas, left, top: canvas.path(tuple((left + x, top + y) for x, y in fixed), **paint)
        )

    def disc(self, x: float, y: float, radius: float, **paint: Any) -> None:
        """A circle."""
        self._acts.append(lambda canvas, left, top: canvas.disc(left + x, top + y, radius, **paint))

    def paint(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Paint all acts with the corner at `x`, `y`."""
        for act in self._acts:
            act(canvas, x, y)


class Scale(Struct, frozen=True):
    """Values to lengths. Zero is always on it, and it never breaks."""

    low: float
    high: float
    length: float

    def at(self, value: float) -> float:
        """Distance of `value` from the low end."""
        return (value - self.low) / (self.high - self.low) * self.length

    @property
    def zero(self) -> float:
        """Distance of zero from the low end."""
        return self.at(0.0)


def scale(chart: Chart, length: float) -> Scale:
    """The one scale of all panels of `chart`."""
    values = [float(p.value) for s in chart.series for p in s.points if p.value is not None]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    return Scale(low, high if high > low else low + 1.0, length)


def amount(point: Point) -> float | None:
    """The value as a length is made of it; the words were made from the exact number."""
    return None if point.value is None else float(point.value)


def fill_bar(drawing: Drawing, colours: Colours, role: SeriesRole, box: Box, *, earlier: bool) -> None:
    """Draw a lone bar in the manner of its role, muted for an `earlier` year. A share due is no bar but a tick."""
    fill = _fill(colours, role, earlier=earlier)
    if role in ("target", "authorised"):
        line = colours.prev if earlier else colours.ink
        width = max(0.1, box.width - 0.8)  # the line goes half a pen beyond its box
        drawing.box(box.x + 0.4, box.y, width, box.height, fill=fill, stroke=line, pen=0.8)
    else:
        drawing.box(box.x, box.y, box.width, box.height, fill=fill)


def _fill(colours: Colours, role: SeriesRole, *, earlier: bool) -> str:
    if role == "previous" or (earlier and role == "actual"):
        return colours.prev
    if role == "authorised":
        return colours.prev_tint if earlier else colours.tint
    return "" if role == "target" else colours.accent


def value_style(setter: Setter, series: Series, category: Category) -> Type:
    """Values of this period are bold ink, all others regular and grey."""
    if series.role in ("actual", "due") and not category.earlier:
        return setter.type("chart_value")
    return setter.type("chart_value", bold=False, colour=setter.colours.ink2)


def name_style(setter: Setter, series: Series) -> Type:
    """Names are bold where the bars are this period's."""
    if series.role == "actual":
        return setter.type("chart_label", bold=True, colour=setter.colours.ink)
    return setter.type("chart_label")


def label_lines(setter: Setter, category: Category, style: Type, width: float) -> list[Line]:
    """The name of `category` in `style`, and under it its second line where it has one."""
    lines = followed(setter.lines(category.label, style, width))
    if category.sublabel:
        lines += setter.lines(category.sublabel, setter.type("chart_small"), width)
    return lines


def key(setter: Setter, chart: Chart, width: float) -> list[Drawing]:
    """The names of the series, each behind a swatch of its bars, wrapped into rows.

    No band at all for a lone series without a name, whose title says what it is.
    """
    if not any(series.name for series in chart.series):
        return []
    drawing = Drawing(width, again=True)
    x = y = tall = 0.0
    for series in chart.series:
        lines = setter.lines(series.name, name_style(setter, series), width - SWATCH - 5)
        needed = SWATCH + 5 + max(line.width for line in lines)
        if x and x + needed > width:
            x, y, tall = 0.0, y + tall, 0.0
        swatch(drawing, setter, series.role, x, y + lines[0].style.leading / 2)
        drawing.words(lines, x + SWATCH + 5, y)
        tall = max(tall, height_of(lines))
        x += needed + _KEY_GAP
    drawing.height = y + tall + 6
    return [drawing]


def swatch(drawing: Drawing, setter: Setter, role: SeriesRole, x: float, middle: float) -> None:
    """A square of 6 points that looks like the bars of `role`; a tick for a share due."""
    top = middle - SWATCH / 2
    if role == "due":
        drawing.rule(x + 3, top - 1, x + 3, top + SWATCH + 1, TICK, setter.colours.ink)
    else:
        fill_bar(drawing, setter.colours, role, Box(x, top, SWATCH, SWATCH), earlier=False)
