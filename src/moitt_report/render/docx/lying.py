"""Lying charts: bars for long names, and progress against a plan, one row a category."""

from collections.abc import Sequence

from moitt_report.brief.content import Category, Chart, ChartColumn, Series, plain
from moitt_report.render.docx import marks
from moitt_report.render.docx.caption import AFTER_TABLE
from moitt_report.render.docx.chart_parts import (
    absences,
    chart_run,
    earlier,
    look_of,
    swatch,
    workbook_of,
)
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.inline import BOLD_PLACE, inline, one
from moitt_report.render.docx.markup import cell, edge, layout_table, para, row, shares, twips
from moitt_report.render.docx.measure import lines_of, width_of
from moitt_report.render.docx.plot import Drawn, Frame, Group, Label, chart_part
from moitt_report.render.docx.workbook import Book

_ROW_PITCH, _ROW_PITCH_ALONE = 29.0, 42.0
"""Rows of progress with their numbers beside them, and without."""
_BAR, _INNER_BAR = 18.0, 7.0
_LONG_BAR, _BETWEEN_BARS = 9.0, 9.0
"""Bars for long names, and the room between those of two names."""
_ORDER = ("target", "authorised", "previous", "actual", "due")
"""From the ground up."""


def lying(chart: Chart, context: Context, width: float) -> str:
    """One row a category: its name, its place in the plot, its numbers."""
    name, plot, *numbers = _widths(chart, context, width)
    pitch = _pitch(chart, context, name)
    height = pitch * len(chart.categories) - 2
    workbook, part = _bars(chart, context, plot, pitch)
    frame = para("Chart", chart_run(chart, context, part, workbook, width=plot, height=height))
    widths = shares([name, plot, *numbers], twips(width))
    rows = [_heads_beside(chart, context, widths)] if chart.columns else []
    for n, category in enumerate(chart.categories):
        cells = [
            cell(widths[0], _name(n, category, chart, context), align="center"),
            cell(
                widths[1],
                frame if n == 0 else para("ChartSmall"),
                merge="restart" if n == 0 else "continue",
            ),
        ]
        for column, w in zip(chart.columns, widths[2:], strict=False):
            cells.append(cell(w, _number(column, n, category, context), align="center"))
        if not chart.columns and len(widths) > 2:
            note = para("ChartRemark", inline(category.note, context, "Strong"))
            cells.append(cell(widths[2], note, align="center"))
        rows.append(row(cells, height=twips(pitch)))
    return layout_table("HouseLayout", widths, rows) + AFTER_TABLE


def _widths(chart: Chart, context: Context, width: float) -> list[float]:
    """Points for the names, the plot, and each column of numbers or remarks."""
    size = context.theme.styles["chart_value"].size
    numbers = [_column_width(column, size) for column in chart.columns]
    if chart.form == "bars" and any(c.note for c in chart.categories):
        longest = max(width_of(plain(c.note), size) for c in chart.categories)
        numbers = [min(longest + 14, width * 0.2)]
    names = [plain(c.label) for c in chart.categories]
    longest = max(width_of(each, size) for each in names)
    unbroken = max(width_of(word, size) for each in names for word in each.split(" "))
    most = width * (0.4 if chart.form == "bars" else 0.33)
    # A name without a space to wrap at, such as a span of months, is not broken for the sake of the bars.
    name = min(max(longest + 10, 66.0), max(most, min(unbroken + 10, width * 0.5)))
    room = width - name - width * 0.25
    if sum(numbers) > room:
        numbers = [n * room / sum(numbers) for n in numbers]
    return [name, width - name - sum(numbers), *numbers]


def _column_width(column: ChartColumn, size: float) -> float:
    longest_word = max((len(w) for w in plain(column.head).split()), default=1)
    longest = max([longest_word + 3, *(len(plain(c)) for c in column.cells)])
    return min(width_of("0" * longest, size) + 10, 110.0)


def _pitch(chart: Chart, context: Context, name: float) -> float:
    """The height of a row: its bars, or the lines of its name where they need more."""
    alone = _ROW_PITCH if chart.columns else _ROW_PITCH_ALONE
    bars = _LONG_BAR * len(chart.series) + _BETWEEN_BARS if chart.form == "bars" else alone
    value, small = context.theme.styles["chart_value"], context.theme.styles["chart_small"]
    needed = []
    for n, category in enumerate(chart.categories):
        lines = lines_of(plain(category.label), value.size, name - 6)
        extra = [plain(category.sublabel), *_extras(n, category, chart)]
        count = sum(lines_of(words, small.size, name - 6) for words in extra)
        needed.append(lines * value.leading + count * small.leading + 6)
    return max(bars, *needed)


def _extras(n: int, category: Category, chart: Chart) -> list[str]:
    """The words under a name besides its second line, to measure them."""
    out = [
        f"{plain(s.name)}: {s.points[n].label.words}"
        for s in chart.series
        if not marks.is_covered(chart, s) and (s.points[n].value is None or s.role == "due")
    ]
    if chart.form == "progress" and _remark_at(n, category, chart) is None:
        out.append(plain(category.note))
    return out


