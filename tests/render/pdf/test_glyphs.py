"""A sign the font lacks is an error that names it, never a black square."""

import io

import pypdf
import pytest
from msgspec.structs import replace

from builders import month_chart, sample_brief, say
from moitt_report.brief.content import Paragraph
from moitt_report.errors import InputError
from moitt_report.render.pdf.document import render_pdf


def test_a_missing_sign_is_named_with_its_place_and_the_font(brief_of):
    with pytest.raises(InputError) as caught:
        render_pdf(brief_of(Paragraph(runs=say("Ministry وزارت"))))
    first = caught.value.problems[0]
    assert first.where == "head"
    assert "U+0627" in first.what or "U+0648" in first.what
    assert "arabic letter" in first.what
    assert "Moitt Sans" in first.what
    assert first.remedy


def test_all_missing_signs_are_told_at_once_and_each_only_once(brief_of):
    with pytest.raises(InputError) as caught:
        render_pdf(brief_of(Paragraph(runs=say("一二")), Paragraph(runs=say("一三"))))
    assert len(caught.value.problems) == 3


def test_signs_of_the_file_number_and_classification_are_checked():
    with pytest.raises(InputError) as caught:
        render_pdf(sample_brief(file_number="一", classification="二"))
    assert [p.where for p in caught.value.problems] == ["the file number", "the classification"]


def test_an_alternative_text_may_hold_any_sign_because_it_is_not_drawn(brief_of, facts, tree_of):
    chart = replace(month_chart(facts), alt=say("وزارت"), sources=())
    (figure,) = tree_of(render_pdf(brief_of(chart))).all("Figure")
    assert figure.raw["/Alt"] == "وزارت"


def test_signs_used_in_reports_are_in_the_font(brief_of, text_of):
    signs = "– — − × ÷ “quoted” ‘so’ … • → ≥ ≤ € ₨ Łódź İstanbul"
    assert signs in text_of(render_pdf(brief_of(Paragraph(runs=say(signs)))))


def test_letters_beyond_the_usual_ones_and_signs_of_the_syntax_come_out_as_they_went_in(brief_of, text_of):
    words = r"Plain (a\b) then Žluťoučký then plain – ½ again, ) and ( alone, Łódź\n"
    assert words in text_of(render_pdf(brief_of(Paragraph(runs=say(words)))))


def test_the_usual_letters_are_the_same_part_of_a_font_in_every_file(brief_of):
    files = [render_pdf(brief_of(Paragraph(runs=say(words)))) for words in ("abc", "xyz – “so”")]
    fonts = [glyphs(file) for file in files]
    assert fonts[0] == fonts[1]
    assert len(glyphs(render_pdf(brief_of(Paragraph(runs=say("Łódź")))))) > len(fonts[0])


def glyphs(file):
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    fonts = {n: f.get_object() for page in pages for n, f in page["/Resources"]["/Font"].items()}
    return {name: font["/FontDescriptor"]["/FontFile2"].get_data() for name, font in sorted(fonts.items())}
