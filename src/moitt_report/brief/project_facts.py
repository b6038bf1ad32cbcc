"""The facts of one project: its money in every stage, and how far it is in the field, in money and in time."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.component import component
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Runs
from moitt_report.brief.earlier import About, months_of
from moitt_report.brief.printed import Printed
from moitt_report.brief.wording import dated, say
from moitt_report.model.arithmetic import million, share
from moitt_report.model.budget import Allocation, AllocationKind, Amount, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.period import Month, period_of
from moitt_report.model.progress import (
    financial_progress,
    physical_progress,
    throw_forward,
    time_progress,
    utilised_since_start,
)
from moitt_report.model.project import Progress, Project, ProjectReport, Schedule
from moitt_report.model.standing import Standing


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of one project in the period."""

    c: Composition
    report: ProjectReport

    # --- money --------------------------------------------------------------------------------------

    def amount(self, stage: Stage | None = None) -> Printed:
        """The allocation, or the amount of a stage."""
        name = "allocation" if stage is None else stage.words
        read = self.record(stage)
        book, project = self.c.portfolio, self.report.project
        kind = read.kind.value if isinstance(read, Allocation) else ""
        figure, heading = ("allocation", "Allocation") if stage is None else (stage.value, stage.heading)
        about = About(figure, months_of(stage, book.to_date), kind, project, project)
        return self.c.ledger.money(
            self.id(figure),
            f"{heading}, {self.report.reported_as}",
            self.money(stage),
            read=read,
            topic=self._topic(f"Project {name}s" if stage is None else f"Projects, {name}", name),
            about=about,
        )

    def record(self, stage: Stage | None = None) -> Amount | None:
        """The record that the allocation, or the amount of a stage, was read from."""
        return self.standing.read(stage)

    def money(self, stage: Stage | None = None) -> Money | Absence:
        """The amount behind `amount`."""
        return self.standing.amount(stage)

    @property
    def versions(self) -> tuple[Allocation, ...]:
        """The version used as its allocation; nothing where there is none."""
        settled = self.standing.allocation
        return (settled.used,) if settled else ()

    @property
    def standing(self) -> Standing:
        """Its money, each figure settled."""
        return self.c.portfolio.stand_project(self.report)

    def foreign(self, stage: Stage | None = None) -> Printed:
        """The foreign exchange component of an amount."""
        name = "allocation" if stage is None else stage.value
        words = "allocation" if stage is None else stage.words
        return self._foreign(name, words, self.money(stage), self.record(stage))

    def demand(self) -> Printed:
        """The funds asked for the year."""
        return self.c.ledger.money(
            self.id("demand"),
            f"Funds asked for the year, {self.report.reported_as}",
            self._demanded(),
            read=self._demand(),
            topic=self._topic("Projects, demand", "demand"),
        )

    def demand_foreign(self) -> Printed:
        """The foreign exchange component of the funds asked for."""
        return self._foreign("demand", "funds asked for", self._demanded(), self._demand())

    def since_start(self) -> Printed:
        """What was utilised since the project began."""
        before, now = self.amount(Stage.TO_LAST_JUNE), self.amount(Stage.UTILISED)
        return self.c.ledger.money(
            self.id("since-start"),
            f"Utilised since the start, {self.report.reported_as}",
            self._since_start(),
            formula="utilised to the last 30 June + utilised in the year to date",
            operation="sum",
            inputs=(before.fact, now.fact),
        )

    def since_start_foreign(self) -> Printed:
        """The foreign exchange component of what was utilised since the project began."""
        parts = (self.foreign(Stage.TO_LAST_JUNE), self.foreign(Stage.UTILISED))
        return self._foreign("since-start", "utilised since the start", self._since_start(), None, parts)

    def throw_forward(self) -> Printed:
        """What is still to be financed."""
        cost, spent = self.amount(Stage.APPROVED_COST), self.since_start()
        return self.c.ledger.money(
            self.id("throw-forward"),
            f"Throw-forward, {self.report.reported_as}",
            throw_forward(self.money(Stage.APPROVED_COST), self._since_start()),
            formula="approved cost − utilised since the start",
            operation="difference",
            inputs=(cost.fact, spent.fact),
        )

    def utilised_of(self, whole: Stage | None) -> Printed:
        """What was utilised as a percentage of the allocation, or of the amount of a stage."""
        name = "allocation" if whole is None else whole.value
        return self.c.ledger.percent(
            self.id(f"of-{name}"),
            f"Utilised as a percentage of the {name}, {self.report.reported_as}",
            share(million(self.money(Stage.UTILISED)), million(self.money(whole))),
            formula=f"utilised ÷ {name} × 100",
            operation="share",
            inputs=(self.amount(Stage.UTILISED).fact, self.amount(whole).fact),
        )

    # --- progress -----------------------------------------------------------------------------------

    def physical(self) -> Printed:
        """How far the work is in the field, as reported."""
        return self._reported("physical", "Physical", self.latest_physical)

    def financial(self) -> Printed:
        """Cumulative expenditure in percent of the approved cost; as reported where one of the two is not."""
        cost, spent = self.money(Stage.APPROVED_COST), self._since_start()
        computed = financial_progress(cost, spent)
        if isinstance(computed, Absence) and self.latest_financial is not None:
            return self._reported("financial", "Financial", self.latest_financial)
        return self.c.ledger.percent(
            self.id("financial"),
            f"Financial progress, {self.report.reported_as}",
            computed,
            formula="utilised since the start ÷ approved cost × 100",
            operation="share",
            inputs=(self.since_start().fact, self.amount(Stage.APPROVED_COST).fact),
        )

    def financial_reported(self) -> Printed | None:
        """The financial progress as reported, where it stands beside a computed one."""
        computed = financial_progress(self.money(Stage.APPROVED_COST), self._since_start())
        if self.latest_financial is None or isinstance(computed, Absence):
            return None
        return self._reported("financial-reported", "Financial", self.latest_financial)

    def time(self) -> Printed:
        """The days gone by in percent of those between begin and completion."""
        schedule, day = self.report.schedule, self.c.portfolio.as_of
        inputs: tuple[str, ...] = ()
        if schedule is not None:
            gone = self._days("gone", schedule, max(day, schedule.begins))
            inputs = (gone.fact, self._days("planned", schedule, schedule.end).fact)
        return self.c.ledger.percent(
            self.id("time"),
            f"Time progress, {self.report.reported_as}",
            time_progress(schedule, day),
            formula="days gone by ÷ days planned × 100",
            operation="share",
            inputs=inputs,
        )

    def _days(self, name: str, schedule: Schedule, end: dt.date) -> Printed:
        """The days from the begin to `end`."""
        return self.c.ledger.count(
            self.id(f"days-{name}"),
            f"Days from {wording.day(schedule.begins)} to {wording.day(end)}, {self.report.reported_as}",
            Decimal((end - schedule.begins).days),
            "days",
            cite=(schedule.source,),
            address=schedule.address,
        )

    @property
    def latest_physical(self) -> Progress | None:
        """The physical progress used."""
        return physical_progress(self.report, self.c.portfolio.as_of)

    @property
    def latest_financial(self) -> Progress | None:
        """The financial progress reported last."""
        known = (p for p in self.report.financial if p.as_of <= self.c.portfolio.as_of)
        return max(known, key=lambda p: p.as_of, default=None)

    # --- schedule -----------------------------------------------------------------------------------

    def begins(self) -> Runs:
        """The day it begins; empty words when no source gives it."""
        return dated(wording.day(self.report.schedule.begins)) if self.report.schedule else ()

    def ends(self) -> Runs:
        """The completion that holds now; empty words when no source gives it."""
        return dated(wording.day(self.report.schedule.end)) if self.report.schedule else ()

    def moved_from(self) -> Runs:
        """The completion approved first, where it was moved."""
        schedule = self.report.schedule
        if schedule is None or schedule.end == schedule.ends:
            return ()
        return dated(wording.day(schedule.ends))

    def stage(self) -> Runs:
        """Ongoing, new or completed; empty words when no source says it."""
        return say(self.report.stage.value) if self.report.stage else ()

    # --- within -------------------------------------------------------------------------------------

    def id(self, name: str) -> str:
        """The id of one of its figures."""
        return f"project.{self.report.project}.{name}"

    def _topic(self, among_others: str, alone: str) -> str:
        """What the list of sources says was taken: of projects, or of the one the brief is about."""
        return alone[:1].upper() + alone[1:] if isinstance(self.c.about, Project) else among_others

    def _foreign(
        self,
        key: str,
        words: str,
        amount: Money | Absence,
        read: Amount | None,
        parts: tuple[Printed, ...] = (),
    ) -> Printed:
        """The foreign component of an amount of this project."""
        label = f"{words}, {self.report.reported_as}"
        return component(self.c, self.id(key), label, amount, "foreign", read=read, parts=parts)

    def _demand(self) -> Allocation | None:
        """The latest demand."""
        demands = (a for a in self.standing.known if a.kind is AllocationKind.DEMAND)
        return max(demands, key=lambda a: a.as_of, default=None)

    def _demanded(self) -> Money | Absence:
        demand = self._demand()
        return demand.amount if demand else Absence.NOT_REPORTED

    def _since_start(self) -> Money | Absence:
        return utilised_since_start(self.money(Stage.TO_LAST_JUNE), self.money(Stage.UTILISED))

    def _reported(self, key: str, which: str, given: Progress | None) -> Printed:
        return self.c.ledger.percent(
            self.id(key),
            f"{which} progress, {self.report.reported_as}",
            given.percent if given else Absence.NOT_REPORTED,
            formula="",
            cite=(given.source,) if given else (),
            address=given.address if given else "",
            about=self._about(which, given) if given else None,
        )

    def _about(self, which: str, given: Progress) -> About:
        month = Month(year=given.as_of.year, month=given.as_of.month)
        project = self.report.project
        return About(f"{which.lower()} progress", period_of(month, month), "", project, project)
