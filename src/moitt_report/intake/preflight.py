"""The archive of a workbook, opened with care: the standard library alone, each part in a stream and once.

A few kilobytes can make every spreadsheet library ask for gigabytes or stop the process; so what is
too large, too deep or too clever is refused here, by name, while it is read and not after.
"""

import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from moitt_report.errors import Problem
from moitt_report.intake.counted import SAVE_AGAIN, Counted, Reader, Refusal
from moitt_report.intake.manner import Manner
from moitt_report.unzipping import UNSOUND

_CHUNK = 1 << 18
"""How many bytes of a part are unpacked at once."""
_RATIO_FROM = 100_000
"""Up to how many bytes a part may be packed as tightly as it likes."""
_XML = (".xml", ".rels")
_NEVER_XML = ("xl/media/", ".vml")


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
        return [Problem(name, what, SAVE_AGAIN)]
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
        self.counted = Counted(manner)
        self._unpacked = 0
        self.paths = frozenset(self._unread)
        _check_members(archive.infolist(), manner)

    def read(self, path: str, reader: Reader, *, counts: bool = False) -> None:
        """Let `reader` take in the XML part at `path`, which nobody has read yet. Raises `Refusal`.

        `counts` says that it counts in `counted` by itself what it is given.
        """
        member = self._unread.pop(path, None)
        if member is None:
            what = "refers twice to the same part" if path in self.paths else "lacks a part it refers to"
            raise Refusal(what)
        self._stream(member, reader, counts=counts)

    def read_rest(self) -> None:
        """Look at every part that has not been read. Raises `Refusal`."""
        while self._unread:
            self._stream(self._unread.popitem()[1], None)

    def _stream(self, member: zipfile.ZipInfo, reader: Reader | None, *, counts: bool = False) -> None:
        manner, size = self._manner, 0
        parser: expat.XMLParserType | None = None
        for chunk in self._chunks(member):
            if size == 0 and (reader or _is_xml(member.filename, chunk)):
                parser = self.counted.parser(reader, counts=counts)
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
