"""Strips and pages: the brief as one column of unbreakable strips, cut into pages.

A strip is a line of a paragraph, a row of a table, a chart. It knows its height, the space it wants
around it, and whether the strip below must stay with it. Nothing can fail to fit: a run of strips
that wish to stay together but exceed a page is parted after all.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.pieces import SHARE_BEFORE, Line
from moitt_report.render.pdf.tags import Element

Paint = Callable[[TaggedCanvas, float, float], None]
"""Paints at the left and top it is given."""


class Strip(Struct):
    """Something that no page break cuts."""

    height: float
    paint: Paint
    before: float = 0
    after: float = 0
    keep: bool = False
    """The next strip stays on the same page."""
    head: "Strip | None" = None
    """Painted again, as an artifact, when a page begins with this strip."""
    anchor: str = ""
    new_page: bool = False


class Placed(Struct):
    """A strip and how far its top lies below the top of the text block."""

    strip: Strip
    top: float
    again: bool = False


Pages = list[list[Placed]]


def paginate(strips: Iterable[Strip], height: float) -> Pages:
    """`strips` on pages of `height`."""
    pager = _Pager(height)
    group: list[Strip] = []
    for strip in strips:
        if strip.new_page:
            pager.put(group)
            group = []
            pager.turn()
            continue
        group.append(strip)
        if not strip.keep:
            pager.put(group)
            group = []
    pager.put(group)
    return pager.pages


def stack(strips: list[Strip]) -> float:
    """Height of `strips` set one under the other."""
    total = last = 0.0
    for n, strip in enumerate(strips):
        total += (max(last, strip.before) if n else 0) + strip.height
        last = strip.after
    return total


def _beginning(group: list[Strip]) -> list[Strip]:
    """What must stand together even of a group that no page can hold: down to the first row."""
    for n, strip in enumerate(group):
        if strip.head is not None:
            return group[: n + 1]
    return group[:2]


class _Pager:
    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: Pages = [[]]
        self.used = 0.0
        self.after = 0.0

    def turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self.used = self.after = 0.0

    def put(self, group: list[Strip]) -> None:
        if not group:
            return
        whole = stack(group)
        gap = max(self.after, group[0].before) if self.pages[-1] else 0.0
        if self.used + gap + whole > self.height + 0.01:
            head = group[0].head.height if group[0].head else 0.0
            first = _beginning(group)
            if whole + head <= self.height or self.used + gap + stack(first) > self.height:
                self.turn()
        for strip in group:
            self._place(strip)

    def _place(self, strip: Strip) -> None:
        gap = max(self.after, strip.before) if self.pages[-1] else 0.0
        if self.pages[-1] and self.used + gap + strip.height > self.height + 0.01:
            self.turn()
            gap = 0.0
        if not self.pages[-1] and strip.head is not None:
            self.pages[-1].append(Placed(strip.head, 0.0, again=True))
            self.used = strip.head.height
        self.pages[-1].append(Placed(strip, self.used + gap))
        self.used += gap + strip.height
        self.after = strip.after


def beside(left: list[Strip], right: list[Strip], offset: float) -> Strip:
    """Two columns of strips as one strip, the right one `offset` from the left edge."""

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        paint_column(canvas, left, x, y)
        paint_column(canvas, right, x + offset, y)

    return Strip(
        max(stack(left), stack(right)),
        paint,
        before=max(left[0].before, right[0].before),
        after=max(left[-1].after, right[-1].after),
    )


def paint_column(canvas: TaggedCanvas, strips: list[Strip], x: float, y: float) -> None:
    """Paint `strips` one under the other from `y` down."""
    last = 0.0
    for n, strip in enumerate(strips):
        y += max(last, strip.before) if n else 0
        strip.paint(canvas, x, y)
        y += strip.height
        last = strip.after


def paint_lines(
    canvas: TaggedCanvas,
    element: Element | None,
    lines: list[Line],
    x: float,
    y: float,
    *,
    width: float = 0,
    align: str = "left",
) -> None:
    """Paint `lines` downwards from `y`, flush left, right or centred in `width`."""
    share = SHARE_BEFORE[align]
    for line in lines:
        start = x + share * (width - line.width)
        canvas.text(element, line, start, y + line.style.baseline)
        y += line.style.leading
