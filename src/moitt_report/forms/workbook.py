"""The form as a workbook: only the cells to fill in are open, and each says what may stand in it."""

import datetime as dt
import io
import re
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from moitt_report.forms.rows import Rows, Values, last_figures, written
from moitt_report.layout import ABSENCES, COVER, COVER_LABELS, TABLES, Column, Table
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.registers import Registers

# Nothing typed by anybody becomes a formula or a link; no file is written besides the one asked for.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_SPARE_ROWS = 15
_HEAD = 2
"""The row of heads, from 0: title and instruction stand above it."""
_INSTRUCTIONS = (
    "Fill in the open cells, which are pale yellow, and send this workbook back.",
    "Where there is no figure, write why: not reported, not yet due, not applicable. Zero is a figure.",
    "Money is in Rs million. Dates are written as 31 March 2025.",
    "Every figure names its source: a line in the sheet Sources.",
    "The sheets are protected without a password, so that heads stay in place.",
)


def workbook_form(
    agency: str, period: str, rows: Rows, registers: Registers, last: AgencyReturn | None, deadline: dt.date
) -> bytes:
    """The workbook to send to `agency`; the same arguments give the same bytes."""
    made = io.BytesIO()
    book = Workbook(made, _OPTIONS)
    book.set_properties({"title": f"Return for {period}", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
    writer = _Writer(book, registers, last)
    writer.cover(agency, period, deadline)
    for table in TABLES:
        if table.asked or rows.get(table.name):
            writer.table(table, rows.get(table.name, []))
    book.close()
    return made.getvalue()


class _Writer:
    def __init__(self, book: Any, registers: Registers, last: AgencyReturn | None) -> None:
        self.book, self.registers, self.last = book, registers, last
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
        grey = {"border": 1, "border_color": "#A6A6A6"}
        self.title = book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False})
        self.text = book.add_format({**base, "text_wrap": False})
        self.head = book.add_format({**base, **grey, "bold": True, "bg_color": "#D9E1F2"})
        self.known = book.add_format({**base, **grey, "bg_color": "#F2F2F2"})
        opened = {**base, **grey, "bg_color": "#FFFBE6", "locked": False}
        self.formats = {
            "number": book.add_format({**opened, "num_format": "#,##0.######"}),
            "percent": book.add_format({**opened, "num_format": "0.##"}),
            "money": book.add_format({**opened, "num_format": "#,##0.000###"}),
            "date": book.add_format({**opened, "num_format": "d mmmm yyyy"}),
        }
        self.open = book.add_format({**opened, "num_format": "@"})

    def _sheet(self, name: str) -> Any:
        sheet: Worksheet = self.book.add_worksheet(name)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def cover(self, agency: str, period: str, deadline: dt.date) -> None:
        """The first sheet: for whom, for when, until when, and how."""
        sheet = self._sheet(COVER)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, f"Return of the quarter {period}", self.title)
        name = self.registers.agencies.get(agency).name
        lines = (
            (COVER_LABELS["agency"][0], agency),
            (COVER_LABELS["period"][0], period),
            ("Full name", name),
            ("To be returned by", f"{deadline.day} {deadline:%B %Y}"),
        )
        for n, (label, value) in enumerate(lines, 2):
            sheet.write_string(n, 0, label, self.head)
            sheet.write_string(n, 1, value, self.known)
        for n, line in enumerate(_INSTRUCTIONS, len(lines) + 3):
            sheet.write_string(n, 0, f"{n - len(lines) - 2}. {line}", self.text)

    def table(self, table: Table, rows: list[Values]) -> None:
        """One sheet of rows: those given, and spare ones."""
        sheet = self._sheet(table.name)
        sheet.write_string(0, 0, table.name, self.title)
        sheet.write_string(1, 0, table.help, self.text)
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.repeat_rows(_HEAD)
        last = _HEAD + len(rows) + _SPARE_ROWS
        for n, column in enumerate(table.columns):
            sheet.set_column(n, n, column.width)
            sheet.write_string(_HEAD, n, column.title, self.head)
            self._rule(sheet, column, n, last)
            for m in range(_HEAD + 1, last + 1):
                row = rows[m - _HEAD - 1] if m - _HEAD - 1 < len(rows) else {}
                self._cell(sheet, m, n, column, written(column, row.get(column.field, "")))
        self._beside(sheet, table, rows)

    def _beside(self, sheet: Any, table: Table, rows: list[Values]) -> None:
        """Columns that help to fill in and are not read back: the unit, and the last figure reported."""
        first = len(table.columns)
        for n, head in enumerate(("Unit", "Name", "Last reported")):
            sheet.set_column(first + n, first + n, 24)
            sheet.write_string(_HEAD, first + n, head, self.head)
        for m, row in enumerate(rows, _HEAD + 1):
            kpi = self.registers.kpis.find(row["kpi"]) if "kpi" in row else None
            project = self.registers.projects.find(row["project"]) if "project" in row else None
            unit = kpi.unit if kpi else "Rs million" if table.name == "Budget" else ""
            name = kpi.name if kpi else project.name if project else ""
            for n, text in enumerate((unit, name, last_figures(self.last, table.name, row))):
                sheet.write_string(m, first + n, text, self.known)

    def _cell(self, sheet: Any, row: int, column: int, rule: Column, text: str) -> None:
        known = text and not rule.answer
        style = self.known if known else self.formats.get(rule.kind, self.open)
        if not text:
            sheet.write_blank(row, column, None, style)
        elif rule.kind == "date":
            sheet.write_datetime(row, column, dt.date.fromisoformat(text), style)
        elif rule.kind in {"number", "money", "percent"} and _exact(text):
            sheet.write_number(row, column, float(text), style)
        else:
            sheet.write_string(row, column, text, style)

    def _rule(self, sheet: Any, column: Column, n: int, last: int) -> None:
        """What Excel lets in, said in plain English when it does not."""
        area = (_HEAD + 1, n, last, n)
        say = {"error_title": column.head[:32], "input_title": column.head[:32]}
        if column.help:
            say["input_message"] = column.help[:255]
        rule: dict[str, Any]
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices)}
            say["error_message"] = "Choose one from the list."
        elif column.kind == "date":
            rule = {"validate": "date", "criteria": "between", "minimum": dt.date(1947, 8, 14), "maximum": dt.date(2200, 12, 31)}  # fmt: skip
            say["error_message"] = "Write a date, for example 31 March 2025."
        elif column.kind in {"number", "money", "percent"}:
            cell = _address(_HEAD + 1, n)
            words = ",".join(f'{cell}="{word}"' for word in ABSENCES.split(", "))
            most = f",{cell}<=100" if column.kind == "percent" else ""
            rule = {"validate": "custom", "value": f"=OR(AND(ISNUMBER({cell}),{cell}>=0{most}),{words})"}
            say["error_message"] = f"Write a number that is not negative, or: {ABSENCES}."
        elif column.help:
            rule = {"validate": "any"}
        else:
            return
        sheet.data_validation(*area, rule | say)


def _exact(text: str) -> bool:
    """Whether Excel, which keeps fifteen digits, keeps the number."""
    return bool(re.fullmatch(r"\d+(\.\d+)?", text)) and len(text.replace(".", "").strip("0")) <= 15


def _address(row: int, column: int) -> str:
    return f"{chr(65 + column)}{row + 1}"
