"""Words in strips: paragraphs, headings, lists, notes, captions, contents."""

from msgspec import Struct
from msgspec.structs import replace

from moitt_report.brief.content import (
    Chart,
    Contents,
    Heading,
    Link,
    List,
    NoteItem,
    NoteRef,
    Notes,
    Paragraph,
    Run,
    Runs,
    Table,
    Text,
    plain,
)
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.flow import Strip, beside, paint_lines, stack
from moitt_report.render.pdf.pieces import Line, Mark, Type, followed, height_of
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter

_NUMBER_INDENT = 22.7
"""8 mm: the column of paragraph numbers."""
_LIST_INDENT = 14.0
_WHOLE = 3
"""A paragraph of so few lines is not parted."""


def words(said: str, *, bold: bool = False) -> Runs:
    """The renderer's own words, or a field of the brief that is not runs."""
    return (Text(words=said, bold=bold, furniture="title block"),)


def lined(
    element: Element,
    lines: list[Line],
    *,
    x: float = 0,
    width: float = 0,
    align: str = "left",
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> list[Strip]:
    """Strips for `lines`; a long paragraph may be parted, but leaves no single line behind.

    `keep` holds all lines together and to what follows.
    """

    def strip(part: list[Line]) -> Strip:
        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            paint_lines(canvas, element, part, left + x, top, width=width, align=align)

        return Strip(height_of(part), paint)

    count = len(lines)
    parts = [lines] if count <= _WHOLE else [lines[:2], *([n] for n in lines[2:-2]), lines[-2:]]
    strips = [strip(part) for part in parts if part]
    for one in strips:
        one.keep = keep
    strips[0].before, strips[-1].after = before, after
    return strips


def styled(
    setter: Setter, runs: Runs, name: str, element: Element, width: float, *, keep: bool = False
) -> list[Strip]:
    """Strips for `runs` in the style `name` of the theme, with its space above and below."""
    style = setter.theme.styles[name]
    lines = setter.lines(runs, setter.type(name), width)
    return lined(element, lines, before=style.before, after=style.after, keep=keep)


def heading(setter: Setter, block: Heading, parent: Element, width: float) -> list[Strip]:
    """A heading, its bookmark, and the place that links lead to."""
    name = {1: "title", 2: "h2"}.get(block.level, "h3")
    element = Element(f"H{block.level}", parent)
    strips = styled(setter, block.runs, name, element, width, keep=True)
    anchored(strips, block.anchor, bookmark=plain(block.runs) if block.level <= 2 else "", level=block.level)
    return strips


def anchored(strips: list[Strip], name: str, *, bookmark: str = "", level: int = 1) -> None:
    """Make links to `name` lead to the first of `strips`, and a `bookmark` of a heading of that `level`."""
    first = strips[0]
    paint = first.paint
    first.anchor = name

    def paint_anchor(canvas: TaggedCanvas, x: float, y: float) -> None:
        canvas.anchor(name, x, max(0.0, y - 4))
        if bookmark.strip():
            canvas.addOutlineEntry(bookmark, name, level - 1)
        paint(canvas, x, y)

    first.paint = paint_anchor


def paragraph(setter: Setter, block: Paragraph, parent: Element, width: float) -> list[Strip]:
    """A paragraph; its number stands in a column of its own at the left."""
    element = Element("P", parent)
    if block.role == "legend":
        return styled(setter, block.runs, "legend", element, width)
    if block.number is None:
        return styled(setter, block.runs, "body", element, width)
    label = _Label(f"{block.number}.", element, _NUMBER_INDENT)
    return _hanging(setter, label, block.runs, element, width)


class _Label(Struct, frozen=True):
    """What stands before the first line of a paragraph: a number or a bullet."""

    words: str
    element: Element
    indent: float
    """The least that the paragraph is set in for it, in points."""


def _hanging(setter: Setter, label: _Label, runs: Runs, element: Element, width: float) -> list[Strip]:
    """`runs` as content of `element`, set in from the left behind `label`."""
    style = setter.type("body", colour=setter.colours.ink2)
    mark = setter.line(words(label.words), style)
    followed([mark])
    indent = max(label.indent, mark.width + 6)
    lines = setter.lines(runs, setter.type("body"), width - indent)
    strips = lined(element, lines, x=indent, after=setter.theme.styles["body"].after)
    first = strips[0]
    paint = first.paint

    def paint_label(canvas: TaggedCanvas, x: float, y: float) -> None:
        canvas.text(label.element, mark, x, y + style.baseline)
        paint(canvas, x, y)

    first.paint = paint_label
    return strips


def bullets(setter: Setter, block: List, parent: Element, width: float) -> list[Strip]:
    """A list, bulleted or numbered."""
    kind = "Decimal" if block.ordered else "Disc"
    element = Element("L", parent, attributes=f"/A<</O/List/ListNumbering/{kind}>>")
    strips: list[Strip] = []
    for number, runs in enumerate(block.items, 1):
        item = Element("LI", element)
        label = _Label(f"{number}." if block.ordered else "•", Element("Lbl", item), _LIST_INDENT)
        strips += _hanging(setter, label, runs, Element("LBody", item), width)
    for strip in strips[:-1]:
        strip.after = min(strip.after, 3)
    return strips


def notes(setter: Setter, block: Notes, parent: Element, width: float) -> list[Strip]:
    """Numbered notes; several are set in two columns, read down the left one first."""
    element = Element("L", parent, attributes="/A<</O/List/ListNumbering/Decimal>>")
    gap = 12.0
    narrow = (width - gap) / 2
    many = len(block.items) > 3
    each = [_note(setter, n, element, narrow if many else width) for n in block.items]
    if not many:
        return [strip for strips in each for strip in strips]
    # Pairs of notes side by side would be read across; so the list is cut once, near its middle.
    heights = [stack(strips) for strips in each]
    cut = min(range(1, len(each)), key=lambda n: abs(sum(heights[:n]) - sum(heights[n:])))
    left = [strip for strips in each[:cut] for strip in strips]
    right = [strip for strips in each[cut:] for strip in strips]
    pair = beside(left, right, narrow + gap)
    if pair.height < 0.8 * setter.room:
        return [pair]
    wide = Element("L", parent, attributes="/A<</O/List/ListNumbering/Decimal>>")
    parent.kids.remove(element)
    return [s for n in block.items for s in _note(setter, n, wide, width)]


def _note(setter: Setter, note: NoteItem, parent: Element, width: float) -> list[Strip]:
    item = Element("LI", parent)
    label, body = Element("Lbl", item), Element("LBody", item)
    style = setter.type("note", colour=setter.colours.ink)
    title = tuple(replace(run, bold=True) for run in note.title)
    runs = (*words(note.number, bold=True), *words(" "), *title, *words(" "), *note.runs)
    said = Element("Note", body, name=f"note-{note.number}")
    # The number runs into the words, but is the label of its list item.
    lines = setter.lines(runs, style, width, lead=Mark(element=label))
    strips = lined(said, lines, after=6)
    anchored(strips, note.number)
    return strips


def caption(setter: Setter, block: Table | Chart, element: Element, width: float) -> list[Strip]:
    """Number and title, then what and which unit; held to what follows. May be empty."""
    title = (*(words(f"{block.number}. ") if block.number else ()), *block.title)
    strips: list[Strip] = []
    for runs, name in ((title, "caption"), (block.unit, "unit")):
        if runs:
            lines = setter.lines(runs, setter.type(name), width)
            before = setter.theme.styles[name].before
            more = followed(lines) if name == "caption" and block.unit else lines
            strips += lined(element, more, before=before, keep=True)
    if strips:
        strips[-1].after = setter.theme.styles["unit"].after
    return strips


def continued(setter: Setter, block: Table | Chart, width: float) -> list[Line]:
    """What stands over a table or chart that goes on: which it is and its unit, or a page by itself would
    not say what its figures are. Nothing where it has no number.
    """
    if not block.number:
        return []
    said = words(f"{block.number}, continued.", bold=True)
    return setter.lines((*said, *words(" "), *block.unit), setter.type("unit"), width)


def footing(setter: Setter, block: Table | Chart, parent: Element, width: float) -> list[Strip]:
    """Notes and sources under a table or chart."""
    strips: list[Strip] = []
    for runs in (*block.notes, *((block.sources,) if block.sources else ())):
        strips += styled(setter, runs, "note", Element("P", parent), width)
        strips[-1].after = 0
    for strip in strips[1:]:
        strip.before = 0
    if strips:
        strips[-1].after = 8
    return strips


def contents(
    setter: Setter, block: Contents, headings: list[Heading], parent: Element, width: float
) -> list[Strip]:
    """The sections with their pages, which are known when the strips are painted."""
    strips = styled(setter, block.title, "h2", Element("P", parent), width, keep=True)
    toc = Element("TOC", parent)
    style = setter.type("body")
    for entry in headings:
        reference = Element("Reference", Element("TOCI", toc))
        strips.append(_entry(setter, entry, Element("Link", reference), style, width))
    return strips


def _entry(setter: Setter, entry: Heading, link: Element, style: Type, width: float) -> Strip:
    lines = setter.lines(tuple(map(_unlinked, entry.runs)), style, width - 40)
    height = height_of(lines)
    title = plain(entry.runs)

    def paint(canvas: TaggedCanvas, x: float, y: float) -> None:
        paint_lines(canvas, link, lines, x, y)
        base = y + height - style.leading + style.baseline
        page = setter.line(words(f" {setter.pages.get(entry.anchor, 0)}"), style)
        canvas.text(link, page, x + width - page.width, base)
        start = x + lines[-1].width + 5
        end = x + width - page.width - 3
        hair = setter.colours.ink3
        canvas.path(((start, base - 0.5), (end, base - 0.5)), stroke=hair, pen=0.5, dash="0.5 3")
        canvas.link(link, f"#{entry.anchor}", title, (x, y, x + width, y + height))

    return Strip(height, paint, after=2)


def _unlinked(run: Run) -> Run:
    """`run` as it stands inside a link, where there is no other."""
    if isinstance(run, Link | NoteRef):
        return Text(words=run.words, bold=run.bold, italic=run.italic, furniture="name")
    return run
