"""What stands on every page outside the text block. All of it is artifact: none is read aloud twice."""

from math import cos, floor, radians, sin

from moitt_report.brief.content import Brief, Runs
from moitt_report.errors import InputError, Problem
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.flow import paint_lines
from moitt_report.render.pdf.prose import words
from moitt_report.render.pdf.text import MM, Line, Setter

_HEAD_GAP = 5 * MM
_FOOT_GAP = 5.2 * MM
_FOOT_PAD = 3.0
_EDGE = 5.0
"""Left free at the edge of the paper."""
_BLANK = 85.0
_WATERMARK = ("DRAFT", 150.0, 52.0, "#F5F7F6")
"""Words, size, angle and a grey so light that text over it keeps its contrast."""


def refuse_overlong(brief: Brief, setter: Setter) -> None:
    """Raise `InputError` for words that the head or foot of the page has no room for."""
    page = setter.theme.page
    rooms = {"head": page.top * MM - _HEAD_GAP, "foot": page.bottom * MM - _FOOT_GAP - _FOOT_PAD}
    middle, left, right = _classification(brief, setter), *_running_heads(brief, setter)
    slots = [
        ("the classification", "head", middle),
        ("the classification", "foot", middle),
        ("the running head, left", "head", left),
        ("the running head, right", "head", right),
        ("the file number", "foot", _file_number(brief, setter)),
    ]
    problems: list[Problem] = []
    for what, where, lines in slots:
        most = floor((rooms[where] - _EDGE) / setter.type("running").leading)
        if len(lines) > most:
            fault = f"takes {len(lines)} lines at the {where} of the page, which has room for {most}"
            problems.append(Problem(what, fault, "shorten it"))
    if problems:
        raise InputError(problems)


def paint_furniture(canvas: TaggedCanvas, brief: Brief, setter: Setter, number: int, pages: int) -> None:
    """Paint head, foot and, on a draft, the watermark; before the text, so that it lies behind."""
    page = setter.theme.page
    if brief.stage == "draft":
        with canvas.artifact("Pagination", "Watermark"):
            _watermark(canvas, setter, page.width * MM, page.height * MM)
    with canvas.artifact("Pagination", "Header"):
        slots = [(_classification(brief, setter), "centre")]
        if number > 1:
            slots += zip(_running_heads(brief, setter), ("left", "right"), strict=True)
        for lines, align in slots:
            # The head grows upwards, so that its last line stands above the text block.
            top = page.top * MM - _HEAD_GAP - sum(line.style.leading for line in lines)
            paint_lines(canvas, None, lines, page.left * MM, top, width=setter.width, align=align)
    with canvas.artifact("Pagination", "Footer"):
        count = setter.lines(words(f"Page {number} of {pages}"), setter.type("running"), setter.width)
        _foot(canvas, brief, setter, count)


def _foot(canvas: TaggedCanvas, brief: Brief, setter: Setter, count: list[Line]) -> None:
    page, colours = setter.theme.page, setter.colours
    left, top = page.left * MM, (page.height - page.bottom) * MM + _FOOT_GAP
    canvas.rule(left, top, left + setter.width, top, 0.5, colours.ink)
    file = _file_number(brief, setter)
    for lines, align in ((file, "left"), (_classification(brief, setter), "centre"), (count, "right")):
        paint_lines(canvas, None, lines, left, top + _FOOT_PAD, width=setter.width, align=align)
    if not brief.file_number:
        start = left + file[0].width + 3
        base = top + _FOOT_PAD + file[0].style.baseline + 1
        canvas.rule(start, base, start + _BLANK, base, 0.5, colours.ink3)


def _classification(brief: Brief, setter: Setter) -> list[Line]:
    """The classification in the middle, on several lines before it takes half of the width."""
    if not brief.classification:
        return []
    style = setter.type("classification")
    return setter.lines(words(brief.classification), style, setter.width * 0.4)


def _running_heads(brief: Brief, setter: Setter) -> tuple[list[Line], list[Line]]:
    left, right = brief.running_head
    return _side(left, brief, setter), _side(right, brief, setter)


def _file_number(brief: Brief, setter: Setter) -> list[Line]:
    return _side(words(f"File No. {brief.file_number}".rstrip()), brief, setter)


def _side(runs: Runs, brief: Brief, setter: Setter) -> list[Line]:
    """Words left or right of the classification."""
    middle = max((line.width for line in _classification(brief, setter)), default=0.0)
    return setter.lines(runs, setter.type("running"), (setter.width - middle) / 2 - 8)


def _watermark(canvas: TaggedCanvas, setter: Setter, width: float, height: float) -> None:
    text, size, angle, colour = _WATERMARK
    line = setter.line(words(text, bold=True), setter.type("title", size=size, colour=colour))
    turn = radians(angle)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.transform(cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0)
    canvas.text(None, line, -line.width / 2, height + size * 0.32)
    canvas.restoreState()
