"""The bars of one row of a progress chart, and the words that find room beside or under them."""

from msgspec import Struct, field

from moitt_report.brief.content import Chart, Runs, SeriesRole
from moitt_report.render.pdf.drawing import TICK, Drawing, Scale, amount
from moitt_report.render.pdf.pieces import Line, Type, followed
from moitt_report.render.pdf.text import Setter
from moitt_report.render.theme import Colours

OVERSHOOT = 3.5
"""How far the tick of a share due stands out of the bar."""
_FROM_THE_GROUND = ("target", "authorised", "previous", "actual", "due")
_CLEAR = {"target": 3.0, "authorised": 2.0, "due": 3.0}
"""How far words keep from the end of a bar that may be written over; a solid one may not. In points, as all here."""
_ASIDE = 3.0
"""Between words, and from the left edge of those under the bar."""


class Bar(Struct, frozen=True):
    """Where the bars of a row lie."""

    left: float
    """Where the scale begins."""
    middle: float
    height: float
    inner: float
    """The height of a solid bar, which lies inside the others."""
    lengths: Scale

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.middle - self.height / 2


class _Beside(Struct):
    """Words beside the bar, and where they begin."""

    line: Line
    x: float


class Lane(Struct):
    """The height of the bars, as long as `width`: what is taken of it, and the words that found room or did not."""

    width: float
    _taken: list[tuple[float, float]] = field(default_factory=list)
    """Begin and end."""
    _beside: list[_Beside] = field(default_factory=list)
    _under: list[Line] = field(default_factory=list)

    def take(self, start: float, end: float) -> None:
        """Let no words stand between `start` and `end`."""
        self._taken.append((start, end))

    def put(self, line: Line, x: float) -> None:
        """Set `line` at `x`, whatever stands there."""
        self._beside.append(_Beside(line, x))

    def say(self, setter: Setter, runs: Runs, style: Type, x: float | None) -> None:
        """Set `runs` at `x` beside the bar; under it where they would touch something, and without `x`."""
        line = setter.line(runs, style)
        if x is not None and self._has_room(x, x + line.width):
            self.put(line, x)
            self.take(x - _ASIDE, x + line.width + _ASIDE)
        else:
            self._under += followed(setter.lines(runs, style, self.width - _ASIDE))

    def _has_room(self, start: float, end: float) -> bool:
        return end <= self.width and all(end <= a or start >= b for a, b in self._taken)

    @property
    def is_all_beside(self) -> bool:
        """True when nothing stands under the bar."""
        return not self._under

    def paint_beside(self, drawing: Drawing, x: float, middle: float) -> None:
        """Set the words beside the bar, which begins at `x`."""
        for said in self._beside:
            drawing.words([said.line], x + said.x, middle - said.line.style.leading / 2)

    def paint_under(self, drawing: Drawing, x: float, top: float) -> float:
        """Set the other words from `top` down; gives their lower edge."""
        return drawing.words(self._under, x + _ASIDE, top)


def shapes(drawing: Drawing, colours: Colours, chart: Chart, n: int, bar: Bar, lane: Lane) -> float:
    """Draw the bars of the category `n`, widest first, and take their lengths of the `lane`; gives their end."""
    earlier, zero = chart.categories[n].earlier, bar.lengths.zero
    last = zero
    for series in sorted(chart.series, key=lambda s: _FROM_THE_GROUND.index(s.role)):
        value = amount(series.points[n])
        if value is None:
            continue
        length = bar.lengths.at(value) - zero
        _draw(drawing, colours, series.role, bar, length, earlier=earlier)
        end = zero + length
        last = max(last, end)
        if series.role in _CLEAR:
            lane.take(end - _CLEAR[series.role], end + _CLEAR[series.role])
        else:
            lane.take(min(zero, end), max(zero, end))
    return last


def _draw(
    drawing: Drawing, colours: Colours, role: SeriesRole, bar: Bar, length: float, *, earlier: bool
) -> None:
    """The bar of one series, `length` from zero."""
    zero = bar.left + bar.lengths.zero
    x, end, width = zero + min(length, 0.0), zero + length, abs(length)
    line = colours.prev if earlier else colours.ink
    match role:
        case "target":
            drawing.box(x, bar.top, width, bar.height, stroke=line, pen=0.9)
        case "authorised":
            fill = colours.prev_tint if earlier else colours.tint
            drawing.box(x, bar.top + 0.45, width, bar.height - 0.9, fill=fill)
            drawing.rule(end, bar.top, end, bar.top + bar.height, 0.6, line)
        case "actual" | "previous":
            fill = colours.accent if role == "actual" and not earlier else colours.prev
            drawing.box(x, bar.middle - bar.inner / 2, width, bar.inner, fill=fill)
        case "due":
            drawing.rule(end, bar.top - OVERSHOOT, end, bar.top + bar.height + OVERSHOOT, TICK, colours.ink)
