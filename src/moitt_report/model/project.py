"""Agencies and projects: who they are, by all the names they go by, and what a return says of them."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from moitt_report.model.budget import Position
from moitt_report.model.kpi import Number
from moitt_report.model.record import Day, Id, Name, Record, Remark


class Agency(Record):
    """An executing agency, or a wing of the ministry."""

    id: Id
    short: Name
    """The name used in tables: "PSEB"."""
    name: Name
    aliases: tuple[Name, ...] = ()
    parent: Id | None = None
    note: Remark | None = None


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


class ProjectReport(Position):
    """What a return says of one project."""

    project: Id
    reported_as: Name
    """The name the source uses."""
    stage: ProjectStage | None = None
    physical: tuple[Progress, ...] = ()
    financial: tuple[Progress, ...] = ()
    note: Remark | None = None
