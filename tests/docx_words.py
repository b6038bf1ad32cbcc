"""Read the words of a Word file back, in the order in which they stand.

Words of the document and of its charts count; marks and swatches, which are decoration, do not.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_W = f"{{{_SPACES['w']}}}"


def docx_words(data: bytes) -> list[str]:
    """The text of each paragraph of the body that has any, charts read where they stand.

    Of a chart are read the names that its axis shows and the labels at its points.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = _charts(archive)
        root = etree.fromstring(archive.read("word/document.xml"))
    return [words for words in _paragraphs(root, charts) if words]


def furniture_words(data: bytes) -> list[str]:
    """The text of each paragraph of the heads and feet, by the name of their parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith(("word/header", "word/footer")))
        roots = [etree.fromstring(archive.read(name)) for name in names]
    return [words for root in roots for words in _paragraphs(root, {}) if words]


def _paragraphs(root: etree._Element, charts: dict[str, list[str]]) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        yield _text(paragraph)
        for chart in paragraph.iter(f"{{{_SPACES['c']}}}chart"):
            yield from charts[chart.get(f"{{{_SPACES['r']}}}id")]


def _text(paragraph: etree._Element) -> str:
    out = []
    for run in paragraph.iter(f"{_W}r"):
        if next(run.iterancestors(f"{_W}p")) is not paragraph:
            continue
        style = run.find("w:rPr/w:rStyle", _SPACES)
        name = "" if style is None else style.get(f"{_W}val")
        if name.startswith(("Mark", "Swatch")) and name != "Marking":
            continue
        for piece in run:
            if piece.tag == f"{_W}t":
                out.append(piece.text or "")
            elif piece.tag == f"{_W}tab":
                out.append("\t")
    return "".join(out).strip(" \t\u2002\u2003")


def _charts(archive: zipfile.ZipFile) -> dict[str, list[str]]:
    """The words of each chart by the id of its relationship."""
    related = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    return {
        item.get("Id"): _chart_words(archive.read(posixpath.join("word", item.get("Target"))))
        for item in related
        if item.get("Type", "").endswith("/chart")
    }


def _chart_words(part: bytes) -> list[str]:
    root = etree.fromstring(part)
    out = []
    if root.xpath("//c:catAx[c:delete/@val='0']/c:tickLblPos[@val!='none']", namespaces=_SPACES):
        shown = root.xpath("(//c:ser)[1]/c:cat//c:v/text()", namespaces=_SPACES)
        out += [line for name in shown for line in name.split("\n")]
    for label in root.iterfind(".//c:dLbl", _SPACES):
        out.append("".join(label.itertext(f"{{{_SPACES['a']}}}t")))
    return out
