"""The embedded faces: widths, coverage, and what goes into the file of them.

A face goes into the file in parts of up to 256 letters. The first part is the same in every file: the
letters of English and the signs that briefs use. It lies prepared beside the font, with all widths, so that the
font itself is opened only for a letter beyond it; such letters make further parts, for that file alone.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct
from msgspec.json import decode
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, TTFontFace

from moitt_report.render.pdf.syntax import ESCAPED, Ready, Stream, packed
from moitt_report.shipped import shipped

_SUBSETTING = Lock()
_SIGNS = "–—‘’“”…•·§°÷×−±≤≥½→"
_FIRST_SIGN = 128
_NO_BREAK_SPACE = "\u00a0"


class Prepared(Struct, frozen=True, kw_only=True):
    """What every file needs of a face. Lengths in thousandths of the size, as PDF counts them."""

    name: str
    flags: int
    box: tuple[float, float, float, float]
    slant: float
    ascent: float
    descent: float
    capitals: float
    stem: float
    widths: dict[str, float]
    """Of each character that the font draws."""
    default: float
    """The width of what it does not draw."""
    length: int
    glyphs: bytes
    """The outlines of the first part, packed; `length` is theirs unpacked."""


def prepare(file: Path) -> Prepared:
    """What every file needs of the font in `file`; for the folder of fonts, not for a rendering."""
    face = TTFontFace(str(file))
    widths = {chr(code): face.charWidths[code] for code, glyph in sorted(face.charToGlyph.items()) if glyph}
    length, glyphs = _glyphs(face, _first_part(widths))
    return Prepared(
        name=face.name.decode(),
        flags=face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC,
        box=tuple(face.bbox),
        slant=face.italicAngle,
        ascent=face.ascent,
        descent=face.descent,
        capitals=face.capHeight,
        stem=face.stemV,
        widths=widths,
        default=face.defaultWidth,
        length=length,
        glyphs=glyphs,
    )


class _Letters(dict[str, float]):
    """Widths by character."""

    def __init__(self, widths: dict[str, float], default: float) -> None:
        super().__init__(widths)
        self.default = default

    def __missing__(self, _character: str) -> float:
        return self.default


class Face:
    """One embedded font, with the widths of the words seen so far."""

    def __init__(self, font: "EmbeddedFont") -> None:
        self.font = font
        self._seen: dict[str, float] = {}

    def ems(self, words: str) -> float:
        """Width of `words` in thousandths of the size."""
        known = self._seen.get(words)
        if known is None:
            known = self._seen[words] = sum(map(self.font.letters.__getitem__, words))
        return known

    def has(self, character: str) -> bool:
        """True when the font draws `character`."""
        return character in self.font.letters


@lru_cache(maxsize=16)
def embedded(name: str) -> "EmbeddedFont":
    """The face in the file `name`. What a document uses of it is kept by document, not here."""
    return EmbeddedFont(shipped("templates", "fonts", f"{name}.ttf"))


class EmbeddedFont:
    """A face as it goes into files."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.prepared = decode(file.with_suffix(".json").read_bytes(), type=Prepared)
        self.letters = _Letters(self.prepared.widths, self.prepared.default)
        self.first = _first_part(self.letters)
        signs = {chr(code): n for n, code in enumerate(self.first[_FIRST_SIGN:], _FIRST_SIGN)}
        self.usual = frozenset([*map(chr, range(32, 127)), _NO_BREAK_SPACE, *signs])
        """The characters of the first part."""
        self.codes = ESCAPED | {ord(_NO_BREAK_SPACE): " "} | {ord(sign): chr(n) for sign, n in signs.items()}
        """What they are written as; a character that is not here, as itself."""

    def glyphs(self, part: Sequence[int]) -> tuple[int, bytes]:
        """The outlines of the characters `part`: their length, and themselves packed."""
        if part is self.first:
            return self.prepared.length, self.prepared.glyphs
        return _glyphs(self._opened, part)

    @cached_property
    def _opened(self) -> TTFontFace:
        return TTFontFace(str(self._file))


