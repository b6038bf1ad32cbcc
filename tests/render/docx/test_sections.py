"""A table too wide for the page lies on a page of its own, and no paragraph stands empty only to make room."""

import io
import zipfile

import pytest
from lxml import etree
from msgspec.structs import replace

from builders import Facts, money_table, sample_brief, say
from docx_words import furniture_words
from moitt_report.brief.content import (
    Block,
    Brief,
    Cell,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Table,
)
from moitt_report.render.docx.document import render_docx
from moitt_report.render.theme import default_theme
from moitt_report.shipped import shipped
from soundness import faults

SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{SPACES['w']}}}"


def table_of(columns: int, anchor: str = "wide", width: float = 25) -> Table:
    return Table(
        anchor=anchor,
        title=say("Wide"),
        columns=tuple(Column(head=say("head"), width=width) for _ in range(columns)),
        rows=(Row(cells=tuple(Cell(runs=say("x")) for _ in range(columns))),),
    )


def brief_of(*content: Block) -> Brief:
    return sample_brief(sections=(Section(id="only", blocks=content),), facts=())


def tree(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def pages(data: bytes) -> list[tuple[bool, bool, list[str]]]:
    """Of each section whether its pages lie, whether its first page is of its own, and its paragraphs."""
    found, words = [], []
    for element in tree(data).iter(f"{W}p", f"{W}sectPr"):
        if element.tag == f"{W}p":
            words.append("".join(element.itertext(f"{W}t")))
            continue
        size = element.find("w:pgSz", SPACES)
        assert size is not None
        lies = size.get(f"{W}orient") == "landscape"
        assert lies == (int(size.get(f"{W}w")) > int(size.get(f"{W}h")))
        found.append((lies, element.find("w:titlePg", SPACES) is not None, [w for w in words if w]))
        words = []
    return found


START = Heading(level=1, runs=say("Start"), anchor="start")
TEXT = Paragraph(runs=say("Text"))
HEAD = Heading(level=2, runs=say("Head"), anchor="head")


def test_a_wide_table_lies_with_the_heading_over_it() -> None:
    data = render_docx(brief_of(START, TEXT, HEAD, table_of(9), Paragraph(runs=say("After"))))

    assert pages(data) == [
        (False, True, ["Start", "Text"]),
        (True, False, ["Head", "Wide", *["head"] * 9, *["x"] * 9]),
        (False, False, ["After"]),
    ]
    assert faults(data) == []


@pytest.mark.parametrize(
    ("blocks", "lying"),
    [
        ((START, table_of(9)), [True]),
        ((START, TEXT, table_of(9)), [False, True]),
        ((table_of(9), START), [True, False]),
        ((START, TEXT, PageBreak(), table_of(9), PageBreak(), HEAD), [False, True, False]),
        ((START, TEXT, table_of(9), table_of(40, "very"), PageBreak(), table_of(9, "third")), [False, True]),
        ((START, TEXT, table_of(8)), [False]),
    ],
)
def test_sections_begin_and_end_with_the_wide_tables(blocks: tuple[Block, ...], lying: list[bool]) -> None:
    data = render_docx(brief_of(*blocks))

    assert [lies for lies, _, _ in pages(data)] == lying
    assert [first for _, first, _ in pages(data)] == [True, *[False] * (len(lying) - 1)]
    assert faults(data) == []


def test_the_table_fills_the_lying_page_and_heads_reach_its_edge() -> None:
    data = render_docx(brief_of(START, TEXT, table_of(9)))
    grid = [int(column.get(f"{W}w")) for column in tree(data).iter(f"{W}gridCol")]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
        head = archive.read("word/header3.xml").decode()
    stops = styles.xpath("//w:style[@w:styleId='HeaderLying']//w:tab/@w:pos", namespaces=SPACES)

    assert sum(grid) == int(stops[-1]) == round((297 - 23 - 20) / 25.4 * 1440)
    assert "PowerPlusWaterMarkObject3" in head
    assert furniture_words(data).count("File No. F. 1(2)/2024-Dev\tRESTRICTED\tPage 1 of 1") == 2


def test_without_a_wide_table_there_are_no_heads_for_one() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(brief_of(START, TEXT)))) as archive:
        assert "word/header3.xml" not in archive.namelist()
        assert b"header3" not in archive.read("word/_rels/document.xml.rels")


def test_a_template_without_lying_pages_lends_its_upright_ones_turned() -> None:
    out = io.BytesIO()
    given = io.BytesIO(shipped("templates", "house.docx").read_bytes())
    with zipfile.ZipFile(given) as house, zipfile.ZipFile(out, "w") as archive:
        for name in house.namelist():
            text = house.read(name)
            if name == "word/document.xml":
                start, end = text.index(b"<w:p>"), text.index(b"<w:p/>")
                text = text[:start] + text[end:]
            archive.writestr(name, text)
    data = render_docx(brief_of(START, TEXT, table_of(9)), template=out.getvalue())

    assert [lies for lies, _, _ in pages(data)] == [False, True]
    margins = [dict(each.attrib) for each in tree(data).iter(f"{W}pgMar")]
    assert margins[1][f"{W}top"] == margins[0][f"{W}left"]
    assert margins[1][f"{W}left"] == margins[0][f"{W}bottom"]


def test_another_paper_is_turned_too() -> None:
    theme = default_theme()
    page = replace(theme.page, width=216, height=279)
    data = render_docx(brief_of(START, TEXT, table_of(11)), replace(theme, page=page))
    sizes = [(each.get(f"{W}w"), each.get(f"{W}h")) for each in tree(data).iter(f"{W}pgSz")]

    assert sizes == [("12246", "15817"), ("15817", "12246")]


def test_a_page_break_is_a_property_of_what_follows() -> None:
    f = Facts()
    small = replace(money_table(f), notes=(), sources=())
    for above, block in (
        (TEXT, HEAD),
        (TEXT, TEXT),
        (TEXT, small),
        (table_of(3), TEXT),
        (table_of(3), small),
    ):
        brief = sample_brief(
            sections=(Section(id="s", blocks=(START, above, PageBreak(), block)),),
            facts=tuple(f.facts.values()),
        )
        data = render_docx(brief)
        assert faults(data) == []
        breaks = list(tree(data).iter(f"{W}pageBreakBefore"))
        assert len(breaks) == 1
        assert "".join(breaks[0].getparent().getparent().itertext(f"{W}t"))


def demanded(paragraph: etree._Element) -> bool:
    """Whether Word itself demands this empty paragraph: in a cell, between two tables, at a section's end."""
    if paragraph.getparent().tag == f"{W}tc" or paragraph.find("w:pPr/w:sectPr", SPACES) is not None:
        return True
    before, after = paragraph.getprevious(), paragraph.getnext()
    tables = [each is not None and each.tag == f"{W}tbl" for each in (before, after)]
    return all(tables)


def test_no_paragraph_stands_empty_only_to_make_room(builtin: Brief) -> None:
    for brief in (builtin, sample_brief()):
        for paragraph in tree(render_docx(brief)).iter(f"{W}p"):
            if not "".join(paragraph.itertext(f"{W}t")) and paragraph.find(".//w:drawing", SPACES) is None:
                assert demanded(paragraph), etree.tostring(paragraph)
