"""The archive of a workbook, opened with care: the standard library alone, each part in a stream and once.

A few kilobytes can make every spreadsheet library ask for gigabytes or stop the process; so what is
too large, too deep or too clever is refused here, by name, while it is read and not after.
"""

import functools
import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import Protocol
from xml.parsers import expat  # the first document type ends the reading, so no entity is ever read

from moitt_report.errors import Problem
from moitt_report.intake.manner import Manner
from moitt_report.unzipping import UNSOUND

_CHUNK = 1 << 18
_RATIO_FROM = 100_000
_DEEPEST = 60
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_XML = (".xml", ".rels")
_NEVER_XML = ("xl/media/", ".vml")
_ENCODINGS = {"utf-8", "utf-16", "us-ascii"}
_SAVE_AGAIN = "save it again in Excel"


class Refusal(Exception):  # noqa: N818  as in the reader of YAML
    """A workbook that is not read: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str = _SAVE_AGAIN) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class Reader(Protocol):
    """Takes in the elements of one part; names are “namespace name”, as expat gives them."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters between the two."""


def look_into(raw: bytes, name: str, manner: Manner, work: Callable[["Parts"], None]) -> list[Problem]:
    """Let `work` read what it wants of the workbook `raw`, and look at all the rest.

    Gives the one reason why the workbook is refused, or notes on what in it is ignored.
    """
    try:
        with _archive(raw) as archive:
            parts = Parts(archive, manner)
            work(parts)
            parts.read_rest()
    except Refusal as refusal:
        return [Problem(name, refusal.what, refusal.remedy)]
    except expat.ExpatError as fault:
        what = f"holds a part that is not XML: {expat.ErrorString(fault.code)}"
        return [Problem(name, what, _SAVE_AGAIN)]
    return _remarks(parts.paths, name)


def _archive(raw: bytes) -> zipfile.ZipFile:
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refusal(
            "is an old or a password-protected workbook",
            "open it in Excel, remove the password, and save it as .xlsx",
        )
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except UNSOUND:
        raise _damaged() from None


def _damaged() -> Refusal:
    return Refusal("is damaged, or is not an Excel workbook", "open it in Excel and save it again as .xlsx")


class Parts:
    """The parts of one workbook; the limits hold over all of them together."""

    def __init__(self, archive: zipfile.ZipFile, manner: Manner) -> None:
        self._archive, self._manner = archive, manner
        self._unread = {m.filename: m for m in archive.infolist()}
        self._counted = _Counted(manner)
        self._unpacked = 0
        self.paths = frozenset(self._unread)
        _check_members(archive.infolist(), manner)

    @property
    def count(self) -> Callable[[int], None]:
        """Counts the cells of a sheet that a reader takes in. Raises `Refusal` when they are too many."""
        return self._counted.count

    def read(self, path: str, reader: Reader) -> None:
        """Let `reader` take in the XML part at `path`, which nobody has read yet. Raises `Refusal`."""
        member = self._unread.pop(path, None)
        if member is None:
            what = "refers twice to the same part" if path in self.paths else "lacks a part it refers to"
            raise Refusal(what)
        self._stream(member, reader)

    def read_rest(self) -> None:
        """Look at every part that has not been read. Raises `Refusal`."""
        while self._unread:
            self._stream(self._unread.popitem()[1], None)

    def _stream(self, member: zipfile.ZipInfo, reader: Reader | None) -> None:
        manner, size = self._manner, 0
        parser: expat.XMLParserType | None = None
        for chunk in self._chunks(member):
            if size == 0 and (reader or _is_xml(member.filename, chunk)):
                parser = self._counted.parser(reader)
            size += len(chunk)
            self._unpacked += len(chunk)
            if self._unpacked > manner.unpacked_bytes:
                raise _too_large(manner)
            if size > _RATIO_FROM and size > manner.ratio * max(member.compress_size, 1):
                raise Refusal(
                    f"holds a part packed more than {manner.ratio} times",
                    "save it again in Excel, or raise the limit “ratio”",
                )
            if parser is not None:
                parser.Parse(chunk, False)
        if parser is not None:
            parser.Parse(b"", True)

    def _chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """The part in pieces, one at the least; faults of the archive alone are caught, none of a reader."""
        try:
            stream = self._archive.open(member)
        except UNSOUND:
            raise _damaged() from None
        with stream:
            first = True
            while True:
                try:
                    chunk = stream.read(_CHUNK)
                except UNSOUND:
                    raise _damaged() from None
                if not chunk and not first:
                    return
                first = False
                yield chunk


def _is_xml(path: str, begin: bytes) -> bool:
    """Whether some reader may take the part for XML, whatever its name says."""
    name = path.casefold()
    if name.endswith(_XML):
        return True
    if name.startswith(_NEVER_XML[0]) or name.endswith(_NEVER_XML[1]):
        return False
    return begin.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or begin[:2] in {b"\xff\xfe", b"\xfe\xff"}


