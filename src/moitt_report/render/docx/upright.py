"""Upright charts: groups of columns, and lines, under a strip that says what is said of each."""

from moitt_report.brief.content import Chart, plain
from moitt_report.render.docx import marks
from moitt_report.render.docx.chart_parts import absences, chart_run, earlier, look_of, workbook_of
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.inline import inline
from moitt_report.render.docx.markup import KEEP, cell, layout_table, para, row, shares, twips
from moitt_report.render.docx.measure import lines_of
from moitt_report.render.docx.plot import Drawn, Frame, Group, chart_part

_GAP, _OVERLAP = 60, -20
_HEIGHT = {"columns": 58.0, "line": 104.0}
_HEAD_ROOM = 14.0
_FOOT_ROOM = 0.14
"""Share of the scale for the words under columns that hang below zero."""
_HEIGHT_WITHOUT_VALUES = 24.0
_MOST_LINES_ON_AXIS = 2


def upright(chart: Chart, context: Context, width: float) -> str:
    """The plot under a strip with what is said of each category."""
    slot = width / len(chart.categories)
    size = context.theme.styles["chart_label"].size
    most = max(
        sum(lines_of(plain(part), size, slot - 2) for part in (c.label, c.sublabel)) for c in chart.categories
    )
    on_axis = most <= _MOST_LINES_ON_AXIS
    foot = most * 11 + 7 if on_axis else 4
    plot = _HEIGHT[chart.form] if marks.values_of(chart) else _HEIGHT_WITHOUT_VALUES
    height = _HEAD_ROOM + plot + foot
    least, top = marks.ends(chart, 0.0)
    if least < 0:
        least -= (top - least) * _FOOT_ROOM
    frame = Frame(
        x=0.0, y=_HEAD_ROOM / height, width=1.0,
        height=(height - _HEAD_ROOM - foot) / height,
        least=least, most=top, lying=False, names=on_axis,
    )  # fmt: skip
    workbook = workbook_of(chart)
    labels = marks.line_labels if chart.form == "line" else marks.column_labels
    series = tuple(
        Drawn(line, s.role, labels(chart, n, context.theme), earlier(chart))
        for n, (s, line) in enumerate(zip(chart.series, workbook.lines, strict=True))
    )
    group = Group(series, _GAP, _OVERLAP)
    part = chart_part("line" if chart.form == "line" else "bar", [group], workbook, frame, look_of(context))
    frame_text = para("Chart", chart_run(chart, context, part, workbook, width=width, height=height))
    return _strip(chart, context, width, names=not on_axis) + frame_text


def _strip(chart: Chart, context: Context, width: float, *, names: bool) -> str:
    """One cell over each category: its change or remark, and what is absent; empty when nothing is."""
    contents = []
    for n, category in enumerate(chart.categories):
        label = para("ChartNote", inline(category.label, context)) if names else ""
        more = para("ChartGap", inline(category.sublabel, context)) if names and category.sublabel else ""
        note = para("ChartNote", inline(category.note, context, "Strong")) if category.note else ""
        contents.append(label + more + note + absences(n, chart, context, "ChartGap"))
    if not any(contents):
        return ""
    widths = shares([1.0] * len(contents), twips(width))
    cells = [cell(w, c or para("ChartGap"), align="bottom") for w, c in zip(widths, contents, strict=True)]
    return layout_table("HouseLayout", widths, [row(cells)]) + para("AfterTable", props=KEEP)