def _name(n: int, category: Category, chart: Chart, context: Context) -> str:
    later = "ChartName" if chart.form == "progress" else "ChartNamePlain"
    style = "ChartNameEarlier" if category.earlier else later
    base = BOLD_PLACE if style == "ChartName" else ""
    out = para(style, inline(category.label, context, base))
    if category.sublabel:
        out += para("ChartSmall", inline(category.sublabel, context))
    for series in chart.series:
        point = series.points[n]
        if series.role == "due" and point.value is not None and not marks.is_covered(chart, series):
            out += para("ChartSmall", swatch("due") + one(point.label, context))
    out += absences(n, chart, context, "ChartSmall")
    if chart.form == "progress" and category.note and _remark_at(n, category, chart) is None:
        out += para("ChartSmall", inline(category.note, context, "Emphasis"))
    return out


def _heads_beside(chart: Chart, context: Context, widths: Sequence[int]) -> str:
    rule = edge("bottom", 4, context.theme.colours.ink)
    cells = [cell(widths[0], para("ChartSmall")), cell(widths[1], para("ChartSmall"))]
    for column, width in zip(chart.columns, widths[2:], strict=True):
        mark = swatch(column.role) if column.role else ""
        words = para("ChartHead", mark + inline(column.head, context, BOLD_PLACE))
        cells.append(cell(width, words, borders=rule, align="bottom"))
    return row(cells)


def _number(column: ChartColumn, n: int, category: Category, context: Context) -> str:
    if category.earlier:
        return para("ChartNumberEarlier", inline(column.cells[n], context))
    return para("ChartNumber", inline(column.cells[n], context, "Strong"))


# --- the plot ------------------------------------------------------------------------------------


def _bars(chart: Chart, context: Context, width: float, pitch: float) -> tuple[Book, bytes]:
    """The workbook and the chart part of lying bars."""
    theme = context.theme
    size = theme.styles["chart_value"].size
    printed = [
        width_of(p.label.words, size)
        for s in chart.series
        for p in s.points
        if not marks.is_covered(chart, s)
    ]
    room = min((max(printed) + 4) / width, 0.4) if printed else 0.01
    least, most = marks.ends(chart, room)
    frame = Frame(
        x=0.006, y=0.0, width=0.988, height=1.0,
        least=least, most=most, lying=True, names=False,
    )  # fmt: skip
    workbook = workbook_of(chart)
    if chart.form == "bars":
        groups = [
            Group(
                tuple(
                    Drawn(line, s.role, marks.column_labels(chart, n, theme), earlier(chart))
                    for n, (s, line) in enumerate(zip(chart.series, workbook.lines, strict=True))
                ),
                gap=_gap(pitch, _LONG_BAR, len(chart.series)),
                overlap=-8,
            )
        ]
    else:
        groups = _progress_groups(chart, context, workbook, width / (most - least), pitch)
    return workbook, chart_part("bar", groups, workbook, frame, look_of(context))


def _progress_groups(
    chart: Chart, context: Context, workbook: Book, scale: float, pitch: float
) -> list[Group]:
    """Plans as wide bars, what was due as an outline whose end is the mark, what was done on top.

    With an authorised amount what was done is a narrow bar in a group of its own, over the tint.
    """
    drawn = [
        Drawn(
            workbook.lines[n],
            series.role,
            marks.progress_labels(chart, n, context.theme, scale) | _remarks(chart, series, context),
            earlier(chart),
            _covered(chart) if series.role == "due" else frozenset(),
        )
        for n, series in enumerate(chart.series)
    ]
    drawn.sort(key=lambda each: _ORDER.index(each.role))
    wide = _gap(pitch, _BAR)
    done = tuple(each for each in drawn if each.role == "actual")
    plans = tuple(each for each in drawn if each.role != "actual")
    if done and any(each.role == "authorised" for each in plans):
        return [Group(plans, gap=wide), Group(done, gap=_gap(pitch, _INNER_BAR))]
    return [Group(tuple(drawn), gap=wide)]


def _covered(chart: Chart) -> frozenset[int]:
    """Rows of this year in which more was done than was due."""
    values = {s.role: [p.value for p in s.points] for s in chart.series}
    pairs = zip(values["due"], values.get("actual", []), strict=False)
    return frozenset(
        n
        for n, (due, done) in enumerate(pairs)
        if due is not None
        and done is not None
        and float(due) < float(done)
        and not chart.categories[n].earlier
    )


def _gap(pitch: float, bar: float, bars: int = 1) -> int:
    """The gap, in percent of a bar, that makes bars of a fixed height; Word allows 500."""
    return min(round((pitch - bar * bars) / bar * 100), 500)


def _remarks(chart: Chart, series: Series, context: Context) -> dict[int, Label]:
    """Remarks in the free room right of a row's longest bar, in italics."""
    theme = context.theme
    out = {}
    for n, category in enumerate(chart.categories):
        if _remark_at(n, category, chart) == series.role:
            size = theme.styles["chart_label"].size
            words = plain(category.note)
            out[n] = Label(words, "outEnd", theme.colours.ink2, size, italic=True)
    return out


def _remark_at(n: int, category: Category, chart: Chart) -> str | None:
    """The role of the series whose bar carries the remark; None when no bar leaves it room."""
    if not category.note or not chart.columns:
        return None
    values = {s.role: s.points[n].value for s in chart.series if marks.is_covered(chart, s)}
    target = values.get("target")
    most = max(marks.values_of(chart), default=None)
    if target is None or not most or len(plain(category.note)) > 44:
        return None
    return "target" if float(target) <= 0.4 * float(most) else None
