"""A form filled in by script with forty faults of different classes: forty problems, each at its cell."""

import datetime as dt
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell

import moitt_report
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


class Filler:
    """Fills in a form as a person does, by the heads of its columns, and remembers where faults were planted."""

    def __init__(self, file: Path) -> None:
        self.file, self.book = file, load_workbook(file)
        self.planted: set[str] = set()

    def cell(self, sheet: str, row: int, head: str) -> Cell:
        heads = {str(c.value).partition(" (")[0]: c.column for c in self.book[sheet][3] if c.value}
        return self.book[sheet].cell(row, heads[head])

    def fill(self, sheet: str, row: int, values: dict[str, object]) -> None:
        for head, value in values.items():
            self.cell(sheet, row, head).value = value

    def plant(self, sheet: str, row: int, head: str, value: object, *, at: str | None = None) -> None:
        self.cell(sheet, row, head).value = value
        self.planted.add(f"{sheet}!{self.cell(sheet, row, at or head).coordinate}")

    def save(self) -> None:
        self.book.save(self.file)


def test_forty_planted_faults_are_forty_problems_each_at_its_cell(tmp_path: Path) -> None:
    form_ = Filler(form("pseb", "2024-25-Q3", out=tmp_path))
    form_.fill("Sources", 4, {"Source id": "letter", "Publisher": "PSEB"})
    rows = iter(range(4, 60))
    for head, values in (("Actual", FIGURES), ("As of", DATES)):
        for n, value in enumerate(values):
            row = next(rows)
            form_.fill("KPIs", row, GOOD | {"Place": f"Place {head} {n}"})
            form_.plant("KPIs", row, head, value, at="KPI" if value == -5 else None)
    wrong = {
        "KPI": "interns-plaecd",
        "Period": "2024-26",
        "Scope": "sometimes",
        "As of": None,
        "Source": "nowhere",
    }
    for head, value in wrong.items():
        row = next(rows)
        form_.fill("KPIs", row, GOOD | {"Place": f"Part {head}"})
        form_.plant("KPIs", row, head, value, at="KPI" if head == "Source" else None)
    for n, value in enumerate(MONEY):
        form_.fill("Budget", 4 + n, {"As of": "31 March 2025", "Source": "letter"})
        form_.plant("Budget", 4 + n, "Total", value)
    form_.fill("Sources", 5, {"Publisher": "PSEB"})
    form_.plant("Sources", 5, "Source id", "Second Letter")
    form_.plant("Remarks", 4, "Remark", "x" * 600)
    form_.fill("Targets", 4, {"Period": "2024-25", "Target": 7, "As of": "31 March 2025", "Source": "letter"})
    form_.plant("Targets", 4, "KPI", "nothing-known")
    form_.save()
    assert len(form_.planted) == 40
    found = [p for p in moitt_report.check([form_.file]) if p.severity == "error"]
    assert sorted(p.place for p in found) == sorted(form_.planted), [
        str(p) for p in found if p.place not in form_.planted
    ]
