"""Words as they are set: their type, pieces in one face, lines of pieces."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec import Struct

from moitt_report.render.pdf.fonts import Face


class Type(NamedTuple):
    """How words are set: a style of the theme with its colour looked up."""

    size: float
    leading: float
    bold: bool
    italic: bool
    colour: str
    tracking: float = 0

    @property
    def baseline(self) -> float:
        """From the top of a line down to its baseline: the face stands in the middle."""
        return self.leading / 2 + 0.3415 * self.size


class Mark(Struct, eq=False):
    """What a run is besides words: a link or a language. `element` is made when it is painted."""

    target: str = ""
    words: str = ""
    underlined: bool = False
    language: str = ""
    cites: bool = False
    """It refers to a note of this brief, and leads there."""
    element: Any = None


class Piece(Struct):
    """Words in one face, size and colour."""

    words: str
    face: Face
    style: Type
    mark: Mark | None
    width: float

    @property
    def widest(self) -> float:
        """Width of the widest of its words."""
        if " " not in self.words:
            return self.width
        most = max(self.words.split(" "), key=self.face.ems)
        return self.face.ems(most) * self.style.size / 1000 + self.style.tracking * len(most)


class Line(Struct):
    """Pieces side by side; `width` leaves out the space that ends a broken line."""

    pieces: list[Piece]
    width: float
    style: Type

    @property
    def words(self) -> str:
        """All words of the line."""
        return "".join(piece.words for piece in self.pieces)


SHARE_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0}
"""Of the room that a line leaves, what stands before it, by how lines are aligned."""


def height_of(lines: Iterable[Line]) -> float:
    """The height of lines set one under another, in points."""
    return sum(line.style.leading for line in lines)


def followed(lines: list[Line]) -> list[Line]:
    """`lines` with an unseen space at their end, because more words of the same element follow."""
    for piece in lines[-1].pieces[-1:] if lines else []:
        if not piece.words.endswith(" "):
            piece.words += " "
    return lines
