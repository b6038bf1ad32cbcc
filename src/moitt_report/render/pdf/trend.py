"""Lines over time: one for each series, broken where a figure is absent, every point labelled."""

from collections.abc import Callable
from math import inf

from msgspec import Struct

from moitt_report.brief.content import Chart, Series
from moitt_report.render.pdf.drawing import (
    Drawing,
    Scale,
    amount,
    key,
    label_lines,
    name_style,
    scale,
    value_style,
)
from moitt_report.render.pdf.pieces import Line, followed, height_of
from moitt_report.render.pdf.text import Setter

_TALL = 92.0
"""The height of the scale, in points as all that follows."""
_LABEL = 10.5
"""Room for the words at one point."""
_WIDE = 60.0
"""A category of twice this width or more leaves no room for names at the ends of lines."""
_NAMES = 0.2
"""The most that names at the ends of lines may take of the width."""
_MARKER = 3.0
"""From the middle of a point to the words above or below it."""
_CLEAR = 4.0
"""Between the base line and the words under it."""


class _Plan(Struct, frozen=True):
    """What the bands of one chart share; lengths in points."""

    setter: Setter
    chart: Chart
    heights: Scale
    plot: float
    """The width of the base line."""
    step: float
    """The width of one category."""
    width: float
    """The width with the names right of the lines."""
    direct: bool
    """Each line is named at its end; else a key names all of them."""


