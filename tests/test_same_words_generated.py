"""The promise of the product, on briefs from the whole range of the content model: both files say every word of the
brief, also those that are only spoken, and neither says a word that is not in the brief or declared furniture."""

import io
import re
import zipfile
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

import moitt_report
from docx_words import docx_words, furniture_words
from moitt_report.brief.content import Brief, Chart, Table, blocks, plain
from moitt_report.render.docx.document import render_docx
from moitt_report.render.docx.shorten import sentence
from strategies_brief import briefs
from test_same_words import FURNITURE_OF_THE_PAGE, printed_runs, squeeze

generated = settings(
    max_examples=25, derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")

LINE = 60
"""A word of more letters may not fit a line; what is parted at a line's end may be parted at a page's."""


def word_text(data: bytes) -> str:
    return "\n".join([*docx_words(data), *furniture_words(data)])


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        # A word parted at a line's end comes back with U+FFFE where its hyphen stands.
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\ufffe", "-")
    finally:
        document.close()


def word_alts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [each.get("descr") for each in root.iter("{*}docPr")]


def pdf_alts(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as file:
        found = (o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure")
        return [str(each["/Alt"]) for each in found if "/Alt" in each]


def words_of(brief: Brief) -> Iterator[str]:
    """The runs of the brief, and the words of them that a page may hold apart."""
    texts = [run.words for run in printed_runs(brief)]
    texts += [plain(side) for side in brief.running_head]
    texts += [brief.title, brief.file_number, brief.classification]
    texts += [block.number for block in blocks(brief) if isinstance(block, Chart | Table)]
    for text in texts:
        yield text
        for word in text.split():
            yield word
            if len(word) > LINE:
                yield from (part for n in range(1, len(word)) for part in (word[:n], word[n:]))
        yield from filter(None, re.split(r"(?<=[-/–&;=…])", text))
    yield from ("Page", "of", "File", "No.", *"RMSD")


def strange(text: str, known: set[str]) -> str:
    """Where `text` stops being made of `known` words and furniture; empty when all of it is.

    White space is left out: a narrow column parts words at line ends. Every way to part the text is followed.
    """
    text, words = squeeze(text), set(map(squeeze, known)) - {""}
    lengths: dict[str, list[int]] = {}
    for word in words:
        lengths.setdefault(word[0], []).append(len(word))
    steps = {first: sorted(set(each)) for first, each in lengths.items()}
    reached = bytearray(len(text) + 1)
    reached[0] = 1
    far = 0
    for start in range(len(text)):
        if reached[start]:
            far = start
            for step in steps.get(text[start], ()):
                if (word := text[start : start + step]) in words:
                    reached[start + len(word)] = 1
            if found := FURNITURE_OF_THE_PAGE.match(text, start):
                reached[found.end()] = 1
    return "" if reached[-1] else text[max(0, far - 20) : far + 30]


def missing(brief: Brief, text: str) -> list[str]:
    """The runs that `text` lacks; one over two pages has a foot and a head between its words."""
    squeezed = squeeze(text)
    return [
        run.words
        for run in printed_runs(brief)
        if squeeze(run.words) not in squeezed
        and not all(squeeze(word) in squeezed for word in run.words.split())
    ]


@generated
@given(brief=briefs())
def test_both_files_say_every_word_of_the_brief_and_no_other(brief: Brief) -> None:
    pdf, word = moitt_report.render_pdf(brief), moitt_report.render_docx(brief)
    spoken = [squeeze(plain(block.alt)) for block in blocks(brief) if isinstance(block, Chart)]
    known = set(words_of(brief))
    for name, text, alts in (
        ("PDF", pdf_text(pdf), pdf_alts(pdf)),
        ("Word", word_text(word), word_alts(word)),
    ):
        assert missing(brief, text) == [], name
        # A chart that is parted over pages is spoken at each of its parts.
        assert set(map(squeeze, alts)) == set(spoken), name
        assert strange(text, known) == "", name


def test_a_word_that_is_not_in_the_brief_is_found(builtin: Brief) -> None:
    text = word_text(moitt_report.render_docx(builtin))

    assert strange(text, set(words_of(builtin))) == ""
    assert "Zep" in strange(f"{text}Zeppelin", set(words_of(builtin)))
    assert missing(builtin, text) == []
    assert missing(builtin, text.replace("allocation", "")) != []


def test_a_cut_table_says_one_more_sentence_and_nothing_else(builtin: Brief) -> None:
    declared = {
        squeeze(sentence(f"{builtin.stem}.xlsx", block))
        for block in blocks(builtin)
        if isinstance(block, Table)
    }
    text = squeeze(word_text(render_docx(builtin, most_rows=10)))

    assert strange(text, set(words_of(builtin)) | declared) == ""
    assert any(len(b.rows) > 10 for b in blocks(builtin) if isinstance(b, Table)) == any(
        d in text for d in declared
    )
