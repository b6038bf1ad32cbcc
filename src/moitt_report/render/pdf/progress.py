"""Progress: target as outline, authorised as tint, actual as solid bar, share due as tick.

With columns of numbers the row reads like a table: name, bars, numbers under heads whose swatches
are the key. Without them the words stand at the bars.
"""

from msgspec import Struct

from moitt_report.brief.content import Category, Chart, ChartColumn, Point, Series, plain
from moitt_report.render.pdf.bullet import OVERSHOOT, Bar, Lane, shapes
from moitt_report.render.pdf.drawing import (
    SWATCH,
    Drawing,
    Scale,
    amount,
    label_lines,
    scale,
    swatch,
)
from moitt_report.render.pdf.pieces import Line, Type, followed, height_of
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
    bands = [_heads(plan)]
    bands += [_row(plan, n) for n in range(len(chart.categories))]
    bands[-1].height += 6
    return bands


# --- with columns of numbers ------------------------------------------------------------------


class _Numbers(Struct, frozen=True):
    """Where a column of numbers stands across."""

    end: float
    width: float

    @property
    def x(self) -> float:
        return self.end - self.width


class _Plan(Struct, frozen=True):
    """What the rows of one chart share: where things stand across, in points, and the scale of the bars."""

    setter: Setter
    chart: Chart
    width: float
    names: float
    """The width of the names; the bars begin there."""
    plot: float
    """The width of the bars."""
    columns: list[_Numbers]
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
    columns: list[_Numbers] = []
    x = width - total
    for need in needs:
        x += need + _COLUMN_GAP
        columns.append(_Numbers(x, need))
    return _Plan(setter, chart, width, names, plot, columns, scale(chart, plot))


def _column_width(setter: Setter, column: ChartColumn) -> float:
    """As wide as the widest number, and wide enough for a head of two lines."""
    strong, style = setter.type("chart_value"), setter.type("table_head")
    head = setter.widest(column.head, style)
    while head < _WIDEST_HEAD and len(setter.lines(column.head, style, head)) > 2:
        head += 4
    head += (SWATCH + 5) * (column.role is not None)
    return max(head, 36.0, *(setter.line(cell, strong).width for cell in column.cells))


def _heads(plan: _Plan) -> Drawing:
    """The heads of the numbers over a rule; the swatches before them are the key of the bars."""
    setter, columns = plan.setter, plan.chart.columns
    drawing = Drawing(plan.width, again=True)
    style = setter.type("table_head")
    laid: list[list[Line]] = []
    for column, place in zip(columns, plan.columns, strict=True):
        room = place.width - (SWATCH + 5) * (column.role is not None)
        laid.append(setter.lines(column.head, style, max(room, 12.0)))
    tall = max(len(lines) for lines in laid) * style.leading
    for column, place, lines in zip(columns, plan.columns, laid, strict=True):
        top = tall - len(lines) * style.leading
        drawing.words(lines, place.x, top, place.width, "right")
        if column.role is not None:
            start = place.end - max(line.width for line in lines) - SWATCH - 5
            swatch(drawing, setter, column.role, start, top + style.leading / 2)
    drawing.rule(plan.columns[0].x, tall + 3.5, plan.width, tall + 3.5, 0.5, setter.colours.ink)
    drawing.height = tall + 8
    return drawing


def _row(plan: _Plan, n: int) -> Drawing:
    """The bars of the category `n` between its name and its numbers."""
    setter, chart = plan.setter, plan.chart
    category = chart.categories[n]
    drawing = Drawing(plan.width)
    style = _number_style(setter, category)
    label = label_lines(setter, category, style, plan.names - 8)
    numbers = [
        setter.lines(column.cells[n], style, place.width)
        for column, place in zip(chart.columns, plan.columns, strict=True)
    ]
    middle = max(_ROW, *(height_of(lines) + 6 for lines in (label, *numbers))) / 2
    lane = Lane(plan.plot)
    end = shapes(drawing, setter.colours, chart, n, Bar(plan.names, middle, _BAR, _INNER, plan.lengths), lane)
    small = setter.type("chart_small", italic=True)
    for series in _untold(chart, n):
        point = series.points[n]
        lane.say(setter, (*series.name, *words(" "), point.label), small, _beside(plan, point))
    if category.note:
        lane.say(setter, category.note, small, end + 5)
    lane.paint_beside(drawing, plan.names, middle)
    bottom = lane.paint_under(drawing, plan.names, middle + _BAR / 2 + 2)
    drawing.words(label, 0, middle - height_of(label) / 2)
    for lines, place in zip(numbers, plan.columns, strict=True):
        drawing.words(lines, place.x, middle - height_of(lines) / 2, place.width, "right")
    drawing.height = 2 * middle if lane.is_all_beside else max(2 * middle, bottom + 3)
    zero = plan.names + plan.lengths.zero
    drawing.rule(zero, 0, zero, drawing.height, 1.2, setter.colours.ink)
    return drawing