class FontInUse:
    """What one document uses of a face; ReportLab asks for the objects when the document is finished."""

    def __init__(self, font: EmbeddedFont, document: Any) -> None:
        self._font = font
        self._stem = f"F{len(document.fontMapping) + 1}"
        self.name = self._named(0)
        """The name of the first part, as the content of a page says it."""
        self._parts = [font.first]
        self._codes = {chr(code): (0, n) for n, code in enumerate(font.first) if code}
        self._codes[_NO_BREAK_SPACE] = self._codes[" "]
        document.fontMapping[font.prepared.name] = self.name
        document.delayedFonts.append(self)

    def coded(self, words: str) -> Iterator[tuple[str, bytes]]:
        """`words` in the parts of the face: the name of a part, and the codes of letters in it."""
        for part, codes in groupby(map(self._code, words), key=itemgetter(0)):
            yield self._named(part), bytes([code for _, code in codes])

    def _named(self, part: int) -> str:
        return f"/{self._stem}+{part}"

    def _code(self, character: str) -> tuple[int, int]:
        """The part that `character` stands in, and its code there; it is taken in if it is new."""
        known = self._codes.get(character)
        if known is None:
            last = len(self._parts) - 1
            if last == 0 or len(self._parts[last]) == 256:
                self._parts.append([0])
                last += 1
            known = self._codes[character] = last, len(self._parts[last])
            self._parts[last].append(ord(character))
        return known

    def addObjects(self, document: Any) -> None:  # noqa: N802  # ReportLab's hook
        """Put the parts into `document`."""
        prepared = self._font.prepared
        fonts = document.idToObject["BasicFonts"].dict
        for n, part in enumerate(self._parts):
            name = f"{_tag(part)}+{prepared.name}"
            length, glyphs = self._font.glyphs(part)
            widths = [self._font.letters[chr(code)] if code else prepared.default for code in part]
            font = Ready(
                f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(part) - 1}"
                f"/Widths[{_numbers(widths)}]/ToUnicode ",
                document.Reference(Stream(_characters(name, part))),
                f"/FontDescriptor <<{_description(prepared, name)}/FontFile2 ",
                document.Reference(Stream(glyphs, f"/Length1 {length}/Filter/FlateDecode", pack=False)),
                ">>>>",
            )
            internal = self._named(n)[1:]
            document.Reference(font, internal)
            fonts[internal] = font


def _first_part(letters: Container[str]) -> list[int]:
    """The characters of the first part by their codes, 0 for none."""
    return [*[0] * 32, *range(32, _FIRST_SIGN), *(ord(sign) for sign in _SIGNS if sign in letters)]


def _tag(part: Sequence[int]) -> str:
    """Six capitals made of the characters of a part: where files are put together, fonts that hold other
    letters have other names.
    """
    digest = hashlib.md5(repr(part).encode(), usedforsecurity=False).digest()
    return "".join([chr(ord("A") + byte % 26) for byte in digest[:6]])


def _glyphs(face: TTFontFace, part: Sequence[int]) -> tuple[int, bytes]:
    # The subsetter moves a cursor in the opened file, which all documents share.
    with _SUBSETTING:
        glyphs: bytes = face.makeSubset(part)
    return len(glyphs), packed(glyphs)


def _description(face: Prepared, name: str) -> str:
    return (
        f"/Type/FontDescriptor/FontName/{name}/Flags {face.flags}/FontBBox[{_numbers(face.box)}]"
        f"/ItalicAngle {_number(face.slant)}/Ascent {_number(face.ascent)}"
        f"/Descent {_number(face.descent)}/CapHeight {_number(face.capitals)}"
        f"/StemV {_number(face.stem)}/MissingWidth {_number(face.default)}"
    )


def _numbers(values: Iterable[float]) -> str:
    return " ".join(map(_number, values))


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _characters(name: str, subset: Sequence[int]) -> bytes:
    """The map from the codes of a subset to characters (ToUnicode)."""
    used = [f"<{code:02X}> <{character:04X}>" for code, character in enumerate(subset) if character]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def /CMapType 2 def",
        f"1 begincodespacerange <00> <{len(subset) - 1:02X}> endcodespacerange",
    ]
    for n in range(0, len(used), 100):  # the format allows no more in one block
        block = used[n : n + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
