"""Who has filed for a period, who was late, and who has not filed.

Expected are the agencies of which a form asks something, because the registers give them a KPI or a project,
and those that filed for the period before. A wing reports through its ministry.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from moitt_report.filing.record import Filing
from moitt_report.model.period import Period
from moitt_report.model.project import Agency
from moitt_report.model.registers import Registers

State = Literal["filed", "filed late", "due", "overdue"]


@dataclass(frozen=True, slots=True)
class Duty:
    """What one agency owes for a period, and how it has met it."""

    agency: Agency
    expected: bool
    state: State
    days_late: int
    """From the deadline to the first filing, or to today when there is none; 0 when not late."""
    filings: tuple[Filing, ...]
    """In order; the last is in force."""


def duties(
    filings: Sequence[Filing], registers: Registers, period: Period, deadline: dt.date, today: dt.date
) -> tuple[Duty, ...]:
    """Every agency that is expected to file or has filed, in the order of the register of agencies."""
    expected = _expected(filings, registers, period)
    mine = {
        agency.id: tuple(f for f in filings if (f.agency, f.period) == (agency.id, str(period)))
        for agency in registers.agencies.entries
    }
    return tuple(
        _duty(agency, agency.id in expected, mine[agency.id], deadline, today)
        for agency in registers.agencies.entries
        if agency.id in expected or mine[agency.id]
    )


def _expected(filings: Sequence[Filing], registers: Registers, period: Period) -> set[str | None]:
    asked: set[str | None] = {agency.id for agency in registers.asked}
    return asked | {f.agency for f in filings if f.period == str(period.previous)}


def _duty(
    agency: Agency, expected: bool, filings: tuple[Filing, ...], deadline: dt.date, today: dt.date
) -> Duty:
    day = filings[0].day if filings else today
    late = max(0, (day - deadline).days)
    state: State
    match bool(filings), bool(late):
        case True, False:
            state = "filed"
        case True, True:
            state = "filed late"
        case False, True:
            state = "overdue"
        case _:
            state = "due"
    return Duty(agency, expected, state, late, filings)
