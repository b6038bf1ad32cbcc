"""What a screen reader meets: headings, tables with heads, figures with words, links."""

import io
import re

import pypdf
import pytest
from msgspec.structs import replace

from builders import money_table, progress_chart, sample_brief, say
from moitt_report.brief.content import (
    Category,
    Cell,
    Chart,
    Column,
    Contents,
    HeadGroup,
    Heading,
    Link,
    NoteItem,
    NoteRef,
    Notes,
    PageBreak,
    Paragraph,
    Point,
    Row,
    Series,
    Table,
    Text,
    plain,
)
from moitt_report.render.pdf.archive import ArchivalCanvas, UnembeddedFontError
from moitt_report.render.pdf.canvas import UntaggedError
from moitt_report.render.pdf.document import render_pdf
from moitt_report.render.pdf.prose import words
from moitt_report.render.pdf.tags import Element
from moitt_report.render.pdf.text import Setter
from moitt_report.render.theme import default_theme


def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_headings_follow_the_levels_of_the_brief(sample_pdf, tree_of):
    roles = [node.role for node in tree_of(sample_pdf).all() if re.fullmatch(r"H\d", node.role)]
    assert roles == ["H1", "H2", "H2", "H3"]


def test_a_table_has_caption_head_and_body_and_its_rows_are_equally_wide(sample_pdf, tree_of):
    tables = list(tree_of(sample_pdf).all("Table"))
    assert tables
    for table in tables:
        assert [kid.role for kid in table.kids] == ["Caption", "THead", "TBody"]
        rows = [[(c.attribute("/ColSpan") or 1) for c in row.kids] for row in table.kids[2].kids]
        assert len({sum(spans) for spans in rows}) == 1
        width = sum(rows[0])
        head = table.kids[1].kids
        cells = [
            (c.attribute("/ColSpan") or 1) * (c.attribute("/RowSpan") or 1) for row in head for c in row.kids
        ]
        assert sum(cells) == width * len(head)


def test_heads_of_columns_and_rows_say_their_scope(sample_pdf, tree_of):
    table = next(tree_of(sample_pdf).all("Table"))
    assert {c.attribute("/Scope") for c in table.kids[1].all("TH")} == {"/Column"}
    for row in table.kids[2].kids:
        assert [c.attribute("/Scope") for c in row.all("TH")] == ["/Row"]


@pytest.mark.parametrize("grouped", [False, True])
def test_a_row_of_one_line_is_tagged_as_one_that_is_broken(facts, brief_of, tree_of, grouped):
    """The two are painted in different ways."""
    short = replace(money_table(facts, rows=2), sources=(), notes=())
    if not grouped:
        short = replace(short, groups=())
    first, *rest = short.rows
    cells = list(first.cells)
    cells[short.stub] = replace(cells[short.stub], runs=say("A name " * 40))
    broken = replace(short, rows=(replace(first, cells=tuple(cells)), *rest))
    bodies = [
        [
            [(cell.role, str(cell.raw.get("/A")), str(cell.raw.get("/ID"))) for cell in row.kids]
            for row in next(tree_of(render_pdf(brief_of(table))).all("TBody")).kids
        ]
        for table in (short, broken)
    ]
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) == len(short.rows)


def test_a_repeated_head_is_an_artifact(facts, brief_of, tree_of):
    table = replace(money_table(facts, rows=150), notes=(), sources=())
    root = tree_of(render_pdf(brief_of(table)))
    (found,) = root.all("Table")
    assert len(list(found.all("THead"))) == 1
    assert len(found.kids[2].kids) == 154
    assert [kid.role for kid in found.kids] == ["Caption", "THead", "TBody"], "nor is it told that it goes on"


def test_a_table_without_rows_still_has_a_body(facts, brief_of, tree_of):
    empty = replace(money_table(facts), rows=(), notes=(), sources=())
    (table,) = tree_of(render_pdf(brief_of(empty))).all("Table")
    assert [kid.role for kid in table.kids] == ["Caption", "THead", "TBody"]


