"""Progress: target as outline, authorised as tint, actual as solid bar, share due as tick.

With columns of numbers the row reads like a table: name, bars, numbers under heads whose swatches
are the key. Without them the words stand at the bars.
"""

from msgspec import Struct

from moitt_report.brief.content import Category, Chart, ChartColumn, Point, Runs, Series, plain
from moitt_report.render.pdf.bullet import OVERSHOOT, Below, Lane, say, shapes
from moitt_report.render.pdf.drawing import (
    SWATCH,
    Drawing,
    Scale,
    amount,
    scale,
    swatch,
)
from moitt_report.render.pdf.pieces import Line, Type, height_of
from moitt_report.render.pdf.prose import words
from moitt_report.render.pdf.text import Setter

_ROW = 29.0
_BAR, _INNER = 18.0, 7.0
_LONE_BAR = 20.0
_NAMES, _WIDEST_NAMES = 66.0, 0.26
_COLUMN_GAP = 14.0
_WIDEST_HEAD = 80.0
_LEAST_PLOT = 110.0


def progress(setter: Setter, chart: Chart, width: float) -> list[Drawing]:
    """Bands of a progress chart: heads of the numbers, then a row for each category."""
    if not chart.columns:
        lengths = scale(chart, width - 1)
        return [_lone(setter, chart, n, lengths, width) for n in range(len(chart.categories))]
    plan = _plan(setter, chart, width)
    bands = [_heads(setter, chart, plan, width)]
    bands += [_row(setter, chart, n, plan, width) for n in range(len(chart.categories))]
    bands[-1].height += 6
    return bands


# --- with columns of numbers ------------------------------------------------------------------


class _Plan(Struct):
    """Where things stand across: names, plot, right ends and widths of the number columns."""

    names: float
    plot: float
    columns: list[tuple[float, float]]
    lengths: Scale


def _plan(setter: Setter, chart: Chart, width: float) -> _Plan:
    label = setter.type("chart_value")
    natural = max(setter.line(c.label, label).width for c in chart.categories)
    names = max(_NAMES, min(natural, _WIDEST_NAMES * width) + 8)
    needs = [_column_width(setter, column) for column in chart.columns]
    free = width - names - _LEAST_PLOT - _COLUMN_GAP * len(needs)
    if sum(needs) > free:
        needs = [need * max(free, 40.0) / sum(needs) for need in needs]
    total = sum(needs) + _COLUMN_GAP * len(needs)
    plot = max(40.0, width - names - total - 4)
    ends: list[tuple[float, float]] = []
    x = width - total
    for need in needs:
        x += need + _COLUMN_GAP
        ends.append((x, need))
    return _Plan(names, plot, ends, scale(chart, plot))


def _column_width(setter: Setter, column: ChartColumn) -> float:
    """As wide as the widest number, and wide enough for a head of two lines."""
    strong, style = setter.type("chart_value"), setter.type("table_head")
    head = setter.widest(column.head, style)
    while head < _WIDEST_HEAD and len(setter.lines(column.head, style, head)) > 2:
        head += 4
    head += (SWATCH + 5) * (column.role is not None)
    return max(head, 36.0, *(setter.line(cell, strong).width for cell in column.cells))


def _heads(setter: Setter, chart: Chart, plan: _Plan, width: float) -> Drawing:
    drawing = Drawing(width)
    style = setter.type("table_head")
    laid: list[list[Line]] = []
    for column, (_, wide) in zip(chart.columns, plan.columns, strict=True):
        room = wide - (SWATCH + 5) * (column.role is not None)
        laid.append(setter.lines(column.head, style, max(room, 12.0)))
    tall = max(len(lines) for lines in laid) * style.leading
    for column, (end, wide), lines in zip(chart.columns, plan.columns, laid, strict=True):
        top = tall - len(lines) * style.leading
        drawing.words(lines, end - wide, top, wide, "right")
        if column.role is not None:
            start = end - max(line.width for line in lines) - SWATCH - 5
            swatch(drawing, setter, column.role, start, top + style.leading / 2)
    first = plan.columns[0][0] - plan.columns[0][1]
    drawing.rule(first, tall + 3.5, width, tall + 3.5, 0.5, setter.colours.ink)
    drawing.height = tall + 8
    return drawing


