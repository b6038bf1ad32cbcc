"""How far a project is: in the field, in money, in time. In percent, exact; absent when a part is."""

import datetime as dt
from decimal import Decimal

from moitt_report.model.arithmetic import million, share, total_of
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.project import Progress, ProjectReport, Schedule


def utilised_since_start(to_last_june: Money | Absence, this_year: Money | Absence) -> Money | Absence:
    """What was utilised since the project began: to the last 30 June, and in the year to date."""
    return total_of((to_last_june, this_year))


def throw_forward(approved_cost: Money | Absence, since_start: Money | Absence) -> Money | Absence:
    """What is still to be financed: approved cost less cumulative expenditure.

    Negative when more was spent than approved. Column heads of the PSDP document; the definition is that of
    common practice, for no public source prints it.
    """
    if isinstance(approved_cost, Absence):
        return approved_cost
    return since_start if isinstance(since_start, Absence) else approved_cost - since_start


def financial_progress(approved_cost: Money | Absence, since_start: Money | Absence) -> Decimal | Absence:
    """Cumulative expenditure as a percentage of the approved cost, the revised one where there is one.

    As the ministry counts it: Rs 14.5 billion of Rs 23.3 billion is "over 62 %" (Islamabad IT Park, Phoneworld,
    13 February 2026).
    """
    return share(million(since_start), million(approved_cost))


def time_progress(schedule: Schedule | None, day: dt.date) -> Decimal | Absence:
    """The days gone by on `day` as a percentage of those between begin and completion.

    Above 100 when the completion is overdue; zero before the begin.
    """
    if schedule is None:
        return Absence.NOT_REPORTED
    gone = max((day - schedule.begins).days, 0)
    return share(Decimal(gone), Decimal((schedule.end - schedule.begins).days))


def physical_progress(report: ProjectReport, cutoff: dt.date) -> Progress | None:
    """The latest physical progress known at `cutoff`."""
    return max(
        (p for p in report.physical if p.as_of <= cutoff), key=lambda progress: progress.as_of, default=None
    )
