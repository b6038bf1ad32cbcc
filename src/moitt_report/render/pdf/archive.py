"""The file around the pages: PDF/A-3a and PDF/UA-1 identification, attachments, fixed dates.

ReportLab's own writer cannot satisfy PDF/A (ISO 19005-3, 6.1.7.1: the end of streams), so the file
is written here. Its identifier is made from its content, and its date is the brief's: the same
brief gives the same bytes.
"""

import hashlib
import struct
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, count, islice
from typing import Any, NoReturn

from reportlab.pdfbase import pdfdoc

from moitt_report.render.pdf.attachments import Attachment
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.metadata import PRODUCER, About, metadata
from moitt_report.render.pdf.syntax import Ready, Stream, packed, stream, text_string
from moitt_report.render.pdf.tags import Element, StructureTree
from moitt_report.shipped import shipped

_PACKED = 200
"""Objects in one object stream."""

Small = tuple[int, bytes]
"""The number of an object that is not a stream, and its syntax."""


class UnembeddedFontError(Exception):
    """A font was asked for that the file does not carry: a fault of ours."""


class ArchivalCanvas(TaggedCanvas):
    """A tagged canvas whose file is fit for archives. `date` is YYYY-MM-DD."""

    def __init__(self, root: Element, size: tuple[float, float], language: str, date: str) -> None:
        super().__init__(BytesIO(), root, size, language)
        self._doc.__class__ = _Document
        self._doc.tree = self.tree
        self._day = date.replace("-", "")
        self._attached: list[tuple[str, Any]] = []
        year, month, day = map(int, date.split("-"))
        stamp = self._doc._timeStamp  # noqa: SLF001  # the only way to a date that is not the clock's
        stamp.YMDhms = (year, month, day, 0, 0, 0)

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        """Finish the page, and pack its content at once: a long table has hundreds of pages."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Contents, page.stream = Stream(page.stream.encode("latin-1")), None

    def attach(self, one: Attachment) -> None:
        """Put `one` inside the file."""
        digest = hashlib.md5(one.data, usedforsecurity=False).hexdigest()
        embedded = Stream(
            one.data,
            f"/Type/EmbeddedFile/Subtype/{one.kind.replace('/', '#2F')}"
            f"/Params<</Size {len(one.data)}/ModDate(D:{self._day}000000Z)/CheckSum<{digest}>>>",
        )
        data = self._doc.Reference(embedded)
        name = text_string(one.name)
        entry = Ready(
            f"<</Type/Filespec/F{name}/UF{name}/Desc{text_string(one.about)}/AFRelationship/Data/EF<</F ",
            data,
            "/UF ",
            data,
            ">>>>",
        )
        self._attached.append((one.name, self._doc.Reference(entry)))

    def file(self, about: About) -> bytes:
        """The finished file, which says `about` of itself."""
        self.close_tree()
        doc, catalog = self._doc, self._doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF", "OutputIntents"]
        info = doc.info
        info.title, info.author, info.subject = about.title, about.author, about.subject
        info.creator = info.producer = PRODUCER
        info.keywords = about.keywords
        catalog.Metadata = Stream(metadata(about), "/Type/Metadata/Subtype/XML", pack=False)
        catalog.OutputIntents = pdfdoc.PDFArray([self._colour_space()])
        attached = sorted(self._attached, key=lambda one: one[0])
        names = [part for name, entry in attached for part in (pdfdoc.PDFString(name), entry)]
        files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
        catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})
        catalog.AF = pdfdoc.PDFArray([entry for _, entry in attached])
        self.addPageLabel(0, style="ARABIC", start=1)
        written: bytes = doc.GetPDFData(self)
        return written

    def _colour_space(self) -> Any:
        profile = Stream(shipped("templates", "sRGB.icc").read_bytes(), "/N 3")
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("OutputIntent"),
                "S": pdfdoc.PDFName("GTS_PDFA1"),
                "DestOutputProfile": self._doc.Reference(profile),
                "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
                "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            }
        )


class _Document(pdfdoc.PDFDocument):
    """Refuses fonts that are not embedded, and writes object streams."""

    tree: StructureTree

    def getInternalFontName(self, name: str) -> NoReturn:  # noqa: N802  # ReportLab's hook
        raise UnembeddedFontError(f"the font {name} is not embedded")

    def format(self) -> bytes:
        """The whole file. Formatting an object may add objects, hence the open loop; the numbers it
        does not know are those of the structure tree.
        """
        file = _File()
        small: list[Small] = []
        number = 0
        while number < self.objectcounter:
            number += 1
            if number not in self.numberToId:
                continue
            body: bytes = pdfdoc.format(self.idToObject[self.numberToId[number]], self, toplevel=1)
            if body.endswith(b"endstream"):
                file.put(number, body)
            else:
                small.append((number, body))
        free = count(number + 1)
        for objects in _batches(chain(small, self.tree.objects(self))):
            file.pack(next(free), objects)
        known = self.idToObjectNumberAndVersion
        root, info = (known[part.__InternalName__][0] for part in (self.Catalog, self.info))
        return file.close(next(free), root, info)


def _batches(objects: Iterator[Small]) -> Iterator[list[Small]]:
    while batch := list(islice(objects, _PACKED)):
        yield batch


class _File:
    """Objects in the order of writing, and where each begins."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self.digest = hashlib.md5(usedforsecurity=False)
        self.places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def _write(self, data: bytes) -> None:
        self.parts.append(data)
        self.digest.update(data)
        self.size += len(data)

    def put(self, number: int, body: bytes) -> None:
        self.places[number] = (1, self.size, 0)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def pack(self, number: int, objects: list[Small]) -> None:
        """Write `objects` as one object stream."""
        head: list[bytes] = []
        at = 0
        for n, (inner, body) in enumerate(objects):
            head.append(b"%d %d" % (inner, at))
            at += len(body) + 1
            self.places[inner] = (2, number, n)
        first = b" ".join(head) + b"\n"
        data = first + b"\n".join([body for _, body in objects])
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(objects), len(first))
        self.put(number, stream(entries, packed(data)))

    def close(self, number: int, root: int, info: int) -> bytes:
        """Write the cross-reference stream; the identifier is a digest of all before it."""
        start = self.size
        digest = self.digest.hexdigest().encode()
        self.places[number] = (1, start, 0)
        table = b"".join([struct.pack(">BIH", *self.places[n]) for n in range(number + 1)])
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode" % (
            number + 1,
            root,
            info,
            digest,
            digest,
        )
        self.put(number, stream(entries, packed(table)))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self.parts)
