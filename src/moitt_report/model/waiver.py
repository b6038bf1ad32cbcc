"""What a person answers for: why a warning may stand, and a status other than the computed one."""

from enum import StrEnum

from moitt_report.model.record import Day, Id, Name, Record, Remark
from moitt_report.model.status import Status


class RuleName(StrEnum):
    """The rules whose warnings need a reason before a brief is final."""

    RELEASED_ABOVE_ALLOCATION = "released-above-allocation"
    UTILISED_ABOVE_RELEASED = "utilised-above-released"
    UTILISED_ABOVE_AUTHORISED = "utilised-above-authorised"
    PARTS_ABOVE_WHOLE = "parts-above-whole"
    CUMULATIVE_FALLS = "cumulative-falls"
    PHYSICAL_PROGRESS_FALLS = "physical-progress-falls"
    MAGNITUDE_JUMPS = "magnitude-jumps"
    KPI_UNCHANGED = "kpi-unchanged"
    PART_YEAR_AS_YEAR = "part-year-as-year"
    LOW_UTILISATION = "low-utilisation"
    ZERO_EXPENDITURE = "zero-expenditure"
    SOURCES_DISAGREE = "sources-disagree"
    RESTATED = "restated"


BUDGET = "budget"
"""What a waiver names when it is about the money of the whole."""


class Waiver(Record):
    """Why a warning of a rule may stand: printed beside it, with who said so and when."""

    rule: RuleName
    about: Id
    """The id of the project, KPI or agency the warning is about; `budget` for the money of the whole."""
    figure: Name | None = None
    """The figure, as the warning names it; due where the rule warns of several figures of the same thing."""
    who: Name
    when: Day
    why: Remark


class Override(Record):
    """A status set by a person; the computed one is printed beside it."""

    kpi: Id
    status: Status
    who: Name
    when: Day
    why: Remark
