"""Tables of the Word file: heads, rules, widths, marks, bars, and very many rows."""

import io
import zipfile

import pytest
from lxml import etree

from builders import Facts, money_table, sample_brief, say
from moitt_report.brief.content import (
    Brief,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    NoteItem,
    NoteRef,
    Notes,
    Row,
    Section,
    Table,
    Text,
    blocks,
    plain,
)
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.document import render_docx
from moitt_report.render.docx.grid import grid_of, placed
from moitt_report.render.docx.looks import rows_seen
from moitt_report.render.docx.markup import ROW, ROW_END, escaped, mm
from moitt_report.render.docx.measure import width_of
from moitt_report.render.docx.package import Package
from moitt_report.render.docx.rows import Drawer, rows_text
from moitt_report.render.theme import default_theme
from moitt_report.shipped import shipped

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
VAL = "{" + W["w"] + "}val"


def body_of(*blocks: object, facts: Facts) -> etree._Element:
    """The document of a brief of these blocks and the notes that they refer to."""
    notes = Notes(
        items=tuple(NoteItem(number=number, title=say("T."), runs=say("words")) for number in ("M1", "S1"))
    )
    brief = sample_brief(
        sections=(Section(id="s", blocks=(*blocks, notes)),),  # type: ignore[arg-type]
        facts=tuple(facts.facts.values()),
    )
    with zipfile.ZipFile(io.BytesIO(render_docx(brief))) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_both_head_rows_are_repeated_and_no_row_is_split() -> None:
    f = Facts()
    body = body_of(money_table(f), facts=f)
    rows = body.findall(".//w:tr", W)

    assert [row.find("w:trPr/w:tblHeader", W) is not None for row in rows[:3]] == [
        True,
        True,
        False,
    ]
    assert all(row.find("w:trPr/w:cantSplit", W) is not None for row in rows)


def test_the_table_says_what_it_is() -> None:
    f = Facts()
    body = body_of(money_table(f), facts=f)

    caption = body.find(".//w:tblCaption", W)
    assert caption is not None
    assert caption.get(VAL) == "Table 1. ILLUSTRATIVE: one project holds 45.2 %"


def test_each_row_fills_the_grid_and_the_text_block() -> None:
    f = Facts()
    table = body_of(money_table(f), facts=f).find(".//w:tbl", W)
    assert table is not None
    grid = [int(col.get(f"{{{W['w']}}}w")) for col in table.findall("w:tblGrid/w:gridCol", W)]

    assert len(grid) == 6, "the column with bars takes two"
    assert sum(grid) == round(168 / 25.4 * 1440)
    for row in table.findall("w:tr", W):
        spans = row.xpath("w:tc/w:tcPr", namespaces=W)
        taken = sum(int(s.find("w:gridSpan", W).get(VAL)) if s.find("w:gridSpan", W) is not None else 1
                    for s in spans)  # fmt: skip
        assert taken == len(grid)


def test_an_absence_is_muted_and_not_bold_even_in_a_total() -> None:
    f = Facts()
    body = body_of(money_table(f), facts=f)
    faces = {
        run.find("w:rPr/w:rStyle", W).get(VAL)
        for run in body.iterfind(".//w:r", W)
        if run.findtext("w:t", namespaces=W) == "n.r."
    }

    assert faces == {"Absent", "AbsentEmphasis"}


def test_a_bar_stops_at_the_end_of_its_track() -> None:
    f = Facts()
    table = Table(
        anchor="t",
        title=say("Bars"),
        columns=(Column(head=say("Name"), width=80), Column(head=say("Share"), width=60, align="right")),
        rows=tuple(
            Row(cells=(Cell(runs=say("x")), Cell(runs=(f.figure(share),), bar=share)))
            for share in ("0", "50", "100", "250")
        ),
    )  # fmt: skip
    bars = body_of(table, facts=f).xpath("//w:p[w:pPr/w:pStyle/@w:val='Bar']//@w:right", namespaces=W)

    assert [int(rest) for rest in bars] == [284, 0, 0], "none at 0, half, full, full"


def test_a_row_drawn_by_stencil_is_the_row_drawn_by_itself() -> None:
    f = Facts()
    runs = [
        say("plain"), say("<&> \"'"), say("bold", bold=True), (Text(words="slanted", italic=True),),
        (Text(words="ﺍ", language="ur"),), (Text(words="mot", language="fr"),), (*say("two "), *say("runs")),
        (f.figure("1"),), (f.figure("n.r."),), (f.figure("2", bold=True),), (NoteRef(words="M1"),),
    ]  # fmt: skip
    cells = [Cell(runs=each) for each in runs]
    cells += [Cell(runs=say("good"), tone="good"), Cell(blank=True), Cell(runs=(f.figure("3"),), bar="3")]
    rows = [
        Row(cells=(cells[(n + k) % len(cells)], *cells), role=role, anchor="R1" if n == 5 and k == 0 else "")
        for n in range(len(cells))
        for k, role in enumerate(("body", "total", "comparison", "later", "subtotal"))
    ]
    columns = tuple(
        Column(head=say("h"), width=20, align="right", muted=n == 2) for n in range(len(cells) + 1)
    )
    table = Table(anchor="t", title=say("T"), columns=columns, rows=tuple(rows), stub=3)
    notes = Notes(items=(NoteItem(number="M1", title=say("T."), runs=say("words")),))
    brief = sample_brief(sections=(Section(id="s", blocks=(table, notes)),), facts=tuple(f.facts.values()))
    context = Context(brief, default_theme(), Package(shipped("templates", "house.docx").read_bytes()))
    seen = rows_seen(table)
    grid = grid_of(table, seen, 9000, default_theme())
    drawer = Drawer(table, grid, context)

    kept = (0, len(rows) - 2)
    alone = (
        "".join(drawer.cell(row, at, each, keep=n in kept) for at, each in placed(row))
        for n, row in enumerate(table.rows)
    )
    assert "".join(rows_text(table, seen, grid, context)) == "".join(f"{ROW}{row}{ROW_END}" for row in alone)


