"""What is in the brief is on the page, and nothing else but page furniture."""

import re

import pypdfium2
from msgspec.structs import replace

from builders import money_table, sample_brief, say
from moitt_report.brief.content import Chart, Link, Paragraph, Table, Text, block_runs, blocks
from moitt_report.render.pdf.document import render_pdf

FURNITURE = {"DRAFT", "File", "No.", "Page", "of"}


def printed_runs(brief):
    for block in blocks(brief):
        spoken = {id(run) for run in block.alt} if isinstance(block, Chart) else set()
        yield from (run for run in block_runs(block) if id(run) not in spoken)


def squeezed(words):
    return re.sub(r"\s", "", words)


def test_the_words_of_every_block_are_in_the_text(sample, sample_pdf, text_of):
    text = squeezed(text_of(sample_pdf))
    missing = [run.words for run in printed_runs(sample) if squeezed(run.words) not in text]
    assert missing == []


def test_nothing_is_printed_that_is_not_in_the_brief(sample, sample_pdf, text_of):
    known = "".join(squeezed(run.words) for run in printed_runs(sample))
    known += "".join(squeezed(r.words) for side in sample.running_head for r in side)
    known += squeezed(sample.file_number + sample.classification)
    known += "".join(squeezed(b.number) for b in blocks(sample) if isinstance(b, Chart | Table))
    strange = [
        word
        for word in text_of(sample_pdf).split()
        if word not in FURNITURE and not word.strip("•.").isdigit() and word.strip(".•") not in known
    ]
    assert strange == []


def test_a_chart_is_spoken_by_its_alternative_text_which_is_not_painted(sample_pdf, text_of):
    assert "A bullet chart of utilised" not in text_of(sample_pdf)


def test_markup_in_the_data_is_printed_as_it_stands(sample_pdf, text_of):
    assert "R&D <b>not markup</b> & <img src=x>" in text_of(sample_pdf)


def test_text_that_is_only_spaces_does_no_harm(brief_of, text_of):
    blank = Paragraph(runs=say("   ")), Paragraph(number=1, runs=say(" "))
    assert "1. After" in text_of(render_pdf(brief_of(*blank, Paragraph(runs=say("After")))))


def test_words_at_the_end_of_a_line_do_not_run_into_the_next(brief_of, text_of):
    words = " ".join(["several words that fill more than a line"] * 12)
    assert words in text_of(render_pdf(brief_of(Paragraph(runs=say(words)))))


def test_words_of_many_faces_without_spaces_between_stay_one_word(brief_of, text_of):
    runs = (Text(words="(half"), Text(words="bold", bold=True), Text(words=" x"), Text(words=")"))
    assert "(halfbold x)" in text_of(render_pdf(brief_of(Paragraph(runs=runs))))


def test_a_page_break_in_a_table_repeats_only_the_head(brief_of, facts, text_of):
    table = money_table(facts, rows=120)
    table = replace(table, notes=(), sources=())
    text = text_of(render_pdf(brief_of(table)))
    assert text.count("No. Project Local Total Share, %") == text.count("Page ") == 3
    assert text.count("one project holds") == 1
    assert text.count("1,063.000") == 120


def test_a_table_that_goes_on_over_a_page_says_which_and_in_what_unit(brief_of, facts):
    table = replace(money_table(facts, rows=120), notes=(), sources=())
    pages = pypdfium2.PdfDocument(render_pdf(brief_of(table)))
    first, *others = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]
    over = "Table 1, continued. Allocation, Rs million Allocation No. Project"
    assert "continued" not in first
    assert [page.count(over) for page in others] == [1, 1]


def test_a_long_unit_with_figures_and_links_goes_on_over_a_page_too(brief_of, facts):
    unit = (
        *say("Long words " * 40),
        facts.figure("2,400"),
        Link(words="source", target="https://example.org"),
    )
    table = replace(money_table(facts, rows=120), notes=(), sources=(), unit=unit)
    pages = pypdfium2.PdfDocument(render_pdf(brief_of(table)))
    said = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]
    assert all("Long words" in page and "2,400source" in page for page in said)
    links = [pypdfium2.raw.FPDFPage_GetAnnotCount(page.raw) for page in pages]
    assert links == [1, *[0] * (len(pages) - 1)], "what is repeated leads nowhere"


def test_a_table_on_one_page_or_without_a_number_does_not_say_that_it_goes_on(brief_of, facts, text_of):
    assert "continued" not in text_of(render_pdf(brief_of(replace(money_table(facts), notes=(), sources=()))))
    nameless = replace(money_table(facts, rows=120), notes=(), sources=(), number="")
    assert "continued" not in text_of(render_pdf(brief_of(nameless)))


def test_a_final_brief_bears_no_watermark(sample_pdf, text_of):
    assert "DRAFT" not in text_of(render_pdf(sample_brief(stage="final")))


def test_a_brief_without_classification_or_file_number_leaves_the_slots_empty(text_of):
    text = text_of(render_pdf(sample_brief(classification="", file_number="")))
    assert "RESTRICTED" not in text
    assert "File No. " in text
