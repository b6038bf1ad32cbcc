"""The Word file as a package: sound by the schemas, the same each time, safe to open."""

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from builders import sample_brief
from moitt_report.render.docx.document import render_docx
from moitt_report.render.docx.house import house_parts
from moitt_report.render.theme import default_theme
from moitt_report.shipped import shipped
from moitt_report.zipping import zipped

HERE = Path(__file__).resolve()
SCHEMAS = HERE.parents[4] / "shared" / "ooxml-xsd"
RULES = {
    r"word/(document|styles|numbering|settings|fontTable|header\d*|footer\d*)\.xml": "wml.xsd",
    r"word/charts/chart\d+\.xml": "dml-chart.xsd",
    r"word/theme/theme\d+\.xml": "dml-main.xsd",
    r"docProps/app\.xml": "shared-documentPropertiesExtended.xsd",
    r"docProps/custom\.xml": "shared-documentPropertiesCustom.xsd",
    r"customXml/itemProps\d+\.xml": "shared-customXmlDataProperties.xsd",
    r"\[Content_Types\]\.xml": "opc-contentTypes.xsd",
    r".*\.rels": "opc-relationships.xsd",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_docx(sample_brief())


@pytest.fixture(scope="module")
def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def document(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])


def faults(parts: dict[str, bytes]) -> list[str]:
    """What the Open XML schemas object to."""
    schemas: dict[str, etree.XMLSchema] = {}
    out = []
    for name, part in parts.items():
        for pattern, file in RULES.items():
            if re.fullmatch(pattern, name):
                if file not in schemas:
                    schemas[file] = etree.XMLSchema(etree.parse(SCHEMAS / file))
                if not schemas[file].validate(etree.fromstring(part)):
                    out += [f"{name}: {fault.message}" for fault in schemas[file].error_log]
    return out


needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the Open XML schemas are not beside the project"
)


@needs_schemas
def test_every_part_obeys_the_open_xml_schemas(parts: dict[str, bytes]) -> None:
    assert faults(parts) == []


@needs_schemas
def test_a_final_brief_without_markings_obeys_the_schemas_too() -> None:
    data = render_docx(sample_brief(stage="final", classification="", file_number=""))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert faults({name: archive.read(name) for name in archive.namelist()}) == []


