"""The words of a Word file as a reader sees them, whoever saved it last."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from moitt_report.render.docx.markup import W as _SPACE
from moitt_report.render.docx.opened import Opened

W = f"{{{_SPACE}}}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}sdtPr", f"{W}pPr", f"{W}rPr"})
_GAPS = frozenset({f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"})
_HYPHEN = f"{W}noBreakHyphen"
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES)\b")
"""Fields whose result depends on who laid the pages out."""


class Spoken(Struct, frozen=True):
    """A paragraph and its words."""

    words: str
    paragraph: etree._Element


def body_texts(file: Opened) -> list[Spoken]:
    """The paragraphs of the body that have words, in order."""
    return list(_texts(file.xml("word/document.xml")))


def edge_texts(file: Opened) -> list[str]:
    """What heads and feet say, each text once, page numbers left out."""
    names = [n for n in file.names if re.fullmatch(r"word/(?:header|footer)\d*\.xml", n)]
    return sorted({said.words for name in names for said in _texts(file.xml(name))})


def _texts(root: etree._Element) -> Iterator[Spoken]:
    for paragraph in root.iter(f"{W}p"):
        if not any(above.tag in _GONE for above in paragraph.iterancestors()):
            words = words_in(paragraph)
            if words:
                yield Spoken(words, paragraph)


def words_in(element: etree._Element) -> str:
    """The words of `element`, white space made one, without those of a paragraph inside a paragraph."""
    return " ".join("".join(_Reader().read(element)).split())


class _Reader:
    """Walks one paragraph, skipping what is struck out and the results of fields that count pages."""

    def __init__(self) -> None:
        self._fields: list[list[str]] = []
        """The instruction of each field that is open."""

    def read(self, element: etree._Element) -> Iterator[str]:
        """The words below `element`, in order."""
        for child in element:
            inner = child.tag == f"{W}p" and element.tag != f"{W}sdtContent"
            if child.tag not in _GONE and not inner and not self._is_field(child):
                yield from self._said(child)

    def _is_field(self, child: etree._Element) -> bool:
        """Whether `child` is no words but a piece of a field; what it says of the field is kept."""
        if child.tag == f"{W}fldChar":
            self._turn(child.get(f"{W}fldCharType", ""))
            return True
        if child.tag == f"{W}instrText":
            if self._fields:
                self._fields[-1].append(child.text or "")
            return True
        return child.tag == f"{W}fldSimple" and bool(_COUNTED.match(child.get(f"{W}instr", "")))

    def _said(self, child: etree._Element) -> Iterator[str]:
        words = self._words_of(child)
        if words is None:
            yield from self.read(child)
        elif not any(_COUNTED.match("".join(instruction)) for instruction in self._fields):
            yield words

    def _words_of(self, child: etree._Element) -> str | None:
        """The words of a leaf; None where there may be words further down."""
        if child.tag == f"{W}t":
            return child.text or ""
        if child.tag in _GAPS:
            return " "
        return "-" if child.tag == _HYPHEN else None

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            self._fields.pop()
