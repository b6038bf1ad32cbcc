"""The embedded faces: widths, coverage, and what goes into the file of them."""

from functools import lru_cache
from threading import Lock
from typing import Any

from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

from moitt_report.render.pdf.syntax import Ready, Stream
from moitt_report.shipped import shipped

_SUBSETTING = Lock()


class _Letters(dict[str, float]):
    """Widths by character, which saves a conversion for each letter of a long table."""

    def __init__(self, widths: dict[int, float], default: float) -> None:
        super().__init__({chr(code): width for code, width in widths.items()})
        self.default = default

    def __missing__(self, _character: str) -> float:
        return self.default


class Face:
    """One embedded font, with the widths of the words seen so far."""

    def __init__(self, font: Any) -> None:
        self.font = font
        self._letters: _Letters = font.letters
        self._seen: dict[str, float] = {}

    def ems(self, words: str) -> float:
        """Width of `words` in thousandths of the size."""
        known = self._seen.get(words)
        if known is None:
            known = self._seen[words] = sum(map(self._letters.__getitem__, words))
        return known

    def has(self, character: str) -> bool:
        """True when the font draws `character`."""
        return ord(character) in self.font.face.charToGlyph


@lru_cache(maxsize=16)
def parsed(name: str) -> Any:
    """The parsed file of a face. What a document uses of it is kept by document, not here."""
    return _EmbeddedFont(name, str(shipped("templates", "fonts", f"{name}.ttf")))


class _EmbeddedFont(TTFont):
    """ReportLab's font, written as archives want it: its map to characters without codes that are not used."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        self.letters = _Letters(self.face.charWidths, self.face.defaultWidth)

    def addObjects(self, document: Any) -> None:  # noqa: N802  # ReportLab's hook
        state = self.state[document]
        state.frozen = 1  # no more characters
        fonts = document.idToObject["BasicFonts"].dict
        for n, subset in enumerate(state.subsets):
            name = f"{SUBSETN(n).decode()}+{self.face.name.decode()}"
            font = Ready(
                f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(subset) - 1}"
                f"/Widths[{' '.join([_number(self.face.getCharWidth(code)) for code in subset])}]/ToUnicode ",
                document.Reference(Stream(_characters(name, subset))),
                "/FontDescriptor ",
                document.Reference(self._descriptor(document, name, subset)),
                ">>",
            )
            internal = self.getSubsetInternalName(n, document)[1:]
            document.Reference(font, internal)
            fonts[internal] = font
        del self.state[document]

    def _descriptor(self, document: Any, name: str, subset: list[int]) -> Ready:
        face = self.face
        # The subsetter moves a cursor in the parsed file, which all documents share.
        with _SUBSETTING:
            glyphs = face.makeSubset(subset)
        flags = face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC
        return Ready(
            f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{' '.join(map(_number, face.bbox))}]"
            f"/ItalicAngle {_number(face.italicAngle)}/Ascent {_number(face.ascent)}"
            f"/Descent {_number(face.descent)}/CapHeight {_number(face.capHeight)}/StemV {_number(face.stemV)}"
            f"/MissingWidth {_number(face.defaultWidth)}/FontFile2 ",
            document.Reference(Stream(glyphs, f"/Length1 {len(glyphs)}")),
            ">>",
        )


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _characters(name: str, subset: list[int]) -> bytes:
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
