"""A chart in strips: caption, the drawing as one tagged figure, notes.

Each form gives bands, which are drawn one under the other. A chart taller than a page is parted
between bands, so forty rows of long names are as safe as three.
"""

from typing import assert_never

from moitt_report.brief.content import Chart, plain
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.drawing import Drawing
from moitt_report.render.pdf.flow import Strip, stack
from moitt_report.render.pdf.prose import anchored, caption, footing
from moitt_report.render.pdf.syntax import text_string
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter


def chart_strips(setter: Setter, chart: Chart, parent: Element, width: float) -> list[Strip]:
    """The strips of `chart`, from its caption to its sources."""
    strips = caption(setter, chart, Element("P", parent), width)
    alt = plain(chart.alt)
    room = setter.room - stack(strips) - 40
    figures = [
        _figure(bands, Element("Figure", parent, attributes=f"/Alt{text_string(alt)}"), width)
        for bands in _packed(_bands(setter, chart, width), room)
    ]
    notes = footing(setter, chart, parent, width)
    figures[-1].keep = bool(notes)
    figures[-1].after = 8
    strips += figures
    anchored(strips, chart.anchor)
    return strips + notes


def _bands(setter: Setter, chart: Chart, width: float) -> list[Drawing]:
    """The drawing, band by band; what draws a form is imported when a chart has it."""
    match chart.form:
        case "columns":
            from moitt_report.render.pdf.upright import columns  # noqa: PLC0415

            return columns(setter, chart, width)
        case "bars":
            from moitt_report.render.pdf.lying import bars  # noqa: PLC0415

            return bars(setter, chart, width)
        case "line":
            from moitt_report.render.pdf.trend import line  # noqa: PLC0415

            return line(setter, chart, width)
        case "progress":
            from moitt_report.render.pdf.progress import progress  # noqa: PLC0415

            return progress(setter, chart, width)
        case _:
            assert_never(chart.form)


def _packed(bands: list[Drawing], room: float) -> list[list[Drawing]]:
    packs: list[list[Drawing]] = [[]]
    used = 0.0
    for band in bands:
        if packs[-1] and used + band.height > room:
            packs.append([])
            used = 0.0
        packs[-1].append(band)
        used += band.height
    return packs


def _figure(bands: list[Drawing], element: Element, width: float) -> Strip:
    height = sum(band.height for band in bands)

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        base = canvas.page_height - y
        element.attributes += (
            f"/A<</O/Layout/Placement/Block/BBox[{x:.2f} {base - height:.2f} {x + width:.2f} {base:.2f}]>>"
        )
        with canvas.figure(element):
            top = y
            for band in bands:
                band.paint(canvas, x, top)
                top += band.height

    return Strip(height, paint)
