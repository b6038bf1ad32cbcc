"""The bars of one row of a progress chart, and the words that find room beside or under them."""

from msgspec import Struct, field

from moitt_report.brief.content import Chart, Runs
from moitt_report.render.pdf.drawing import Drawing, Scale, amount
from moitt_report.render.pdf.pieces import Line, Type
from moitt_report.render.pdf.text import Setter

OVERSHOOT = 3.5
"""How far the tick of a share due stands out of the bar."""


class Lane(Struct):
    """The height of the bar: what is taken of its length, and the words that found room."""

    width: float
    taken: list[tuple[float, float]] = field(default_factory=list)
    said: list[tuple[Line, float]] = field(default_factory=list)

    def room(self, start: float, end: float) -> bool:
        """True when nothing stands between `start` and `end`."""
        return end <= self.width and all(end <= a or start >= b for a, b in self.taken)


class Below(Struct):
    """Words that found no room at the bar and stand under it."""

    width: float
    lines: list[Line] = field(default_factory=list)

    def paint(self, drawing: Drawing, x: float, y: float) -> float:
        """Set the words from `y` down; gives the lower edge."""
        return drawing.words(self.lines, x + 3, y)


def say(setter: Setter, runs: Runs, style: Type, x: float | None, lane: Lane, below: Below) -> None:
    """Set words at `x` beside the bar, or under it where they would touch something."""
    line = setter.line(runs, style)
    if x is not None and lane.room(x, x + line.width):
        lane.said.append((line, x))
        lane.taken.append((x - 3, x + line.width + 3))
    else:
        below.lines += setter.lines(runs, style, below.width - 3)


def shapes(
    drawing: Drawing,
    setter: Setter,
    chart: Chart,
    n: int,
    place: tuple[float, float, float, float],
    lengths: Scale,
    lane: Lane,
) -> float:
    """Draw the bars of one row, widest first, and note the length they take; gives their end."""
    left, middle, tall, inner = place
    colours, category = setter.colours, chart.categories[n]
    line = colours.prev if category.earlier else colours.ink
    top, zero, end = middle - tall / 2, lengths.zero, lengths.zero
    order = ("target", "authorised", "previous", "actual", "due")
    for series in sorted(chart.series, key=lambda s: order.index(s.role)):
        value = amount(series.points[n])
        if value is None:
            continue
        length = lengths.at(value) - zero
        x, wide = left + zero + min(length, 0.0), abs(length)
        end = max(end, zero + length)
        match series.role:
            case "target":
                drawing.box(x, top, wide, tall, stroke=line, pen=0.9)
                lane.taken.append((zero + length - 3, zero + length + 3))
            case "authorised":
                fill = colours.prev_tint if category.earlier else colours.tint
                drawing.box(x, top + 0.45, wide, tall - 0.9, fill=fill)
                at = left + zero + length
                drawing.rule(at, top, at, top + tall, 0.6, line)
                lane.taken.append((zero + length - 2, zero + length + 2))
            case "actual" | "previous":
                now = series.role == "actual" and not category.earlier
                fill = colours.accent if now else colours.prev
                drawing.box(x, middle - inner / 2, wide, inner, fill=fill)
                lane.taken.append((zero + min(length, 0.0), zero + max(length, 0.0)))
            case "due":
                at = left + zero + length
                drawing.rule(at, top - OVERSHOOT, at, top + tall + OVERSHOOT, 1.6, colours.ink)
                lane.taken.append((zero + length - 3, zero + length + 3))
    return end
