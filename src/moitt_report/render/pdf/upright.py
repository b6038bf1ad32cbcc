"""Upright columns: a panel for each category, all on one scale from zero."""

from msgspec import Struct

from moitt_report.brief.content import Category, Chart
from moitt_report.render.pdf.drawing import (
    TICK,
    Box,
    Drawing,
    Scale,
    amount,
    fill_bar,
    key,
    name_style,
    scale,
    value_style,
)
from moitt_report.render.pdf.pieces import height_of
from moitt_report.render.pdf.text import Setter

_FEW = 4
"""So many categories have their series named under the columns."""
_COLUMN, _NARROW = 28.0, 12.0
"""The least width of a column that has its name under it, and of one that has not; in points as all that follows."""
_GAP = 6.0
"""Between columns."""
_PANEL_GAP, _LONE_GAP = 16.0, 4.0
"""Between panels of several columns, and of one."""
_WIDEST_SLOT = 60.0
_WIDEST_HEAD = 110.0
_TALLEST, _LOW = 62.0, 44.0
"""The height of the scale in one row of panels, and in several."""
_MARGIN = 3.0
"""Between the columns and the words under them."""
_LABEL_ROOM = 13.0
"""Over the highest column, and under the lowest that hangs; more where values take several lines."""
_HEAD_GAP = 5.0


class _Plan(Struct, frozen=True):
    """What the rows of panels of one chart share; lengths in points."""

    setter: Setter
    chart: Chart
    heights: Scale
    pitch: float
    """From one panel to the next."""
    size: float
    """The width of a panel."""
    width: float
    """The width of the chart."""
    labels: float
    """The room for values over the highest column, and under the lowest that hangs."""
    named: bool
    """Each series is named under its column; else a key names all of them."""

    @property
    def slot(self) -> float:
        """The width of a column with its gap."""
        return self.size / len(self.chart.series)


