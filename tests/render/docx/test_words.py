"""The Word file says what the brief says: every word, in order, and nothing else."""

import io
import zipfile
from collections import Counter

from msgspec.structs import replace

from builders import Facts, month_chart, sample_brief, say
from docx_words import docx_words, furniture_words
from moitt_report.brief.content import (
    Block,
    Brief,
    Cell,
    Chart,
    Column,
    Contents,
    Heading,
    KeyFigures,
    Link,
    List,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Row,
    Runs,
    Section,
    Signature,
    Table,
    Text,
    TitleBlock,
    blocks,
    plain,
)
from moitt_report.render.docx.document import render_docx


def brief_of(*content: Block, facts: Facts | None = None) -> Brief:
    """A brief of these blocks alone."""
    return sample_brief(
        sections=(Section(id="only", blocks=content),),
        facts=tuple((facts or Facts()).facts.values()),
    )


def captions(block: Chart | Table) -> list[str]:
    """What stands over a table or chart."""
    number = f"{block.number}. " if block.number else ""
    return [number + plain(block.title), plain(block.unit)]


def feet(block: Chart | Table) -> list[str]:
    """What stands under a table or chart."""
    return [plain(runs) for runs in (*block.notes, block.sources)]


def said(block: Block, brief: Brief) -> list[str]:
    """The paragraphs that a block other than a chart becomes, in order."""
    match block:
        case Heading():
            return [plain(block.runs)]
        case Paragraph():
            number = f"{block.number}.\t" if block.number else ""
            return [number + plain(block.runs)]
        case List():
            return [plain(item) for item in block.items]
        case Table():
            return said_by_table(block)
        case KeyFigures():
            return [
                words
                for item in block.items
                for words in (
                    plain(item.label),
                    item.value.words,
                    plain(item.unit),
                    *map(plain, item.comparisons),
                )
            ]
        case Notes():
            return [f"{n.number} {plain(n.title)} {plain(n.runs)}" for n in block.items]
        case TitleBlock():
            fields = sorted(block.fields, key=lambda field: field.side)
            return [
                *map(plain, block.letterhead),
                plain(block.title),
                plain(block.period),
                *(plain(runs) for f in fields for runs in (f.label, f.runs)),
            ]
        case Signature():
            return [plain(block.enclosure), plain(block.caption)]
        case Contents():
            sections = (b for b in blocks(brief) if isinstance(b, Heading) and b.level == 2)
            return [plain(block.title), *(plain(b.runs) for b in sections)]
        case _:
            return []


def said_by_table(table: Table) -> list[str]:
    """Caption, heads, cells and notes of a table."""
    heads: list[Runs] = [group.runs for group in table.groups]
    heads += [column.head for column in table.columns]
    cells = [cell.runs for row in table.rows for cell in row.cells]
    return [*captions(table), *map(plain, [*heads, *cells]), *feet(table)]


def said_by_chart(chart: Chart) -> set[str]:
    """Every wording a chart must show somewhere."""
    runs = [series.name for series in chart.series]
    runs += [(point.label,) for series in chart.series for point in series.points]
    for category in chart.categories:
        runs += [category.label, category.sublabel, category.note]
    for column in chart.columns:
        runs += [column.head, *column.cells]
    return {plain(each) for each in runs if each}


def expected(brief: Brief) -> list[str]:
    """All paragraphs outside charts, in order."""
    out: list[str] = []
    for block in blocks(brief):
        if isinstance(block, PageBreak | Pair):
            continue
        if isinstance(block, Chart):
            out += [*captions(block), *feet(block)]
        else:
            out += said(block, brief)
    return [words for words in out if words]


def test_every_paragraph_is_there_in_order() -> None:
    brief = sample_brief()
    written = iter(docx_words(render_docx(brief)))

    for words in expected(brief):
        assert words in written, words