def test_a_figure_has_its_words_and_its_box(sample_pdf, tree_of):
    figures = list(tree_of(sample_pdf).all("Figure"))
    assert len(figures) == 5
    for figure in figures:
        assert figure.raw["/Alt"]
        assert len(figure.attribute("/BBox")) == 4


def test_a_chart_has_its_caption_beside_the_picture(sample_pdf, tree_of):
    found = [[kid.role for kid in div.kids] for div in tree_of(sample_pdf).all("Div")]
    assert found.count(["Caption", "Figure"]) == 5


def test_a_picture_over_several_pages_is_one_picture_that_says_on_each_which_it_is(facts, brief_of, tree_of):
    many = lying_chart(facts, 90)
    pdf = render_pdf(brief_of(many))
    (figure,) = tree_of(pdf).all("Figure")
    pages = [" ".join(page.extract_text().split()) for page in reader(pdf).pages]
    begun, gone_on = "Chart 5. Many bars", "Chart 5, continued. US$ million Exports"
    said = [(page.count(begun), page.count(gone_on)) for page in pages if "Name" in page]
    assert said == [(1, 0), *[(0, 1)] * (len(said) - 1)]
    shown = {page_of(kid, figure) for kid in figure.raw["/K"]}
    assert len(shown) == len(said) > 1
    assert figure.attribute("/BBox") is None, "it stands on no single page"


def page_of(kid, figure):
    holder = kid if isinstance(kid, dict) else figure.raw
    return holder.raw_get("/Pg").idnum


def lying_chart(facts, count):
    """Bars for `count` categories."""
    points = tuple(Point(value="5", label=facts.figure("5")) for _ in range(count))
    return Chart(
        form="bars",
        anchor="many",
        number="Chart 5",
        title=say("Many bars"),
        unit=say("US$ million"),
        categories=tuple(Category(label=say("Name")) for _ in range(count)),
        series=(Series(name=say("Exports"), role="actual", points=points),),
        alt=say("Each is five."),
    )


def test_the_words_of_a_picture_say_their_language(facts, brief_of, tree_of):
    drawn = replace(lying_chart(facts, 2), alt=(Text(words="Cinq et cinq.", language="fr"),))
    (figure,) = tree_of(render_pdf(brief_of(drawn))).all("Figure")
    assert figure.raw["/Lang"] == "fr"
    (plain_one,) = tree_of(render_pdf(brief_of(lying_chart(facts, 2)))).all("Figure")
    assert "/Lang" not in plain_one.raw


def test_what_leads_nowhere_does_not_look_like_a_link(facts, brief_of):
    drawn = lying_chart(facts, 1)
    linked = replace(drawn, categories=(Category(label=(Link(words="Name", target="#head"),)),))
    strokes = [
        reader(render_pdf(brief_of(chart))).pages[0].get_contents().get_data().count(b" l S")
        for chart in (drawn, linked)
    ]
    assert strokes[0] == strokes[1]


def test_a_link_without_words_says_where_it_leads(brief_of):
    blank = Heading(level=2, runs=say("  "), anchor="blank")
    read = reader(render_pdf(brief_of(Contents(title=say("Contents")), blank)))
    said = [note.get_object()["/Contents"] for page in read.pages for note in page.get("/Annots", [])]
    assert said == ["Heading", "#blank"]


def test_an_entry_of_the_contents_is_one_link_even_where_its_heading_refers_to_a_note(brief_of, tree_of):
    noted = Heading(level=2, runs=(*say("Money, see "), NoteRef(words="R1")), anchor="noted")
    note = Notes(items=(NoteItem(number="R1", title=say("T."), runs=say("Words.")),))
    toc = next(tree_of(render_pdf(brief_of(Contents(title=say("Contents")), noted, note))).all("TOC"))
    assert list(toc.outline()) == ["TOC", *["  TOCI", "    Reference", "      Link"] * 2]


def test_links_hold_their_words_and_their_annotation(sample_pdf, tree_of):
    links = list(tree_of(sample_pdf).all("Link"))
    assert len(links) > 5
    for link in links:
        assert link.objects
        annotation = link.objects[0]["/Obj"].get_object()
        assert annotation["/Contents"]
        assert annotation["/F"] == 4
        assert "/StructParent" in annotation


