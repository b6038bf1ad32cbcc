"""Nothing leaves the text block, whatever the data."""

from io import BytesIO

import pypdf
import pypdfium2
import pytest
from msgspec.structs import replace

from builders import money_table, month_chart, say
from moitt_report.brief.content import (
    Cell,
    Column,
    Contents,
    HeadGroup,
    Heading,
    KeyFigure,
    KeyFigures,
    List,
    NoteItem,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
    TitleBlock,
    TitleField,
)
from moitt_report.errors import InputError
from moitt_report.render.pdf.document import render_pdf
from moitt_report.render.pdf.text import Setter
from moitt_report.render.theme import default_theme

MM = 72 / 25.4
LEFT, RIGHT = 24 * MM, (210 - 18) * MM
TOP, BOTTOM = (297 - 23) * MM, 20 * MM
LONG = ("Hybrid power solution for the remote sites of an organisation in the far north " * 3)[:200]
UNBROKEN = "Unbrokenword" * 7
DIGITS = "1234567890" * 4


def grid(facts, rows, figures, name="Project", number="1,063.000", **more):
    """A table of `rows` with a serial column, a stub and columns of figures."""
    columns = [Column(head=say("No."), width=8, muted=True), Column(head=say("Project"), width=60)]
    columns += [Column(head=say("Amount"), width=20, align="right")] * figures
    return Table(
        anchor="grid",
        title=say("Title"),
        stub=1,
        columns=tuple(columns),
        rows=tuple(
            Row(
                cells=(
                    Cell(runs=say(str(n), furniture="number")),
                    Cell(runs=say(name)),
                    *(Cell(runs=(facts.figure(number),)) for _ in range(figures)),
                )
            )
            for n in range(1, rows + 1)
        ),
        **more,
    )


def outside(pages):
    """Boxes of text that leave the text block, head and foot left aside."""
    return [
        box
        for page in pages
        for box in page
        if BOTTOM - 1 < (box[1] + box[3]) / 2 < TOP + 1
        and (box[0] < LEFT - 1 or box[2] > RIGHT + 3 or box[1] < BOTTOM - 1 or box[3] > TOP + 1)
    ]


HARD = {
    "long names": lambda f: grid(f, 5, 4, LONG),
    "unbroken words": lambda f: grid(f, 5, 4, UNBROKEN),
    "forty digits": lambda f: grid(f, 3, 2, "Short", DIGITS),
    "forty digits in six columns": lambda f: grid(f, 3, 6, "Short", DIGITS),
    "remarks of 500 characters": lambda f: grid(f, 5, 4, ("remark " * 80)[:500]),
    "a remark longer than a page": lambda f: grid(f, 2, 6, "remark " * 560),
    "thirty-five columns": lambda f: grid(f, 4, 33, groups=(HeadGroup(runs=say("Group"), first=3, last=30),)),
    "one row": lambda f: grid(f, 1, 1),
    "no rows": lambda f: grid(f, 0, 1),
    "markup": lambda f: grid(f, 2, 2, "<b>bold</b> & </para><font color=red>"),
    "markup of the web": lambda f: grid(f, 2, 2, '<img src="x"> &amp; {\\rtf} =A+B'),
    "a cell of spaces": lambda f: grid(f, 3, 2, " "),
    "a paragraph of spaces": lambda _: Paragraph(runs=say("   ")),
    "a heading of spaces": lambda _: Heading(level=3, runs=say("  "), anchor="blank"),
    "a list of spaces": lambda _: List(items=(say("  "), say("item"))),
    "a note of spaces": lambda _: Notes(items=(NoteItem(number="M1", title=say(" "), runs=say("  ")),)),
    "a long paragraph": lambda _: Paragraph(number=7, runs=say((LONG + UNBROKEN + " ") * 12)),
    "a long list": lambda _: List(items=(say(LONG),) * 60, ordered=True),
    "a long heading": lambda _: Heading(level=3, runs=say(LONG + UNBROKEN), anchor="long"),
    "notes": lambda _: Notes(
        items=tuple(NoteItem(number=f"M{n}", title=say("Title."), runs=say(LONG)) for n in range(1, 60))
    ),
    "a pair": lambda f: Pair(left=grid(f, 3, 3), right=replace(money_table(f), notes=(), sources=())),
}


@pytest.mark.parametrize("kind", HARD)
def test_hard_content_stays_inside_the_text_block(kind, facts, brief_of, boxes_of):
    assert outside(boxes_of(render_pdf(brief_of(HARD[kind](facts))))) == []


def test_the_sample_stays_inside_the_text_block(sample_pdf, boxes_of):
    # The watermark is the one piece of text that is larger than the text around it.
    pages = [[box for box in page if box[3] - box[1] < 200] for page in boxes_of(sample_pdf)]
    assert outside(pages) == []


def test_words_that_must_be_broken_lose_no_letter(facts, brief_of, text_of):
    text = text_of(render_pdf(brief_of(grid(facts, 1, 6, UNBROKEN, DIGITS)))).replace(" ", "")
    assert UNBROKEN in text


def test_a_row_taller_than_a_page_begins_where_there_is_room(facts, brief_of):
    reader = pypdf.PdfReader(BytesIO(render_pdf(brief_of(grid(facts, 2, 6, "remark " * 560)))))
    assert len(reader.pages) > 1
    assert all(page.extract_text().count("remark") > 100 for page in reader.pages[:-1])


def test_a_figure_takes_its_room_from_the_text(facts, brief_of, text_of):
    assert text_of(render_pdf(brief_of(grid(facts, 1, 2, "Short", DIGITS)))).count(DIGITS) == 2


