"""A chart in strips: caption, the drawing as one tagged figure, notes.

Each form gives bands, which are drawn one under the other. A chart taller than a page is parted
between bands, like a table between rows, so forty rows of long names are as safe as three.
"""

from typing import assert_never

from msgspec import Struct, field

from moitt_report.brief.content import Chart, Text, plain
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.drawing import Drawing
from moitt_report.render.pdf.flow import Strip, paint_lines, stack
from moitt_report.render.pdf.pieces import height_of
from moitt_report.render.pdf.prose import anchored, caption, continued, footing
from moitt_report.render.pdf.syntax import text_string
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter

_PEN = 1.0
"""How far the line of a shape may reach over the edge of the drawing, in points."""

_UNDER_CONTINUED = 4.0
_ANNOUNCED = 40.0
"""Left free on the page of a chart that is not parted, for the heading over it."""


def chart_strips(setter: Setter, chart: Chart, parent: Element, width: float) -> list[Strip]:
    """The strips of `chart`, from its caption to its sources."""
    whole = Element("Div", parent)
    captioned = chart.number or chart.title or chart.unit
    strips = caption(setter, chart, Element("Caption", whole) if captioned else whole, width)
    bands = _bands(setter, chart, width)
    room = setter.room - stack(strips) - _ANNOUNCED
    parts = [bands] if sum(band.height for band in bands) <= room else [[band] for band in bands]
    picture = _Picture(Element("Figure", whole, attributes=_spoken(chart)), width, len(parts))
    figures = [_figure(part, picture) for part in parts]
    notes = footing(setter, chart, parent, width)
    over = _over(setter, chart, bands, width)
    for n, strip in enumerate(figures):
        strip.head = over if n else None
        strip.keep = n in (0, len(figures) - 2)
    figures[-1].keep = bool(notes)
    figures[-1].after = 8
    strips += figures
    anchored(strips, chart.anchor)
    return strips + notes


def _over(setter: Setter, chart: Chart, bands: list[Drawing], width: float) -> Strip:
    """What stands over the picture on its further pages: which chart goes on there, and its key."""
    lines = continued(setter, chart, width)
    tall = height_of(lines) + _UNDER_CONTINUED * bool(lines)
    keys = [band for band in bands if band.again]

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        paint_lines(canvas, None, lines, x, y)
        _paint(canvas, keys, x, y + tall)

    return Strip(tall + sum(band.height for band in keys), paint)


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


def _spoken(chart: Chart) -> str:
    """The words that are read in the picture's place, and their language where it is not that of the brief."""
    languages = {run.language if isinstance(run, Text) else None for run in chart.alt}
    language = languages.pop() if len(languages) == 1 else None
    return f"/Alt{text_string(plain(chart.alt))}" + (f"/Lang{text_string(language)}" if language else "")


class _Picture(Struct):
    """One picture to a reader of the tags even where it is parted, or its words would be read out again."""

    element: Element
    width: float
    parts: int
    tops: list[tuple[int, float]] = field(default_factory=list)
    """Of the parts that are painted: their page and how far up it they begin, in points from its foot."""

    def placed(self, page: int, x: float, top: float, bottom: float) -> None:
        """Note where a part stands; the last one tells the place of the whole, if that is on one page."""
        self.tops.append((page, top))
        first, highest = self.tops[0]
        if len(self.tops) == self.parts and first == page:
            box = f"{x - _PEN:.2f} {bottom - _PEN:.2f} {x + self.width + _PEN:.2f} {highest + _PEN:.2f}"
            self.element.attributes += f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"


def _figure(bands: list[Drawing], picture: _Picture) -> Strip:
    height = sum(band.height for band in bands)

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        base = canvas.page_height - y
        picture.placed(canvas.getPageNumber(), x, base, base - height)
        with canvas.figure(picture.element):
            _paint(canvas, bands, x, y)

    return Strip(height, paint)


def _paint(canvas: TaggedCanvas, bands: list[Drawing], x: float, y: float) -> None:
    for band in bands:
        band.paint(canvas, x, y)
        y += band.height
