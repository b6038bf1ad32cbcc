"""The PDF of a brief: strips, pages, page furniture, file."""

from moitt_report.brief.content import Brief, Heading, blocks
from moitt_report.errors import InputError, Problem
from moitt_report.render.pdf.archive import ArchivalCanvas
from moitt_report.render.pdf.attachments import data_of, saved
from moitt_report.render.pdf.blocks import strips_of
from moitt_report.render.pdf.flow import Pages, Strip, paginate
from moitt_report.render.pdf.furniture import Furniture
from moitt_report.render.pdf.glyphs import refuse_missing_glyphs
from moitt_report.render.pdf.metadata import About
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import MM, Setter
from moitt_report.render.theme import Theme, default_theme
from moitt_report.undisturbed import undisturbed

_LEEWAY = 1.0
"""Points that a rule, or the sum of many heights, may lie under the text block."""


def render_pdf(brief: Brief, theme: Theme | None = None) -> bytes:
    """`brief` as a tagged, archival PDF (PDF/UA-1, PDF/A-3a) in `theme`, or the built-in one.

    Raises `InputError` when the brief holds a character that the fonts of the theme cannot draw,
    words for the head or foot of the page that have no room there, or what is higher than a page and
    cannot be parted.
    """
    with undisturbed():
        return _rendered(brief, Setter(theme or default_theme()))


def _rendered(brief: Brief, setter: Setter) -> bytes:
    refuse_missing_glyphs(brief, setter)
    root = Element("Document")
    furniture = Furniture(brief, setter, root)
    furniture.refuse_overlong()
    page = setter.theme.page
    canvas = ArchivalCanvas(root, (page.width * MM, page.height * MM), brief.language, brief.as_of)
    # Before any page is laid out: unpacked the data take more room than the pages of a long table.
    canvas.attach(saved(brief))
    for data in data_of(brief):
        canvas.attach(data)
    pages = paginate(_strips(brief, setter, root), setter.room)
    _refuse_too_high(pages, setter)
    _number(pages, setter)
    for number, placed in enumerate(pages, 1):
        furniture.paint(canvas, number, len(pages))
        for one in placed:
            x, y = page.left * MM, page.top * MM + one.top
            if one.again:
                with canvas.artifact("Pagination"):
                    one.strip.paint(canvas, x, y)
            else:
                one.strip.paint(canvas, x, y)
        canvas.showPage()
        placed.clear()  # what was painted is not needed again
    return canvas.file(_about(brief))


def _about(brief: Brief) -> About:
    return About(
        title=brief.title,
        author=brief.author,
        language=brief.language,
        date=brief.as_of,
        subject="".join(run.words for run in brief.running_head[1]),
        keywords=f"{brief.period}, {brief.outline}, {brief.stage}, data as of {brief.as_of}",
        file_number=brief.file_number,
        period=brief.period,
        digest=brief.digest,
    )


def _strips(brief: Brief, setter: Setter, root: Element) -> list[Strip]:
    headings = [b for b in blocks(brief) if isinstance(b, Heading) and b.level == 2]
    strips: list[Strip] = []
    after_heading = False
    for section in brief.sections:
        element = Element("Sect", root)
        for block in section.blocks:
            new = strips_of(setter, block, element, headings)
            if new and after_heading:
                new[0].before = 0  # what a heading announces stands close under it
            after_heading = isinstance(block, Heading)
            strips += new
    return strips


def _refuse_too_high(pages: Pages, setter: Setter) -> None:
    """Raise `InputError` for what would run off its page: what is not seen is not said."""
    places: dict[str, None] = {}
    place = ""
    for placed in pages:
        for one in placed:
            place = one.strip.anchor or place
            if one.top + one.strip.height > setter.room + _LEEWAY:
                places[place] = None
    if places:
        fault = "holds a part that is higher than a page and cannot be parted"
        remedy = "shorten its words, or set them in paragraphs"
        raise InputError([Problem(place.lstrip("_") or "the front", fault, remedy) for place in places])


def _number(pages: Pages, setter: Setter) -> None:
    for number, placed in enumerate(pages, 1):
        for one in placed:
            if one.strip.anchor:
                setter.pages[one.strip.anchor] = number
