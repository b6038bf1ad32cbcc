"""Charts: a native, editable chart with its names and numbers as words of the document beside it.

Names of rows, notes, absences and number columns are paragraphs in a borderless table around the
chart, so they wrap, are found by a search and are read aloud. Values at points are labels in the
chart. An absent value leaves its place empty; its words stand in the table.
"""

from moitt_report.brief.content import Chart, plain
from moitt_report.render.docx.caption import above, below
from moitt_report.render.docx.chart_parts import swatch
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.lying import lying
from moitt_report.render.docx.markup import cell, layout_table, para, row, run, twips
from moitt_report.render.docx.upright import upright


def chart_block(chart: Chart, context: Context, width: float) -> str:
    """The chart with its caption and notes, `width` points wide."""
    draw = upright if chart.form in {"columns", "line"} else lying
    drawn = _key(chart) + draw(chart, context, width)
    # One row that is never split keeps key, strip and plot on one page in every word processor.
    whole = layout_table("HouseLayout", [twips(width)], [row([cell(twips(width), drawn)])])
    return above(chart, context) + whole + below(chart, context)


def _key(chart: Chart) -> str:
    """Swatches with the names of the series that no head of a number column names."""
    heads = {(column.role, plain(column.head)) for column in chart.columns}
    named = [s for s in chart.series if s.name and (s.role, plain(s.name)) not in heads]
    parts = [swatch(s.role) + run(plain(s.name)) for s in named]
    return para("ChartKey", run("\u2003").join(parts)) if parts else ""
