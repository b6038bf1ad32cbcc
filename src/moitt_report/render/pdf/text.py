"""Runs to lines: faces, widths, line breaking. Words are never parsed as markup.

Text is set flush left and ragged right. Lines break at spaces only (a no-break space holds); a word
wider than the line breaks where it must. Nothing is painted here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, assert_never

from moitt_report.brief.content import Figure, Link, NoteRef, Run, Runs, Text
from moitt_report.render.pdf.fonts import Face, parsed
from moitt_report.render.theme import Theme

MM = 72 / 25.4
_SPACES = re.compile(" +|[^ ]+")
_BREAKS = re.compile(r".*[-–/._@&=?]")
_SLACK = 0.01  # rounding of sums of widths must not push a word to the next line


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


@dataclass(slots=True, eq=False)
class Mark:
    """What a run is besides words: a link or a language. `element` is made when it is painted."""

    target: str = ""
    words: str = ""
    underlined: bool = False
    language: str = ""
    cites: bool = False
    """It refers to a note of this brief, and leads there."""
    element: Any = None


@dataclass(slots=True)
class Piece:
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


@dataclass(slots=True)
class Line:
    """Pieces side by side; `width` leaves out the space that ends a broken line."""

    pieces: list[Piece]
    width: float
    style: Type

    @property
    def words(self) -> str:
        """All words of the line."""
        return "".join(piece.words for piece in self.pieces)


@dataclass(slots=True)
class _Atom:
    """Pieces that no line break parts, and the spaces before them."""

    pieces: list[Piece] = field(default_factory=list)
    spaces: list[Piece] = field(default_factory=list)
    width: float = 0


class Setter:
    """Sets runs in the faces and styles of one theme. One for each rendering."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.colours = theme.colours
        stem = theme.fonts.pdf.replace(" ", "")
        names = (f"{stem}-{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic"))
        regular, bold, italic, both = (Face(parsed(name)) for name in names)
        self._faces = {
            (False, False): regular,
            (True, False): bold,
            (False, True): italic,
            (True, True): both,
        }
        self._types: dict[str, Type] = {}
        page = theme.page
        self.width = (page.width - page.left - page.right) * MM
        self.room = (page.height - page.top - page.bottom) * MM
        self.pages: dict[str, int] = {}
        """Page of each anchor; known when painting begins."""

    def type(self, name: str, **changes: Any) -> Type:
        """The style `name` of the theme, with `changes`."""
        known = self._types.get(name)
        if known is None:
            style = self.theme.styles[name]
            known = self._types[name] = Type(
                style.size,
                style.leading,
                style.bold,
                style.italic,
                self.theme.colour_of(style),
                style.tracking,
            )
        return known._replace(**changes) if changes else known

    @property
    def faces(self) -> Iterable[Face]:
        """The four faces."""
        return self._faces.values()

    def lines(self, runs: Runs, style: Type, width: float, *, lead: Mark | None = None) -> list[Line]:
        """`runs` broken into lines no wider than `width`; always at least one line.

        `lead` marks the first run.
        """
        whole = self._whole(runs, style, lead)
        if whole and whole.width <= width + _SLACK:
            return [whole]
        done: list[Line] = []
        row: list[Piece] = []
        used = 0.0
        for atom in self._atoms(runs, style, lead):
            gap = sum(space.width for space in atom.spaces) if row else 0.0
            if row and used + gap + atom.width > width + _SLACK:
                done.append(_close(row, used, style, broken=True))
                row, used, gap = [], 0.0, 0.0
            if atom.width > width + _SLACK:
                *full, row = _cut(atom.pieces, width)
                done += [_close(part, _width(part), style) for part in full]
                used = _width(row)
                continue
            row += atom.spaces if row else []
            row += atom.pieces
            used += gap + atom.width
        if row or not done:
            done.append(_close(row, used, style))
        return done

    def piece(self, run: Run, style: Type) -> Piece:
        """`run` on one line, however wide."""
        face, kind, mark = self._style(run, style)
        words = run.words
        width = face.ems(words) * kind.size / 1000
        if kind.tracking:
            width += kind.tracking * len(words)
        return Piece(words, face, kind, mark, width)

    def _whole(self, runs: Runs, style: Type, lead: Mark | None) -> Line | None:
        """`runs` on one line, unless it would begin or end in spaces: most cells and labels are no more."""
        if not runs or runs[0].words[0] == " " or runs[-1].words[-1] == " ":
            return None
        pieces = [self.piece(run, style) for run in runs]
        if lead:
            pieces[0].mark = lead
        return Line(pieces, pieces[0].width if len(pieces) == 1 else _width(pieces), style)

    def line(self, runs: Runs, style: Type) -> Line:
        """`runs` on one line, however wide."""
        return self.lines(runs, style, 1e9)[0]

    def widest(self, runs: Runs, style: Type) -> float:
        """Width of the widest thing in `runs` that no line break parts."""
        if len(runs) == 1:
            return self.piece(runs[0], style).widest
        return max((atom.width for atom in self._atoms(runs, style)), default=0.0)

    def _atoms(self, runs: Runs, style: Type, lead: Mark | None = None) -> Iterator[_Atom]:
        atom = _Atom()
        for run in runs:
            face_of, kind, mark = self._style(run, style)
            mark, lead = lead or mark, None
            scale = kind.size / 1000
            for words in _SPACES.findall(run.words) if " " in run.words else (run.words,):
                width = face_of.ems(words) * scale + kind.tracking * len(words)
                piece = Piece(words, face_of, kind, mark, width)
                if words[0] != " ":
                    atom.pieces.append(piece)
                    atom.width += width
                    continue
                if atom.pieces:
                    yield atom
                    atom = _Atom()
                atom.spaces.append(piece)
        if atom.pieces:
            yield atom

    def _style(self, run: Run, style: Type) -> tuple[Face, Type, Mark | None]:
        bold, italic, colour = style.bold or run.bold, style.italic or run.italic, style.colour
        mark: Mark | None = None
        match run:
            case Text():
                if run.language:
                    mark = Mark(language=run.language)
            case Figure():
                if run.absent:
                    bold, colour = False, self.colours.ink3
            case Link():
                mark = Mark(target=run.target, words=run.words, underlined=True)
                colour = self.colours.accent
            case NoteRef():
                mark = Mark(target=f"#{run.words}", words=run.words, cites=True)
            case _:
                assert_never(run)
        if (bold, italic, colour) != (style.bold, style.italic, style.colour):
            style = style._replace(bold=bold, italic=italic, colour=colour)
        return self._faces[bold, italic], style, mark