def test_outside_the_charts_there_is_nothing_else() -> None:
    brief = sample_brief()
    left = Counter(docx_words(render_docx(brief)))
    left.subtract(expected(brief))

    of_charts = {
        token
        for block in blocks(brief)
        if isinstance(block, Chart)
        for words in said_by_chart(block)
        for token in words.split()
    }
    assert min(left.values()) >= 0
    tokens = {token.rstrip(":") for words in +left for token in words.split()}
    assert tokens <= {token.rstrip(":") for token in of_charts}


def test_each_chart_shows_all_its_words() -> None:
    f = Facts()
    for form in ("columns", "line", "bars"):
        chart = replace(month_chart(f, form, f"chart-{form}"), sources=())
        written = "\n".join(docx_words(render_docx(brief_of(chart, facts=f))))
        for words in said_by_chart(chart):
            assert words in written, (form, words)


def test_both_progress_charts_show_all_their_words() -> None:
    brief = sample_brief()
    written = "\n".join(docx_words(render_docx(brief)))

    for block in blocks(brief):
        if isinstance(block, Chart):
            for words in said_by_chart(block):
                assert words in written, words


def test_the_edge_of_the_page_says_file_classification_and_page() -> None:
    foot, head, first = furniture_words(render_docx(sample_brief()))

    assert foot == "File No. F. 1(2)/2024-Dev\tRESTRICTED\tPage 1 of 1"
    assert head == "Ministry of IT and Telecommunication\tRESTRICTED\tDevelopment brief, FY 2024-25 Q2"
    assert first == "RESTRICTED"


def test_without_classification_and_file_number_their_places_are_empty() -> None:
    foot, head = furniture_words(render_docx(sample_brief(classification="", file_number="")))

    assert foot == f"File No. {'_' * 22}\t\tPage 1 of 1"
    assert head == "Ministry of IT and Telecommunication\t\tDevelopment brief, FY 2024-25 Q2"


def test_a_link_in_the_running_head_is_words_alone() -> None:
    link = Link(words="the site", target="https://example.org")
    data = render_docx(sample_brief(running_head=((link,), say("right"))))

    assert "the site\tRESTRICTED\tright" in furniture_words(data)


def test_words_of_another_language_say_so() -> None:
    quoted = Text(words="اسلام آباد", language="ur-PK")
    data = render_docx(brief_of(Paragraph(runs=(quoted,))))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b'<w:rtl/><w:lang w:bidi="ur-PK"/>' in archive.read("word/document.xml")


def test_wide_tables_side_by_side_are_set_one_below_the_other() -> None:
    columns = tuple(Column(head=say("head"), width=10) for _ in range(7))
    tables = [
        Table(
            anchor=name,
            title=say(name),
            columns=columns,
            rows=(Row(cells=tuple(Cell(runs=say("x")) for _ in columns)),),
        )
        for name in ("left", "right")
    ]
    data = render_docx(brief_of(Pair(left=tables[0], right=tables[1])))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("word/document.xml").count(b"<w:tbl>") == 2
    assert docx_words(data)[0] == "left"


def test_markup_in_the_data_stays_words() -> None:
    nasty = "</w:t><b>&amp;\"'{{left}} ]]>"
    brief = brief_of(
        Heading(level=1, runs=say(nasty), anchor="h"),
        Table(
            anchor="t",
            title=say(nasty),
            columns=(Column(head=say(nasty), width=10),),
            rows=(Row(cells=(Cell(runs=say(nasty)),)),),
        ),
    )

    assert docx_words(render_docx(brief)) == [nasty] * 4


def test_a_very_wide_table_keeps_every_cell_and_repeats_its_stub() -> None:
    f = Facts()
    figures = [f.figure(f"{n}.5") for n in range(59)]
    table = Table(
        anchor="wide",
        title=say("Wide"),
        columns=tuple(Column(head=say(f"c{chr(65 + n % 26)}"), width=20) for n in range(60)),
        rows=(Row(cells=(Cell(runs=say("stub")), *(Cell(runs=(x,)) for x in figures))),),
    )
    written = docx_words(render_docx(brief_of(table, facts=f)))

    assert [w for w in written if w.endswith(".5")] == [x.words for x in figures]
    assert written.count("stub") == written.count("cA") - 2 > 1
