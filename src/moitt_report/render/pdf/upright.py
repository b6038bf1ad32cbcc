"""Upright columns: a panel for each category, all on one scale from zero."""

from moitt_report.brief.content import Category, Chart
from moitt_report.render.pdf.drawing import (
    Drawing,
    Scale,
    amount,
    fill_bar,
    key,
    name_style,
    scale,
    value_style,
)
from moitt_report.render.pdf.text import Setter

_COLUMN, _GAP = 28.0, 6.0
_NARROW = 12.0
_PANEL_GAP, _LONE_GAP = 16.0, 4.0
_WIDEST_SLOT = 60.0
_TALLEST, _LOW = 62.0, 44.0
_FEW = 4
_MARGIN = 3.0
_LABEL_ROOM = 13.0
_HEAD_GAP = 5.0


def columns(setter: Setter, chart: Chart, width: float) -> list[Drawing]:
    """Few categories have their series named under the columns; many share a key at the top."""
    named = len(chart.categories) <= _FEW and len(chart.series) > 1
    gap = _PANEL_GAP if len(chart.series) > 1 else _LONE_GAP
    slot = min(_slot(setter, chart, named), width / len(chart.series))
    panel = min(width, max(slot * len(chart.series), _heads(setter, chart) if named else 0.0))
    count = len(chart.categories)
    rows = -(-count // max(1, int((width + gap) // (panel + gap))))
    each = -(-count // rows)
    pitch = (width + gap) / each if named else width / each
    size = max(panel, pitch - gap)
    if named:  # panels do not grow so wide that their columns lose touch
        size = min(size, max(panel, _WIDEST_SLOT * len(chart.series)))
    heights = scale(chart, _TALLEST if rows == 1 else _LOW)
    bands = [] if named else key(setter, chart, width)
    for start in range(0, count, each):
        members = range(start, min(start + each, count))
        bands.append(_band(setter, chart, members, heights, (pitch, size, width), named))
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


def _heads(setter: Setter, chart: Chart) -> float:
    """Room for a label and a change side by side, where that is not much."""
    bold = setter.type("chart_value")
    wide = [
        setter.line(c.label, bold).width + (setter.line(c.note, bold).width + 8 if c.note else 0)
        for c in chart.categories
    ]
    return min(110.0, max(wide))


def _band(
    setter: Setter,
    chart: Chart,
    members: range,
    heights: Scale,
    sizes: tuple[float, float, float],
    named: bool,
) -> Drawing:
    """A row of panels; `sizes` are their pitch, their width and the width of the chart."""
    pitch, size, width = sizes
    drawing = Drawing(width)
    ink = setter.colours.ink
    margin = 0.0 if named else (pitch - size) / 2
    xs = {n: place * pitch + margin for place, n in enumerate(members)}
    top = 0.0
    if named:
        top = max(_head(drawing, setter, chart.categories[n], x, size) for n, x in xs.items())
        top += _HEAD_GAP
    base = top + _LABEL_ROOM + heights.length - heights.zero
    bottom = base + heights.zero + _LABEL_ROOM * (heights.low < 0) + _MARGIN
    deepest = bottom
    slot = size / len(chart.series)
    for n, x in xs.items():
        for m, series in enumerate(chart.series):
            _column(drawing, setter, chart, (m, n), (x + m * slot, base, slot), heights)
            if named:
                lines = setter.lines(series.name, name_style(setter, series), slot)
                deepest = max(deepest, drawing.words(lines, x + m * slot, bottom, slot, "centre"))
        if named:
            drawing.rule(x, base, x + size, base, 1.2, ink)
        else:
            under = _foot(drawing, setter, chart.categories[n], (x - margin + 2, bottom), pitch - 4)
            deepest = max(deepest, under)
    if not named:
        drawing.rule(0, base, pitch * len(members), base, 1.2, ink)
    drawing.height = deepest + 7
    return drawing


def _column(
    drawing: Drawing,
    setter: Setter,
    chart: Chart,
    which: tuple[int, int],
    place: tuple[float, float, float],
    heights: Scale,
) -> None:
    """A column, its words above or, when it hangs, below; an absence leaves the slot empty."""
    series, category = chart.series[which[0]], chart.categories[which[1]]
    point = series.points[which[1]]
    x, base, slot = place
    style = value_style(setter, series, category)
    lines = setter.lines((point.label,), style, slot)
    tall = sum(line.style.leading for line in lines)
    value = amount(point)
    if value is None:
        drawing.words(lines, x, base - tall - 1, slot, "centre")
        return
    size = min(_COLUMN * 1.6, slot - _GAP)
    length = heights.at(value) - heights.zero
    left = x + (slot - size) / 2
    tip = base - length
    box = (left, base - max(length, 0), size, abs(length))
    fill_bar(drawing, setter, series, category, box, (left, tip, left + size, tip))
    drawing.words(lines, x, base - length + 1 if length < 0 else base - length - tall - 0.5, slot, "centre")


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


def _foot(
    drawing: Drawing,
    setter: Setter,
    category: Category,
    corner: tuple[float, float],
    size: float,
) -> float:
    """The category under its columns, then its change; gives the lower edge."""
    x, y = corner
    parts = (
        (category.label, setter.type("chart_label")),
        (category.sublabel, setter.type("chart_small")),
        (category.note, setter.type("chart_small", bold=True)),
    )
    for runs, style in parts:
        if runs:
            y = drawing.words(setter.lines(runs, style, size), x, y, size, "centre")
    return y
