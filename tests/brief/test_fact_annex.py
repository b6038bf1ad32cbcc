"""The annex of figures: each Fact of the brief has its row, and both files print it."""

import pytest

import moitt_report
from docx_words import docx_words
from moitt_report.brief.content import Brief, Figure, Link, Table, block_runs, blocks, plain
from moitt_report.brief.fact_annex import with_fact_annex
from moitt_report.pipeline.inputs import load_outline


@pytest.fixture(scope="module")
def brief() -> Brief:
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    return moitt_report.compose(portfolio, with_fact_annex(load_outline("quarterly")))


def rows(brief: Brief) -> dict[str, list[str]]:
    annex = next(b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "facts")
    return {
        plain(row.cells[1].runs).rpartition(": ")[2]: [plain(cell.runs) for cell in row.cells]
        for row in annex.rows
    }


def test_every_fact_has_a_row_and_every_row_a_fact(brief: Brief) -> None:
    assert set(rows(brief)) == {fact.id for fact in brief.facts}


def test_a_read_figure_shows_its_words_and_its_line(brief: Brief) -> None:
    _, name, printed, exact, origin = rows(brief)["utilised"]
    assert name == "Utilised, July–December 2024: utilised"
    assert printed == "2,243.600; Rs\u00a02,243.6\u00a0million; 2,243.6"
    assert exact == "Rs 2,243.6 million"
    assert origin == "S1, “2 arab 24 crore 36 lakh”, 2024-25-Q2/moitt.yaml:144"


def test_a_computed_figure_shows_its_formula_and_leads_to_its_inputs(brief: Brief) -> None:
    told = rows(brief)
    share = told["utilised.of-authorised"]
    assert share[3] == "26.789253731343 %"
    assert share[4] == f"utilised ÷ amount authorised × 100: {told['utilised'][0]}, {told['authorised'][0]}"
    annex = next(b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "facts")
    assert any(isinstance(run, Link) for row in annex.rows for run in row.cells[4].runs)


def test_the_forms_that_stand_on_the_pages_are_shown_and_no_others(brief: Brief) -> None:
    annex = next(b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "facts")
    elsewhere = {
        (run.fact, run.words)
        for block in blocks(brief)
        if block is not annex
        for run in block_runs(block)
        if isinstance(run, Figure) and run.printing != "published"
    }
    shown = {
        (run.fact, run.words) for row in annex.rows for run in row.cells[2].runs if isinstance(run, Figure)
    }
    assert shown == elsewhere


def test_both_files_print_the_annex(brief: Brief) -> None:
    import pypdfium2

    pdf = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(moitt_report.render_pdf(brief))
    )
    word = "".join(docx_words(moitt_report.render_docx(brief)))
    for text in (pdf, word):
        squeezed = "".join(text.split())
        for id in ("utilised.of-authorised", "kpi.it-export-remittances"):
            assert id.replace("-", "") in squeezed.replace("-", "")
        assert "26.789253731343%" in squeezed


def test_an_outline_that_has_the_annex_already_gets_no_second_one() -> None:
    once = with_fact_annex(load_outline("quarterly"))
    assert with_fact_annex(once) == once


def test_the_annex_is_asked_for_by_name(tmp_path) -> None:
    built = moitt_report.build(["2023-24_2024-25"], out=tmp_path, formats=["docx"], annexes=["facts"])
    assert set(rows(built.brief)) == {fact.id for fact in built.brief.facts}
