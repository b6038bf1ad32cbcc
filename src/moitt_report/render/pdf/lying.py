"""Lying bars: long names wrap at the left, values stand right of their bars."""

from msgspec import Struct

from moitt_report.brief.content import Chart, Series
from moitt_report.render.pdf.drawing import (
    TICK,
    Box,
    Drawing,
    Scale,
    amount,
    fill_bar,
    key,
    label_lines,
    scale,
    value_style,
)
from moitt_report.render.pdf.pieces import Line, height_of
from moitt_report.render.pdf.text import Setter

_NAMES = 0.36
_BAR, _PITCH = 8.0, 11.5
_GAP = 6.0
_MIN_PLOT = 60.0
_LEAST_SHARE = 0.3
"""Of the room beside names and notes: what the bars keep where even short ones crowd the values."""


class _Plan(Struct, frozen=True):
    """What the bands of one chart share: where things stand across, in points from the left, and the scale of the bars."""

    setter: Setter
    chart: Chart
    lengths: Scale
    names: float
    """The width of the names."""
    left: float
    """Where the scale begins."""
    room: float
    """For the values right of it."""
    notes: float
    """The width of the notes at the right."""
    width: float


def bars(setter: Setter, chart: Chart, width: float) -> list[Drawing]:
    """The key of series, then a band for each category."""
    plan = _plan(setter, chart, width)
    return [*key(setter, chart, width), *(_band(plan, n) for n in range(len(chart.categories)))]


def _plan(setter: Setter, chart: Chart, width: float) -> _Plan:
    label = setter.type("chart_label", colour=setter.colours.ink)
    natural = max(setter.line(c.label, label).width for c in chart.categories)
    names = min(natural, _NAMES * width) + 8
    strong = setter.type("chart_value")
    notes = max((setter.line(c.note, strong).width for c in chart.categories if c.note), default=0.0)
    notes = min(notes, 0.2 * width) + 8 if notes else 0.0
    values = 14 + max(setter.line((p.label,), strong).width for s in chart.series for p in s.points)
    free, sides = width - names - notes, 2 if scale(chart, 1).low < 0 else 1
    plot = free - values * sides
    if plot < _MIN_PLOT:
        # The values are wider than the page can spare: they wrap beside short bars.
        plot = min(_MIN_PLOT, _LEAST_SHARE * free)
        values = (free - plot) / sides
    lengths = scale(chart, plot)
    left = names + (values if lengths.low < 0 else 0.0)
    room = width - notes - left - plot
    return _Plan(setter, chart, lengths, names - 8, left, room, notes, width)


class _Row(Struct, frozen=True):
    """The bar of one series in a category, and its value broken into lines."""

    series: Series
    lines: list[Line]
    height: float


def _band(plan: _Plan, n: int) -> Drawing:
    """The category `n`: its name, a row for each series, its note."""
    setter, chart, category = plan.setter, plan.chart, plan.chart.categories[n]
    drawing = Drawing(plan.width)
    colour = setter.colours.ink2 if category.earlier else setter.colours.ink
    label = label_lines(setter, category, setter.type("chart_label", colour=colour), plan.names)
    labelled = height_of(label)
    rows: list[_Row] = []
    for series in chart.series:
        lines = setter.lines((series.points[n].label,), value_style(setter, series, category), plan.room - 4)
        rows.append(_Row(series, lines, max(_PITCH, height_of(lines))))
    tall = sum(row.height for row in rows)
    note = setter.lines(category.note, setter.type("chart_value"), plan.notes - 8) if category.note else []
    noted = height_of(note)
    height = max(labelled, tall, noted) + _GAP
    drawing.words(label, 0, (height - labelled) / 2)
    y = (height - tall) / 2
    for row in rows:
        _bar(drawing, plan, row, n, y)
        y += row.height
    drawing.words(note, plan.width - plan.notes, (height - noted) / 2, plan.notes, "right")
    zero = plan.left + plan.lengths.zero
    drawing.rule(zero, 0, zero, height, 1.2, setter.colours.ink)
    drawing.height = height
    return drawing


def _bar(drawing: Drawing, plan: _Plan, row: _Row, n: int, y: float) -> None:
    """The bar of `row` with its top at `y`, and its value beyond its end."""
    colours, role, zero = plan.setter.colours, row.series.role, plan.left + plan.lengths.zero
    value = amount(row.series.points[n])
    length = 0.0 if value is None else plan.lengths.at(value) - plan.lengths.zero
    top, end = y + (row.height - _BAR) / 2, zero + length
    if length and role == "due":
        drawing.rule(end, top - 1, end, top + _BAR + 1, TICK, colours.ink)
    elif length:
        box = Box(zero + min(length, 0.0), top, abs(length), _BAR)
        fill_bar(drawing, colours, role, box, earlier=plan.chart.categories[n].earlier)
    first = y + (row.height - height_of(row.lines)) / 2
    if length < 0:
        drawing.words(row.lines, 0, first, end - 4, "right")
    else:
        drawing.words(row.lines, end + 4, first)
