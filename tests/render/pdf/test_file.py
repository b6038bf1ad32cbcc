"""The file itself: fonts, identification, attachment, syntax."""

import io
import json
import shutil
import subprocess

import pypdf
import pytest

from builders import sample_brief
from moitt_report.brief.content import Brief
from moitt_report.render.pdf.document import render_pdf


@pytest.fixture
def read(sample_pdf):
    return pypdf.PdfReader(io.BytesIO(sample_pdf))


def test_every_font_is_embedded_as_a_subset_with_a_map_to_characters(read):
    fonts = {}
    for page in read.pages:
        for font in page["/Resources"]["/Font"].values():
            fonts[font.get_object()["/BaseFont"]] = font.get_object()
    assert {name.split("+")[1] for name in fonts} <= {
        f"MoittSans-{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic")
    }
    for name, font in fonts.items():
        assert "+" in name
        assert "/FontFile2" in font["/FontDescriptor"]
        assert b"<0000>\n" not in font["/ToUnicode"].get_data().split(b"endcodespacerange")[1]


def test_the_file_says_what_it_is(read, sample):
    root = read.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    for words in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", sample.author):
        assert words in metadata
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert read.metadata.title == sample.title
    assert read.metadata.creation_date_raw.startswith("D:20241231000000")


def test_markup_in_the_title_does_not_break_the_metadata():
    pdf = render_pdf(sample_brief(title="R&D <draft>", author="A & B"))
    metadata = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "R&amp;D &lt;draft&gt;" in metadata


def test_the_brief_is_attached_as_data(read, sample):
    (data,) = read.attachments["brief.json"]
    assert Brief.model_validate(json.loads(data)) == sample
    (file,) = read.trailer["/Root"]["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Data"


def test_pages_are_a4(read):
    for page in read.pages:
        assert [round(float(v), 1) for v in page.mediabox] == [0, 0, 595.3, 841.9]


def test_qpdf_finds_no_fault(sample_pdf, tmp_path):
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    file = tmp_path / "sample.pdf"
    file.write_bytes(sample_pdf)
    ran = subprocess.run([qpdf, "--check", str(file)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
