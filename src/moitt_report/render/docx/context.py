"""What the pieces of one document share: its package, its names and its counters.

Word tells places apart by number and by name, and repairs or refuses a file that repeats one.
Every number is therefore given out here, in reading order, and nowhere else.
"""

import re

from moitt_report.brief.content import Brief, Notes, Table, anchors, blocks, plain
from moitt_report.render.docx.bound import Binder
from moitt_report.render.docx.carried import store_id
from moitt_report.render.docx.markup import POINTS_PER_MM, bookmark
from moitt_report.render.docx.package import Package
from moitt_report.render.theme import MOST_ROWS, Theme

_LONGEST_NAME = 40
"""Word cuts or refuses longer names of bookmarks."""
_FIRST_OWN_NUMBERING = 3
_DECIMAL_NUMBERING = 1


class Context:
    """The shared things of one rendering."""

    def __init__(self, brief: Brief, theme: Theme, package: Package, *, most_rows: int = MOST_ROWS) -> None:
        self.brief = brief
        self.most_rows = most_rows
        self.annex = f"{brief.stem}.xlsx"
        """The name under which the annex workbook of this brief is written."""
        self.theme = theme
        self.package = package
        self.binder = Binder(brief, store_id(brief.digest, 1))
        self.at_top = False
        """Whether a heading or the edge of the page is right above; a caption then needs no space."""
        self._names = _bookmark_names(brief)
        self._numbers = {anchor: n for n, anchor in enumerate(self._names, 1)}
        self._drawings = 0
        self._captions: dict[str, int] = {}
        self.numbered = _numbered(brief, most_rows)
        """Anchors whose place says nothing but the anchor itself: a field may repeat what stands there."""
        self._numberings: list[int] = []

    def width_of(self, *, lying: bool) -> float:
        """The width of the text block in points; a lying page is an upright one turned clockwise."""
        page = self.theme.page
        inner = page.height - page.top - page.bottom if lying else page.width - page.left - page.right
        return inner * POINTS_PER_MM

    def place(self, anchor: str, inner: str) -> str:
        """`inner` as the target of references to `anchor`."""
        return bookmark(self._numbers[anchor], self._names[anchor], inner)

    def name_of(self, anchor: str) -> str:
        """The bookmark that stands for `anchor`."""
        return self._names[anchor]

    def next_drawing(self) -> int:
        """A number for a drawing."""
        self._drawings += 1
        return self._drawings

    def next_caption(self, label: str, number: int) -> int:
        """The number that Word would count for a caption that the brief numbers `number`."""
        counted = self._captions.get(label, 0) + 1
        self._captions[label] = number
        return counted

    def new_numbering(self) -> int:
        """A numbering that begins again at 1."""
        self._numberings.append(_FIRST_OWN_NUMBERING + len(self._numberings))
        return self._numberings[-1]

    def numberings(self) -> str:
        """The numberings given out, for the numbering part."""
        return "".join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="{_DECIMAL_NUMBERING}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for n in self._numberings
        )


def _numbered(brief: Brief, most_rows: int) -> frozenset[str]:
    found: set[str] = set()
    for block in blocks(brief):
        if isinstance(block, Notes):
            found |= {item.number for item in block.items}
        elif isinstance(block, Table) and len(block.rows) <= most_rows:
            found |= {
                row.anchor for row in block.rows if row.anchor and row.anchor == plain(row.cells[0].runs)
            }
    return frozenset(found)


def _bookmark_names(brief: Brief) -> dict[str, str]:
    """A legal bookmark name for each anchor: letters, digits, underscores; no two alike to Word."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in anchors(brief):
        clean = re.sub(r"[^A-Za-z0-9_]", "_", anchor)
        name, n = clean[:_LONGEST_NAME], 1
        while name.casefold() in taken:
            n += 1
            name = f"{clean[: _LONGEST_NAME - 8]}_{n}"
        taken.add(name.casefold())
        names[anchor] = name
    return names