def columns(setter: Setter, chart: Chart, width: float) -> list[Drawing]:
    """Few categories have their series named under the columns; many share a key at the top."""
    named = len(chart.categories) <= _FEW and len(chart.series) > 1
    gap = _PANEL_GAP if len(chart.series) > 1 else _LONE_GAP
    needed = _slot(setter, chart, named)
    slot = min(needed, width / len(chart.series))
    panel = min(width, max(slot * len(chart.series), _heads(setter, chart) if named else 0.0))
    count = len(chart.categories)
    rows = -(-count // max(1, int((width + gap) // (panel + gap))))
    each = -(-count // rows)
    pitch = (width + gap) / each if named else width / each
    size = max(panel, pitch - gap)
    if named:  # panels do not grow so wide that their columns lose touch
        size = min(size, max(panel, _WIDEST_SLOT * len(chart.series)))
    heights = scale(chart, _TALLEST if rows == 1 else _LOW)
    labels = _LABEL_ROOM if slot >= needed else max(_LABEL_ROOM, _tallest(setter, chart, size) + 2)
    plan = _Plan(setter, chart, heights, pitch, size, width, labels, named)
    bands = [] if named else key(setter, chart, width)
    for start in range(0, count, each):
        members = range(start, min(start + each, count))
        bands.append(_band(plan, members))
    return bands


def _slot(setter: Setter, chart: Chart, named: bool) -> float:
    """Width of a column with its gap: its words must not touch those of the next."""
    needed = _COLUMN if named else _NARROW
    for series in chart.series:
        if named:
            needed = max(needed, setter.widest(series.name, name_style(setter, series)))
        for category, point in zip(chart.categories, series.points, strict=True):
            style = value_style(setter, series, category)
            needed = max(needed, setter.line((point.label,), style).width)
    return needed + _GAP


def _tallest(setter: Setter, chart: Chart, size: float) -> float:
    """Height of the tallest words of a value, which wrap in a panel of this `size`."""
    slot = size / len(chart.series)
    return max(
        height_of(setter.lines((point.label,), value_style(setter, series, category), slot))
        for series in chart.series
        for category, point in zip(chart.categories, series.points, strict=True)
    )


def _heads(setter: Setter, chart: Chart) -> float:
    """Width of a panel with label and change side by side; where that is much, they stand below each other."""
    bold = setter.type("chart_value")
    wide = [
        setter.line(c.label, bold).width + (setter.line(c.note, bold).width + 8 if c.note else 0)
        for c in chart.categories
    ]
    return min(_WIDEST_HEAD, max(wide))


def _band(plan: _Plan, members: range) -> Drawing:
    """A row of panels, one for each of the categories `members`."""
    setter, chart, heights = plan.setter, plan.chart, plan.heights
    drawing = Drawing(plan.width)
    ink = setter.colours.ink
    margin = 0.0 if plan.named else (plan.pitch - plan.size) / 2
    xs = {n: place * plan.pitch + margin for place, n in enumerate(members)}
    top = 0.0
    if plan.named:
        top = max(_head(drawing, setter, chart.categories[n], x, plan.size) for n, x in xs.items())
        top += _HEAD_GAP
    base = top + plan.labels + heights.length - heights.zero
    bottom = base + heights.zero + plan.labels * (heights.low < 0) + _MARGIN
    deepest = bottom
    for n, x in xs.items():
        for m in range(len(chart.series)):
            _column(drawing, plan, m, n, x + m * plan.slot, base)
            if plan.named:
                deepest = max(deepest, _name(drawing, plan, m, x + m * plan.slot, bottom))
        if plan.named:
            drawing.rule(x, base, x + plan.size, base, 1.2, ink)
        else:
            deepest = max(deepest, _foot(drawing, plan, n, x - margin + 2, bottom))
    if not plan.named:
        drawing.rule(0, base, plan.pitch * len(members), base, 1.2, ink)
    drawing.height = deepest + 7
    return drawing


def _column(drawing: Drawing, plan: _Plan, m: int, n: int, x: float, base: float) -> None:
    """The column of series `m` in category `n`, its slot beginning at `x`, its foot at `base`.

    Its words stand above it or, when it hangs, below; an absence leaves the slot empty but for its words.
    """
    series, category = plan.chart.series[m], plan.chart.categories[n]
    point = series.points[n]
    lines = plan.setter.lines((point.label,), value_style(plan.setter, series, category), plan.slot)
    tall = height_of(lines)
    value = amount(point)
    if value is None:
        drawing.words(lines, x, base - tall - 1, plan.slot, "centre")
        return
    size = min(_COLUMN * 1.6, plan.slot - _GAP)
    length = plan.heights.at(value) - plan.heights.zero
    left, tip = x + (plan.slot - size) / 2, base - length
    if series.role == "due":
        drawing.rule(left, tip, left + size, tip, TICK, plan.setter.colours.ink)
    else:
        box = Box(left, base - max(length, 0), size, abs(length))
        fill_bar(drawing, plan.setter.colours, series.role, box, earlier=category.earlier)
    drawing.words(lines, x, tip + 1 if length < 0 else tip - tall - 0.5, plan.slot, "centre")


def _name(drawing: Drawing, plan: _Plan, m: int, x: float, top: float) -> float:
    """The name of series `m` under its column; gives the lower edge."""
    series = plan.chart.series[m]
    lines = plan.setter.lines(series.name, name_style(plan.setter, series), plan.slot)
    return drawing.words(lines, x, top, plan.slot, "centre")


def _head(drawing: Drawing, setter: Setter, category: Category, x: float, size: float) -> float:
    """The category over its panel, its change flush right; gives the lower edge."""
    strong = setter.type("chart_value")
    style = setter.type("chart_label") if category.earlier else strong
    label = setter.lines(category.label, style, size)
    bottom = drawing.words(label, x, 0)
    if category.sublabel:
        small = setter.lines(category.sublabel, setter.type("chart_small"), size)
        bottom = drawing.words(small, x, bottom)
    if not category.note:
        return bottom
    note = setter.lines(category.note, strong, size)
    fits = len(label) == len(note) == 1 and label[0].width + note[0].width + 6 <= size
    return max(bottom, drawing.words(note, x, 0 if fits else bottom, size, "right"))


def _foot(drawing: Drawing, plan: _Plan, n: int, x: float, y: float) -> float:
    """The category under its columns, then its change; gives the lower edge."""
    setter, category, width = plan.setter, plan.chart.categories[n], plan.pitch - 4
    parts = (
        (category.label, setter.type("chart_label")),
        (category.sublabel, setter.type("chart_small")),
        (category.note, setter.type("chart_small", bold=True)),
    )
    for runs, style in parts:
        if runs:
            y = drawing.words(setter.lines(runs, style, width), x, y, width, "centre")
    return y
