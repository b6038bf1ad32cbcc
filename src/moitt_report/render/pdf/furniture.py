"""What stands on every page outside the text block. It is artifact, but for the classification at the head of
the first page: that is read aloud, once.
"""

from math import cos, floor, radians, sin

from moitt_report.brief.content import Brief, Runs
from moitt_report.errors import InputError, Problem
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.flow import paint_lines
from moitt_report.render.pdf.pieces import Line, height_of
from moitt_report.render.pdf.prose import words
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import MM, Setter

_HEAD_GAP = 5 * MM
_FOOT_GAP = 5.2 * MM
_FOOT_PAD = 3.0
_EDGE = 5.0
"""Left free at the edge of the paper."""
_BLANK = 85.0
_WATERMARK = "DRAFT"
_WATERMARK_SIZE, _WATERMARK_ANGLE = 150.0, 52.0
WATERMARK_GREY = "#F5F7F6"
"""So light that text over it keeps its contrast."""


class Furniture:
    """The head and foot of the pages of `brief`, set once for all of them."""

    def __init__(self, brief: Brief, setter: Setter, root: Element) -> None:
        self._brief, self._setter = brief, setter
        left, right = brief.running_head
        style = setter.type("classification")
        # The classification stands in the middle, on several lines before it takes half of the width.
        stamp = words(brief.classification) if brief.classification else ()
        self._stamp = setter.lines(stamp, style, setter.width * 0.4) if stamp else []
        self._classified = Element("P", root) if stamp else None
        self._heads = (self._side(left), self._side(right))
        self._file = self._side(words(f"File No. {brief.file_number}".rstrip()))

    def _side(self, runs: Runs) -> list[Line]:
        """Words left or right of the classification."""
        setter = self._setter
        middle = max((line.width for line in self._stamp), default=0.0)
        return setter.lines(runs, setter.type("running"), (setter.width - middle) / 2 - 8)

    def refuse_overlong(self) -> None:
        """Raise `InputError` for words that the head or foot of the page has no room for."""
        page = self._setter.theme.page
        rooms = {"head": page.top * MM - _HEAD_GAP, "foot": page.bottom * MM - _FOOT_GAP - _FOOT_PAD}
        slots = [
            ("the classification", "head", self._stamp),
            ("the classification", "foot", self._stamp),
            ("the running head, left", "head", self._heads[0]),
            ("the running head, right", "head", self._heads[1]),
            ("the file number", "foot", self._file),
        ]
        problems: list[Problem] = []
        for what, where, lines in slots:
            most = floor((rooms[where] - _EDGE) / self._setter.type("running").leading)
            if len(lines) > most:
                fault = f"takes {len(lines)} lines at the {where} of the page, which has room for {most}"
                problems.append(Problem(what, fault, "shorten it"))
        if problems:
            raise InputError(problems)

    def paint(self, canvas: TaggedCanvas, number: int, pages: int) -> None:
        """Paint head, foot and, on a draft, the watermark; before the text, so that it lies behind."""
        setter, page = self._setter, self._setter.theme.page
        if self._brief.stage == "draft":
            with canvas.artifact("Pagination", "Watermark"):
                _watermark(canvas, setter, page.width * MM, page.height * MM)
        if number == 1:
            self._head(canvas, self._classified, self._stamp, "centre")
        else:
            with canvas.artifact("Pagination", "Header"):
                slots = zip((self._stamp, *self._heads), ("centre", "left", "right"), strict=True)
                for lines, align in slots:
                    self._head(canvas, None, lines, align)
        with canvas.artifact("Pagination", "Footer"):
            count = setter.lines(words(f"Page {number} of {pages}"), setter.type("running"), setter.width)
            self._foot(canvas, count)

    def _head(self, canvas: TaggedCanvas, element: Element | None, lines: list[Line], align: str) -> None:
        """Paint `lines` at the head, which grows upwards: its last line stands above the text block."""
        page = self._setter.theme.page
        top = page.top * MM - _HEAD_GAP - height_of(lines)
        paint_lines(canvas, element, lines, page.left * MM, top, width=self._setter.width, align=align)

    def _foot(self, canvas: TaggedCanvas, count: list[Line]) -> None:
        setter, page, colours = self._setter, self._setter.theme.page, self._setter.colours
        left, top = page.left * MM, (page.height - page.bottom) * MM + _FOOT_GAP
        canvas.rule(left, top, left + setter.width, top, 0.5, colours.ink)
        for lines, align in ((self._file, "left"), (self._stamp, "centre"), (count, "right")):
            paint_lines(canvas, None, lines, left, top + _FOOT_PAD, width=setter.width, align=align)
        if not self._brief.file_number:
            start = left + self._file[0].width + 3
            base = top + _FOOT_PAD + self._file[0].style.baseline + 1
            canvas.rule(start, base, start + _BLANK, base, 0.5, colours.ink3)


def _watermark(canvas: TaggedCanvas, setter: Setter, width: float, height: float) -> None:
    line = setter.line(
        words(_WATERMARK, bold=True), setter.type("title", size=_WATERMARK_SIZE, colour=WATERMARK_GREY)
    )
    turn = radians(_WATERMARK_ANGLE)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.transform(cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0)
    canvas.text(None, line, -line.width / 2, height + _WATERMARK_SIZE * 0.32)
    canvas.restoreState()
