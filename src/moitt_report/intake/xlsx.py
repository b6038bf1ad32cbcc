"""Workbooks to sheets: the parts that say what stands in the cells, read in the same pass that guards them.

Nothing is calculated, followed or run. One reader stands between the bytes and the cells, so that what
was looked at is what is read; the tests hold it against openpyxl, cell by cell.
"""

import posixpath
from dataclasses import dataclass

from moitt_report.errors import Problem, errors_in
from moitt_report.intake.counted import Refusal
from moitt_report.intake.grid import Grid
from moitt_report.intake.manner import Manner
from moitt_report.intake.number_formats import Style, StylesReader, is_struck
from moitt_report.intake.preflight import Parts, look_into
from moitt_report.intake.sheet_xml import SheetReader, Text, clipped

_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships ",
    "http://purl.oclc.org/ooxml/officeDocument/relationships ",
)
"""The namespaces of references to other parts: of the usual workbooks, and of strict ones."""
_OWN = {"comments", "threadedComment", "drawing", "vmlDrawing", "table", "pivotTable"}
"""Kinds of parts that belong to one sheet."""


def read_xlsx(raw: bytes, name: str, manner: Manner) -> tuple[list[Grid], list[Problem]]:
    """The sheets of the workbook `raw`, and every problem found in it; no sheets where one of them is an error.

    `name` is the file's name in addresses.
    """
    grids: list[Grid] = []
    problems = look_into(raw, name, manner, lambda parts: grids.extend(_grids(parts, name, manner)))
    if errors_in(problems):
        return [], problems
    return grids, [*problems, *_too_long(grids, manner)]


def _grids(parts: Parts, file: str, manner: Manner) -> list[Grid]:
    root = _Relations("")
    parts.read("_rels/.rels", root)
    path = root.only("officeDocument")
    if path is None:
        raise Refusal("is not an Excel workbook", "save it in Excel as .xlsx")
    book, relations = _Book(), _Relations(posixpath.dirname(path))
    parts.read(path, book)
    parts.read(
        posixpath.join(posixpath.dirname(path), "_rels", posixpath.basename(path) + ".rels"), relations
    )
    strings, styles = _strings(parts, relations, manner), _styles(parts, relations)
    grids: list[Grid] = []
    own: list[str] = []
    for sheet in book.sheets:
        kind, target = relations.by_id.get(sheet.id, ("", None))
        if target is None:
            raise Refusal("names a sheet that is not in it")
        if kind == "worksheet":  # not a sheet of a chart, of a dialogue or of old macros
            reader = SheetReader(
                sheet.name, file, strings, styles, manner, parts.counted, epoch_1904=book.epoch_1904
            )
            parts.read(target, reader, counts=True)
            grids.append(reader.grid(hidden=sheet.hidden))
            own += _own_parts(parts, target)
    if len(set(own)) < len(own):
        raise Refusal("refers twice to the same part")
    return grids


def _own_parts(parts: Parts, sheet: str) -> list[str]:
    """What a sheet has for itself, such as its comments: shared by a hundred sheets, it is read a hundred times."""
    folder, name = posixpath.split(sheet)
    path = posixpath.join(folder, "_rels", name + ".rels")
    if path not in parts.paths:
        return []
    relations = _Relations(folder)
    parts.read(path, relations)
    return [target for kind, target in relations.all if kind in _OWN and target is not None]


def _strings(parts: Parts, relations: "_Relations", manner: Manner) -> list[Text]:
    reader = _Strings(manner)
    path = relations.only("sharedStrings")
    if path is not None:
        parts.read(path, reader)
    return reader.strings


def _styles(parts: Parts, relations: "_Relations") -> list[Style]:
    reader = StylesReader()
    path = relations.only("styles")
    if path is not None:
        parts.read(path, reader)
    return reader.styles


def _too_long(grids: list[Grid], manner: Manner) -> list[Problem]:
    longest = manner.cell_characters
    return [
        Problem(cell.where, f"holds more than {longest:,} characters", f"shorten it to {longest:,}")
        for grid in grids
        for row in grid.rows.values()
        for cell in row.values()
        if len(cell.text) > longest
    ]


class _Relations:
    """Takes in a list of what one part refers to; targets outside the file are never kept."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.by_id: dict[str, tuple[str, str | None]] = {}
        self.all: list[tuple[str, str | None]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag.rpartition(" ")[2] == "Relationship":
            outside = attributes.get("TargetMode") == "External"
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            relation = kind, None if outside else target.lstrip("/")
            self.by_id[attributes.get("Id", "")] = relation
            self.all.append(relation)

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Relations hold no characters."""

    def only(self, kind: str) -> str | None:
        """The target of the one relation of this kind; None when there is none. Raises `Refusal` for two."""
        found = [target for k, target in self.by_id.values() if k == kind and target is not None]
        if len(found) > 1:
            raise Refusal(f"has two parts that are each the only “{kind}”")
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as the workbook lists it; `id` leads to its part."""

    name: str
    id: str
    hidden: bool


class _Book:
    """Takes in the part that lists the sheets."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.epoch_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = tag.rpartition(" ")[2]
        if kind == "workbookPr":
            self.epoch_1904 = attributes.get("date1904") in {"1", "true"}
        elif kind == "sheet":
            name = attributes.get("name", "")
            if any(name.casefold() == other.name.casefold() for other in self.sheets):
                raise Refusal("has two sheets of one name", "rename one of them")
            id = next((attributes[r + "id"] for r in _RELATIONS if r + "id" in attributes), "")
            self.sheets.append(_Sheet(name, id, attributes.get("state", "visible") != "visible"))

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Nothing here is said in characters."""


class _Strings:
    """Takes in the texts that cells refer to by number."""

    def __init__(self, manner: Manner) -> None:
        self.strings: list[Text] = []
        self._manner = manner
        self._one: list[str] = []
        self._in_text = self._phonetic = self._struck_run = self._struck = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = tag.rpartition(" ")[2]
        if kind == "si":
            self._one, self._struck, self._struck_run = [], False, False
        elif kind == "r":
            self._struck_run = False
        elif kind == "strike":
            self._struck_run = is_struck(attributes)
        elif kind == "t":
            self._in_text = not self._phonetic
            self._struck |= self._struck_run
        elif kind == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        """An element ends."""
        kind = tag.rpartition(" ")[2]
        if kind == "si":
            self.strings.append(
                (clipped("".join(self._one), self._manner), "struck" if self._struck else "typed")
            )
        elif kind == "t":
            self._in_text = False
        elif kind == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        """Characters between the two."""
        if self._in_text:
            self._one.append(data)
