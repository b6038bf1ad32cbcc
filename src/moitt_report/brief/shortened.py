"""Readings that a brief prints with fewer decimals than they were reported with."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from moitt_report.brief.wording import as_published, number, rounded, telling
from moitt_report.errors import Problem
from moitt_report.model.kpi import MOST_DECIMALS
from moitt_report.model.portfolio import Portfolio


def shortened_readings(portfolio: Portfolio) -> Iterator[Problem]:
    """A note for each reading in the returns of the period that is rounded when it is printed.

    Where the two differ by trailing zeros alone there is none: `45.0` is 45.
    """
    for filed in portfolio.returns:
        for reading in filed.readings:
            kpi, value = portfolio.registers.kpis.get(reading.kpi), reading.value
            if not isinstance(value, Decimal):
                continue
            decimals = telling(value, kpi.decimals)
            if rounded(value, decimals) != value:
                needed = next(n for n in count() if rounded(value, n) == value)
                yield Problem(
                    reading.address,
                    f"{kpi.name}: {as_published(value)} is read, and {number(value, decimals)} is printed",
                    f"nothing to do; to print it whole, raise “decimals” of {kpi.id} to {needed} in the register of KPIs"
                    if needed <= MOST_DECIMALS
                    else f"nothing to do; the register of KPIs allows for {MOST_DECIMALS} decimals at most",
                    "note",
                )