def _check_members(members: list[zipfile.ZipInfo], manner: Manner) -> None:
    if len(members) > manner.members:
        raise Refusal(
            f"has {len(members):,} parts; at most {manner.members:,} are opened",
            "copy the sheets into a new workbook, or raise the limit “members”",
        )
    seen: set[str] = set()
    for member in members:
        path = member.filename
        if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or "\\" in path or ":" in path:
            raise Refusal("holds a part whose name leads out of the file")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Refusal("holds a link to another file")
        if member.flag_bits & 1:
            raise Refusal("is protected by a password", "remove the password and save it again")
        if path.casefold() in seen:
            raise Refusal("holds the same part twice")
        seen.add(path.casefold())
    if "xl/workbook.xml" not in seen:
        raise Refusal("is not an Excel workbook", "save it in Excel as .xlsx")
    if sum(m.file_size for m in members) > manner.unpacked_bytes:
        raise _too_large(manner)


def _too_large(manner: Manner) -> Refusal:
    return Refusal(
        f"is larger than {manner.unpacked_bytes:,} bytes when unpacked",
        "copy the filled cells into a new form, or raise the limit “unpacked_bytes”",
    )


class _Counted:
    """Counts elements and cells over all parts, and looks at where the cells stand."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.elements = self.cells = self.depth = 0
        self.in_sheet = False

    def parser(self, reader: Reader | None) -> expat.XMLParserType:
        """A parser for one part, which refuses what no workbook needs."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        self.depth = 0
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        if reader is not None:
            parser.StartElementHandler = self._then(reader.start)
            parser.EndElementHandler = self._end_then(reader.end)
            parser.CharacterDataHandler = reader.text
        return parser

    # The reader of a sheet counts its cells by itself and looks at each address: once is enough.

    def _then(self, start: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
        most = self.manner.elements

        def begin(tag: str, attributes: dict[str, str]) -> None:
            self.depth += 1
            self.elements += 1
            if self.elements > most or self.depth > _DEEPEST:
                raise self._too_deep()
            start(tag, attributes)

        return begin

    def _end_then(self, end: Callable[[str], None]) -> Callable[[str], None]:
        def finish(tag: str) -> None:
            self.depth -= 1
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
                place(attributes["r"], self.manner)
        elif name == "mergeCell":
            (r1, c1), (r2, c2) = corners(attributes.get("ref", ""), self.manner)
            self.count((abs(c2 - c1) + 1) * (abs(r2 - r1) + 1))
        elif name == "row" and "r" in attributes:
            place("A" + attributes["r"], self.manner)

    def _end(self, _tag: str) -> None:
        self.depth -= 1

    def _deeper(self) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements > self.manner.elements or self.depth > _DEEPEST:
            raise self._too_deep()

    def _too_deep(self) -> Refusal:
        return Refusal(
            f"has more than {self.manner.elements:,} elements, or nests them deeper than {_DEEPEST}",
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


def place(ref: str, manner: Manner) -> tuple[int, int]:
    """Row and column of a cell's address, both from 1. Raises `Refusal` for one that is none, or is too far."""
    row, column = _place(ref)
    if row > manner.rows or column > manner.columns:
        raise _too_far(ref, manner)
    return row, column


@functools.lru_cache(maxsize=10_000)  # the cells of one form stand at the same places
def _place(ref: str) -> tuple[int, int]:
    found = _CELL.fullmatch(ref)
    if found is None:
        raise Refusal("has a cell without a proper address")
    letters, digits = found.groups()
    return int(digits), _column(letters)


def _too_far(ref: str, manner: Manner) -> Refusal:
    return Refusal(
        f"has a cell at {ref}, outside the first {manner.rows:,} rows and {manner.columns:,} columns",
        "delete the rows and columns outside the form, or raise the limits “rows” and “columns”",
    )


@functools.lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def within(row: int, column: int, manner: Manner) -> tuple[int, int]:
    """The two as they are. Raises `Refusal` when they lie outside what is read."""
    if row > manner.rows or column > manner.columns:
        raise _too_far(f"row {row:,}, column {column:,}", manner)
    return row, column


def corners(ref: str, manner: Manner) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last cell of a range such as A1:B2. Raises `Refusal` as `place` does."""
    begin, _, end = ref.partition(":")
    return place(begin, manner), place(end or begin, manner)


def _remarks(paths: frozenset[str], name: str) -> list[Problem]:
    ignored = (
        ("vbaproject", "holds macros; they are ignored", "nothing to do, or save it as .xlsx"),
        ("externallinks/", "links to other workbooks; the links are not followed", "paste the values instead"),
        ("embeddings/", "holds embedded files; they are ignored", "send them as annexes"),
        ("xl/connections", "is connected to a database; the connection is not used", "paste the values instead"),
    )  # fmt: skip
    return [
        Problem(name, what, remedy, "warning" if "link" in part else "note")
        for part, what, remedy in ignored
        if any(part in path.casefold() for path in paths)
    ]
