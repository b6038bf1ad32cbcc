"""What charts say at their points, and how much of the scale the words need.

Only geometry is computed here, never a printed number. Widths of words are estimates: Word sets
the type, not we, so they are on the safe side.
"""

from decimal import Decimal

from moitt_report.brief.content import Chart, Point, Series, plain
from moitt_report.render.docx.plot import Label
from moitt_report.render.theme import Theme

_NEAR_AXIS = Decimal("0.15")
"""Words under a point lower than this share of the scale would fall on the axis."""
_EM = 0.54
"""Mean width of a character in ems, a little more than Calibri's."""


def width_of(words: str, size: float) -> float:
    """The estimated width of `words` in points."""
    return len(words) * size * _EM


def lines_of(words: str, size: float, width: float) -> int:
    """The estimated number of lines of `words` in `width` points."""
    if not words:
        return 0
    return max(1, -int(-width_of(words, size) * 1.08 // max(width, size)))


def values_of(chart: Chart) -> list[Decimal]:
    """All values that are there."""
    return [
        Decimal(point.value)
        for series in chart.series
        for point in series.points
        if point.value is not None
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
            top = at == max(
                k for k, s in enumerate(chart.series) if s.points[n].value == point.value
            )
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
        end, words = float(point.value) * scale, width_of(point.label.words, 9) + 8
        crossed = any(0 < edge * scale - end < words for edge in _edges(chart, n))
        inside = series.role == "actual" and end > words and (crossed or not before)
        out[n] = _label(series, point, theme, "inEnd" if inside else "outEnd", earlier=before)
    return out


def _edges(chart: Chart, n: int) -> list[float]:
    """Where plans end in row `n`: lines that would cross words lying over them."""
    values = [s.points[n].value for s in chart.series if s.role in {"due", "authorised"}]
    return [float(value) for value in values if value is not None]


def _label(series: Series, point: Point, theme: Theme, at: str, *, earlier: bool) -> Label:
    strong = series.role == "actual" and not earlier
    style = theme.styles["chart_value" if strong else "chart_label"]
    colour = theme.colours.ink if strong else theme.colours.ink2
    if at == "inEnd":
        # White on the colour of earlier years would be too faint; ink on it is not.
        colour = theme.colours.ink if earlier else "#FFFFFF"
    return Label(point.label.words, at, colour, style.size, bold=strong)  # type: ignore[arg-type]
