"""The numerals that may stand on a page without a Fact, by kind. The list is closed."""

import re
from collections.abc import Mapping
from typing import Literal

from moitt_report.months import MONTHS, SHORT_MONTHS

_MONTH = f"(?:{'|'.join((*MONTHS, *SHORT_MONTHS))})"
_YEAR = r"(?:19|20)\d{2}"
_FISCAL = rf"(?:FY\s)?{_YEAR}-\d{{2}}"
_DATE = (
    rf"(?:\d{{1,2}}\s{_MONTH}\s{_YEAR}"
    rf"|{_MONTH}(?:\s{_YEAR})?(?:(?:\sto\s|–){_MONTH}(?:\s{_YEAR})?)?"
    rf"|{_FISCAL}(?:\s(?:to|and)\s{_FISCAL}|\sQ[1-4])?|{_YEAR})"
)

FURNITURE: Mapping[str, re.Pattern[str]] = {
    # Dates and the names of periods. They say when, never how much.
    "date": re.compile(rf"{_DATE}"),
    # Numbers that order the document itself: paragraphs, tables, notes, decisions, sources, pages.
    "number": re.compile(r"\d{1,4}\.?|(?:Table|Chart|Section|Paragraph|page|Annex)\s[A-Z0-9]+|[RMSDFW]\d+"),
    # Names kept in a register: projects, KPIs, agencies, laws ("25 Software Technology Parks").
    "name": re.compile(r".{1,200}"),
    # What the officer typed for the title block: addressee, office, file number, classification.
    "title block": re.compile(r".{1,300}"),
    # Addresses: of sources, of cells (`returns 2025.xlsx!Budget!C4`), and the ids of Facts.
    "address": re.compile(r"\S(?:.{0,398}\S)?"),
    # How a figure was made: names of stages, and the constants of arithmetic (`÷ allocation × 100`).
    "formula": re.compile(r".{1,300}"),
    # Words of somebody else, shown as theirs: a source's own wording, an agency's remark.
    "quoted": re.compile(r".{1,600}"),
}
FurnitureKind = Literal["date", "number", "name", "title block", "address", "formula", "quoted"]