def test_internal_links_lead_to_destinations_that_exist(sample_pdf):
    read = reader(sample_pdf)
    named = set(read.named_destinations)
    wanted = {
        str(note.get_object()["/Dest"])
        for page in read.pages
        for note in page.get("/Annots", [])
        if "/Dest" in note.get_object()
    }
    assert wanted
    assert all("[" in dest or dest in named or dest.lstrip("/") in named for dest in wanted)


def test_a_link_over_several_lines_is_one_element(brief_of, tree_of):
    link = Link(words="words that go on " * 20, target="https://example.org/a")
    (found,) = tree_of(render_pdf(brief_of(Paragraph(runs=(link,))))).all("Link")
    assert len(found.objects) == 4


def test_words_in_another_language_say_so(brief_of, tree_of):
    runs = (*say("He said "), Text(words="déjà vu", language="fr"))
    (span,) = tree_of(render_pdf(brief_of(Paragraph(runs=runs)))).all("Span")
    assert span.raw["/Lang"] == "fr"


def test_the_classification_is_read_aloud_once_before_all_else(brief_of, tree_of):
    pages = PageBreak(), Paragraph(runs=say("On the second page."))
    pdf = render_pdf(brief_of(*pages, classification="TOP SECRET"))
    first, *sections = tree_of(pdf).kids
    assert (first.role, [node.role for node in sections]) == ("P", ["Sect"])
    code = [page.get_contents().get_data().decode("latin-1") for page in reader(pdf).pages]
    said = [re.findall(r"/(\w+)<<[^>]*>>BDC(?:(?!BDC).)*?\(TOP SECRET\)", one, re.DOTALL) for one in code]
    assert said == [["P", "Artifact"], ["Artifact", "Artifact"]]
    unclassified = tree_of(render_pdf(brief_of(*pages, classification="")))
    assert [node.role for node in unclassified.kids] == ["Sect"]


def test_notes_are_notes_and_what_refers_to_them_is_a_reference(sample_pdf, tree_of):
    root = tree_of(sample_pdf)
    assert [str(note.raw["/ID"]) for note in root.all("Note")] == ["note-R1", "note-M1", "note-S1"]
    cited = [r for r in root.all("Reference") if r.kids[0].role == "Link"]
    assert len(cited) > 3


def test_cells_under_grouped_heads_call_their_heads_by_name(sample_pdf, tree_of):
    root = tree_of(sample_pdf)
    names = {str(th.raw["/ID"]) for th in root.all("TH") if "/ID" in th.raw}
    table = next(root.all("Table"))
    cells = list(table.kids[2].all("TD"))
    assert cells
    for cell in cells:
        called = [str(name) for name in cell.attribute("/Headers")]
        assert set(called) <= names
    local = [str(n) for n in table.kids[2].kids[0].kids[2].attribute("/Headers")]
    assert local == ["table-1.0.g2", "table-1.0.c2", "table-1.0.r0"]


@pytest.mark.parametrize("stub", [0, 1, 33])
def test_cells_of_a_parted_table_call_heads_of_their_own_part(stub, facts, brief_of, tree_of):
    """Also where none of the heads of a part are grouped."""
    row = Row(cells=tuple(Cell(runs=(facts.figure("1,063.000"),)) for _ in range(34)))
    table = Table(
        anchor="wide",
        title=say("Wide"),
        columns=tuple(Column(head=say("Amount"), width=20, align="right") for _ in range(34)),
        groups=(HeadGroup(runs=say("Group"), first=2, last=3),),
        stub=stub,
        rows=(row,) * 2,
    )
    parts = list(tree_of(render_pdf(brief_of(table))).all("Table"))
    assert len(parts) > 2
    for part in parts:
        names = {str(th.raw["/ID"]) for th in part.all("TH")}
        for row in part.kids[-1].kids:
            called = [{str(name) for name in cell.attribute("/Headers")} for cell in row.all("TD")]
            assert called
            assert all(heads <= names for heads in called)
            assert len(set.union(*called)) >= len(called) + 1, "each its own head, and all that of the row"


