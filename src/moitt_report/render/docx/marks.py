"""What charts say at their points, and how much of the scale the words need.

Only geometry is computed here, never a printed number.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from moitt_report.brief.content import Chart, Point, Series, plain
from moitt_report.render.docx.measure import width_of
from moitt_report.render.docx.plot import Label
from moitt_report.render.theme import Theme

_NEAR_AXIS = Decimal("0.15")
"""Words under a point lower than this share of the scale would fall on the axis."""


def values_of(chart: Chart) -> list[Decimal]:
    """All values that are there."""
    return [
        Decimal(point.value) for series in chart.series for point in series.points if point.value is not None
    ]


def ends(chart: Chart, room: float) -> tuple[float, float]:
    """The ends of a scale that holds zero and all values, with a share of `room` for words."""
    values = values_of(chart)
    least, most = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    if least == most:
        return 0.0, 1.0
    pad = (most - least) * Decimal(room) / (1 - Decimal(room))
    return float(least - (pad if least else 0)), float(most + (pad if most else 0))


def is_covered(chart: Chart, series: Series) -> bool:
    """Whether a number column beside the chart prints the words of `series` already."""
    words = [point.label.words for point in series.points]
    return any(
        column.role == series.role and [plain(cell) for cell in column.cells] == words
        for column in chart.columns
    )


def column_labels(chart: Chart, at: int, theme: Theme) -> dict[int, Label]:
    """Words over columns and beside lying bars: this year's bold, the others regular."""
    series = chart.series[at]
    return {
        n: _label(series, point, theme, "outEnd", earlier=chart.categories[n].earlier)
        for n, point in enumerate(series.points)
        if point.value is not None
    }


def line_labels(chart: Chart, at: int, theme: Theme) -> dict[int, Label]:
    """Words over the highest point of a category and under the others, so that they part."""
    out = {}
    most = max(values_of(chart), default=Decimal(0))
    for n, point in enumerate(chart.series[at].points):
        if point.value is None:
            continue
        others = [s.points[n].value for k, s in enumerate(chart.series) if k != at]
        top = all(v is None or Decimal(v) <= Decimal(point.value) for v in others)
        if top and any(v == point.value for v in others):
            top = at == max(k for k, s in enumerate(chart.series) if s.points[n].value == point.value)
        low = Decimal(point.value) < most * _NEAR_AXIS
        out[n] = _label(chart.series[at], point, theme, "t" if top or low else "b", earlier=False)
    return out


def progress_labels(chart: Chart, at: int, theme: Theme, scale: float) -> dict[int, Label]:
    """Words in a solid bar with room for them, else beside it; none where a column says them.

    `scale` is the number of points that stand for one.
    """
    series = chart.series[at]
    if is_covered(chart, series) or series.role == "due":
        return {}
    out = {}
    for n, point in enumerate(series.points):
        if point.value is None:
            continue
        before = chart.categories[n].earlier
        end, room = float(point.value) * scale, width_of(point.label.words, 9) + 8
        free = [at for at in _places(series, end, room, before) if not _crossed(chart, n, at, scale)]
        place = free[0].name if free else "outEnd"
        out[n] = _label(series, point, theme, place, earlier=before)
    return out


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words may stand along a bar, in points from the baseline."""

    name: Literal["inEnd", "outEnd", "inBase"]
    first: float
    last: float


def _places(series: Series, end: float, room: float, before: bool) -> list[_Place]:
    """The places for the words of a bar that ends at `end`, best first."""
    outside = _Place("outEnd", end, end + room)
    if series.role != "actual" or end < room:
        return [outside]
    inside = _Place("inEnd", end - room, end)
    base = _Place("inBase", 0, room)
    return [outside, inside, base] if before else [inside, outside, base]


def _crossed(chart: Chart, n: int, place: _Place, scale: float) -> bool:
    """Whether the end of another bar of the row would run through words at `place`."""
    values = [s.points[n].value for s in chart.series if s.role != "actual"]
    ends = [float(value) * scale for value in values if value is not None]
    return any(place.first < end < place.last for end in ends)


def _label(series: Series, point: Point, theme: Theme, at: str, *, earlier: bool) -> Label:
    strong = series.role == "actual" and not earlier
    style = theme.styles["chart_value" if strong else "chart_label"]
    colour = theme.colours.ink if strong else theme.colours.ink2
    if at in {"inEnd", "inBase"}:
        # White on the colour of earlier years would be too faint; ink on it is not.
        colour = theme.colours.ink if earlier else "#FFFFFF"
    return Label(point.label.words, at, colour, style.size, bold=strong)  # type: ignore[arg-type]