def test_a_cell_that_word_could_not_read_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot stand in a Word file"):
        escaped(["sound", "not\x0bsound"])
    assert escaped(["a & b", "two\nlines", ""]) == ["a &amp; b", "two\nlines", ""]
    assert escaped([]) == []


def test_long_names_and_long_numbers_are_whole() -> None:
    f = Facts()
    name, word, digits = "Long name " * 20, "W" * 80, "1" * 40
    table = Table(
        anchor="A" + "-." * 30,
        title=say(name.strip()),
        columns=(Column(head=say(word), width=10), Column(head=say("b"), width=10, align="right")),
        rows=(Row(cells=(Cell(runs=say(word)), Cell(runs=(f.figure(digits),)))),),
    )
    words = "".join(body_of(table, facts=f).itertext(f"{{{W['w']}}}t"))

    assert name.strip() in words
    assert words.count(word) == 2
    assert digits in words


def grid_in_points(table: Table, facts: Facts) -> list[float]:
    found = body_of(table, facts=facts).find(".//w:tbl/w:tblGrid", W)
    assert found is not None
    return [int(column.get(f"{{{W['w']}}}w")) / 20 for column in found]


def test_a_column_is_wide_enough_for_its_figures_dates_and_heads() -> None:
    f = Facts()
    table = Table(
        anchor="t",
        title=say("Narrow proportions"),
        columns=(
            Column(head=say("Project"), width=120),
            Column(head=say("Local"), width=8, align="right"),
            Column(head=say("Cumulative"), width=8, align="right"),
            Column(head=say("By"), width=8),
        ),
        rows=(
            Row(
                cells=(
                    Cell(
                        runs=say("A project with a name of many words, which can wrap where there is a space")
                    ),
                    Cell(runs=(f.figure("3,000.000"),)),
                    Cell(runs=(f.figure("over 185,000"),)),
                    Cell(runs=say("28\u00a0Feb\u00a02026", furniture="date")),
                )
            ),
        ),
        size="dense",
    )
    widths = grid_in_points(table, f)

    assert widths[1] >= 5 + width_of("3,000.000", 8.5)
    assert widths[2] >= 5 + max(width_of("over 185,000", 8.5), width_of("Cumulative", 8.5))
    assert widths[3] >= 7.5 + width_of("28\u00a0Feb\u00a02026", 8.5)
    assert sum(widths) == pytest.approx(168 / 25.4 * 72, abs=0.1)


def test_no_figure_is_broken_in_the_built_in_tables(builtin: Brief) -> None:
    broken = []
    for table in blocks(builtin):
        if isinstance(table, Table):
            size = default_theme().styles[f"table_{table.size}"].size
            grid = grid_of(table, rows_seen(table), mm(168), default_theme())
            for at, each in (cell for row in table.rows for cell in placed(row)):
                room = sum(grid.widths[grid.starts[at] : grid.starts[at + each.span]]) / 20 - 5
                said = plain(each.runs)
                if table.columns[at].align == "right" and " " not in said and width_of(said, size) > room:
                    broken.append((table.number, said))
    assert not broken


def test_a_long_table_keeps_two_rows_with_its_end() -> None:
    f = Facts()
    rows = body_of(money_table(f, rows=30), facts=f).findall(".//w:tbl/w:tr", W)[2:]
    kept = [row.find("w:tc/w:p/w:pPr/w:keepNext", W) is not None for row in rows]

    assert kept == [True, *[False] * (len(rows) - 3), True, True], "the last stays with the notes"


def test_a_table_of_few_tall_rows_is_not_kept_whole() -> None:
    f = Facts()
    name = "A decision that is told at length and in many words " * 6
    low, tall = (money_table(f, rows=6, name=each) for each in ("Park", name))
    for table, whole in ((low, True), (tall, False)):
        rows = body_of(table, facts=f).findall(".//w:tbl/w:tr", W)[2:]
        kept = [row.find("w:tc/w:p/w:pPr/w:keepNext", W) is not None for row in rows]
        assert all(kept) is whole


def test_a_headline_figure_too_long_for_a_quarter_of_the_band_has_the_room_it_needs() -> None:
    f = Facts()
    for words, alike in (("23,929.5", True), ("136,123.456", False)):
        items = [
            KeyFigure(label=say("Label"), value=f.figure(each), unit=say("Rs million"))
            for each in (words, "8.8", "7.1", "2")
        ]
        body = body_of(KeyFigures(items=tuple(items)), facts=f)
        widths = [int(c.get("{" + W["w"] + "}w")) / 20 for c in body.findall(".//w:tbl//w:tcW", W)[:4]]
        assert widths[0] >= width_of(words, default_theme().styles["key_value"].size) + 10
        assert (max(widths) - min(widths) < 0.1) is alike
        assert sum(widths) == pytest.approx(168 / 25.4 * 72, abs=0.1)
