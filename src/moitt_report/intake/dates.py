"""Dates as ministries and Excel write them; never the order of the United States, never a guess."""

import datetime as dt
import re

from moitt_report.errors import shown
from moitt_report.intake.grid import Raw
from moitt_report.intake.reading import Fault, Read, changed
from moitt_report.months import MONTH_NUMBERS

_MONTHS = MONTH_NUMBERS | {"sept": 9}
_FLAGS = re.IGNORECASE | re.ASCII
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]*([a-z]{3,9})\.?,?[\s-]*(\d{4})", _FLAGS)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", _FLAGS)
_DIGITS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WESTERN = {begin + n: str(n) for begin in (0x660, 0x6F0) for n in range(10)}
_NO_DAY = re.compile(r"(?:[a-z]{3,9}\.?,?[\s-]*|\d{4}-)(?:\d{4}|\d{2})", _FLAGS)
_SHORT_YEAR = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s-]*[a-z]{3,9}\.?,?[\s-]*'?\d{2}|[a-z]{3,9}\.?\s*\d{1,2}(?:st|nd|rd|th)?,\s*'?\d{2}"
    r"|\d{1,2}([-/.])\d{1,2}\1\d{2}",
    _FLAGS,
)
_REMEDY = "write the month as a word, for example 31 March 2025"
_IN_FULL = "write the day, the month as a word and the year in full, for example 31 March 2025"
# Excel counts days from one of two beginnings; 60 in the first is a day that never was.
_BEGIN_1900 = dt.date(1899, 12, 30)
_BEGIN_1904 = dt.date(1904, 1, 1)
_FIRST, _LAST = dt.date(1947, 8, 14), dt.date(2200, 12, 31)


def read_date(raw: Raw, *, epoch_1904: bool) -> Read:
    """The date in `raw` as year-month-day. Raises `Fault` when it has no or more than one reading."""
    if raw.kind == "month":
        raise Fault(f"is shown as a month alone; behind it stands {raw.text}", _REMEDY)
    if raw.kind == "moment":
        raise Fault(f"“{raw.text}” has a time of day", "write the date alone")
    if raw.kind in {"number", "share"}:
        return _serial(raw, epoch_1904=epoch_1904)
    text = " ".join(raw.text.split()).translate(_WESTERN)
    day = _day(text)
    _within(day, text)
    return changed(raw.text, day.isoformat()) if raw.kind != "date" else Read(day.isoformat())


def _serial(raw: Raw, *, epoch_1904: bool) -> Read:
    begin = _BEGIN_1904 if epoch_1904 else _BEGIN_1900
    if not raw.text.isdigit() or len(raw.text) > 6 or int(raw.text) < 61:
        raise Fault(f"“{shown(raw.text)}” is not a date", _REMEDY)
    day = begin + dt.timedelta(days=int(raw.text))
    _within(day, raw.text)
    return changed(raw.text, day.isoformat(), "warning")


def _within(day: dt.date, text: str) -> None:
    if not _FIRST <= day <= _LAST:
        raise Fault(f"“{shown(text)}” lies outside {_FIRST.year} to {_LAST.year}", "correct the date")


def _day(text: str) -> dt.date:
    said = shown(text)
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return _made(said, found[3], _MONTHS.get(found[2].lower()), found[1])
    found = _MONTH_FIRST.fullmatch(text)
    if found:
        return _made(said, found[3], _MONTHS.get(found[1].lower()), found[2])
    if _ISO.fullmatch(text):
        return _made(said, text[:4], int(text[5:7]), text[8:])
    found = _DIGITS.fullmatch(text)
    if not found and _SHORT_YEAR.fullmatch(text):
        raise Fault(f"the year of “{said}” is not written in full", _IN_FULL)
    if not found and _NO_DAY.fullmatch(text):
        raise Fault(f"“{said}” names no day", _IN_FULL)
    if not found:
        raise Fault(f"“{said}” is not a date", _IN_FULL)
    first, second = int(found[1]), int(found[3])
    if first <= 12 and second <= 12 and first != second:
        raise Fault(f"“{said}” may be day-month or month-day", _REMEDY)
    if second > 12:
        raise Fault(f"“{said}” has no month {second}; the day stands first here", _REMEDY)
    return _made(said, found[4], second, found[1])


def _made(said: str, year: str, month: int | None, day: str) -> dt.date:
    try:
        return dt.date(int(year), month or 0, int(day))
    except ValueError:
        raise Fault(f"“{said}” is not a day of the calendar", _REMEDY) from None
