"""A table too long for a word processor is cut in the Word file only, and it says so."""

import io
import zipfile

from lxml import etree
from msgspec.structs import replace

from builders import Facts, money_table, sample_brief
from docx_words import docx_words
from moitt_report.brief.content import Brief, Row, Section
from moitt_report.render.docx.document import render_docx
from moitt_report.render.docx.shorten import cut, sentence
from moitt_report.render.workbook import sheets

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def long_brief(rows: int) -> Brief:
    facts = Facts()
    table = money_table(facts, rows=rows)
    body = tuple(
        Row(cells=row.cells, role=row.role, anchor=f"S{n}" if row.role == "body" else "")
        for n, row in enumerate(table.rows, 1)
    )
    notes = replace(
        sample_brief().sections[1].blocks[-1], items=sample_brief().sections[1].blocks[-1].items[:2]
    )
    return sample_brief(
        sections=(Section(id="only", blocks=(replace(table, rows=body), notes)),),
        facts=tuple(facts.facts.values()),
    )


def tree(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_a_long_table_is_cut_says_so_and_keeps_its_sums() -> None:
    brief = long_brief(30)
    table = brief.sections[0].blocks[0]
    data = render_docx(brief, most_rows=10)
    drawn = next(tree(data).iter(f"{W}tbl"))

    assert len(drawn.findall(f"{W}tr")) == 2 + 10
    words = docx_words(data)
    assert sentence("quarterly.xlsx", table) in words
    assert words.count("100.0") == 4
    assert not any(c.isdigit() for c in sentence("quarterly.xlsx", table).replace("Table 1", ""))


def test_references_to_rows_left_out_lead_to_the_sentence() -> None:
    root = tree(render_docx(long_brief(30), most_rows=10))
    names = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}

    assert {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")} <= names | {None}
    assert "S29" in names


def test_a_table_of_a_thousand_rows_is_whole() -> None:
    table = long_brief(996).sections[0].blocks[0]
    assert len(table.rows) == 1000
    assert cut(table, 1000, "a.xlsx").said == ""
    assert cut(long_brief(997).sections[0].blocks[0], 1000, "a.xlsx").said


def test_the_annex_workbook_has_every_row() -> None:
    _, _, lines = next(sheets(long_brief(30)))
    assert len([line for line in lines if len(line) > 1]) == 1 + 34


def test_the_pdf_and_the_word_file_of_a_built_in_brief_cut_nothing(builtin: Brief) -> None:
    assert not any("annex workbook" in words for words in docx_words(render_docx(builtin)))
