"""All returns of a period beside those before it: what is used of each budget, project and KPI.

Where sources differ, one figure is used and the others are kept (see `settled`). Nothing here prints.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from moitt_report.model.agency_return import TARGET, AgencyReturn, Choice
from moitt_report.model.budget import OPENING, Amount, Budget, Position, Stage
from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope, Target
from moitt_report.model.money import Money
from moitt_report.model.period import Month, Period, Span, period_of
from moitt_report.model.period_names import AnyPeriod
from moitt_report.model.project import MINISTRY, ProjectReport
from moitt_report.model.registers import Registers
from moitt_report.model.settled import Settled, settle, settle_allocation
from moitt_report.model.source import Source
from moitt_report.model.standing import Standing
from moitt_report.model.waiver import Override

ANY_SCOPE = (Scope.IN_PERIOD, Scope.YEAR_TO_DATE, Scope.NOT_STATED, Scope.SINCE_INCEPTION)
"""What counts over its own months goes before what is held at their end."""


class Portfolio(BaseModel):
    """The returns of one period, those of the previous one, and the registers they are read by."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    period: AnyPeriod
    returns: tuple[AgencyReturn, ...]
    registers: Registers
    as_of: dt.date
    """The cut-off: nothing known only later is used."""
    previous: tuple[AgencyReturn, ...] = ()
    before: tuple[AgencyReturn, ...] = ()
    """The returns of the quarters of the year before the previous one: what was counted then counts to date."""

    @property
    def sources(self) -> Iterator[Source]:
        """All sources of the returns, and then of those before them."""
        for filed in (*self.returns, *self.previous, *self.before):
            yield from filed.sources

    @property
    def to_date(self) -> Period:
        """The months the position is cumulative over: July to the end of the period, or the whole span."""
        return self.period if isinstance(self.period, Span) else self.period.year_to_date

    @property
    def not_filed(self) -> tuple[str, ...]:
        """The agencies that filed for the previous period and not for this one."""
        filed = {one.agency for one in self.returns}
        return tuple(one.agency for one in self.previous if one.agency not in filed)

    # --- money ----------------------------------------------------------------------------------

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The positions of the period that add up to the whole."""
        return self.positions(self.to_date)

    def positions(self, period: Period) -> tuple[Standing, ...]:
        """The positions over exactly `period` that add up: the ministry's own, else those of the agencies.

        The budget of an executing agency is a part of the ministry's, and would be counted twice beside it.
        """
        every = self.all_positions(period)
        return tuple(one for one in every if one.agency == MINISTRY) or every

    @property
    def agency_parts(self) -> tuple[Standing, ...]:
        """The budgets of executing agencies in a period for which the ministry's own is on file."""
        whole = set(map(id, self.standings))
        return tuple(one for one in self.all_positions(self.to_date) if id(one) not in whole)

    def all_positions(self, period: Period) -> tuple[Standing, ...]:
        """Every position over exactly `period`, the ministry's first."""
        return tuple(one for one in self._budget_standings if one.budget.period == period)

    @cached_property
    def _budget_standings(self) -> tuple[Standing, ...]:
        """Every budget, settled, the ministry's first; kept, because they are asked for again and again."""
        every = (self.stand(budget, filed) for filed in self.returns for budget in filed.budgets)
        return tuple(sorted(every, key=lambda one: one.agency != MINISTRY))

    @property
    def standing(self) -> Standing | None:
        """The position of the period where one is the whole; None when there is none, or several add up."""
        found = self.standings
        return found[0] if len(found) == 1 else None

    @property
    def earlier_standings(self) -> tuple[Standing, ...]:
        """The positions of other periods, given for comparison, latest first."""
        budgets = (budget for filed in self.returns for budget in filed.budgets)
        periods = dict.fromkeys(budget.period for budget in budgets if budget.period != self.to_date)
        others = [standing for period in periods for standing in self.positions(period)]
        return tuple(sorted(others, key=lambda s: s.budget.period.last_day, reverse=True))

    def stand_project(self, report: ProjectReport) -> Standing:
        """The money of a project of this period or the previous one, settled like a budget.

        A proposal may stand for its allocation where there is no other: the page says then that it is one.
        """
        return self._project_standings[id(report)]

    @cached_property
    def _project_standings(self) -> dict[int, Standing]:
        """The money of every project, settled, by the report; kept, because it is asked for again and again."""
        found = {}
        for filed in (*self.returns, *self.previous):
            for report in filed.projects:
                money = {name: getattr(report, name) for name in Position.model_fields}
                # Each part of it was validated in the report.
                budget = Budget.model_construct(period=filed.to_date, covers=report.reported_as, **money)
                found[id(report)] = self.stand(budget, filed, report.project)
        return found

    def stand(self, budget: Budget, filed: AgencyReturn, project: str | None = None) -> Standing:
        """A budget of the return `filed`, each stage settled by the choices of that return.

        `project` is the id of the project whose money it is; None for a budget.
        """
        known = tuple(a for a in budget.allocations if a.kind in OPENING or self._known(a))
        stages = {}
        for stage in Stage:
            choice = _choice(filed, stage, budget.period, project)
            settled = settle((a for a in budget.at(stage) if self._known(a)), choice)
            if settled is not None:
                stages[stage] = settled
        choice = _choice(filed, "allocation", budget.period, project)
        allocation = settle_allocation(known, choice, proposals=project is not None)
        return Standing(filed, budget, allocation, stages, known)

    def _known(self, given: Amount | Reading | Target) -> bool:
        return given.as_of <= self.as_of

    # --- projects -------------------------------------------------------------------------------

    @property
    def projects(self) -> tuple[ProjectReport, ...]:
        """All reported projects, the largest allocation first; those without one last."""
        reports = [p for filed in self.returns for p in filed.projects]
        return tuple(sorted(reports, key=lambda p: -_rupees(self.allocation_of(p))))

    def allocation_of(self, report: ProjectReport) -> Money | Absence:
        """The allocation used of a project."""
        return self.stand_project(report).amount()

    def amount_of(self, report: ProjectReport, stage: Stage) -> Money | Absence:
        """The amount of a stage used of a project."""
        return self.stand_project(report).amount(stage)

    # --- KPIs -----------------------------------------------------------------------------------

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """The KPIs that the returns of the period speak of, in the order of the register."""
        spoken = {r.kpi for filed in self.returns for r in filed.readings}
        spoken |= {t.kpi for filed in self.returns for t in filed.targets}
        return tuple(k for k in self.registers.kpis.entries if k.id in spoken)

    def readings(self, kpi: str) -> Iterator[Reading]:
        """All readings of a KPI known at the cut-off."""
        return filter(self._known, self._readings.get(kpi, ()))

    @cached_property
    def _readings(self) -> dict[str, list[Reading]]:
        """All readings by their KPI; kept, because they are asked for again and again."""
        return _by_kpi(self.returns)

    @cached_property
    def _earlier(self) -> dict[str, list[Reading]]:
        """The same of the returns before those of the period."""
        return _by_kpi((*self.previous, *self.before))

    @cached_property
    def _over_months(self) -> dict[tuple[str, str | None, Period], list[Reading]]:
        return self._by_months(self._readings)

    @cached_property
    def _earlier_over_months(self) -> dict[tuple[str, str | None, Period], list[Reading]]:
        return self._by_months(self._earlier)

    def _by_months(
        self, readings: Mapping[str, Sequence[Reading]]
    ) -> dict[tuple[str, str | None, Period], list[Reading]]:
        """Readings known at the cut-off by KPI, part and the months they count over: a thousand returns repeat them."""
        found: dict[tuple[str, str | None, Period], list[Reading]] = {}
        # A name that no register knows is told as an error; nothing is counted under it.
        registered = (readings[kpi.id] for kpi in self.registers.kpis.entries if kpi.id in readings)
        for reading in (one for of_kpi in registered for one in of_kpi):
            if self._known(reading):
                found.setdefault((reading.kpi, reading.part, self.months_of(reading)), []).append(reading)
        return found

    @cached_property
    def _choices(self) -> tuple[Choice, ...]:
        """All choices on record."""
        return tuple(c for filed in (*self.returns, *self.previous, *self.before) for c in filed.choices)

    def scope_of(self, reading: Reading) -> Scope:
        """The scope of a reading: its own, else that of its KPI."""
        return reading.scope or self.registers.kpis.get(reading.kpi).scope

    def months_on_record(self, kpi: str, part: str | None) -> tuple[Period, ...]:
        """The months over which a KPI, or a part of it, is counted on record, those of earlier returns last."""
        both = (*self._over_months, *self._earlier_over_months)
        return tuple(dict.fromkeys(months for k, p, months in both if (k, p) == (kpi, part)))

    def months_of(self, reading: Reading) -> Period:
        """The months a reading counts over: one of the year to date counts from July, whatever it is filed under."""
        july = reading.period.year_to_date
        to_date = self.scope_of(reading) is Scope.YEAR_TO_DATE and july.covers(reading.period)
        return july if to_date else reading.period

    def reading(
        self,
        kpi: str,
        period: Period,
        scopes: Iterable[Scope] = ANY_SCOPE,
        *,
        part: str | None = None,
        earlier: bool = False,
    ) -> Settled[Reading] | None:
        """What is used as the total of a KPI over exactly `period`, or as one part of it.

        Readings that count over different times are no rivals: the first of `scopes` that is reported is settled.
        With `earlier`, the returns before this period's are asked where these are silent.
        """
        for over in (self._over_months, self._earlier_over_months) if earlier else (self._over_months,):
            found = over.get((kpi, part, period), ())
            for scope in scopes:
                alike = [r for r in found if self.scope_of(r) is scope]
                if alike:
                    return self.settled(kpi, alike)
        return None

    def settled(self, kpi: str, rivals: Sequence[Reading]) -> Settled[Reading]:
        """The reading used of several for the same thing: the one chosen on record, else as `settle` says.

        Raises `ValueError` when there are none.
        """
        months = {r.period for r in rivals}
        sources = {r.source for r in rivals}
        choice = next(
            (c for c in self._choices if c.figure == kpi and c.period in months and c.source in sources), None
        )
        settled = settle(rivals, choice)
        if settled is None:
            raise ValueError("of no readings none is used")
        return settled

    def value(
        self, kpi: str, period: Period, scopes: Iterable[Scope] = ANY_SCOPE, *, part: str | None = None
    ) -> Decimal | Absence:
        """The number of what `reading` gives; not reported where there is none."""
        settled = self.reading(kpi, period, scopes, part=part)
        if settled is None or settled.used.value is None:
            return Absence.NOT_REPORTED
        return settled.used.value

    def parts(self, kpi: str, period: Period) -> tuple[Reading, ...]:
        """The parts of a total that are reported, by agency or place, in the order of the return."""
        return tuple(r for r in self.readings(kpi) if r.part is not None and self.months_of(r) == period)

    def months(self, kpi: str, period: Period) -> list[tuple[Month, Settled[Reading] | None]]:
        """The reading of each month of `period`."""
        return [(m, self.reading(kpi, period_of(m, m))) for m in period.months]

    def sum_of_months(self, kpi: str, period: Period) -> Decimal | Absence:
        """The sum over the months of `period`; absent when any month is."""
        total = Decimal(0)
        for month in period.months:
            value = self.value(kpi, period_of(month, month), (Scope.IN_PERIOD, Scope.YEAR_TO_DATE))
            if isinstance(value, Absence):
                return Absence.NOT_REPORTED
            total += value
        return total

    def target(self, kpi: str) -> Target | None:
        """The target that covers the period."""
        settled = self.aim(kpi)
        return settled.used if settled else None

    def aim(self, kpi: str) -> Settled[Target] | None:
        """The target that covers the period, and others for the same months in the same scope that differ.

        The one chosen is used, else the latest known at the cut-off; one set only later where no other is. Of targets for different
        months, one that begins with the year to date goes first.
        """
        covering = [t for t in self._targets.get(kpi, ()) if t.period.covers(self.period)]
        if not covering:
            return None
        first = min(covering, key=lambda t: t.period.first != self.to_date.first)
        rivals = [t for t in covering if (t.period, t.scope, t.due) == (first.period, first.scope, first.due)]
        sources = {t.source for t in rivals}
        choice = next(
            (
                c
                for c in self._choices
                if (c.figure, c.kpi, c.period) == (TARGET, kpi, first.period) and c.source in sources
            ),
            None,
        )
        return settle([t for t in rivals if self._known(t)] or rivals, choice)

    @cached_property
    def _targets(self) -> dict[str, list[Target]]:
        """All targets by their KPI; kept, because they are asked for again and again."""
        by_kpi: dict[str, list[Target]] = {}
        for target in (t for filed in self.returns for t in filed.targets):
            by_kpi.setdefault(target.kpi, []).append(target)
        return by_kpi

    def due(self, target: Target, by: Month | None = None) -> Decimal | Absence:
        """The part of a target that is due at the end of the month `by`, which is the last of the period unless given.

        - A target of the year to date falls due evenly by month, from its baseline on (our own rule; the brief states it).
        - A band is due all the time, and its lower end is given. So is a limit, a target where lower is better, that
          has no baseline, unless its KPI counts anew from July.
        - Any other target, and that of a level, is due in full on its day; before that it is not yet due.

        Not applicable for a target in words.
        """
        if target.value is None:
            return Absence.NOT_APPLICABLE
        if target.upper is not None:
            return target.value
        kpi = self.registers.kpis.get(target.kpi)
        if self.falls_due_evenly(target):
            elapsed = [m for m in target.period.months if m <= (by or self.period.last)]
            start = target.baseline or Decimal(0)
            return start + (target.value - start) * len(elapsed) / len(target.period)
        limit = kpi.direction is Direction.LOWER and target.baseline is None
        always = kpi.direction is Direction.BAND or limit
        if always and target.due is None and target.scope is Scope.YEAR_TO_DATE:
            return target.value
        return Absence.NOT_YET_DUE if target.due_day > self.as_of else target.value

    def falls_due_evenly(self, target: Target) -> bool:
        """Whether a target has an even pace: one of the year to date, in numbers, for which no day is given."""
        kpi = self.registers.kpis.get(target.kpi)
        limit = kpi.direction is Direction.LOWER and target.baseline is None
        spread = not kpi.level and (not limit or kpi.scope is Scope.YEAR_TO_DATE)
        number = target.value is not None and target.upper is None and kpi.direction is not Direction.BAND
        return number and spread and target.due is None and target.scope is Scope.YEAR_TO_DATE

    def override(self, kpi: str) -> Override | None:
        """The status a person has set."""
        return next((o for f in self.returns for o in f.overrides if o.kpi == kpi), None)


def _by_kpi(returns: Iterable[AgencyReturn]) -> dict[str, list[Reading]]:
    by_kpi: dict[str, list[Reading]] = {}
    for reading in (one for filed in returns for one in filed.readings):
        by_kpi.setdefault(reading.kpi, []).append(reading)
    return by_kpi


def _choice(filed: AgencyReturn, figure: str, period: Period, project: str | None = None) -> Choice | None:
    """The choice on record for a figure of a project; for one of a budget or a KPI when no project is named."""
    sought = (figure, period, project)
    return next((c for c in filed.choices if (c.figure, c.period, c.project) == sought), None)


def _rupees(amount: Money | Absence) -> Decimal:
    return amount.rupees if isinstance(amount, Money) else Decimal(-1)
