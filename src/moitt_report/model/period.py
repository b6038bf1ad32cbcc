"""Periods of the fiscal year of Pakistan, July to June: years, quarters, months, ranges, spans."""

import calendar
import datetime as dt
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from moitt_report.months import SHORT_MONTHS


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
        return (self.year + 1) % 100 == self.month

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
