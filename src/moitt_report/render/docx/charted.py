"""What the charts of a Word file say: their own copy of the data, the words at their points, and their workbooks.

Word changes the copy and the workbook together. LibreOffice writes the copy anew and forgets which cells it came
from, so places are told by the order of series and points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from msgspec import Struct

from moitt_report.render.docx.markup import A, C, R
from moitt_report.render.docx.opened import Opened

_SPACES = {"c": C, "a": A, "r": R, "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_S = f"{{{_SPACES['s']}}}"
_RANGE = re.compile(r"(?:[^!]*!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?\d{1,7})?")
NAME = "the name of the series"
_PARTS = (("tx", NAME), ("cat", "the name of the category"), ("val", "the value"))


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that a chart says: of which series, of which of its kinds, at which point."""

    series: int
    kind: str
    point: int


@dataclass(frozen=True, slots=True)
class Charted:
    """What one chart says: in its drawing by place, in its workbook by the address of the cell."""

    shown: dict[Place, str]
    cells: dict[str, str]
    addresses: dict[Place, str]

    def whose(self, place: Place) -> str:
        """Series and category of `place`, in words."""
        named = (Place(place.series, _PARTS[0][1], 0), Place(place.series, _PARTS[1][1], place.point))
        return ", ".join(f"“{' '.join(self.shown[each].split())}”" for each in named if each in self.shown)


def charts_of(file: Opened) -> list[Charted]:
    """The charts of the body, in reading order."""
    links = file.related("word/document.xml")
    found = file.xml("word/document.xml").iter(f"{{{C}}}chart")
    names = [links.get(each.get(f"{{{R}}}id", ""), "") for each in found]
    return [_charted(file, name) for name in names if name in file.names]


def _charted(file: Opened, name: str) -> Charted:
    root = file.xml(name)
    shown: dict[Place, str] = {}
    addresses: dict[Place, str] = {}
    for n, series in enumerate(root.iter(f"{{{C}}}ser")):
        for tag, kind in _PARTS:
            for point in _points(series, n, tag, kind):
                shown[point.place], addresses[point.place] = point.words, point.address
        for label in series.iterfind("c:dLbls/c:dLbl", _SPACES):
            words = "".join(label.itertext(f"{{{A}}}t"))
            if words:
                shown[Place(n, "the words", _index(label.find("c:idx", _SPACES), "val"))] = words
    books = [each for each in file.related(name).values() if each.endswith(".xlsx") and each in file.names]
    cells = dict(_cells(Opened(file.read(books[0]), books[0], "xl/workbook.xml"))) if books else {}
    return Charted(shown, cells, addresses)


class _Point(Struct, frozen=True):
    """What stands at a place, and the address of the cell that it came from; empty where that is forgotten."""

    place: Place
    words: str
    address: str


def _points(series: etree._Element, n: int, tag: str, kind: str) -> Iterator[_Point]:
    """What the series `n` says in its element `tag`, which holds the `kind`."""
    begin = _RANGE.fullmatch(series.findtext(f"c:{tag}//c:f", "", _SPACES))
    for point in series.iterfind(f"c:{tag}//c:pt", _SPACES):
        at = _index(point, "idx")
        address = f"{begin[1]}{int(begin[2]) + at}" if begin else ""
        yield _Point(Place(n, kind, at), _plain(point.findtext("c:v", "", _SPACES)), address)


def _index(element: etree._Element | None, name: str) -> int:
    found = "" if element is None else element.get(name, "")
    return int(found) if re.fullmatch(r"\d{1,7}", found) else 0


def _cells(book: Opened) -> Iterator[tuple[str, str]]:
    """The cells of the first sheet that say something."""
    sheets = sorted(name for name in book.names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
    strings = "xl/sharedStrings.xml"
    shared = ["".join(each.itertext(f"{_S}t")) for each in book.xml(strings)] if strings in book.names else []
    for cell in book.xml(sheets[0]).iter(f"{_S}c") if sheets else ():
        value = cell.findtext("s:v", "", _SPACES)
        match cell.get("t"):
            case "s" if value.isdecimal() and int(value) < len(shared):
                words = shared[int(value)]
            case "inlineStr":
                words = "".join(cell.itertext(f"{_S}t"))
            case _:
                words = value
        if words:
            yield cell.get("r", ""), _plain(words)


def _plain(words: str) -> str:
    """A number as it is in its shortest form, so that 23929 and 23929.0 are the same."""
    try:
        return f"{float(words):.15g}"
    except ValueError:
        return words
