"""What Excel lets into a cell of a form, said in plain English when it does not."""

import datetime as dt
from typing import Any

from moitt_report.layout import ABSENCES, SOURCES, Column

_FIRST, _LAST = dt.date(1947, 8, 14), dt.date(2200, 12, 31)
_SOURCE_IDS = f"={SOURCES.name}!$A$4:$A$203"


def rule_of(column: Column, first: str) -> dict[str, Any] | None:
    """The rule of XlsxWriter for a column whose first cell is at `first`; None when anything will do."""
    say = {"error_title": column.head[:32], "input_title": column.head[:32]}
    if column.help:
        say["input_message"] = column.help[:255]
    if column.choices:
        say["error_message"] = "Choose one from the list."
        return {"validate": "list", "source": list(column.choices)} | say
    if column.field == "source":
        say["error_message"] = "Choose the id of a source: first write it in the sheet Sources."
        return {"validate": "list", "source": _SOURCE_IDS} | say
    if column.kind == "date":
        say["error_message"] = "Write a date, for example 31 March 2025."
        return {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST} | say
    if column.kind in {"number", "money", "percent"}:
        words = ",".join(f'{first}="{word}"' for word in ABSENCES.split(", "))
        most = f",{first}<=100" if column.kind == "percent" else ""
        say["error_message"] = f"Write a number that is not negative, or: {ABSENCES}."
        number = f"=OR(AND(ISNUMBER({first}),{first}>=0{most}),{words})"
        return {"validate": "custom", "value": number} | say
    return {"validate": "any"} | say if column.help else None
