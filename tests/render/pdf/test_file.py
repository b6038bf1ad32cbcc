"""The file itself: fonts, identification, attachment, syntax."""

import csv
import hashlib
import io
import shutil
import subprocess

import pypdf
import pytest
from msgspec.structs import replace

from builders import money_table, sample_brief, say
from moitt_report.brief.content import Brief, Cell, Chart, Figure, Row, Table, blocks
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
    assert Brief.from_json(data) == sample
    for file in read.trailer["/Root"]["/AF"]:
        assert file.get_object()["/AFRelationship"] == "/Data"


def test_each_table_and_chart_is_attached_as_csv(read, sample):
    wanted = {f"{b.anchor}.csv" for b in blocks(sample) if isinstance(b, Table | Chart)}
    assert wanted
    assert set(read.attachments) == wanted | {"brief.json"}
    (data,) = read.attachments["table-1.csv"]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["No.", "Project", "Allocation: Local", "Allocation: Total", "Share, %"]
    assert rows[1] == ["1", "Project A", "n.r.", "1063.000", "45.2"]
    assert rows[-1] == ["All projects", "", "n.r.", "3189.000", "100.0"]


def test_a_chart_as_csv_has_its_values_and_says_what_is_absent(read):
    (data,) = read.attachments["chart-2.csv"]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["", "2023", "2024"],
        ["October", "238", "330"],
        ["November", "n.r.", "310"],
        ["December", "303", "348"],
    ]


def test_words_that_a_spreadsheet_would_run_are_marked_as_words(facts, brief_of):
    table = replace(money_table(facts, name='=HYPERLINK("x")'), notes=(), sources=())
    facts.figure("n.r.")
    (name, said) = list(facts.facts.items())[-1]
    facts.facts[name] = replace(said, printings={"table": "@SUM(A:A)"})
    absent = Figure(fact=name, printing="table", words="@SUM(A:A)", absent=True)
    body = Row(
        cells=(
            Cell(runs=(absent,)),
            *table.rows[0].cells[1:3],
            Cell(runs=(facts.figure("−5"),)),
            table.rows[0].cells[4],
        )
    )
    heads = (replace(table.groups[0], runs=say("+Group")),)
    table = replace(table, rows=(table.rows[0], body), groups=heads)
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(brief_of(table))))
    (data,) = pdf.attachments["table-1.csv"]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][2] == "'+Group: Local"
    assert rows[1][1] == '\'=HYPERLINK("x") A'
    assert rows[2][0] == "'@SUM(A:A)", "the words of an absence come from the brief too"
    assert rows[2][3] == "-5", "a number stays one"


def test_the_metadata_ties_the_file_to_its_number_and_its_data(read, sample):
    words = read.trailer["/Root"]["/Metadata"].get_data().decode()
    (data,) = read.attachments["brief.json"]
    assert f"<moitt:dataDigest>{hashlib.sha256(data).hexdigest()}<" in words
    assert f"<moitt:fileNumber>{sample.file_number}<" in words
    assert "<moitt:period>2024-25-Q2<" in words


def test_pages_are_labelled_with_the_numbers_they_bear(read):
    assert list(read.page_labels) == [str(n) for n in range(1, len(read.pages) + 1)]


def test_pages_are_a4(read):
    for page in read.pages:
        assert [round(float(v), 1) for v in page.mediabox] == [0, 0, 595.3, 841.9]


@pytest.mark.judge
def test_qpdf_finds_no_fault(sample_pdf, tmp_path):
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    file = tmp_path / "sample.pdf"
    file.write_bytes(sample_pdf)
    ran = subprocess.run([qpdf, "--check", str(file)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