def test_the_rules_of_microsofts_validator_are_kept(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "brief.docx"
    file.write_bytes(data)

    assert OpenXmlValidator().validate(str(file)).errors == []


def test_python_docx_opens_it_and_finds_the_headings(data: bytes) -> None:
    opened = docx.Document(io.BytesIO(data))

    headings = [p.text for p in opened.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == ["Summary", "1. Money"]
    assert opened.core_properties.title == "ILLUSTRATIVE brief"
    assert opened.core_properties.subject == "2024-25-Q2"


def test_dates_come_from_the_brief(parts: dict[str, bytes]) -> None:
    core = parts["docProps/core.xml"].decode()

    assert re.findall(r"\d{4}-\d{2}-\d{2}T[^<]*", core) == ["2024-12-31T00:00:00Z"] * 2


def test_the_digest_of_the_brief_is_a_property(parts: dict[str, bytes]) -> None:
    assert sample_brief().digest.encode() in parts["docProps/custom.xml"]


def test_the_same_brief_gives_the_same_bytes(data: bytes) -> None:
    assert render_docx(sample_brief()) == data


_PROGRAM = """
import datetime, sys, time
from builders import sample_brief
from moitt_report.render.docx.document import render_docx

class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2031, 5, 6, 7, 8, 9, tzinfo=tz)
    utcnow = today = now

render_docx(sample_brief())  # everything is imported now
for module in list(sys.modules.values()):
    if getattr(module, "datetime", None) is datetime.datetime:
        module.datetime = Clock
datetime.datetime = Clock
late = time.struct_time((2031, 5, 6, 7, 8, 9, 1, 126, 0))
time.time, time.localtime, time.gmtime = lambda: 1.9e9, lambda *_: late, lambda *_: late
sys.stdout.buffer.write(render_docx(sample_brief()))
"""


@pytest.mark.parametrize(
    ("seed", "zone", "locale"), [("1", "Asia/Karachi", "C"), ("2", "America/Lima", "C.UTF-8")]
)
def test_hash_seed_time_zone_locale_and_clock_change_nothing(
    data: bytes, seed: str, zone: str, locale: str
) -> None:
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": locale,
        "PYTHONPATH": os.pathsep.join([str(HERE.parents[2]), os.environ.get("PYTHONPATH", "")]),
    }
    done = subprocess.run([sys.executable, "-c", _PROGRAM], env=environment, capture_output=True, check=True)

    assert done.stdout == data


def test_no_member_carries_a_clock_and_none_comes_twice(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == ["[Content_Types].xml", *sorted(set(names) - {"[Content_Types].xml"})]
    assert not [name for name in names if "thumbnail" in name or "stylesWithEffects" in name]


def test_word_has_nothing_to_ask_on_opening(parts: dict[str, bytes]) -> None:
    everything = b"".join(part for name, part in parts.items() if name.endswith(".xml"))

    assert b"w:dirty" not in everything
    assert b"updateFields" not in everything
    assert b'w:name="compatibilityMode"' in parts["word/settings.xml"]


@pytest.mark.parametrize(
    "path",
    ["//w:bookmarkStart/@w:id", "//w:bookmarkStart/@w:name", "//wp:docPr/@id", "//w:sdtPr/w:id/@w:val"],
)
def test_numbers_and_names_are_given_once(document: etree._Element, path: str) -> None:
    found = document.xpath(path, namespaces=SPACES)

    assert found
    assert len({name.casefold() for name in found}) == len(found)


def test_each_link_inside_has_its_target(document: etree._Element) -> None:
    targets = document.xpath("//w:hyperlink/@w:anchor", namespaces=SPACES)
    names = document.xpath("//w:bookmarkStart/@w:name", namespaces=SPACES)

    assert targets
    assert set(targets) <= set(names)
    assert all(len(name) <= 40 for name in names)


def test_only_styles_of_the_house_are_named_and_runs_wear_nothing_else(
    document: etree._Element, parts: dict[str, bytes]
) -> None:
    house = etree.fromstring(parts["word/styles.xml"]).xpath("//@w:styleId", namespaces=SPACES)
    path = "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"
    direct = "//w:rPr[parent::w:r or parent::w:sdtPr]/*[not(self::w:rStyle or self::w:rtl or self::w:lang)]"

    assert set(document.xpath(path, namespaces=SPACES)) <= set(house)
    assert document.xpath(direct, namespaces=SPACES) == []


def test_each_cell_ends_in_a_paragraph_and_no_two_tables_touch(document: etree._Element) -> None:
    assert document.xpath("//w:tc[not(*[last()][self::w:p])]", namespaces=SPACES) == []
    touching = "//w:tbl/following-sibling::*[1][self::w:tbl]"
    assert document.xpath(touching, namespaces=SPACES) == []


def test_only_a_draft_is_marked_as_one() -> None:
    for stage, heads in (("draft", 2), ("final", 0)):
        with zipfile.ZipFile(io.BytesIO(render_docx(sample_brief(stage=stage)))) as archive:
            marked = [n for n in archive.namelist() if b"PowerPlusWaterMark" in archive.read(n)]
        assert len(marked) == heads


def test_the_house_document_is_the_one_its_script_makes() -> None:
    made = zipped({name: text.encode() for name, text in house_parts(default_theme()).items()})

    assert shipped("templates", "house.docx").read_bytes() == made, "run templates/make_house.py"


def test_another_theme_brings_its_own_styles() -> None:
    theme = default_theme()
    colours = replace(theme.colours, accent="#10306B")
    data = render_docx(sample_brief(), replace(theme, colours=colours))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"10306B" in archive.read("word/styles.xml")
        assert b"10306B" in archive.read("word/charts/chart1.xml")
        assert b"0B4A35" not in archive.read("word/styles.xml")
