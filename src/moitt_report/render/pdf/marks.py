"""Small drawn signs in cells: status marks and bars. The words beside them are the content."""

from moitt_report.brief.content import Tone
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.theme import Colours

_RADIUS = 4.0


def paint_mark(canvas: TaggedCanvas, tone: Tone, x: float, middle: float, colours: Colours) -> None:
    """Draw the mark of `tone` in a box of 8 points; shapes differ, so grey copies lose nothing."""
    centre = x + _RADIUS
    match tone:
        case "good":
            canvas.disc(centre, middle, 3.9, fill=colours.good)
        case "watch":
            foot = middle + 3.4
            corners = ((x, foot), (x + 8, foot), (centre, foot - 7))
            canvas.path(corners, closed=True, fill=colours.watch)
        case "bad":
            canvas.box(x + 0.5, middle - 3.5, 7, 7, fill=colours.bad)
        case "open":
            canvas.disc(centre, middle, 3.3, stroke=colours.none, pen=1.1)
        case "none":
            canvas.rule(x + 0.5, middle, x + 7.5, middle, 1.4, colours.none)


def paint_bar(
    canvas: TaggedCanvas,
    share: float,
    x: float,
    base: float,
    track: float,
    colour: str,
    colours: Colours,
) -> None:
    """Draw a bar of `share` percent on its track. Past the track's end the number tells the rest."""
    length = track * min(max(share, 0.0), 100.0) / 100
    canvas.rule(x, base, x + track, base, 0.5, colours.ink2)
    if length:
        canvas.box(x, base - 4.2, length, 4.2, fill=colour)