def followed(lines: list[Line]) -> list[Line]:
    """`lines` with an unseen space at their end, because more words of the same element follow."""
    for piece in lines[-1].pieces[-1:] if lines else []:
        lines[-1].pieces[-1] = Piece(piece.words + " ", piece.face, piece.style, piece.mark, piece.width)
    return lines


def _width(pieces: list[Piece]) -> float:
    return sum(piece.width for piece in pieces)


def _close(pieces: list[Piece], width: float, style: Type, *, broken: bool = False) -> Line:
    """A line of `pieces`, neighbours of one face joined. A `broken` line ends in a space that is
    not seen, or a reader of the text would run the last word into the next line's first.
    """
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.face is piece.face and last.style == piece.style and last.mark is piece.mark:
            joined[-1] = Piece(
                last.words + piece.words, last.face, last.style, last.mark, last.width + piece.width
            )
        else:
            joined.append(piece)
    if broken and joined:
        last = joined[-1]
        joined[-1] = Piece(last.words + " ", last.face, last.style, last.mark, last.width)
    return Line(joined, width, style)


def _cut(pieces: list[Piece], width: float) -> list[list[Piece]]:
    """One word cut into lines: after a sign such as a slash where one stands, else anywhere."""
    lines: list[list[Piece]] = [[]]
    room = width
    for piece in pieces:
        rest = piece.words
        while rest:
            head = _fitting(piece, rest, room)
            if not head and lines[-1]:
                lines.append([])
                room = width
                continue
            head = head or rest[0]
            taken = piece.face.ems(head) * piece.style.size / 1000 + piece.style.tracking * len(head)
            lines[-1].append(Piece(head, piece.face, piece.style, piece.mark, taken))
            rest, room = rest[len(head) :], room - taken
    return lines


def _fitting(piece: Piece, words: str, room: float) -> str:
    scale, used = piece.style.size / 1000, 0.0
    for n, character in enumerate(words):
        used += piece.face.ems(character) * scale + piece.style.tracking
        if used > room + _SLACK:
            sign = _BREAKS.match(words[:n])
            return sign[0] if sign else words[:n]
    return words
