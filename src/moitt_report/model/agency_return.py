"""What one agency files for one period."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, model_validator

from moitt_report.model.budget import OPENING, Allocation, Amount, Budget
from moitt_report.model.kpi import Reading, Target
from moitt_report.model.period import Period, Span
from moitt_report.model.period_names import AnyPeriod
from moitt_report.model.project import Milestone, Progress, ProjectReport, Schedule
from moitt_report.model.record import Day, Id, Name, Record, Remark
from moitt_report.model.source import Source
from moitt_report.model.waiver import Override, Reason, Waiver

TARGET = "target"
"""What a choice names as its figure when it is the target of a KPI."""


class Choice(Record):
    """Which source is used where several give different figures for the same thing, and why."""

    figure: Id
    """`allocation`, a stage such as `authorised`, the id of a KPI, or `target`."""
    period: AnyPeriod
    """The months of the figure: those of the budget, reading or target; of a project, July to the end of the return's."""
    project: Id | None = None
    """The project whose money it is; None when it is that of a budget, or a reading."""
    kpi: Id | None = None
    """The KPI whose target it is, where the figure is `target`."""
    source: Id
    reason: Reason

    @model_validator(mode="after")
    def _a_target_is_of_a_kpi(self) -> Self:
        if (self.figure == TARGET) != (self.kpi is not None):
            raise ValueError("a choice of a target names its KPI: give “figure: target” and “kpi”")
        if self.figure == TARGET and self.project is not None:
            raise ValueError("a target is of a KPI: remove the project")
        return self


class Issue(Record):
    """What stands in the way, and the decision that is sought."""

    project: Id | None = None
    """The project it is about; None when it is about the agency as a whole."""
    bottleneck: Remark
    decision: Remark | None = None
    """The decision sought; None when nothing is asked of anyone."""
    sought_from: Name | None = None
    by: Day | None = None
    owner: Name
    """Who follows it up."""
    as_of: Day
    source: Id
    note: Remark | None = None

    @model_validator(mode="after")
    def _someone_decides(self) -> Self:
        if self.decision is not None and self.sought_from is None:
            raise ValueError("a decision is sought from someone: give “sought_from”")
        return self


def _as_said(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class Said(Record):
    """Something an agency says in its own words. A plain text is one that is not quoted from elsewhere."""

    text: Remark
    """May name figures by token: `{utilised}`."""
    quoted: bool = False
    """Whether the words are somebody else’s, so that their numerals are theirs too."""


class AgencyReturn(Record):
    """What one agency files for one period."""

    format: Literal["moitt-report/return/1"] = "moitt-report/return/1"
    agency: Id
    period: AnyPeriod
    sources: tuple[Source, ...]
    budgets: tuple[Budget, ...] = ()
    """The position of the period, and earlier ones to compare it with."""
    projects: tuple[ProjectReport, ...] = ()
    readings: tuple[Reading, ...] = ()
    targets: tuple[Target, ...] = ()
    choices: tuple[Choice, ...] = ()
    issues: tuple[Issue, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    overrides: tuple[Override, ...] = ()
    remarks: tuple[Annotated[Said, BeforeValidator(_as_said, json_schema_input_type=Said | str)], ...] = ()
    """The agency's own words; printed as a quotation."""

    @property
    def to_date(self) -> Period:
        """The months its money is cumulative over: July to the end of its period, or the whole span."""
        return self.period if isinstance(self.period, Span) else self.period.year_to_date


Sourced = Amount | Reading | Target | Progress | Schedule | Milestone | Issue | Choice
"""What names its source."""


def sourced(filed: AgencyReturn) -> Iterator[Sourced]:
    """Everything in a return that names its source."""
    for budget in filed.budgets:
        yield from budget.amounts
    for project in filed.projects:
        yield from project.amounts
        yield from project.physical
        yield from project.financial
        yield from project.milestones
        if project.schedule is not None:
            yield project.schedule
    yield from filed.readings
    yield from filed.targets
    yield from filed.issues
    yield from filed.choices


def latest_as_of(filed: AgencyReturn, cutoff: dt.date | None = None) -> dt.date:
    """The latest as-of date of a figure known at `cutoff`, which is the end of the period unless given.

    Where no figure is known by then, `cutoff` itself. Allocations made for the year, targets and schedules do not
    count: they say nothing of how far things are.
    """
    end = cutoff or filed.period.last_day
    days = (
        record.as_of
        for record in sourced(filed)
        if not isinstance(record, Choice | Target | Schedule) and not is_opening(record)
    )
    return max((day for day in days if day <= end), default=end)


def is_opening(record: Sourced) -> bool:
    """Whether it is an allocation made for the year, which may be older than the period."""
    return isinstance(record, Allocation) and record.kind in OPENING
