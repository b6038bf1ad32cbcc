"""A form filled in by script with forty faults of different classes: forty problems, each at its cell."""

import datetime as dt
from pathlib import Path

from openpyxl import load_workbook

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


def test_forty_planted_faults_are_forty_problems_each_at_its_cell(tmp_path: Path) -> None:
    file = form("pseb", "2024-25-Q3", out=tmp_path)
    book = load_workbook(file)
    planted: set[str] = set()

    def put(sheet: str, row: int, column: str, value: object, *, at: str | None = None) -> None:
        book[sheet][f"{column}{row}"] = value
        planted.add(f"{sheet}!{at or column}{row}")

    book["Sources"]["A4"], book["Sources"]["B4"] = "letter", "PSEB"
    good = {
        "A": "interns-placed",
        "B": "2024-25-Q3",
        "C": 5,
        "D": "in period",
        "E": "31 March 2025",
        "F": "letter",
    }
    rows = iter(range(4, 60))
    for places in ([("C", v) for v in FIGURES], [("E", v) for v in DATES]):
        for n, (column, value) in enumerate(places):
            row = next(rows)
            for letter, text in good.items():
                book["KPIs"][f"{letter}{row}"] = text
            book["KPIs"][f"I{row}"] = f"Place {column}{n}"
            put("KPIs", row, column, value, at="A" if value == -5 else None)
    for letter, value in {
        "A": "interns-plaecd",
        "B": "2024-26",
        "D": "sometimes",
        "E": None,
        "F": "nowhere",
    }.items():
        row = next(rows)
        for column, text in good.items():
            book["KPIs"][f"{column}{row}"] = text
        book["KPIs"][f"I{row}"] = f"Part {letter}"
        put("KPIs", row, letter, value, at="A" if letter == "F" else None)
    for n, value in enumerate(MONEY):
        for column, text in {"I": "31 March 2025", "J": "letter"}.items():
            book["Budget"][f"{column}{4 + n}"] = text
        put("Budget", 4 + n, "F", value)
    put("Sources", 5, "A", "Second Letter")
    book["Sources"]["B5"] = "PSEB"
    put("Remarks", 4, "A", "x" * 600)
    put("Targets", 4, "C", 7, at="A")
    book["Targets"]["A4"], book["Targets"]["F4"], book["Targets"]["G4"] = (
        "nothing-known",
        "31 March 2025",
        "letter",
    )
    book["Targets"]["B4"] = "2024-25"
    book.save(file)
    assert len(planted) == 40
    found = [p for p in moitt_report.check([file]) if p.severity == "error"]
    assert sorted(p.place for p in found) == sorted(planted), [
        str(p) for p in found if p.place not in planted
    ]
