"""Periods of the fiscal year of Pakistan, July to June: years, quarters, months, ranges, spans."""

import calendar
import datetime as dt
import functools
import re
from collections.abc import Callable
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, model_validator

from moitt_report.months import MONTH_NUMBERS, SHORT_MONTHS

_LONGEST_SHOWN = 60
_DASH = r"\s*(?:-|–|to)\s*"


class Month(BaseModel):
    """A month of the calendar; ordered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Wider than what `parse_period` reads, so that there is always an earlier and a later period.
    year: Annotated[int, Field(ge=1600, le=2600)]
    month: Annotated[int, Field(ge=1, le=12)]

    def shifted(self, months: int) -> "Month":
        """The month `months` later, or earlier when negative."""
        index = self.year * 12 + self.month - 1 + months
        return Month(year=index // 12, month=index % 12 + 1)

    @property
    def fiscal(self) -> int:
        """The calendar year in which its fiscal year begins."""
        return self.year if self.month >= 7 else self.year - 1

    @property
    def first_day(self) -> dt.date:
        """The first day of the month."""
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the month."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def reads_as_a_year(self) -> bool:
        """Whether its name in digits is that of a fiscal year too: `2011-12`, December 2011."""
        return _follows(str(self.year), f"{self.month:02d}")

    def __lt__(self, other: "Month") -> bool:
        return (self.year, self.month) < (other.year, other.month)

    def __le__(self, other: "Month") -> bool:
        return (self.year, self.month) <= (other.year, other.month)


class Period(BaseModel):
    """The months from `first` to `last`, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: Month
    last: Month

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")
        return self

    @property
    def months(self) -> tuple[Month, ...]:
        """All its months in order."""
        return tuple(self.first.shifted(n) for n in range(len(self)))

    @property
    def last_day(self) -> dt.date:
        """The last day of its last month."""
        return self.last.last_day

    @property
    def deadline(self) -> dt.date:
        """When returns for it are due where nobody says otherwise: fifteen days after it. The rule is ours."""
        return self.last_day + dt.timedelta(days=15)

    @property
    def year(self) -> "FiscalYear":
        """The fiscal year its last month lies in."""
        return fiscal_year(self.last.fiscal)

    @property
    def year_to_date(self) -> "Period":
        """July of its fiscal year to its last month."""
        return period_of(Month(year=self.last.fiscal, month=7), self.last)

    def before(self, months: int) -> "Period":
        """The same length of time, `months` earlier."""
        return period_of(self.first.shifted(-months), self.last.shifted(-months))

    @property
    def previous(self) -> "Period":
        """The period of the same length that ends where this begins."""
        return self.before(len(self))

    @property
    def year_earlier(self) -> "Period":
        """The same months a year before."""
        return self.before(12)

    def covers(self, other: "Period") -> bool:
        """Whether all months of `other` lie in this period."""
        return self.first <= other.first and other.last <= self.last

    def __len__(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def __str__(self) -> str:
        """The file name of the period, which is that of no other: `2024-07`, `2024-07_2024-12`, `Jan2000_Feb2001`."""
        name, last = (f"{month.year}-{month.month:02d}" for month in (self.first, self.last))
        # `2011-12` is read as the fiscal year: December 2011 is named as a range of one month.
        if self.first == self.last:
            return f"{name}_{last}" if self.first.reads_as_a_year else name
        # `2000-01_2001-02` is read as two fiscal years: the months of such a range are named by words.
        if self.first.reads_as_a_year and self.last.reads_as_a_year:
            return "_".join(f"{SHORT_MONTHS[m.month - 1]}{m.year}" for m in (self.first, self.last))
        return f"{name}_{last}"


class FiscalYear(Period):
    """July to June, named by both calendar years: 2024-25."""

    def __str__(self) -> str:
        return f"{self.first.year}-{self.last.year % 100:02d}"


class Quarter(Period):
    """A quarter of a fiscal year: Q1 is July to September."""

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.first.month - 7) % 12 // 3 + 1

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


class Span(Period):
    """Several whole fiscal years, one after the other."""

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """The fiscal years in order."""
        return tuple(fiscal_year(n) for n in range(self.first.year, self.last.year))

    def __str__(self) -> str:
        return "_".join((str(self.years[0]), str(self.years[-1])))


def period_of(first: Month, last: Month) -> Period:
    """The period from `first` to `last` in its most particular kind, so that equal periods are equal."""
    plain = Period(first=first, last=last)
    length = len(plain)
    if first.month == 7 and length % 12 == 0:
        return (FiscalYear if length == 12 else Span)(first=first, last=last)
    if length == 3 and first.month % 3 == 1:
        return Quarter(first=first, last=last)
    return plain


def fiscal_year(start: int) -> FiscalYear:
    """The fiscal year that begins in July of `start`."""
    return FiscalYear(first=Month(year=start, month=7), last=Month(year=start + 1, month=6))


def quarter(start: int, number: int) -> Quarter:
    """Quarter `number` (1 to 4) of the fiscal year that begins in July of `start`."""
    first = Month(year=start, month=7).shifted(3 * (number - 1))
    return Quarter(first=first, last=first.shifted(2))


def parse_period(text: str) -> Period:
    """The period that `text` names.

    Understood: `2024-25`, `FY 2024-25`, `FY25`, `2024-25-Q2`, `Q2 FY2024-25`, `2QFY25`,
    `2024-12`, `December 2024`, `Jul-Mar FY2024-25`, `October to December 2024`,
    `January 2000 to February 2001`, `Jan2000_Feb2001`,
    `2023-24 to 2024-25`, `2023-24_2024-25`. Raises `ValueError` for anything else.
    """
    words = " ".join(text.replace("\u2013", "-").replace("\u00a0", " ").split())
    return _named(words, text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "…")


@functools.lru_cache(maxsize=1_000)  # a return names the same few periods in every row
def _named(words: str, shown: str) -> Period:
    if any(not 1947 <= int(year) <= 2200 for year in re.findall(r"\d{4}", words)):
        raise ValueError(f"“{shown}” is not between 1947 and 2200")
    for form, make in _FORMS:
        found = re.fullmatch(form, words, re.IGNORECASE)
        if found:
            return make(*found.groups())
    raise ValueError(f"“{shown}” is not a period such as 2024-25, 2024-25-Q2 or 2024-12")


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
