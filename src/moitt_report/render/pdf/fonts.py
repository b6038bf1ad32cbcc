"""The embedded faces: widths, coverage, and what goes into the file of them.

A face goes into the file in parts of up to 256 letters. The first part is the same in every file: the
letters of English and the signs that briefs use. So it is packed once, and words that keep to it are
written without a look at each letter. A letter beyond it opens a second part, for that file alone.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

from moitt_report.render.pdf.syntax import ESCAPED, Ready, Stream, packed
from moitt_report.shipped import shipped

_SUBSETTING = Lock()
_SIGNS = "–—‘’“”…•·§°÷×−±≤≥½→"
_FIRST_SIGN = 128


class _Letters(dict[str, float]):
    """Widths by character, which saves a conversion for each letter of a long table."""

    def __init__(self, widths: dict[int, float], default: float) -> None:
        super().__init__({chr(code): width for code, width in widths.items()})
        self.default = default

    def __missing__(self, _character: str) -> float:
        return self.default


class Face:
    """One embedded font, with the widths of the words seen so far."""

    def __init__(self, font: "_EmbeddedFont") -> None:
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
        return ord(character) in self.font.face.charToGlyph


@lru_cache(maxsize=16)
def parsed(name: str) -> "_EmbeddedFont":
    """The parsed file of a face. What a document uses of it is kept by document, not here."""
    return _EmbeddedFont(name, str(shipped("templates", "fonts", f"{name}.ttf")))


class _EmbeddedFont(TTFont):
    """ReportLab's font, written as archives want it: its map to characters without codes that are not used."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        self.letters = _Letters(self.face.charWidths, self.face.defaultWidth)
        signs = [ord(sign) for sign in _SIGNS if ord(sign) in self.face.charToGlyph]
        self._signs = {code: n for n, code in enumerate(signs, _FIRST_SIGN)}
        self.usual = frozenset(map(chr, [*range(32, 127), 0xA0, *signs]))
        """The characters of the first part."""
        self.codes = ESCAPED | {0xA0: " "} | {code: chr(n) for code, n in self._signs.items()}
        """What they are written as; a character that is not here, as itself."""

    def begin(self, document: Any) -> str:
        """Take the first part into `document`; gives its name there."""
        state = self.state[document] = TTFont.State(asciiReadable=True, ttf=self)
        state.assignments |= self._signs
        state.subsets[0] += self._signs
        state.nextCode = 256
        name: str = self.getSubsetInternalName(0, document)
        return name

    def addObjects(self, document: Any) -> None:  # noqa: N802  # ReportLab's hook
        state = self.state[document]
        state.frozen = 1  # no more characters
        fonts = document.idToObject["BasicFonts"].dict
        for n, subset in enumerate(state.subsets):
            name = f"{SUBSETN(n).decode()}+{self.face.name.decode()}"
            length, glyphs = self._glyphs(subset) if n else self._first_glyphs
            font = Ready(
                f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(subset) - 1}"
                f"/Widths[{' '.join([_number(self.face.getCharWidth(code)) for code in subset])}]/ToUnicode ",
                document.Reference(Stream(_characters(name, subset))),
                f"/FontDescriptor <<{self._description(name)}/FontFile2 ",
                document.Reference(Stream(glyphs, f"/Length1 {length}/Filter/FlateDecode", pack=False)),
                ">>>>",
            )
            internal = self.getSubsetInternalName(n, document)[1:]
            document.Reference(font, internal)
            fonts[internal] = font
        del self.state[document]

    @cached_property
    def _first_glyphs(self) -> tuple[int, bytes]:
        return self._glyphs([*[0] * 32, *range(32, 128), *self._signs])

    def _glyphs(self, subset: Sequence[int]) -> tuple[int, bytes]:
        """The outlines of the characters `subset`: their length, and themselves packed."""
        # The subsetter moves a cursor in the parsed file, which all documents share.
        with _SUBSETTING:
            glyphs: bytes = self.face.makeSubset(subset)
        return len(glyphs), packed(glyphs)

    def _description(self, name: str) -> str:
        face = self.face
        flags = face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC
        return (
            f"/Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{' '.join(map(_number, face.bbox))}]"
            f"/ItalicAngle {_number(face.italicAngle)}/Ascent {_number(face.ascent)}"
            f"/Descent {_number(face.descent)}/CapHeight {_number(face.capHeight)}"
            f"/StemV {_number(face.stemV)}/MissingWidth {_number(face.defaultWidth)}"
        )


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
