"""A Word file that comes from outside, opened with care.

It may be huge when unpacked, name things outside itself, or be no Word file at all. Sizes are counted
while reading, since a zip may lie about them; XML with a document type is refused, since only that can
define entities; nothing is ever fetched.
"""

import io
import posixpath
import zipfile

from lxml import etree

from moitt_report.errors import InputError, Problem
from moitt_report.unzipping import UNSOUND

MOST_PACKED = 64 * 1024 * 1024
"""The largest file that is opened, in bytes."""

MOST_PART = 64 * 1024 * 1024
"""The largest part that is unpacked."""

MOST_UNPACKED = 256 * 1024 * 1024
"""What all parts read from one file may come to."""

MOST_PARTS = 2000
"""The most parts a file may have."""

_SEND_AGAIN = "ask for the file again, saved by Word as .docx"


class Opened:
    """The parts of one Word file, or of a workbook in it. `where` names it in problems, `main` is its main part."""

    def __init__(self, data: bytes, where: str, main: str = "word/document.xml") -> None:
        self._where = where
        self._left = MOST_UNPACKED
        if len(data) > MOST_PACKED:
            raise self.refusal("is larger than 64 MB")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except UNSOUND:
            raise self.refusal("is not a Word file, or is damaged") from None
        self.names = self._archive.namelist()
        if len(self.names) > MOST_PARTS:
            raise self.refusal(f"has more than {MOST_PARTS} parts")
        if len(set(self.names)) != len(self.names):
            raise self.refusal("has two parts of one name")
        if main not in self.names:
            raise self.refusal(f"is not a Word file: it has no part {main}")

    def refusal(self, what: str, remedy: str = _SEND_AGAIN) -> InputError:
        """The error that says why this file is not read."""
        return InputError([Problem(self._where, what, remedy)])

    def xml(self, name: str) -> etree._Element:
        """The part `name` as a tree; an encoding, a size or a document type we do not trust is refused."""
        data = self.read(name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise self.refusal(f"is damaged: its part {name} is not sound XML") from None
        if root.getroottree().docinfo.doctype:
            raise self.refusal(f"is not safe to read: its part {name} declares a document type")
        return root

    def related(self, name: str) -> dict[str, str]:
        """Where the relationships of the part `name` lead to inside the file, by their ids."""
        folder, _, file = name.rpartition("/")
        links = f"{folder}/_rels/{file}.rels"
        if links not in self.names:
            return {}
        return {
            each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:]
            for each in self.xml(links)
            if each.get("TargetMode") != "External"
        }

    def read(self, name: str) -> bytes:
        """The bytes of the part `name`; one that unpacks to an absurd size is refused."""
        try:
            with self._archive.open(name) as member:
                data = member.read(min(MOST_PART, self._left) + 1)
        except UNSOUND:
            raise self.refusal(f"is damaged or encrypted: its part {name} cannot be unpacked") from None
        self._left -= len(data)
        if len(data) > MOST_PART or self._left < 0:
            raise self.refusal(f"is not safe to read: its part {name} unpacks to an absurd size")
        return data
