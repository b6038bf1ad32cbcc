"""The XML in a workbook, counted while it is read: elements, cells, how deep, and where the cells stand.

What is beyond the limits is refused at once, before anything is made of it.
"""

import functools
import re
from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat  # the first document type ends the reading, so no entity is ever read

from moitt_report.errors import column_number
from moitt_report.intake.manner import Manner

SAVE_AGAIN = "save it again in Excel"
"""The remedy where nothing better is known."""
DEEPEST = 60
"""How many elements may stand within each other."""
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_ENCODINGS = {"utf-8", "utf-16", "us-ascii"}
_column = functools.lru_cache(maxsize=1_000)(column_number)


class Refusal(Exception):  # noqa: N818  said of the file, no error of the program
    """A workbook that is not read: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str = SAVE_AGAIN) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class Reader(Protocol):
    """Takes in the elements of one part; names are “namespace name”, as expat gives them.

    They are counted before it sees them, unless it is read as one that counts by itself.
    """

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters between the two."""


class Counted:
    """Counts elements and cells over all parts, and looks at where the cells stand."""

    def __init__(self, manner: Manner) -> None:
        self.manner, self.most = manner, manner.elements
        self.place = places(manner)
        self.elements = self.cells = self.depth = 0
        self.in_sheet = False

    def parser(self, reader: Reader | None, *, counts: bool) -> expat.XMLParserType:
        """A parser for one part, which refuses what no workbook needs."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        self.depth = 0
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        if reader is not None:
            parser.StartElementHandler = reader.start if counts else self._then(reader.start)
            parser.EndElementHandler = reader.end if counts else self._end_then(reader.end)
            parser.CharacterDataHandler = reader.text
        return parser

    def _then(self, start: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
        def begin(tag: str, attributes: dict[str, str]) -> None:
            self._deeper()
            start(tag, attributes)

        return begin

    def _end_then(self, end: Callable[[str], None]) -> Callable[[str], None]:
        def finish(tag: str) -> None:
            self._end(tag)
            end(tag)

        return finish

    def _declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding is not None and encoding.casefold() not in _ENCODINGS:
            raise Refusal("is written in an encoding that no workbook has")

    def _document_type(self, *_: object) -> None:
        raise Refusal("holds a document type, which no workbook needs")

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self.depth == 0:
            self.in_sheet = name == "worksheet"
        self._deeper()
        if not self.in_sheet:
            return
        if name == "c":
            self.count(1)
            if "r" in attributes:  # one without an address stands after the one before it
                self.place(attributes["r"])
        elif name == "mergeCell":
            (r1, c1), (r2, c2) = corners(attributes.get("ref", ""), self.place)
            self.count((abs(c2 - c1) + 1) * (abs(r2 - r1) + 1))
        elif name == "row" and "r" in attributes:
            self.place("A" + attributes["r"])

    def _end(self, _tag: str) -> None:
        self.depth -= 1

    def _deeper(self) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements > self.most or self.depth > DEEPEST:
            raise self.too_deep()

    def too_deep(self) -> Refusal:
        """What is said of too many elements, and of elements too deep in each other."""
        return Refusal(
            f"has more than {self.manner.elements:,} elements, or nests them deeper than {DEEPEST}",
            "copy the filled cells into a new form, or raise the limit “elements”",
        )

    def count(self, number: int) -> None:
        """So many cells more."""
        self.cells += number
        if self.cells > self.manner.cells:
            raise Refusal(
                f"has more than {self.manner.cells:,} cells",
                "delete what is outside the form, or raise the limit “cells”",
            )


@functools.lru_cache(maxsize=8)
def places(manner: Manner) -> Callable[[str], tuple[int, int]]:
    """What gives row and column of a cell's address, both from 1.

    It raises `Refusal` for an address that is none, or is outside what is read.
    """

    @functools.lru_cache(maxsize=10_000)  # the cells of one form stand at the same places
    def place(ref: str) -> tuple[int, int]:
        found = _CELL.fullmatch(ref)
        if found is None:
            raise Refusal("has a cell without a proper address")
        row, column = int(found[2]), _column(found[1].upper())
        if row > manner.rows or column > manner.columns:
            raise _too_far(ref, manner)
        return row, column

    return place


def _too_far(ref: str, manner: Manner) -> Refusal:
    return Refusal(
        f"has a cell at {ref}, outside the first {manner.rows:,} rows and {manner.columns:,} columns",
        "delete the rows and columns outside the form, or raise the limits “rows” and “columns”",
    )


def within(row: int, column: int, manner: Manner) -> tuple[int, int]:
    """The two as they are. Raises `Refusal` when they lie outside what is read."""
    if row > manner.rows or column > manner.columns:
        raise _too_far(f"row {row:,}, column {column:,}", manner)
    return row, column


def corners(ref: str, place: Callable[[str], tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last cell of a range such as A1:B2. Raises `Refusal` as `place` does."""
    begin, _, end = ref.partition(":")
    return place(begin), place(end or begin)
