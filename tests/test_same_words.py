"""The promise of the product: the Brief, the PDF and the Word file say the same words and the same figures,
and every numeral in them belongs to a Fact or to the furniture."""

import re
from collections.abc import Iterator

import pypdfium2
import pytest
from msgspec.structs import replace

import moitt_report
from docx_words import docx_words, furniture_words
from moitt_report.brief.content import (
    Brief,
    Chart,
    Contents,
    Figure,
    Heading,
    KeyFigures,
    Notes,
    Run,
    Runs,
    Table,
    Text,
    TitleBlock,
    block_runs,
    blocks,
    plain,
)

SILENT = Text(words="not said")
NUMERAL = re.compile(r"\d[\d,.]*\d|\d")


def squeeze(words: str) -> str:
    """Words without the white space that line breaks change."""
    return re.sub(r"[\s\u00ad]+", "", words)


def printed_runs(brief: Brief) -> Iterator[Run]:
    """Every run that is printed; the alternative text of a chart is spoken, not printed."""
    for block in blocks(brief):
        printed = replace(block, alt=(SILENT,)) if isinstance(block, Chart) else block
        yield from (run for run in block_runs(printed) if run is not SILENT)


def chunks(brief: Brief) -> Iterator[str]:
    """The texts that must stand whole in both files: paragraphs, cells, captions, labels."""
    for block in blocks(brief):
        match block:
            case Table():
                yield plain(block.title)
                yield plain(block.unit)
                for row in block.rows:
                    yield from (plain(cell.runs) for cell in row.cells)
                yield from map(plain, block.notes)
                yield plain(block.sources)
            case Chart():
                yield plain(block.title)
                yield from (point.label.words for series in block.series for point in series.points)
                yield from (plain(c.label) for c in block.categories)
                yield from (plain(c.sublabel) for c in block.categories)
                yield from (plain(c.note) for c in block.categories)
                yield from (plain(cell) for column in block.columns for cell in column.cells)
                yield from map(plain, block.notes)
            case KeyFigures():
                for item in block.items:
                    yield plain(item.label)
                    yield item.value.words
                    yield from map(plain, item.comparisons)
            case Notes():
                yield from (plain(note.runs) for note in block.items)
            case TitleBlock():
                yield from map(plain, block.letterhead)
                yield from (plain(field.runs) for field in block.fields)
            case _:
                yield plain(tuple(block_runs(block)))


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        # A word parted at a line's end comes back with U+FFFE where its hyphen stands.
        pages = [page.get_textpage().get_text_bounded() for page in document]
        return "\n".join(pages).replace("\ufffe", "-")
    finally:
        document.close()


@pytest.fixture(scope="session")
def pdf(builtin: Brief) -> str:
    return pdf_text(moitt_report.render_pdf(builtin))


@pytest.fixture(scope="session")
def word(builtin: Brief) -> str:
    data = moitt_report.render_docx(builtin)
    return "\n".join([*docx_words(data), *furniture_words(data)])


@pytest.mark.parametrize("name", ["pdf", "word"])
def test_every_text_of_the_brief_stands_whole_in_the_file(builtin: Brief, name: str, request) -> None:
    text = squeeze(request.getfixturevalue(name))
    missing = [chunk for chunk in chunks(builtin) if squeeze(chunk) not in text]
    assert missing == []


def unexplained(text: str, texts: set[str]) -> list[str]:
    """What is left of `text` when everything that is one of `texts`, or furniture, is taken away.

    The text is read from its begin; the longest text that stands there is taken each time.
    """
    by_first: dict[str, list[str]] = {}
    for one in sorted(texts, key=len, reverse=True):
        by_first.setdefault(one[0], []).append(one)
    left, at = [], 0
    while at < len(text):
        known = next((one for one in by_first.get(text[at], ()) if text.startswith(one, at)), None)
        if known is None and (found := FURNITURE_OF_THE_PAGE.match(text, at)):
            known = found[0]
        if known is None:
            left.append(text[at : at + 30])
            at += 1
        at += len(known or "")
    return left