def test_lists_have_labels_and_bodies(sample_pdf, tree_of):
    items = list(tree_of(sample_pdf).all("LI"))
    assert items
    for item in items:
        assert [kid.role for kid in item.kids] in (["Lbl", "LBody"], ["LBody"])


def test_contents_are_tagged(sample_pdf, tree_of):
    assert len(list(tree_of(sample_pdf).all("TOCI"))) == 2


def test_title_and_sections_are_bookmarks_and_the_sections_stand_under_the_title(sample, sample_pdf):
    title, sections = reader(sample_pdf).outline
    front = sample.sections[0].blocks[0]
    assert title["/Title"] == plain(front.title)
    assert [entry["/Title"] for entry in sections] == ["Summary", "1. Money"]


def test_every_piece_of_marked_content_has_its_element(sample_pdf):
    read = reader(sample_pdf)
    numbers = read.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = {numbers[n]: numbers[n + 1].get_object() for n in range(0, len(numbers), 2)}
    for page in read.pages:
        code = page.get_contents().get_data().decode("latin-1")
        marks = [int(n) for n in re.findall(r"/MCID (\d+)>>BDC", code)]
        assert marks == list(range(len(marks))) == list(range(len(owners[page["/StructParents"]])))
        assert page["/Tabs"] == "/S"


def test_nothing_is_painted_outside_marked_content(sample_pdf):
    for page in reader(sample_pdf).pages:
        depth = 0
        for token in page.get_contents().get_data().decode("latin-1").split():
            if token.endswith(("BDC", "BMC")):
                depth += 1
            elif token == "EMC":
                depth -= 1
            elif token in {"Tj", "TJ", "S", "f", "B"}:
                assert depth == 1
        assert depth == 0


def test_the_tree_of_a_small_brief_reads_in_order(facts, brief_of, tree_of):
    drawn = replace(progress_chart(facts), sources=(), notes=())
    brief = brief_of(drawn, Heading(level=3, runs=say("Sub"), anchor="sub"), Paragraph(runs=say("w")))
    assert list(tree_of(render_pdf(brief)).outline()) == [
        "Document",
        "  P",
        "  Sect",
        "    P",
        "    H1",
        "    P",
        "    H2",
        "    Div",
        "      Caption",
        "      Figure",
        "    H3",
        "    P",
    ]


@pytest.fixture
def canvas():
    return ArchivalCanvas(Element("Document"), (595, 842), "en", "2024-12-31")


@pytest.mark.parametrize(
    "paint",
    [
        lambda c: c.drawString(1, 1, "x"),
        lambda c: c.beginText(1, 1),
        lambda c: c.rect(1, 1, 1, 1),
        lambda c: c.line(1, 1, 1, 1),
        lambda c: c.drawPath(c.beginPath()),
        lambda c: c.linkURL("https://example.org", (1, 1, 1, 1)),
    ],
)
def test_painting_that_knows_no_element_is_refused(canvas, paint):
    with pytest.raises(UntaggedError):
        paint(canvas)


def test_text_without_an_element_is_refused(canvas):
    setter = Setter(default_theme())
    line = setter.line(words("lost"), setter.type("body"))
    with pytest.raises(UntaggedError, match="lost"):
        canvas.text(None, line, 0, 0)
    with canvas.artifact():
        canvas.text(None, line, 0, 0)


def test_a_figure_inside_a_figure_is_refused(canvas):
    with (
        canvas.figure(Element("Figure", canvas.tree.root)),
        pytest.raises(UntaggedError),
        canvas.figure(Element("Figure", canvas.tree.root)),
    ):
        pass


def test_a_font_that_is_not_embedded_is_refused(canvas):
    with pytest.raises(UnembeddedFontError, match="Helvetica"):
        canvas.setFont("Helvetica", 9)


def test_a_draft_is_as_well_tagged_as_a_final_brief(tree_of):
    outlines = [list(tree_of(render_pdf(sample_brief(stage=s))).outline()) for s in ("draft", "final")]
    assert outlines[0] == outlines[1]
