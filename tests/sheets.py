"""Small workbooks and CSV files of returns for tests, each made by changing a sound one."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook

from moitt_report.errors import Problem
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import Manner
from moitt_report.intake.returns import read_returns
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.pipeline.inputs import load_registers

SHEETS: dict[str, list[list[object]]] = {
    "Cover": [["Return"], ["Agency", "PSEB"], ["Period", "2024-25-Q2"]],
    "Sources": [["Source id", "Publisher"], ["letter", "PSEB"]],
    "KPIs": [
        ["KPI", "Period", "Actual", "As of", "Source"],
        ["interns-placed", "2024-25-Q2", 2700, "31 December 2024", "letter"],
        ["teledensity", "2024-12", 79.9, "2024-12-31", "letter"],
    ],
    "Budget": [
        ["Covers", "Period", "Stage", "Kind of allocation", "Total (Rs million)",
         "Local component (Rs million)", "Foreign component (Rs million)", "As of", "Source"],
        ["PSEB, PSDP", "2024-25-Q2", "released", None, 120.5, 100.25, 20.25, "31 Dec 2024", "letter"],
    ],
}  # fmt: skip


def workbook(change: Callable[[Workbook], None] | None = None) -> bytes:
    """The sound workbook after `change`."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def csv_text(separator: str = ",") -> str:
    lines = []
    for name, rows in SHEETS.items():
        lines.append(name)
        lines += [separator.join("" if v is None else f'"{v}"' for v in row) for row in rows]
        lines.append("")
    return "\r\n".join(lines)


def read(
    data: bytes, folder: Path, name: str = "pseb.xlsx", manner: Manner = USUAL
) -> tuple[AgencyReturn | None, list[Problem]]:
    file = folder / name
    file.write_bytes(data)
    filed, problems = read_returns([file], load_registers(), manner)
    return (filed[0] if filed else None), problems


def without(data: bytes, *, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive `data` with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == part else content)
    return made.getvalue()


__all__ = ["SHEETS", "csv_text", "load_workbook", "read", "without", "workbook"]
