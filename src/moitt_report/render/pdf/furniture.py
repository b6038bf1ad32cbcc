"""What stands on every page outside the text block. All of it is artifact: no reader hears it twice."""

from math import cos, radians, sin

from moitt_report.brief.content import Brief, Runs
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.flow import paint_lines
from moitt_report.render.pdf.prose import words
from moitt_report.render.pdf.text import MM, Setter

_HEAD_GAP = 5 * MM
_FOOT_GAP = 5.2 * MM
_BLANK = 85.0
_WATERMARK = ("DRAFT", 150.0, 52.0, "#F3F5F4")
"""Words, size, angle and a grey so light that text over it keeps its contrast."""


def paint_furniture(canvas: TaggedCanvas, brief: Brief, setter: Setter, number: int, pages: int) -> None:
    """Paint head, foot and, on a draft, the watermark; before the text, so that it lies behind."""
    page = setter.theme.page
    left, top = page.left * MM, page.top * MM
    with canvas.artifact("Pagination", "Watermark"):
        if brief.stage == "draft":
            _watermark(canvas, setter, page.width * MM, page.height * MM)
    with canvas.artifact("Pagination", "Header"):
        _head(canvas, brief, setter, left, top - _HEAD_GAP, number)
    with canvas.artifact("Pagination", "Footer"):
        _foot(
            canvas,
            brief,
            setter,
            left,
            (page.height - page.bottom) * MM + _FOOT_GAP,
            (number, pages),
        )


def _sides(brief: Brief, setter: Setter) -> tuple[float, float]:
    """Widths for the classification in the middle and for the words at each side."""
    style = setter.type("classification")
    line = setter.line(words(brief.classification or " "), style)
    middle = min(line.width, setter.width * 0.4)
    return middle, (setter.width - middle) / 2 - 8


def _head(
    canvas: TaggedCanvas, brief: Brief, setter: Setter, left: float, bottom: float, number: int
) -> None:
    """The lines of the head grow upwards, so that the last stands above the text block."""
    middle, side = _sides(brief, setter)
    slots: list[tuple[Runs, str, float, str]] = []
    if brief.classification:
        slots.append((words(brief.classification), "classification", middle, "centre"))
    if number > 1:
        slots.append((brief.running_head[0], "running", side, "left"))
        slots.append((brief.running_head[1], "running", side, "right"))
    for runs, name, width, align in slots:
        lines = setter.lines(runs, setter.type(name), width)
        height = sum(line.style.leading for line in lines)
        paint_lines(canvas, None, lines, left, bottom - height, width=setter.width, align=align)


def _foot(
    canvas: TaggedCanvas,
    brief: Brief,
    setter: Setter,
    left: float,
    top: float,
    count: tuple[int, int],
) -> None:
    ink = setter.colours
    style = setter.type("running")
    canvas.rule(left, top, left + setter.width, top, 0.5, ink.ink)
    middle, side = _sides(brief, setter)
    top += 3
    file = setter.lines(words(f"File No. {brief.file_number}".rstrip()), style, side)
    paint_lines(canvas, None, file, left, top)
    if not brief.file_number:
        start, base = left + file[0].width + 3, top + style.baseline + 1
        canvas.rule(start, base, start + _BLANK, base, 0.5, ink.ink3)
    if brief.classification:
        lines = setter.lines(words(brief.classification), setter.type("classification"), middle)
        paint_lines(canvas, None, lines, left, top, width=setter.width, align="centre")
    page = setter.lines(words(f"Page {count[0]} of {count[1]}"), style, side)
    paint_lines(canvas, None, page, left, top, width=setter.width, align="right")


def _watermark(canvas: TaggedCanvas, setter: Setter, width: float, height: float) -> None:
    text, size, angle, colour = _WATERMARK
    line = setter.line(words(text, bold=True), setter.type("title", size=size, colour=colour))
    turn = radians(angle)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.transform(cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0)
    canvas.text(None, line, -line.width / 2, height + size * 0.32)
    canvas.restoreState()
