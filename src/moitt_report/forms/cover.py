"""The first sheet of a form: from whom, for whom, for when, until when, and how it is filled in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from moitt_report.forms.styles import Styles
from moitt_report.layout import COVER_LABELS, Table
from moitt_report.model.period import Span
from moitt_report.model.period_names import parse_period
from moitt_report.months import MONTHS

_OFFICE = ("Government of Pakistan", "Ministry of Information Technology and Telecommunication")
_INSTRUCTIONS = (
    "Fill in the open cells, which are pale yellow, and send this workbook back as it is: .xlsx, not .xls and not PDF.",
    "Where there is no figure, write why: not reported, not yet due, not applicable. Zero is a figure.",
    "Money is in Rs million, cumulative from {begin} to {end}. Dates are written as 31 March 2025. A percentage is written with its sign, as 45 %.",
    "Every figure names its source: a line in the sheet Sources, such as the agency's own letter.",
    "The sheets are protected without a password, so that heads stay in place. Rows left empty do no harm.",
)
_SIGNED = ("Filled in by (name, designation, telephone)", "Checked by", "Date")


@dataclass(frozen=True, slots=True)
class Addressed:
    """To which agency a form goes, by its full name; the period, and the last day to return it."""

    agency: str
    period: str
    deadline: dt.date

    def filled(self, words: str) -> str:
        """Words with the days between which money is counted in this return."""
        about = parse_period(self.period)
        to_date = about if isinstance(about, Span) else about.year_to_date
        return words.format(begin=_day(to_date.first.first_day), end=_day(to_date.last_day))


def write_cover(sheet: Any, styles: Styles, addressed: Addressed, tables: Iterable[Table]) -> None:
    """Fill the first sheet."""
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 86)
    for n, line in enumerate(_OFFICE):
        sheet.write_string(n, 0, line, styles.office)
    sheet.set_row(2, 30)
    sheet.write_string(2, 0, f"Return of projects and KPIs, {addressed.period}", styles.title)
    known = (
        (COVER_LABELS["agency"][0], addressed.agency),
        (COVER_LABELS["period"][0], addressed.period),
        ("To be returned by", _day(addressed.deadline)),
    )
    row = _lines(sheet, 4, known, styles.head, styles.known)
    sheet.write_string(row + 1, 0, "How to fill it in", styles.part)
    for n, line in enumerate(_INSTRUCTIONS, 1):
        sheet.write_string(row + 1 + n, 0, f"{n}. {addressed.filled(line)}", styles.text)
    row += 3 + len(_INSTRUCTIONS)
    sheet.write_string(row, 0, "The sheets", styles.part)
    row = _lines(
        sheet, row + 1, ((t.name, addressed.filled(t.help)) for t in tables), styles.known, styles.wrapped
    )
    _lines(sheet, row + 1, ((label, "") for label in _SIGNED), styles.head, styles.open)
    sheet.fit_to_pages(1, 1)


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _lines(sheet: Any, row: int, lines: Iterable[tuple[str, str]], left: Any, right: Any) -> int:
    """Pairs of cells below each other; the row after them."""
    for label, text in lines:
        sheet.set_row(row, 17 if len(text) < 95 else 31)
        sheet.write_string(row, 0, label, left)
        if text:
            sheet.write_string(row, 1, text, right)
        else:
            sheet.write_blank(row, 1, None, right)
        row += 1
    return row
