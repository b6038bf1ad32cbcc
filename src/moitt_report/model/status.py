"""How a KPI stands, judged from baseline to target by a rule kept as data."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from moitt_report.model.kpi import Absence, Direction, Kpi, Target
from moitt_report.model.registers import StatusRule


class Status(StrEnum):
    """How a KPI stands."""

    ON_TARGET = "On target"
    WATCH = "Watch"
    BEHIND = "Behind"
    NOT_YET_DUE = "Not yet due"
    NOT_RATED = "Not rated"


class Ground(StrEnum):
    """What a status rests on; it is printed as the reason."""

    SHARE = "share of the way to the target due"
    KEPT = "at or below the limit"
    EXCEEDED = "above the limit, no baseline"
    INSIDE = "inside the band"
    OUTSIDE = "outside the band"
    REACHED = "milestone reached"
    OVERDUE = "milestone overdue"
    NOT_DUE = "not yet due"
    NO_TARGET = "no target"
    NO_READING = "no reading"
    NO_ORDER = "milestone without an order of steps"
    OTHER_TIME = "counted over other times than the target"
    MONTHS_MISSING = "months without a reading"


_ROUNDED_AWAY = Decimal("0.05")
"""From here on a percentage is printed with the next decimal."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status as computed, what it rests on, and the share achieved where there is one (percent)."""

    status: Status
    ground: Ground
    achieved: Decimal | Absence = Absence.NOT_APPLICABLE


def rate(achieved: Decimal | Absence, rule: StatusRule) -> Status:
    """The status of a share achieved of the target due, in percent.

    Judged as it is printed, to one decimal: no page says "90.0 %" and "watch is under 90 %".
    """
    if isinstance(achieved, Absence):
        return Status.NOT_YET_DUE if achieved is Absence.NOT_YET_DUE else Status.NOT_RATED
    if achieved + _ROUNDED_AWAY >= rule.on_target:
        return Status.ON_TARGET
    return Status.WATCH if achieved + _ROUNDED_AWAY >= rule.watch else Status.BEHIND


def achieved(
    reading: Decimal | Absence, due: Decimal | Absence, baseline: Decimal | None
) -> Decimal | Absence:
    """The way from baseline to the target due that is behind us, in percent; the way may lead down.

    (reading − baseline) ÷ (target due − baseline) × 100: for a KPI where lower is better both differences are
    negative, so one formula serves both directions.
    """
    if isinstance(due, Absence):
        return due
    if isinstance(reading, Absence):
        return reading
    start = baseline or Decimal(0)
    return Absence.NOT_APPLICABLE if due == start else (reading - start) * 100 / (due - start)


def judge(
    kpi: Kpi,
    target: Target | None,
    due: Decimal | Absence,
    value: Decimal | Absence,
    word: str | None,
    rule: StatusRule,
    as_of: dt.date,
) -> Judgement:
    """How `kpi` stands: its value, or the word of its milestone, against the part of the target that is due.

    Where lower is better, the target is a limit: at or below it is on target; above it the way from the
    baseline counts, and without a baseline it is behind. Inside a band is on target; outside, the share of
    the nearest end decides between watch and behind. A milestone is reached, not yet due, or behind.
    """
    if target is None:
        return Judgement(Status.NOT_RATED, Ground.NO_TARGET)
    if kpi.direction is Direction.MILESTONE or target.milestone is not None:
        return _step(kpi, target, word, as_of)
    if due is Absence.NOT_YET_DUE:
        return Judgement(Status.NOT_YET_DUE, Ground.NOT_DUE, Absence.NOT_YET_DUE)
    if isinstance(value, Absence) or isinstance(due, Absence):
        return Judgement(Status.NOT_RATED, Ground.NO_READING, Absence.NOT_REPORTED)
    match kpi.direction:
        case Direction.HIGHER:
            part = achieved(value, due, target.baseline)
            return Judgement(rate(part, rule), Ground.SHARE, part)
        case Direction.LOWER:
            return _limit(value, due, target.baseline, rule)
        case Direction.BAND:
            return _band(value, due, target.upper, rule)
        case _:
            assert_never(kpi.direction)


def _limit(value: Decimal, due: Decimal, baseline: Decimal | None, rule: StatusRule) -> Judgement:
    if value <= due:
        return Judgement(Status.ON_TARGET, Ground.KEPT)
    if baseline is None or baseline <= due:
        return Judgement(Status.BEHIND, Ground.EXCEEDED)
    part = achieved(value, due, baseline)
    return Judgement(rate(part, rule), Ground.SHARE, part)


def _band(value: Decimal, low: Decimal, upper: Decimal | None, rule: StatusRule) -> Judgement:
    high = low if upper is None else upper
    if low <= value <= high:
        return Judgement(Status.ON_TARGET, Ground.INSIDE)
    near = value * 100 / low if value < low else high * 100 / value
    status = Status.BEHIND if rate(near, rule) is Status.BEHIND else Status.WATCH  # never on target out there
    return Judgement(status, Ground.OUTSIDE, near)


def _step(kpi: Kpi, target: Target, reached: str | None, as_of: dt.date) -> Judgement:
    steps = [step.casefold() for step in kpi.steps]
    wanted = (target.milestone or "").casefold()
    word = (reached or "").casefold()
    if word and (
        word == wanted or (word in steps and wanted in steps and steps.index(word) >= steps.index(wanted))
    ):
        return Judgement(Status.ON_TARGET, Ground.REACHED)
    if target.due_day > as_of:
        return Judgement(Status.NOT_YET_DUE, Ground.NOT_DUE, Absence.NOT_YET_DUE)
    if not word:
        return Judgement(Status.NOT_RATED, Ground.NO_READING, Absence.NOT_REPORTED)
    if word in steps and wanted in steps:
        return Judgement(Status.BEHIND, Ground.OVERDUE)
    return Judgement(Status.NOT_RATED, Ground.NO_ORDER)
