"""The form as a workbook: only the cells to fill in are open, and each says what may stand in it."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from moitt_report.forms.asked import LastReported
from moitt_report.forms.cover import Addressed, write_cover
from moitt_report.forms.rows import Rows, Values, written
from moitt_report.forms.styles import Styles
from moitt_report.forms.validation import rule_of
from moitt_report.layout import TABLES, Column, Table
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.registers import Registers
from moitt_report.zipping import rezipped

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
_PAGE = 930
"""The width between the margins of A4 across, in the pixels Excel measures columns by, with a little to spare."""
_LINE = 13.5
"""The height of a line, in points."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """A column that helps to fill in and is not read back."""

    head: str
    width: int


_UNIT = _Beside("Unit", 16)
_LAST = _Beside("Last reported", 22)


def workbook_form(
    agency: str, period: str, rows: Rows, registers: Registers, last: AgencyReturn | None, deadline: dt.date
) -> bytes:
    """The workbook to send to `agency`; the same arguments give the same bytes, on every system."""
    made = io.BytesIO()
    book = Workbook(made, _OPTIONS)
    book.set_properties({"title": f"Return for {period}", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
    tables = [table for table in TABLES if table.asked or rows.get(table.name)]
    addressed = Addressed(registers.agencies.get(agency).name, period, deadline)
    writer = _Writer(book, registers, last, addressed)
    write_cover(writer.sheet("Cover"), writer.styles, addressed, tables)
    for table in tables:
        writer.table(table, rows.get(table.name, []))
    book.close()
    return rezipped(made.getvalue())


class _Writer:
    """Writes the sheets of one form."""

    def __init__(
        self, book: Any, registers: Registers, last: AgencyReturn | None, addressed: Addressed
    ) -> None:
        self.book, self.registers, self.addressed = book, registers, addressed
        self.last = LastReported(last)
        self.styles = Styles(book)

    def sheet(self, name: str) -> Any:
        """A sheet of A4 across, protected without a password."""
        sheet = self.book.add_worksheet(name)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        quoted = self.addressed.agency.replace("&", "&&")
        sheet.set_header(f"&L&9{quoted}&R&9Return for {self.addressed.period}")
        sheet.set_footer("&L&9&A&R&9Page &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    def table(self, table: Table, rows: list[Values]) -> None:
        """One sheet of rows: those given, and spare ones."""
        sheet, styles = self.sheet(table.name), self.styles
        sheet.write_string(0, 0, table.name, styles.title)
        sheet.write_string(1, 0, self.addressed.filled(table.help), styles.text)
        sheet.set_row(0, 24)
        columns, main = _columns(table)
        last = _HEAD + len(rows) + _SPARE_ROWS
        self._pages(sheet, columns, main)
        sheet.set_row(_HEAD, 2 * _LINE)
        for m in range(_HEAD + 1, last + 1):
            row = rows[m - _HEAD - 1] if m - _HEAD - 1 < len(rows) else None
            texts = [self._text(column, table, row) for column in columns]
            lines = max(-(-len(t) // c.width) for c, t in zip(columns, texts, strict=True))
            sheet.set_row(m, _LINE * max(lines, 1) + 3)
            for n, (column, text) in enumerate(zip(columns, texts, strict=True)):
                self._cell(sheet, m, n, column, text)
        for n, column in enumerate(columns):
            sheet.set_column(n, n, column.width)
            sheet.write_string(
                _HEAD, n, column.title if isinstance(column, Column) else column.head, styles.head
            )
            rule = rule_of(column, f"{xl_col_to_name(n)}{_HEAD + 2}") if isinstance(column, Column) else None
            if rule:
                sheet.data_validation(_HEAD + 1, n, last, n, rule)

    @staticmethod
    def _pages(sheet: Any, columns: Sequence[Column | _Beside], main: int) -> None:
        """On paper, what is always filled in stands on one page, and the rest on the next beside its first column."""
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.repeat_rows(_HEAD)
        width = max(_pixels(columns[:main]), _pixels([columns[0], *columns[main:]]))
        sheet.set_print_scale(max(40, min(100, 100 * _PAGE // width)))
        if main < len(columns):
            sheet.repeat_columns(0)
            sheet.set_v_pagebreaks([main])

    def _text(self, column: Column | _Beside, table: Table, row: Values | None) -> str:
        """What stands in a cell before it is filled in."""
        if row is None:
            return ""
        if isinstance(column, Column):
            return self._named(column, written(column, row.get(column.field, "")))
        if column is _LAST:
            return self.last.figure(table.name, row)
        kpi = self.registers.kpis.find(row["kpi"]) if "kpi" in row else None
        return kpi.unit if kpi else ""

    def _named(self, column: Column, text: str) -> str:
        """A KPI or project by its name, which says more than its id and is read as well."""
        match column.field if text else "":
            case "kpi":
                kpi = self.registers.kpis.find(text)
                return text if kpi is None else kpi.name
            case "project":
                project = self.registers.projects.find(text)
                return text if project is None else project.name
            case _:
                return text

    def _cell(self, sheet: Any, row: int, column: int, rule: Column | _Beside, text: str) -> None:
        styles = self.styles
        if isinstance(rule, _Beside):
            sheet.write_string(row, column, text, styles.known)
            return
        style = styles.known if text and not rule.answer else styles.of_kind(rule.kind)
        if not text:
            sheet.write_blank(row, column, None, style)
        elif rule.kind == "date":
            sheet.write_datetime(row, column, dt.date.fromisoformat(text), style)
        elif rule.kind in {"number", "money", "percent"} and _exact(text):
            sheet.write_number(row, column, float(text), style)
        else:
            sheet.write_string(row, column, text, style)


def _columns(table: Table) -> tuple[list[Column | _Beside], int]:
    """The columns as they stand in the form, and how many of them are always wanted."""
    main = list(_with_help([c for c in table.columns if not c.rare]))
    return main + [c for c in table.columns if c.rare], len(main)


def _pixels(columns: Sequence[Column | _Beside]) -> int:
    return sum(7 * column.width + 5 for column in columns)


def _with_help(columns: Sequence[Column]) -> Iterator[Column | _Beside]:
    for column in columns:
        yield column
        if column.field == "value":
            yield _UNIT
        if column.field in {"value", "rupees", "financial"}:
            yield _LAST


def _exact(text: str) -> bool:
    """Whether Excel, which keeps fifteen digits, keeps the number."""
    return bool(re.fullmatch(r"\d+(\.\d+)?", text)) and len(text.replace(".", "").strip("0")) <= 15
