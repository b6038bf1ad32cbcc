"""The form as CSV, for agencies whose systems file by program."""

import csv
import io

from moitt_report.forms.rows import Rows, written
from moitt_report.layout import COVER, COVER_LABELS, TABLES

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_BLOCKS = {name.casefold() for name in (COVER, *(table.name for table in TABLES))}


def csv_form(agency: str, period: str, rows: Rows) -> bytes:
    """The form as one CSV file in UTF-8 with a byte-order mark: a block for each sheet."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([COVER])
    for field, value in (("agency", agency), ("period", period)):
        writer.writerow([COVER_LABELS[field][0], value])
    for table in TABLES:
        if not table.asked and not rows.get(table.name):
            continue
        writer.writerow([])
        writer.writerow([table.name])
        writer.writerow([column.title for column in table.columns])
        for row in rows.get(table.name, []):
            writer.writerow([_safe(written(column, row.get(column.field, ""))) for column in table.columns])
    return made.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Text that no spreadsheet runs and that begins no block: a space stands before it, which readers drop."""
    return f" {text}" if text.startswith(_RISKY) or text.casefold() in _BLOCKS else text
