"""The copy that goes back: the agency's values untouched, every problem at its cell, nothing that runs."""

import io
import re
from pathlib import Path

from openpyxl import Workbook, load_workbook

from moitt_report.errors import Problem
from moitt_report.intake.annotate import annotated
from moitt_report.pipeline.check import check_and_annotate
from sheets import read, without, workbook


def spoil(book: Workbook) -> None:
    book["KPIs"]["C2"] = "many"
    book["KPIs"]["C3"] = '=HYPERLINK("http://example.org","79")'
    book["Cover"]["D1"] = "=cmd|'/C calc'!A0"
    book["Cover"]["D2"] = "+1"


def test_each_faulty_cell_is_coloured_and_commented_and_listed_first(tmp_path: Path) -> None:
    data = workbook(spoil)
    _, problems = read(data, tmp_path)
    copy = load_workbook(io.BytesIO(annotated(data, problems)))
    assert copy.sheetnames[0] == "Problems"
    listed = [[cell.value for cell in row] for row in copy["Problems"].iter_rows(min_row=5)]
    assert [(r[1], r[2]) for r in listed if r[0] == "error"] == [("KPIs", "C2"), ("KPIs", "C3")]
    assert copy["KPIs"]["C2"].value == "many"
    assert "is not a number" in copy["KPIs"]["C2"].comment.text
    assert copy["KPIs"]["C2"].fill.fgColor.rgb.endswith("F8CBAD")
    assert copy["KPIs"]["A2"].value == "interns-placed"
    assert copy["Budget"]["E2"].value == 120.5


def test_no_formula_and_no_link_is_in_the_copy_and_its_bytes_are_always_the_same(tmp_path: Path) -> None:
    data = workbook(spoil)
    _, problems = read(data, tmp_path)
    made = annotated(data, problems)
    assert made == annotated(data, problems)
    for sheet in load_workbook(io.BytesIO(made)):
        for row in sheet.iter_rows():
            assert not [c for c in row if c.data_type == "f" or c.hyperlink]


def test_the_copy_is_read_with_the_same_problems_as_the_original(tmp_path: Path) -> None:
    def wrong(book: Workbook) -> None:
        book["KPIs"]["C2"] = "many"

    data = workbook(wrong)
    _, problems = read(data, tmp_path)
    assert read(annotated(data, problems), tmp_path)[1] == problems


def test_the_command_writes_a_copy_beside_nothing_of_the_agency(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "pseb.xlsx").write_bytes(workbook(spoil))
    before = (folder / "pseb.xlsx").read_bytes()
    problems, files = check_and_annotate([folder], tmp_path / "back")
    assert [f.name for f in files] == ["pseb-checked.xlsx"]
    assert [p.place for p in problems if p.severity == "error"] == ["KPIs!C2", "KPIs!C3"]
    assert (folder / "pseb.xlsx").read_bytes() == before


def test_where_no_copy_can_be_made_a_note_says_so(tmp_path: Path) -> None:
    def wrong(book: Workbook) -> None:
        book["KPIs"]["C2"] = "many"
        book.create_chartsheet("Chart")  # openpyxl writes it, and cannot read it

    (tmp_path / "pseb.xlsx").write_bytes(workbook(wrong))
    problems, files = check_and_annotate([tmp_path / "pseb.xlsx"], tmp_path / "back")
    assert files == ()
    assert [p.severity for p in problems if p.severity == "error"] == ["error"]
    assert "no marked copy" in problems[-1].what


def test_two_workbooks_of_one_name_give_two_copies(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pseb.xlsx").write_bytes(workbook(spoil))
    inputs = [tmp_path / "a" / "pseb.xlsx", tmp_path / "b" / "pseb.xlsx"]
    _, files = check_and_annotate(inputs, tmp_path / "back")
    assert len({f.name for f in files}) == 2


def test_of_very_many_problems_the_errors_are_marked_and_the_list_says_that_some_are_left_out() -> None:
    notes = [Problem(f"pseb.xlsx!KPIs!B{n}", "is read so", "correct it", "note") for n in range(2, 4_000)]
    problems = [*notes, Problem("pseb.xlsx!KPIs!C3000", "is wrong", "mend it")]
    copy = load_workbook(io.BytesIO(annotated(workbook(), problems)))
    assert copy["Problems"]["A1"].value == "Found in this return: 1 error, 3998 notes"
    assert copy["Problems"]["A2"].value.startswith("2,000 of them are marked and listed")
    assert len(list(copy["Problems"].iter_rows(min_row=5))) == 2_000
    assert copy["KPIs"]["C3000"].comment.text == "error: is wrong. mend it."


def test_no_copy_is_made_of_a_workbook_that_is_refused(tmp_path: Path) -> None:
    def thousandfold(book: bytes) -> bytes:
        one = re.search(rb'<sheet [^>]*name="KPIs"[^>]*/>', book)[0]
        return book.replace(one, b"".join(one.replace(b"KPIs", b"K%d" % n) for n in range(1_000)))

    data = without(workbook(), part="xl/workbook.xml", change=thousandfold)
    (tmp_path / "pseb.xlsx").write_bytes(data)
    (problem,), files = check_and_annotate([tmp_path / "pseb.xlsx"], tmp_path / "back")
    assert "refers twice to the same part" in problem.what
    assert files == ()