def test_a_figure_of_two_words_is_not_broken(facts, brief_of, text_of):
    table = grid(facts, 3, 8, number="over 185,000")
    (page,) = pypdfium2.PdfDocument(render_pdf(brief_of(table)))
    lines = page.get_textpage().get_text_range().splitlines()
    assert sum(line.count("over 185,000") for line in lines) == 24


def test_five_thousand_rows_are_set_with_the_head_on_every_page(facts, brief_of, text_of, boxes_of):
    pdf = render_pdf(brief_of(grid(facts, 5000, 3)))
    pages = boxes_of(pdf)
    text = text_of(pdf)
    assert text.count("Project 1,063.000") == 5000
    assert text.count("No. Project Amount") == len(pages)
    assert outside(pages) == []


def test_a_short_table_is_not_parted(facts, brief_of):
    filler = Paragraph(runs=say("words " * 560))
    reader = pypdf.PdfReader(BytesIO(render_pdf(brief_of(filler, grid(facts, 12, 2)))))
    holding = [page for page in reader.pages if "1,063.000" in page.extract_text()]
    assert len(holding) == 1
    assert "Title" in holding[0].extract_text()


def test_a_table_of_few_tall_rows_is_parted_and_leaves_no_empty_page_behind(facts, brief_of):
    filler = Paragraph(runs=say("words " * 300))
    tall = grid(facts, 8, 2, "A decision told at length " * 8)
    reader = pypdf.PdfReader(BytesIO(render_pdf(brief_of(filler, tall))))
    first = next(page.extract_text() for page in reader.pages if "Title" in page.extract_text())
    assert "words" in first
    assert first.count("1,063.000") >= 4


def test_a_heading_is_never_the_last_thing_on_a_page(brief_of, boxes_of):
    for count in range(40, 60):
        blocks = [Paragraph(runs=say("line"))] * count
        blocks += [
            Heading(level=3, runs=say("Orphan"), anchor="o"),
            Paragraph(runs=say("word " * 90)),
        ]
        for page in pypdfium2.PdfDocument(render_pdf(brief_of(*blocks))):
            text = page.get_textpage().get_text_range()
            assert "Orphan" not in text or "word" in text


def test_the_contents_give_the_page_where_each_heading_stands(brief_of, text_of):
    blocks = [Contents(title=say("Contents"))]
    for letter in "ABC":
        blocks += [PageBreak(), Heading(level=2, runs=say(f"Part {letter}"), anchor=f"p{letter}")]
    text = text_of(render_pdf(brief_of(*blocks)))
    assert "Heading 1 Part A 2 Part B 3 Part C 4" in text


def test_a_pair_that_is_too_tall_is_set_one_under_the_other(facts, brief_of, boxes_of):
    tall = Pair(
        left=grid(facts, 60, 1),
        right=replace(month_chart(facts), sources=()),
    )
    pages = boxes_of(render_pdf(brief_of(tall)))
    assert len(pages) > 1
    assert outside(pages) == []


def test_a_classification_of_several_lines_stays_on_the_paper(brief_of, boxes_of):
    pdf = render_pdf(brief_of(classification="RESTRICTED TO THE OFFICERS NAMED IN THE LIST AND NO OTHERS"))
    assert all(box[1] > 5 and box[3] < 837 for page in boxes_of(pdf) for box in page)


def test_words_that_the_foot_cannot_hold_are_refused_not_lost(brief_of):
    with pytest.raises(InputError) as caught:
        render_pdf(brief_of(file_number="F. 1(2)/2024-Dev " * 12, classification="SECRET " * 60))
    told = [str(problem) for problem in caught.value.problems]
    assert [problem.where for problem in caught.value.problems] == [
        "the classification",
        "the classification",
        "the file number",
    ]
    assert "room for 3; shorten it" in told[2]


def test_long_fields_of_the_first_page_wrap(brief_of, boxes_of, text_of):
    fields = (
        TitleField(label=say(LONG), runs=say(LONG)),
        TitleField(label=say("Date"), runs=say(UNBROKEN), side="right"),
        TitleField(label=say("Blank")),
    )
    front = TitleBlock(letterhead=(say(LONG),), title=say(LONG), period=say(LONG), fields=fields)
    sections = (Section(id="front", blocks=(front, Signature(caption=say(LONG), enclosure=say(LONG)))),)
    pdf = render_pdf(brief_of(sections=sections, stage="draft"))
    assert outside(boxes_of(pdf)) == []
    assert text_of(pdf).replace(" ", "").count(LONG.replace(" ", "")) == 7


def test_a_headline_figure_of_forty_digits_is_set_smaller(facts, brief_of, boxes_of, text_of):
    item = KeyFigure(label=say("Label"), value=facts.figure(DIGITS), unit=say("Rs million"))
    pdf = render_pdf(brief_of(KeyFigures(items=(item,) * 3)))
    assert outside(boxes_of(pdf)) == []
    assert text_of(pdf).replace(" ", "").count(DIGITS) == 3


def test_a_table_without_title_or_unit_prints_no_empty_caption(facts, brief_of, tree_of):
    table = replace(grid(facts, 2, 1), title=())
    (found,) = tree_of(render_pdf(brief_of(table))).all("Table")
    assert [kid.role for kid in found.kids] == ["THead", "TBody"]


@pytest.mark.parametrize("width", [100, 150, 165, 190])
def test_an_address_too_long_for_a_line_breaks_after_a_sign(width):
    address = "kpi.it-export-remittances.also.2024-07.dailytimes-1219023.in-period.gap"
    setter = Setter(default_theme())
    lines = setter.lines(say(address, furniture="address"), setter.type("table_dense"), width)
    assert "".join(line.words for line in lines).replace(" ", "") == address
    assert all(line.words.strip()[-1] in "-." for line in lines[:-1])
    assert all(line.width <= width + 0.1 for line in lines)
