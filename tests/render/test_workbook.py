"""The annex workbook holds all rows and all figures, and its words stay words."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from msgspec.structs import replace

from builders import Facts, sample_brief, say
from moitt_report.brief.content import Brief, Cell, Chart, Column, Row, Section, Table, blocks
from moitt_report.brief.fact import Fact
from moitt_report.render.workbook import render_xlsx, sheet_names

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:openpyxl")


def book(brief: Brief) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(brief)))


def values(brief: Brief, sheet: str) -> list[list[object]]:
    return lines(book(brief), sheet)


def lines(made: openpyxl.Workbook, sheet: str) -> list[list[object]]:
    return [list(row) for row in made[sheet].iter_rows(min_row=3, values_only=True)]


def one_table(*cells: str, rows: int = 1, facts: Facts | None = None) -> Brief:
    table = Table(
        anchor="t",
        title=say("Words"),
        columns=(Column(head=say("A"), width=10),),
        rows=tuple(Row(cells=(Cell(runs=say(c, furniture="quoted")),)) for c in cells) * rows,
    )
    return sample_brief(
        sections=(Section(id="s", blocks=(table,)),), facts=tuple((facts or Facts()).facts.values())
    )


def test_every_figure_stands_with_its_value_and_what_is_behind_it(builtin: Brief) -> None:
    head, *lines = values(builtin, "Figures")
    assert head[:4] == ["Id", "Label", "Value", "Unit"]
    assert [line[0] for line in lines] == [fact.id for fact in builtin.facts]
    for line, fact in zip(lines, builtin.facts, strict=True):
        if fact.value is None:
            assert (line[2], line[4]) == (None, fact.absence)
        else:
            assert Decimal(str(line[2])) == Decimal(fact.value), fact.id
        assert line[6] == (fact.formula or None)
        assert line[12:14] == [fact.address or None, fact.note or None]
        assert all(words in str(line[5]) for words in fact.printings.values())


def test_all_rows_of_all_tables_and_all_points_of_all_charts_are_there(builtin: Brief) -> None:
    made, names = book(builtin), sheet_names(builtin)
    for block in blocks(builtin):
        if isinstance(block, Table):
            feet = sum(map(bool, (*block.notes, block.sources)))
            assert len(lines(made, names[block.anchor])) == 1 + len(block.rows) + feet
        if isinstance(block, Chart):
            found = lines(made, names[block.anchor])[1 : 1 + len(block.categories)]
            points = [[p.value for p in series.points] for series in block.series]
            got = [[line[1 + 2 * n] for line in found] for n in range(len(points))]
            assert [[None if v is None else float(v) for v in p] for p in points] == got


@pytest.mark.parametrize("words", ["=1+1", "+5", "-5", "@SUM(A1)", "https://example.org/", "007", "{=1}"])
def test_words_never_become_a_formula_a_link_or_a_number(words: str) -> None:
    sheet = book(one_table(words))["t"]
    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].hyperlink) == (words, "s", None)
    assert not sheet.merged_cells.ranges


@pytest.mark.parametrize(("value", "kept"), [("0.1", 0.1), ("123456789012345", 123456789012345)])
def test_a_number_that_a_spreadsheet_holds_is_a_number(value: str, kept: float) -> None:
    assert values(with_fact(value), "Figures")[1][2] == kept


def test_a_number_that_a_spreadsheet_would_round_is_kept_as_text() -> None:
    assert values(with_fact("1234567890123456.789"), "Figures")[1][2] == "1234567890123456.789"


def with_fact(value: str) -> Brief:
    fact = Fact(id="f", label="A figure", value=value, unit="Rs", printings={"prose": "much"})
    return replace(one_table("a"), facts=(fact,))


def test_more_than_a_thousand_rows_are_all_there() -> None:
    assert len(values(one_table("a", "b", rows=1000), "t")) == 2001


def test_two_tables_of_one_number_have_sheets_of_their_own() -> None:
    names = sheet_names(sample_brief())
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert all(len(name) <= 31 for name in names.values())


def test_the_head_stays_and_the_page_is_a4(builtin: Brief) -> None:
    for sheet in book(builtin):
        assert sheet.freeze_panes == "B4"
        assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, "$3:$3")


def test_the_same_brief_gives_the_same_workbook(builtin: Brief) -> None:
    data = render_xlsx(builtin)
    assert data == render_xlsx(builtin)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
