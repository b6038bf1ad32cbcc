"""The file around the pages: PDF/A-3a and PDF/UA-1 identification, attachments, fixed dates.

ReportLab's own writer cannot satisfy PDF/A (ISO 19005-3, 6.1.7.1: the end of streams), so the file
is written here. Its identifier is made from its content, and its date is the brief's: the same
brief gives the same bytes.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any, NoReturn

from reportlab.pdfbase import pdfdoc

from moitt_report.render.pdf.attachments import Attachment
from moitt_report.render.pdf.canvas import TaggedCanvas
from moitt_report.render.pdf.metadata import PRODUCER, About, metadata
from moitt_report.render.pdf.tags import Element
from moitt_report.shipped import shipped

_PACKED = 200
"""Objects in one object stream."""


class UnembeddedFontError(Exception):
    """A font was asked for that the file does not carry: a fault of ours."""


class ArchivalCanvas(TaggedCanvas):
    """A tagged canvas whose file is fit for archives."""

    def __init__(self, root: Element, size: tuple[float, float], about: About) -> None:
        super().__init__(BytesIO(), root, size, about.language)
        self._about = about
        self._doc.__class__ = _Document
        year, month, day = map(int, about.date.split("-"))
        stamp = self._doc._timeStamp  # noqa: SLF001  # the only way to a date that is not the clock's
        stamp.YMDhms = (year, month, day, 0, 0, 0)

    def file(self, attachments: Iterable[Attachment]) -> bytes:
        """The finished file, with `attachments` inside it."""
        self.close_tree()
        doc, catalog = self._doc, self._doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF", "OutputIntents"]
        about = self._about
        info = doc.info
        info.title, info.author, info.subject = about.title, about.author, about.subject
        info.creator = info.producer = PRODUCER
        info.keywords = about.keywords
        kind = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
        catalog.Metadata = pdfdoc.PDFStream(pdfdoc.PDFDictionary(kind), metadata(about), [])
        catalog.OutputIntents = pdfdoc.PDFArray([self._colour_space()])
        self._attach(attachments)
        self.addPageLabel(0, style="ARABIC", start=1)
        for page in doc.Pages.pages:
            page.Contents = pdfdoc.PDFStream(None, page.stream, [_ZIP])
        written: bytes = doc.GetPDFData(self)
        return written

    def _stream(self, data: bytes, **entries: Any) -> Any:
        stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), data, [_ZIP])
        return self._doc.Reference(stream)

    def _colour_space(self) -> Any:
        profile = self._stream(shipped("templates", "sRGB.icc").read_bytes(), N=3)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("OutputIntent"),
                "S": pdfdoc.PDFName("GTS_PDFA1"),
                "DestOutputProfile": profile,
                "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
                "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            }
        )

    def _attach(self, attachments: Iterable[Attachment]) -> None:
        names: list[Any] = []
        day = self._about.date.replace("-", "")
        for one in sorted(attachments, key=lambda one: one.name):
            digest = hashlib.md5(one.data, usedforsecurity=False).hexdigest()
            facts = {
                "Size": len(one.data),
                "ModDate": pdfdoc.PDFString(f"D:{day}000000Z"),
                "CheckSum": f"<{digest}>",
            }
            embedded = self._stream(
                one.data,
                Type=pdfdoc.PDFName("EmbeddedFile"),
                Subtype="/" + one.kind.replace("/", "#2F"),
                Params=pdfdoc.PDFDictionary(facts),
            )
            entry = {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(one.name),
                "UF": pdfdoc.PDFString(one.name),
                "Desc": pdfdoc.PDFString(one.about),
                "AFRelationship": pdfdoc.PDFName("Data"),
                "EF": pdfdoc.PDFDictionary({"F": embedded, "UF": embedded}),
            }
            names += [pdfdoc.PDFString(one.name), self._doc.Reference(pdfdoc.PDFDictionary(entry))]
        files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
        self._doc.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})
        self._doc.Catalog.AF = pdfdoc.PDFArray(names[1::2])


class _Zip(pdfdoc.PDFStreamFilterZCompress):
    def encode(self, data: str | bytes) -> bytes:
        return zlib.compress(data.encode("latin-1") if isinstance(data, str) else data, 6)


_ZIP = _Zip()


class _Document(pdfdoc.PDFDocument):
    """Refuses fonts that are not embedded, and writes object streams."""

    def getInternalFontName(self, name: str) -> NoReturn:  # noqa: N802  # ReportLab's hook
        raise UnembeddedFontError(f"the font {name} is not embedded")

    def format(self) -> bytes:
        """The whole file. Formatting an object may add objects, hence the open loop."""
        file = _File()
        packed: list[tuple[int, bytes]] = []
        number = 1
        while number in self.numberToId:
            body: bytes = pdfdoc.format(self.idToObject[self.numberToId[number]], self, toplevel=1)
            if body.endswith(b"endstream\n"):
                file.put(number, body[: -len(b"endstream\n")] + b"\nendstream")
            else:
                packed.append((number, body))
            number += 1
        for start in range(0, len(packed), _PACKED):
            file.pack(number, packed[start : start + _PACKED])
            number += 1
        known = self.idToObjectNumberAndVersion
        root, info = (known[part.__InternalName__][0] for part in (self.Catalog, self.info))
        return file.close(number, root, info)


class _File:
    """Objects in the order of writing, and where each begins."""

    def __init__(self) -> None:
        self.parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self.size = len(self.parts[0])
        self.places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def put(self, number: int, body: bytes) -> None:
        self.places[number] = (1, self.size, 0)
        self.parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        self.size += len(self.parts[-1])

    def pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """Write `objects` as one object stream."""
        head: list[bytes] = []
        at = 0
        for n, (inner, body) in enumerate(objects):
            head.append(b"%d %d" % (inner, at))
            at += len(body) + 1
            self.places[inner] = (2, number, n)
        first = b" ".join(head) + b"\n"
        data = _ZIP.encode(first + b"\n".join(body for _, body in objects))
        entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(first))
        self.put(number, _compressed(entries, data))

    def close(self, number: int, root: int, info: int) -> bytes:
        """Write the cross-reference stream; the identifier is a digest of all before it."""
        start = self.size
        self.places[number] = (1, start, 0)
        digest = hashlib.md5(b"".join(self.parts), usedforsecurity=False).hexdigest().encode()
        table = b"".join(struct.pack(">BIH", *self.places[n]) for n in range(number + 1))
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
            number + 1,
            root,
            info,
            digest,
            digest,
        )
        self.put(number, _compressed(entries, _ZIP.encode(table)))
        self.parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self.parts)


def _compressed(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)
