"""The names of periods as people write them, read without a guess."""

import functools
import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from moitt_report.errors import shown
from moitt_report.model.period import FiscalYear, Month, Period, Quarter, fiscal_year, period_of, quarter
from moitt_report.months import MONTH_NUMBERS

_DASH = r"\s*(?:-|–|to)\s*"


def parse_period(text: str) -> Period:
    """The period that `text` names.

    Understood: `2024-25`, `FY 2024-25`, `FY25`, `2024-25-Q2`, `Q2 FY2024-25`, `2QFY25`,
    `2024-12`, `December 2024`, `Jul-Mar FY2024-25`, `October to December 2024`,
    `January 2000 to February 2001`, `Jan2000_Feb2001`,
    `2023-24 to 2024-25`, `2023-24_2024-25`. Raises `ValueError` for anything else.
    """
    words = " ".join(text.replace("\u2013", "-").replace("\u00a0", " ").split())
    return _named(words, shown(text))


@functools.lru_cache(maxsize=1_000)  # a return names the same few periods in every row
def _named(words: str, said: str) -> Period:
    if any(not 1947 <= int(year) <= 2200 for year in re.findall(r"\d{4}", words)):
        raise ValueError(f"“{said}” is not between 1947 and 2200")
    for form, make in _FORMS:
        found = re.fullmatch(form, words, re.IGNORECASE)
        if found:
            return make(*found.groups())
    raise ValueError(f"“{said}” is not a period such as 2024-25, 2024-25-Q2 or 2024-12")


def _year(first: str, last: str) -> FiscalYear:
    start = int(first)
    if (start + 1) % 100 != int(last[-2:]) or (len(last) == 4 and int(last) != start + 1):
        raise ValueError(f"“{first}-{last}” is not a fiscal year: it runs from July to June of the next year")
    return fiscal_year(start)


def _short(end: str) -> FiscalYear:
    return fiscal_year(2000 + int(end) - 1)


def _quarter(first: str, last: str, number: str) -> Quarter:
    return quarter(_year(first, last).first.year, int(number))


def _month(name: str, year: str) -> Period:
    month = Month(year=int(year), month=_number(name))
    return period_of(month, month)


def _number(name: str) -> int:
    number = MONTH_NUMBERS.get(name.lower())
    if number is None:
        raise ValueError(f"“{name}” is not a month")
    return number


def _range(first: str, last: str, year: FiscalYear) -> Period:
    months = {m.month: m for m in year.months}
    return period_of(months[_number(first)], months[_number(last)])


def _calendar_range(first: str, last: str, year: str) -> Period:
    begin, end = _number(first), _number(last)
    if end < begin:
        raise ValueError(
            f"“{first} to {last} {year}” crosses the new year: name both years, or the fiscal year"
        )
    return period_of(Month(year=int(year), month=begin), Month(year=int(year), month=end))


def _months_of_two_years(first: str, year: str, last: str, last_year: str) -> Period:
    return period_of(
        Month(year=int(year), month=_number(first)), Month(year=int(last_year), month=_number(last))
    )


def _ambiguous(year: str, number: str) -> Period:
    # 2009-10 to 2011-12 could be a fiscal year or a month. Both readings existed in those years
    # only, so the fiscal year wins where the numbers follow each other.
    if _follows(year, number):
        return _year(year, number)
    month = Month(year=int(year), month=int(number))
    return period_of(month, month)


def _span(first: str, first_end: str, last: str, last_end: str) -> Period:
    if int(first_end[-2:]) in range(1, 13) and _is_month_pair(first, first_end, last, last_end):
        return period_of(
            Month(year=int(first), month=int(first_end)), Month(year=int(last), month=int(last_end))
        )
    return period_of(_year(first, first_end).first, _year(last, last_end).last)


def _is_month_pair(first: str, first_end: str, last: str, last_end: str) -> bool:
    if len(first_end) != 2 or len(last_end) != 2 or not 1 <= int(last_end) <= 12:
        return False
    both_are_years = _follows(first, first_end) and _follows(last, last_end)
    # From one to the same is a month named as a range: a span of years has several.
    return not both_are_years or (first, first_end) == (last, last_end)


def _follows(year: str, number: str) -> bool:
    return (int(year) + 1) % 100 == int(number)


_FY = r"(?:FY\s?)?(\d{4})-(\d{4}|\d{2})"
_FORMS: tuple[tuple[str, Callable[..., Period]], ...] = (
    (r"(\d{4})-(0[1-9]|1[0-2])", _ambiguous),
    (_FY, _year),
    (r"FY\s?(\d{2})", _short),
    (rf"{_FY}[\s-]?Q([1-4])", _quarter),
    (rf"Q([1-4])\s?{_FY}", lambda n, a, b: _quarter(a, b, n)),
    (r"([1-4])QFY\s?(\d{2})", lambda n, e: quarter(_short(e).first.year, int(n))),
    (r"Q([1-4])\s?FY\s?(\d{2})", lambda n, e: quarter(_short(e).first.year, int(n))),
    (r"(\d{4})-(\d{2})_(\d{4})-(\d{2})", _span),
    (rf"{_FY}\s?(?:to|and)\s?{_FY}", _span),
    (r"([a-z]{3,9}),? (\d{4})", _month),
    (rf"([a-z]{{3,9}}){_DASH}([a-z]{{3,9}}),? {_FY}", lambda a, b, c, d: _range(a, b, _year(c, d))),
    (rf"{_FY} ([a-z]{{3,9}}){_DASH}([a-z]{{3,9}})", lambda c, d, a, b: _range(a, b, _year(c, d))),
    (rf"([a-z]{{3,9}}){_DASH}([a-z]{{3,9}}),? FY\s?(\d{{2}})", lambda a, b, e: _range(a, b, _short(e))),
    (rf"([a-z]{{3,9}}){_DASH}([a-z]{{3,9}}),? (\d{{4}})", _calendar_range),
    (rf"([a-z]{{3,9}}),? ?(\d{{4}})(?:_|{_DASH})([a-z]{{3,9}}),? ?(\d{{4}})", _months_of_two_years),
)


def _period(value: Any) -> Period:
    if isinstance(value, str):
        return parse_period(value)
    if isinstance(value, Period):
        return value
    if isinstance(value, dict) and value.keys() == {"first", "last"}:
        plain = Period.model_validate(value)
        return period_of(plain.first, plain.last)
    raise ValueError("a period is one piece of text, such as 2024-25-Q2")


AnyPeriod = Annotated[
    Period,
    PlainValidator(_period, json_schema_input_type=str),
    PlainSerializer(str, when_used="json"),  # the default would warn of every kind but the plain one
]
"""A period in a record: read from its name or from its first and last month, written by its name."""
