"""How a KPI stands, judged by a rule kept as data."""

from decimal import Decimal
from enum import StrEnum

from moitt_report.model.kpi import Absence
from moitt_report.model.registers import StatusRule


class Status(StrEnum):
    """How a KPI stands."""

    ON_TARGET = "On target"
    WATCH = "Watch"
    BEHIND = "Behind"
    NOT_YET_DUE = "Not yet due"
    NOT_RATED = "Not rated"


def rate(achieved: Decimal | Absence, rule: StatusRule) -> Status:
    """The status of a share achieved of the target due, in percent; higher is better."""
    if isinstance(achieved, Absence):
        return Status.NOT_YET_DUE if achieved is Absence.NOT_YET_DUE else Status.NOT_RATED
    if achieved >= rule.on_target:
        return Status.ON_TARGET
    return Status.WATCH if achieved >= rule.watch else Status.BEHIND
