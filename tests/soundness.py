"""The gate a Word file must pass: the Open XML schemas, the rules of Microsoft's validator, and house rules
for what both let through though Word is reported to repair or refuse it."""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

SCHEMAS = Path(__file__).resolve().parents[2] / "shared" / "ooxml-xsd"
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
W = f"{{{SPACES['w']}}}"
_SCHEMA_OF = {
    r"word/(document|styles|numbering|settings|fontTable|header\d*|footer\d*|footnotes|comments)\.xml": "wml.xsd",
    r"word/charts/chart\d+\.xml": "dml-chart.xsd",
    r"word/theme/theme\d+\.xml": "dml-main.xsd",
    r"docProps/app\.xml": "shared-documentPropertiesExtended.xsd",
    r"docProps/custom\.xml": "shared-documentPropertiesCustom.xsd",
    r"customXml/itemProps\d+\.xml": "shared-customXmlDataProperties.xsd",
    r"\[Content_Types\]\.xml": "opc-contentTypes.xsd",
    r".*\.rels": "opc-relationships.xsd",
}
_TYPES = {
    r"/word/charts/chart\d+\.xml": "drawingml.chart+xml",
    r"/customXml/itemProps\d+\.xml": "customXmlProperties+xml",
}
_loaded: dict[str, etree.XMLSchema] = {}
_audit = OpenXmlValidator()


def faults(data: bytes) -> list[str]:
    """Everything that any of the three objects to."""
    return [*schema_faults(data), *rule_faults(data), *audit_faults(data)]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def audit_faults(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "brief.docx")
        file.write_bytes(data)
        return [f"audit: {fault.description}" for fault in _audit.validate(str(file)).errors]


def schema_faults(data: bytes) -> list[str]:
    """What the schemas object to; nothing where they are not beside the project."""
    out: list[str] = []
    if not SCHEMAS.is_dir():
        return out
    for name, part in parts_of(data).items():
        file = next((f for pattern, f in _SCHEMA_OF.items() if re.fullmatch(pattern, name)), None)
        if file is not None:
            if file not in _loaded:
                _loaded[file] = etree.XMLSchema(etree.parse(SCHEMAS / file))
            schema = _loaded[file]
            if not schema.validate(etree.fromstring(part)):
                out += [f"schema: {name}: {fault.message}" for fault in schema.error_log]
    return out


