"""Agencies and projects: who they are, by all the names they go by, and what a return says of them."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from moitt_report.model.budget import Position
from moitt_report.model.kpi import Number
from moitt_report.model.record import Day, Id, Name, Record, Remark

MINISTRY = "moitt"
"""Whose return speaks for all agencies."""


class Agency(Record):
    """An executing agency, or a wing of the ministry."""

    id: Id
    short: Name
    """The name used in tables: "PSEB"."""
    name: Name
    aliases: tuple[Name, ...] = ()
    parent: Id | None = None
    note: Remark | None = None

    @property
    def in_full(self) -> str:
        """The name with its short form, `Pakistan Software Export Board (PSEB)`; once where the two are the same."""
        return self.name if self.short == self.name else f"{self.name} ({self.short})"


class Project(Record):
    """A project as the register knows it. Its serial number in the PSDP changes each year, so it is no id."""

    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    agency: Id | None = None
    """The executing agency; None when no source names it."""
    note: Remark | None = None


class ProjectStage(StrEnum):
    """Where a project stands."""

    ONGOING = "ongoing"
    NEW = "new"
    COMPLETED = "completed"


class Progress(Record):
    """How far a project is, in percent, on a day."""

    percent: Annotated[Number, Field(ge=0, le=100)]
    as_of: Day
    source: Id
    printed: Remark | None = None


class Schedule(Record):
    """When a project begins and when it is to be completed, as one source gives it."""

    begins: Day
    ends: Day
    """The completion approved first."""
    revised_end: Day | None = None
    """The completion approved last, where it was moved."""
    as_of: Day
    source: Id
    note: Remark | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if min(self.ends, self.revised_end or self.ends) <= self.begins:
            raise ValueError("a project ends after it begins: correct one of the dates")
        return self

    @property
    def end(self) -> dt.date:
        """The completion that holds now."""
        return self.revised_end or self.ends


class Milestone(Record):
    """A step of a project, due on a day."""

    name: Name
    due: Day
    reached: Day | None = None
    """The day it was reached; None while it is open."""
    as_of: Day
    source: Id
    note: Remark | None = None


class ProjectReport(Position):
    """What a return says of one project."""

    project: Id
    reported_as: Name
    """The name the source uses."""
    stage: ProjectStage | None = None
    physical: tuple[Progress, ...] = ()
    financial: tuple[Progress, ...] = ()
    schedule: Schedule | None = None
    milestones: tuple[Milestone, ...] = ()
    note: Remark | None = None