# Page x of y, the file line, the watermark, page numbers of the contents, numbers of paragraphs and notes,
# the numbers of tables and charts before their titles and where a table goes on over a page, and the colon Word needs between a name and a value.
FURNITURE_OF_THE_PAGE = re.compile(
    r"Page\d+of(?=\d)|FileNo\.|_+|DRAFT|(?:Table|Chart)\d+(?=,continued)|,continued\.|(?:Table|Chart)\d+\.|M\d+|\d|[:•.,;]"
)


@pytest.mark.parametrize("name", ["pdf", "word"])
def test_the_file_says_nothing_that_the_brief_does_not(builtin: Brief, name: str, request) -> None:
    marked = builtin.classification
    texts = {squeeze(t) for t in (marked, *chunks(builtin), *map(plain, small_texts(builtin)))} - {""}
    assert unexplained(squeeze(request.getfixturevalue(name)), texts) == []


def small_texts(brief: Brief) -> Iterator[Runs]:
    """Heads, labels and names, which `chunks` leaves out because they are short or repeated."""
    yield from brief.running_head
    for block in blocks(brief):
        match block:
            case Table():
                yield from (column.head for column in block.columns)
                yield from (group.runs for group in block.groups)
            case Chart():
                yield block.unit
                yield from (series.name for series in block.series)
                yield from (column.head for column in block.columns)
                yield block.sources
            case KeyFigures():
                yield from (item.unit for item in block.items)
            case Notes():
                yield from (note.title for note in block.items)
            case Heading():
                # In the contents its number may follow a page number.
                yield tuple(r for r in block.runs if not (isinstance(r, Text) and r.furniture == "number"))
            case TitleBlock():
                yield block.title
                yield block.period
                yield from (field.label for field in block.fields)
            case _:
                pass


def numerals_of(brief: Brief) -> set[str]:
    """Every numeral that may stand in a file: printings of Facts, and the furniture."""
    words = [run.words for run in printed_runs(brief)] + [plain(r) for r in brief.running_head]
    words += [b.number for b in blocks(brief) if isinstance(b, Table | Chart)]
    return {n for w in words for n in NUMERAL.findall(w)}


@pytest.mark.parametrize("name", ["pdf", "word"])
def test_every_numeral_of_the_file_belongs_to_a_fact_or_to_the_furniture(
    builtin: Brief, name: str, request
) -> None:
    allowed = numerals_of(builtin)
    allowed |= {str(n) for n in range(1, 100)}  # numbers of pages, paragraphs and list items
    found = set(NUMERAL.findall(request.getfixturevalue(name)))
    assert {n.strip(".,") for n in found} - {n.strip(".,") for n in allowed} == set()


@pytest.mark.parametrize("name", ["pdf", "word"])
def test_every_figure_of_the_brief_is_in_the_file(builtin: Brief, name: str, request) -> None:
    text = squeeze(request.getfixturevalue(name))
    figures = {run.words for run in printed_runs(builtin) if isinstance(run, Figure)}
    assert {f for f in figures if squeeze(f) not in text} == set()


def test_the_numerals_of_the_two_files_are_the_same(pdf: str, word: str) -> None:
    def real(text: str) -> set[str]:
        return {n.strip(".,") for n in NUMERAL.findall(text) if len(n.strip(".,")) > 2}

    assert real(pdf) == real(word)


def test_every_read_fact_names_its_source_and_the_line_it_was_read_from(builtin: Brief) -> None:
    read = [f for f in builtin.facts if f.value is not None and not f.formula]
    assert read
    for fact in read:
        assert fact.sources, fact.id
        assert re.fullmatch(r"[\w./-]+\.yaml:\d+", fact.address), (fact.id, fact.address)


def test_contents_are_listed_when_the_brief_is_long(builtin: Brief) -> None:
    listed = any(isinstance(b, Contents) for b in blocks(builtin))
    pages = len(pypdfium2.PdfDocument(moitt_report.render_pdf(builtin)))
    assert listed == (pages > 4)
    assert not listed or sum(isinstance(b, Heading) for b in blocks(builtin)) > 4