def rule_faults(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    parts = parts_of(data)
    out = ["a member comes twice"] if len(set(names)) != len(names) else []
    document = etree.fromstring(parts["word/document.xml"])
    out += _package(parts)
    out += _numbers(document, parts)
    out += _fields(parts)
    out += _tables(document)
    out += _words(document, parts)
    return out


def _package(parts: dict[str, bytes]) -> Iterator[str]:
    types = {e.get("PartName"): e.get("ContentType") for e in etree.fromstring(parts["[Content_Types].xml"])}
    for name, part in parts.items():
        for pattern, ending in _TYPES.items():
            if re.fullmatch(pattern, f"/{name}") and not (types.get(f"/{name}") or "").endswith(ending):
                yield f"{name} has no content type"
        if name.endswith(".xml") and b":Ignorable=" in part:
            root = etree.fromstring(part)
            named = root.get(f"{{{SPACES['mc']}}}Ignorable", "").split()
            yield from (f"{name}: prefix {p} is not declared" for p in named if p not in root.nsmap)
        if re.fullmatch(r"word/charts/chart\d+\.xml", name):
            used = set(re.findall(rb'r:id="([^"]+)"', part))
            related = parts.get(f"word/charts/_rels/{name.rsplit('/', 1)[1]}.rels", b"")
            if any(b'Id="' + one + b'"' not in related for one in used):
                yield f"{name} leads to no workbook"
    related = parts["word/_rels/document.xml.rels"].decode()
    there = set(re.findall(r'\bId="([^"]+)"', related))
    asked = set(re.findall(r'r:(?:id|embed)="([^"]+)"', parts["word/document.xml"].decode()))
    yield from (f"no relationship {one}" for one in sorted(asked - there))
    if b"compatibilityMode" not in parts["word/settings.xml"]:
        yield "no compatibility mode"
    if b"updateFields" in parts["word/settings.xml"] or b"w:dirty" in parts["word/document.xml"]:
        yield "asks on opening"
    custom = etree.fromstring(parts["docProps/custom.xml"])
    if custom.prefix is not None:
        yield "the custom properties wear a prefix"
    if any(int(each.get("pid")) < 2 for each in custom):
        yield "a custom property has a reserved number"
    if "word/comments.xml" in parts and not len(etree.fromstring(parts["word/comments.xml"])):
        yield "a comments part without comments"


def _numbers(document: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    once = {
        "bookmark id": "//w:bookmarkStart/@w:id",
        "bookmark name": "//w:bookmarkStart/@w:name",
        "control id": "//w:sdtPr/w:id/@w:val",
        "drawing id": "//wp:docPr/@id",
    }
    for what, path in once.items():
        found = [one.casefold() for one in document.xpath(path, namespaces=SPACES)]
        if len(set(found)) != len(found):
            yield f"{what} is given twice"
        if what.endswith("id") and not all(one.isdigit() and int(one) < 2**31 for one in found):
            yield f"{what} is no small number"
        if what == "bookmark name" and any(len(one) > 40 for one in found):
            yield "a bookmark has too long a name"
    names = set(document.xpath("//w:bookmarkStart/@w:name", namespaces=SPACES))
    targets = set(document.xpath("//w:hyperlink/@w:anchor", namespaces=SPACES))
    asked = document.xpath("//w:instrText/text()", namespaces=SPACES)
    targets |= {found[1] for one in asked if (found := re.match(r" (?:REF|PAGEREF) (\S+)", one))}
    yield from (f"a link to no place {one}" for one in sorted(targets - names))
    if "word/footnotes.xml" in parts:
        notes = etree.fromstring(parts["word/footnotes.xml"]).xpath("//w:footnote/@w:id", namespaces=SPACES)
        if len(set(notes)) != len(notes) or any(int(n) > len(notes) for n in notes):
            yield "footnotes are not numbered from one"
        references = document.xpath("//w:footnoteReference/@w:id", namespaces=SPACES)
        if set(references) - set(notes):
            yield "a reference to no footnote"
        if not {"-1", "0"} <= set(notes):
            yield "the separators of footnotes are missing"


def _fields(parts: dict[str, bytes]) -> Iterator[str]:
    for name, part in parts.items():
        if not re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            continue
        state = []
        for element in etree.fromstring(part).iter(f"{W}fldChar", f"{W}t"):
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                state.append("begin")
            elif not state:
                if kind:
                    yield f"{name}: a field without its begin"
            elif kind == "end":
                if state.pop() != "result":
                    yield f"{name}: a field without a result"
            elif kind == "separate":
                state[-1] = "separate"
            elif kind is None and state[-1] == "separate" and element.text:
                state[-1] = "result"
        if state:
            yield f"{name}: a field without its end"


def _tables(document: etree._Element) -> Iterator[str]:
    for table in document.iter(f"{W}tbl"):
        width = len(table.findall("w:tblGrid/w:gridCol", SPACES))
        for row in table.findall("w:tr", SPACES):
            spans = row.xpath(
                "sum(w:tc/w:tcPr/w:gridSpan/@w:val) + count(w:tc[not(w:tcPr/w:gridSpan)])", namespaces=SPACES
            )
            if spans != width:
                yield f"a row over {spans:.0f} of {width} columns"
        if table.find("w:tblPr/w:tblCaption", SPACES) is not None:
            first = table.find("w:tr/w:trPr/w:tblHeader", SPACES)
            described = table.find("w:tblPr/w:tblDescription", SPACES)
            if first is None or described is None or not described.get(f"{W}val"):
                yield "a table without head row or description"
    if document.xpath("//w:tc[not(*[last()][self::w:p])]", namespaces=SPACES):
        yield "a cell does not end in a paragraph"
    if document.xpath("//w:tbl/following-sibling::*[1][self::w:tbl]", namespaces=SPACES):
        yield "two tables touch"


def _words(document: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    styles = set(etree.fromstring(parts["word/styles.xml"]).xpath("//@w:styleId", namespaces=SPACES))
    named = set(
        document.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", namespaces=SPACES)
    )
    yield from (f"no style {one}" for one in sorted(named - styles))
    if document.xpath("//wp:docPr[not(@descr) or @descr='']", namespaces=SPACES):
        yield "a drawing without a description"
    face = "//w:rPr[parent::w:r or parent::w:sdtPr]/*[not(self::w:rStyle or self::w:rtl or self::w:lang)]"
    if document.xpath(face, namespaces=SPACES):
        yield "a run is formatted directly"
    stores = b"".join(p for n, p in parts.items() if n.startswith("customXml/itemProps"))
    for bound in document.iter(f"{W}dataBinding"):
        if bound.get(f"{W}storeItemID", "").encode() not in stores:
            yield "a control is bound to no part"
            return
