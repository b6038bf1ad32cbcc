"""What all charts of the Word file share: swatches, the workbook, the place in the text."""

from moitt_report.brief.content import Chart, Series, plain
from moitt_report.render.docx import marks
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.inline import one
from moitt_report.render.docx.markup import chart_frame, para, run
from moitt_report.render.docx.plot import ChartLook
from moitt_report.render.docx.workbook import Book, Line, book


def swatch(role: str) -> str:
    """A small box in the shape and colour of the series, and a space; it is no word."""
    wide = "\u00a0" if role == "due" else "\u2003"
    return run(wide, f"Swatch{role.title()}") + run("\u2002")


def chart_run(
    chart: Chart, context: Context, part: bytes, workbook: Book, *, width: float, height: float
) -> str:
    """The chart in the text, `width` by `height` points, with its alternative text."""
    relationship = context.package.add_chart(part, workbook.data)
    return chart_frame(context.next_drawing(), relationship, plain(chart.alt), width, height)


def look_of(context: Context) -> ChartLook:
    """Colours and face of charts."""
    theme = context.theme
    return ChartLook(theme.colours, theme.fonts.word, theme.styles["chart_small"].size)


def workbook_of(chart: Chart) -> Book:
    """The workbook of all series, an absent value an empty cell."""
    lines = [
        Line(
            plain(series.name),
            tuple(None if p.value is None else float(p.value) for p in series.points),
        )
        for series in chart.series
    ]
    names = ["\n".join(filter(None, (plain(c.label), plain(c.sublabel)))) for c in chart.categories]
    return book(names, lines)


def absences(category: int, chart: Chart, context: Context, style: str) -> str:
    """The words of values that are not there, each with the name of its series."""
    return "".join(
        para(style, _whose(s, chart) + one(s.points[category].label, context))
        for s in chart.series
        if s.points[category].value is None and not marks.is_covered(chart, s)
    )


def _whose(series: Series, chart: Chart) -> str:
    """The name of the series, where there is more than one."""
    return run(f"{plain(series.name)}: ") if len(chart.series) > 1 else ""


def earlier(chart: Chart) -> frozenset[int]:
    """The categories of earlier years."""
    return frozenset(n for n, category in enumerate(chart.categories) if category.earlier)
