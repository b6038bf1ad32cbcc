"""The embedded faces: widths, coverage, and what goes into the file of them."""

from functools import lru_cache
from threading import Lock
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

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
        self._letters = _Letters(font.face.charWidths, font.face.defaultWidth)
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
    return _CleanFont(name, str(shipped("templates", "fonts", f"{name}.ttf")), shapable=False)


class _CleanFont(TTFont):
    """ReportLab's font without its map entries for unused codes, which lead to no character."""

    def addObjects(self, document: Any) -> None:  # noqa: N802  # ReportLab's hook
        # The subsetter moves a cursor in the parsed file, which all documents share.
        with _SUBSETTING:
            super().addObjects(document)
        for key, stream in document.idToObject.items():
            if key.startswith("toUnicodeCMap:") and key.endswith("+" + self.face.name.decode()):
                stream.content = _clean(stream.content)


def _clean(cmap: str) -> str:
    lines = cmap.split("\n")
    start = next(n for n, line in enumerate(lines) if line.endswith("beginbfchar"))
    end = lines.index("endbfchar")
    entries = [line for line in lines[start + 1 : end] if not line.endswith("<0000>")]
    blocks: list[str] = []
    for n in range(0, len(entries), 100):  # the format allows no more in one block
        block = entries[n : n + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines[:start], *blocks, *lines[end + 1 :]])
