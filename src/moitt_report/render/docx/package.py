"""The package around the words: parts, relationships, properties, and the same bytes each time.

python-docx holds parts and relationships; the parts that are text are put in while zipping, so a
long table is never parsed. Neither clock nor chance gets in.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from moitt_report.brief.content import Brief
from moitt_report.errors import InputError, Problem, shown
from moitt_report.render.docx.markup import DECLARATION, WP, A, C, R, W, escape
from moitt_report.render.docx.properties import app_properties, core_properties, custom_properties
from moitt_report.render.docx.set_up import set_ups, with_paper, without_first_page
from moitt_report.zipping import CONTENT_TYPES, zipped

_AT_ONCE = 4096
"""Pieces of the body that are encoded together."""
SLOT = re.compile(
    r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
    r"<w:t(?: [^>]*)?>\{\{([a-z-]+)\}\}</w:t></w:r>"
)
"""A run of a head or a foot that the renderer replaces."""
_RELATED = re.compile(r'r:id="([^"]+)"')
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/"


class Package:
    """The house document, opened; parts are added and text is put in its place on `save`."""

    def __init__(self, house: bytes) -> None:
        try:
            self._document = Document(io.BytesIO(house))
        except (
            *(ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError),
            *(AttributeError, TypeError),  # where python-docx meets other elements than it counts on
        ):
            raise _refusal("is not a Word document") from None
        self._main = self._document.part
        self._root = self._main.blob.decode()
        self._upright, self._lying = set_ups(self._root)
        self._shed()
        self._refuse_torn()
        self.lies = False
        """Whether the set-up of a lying page was asked for."""
        self._links: dict[str, str] = {}
        self._charts = 0

    def _refuse_torn(self) -> None:
        """Refuse a document that names parts which are not in it."""
        named = dict.fromkeys(_RELATED.findall(self._upright + self._lying))
        if torn := [name for name in named if name not in self._main.rels]:
            raise _refusal(f"names a head or a foot that is not in it ({shown(', '.join(torn))})")
        if "/word/styles.xml" not in {part.partname for part in self._main.package.iter_parts()}:
            raise _refusal("has no styles (word/styles.xml)")

    def _shed(self) -> None:
        """Drop what belongs to the document that the template once was: its properties and its picture."""
        package = self._main.package
        for name, each in list(package.rels.items()):
            if each.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
                del package.rels[name]

    def set_paper(self, upright: str, lying: str) -> None:
        """Take other paper than the house document's."""
        self._upright, self._lying = with_paper(self._upright, upright), with_paper(self._lying, lying)

    def page(self, *, lying: bool, first: bool) -> str:
        """The set-up of pages of a section; only the `first` section has a first page of its own."""
        self.lies = self.lies or lying
        set_up = self._lying if lying else self._upright
        return set_up if first else without_first_page(set_up)

    def edges(self, *, lying: bool) -> list[str]:
        """The heads and feet of upright or of lying pages."""
        names = _RELATED.findall(self._lying if lying else self._upright)
        return [self._main.rels[name].target_part.blob.decode() for name in names]

    def parts(self) -> dict[str, bytes]:
        """The parts as they are now, by name. python-docx would zip them, only to be unzipped again."""
        package = self._main.package
        parts = list(package.iter_parts())
        found = {"_rels/.rels": package.rels.xml}
        for part in parts:
            found[part.partname.membername] = part.blob
            if len(part.rels):
                found[part.partname.rels_uri.membername] = part.rels.xml
        found[CONTENT_TYPES] = content_types({part.partname: part.content_type for part in parts}).encode()
        return found

    def link(self, address: str) -> str:
        """The relationship that leads to `address`."""
        if address not in self._links:
            self._links[address] = self._main.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._links[address]

    def add_chart(self, chart: bytes, workbook: bytes) -> str:
        """Add a chart with its workbook, the chart's relationship rId1; returns the chart's own."""
        self._charts += 1
        n = self._charts
        part = self._part(f"/word/charts/chart{n}.xml", CONTENT_TYPE.DML_CHART, chart)
        book = self._part(f"/word/embeddings/Microsoft_Excel_Sheet{n}.xlsx", CONTENT_TYPE.SML_SHEET, workbook)
        part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        return self._main.relate_to(part, RELATIONSHIP_TYPE.CHART)

    def add_properties(self, brief: Brief) -> None:
        """Say what the file is, what an archive looks for, and the digest that ties it to its content."""
        for name, content_type, related, text in (
            ("core", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES, core_properties(brief)),
            ("app", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, app_properties()),
            ("custom", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, custom_properties(brief)),
        ):  # fmt: skip
            part = self._part(f"/docProps/{name}.xml", content_type, text.encode())
            self._main.package.relate_to(part, related)

    def add_custom_xml(self, data: bytes, space: str, store: str) -> None:
        """Keep data that travels with the words; `store` is the name that bindings call it by."""
        n = self._free_item()
        item = self._part(f"/customXml/item{n}.xml", CONTENT_TYPE.XML, data)
        props = custom_xml_properties(space, store).encode()
        described = self._part(f"/customXml/itemProps{n}.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, props)
        item.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
        self._main.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)

    def _free_item(self) -> int:
        """The first number that no custom part has yet: a template may bring its own."""
        taken = {str(part.partname) for part in self._main.package.iter_parts()}
        return next(n for n in count(1) if f"/customXml/item{n}.xml" not in taken)

    def save(
        self,
        body: Sequence[str],
        *,
        slots: Mapping[str, str],
        numberings: str,
        styles: str = "",
    ) -> bytes:
        """The file. `body` ends in a set-up of pages; `slots` fill heads and feet; `styles` replace the house's own."""
        if not self.lies:
            self._drop_lying()
        parts = self.parts()
        for name, part in parts.items():
            if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                filled = SLOT.sub(lambda found: slots.get(found[1], found[0]), part.decode())
                parts[name] = filled.encode()
        if numberings:
            parts["word/numbering.xml"] = parts["word/numbering.xml"].replace(
                b"</w:numbering>", f"{numberings}</w:numbering>".encode()
            )
        if styles:
            parts["word/styles.xml"] = styles.encode()
        return zipped(parts | {"word/document.xml": _with_body(self._root, body)})

    def _drop_lying(self) -> None:
        """Leave out heads and feet that only a lying page would have."""
        upright, lying = (set(_RELATED.findall(set_up)) for set_up in (self._upright, self._lying))
        for name in lying - upright:
            del self._main.rels[name]

    def _part(self, name: str, content_type: str, data: bytes) -> Part:
        return Part(PackURI(name), content_type, data, self._main.package)


