"""Looks at the archive of a workbook before any reader opens it: the standard library alone, in a stream.

A few kilobytes can make every spreadsheet library ask for gigabytes or stop the process; so what is
too large, too deep or too clever is refused here, by name.
"""

import io
import re
import stat
import zipfile
import zlib
from xml.parsers import expat  # the first document type ends the reading, so no entity is ever read

from moitt_report.errors import Problem
from moitt_report.intake.manner import Manner

_CHUNK = 1 << 18
_RATIO_FROM = 100_000
_DEEPEST = 60
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)


class _Refused(Exception):  # noqa: N818  as in the reader of YAML
    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def preflight(raw: bytes, name: str, manner: Manner) -> list[Problem]:
    """What stands in the way of opening the workbook `raw`, and notes on what in it is ignored."""
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return [
            Problem(
                name,
                "is an old or a password-protected workbook",
                "open it in Excel, remove the password, and save it as .xlsx",
            )
        ]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _check_members(members, manner)
            _check_content(archive, members, manner)
    except _Refused as refusal:
        return [Problem(name, refusal.what, refusal.remedy)]
    except expat.ExpatError as fault:
        return [
            Problem(
                name,
                f"holds a part that is not XML: {expat.ErrorString(fault.code)}",
                "save it again in Excel",
            )
        ]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return [
            Problem(
                name, "is damaged, or is not an Excel workbook", "open it in Excel and save it again as .xlsx"
            )
        ]
    return _remarks(members, name)


def _check_members(members: list[zipfile.ZipInfo], manner: Manner) -> None:
    if len(members) > manner.members:
        raise _Refused(
            f"has {len(members):,} parts; at most {manner.members:,} are opened",
            "copy the sheets into a new workbook, or raise the limit “members”",
        )
    seen: set[str] = set()
    for member in members:
        path = member.filename
        if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or "\\" in path or ":" in path:
            raise _Refused("holds a part whose name leads out of the file", "save it again in Excel")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _Refused("holds a link to another file", "save it again in Excel")
        if member.flag_bits & 1:
            raise _Refused("is protected by a password", "remove the password and save it again")
        if path.casefold() in seen:
            raise _Refused("holds the same part twice", "save it again in Excel")
        seen.add(path.casefold())
    if "xl/workbook.xml" not in seen:
        raise _Refused("is not an Excel workbook", "save it in Excel as .xlsx")
    if sum(m.file_size for m in members) > manner.unpacked_bytes:
        raise _too_large(manner)


def _too_large(manner: Manner) -> _Refused:
    return _Refused(
        f"is larger than {manner.unpacked_bytes:,} bytes when unpacked",
        "copy the filled cells into a new form, or raise the limit “unpacked_bytes”",
    )


def _check_content(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], manner: Manner) -> None:
    unpacked = 0
    counted = _Counted(manner)
    for member in members:
        size = 0
        part = counted.part() if member.filename.casefold().endswith((".xml", ".rels")) else None
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                unpacked += len(chunk)
                if unpacked > manner.unpacked_bytes:
                    raise _too_large(manner)
                if size > _RATIO_FROM and size > manner.ratio * max(member.compress_size, 1):
                    raise _Refused(
                        f"holds a part packed more than {manner.ratio} times",
                        "save it again in Excel, or raise the limit “ratio”",
                    )
                if part is not None:
                    part.Parse(chunk, False)
        if part is not None:
            part.Parse(b"", True)


class _Counted:
    """Counts elements and cells over all parts, and looks at where the cells stand."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.elements = self.cells = self.depth = 0
        self.in_sheet = False

    def part(self) -> expat.XMLParserType:
        """A parser for one part, which refuses what no workbook needs."""
        parser = expat.ParserCreate()
        self.depth = 0
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        return parser

    def _document_type(self, *_: object) -> None:
        raise _Refused("holds a document type, which no workbook needs", "save it again in Excel")

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self.depth == 0:
            self.in_sheet = name == "worksheet"
        self.depth += 1
        self.elements += 1
        if self.elements > self.manner.elements or self.depth > _DEEPEST:
            raise _Refused(
                f"has more than {self.manner.elements:,} elements, or nests them deeper than {_DEEPEST}",
                "copy the filled cells into a new form, or raise the limit “elements”",
            )
        if not self.in_sheet:
            return
        if name == "c":
            self._count(1)
            self._place(attributes.get("r"))
        elif name == "mergeCell":
            self._merged(attributes.get("ref", ""))
        elif name == "row" and attributes.get("r", "1") != "1":
            self._place("A" + attributes["r"])

    def _end(self, _tag: str) -> None:
        self.depth -= 1

    def _count(self, number: int) -> None:
        self.cells += number
        if self.cells > self.manner.cells:
            raise _Refused(
                f"has more than {self.manner.cells:,} cells",
                "delete what is outside the form, or raise the limit “cells”",
            )

    def _merged(self, ref: str) -> None:
        corners = [self._place(part) for part in ref.split(":")]
        (c1, r1), (c2, r2) = corners[0], corners[-1]
        self._count((abs(c2 - c1) + 1) * (abs(r2 - r1) + 1))

    def _place(self, ref: str | None) -> tuple[int, int]:
        if ref is None:  # a cell without an address stands after the one before it
            return 1, 1
        found = _CELL.fullmatch(ref)
        if not found:
            raise _Refused("has a cell without a proper address", "save it again in Excel")
        column, row = _column(found[1]), int(found[2])
        if column > self.manner.columns or row > self.manner.rows:
            raise _Refused(
                f"has a cell at {ref}, outside the first {self.manner.rows:,} rows and "
                f"{self.manner.columns:,} columns",
                "delete the rows and columns outside the form, or raise the limits “rows” and “columns”",
            )
        return column, row


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _remarks(members: list[zipfile.ZipInfo], name: str) -> list[Problem]:
    paths = [m.filename.casefold() for m in members]
    ignored = (
        ("vbaproject", "holds macros; they are ignored", "nothing to do, or save it as .xlsx"),
        (
            "externallinks/",
            "links to other workbooks; the links are not followed",
            "paste the values instead",
        ),
        ("embeddings/", "holds embedded files; they are ignored", "send them as annexes"),
        (
            "xl/connections",
            "is connected to a database; the connection is not used",
            "paste the values instead",
        ),
    )
    return [
        Problem(name, what, remedy, "warning" if "link" in part else "note")
        for part, what, remedy in ignored
        if any(part in path for path in paths)
    ]