def _row(setter: Setter, chart: Chart, n: int, plan: _Plan, width: float) -> Drawing:
    category = chart.categories[n]
    drawing = Drawing(width)
    label = _label(setter, category, plan.names - 8)
    numbers = [
        setter.lines(column.cells[n], _number_style(setter, category), wide)
        for column, (_, wide) in zip(chart.columns, plan.columns, strict=True)
    ]
    talls = [height_of(lines) for lines in (label, *numbers)]
    below = Below(plan.plot)
    lane = Lane(plan.plot)
    middle = max(_ROW, *(tall + 6 for tall in talls)) / 2
    end = shapes(drawing, setter, chart, n, (plan.names, middle, _BAR, _INNER), plan.lengths, lane)
    told = {plain(column.cells[n]) for column in chart.columns}
    roles = {column.role for column in chart.columns}
    small = setter.type("chart_small", italic=True)
    for series in chart.series:
        point = series.points[n]
        if series.role not in roles or point.label.words not in told:
            say(
                setter,
                (*series.name, *words(" "), point.label),
                small,
                _at(plan, point),
                lane,
                below,
            )
    if category.note:
        say(setter, category.note, small, end + 5, lane, below)
    for line, x in lane.said:
        drawing.words([line], plan.names + x, middle - line.style.leading / 2)
    y = below.paint(drawing, plan.names, middle + _BAR / 2 + 2)
    drawing.words(label, 0, middle - talls[0] / 2)
    for lines, tall, (right, wide) in zip(numbers, talls[1:], plan.columns, strict=True):
        drawing.words(lines, right - wide, middle - tall / 2, wide, "right")
    drawing.height = max(2 * middle, y + 3 if below.lines else 0.0)
    zero = plan.names + plan.lengths.zero
    drawing.rule(zero, 0, zero, drawing.height, 1.2, setter.colours.ink)
    return drawing


def _at(plan: _Plan, point: Point) -> float:
    value = amount(point)
    return plan.lengths.at(value if value is not None else 0.0) + 5


def _label(setter: Setter, category: Category, width: float) -> list[Line]:
    style = _number_style(setter, category)
    lines = setter.lines(category.label, style, width)
    if category.sublabel:
        lines += setter.lines(category.sublabel, setter.type("chart_small"), width)
    return lines


def _number_style(setter: Setter, category: Category) -> Type:
    if category.earlier:
        return setter.type("chart_value", bold=False, colour=setter.colours.ink2)
    return setter.type("chart_value")


# --- with words at the bars -------------------------------------------------------------------


def _lone(setter: Setter, chart: Chart, n: int, lengths: Scale, width: float) -> Drawing:
    """A row across the whole width: label and target over the bar, the rest in or under it."""
    category = chart.categories[n]
    drawing = Drawing(width)
    y = _over(drawing, setter, chart, n, width) + 2 + OVERSHOOT / 2
    middle = y + _LONE_BAR / 2
    lane, below = Lane(width), Below(width)
    shapes(drawing, setter, chart, n, (0.0, middle, _LONE_BAR, _LONE_BAR), lengths, lane)
    small = setter.type("chart_small", colour=setter.colours.ink)
    for series in chart.series:
        point = series.points[n]
        value = amount(point)
        if series.role in ("actual", "previous"):
            name = (*series.name, *words(" ")) if n == 0 else ()
            _in_bar(setter, (*name, point.label), series, category, value, lengths, lane, below)
    for series in chart.series:
        point = series.points[n]
        if series.role in ("due", "authorised"):
            value = amount(point)
            x = lengths.at(value) + 6 if value is not None else None
            say(setter, (*series.name, *words(" "), point.label), small, x, lane, below)
    for line, x in lane.said:
        drawing.words([line], x, middle - line.style.leading / 2)
    zero = lengths.zero + 0.6
    drawing.rule(zero, y - 2, zero, y + _LONE_BAR + 2, 1.2, setter.colours.ink)
    drawing.height = below.paint(drawing, 0, y + _LONE_BAR + OVERSHOOT) + 8
    return drawing


def _over(drawing: Drawing, setter: Setter, chart: Chart, n: int, width: float) -> float:
    """The line over the bar: label at the left, target at the right, or under it if both are long."""
    category = chart.categories[n]
    style = setter.type("chart_label", bold=not category.earlier)
    if not category.earlier:
        style = style._replace(colour=setter.colours.ink)
    targets = [s for s in chart.series if s.role == "target"]
    small = setter.type("chart_small", colour=setter.colours.ink)
    right = [
        line
        for s in targets
        for line in setter.lines((*s.name, *words(" "), s.points[n].label), small, width)
    ]
    left = setter.lines(category.label, style, width)
    if category.sublabel:
        left += setter.lines(category.sublabel, setter.type("chart_small"), width)
    if category.note:
        right += setter.lines(category.note, setter.type("chart_value"), width)
    wide = max(line.width for line in left) + max((line.width for line in right), default=0.0)
    bottom = drawing.words(left, 0, 0)
    start = 0.0 if wide + 10 <= width else bottom
    return max(bottom, drawing.words(right, 0, start, width, "right"))


def _in_bar(
    setter: Setter,
    runs: Runs,
    series: Series,
    category: Category,
    value: float | None,
    lengths: Scale,
    lane: Lane,
    below: Below,
) -> None:
    """The value of the bar itself: white inside it where it fits, else right of its end."""
    ink = setter.colours.ink2 if category.earlier else setter.colours.ink
    style = setter.type("chart_value", colour=ink)
    length = 0.0 if value is None else lengths.at(value) - lengths.zero
    inside = setter.line(runs, style._replace(colour="#FFFFFF"))
    # White on the muted fill of an earlier year would be too faint.
    if inside.width + 12 <= length and series.role == "actual" and not category.earlier:
        lane.said.append((inside, lengths.zero + length - inside.width - 6))
        return
    say(setter, runs, style, lengths.zero + max(length, 0.0) + 6, lane, below)