def _refusal(what: str) -> InputError:
    return InputError([Problem("template", what, "save it in Word as .docx, not .dotx or .docm")])


def _with_body(document: str, body: Sequence[str]) -> Iterator[bytes]:
    """The house document's own root around `body`; a part at a time, since to hold a long one twice takes time."""
    root = document[: document.index("<w:body>") + len("<w:body>")]
    for prefix, space in (("w", W), ("r", R), ("wp", WP), ("a", A), ("c", C)):
        if f"xmlns:{prefix}=" not in root:
            root = root.replace("<w:document ", f'<w:document xmlns:{prefix}="{space}" ', 1)
    yield root.encode()
    for n in range(0, len(body), _AT_ONCE):
        yield "".join(body[n : n + _AT_ONCE]).encode()
    yield b"</w:body></w:document>"


def content_types(types: Mapping[str, str]) -> str:
    """The part that says of what type each part is; `types` are those of all others by their names."""
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
        f'<Default Extension="xml" ContentType="{CONTENT_TYPE.XML}"/>'
        + "".join(
            f'<Override PartName="{escape(name)}" ContentType="{kind}"/>'
            for name, kind in sorted(types.items())
            if kind != CONTENT_TYPE.XML
        )
        + "</Types>"
    )


def custom_xml_properties(space: str, store: str) -> str:
    """What says by which name a custom part is called, and of what kind it is."""
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_PROPERTIES}customXml" ds:itemID="{store}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{space}"/></ds:schemaRefs></ds:datastoreItem>'
    )