def _untold(chart: Chart, n: int) -> list[Series]:
    """The series whose words of the category `n` stand in no column of numbers."""
    told = {plain(column.cells[n]) for column in chart.columns}
    roles = {column.role for column in chart.columns}
    return [s for s in chart.series if s.role not in roles or s.points[n].label.words not in told]


def _beside(plan: _Plan, point: Point) -> float:
    """Where words begin that stand right of the end of a bar, or of zero where there is none."""
    value = amount(point)
    return plan.lengths.at(value if value is not None else 0.0) + 5


def _number_style(setter: Setter, category: Category) -> Type:
    if category.earlier:
        return setter.type("chart_value", bold=False, colour=setter.colours.ink2)
    return setter.type("chart_value")


# --- with words at the bars -------------------------------------------------------------------


def _lone(setter: Setter, chart: Chart, n: int, lengths: Scale, width: float) -> Drawing:
    """A row across the whole width: label and target over the bar, the rest in or under it."""
    drawing = Drawing(width)
    top = _over(drawing, setter, chart, n, width) + 2 + OVERSHOOT / 2
    middle = top + _LONE_BAR / 2
    lane = Lane(width)
    shapes(drawing, setter.colours, chart, n, Bar(0.0, middle, _LONE_BAR, _LONE_BAR, lengths), lane)
    small = setter.type("chart_small", colour=setter.colours.ink)
    for series in chart.series:
        if series.role in ("actual", "previous"):
            _say_in_bar(setter, chart, n, series, lengths, lane)
    for series in chart.series:
        if series.role in ("due", "authorised"):
            point = series.points[n]
            value = amount(point)
            x = lengths.at(value) + 6 if value is not None else None
            lane.say(setter, (*series.name, *words(" "), point.label), small, x)
    lane.paint_beside(drawing, 0, middle)
    zero = lengths.zero + 0.6
    drawing.rule(zero, top - 2, zero, top + _LONE_BAR + 2, 1.2, setter.colours.ink)
    drawing.height = lane.paint_under(drawing, 0, top + _LONE_BAR + OVERSHOOT) + 8
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
        for line in followed(setter.lines((*s.name, *words(" "), s.points[n].label), small, width))
    ]
    left = label_lines(setter, category, style, width)
    if category.note:
        right += setter.lines(category.note, setter.type("chart_value"), width)
    wide = max(line.width for line in left) + max((line.width for line in right), default=0.0)
    bottom = drawing.words(left, 0, 0)
    start = 0.0 if wide + 10 <= width else bottom
    return max(bottom, drawing.words(right, 0, start, width, "right"))


def _say_in_bar(setter: Setter, chart: Chart, n: int, series: Series, lengths: Scale, lane: Lane) -> None:
    """The value of the bar itself: white inside it where it fits, else right of its end."""
    category, point = chart.categories[n], series.points[n]
    name = (*series.name, *words(" ")) if n == 0 else ()  # the rows below have the same bars
    runs = (*name, point.label)
    value = amount(point)
    length = 0.0 if value is None else lengths.at(value) - lengths.zero
    style = setter.type("chart_value", colour=setter.colours.ink2 if category.earlier else setter.colours.ink)
    inside = setter.line(runs, style._replace(colour="#FFFFFF"))
    # White on the muted fill of an earlier year would be too faint.
    if inside.width + 12 <= length and series.role == "actual" and not category.earlier:
        lane.put(inside, lengths.zero + length - inside.width - 6)
    else:
        lane.say(setter, runs, style, lengths.zero + max(length, 0.0) + 6)
