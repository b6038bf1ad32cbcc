"""Runs to lines: faces, widths, line breaking. Words are never parsed as markup.

Text is set flush left and ragged right. Lines break at spaces only (a no-break space holds); a word
wider than the line breaks where it must. Nothing is painted here.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, assert_never

from msgspec import Struct

from moitt_report.brief.content import Figure, Link, NoteRef, Run, Runs, Text
from moitt_report.render.pdf.fonts import Face, embedded
from moitt_report.render.pdf.pieces import Line, Mark, Piece, Type
from moitt_report.render.theme import Theme

MM = 72 / 25.4
_TOKENS = re.compile(" +|[^ ]+")
_BREAKS = re.compile(r".*[-–/._@&=?]")
_NARROWEST = 0.2
"""Ems that a letter of running text takes at the very least, on average; a guess that only saves trying."""
_SLACK = 0.01  # rounding of sums of widths must not push a word to the next line


class _Token(Struct, frozen=True, gc=False):
    """A word, or spaces."""

    words: str
    width: float
    run: int
    """Which of the runs it stands in."""


class _Atom(Struct, frozen=True):
    """What no line break parts, which may go over several runs; and the spaces before it."""

    tokens: list[_Token]
    width: float
    spaces: list[_Token]
    gap: float
    """The width of the spaces."""


class _Way(Struct):
    """How a run is set."""

    face: Face
    style: Type
    mark: Mark | None


class Setter:
    """Sets runs in the faces and styles of one theme. One for each rendering."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.colours = theme.colours
        stem = theme.fonts.pdf.replace(" ", "")
        names = (f"{stem}-{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic"))
        regular, bold, italic, both = (Face(embedded(name)) for name in names)
        self._faces = {
            (False, False): regular,
            (True, False): bold,
            (False, True): italic,
            (True, True): both,
        }
        self._types: dict[str, Type] = {}
        self._changed: dict[tuple[Type, bool, bool, str], Type] = {}
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
        whole = self._whole(runs, style, lead, width)
        if whole:
            return [whole]
        ways = [self._way(run, style) for run in runs]
        if lead and ways:
            ways[0].mark = lead
        done: list[Line] = []
        row: list[_Token] = []
        used = 0.0
        for atom in _atoms(runs, ways):
            if row and used + atom.gap + atom.width > width + _SLACK:
                done.append(Line(_pieces(row, ways, broken=True), used, style))
                row, used = [], 0.0
            if atom.width > width + _SLACK:
                *full, last = _cut(atom, ways, width)
                done += [Line(_pieces(part, ways), _width(part), style) for part in full]
                row, used = last, _width(last)
                continue
            if row:
                row += atom.spaces
                used += atom.gap
            row += atom.tokens
            used += atom.width
        if row or not done:
            done.append(Line(_pieces(row, ways), used, style))
        return done

    def piece(self, run: Run, style: Type) -> Piece:
        """`run` on one line, however wide."""
        way, words = self._way(run, style), run.words
        width = way.face.ems(words) * way.style.size / 1000
        if way.style.tracking:
            width += way.style.tracking * len(words)
        return Piece(words, way.face, way.style, way.mark, width)

    def _whole(self, runs: Runs, style: Type, lead: Mark | None, width: float) -> Line | None:
        """`runs` on one line where they fit: most cells and labels are no more."""
        if not runs or runs[0].words[0] == " " or runs[-1].words[-1] == " ":
            return None
        if _NARROWEST * style.size * sum([len(run.words) for run in runs]) > width:
            return None
        pieces = [self.piece(run, style) for run in runs]
        if lead:
            pieces[0].mark = lead
        used = sum([piece.width for piece in pieces])
        return Line(pieces, used, style) if used <= width + _SLACK else None

    def line(self, runs: Runs, style: Type) -> Line:
        """`runs` on one line, however wide."""
        return self.lines(runs, style, 1e9)[0]

    def widest(self, runs: Runs, style: Type) -> float:
        """Width of the widest thing in `runs` that no line break parts."""
        if len(runs) == 1:
            return self.piece(runs[0], style).widest
        ways = [self._way(run, style) for run in runs]
        return max((atom.width for atom in _atoms(runs, ways)), default=0.0)

    def _way(self, run: Run, style: Type) -> _Way:
        bold, italic, colour = style.bold or run.bold, style.italic or run.italic, style.colour
        if run.bold and not style.bold and colour == self.colours.ink2:
            colour = self.colours.ink  # the bold words that lead a note stand out of it
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
            key = (style, bold, italic, colour)
            changed = self._changed.get(key)
            if changed is None:
                changed = self._changed[key] = style._replace(bold=bold, italic=italic, colour=colour)
            style = changed
        return _Way(self._faces[bold, italic], style, mark)


def _atoms(runs: Runs, ways: list[_Way]) -> Iterator[_Atom]:
    """The words of `runs` as they may stand on lines, each set as `ways` say of its run."""
    spaces: list[_Token] = []
    atom: list[_Token] = []
    gap = wide = 0.0
    for n, run in enumerate(runs):
        face, style = ways[n].face, ways[n].style
        scale = style.size / 1000
        for words in _TOKENS.findall(run.words):
            width = face.ems(words) * scale
            if style.tracking:
                width += style.tracking * len(words)
            if words[0] != " ":
                atom.append(_Token(words, width, n))
                wide += width
                continue
            if atom:
                yield _Atom(atom, wide, spaces, gap)
                spaces, gap, atom, wide = [], 0.0, [], 0.0
            spaces.append(_Token(words, width, n))
            gap += width
    if atom:
        yield _Atom(atom, wide, spaces, gap)


def _width(tokens: list[_Token]) -> float:
    return sum([token.width for token in tokens])


def _pieces(tokens: list[_Token], ways: list[_Way], *, broken: bool = False) -> list[Piece]:
    """One piece for the `tokens` of each run. A `broken` line ends in a space that is not seen, or a
    reader of the text would run the last word into the next line's first.
    """
    pieces: list[Piece] = []
    for n, group in groupby(tokens, attrgetter("run")):
        part, way = list(group), ways[n]
        words = "".join([token.words for token in part])
        pieces.append(Piece(words, way.face, way.style, way.mark, _width(part)))
    if broken and pieces:
        pieces[-1].words += " "
    return pieces


def _cut(atom: _Atom, ways: list[_Way], width: float) -> list[list[_Token]]:
    """One word cut into lines: after a sign such as a slash where one stands, else anywhere."""
    lines: list[list[_Token]] = [[]]
    room = width
    for token in atom.tokens:
        face, style = ways[token.run].face, ways[token.run].style
        rest = token.words
        while rest:
            head = _fitting(face, style, rest, room)
            if not head and lines[-1]:
                lines.append([])
                room = width
                continue
            head = head or rest[0]
            taken = face.ems(head) * style.size / 1000 + style.tracking * len(head)
            lines[-1].append(_Token(head, taken, token.run))
            rest, room = rest[len(head) :], room - taken
            if rest:
                lines.append([])
                room = width
    return lines


def _fitting(face: Face, style: Type, words: str, room: float) -> str:
    scale, used = style.size / 1000, 0.0
    for n, character in enumerate(words):
        used += face.ems(character) * scale + style.tracking
        if used > room + _SLACK:
            sign = _BREAKS.match(words[:n])
            return sign[0] if sign else words[:n]
    return words
