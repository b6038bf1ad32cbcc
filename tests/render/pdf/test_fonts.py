"""What is prepared beside each font is what stands in it, and serves until a rare letter comes."""

import re
import zlib
from io import BytesIO

import pypdf
import pytest
from msgspec.structs import asdict

from builders import say
from moitt_report.brief.content import Paragraph
from moitt_report.render.pdf import fonts
from moitt_report.render.pdf.document import render_pdf
from moitt_report.shipped import shipped

FONTS = sorted(shipped("templates", "fonts").glob("*.ttf"))


def unpacked(prepared):
    """Another build of zlib may pack the outlines otherwise."""
    return asdict(prepared) | {"glyphs": zlib.decompress(prepared.glyphs)}


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_what_is_prepared_is_what_stands_in_the_font(file):
    assert unpacked(fonts.EmbeddedFont(file).prepared) == unpacked(fonts.prepare(file))


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_each_usual_letter_is_drawn(file):
    font = fonts.EmbeddedFont(file)
    assert font.usual <= set(font.letters)


@pytest.fixture
def unopened(monkeypatch):
    """Fonts that have not been opened in this process, and how often they are."""
    opened = []
    reader = fonts.TTFontFace
    monkeypatch.setattr(fonts, "TTFontFace", lambda file: opened.append(file) or reader(file))
    fonts.embedded.cache_clear()
    yield opened
    fonts.embedded.cache_clear()


def test_no_font_is_opened_for_the_letters_of_english(brief_of, unopened):
    render_pdf(brief_of(Paragraph(runs=say("The usual letters – and signs: “½ × ÷”"))))
    assert unopened == []


def test_a_font_is_opened_for_another_letter_and_only_that_font(brief_of, unopened):
    render_pdf(brief_of(Paragraph(runs=say("Łódź"))))
    assert [file.rpartition("-")[2] for file in unopened] == ["Regular.ttf"]


def test_all_letters_of_a_font_come_out_as_they_went_in(brief_of, text_of):
    """They are more than two parts can hold."""
    font = fonts.embedded("MoittSans-Regular")
    letters = [c for c in font.letters if c.isprintable() and not c.isspace() and not c.isdigit()]
    assert len({*letters} - font.usual) > 255
    words = [f"{letter}{letter}" for letter in letters]
    text = text_of(render_pdf(brief_of(Paragraph(runs=say(" ".join(words))))))
    assert [word for word in words if word not in text] == []


def test_fonts_that_hold_other_letters_have_other_names(brief_of):
    """A program that puts files together, or prints them one after another, goes by the names."""
    names = [base_fonts(render_pdf(brief_of(Paragraph(runs=say(words))))) for words in ("Łódź", "İstanbul")]
    usual = base_fonts(render_pdf(brief_of(Paragraph(runs=say("usual")))))
    assert usual < names[0]
    assert names[0] & names[1] == usual
    assert all(re.fullmatch("[A-Z]{6}[+]MoittSans-[A-Za-z]+", name) for name in set.union(*names))


def base_fonts(pdf):
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return {font["/BaseFont"][1:] for page in pages for font in page["/Resources"]["/Font"].values()}
