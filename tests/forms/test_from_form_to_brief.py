"""A form filled in by script with forty faults of different classes: forty problems, each at its cell, and a marked
copy that shows them; the same form corrected and filed builds the brief. Every figure is ILLUSTRATIVE."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

import moitt_report
from moitt_report.errors import InputError, place_of
from moitt_report.pipeline.check import check_and_annotate
from moitt_report.pipeline.filing import file_returns
from moitt_report.pipeline.form import form

FIGURES = [
    "1,234", "1.234", "-", "many", "1e5", "12٣", "27\u200b00", "5 million", "Rs 5", "#REF!", "=1+1",
    dt.date(2025, 1, 1), -5, "1.234.567,89", "1_000", 1e30, "--5",
]  # fmt: skip
DATES = [
    "03/04/2025",
    "09/30/2025",
    "31 February 2025",
    "31-12-24",
    "soon",
    dt.datetime(2025, 3, 31, 9, 30),  # noqa: DTZ001  Excel knows no time zones
    12,
]
MONEY = ["Rs 120.5", "US$ 5 million", "5 %", "Rs 44-4 million", "1,234", "—", dt.date(2025, 1, 1), "#DIV/0!"]


GOOD = {
    "KPI": "interns-placed",
    "Period": "2024-25-Q3",
    "Actual": 5,
    "Scope": "in period",
    "As of": "31 March 2025",
    "Source": "letter",
}


@dataclass(frozen=True)
class Planted:
    """A fault in a cell, where its problem is to be told, what the agency writes when it corrects it, and in which format."""

    sheet: str
    cell: str
    at: str
    correct: object
    format: str


class Agency:
    """Fills in a form as a person does, by the heads of its columns, with faults first and then without."""

    def __init__(self, file: Path) -> None:
        self.file, self.book = file, load_workbook(file)
        self.planted: list[Planted] = []

    def cell(self, sheet: str, row: int, head: str) -> Cell:
        heads = {str(c.value).partition(" (")[0]: c.column for c in self.book[sheet][3] if c.value}
        return self.book[sheet].cell(row, heads[head])

    def fill(self, sheet: str, row: int, values: dict[str, object]) -> None:
        for head, value in values.items():
            self.cell(sheet, row, head).value = value

    def plant(
        self, sheet: str, row: int, head: str, value: object, *, correct: object, told_at: str | None = None
    ) -> None:
        cell, told = self.cell(sheet, row, head), self.cell(sheet, row, told_at or head)
        at = f"{sheet}!{told.coordinate}"
        self.planted.append(Planted(sheet, cell.coordinate, at, correct, cell.number_format))
        cell.value = value

    def correct(self) -> None:
        for fault in self.planted:
            cell = self.book[fault.sheet][fault.cell]
            cell.value, cell.number_format = fault.correct, fault.format

    def send(self) -> None:
        self.book.save(self.file)

    @property
    def places(self) -> list[str]:
        return sorted(fault.at for fault in self.planted)


def faulty(file: Path) -> Agency:
    """The form with forty faults in it, sent back."""
    agency = Agency(file)
    agency.fill("Sources", 4, {"Source id": "letter", "Publisher": "PSEB"})
    rows = iter(range(4, 60))
    for head, values in (("Actual", FIGURES), ("As of", DATES)):
        for n, value in enumerate(values):
            row = next(rows)
            place = None if row == 4 else f"Place {head} {n}"  # the first is the total
            agency.fill("KPIs", row, GOOD | {"Place": place})
            agency.plant("KPIs", row, head, value, correct=5_000 if head == "Actual" else GOOD[head])
    wrong = {
        "KPI": "interns-plaecd",
        "Period": "2024-26",
        "Scope": "sometimes",
        "As of": None,
        "Source": "nowhere",
    }
    for head, value in wrong.items():
        row = next(rows)
        agency.fill("KPIs", row, GOOD | {"Place": f"Part {head}"})
        agency.plant(
            "KPIs", row, head, value, told_at="Actual" if head == "Source" else None, correct=GOOD[head]
        )
    for n, value in enumerate(MONEY):
        agency.fill("Budget", 4 + n, {"As of": "31 March 2025", "Source": "letter"})
        agency.plant("Budget", 4 + n, "Total", value, correct=f"Rs {1_000 - n}.25 million")
    agency.fill("Sources", 5, {"Publisher": "PSEB"})
    agency.plant("Sources", 5, "Source id", "Second Letter", correct="second-letter")
    agency.plant("Remarks", 4, "Remark", "x" * 600, correct="The second half of the year went well.")
    agency.fill(
        "Targets", 4, {"Period": "2024-25", "Target": 777, "As of": "31 March 2025", "Source": "letter"}
    )
    agency.plant("Targets", 4, "KPI", "nothing-known", correct="interns-placed")
    agency.send()
    return agency


def test_forty_faults_are_told_each_at_its_cell_and_the_form_corrected_and_filed_builds_the_brief(
    tmp_path: Path,
) -> None:
    agency = faulty(form("pseb", "2024-25-Q3", out=tmp_path)[0])
    problems, (copy,) = check_and_annotate([agency.file], tmp_path / "back")
    told = [p for p in problems if p.severity == "error"]
    assert len(agency.places) == len(set(agency.places)) == 40
    assert sorted(p.place for p in told) == agency.places, [
        str(p) for p in told if p.place not in agency.places
    ]

    marked = load_workbook(copy)
    listed = [row for row in marked["Problems"].iter_rows(min_row=5, values_only=True) if row[0] == "error"]
    assert sorted(f"{sheet}!{cell}" for _, sheet, cell, *_ in listed) == agency.places
    for place in agency.places:
        sheet, _, cell = place.partition("!")
        assert marked[sheet][cell].comment.text.startswith("error: ")

    folder, at = tmp_path / "returns", dt.datetime(2025, 4, 10, 9, tzinfo=dt.UTC)
    with pytest.raises(InputError):
        file_returns([agency.file], by="A. Khan", at=at, into=folder)
    assert not folder.exists()

    agency.correct()
    agency.send()
    done = file_returns([agency.file], by="A. Khan", at=at, into=folder)
    assert [p for p in done.problems if p.severity == "error"] == []
    built = moitt_report.build([folder / "2024-25-Q3"], out=tmp_path / "out")
    assert sorted(f.suffix for f in built.files if f.read_bytes()) == [".docx", ".pdf"]
    typed = {(f.address.partition("!")[2], f.value) for f in built.brief.facts}
    assert {
        ("KPIs!C4", "5000"),
        ("Targets!C4", "777"),
        ("Budget!D4", "1000.25"),
        ("Budget!D11", "993.25"),
    } <= typed


@pytest.mark.judge
def test_libreoffice_opens_the_marked_copy_and_shows_each_problem_at_its_cell(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    agency = faulty(form("pseb", "2024-25-Q3", out=tmp_path)[0])
    problems, (copy,) = check_and_annotate([agency.file], tmp_path)
    command = [
        program,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "fods",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(copy)], check=True, capture_output=True, timeout=180
    )
    shown = dict(_comments(etree.parse(copy.with_suffix(".fods"))))
    assert {place for place, said in shown.items() if "error: " in said} == set(agency.places)
    assert set(shown) == {place_of(address) for p in problems for address in (p.where, *p.also)}


TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
COMMENT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"


def _comments(book: etree._ElementTree) -> Iterator[tuple[str, str]]:
    """Each comment of a workbook as LibreOffice holds it, by the address of its cell."""
    for sheet in book.iter(f"{TABLE}table"):
        row = 0
        for line in sheet.iter(f"{TABLE}table-row"):
            row += int(line.get(f"{TABLE}number-rows-repeated", "1"))
            column = 0
            for cell in line:
                column += int(cell.get(f"{TABLE}number-columns-repeated", "1"))
                said = "".join(text for one in cell.iter(COMMENT) for text in one.itertext())
                if said:
                    yield f"{sheet.get(f'{TABLE}name')}!{get_column_letter(column)}{row}", said