def line(setter: Setter, chart: Chart, width: float) -> list[Drawing]:
    """One band or, when the labels of all points would touch, several on the same scale."""
    names = max(setter.line(s.name, name_style(setter, s)).width for s in chart.series)
    step = min(_step(setter, chart), width)
    direct = names <= _NAMES * width and len(chart.series) <= 4 and step < 2 * _WIDE
    # A name begins right of the last point, so half a step is room it already has.
    margin = max(0.0, names + 12 - step / 2) if direct else 0.0
    plot = width - margin
    count = len(chart.categories)
    rows = -(-count // max(1, int(plot // step)))
    each = -(-count // rows)
    heights = scale(chart, _TALL if rows < 3 else _TALL * 0.6)
    plan = _Plan(setter, chart, heights, plot, plot / each, width, direct)
    bands = [] if direct else key(setter, chart, width)
    for start in range(0, count, each):
        members = range(start, min(start + each, count))
        bands.append(_band(plan, members))
    return bands


def _step(setter: Setter, chart: Chart) -> float:
    strong, small = setter.type("chart_value"), setter.type("chart_label")
    values = max(setter.line((p.label,), strong).width for s in chart.series for p in s.points)
    labels = max(min(setter.line(c.label, small).width, 48.0) for c in chart.categories)
    notes = max((setter.widest(c.note, strong) for c in chart.categories), default=0.0)
    return max(values, labels, notes) + 6


class _End(Struct, frozen=True):
    """The last point of a line, from the top of the band."""

    series: Series
    y: float


class _Label(Struct, frozen=True):
    """Words at a point, from the top of the band."""

    lines: list[Line]
    y: float


def _band(plan: _Plan, members: range) -> Drawing:
    """The lines over the categories `members`, and what is said under them."""
    setter, chart, heights = plan.setter, plan.chart, plan.heights
    drawing = Drawing(plan.width)
    room = _LABEL * len(chart.series) + 4
    base = room + heights.length - heights.zero
    floor = base + heights.zero + (room if heights.low < 0 else _CLEAR)
    xs = {n: (place + 0.5) * plan.step for place, n in enumerate(members)}

    def height(value: float) -> float:
        return base - (heights.at(value) - heights.zero)

    drawing.rule(0, base, plan.plot, base, 1.2, setter.colours.ink)
    ends: list[_End] = []
    for series in chart.series:
        points = [(n, amount(series.points[n])) for n in members]
        _line(drawing, setter, series, [(xs[n], None if v is None else height(v)) for n, v in points])
        ends.append(_End(series, next((height(v) for _, v in reversed(points) if v is not None), base)))
    for n in members:
        for label in _labels(plan, n, base, height):
            drawing.words(label.lines, xs[n] - plan.step / 2, label.y, plan.step, "centre")
            floor = max(floor, label.y + height_of(label.lines))
    if plan.direct:
        _names(drawing, setter, ends, max(xs.values()) + 8, base)
    drawing.height = max(_foot(drawing, plan, n, xs[n], floor) for n in members) + 7
    return drawing


def _foot(drawing: Drawing, plan: _Plan, n: int, x: float, top: float) -> float:
    """The category under its points, then its change; gives the lower edge."""
    setter, category, width = plan.setter, plan.chart.categories[n], plan.step - 4
    lines = followed(label_lines(setter, category, setter.type("chart_label"), width))
    if category.note:
        lines += setter.lines(category.note, setter.type("chart_small", bold=True), width)
    return drawing.words(lines, x - plan.step / 2 + 2, top, width, "centre")


def _line(drawing: Drawing, setter: Setter, series: Series, points: list[tuple[float, float | None]]) -> None:
    """The line in pieces between absences; dashes and markers differ as well as colours."""
    colours = setter.colours
    colour = {"actual": colours.accent, "previous": colours.prev}.get(series.role, colours.ink2)
    dash = {"target": "4 2.5", "due": "1.5 2", "authorised": "6 2 1.5 2"}.get(series.role, "")
    piece: list[tuple[float, float]] = []
    for x, y in [*points, (0.0, None)]:
        if y is not None:
            piece.append((x, y))
            continue
        if len(piece) > 1:
            drawing.path(piece, stroke=colour, pen=1.8 if series.role == "actual" else 1.2, dash=dash)
        for at in piece:
            if series.role == "actual":
                drawing.disc(*at, 2.4, fill=colour)
            else:
                drawing.disc(*at, 2.1, fill="#FFFFFF", stroke=colour, pen=1.1)
        piece = []


def _labels(plan: _Plan, n: int, base: float, height: Callable[[float], float]) -> list[_Label]:
    """The words at the points of one category with their tops, clear of each other.

    The highest point is labelled above, the others below; absences stand on the baseline, or over what
    is said there.
    """
    category = plan.chart.categories[n]
    absent: list[list[Line]] = []
    given: list[_Label] = []
    for series in plan.chart.series:
        style = value_style(plan.setter, series, category)
        lines = plan.setter.lines((series.points[n].label,), style, plan.step)
        value = amount(series.points[n])
        if value is None:
            absent.append(lines)
        else:
            given.append(_Label(lines, height(value)))
    said: list[_Label] = []
    floor = -inf
    for rank, point in enumerate(sorted(given, key=lambda label: label.y)):
        tall = height_of(point.lines)
        top = point.y - tall - 2.5 if rank == 0 else max(point.y + 3, floor)
        if top < base + 1 < top + tall:
            top = base + 1.5 if rank else base - tall - 1
        said.append(_Label(point.lines, top))
        floor = max(top + tall, point.y + 3)
    taken = [(point.y - _MARKER, point.y + _MARKER) for point in given]
    taken += [(label.y, label.y + height_of(label.lines)) for label in said]
    low = base - 1
    for lines in absent:
        tall = height_of(lines)
        for top, bottom in sorted(taken, reverse=True):
            if low - tall < bottom and top < low:
                low = top
        low -= tall
        said.append(_Label(lines, low))
    return said


def _names(drawing: Drawing, setter: Setter, ends: list[_End], x: float, base: float) -> None:
    """The name of each series at the end of its line, in the order of the lines."""
    floor = -inf
    tops: list[float] = []
    order = sorted(ends, key=lambda end: end.y)
    leading = setter.type("chart_label").leading
    for end in order:
        tops.append(max(end.y - leading / 2, floor))
        floor = tops[-1] + leading
    lift = max(0.0, floor - base) if all(end.y <= base for end in order) else 0.0
    for top, end in zip(tops, order, strict=True):
        drawing.words([setter.line(end.series.name, name_style(setter, end.series))], x, top - lift)
