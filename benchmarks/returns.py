"""How long returns take to check: `python benchmarks/returns.py`.

A usual return (20 KPIs, 10 projects with their money) is made by our own form and filled in by script.
Cold: the command in a fresh process, less what the interpreter alone takes. Many: a folder of copies.
Peers open the same file and check nothing: openpyxl, for values and for formulas, and pandas if it is there.
Writes nothing.
"""

import argparse
import datetime as dt
import importlib.metadata
import io
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from moitt_report.forms.rows import asked_of
from moitt_report.forms.workbook import workbook_form
from moitt_report.model.period import parse_period
from moitt_report.model.registers import Register, Registers
from moitt_report.pipeline.inputs import load_registers

AGENCY, PERIOD, KPIS, PROJECTS = "pseb", "2024-25-Q3", 20, 10
DAY = dt.date(2025, 3, 31)
LIBRARIES = ("moitt-report", "openpyxl", "pydantic", "pandas")


def usual_return() -> bytes:
    """A filled-in form of 20 KPIs and 10 projects. ILLUSTRATIVE: the figures are made up."""
    registers = _owned(load_registers())
    rows = asked_of(AGENCY, parse_period(PERIOD), registers, None)
    form = workbook_form(AGENCY, PERIOD, rows, registers, None, dt.date(2025, 4, 15))
    book = load_workbook(io.BytesIO(form))
    _fill(book["Sources"], [{"Source id": "letter", "Publisher": "PSEB"}])
    asked = len(rows["KPIs"])
    _fill(book["KPIs"], [{"Actual": 100, "As of": DAY, "Source": "letter"} for n in range(asked)])
    _fill(book["Projects"], [
        {"Physical progress": 40 + n, "As of": DAY, "Source": "letter", "Note": "made up"}
        for n in range(PROJECTS)
    ])  # fmt: skip
    _fill(book["Budget"], [
        {"Total": 120.5 - n, "As of": DAY, "Source": "letter"} for n in range(len(rows["Budget"]))
    ])  # fmt: skip
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _owned(registers: Registers) -> Registers:
    """The registers, with twenty KPIs counted in numbers and ten projects given to one agency."""
    kpis = [k for k in registers.kpis.entries if k.direction != "milestone"][:KPIS]
    projects = registers.projects.entries[:PROJECTS]
    return registers.model_copy(
        update={
            "kpis": Register([k.model_copy(update={"owner": AGENCY}) for k in kpis]),
            "projects": Register([p.model_copy(update={"agency": AGENCY}) for p in projects]),
        }
    )


def _fill(sheet: object, rows: list[dict[str, object]]) -> None:
    heads = {str(cell.value).partition(" (")[0]: cell.column for cell in sheet[3] if cell.value}
    for n, row in enumerate(rows, 4):
        for head, value in row.items():
            sheet.cell(n, heads[head]).value = value
