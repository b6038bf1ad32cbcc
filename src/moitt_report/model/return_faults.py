"""The faults between the parts of one return: sources, periods, dates, choices, and what is given twice."""

import datetime as dt
from collections.abc import Iterable, Iterator

from moitt_report.errors import Problem
from moitt_report.model.agency_return import TARGET, AgencyReturn, Choice, is_opening, sourced
from moitt_report.model.budget import Allocation, AllocationKind, Amount, Budget, Position, Stage
from moitt_report.model.kpi import Reading, Target
from moitt_report.model.project import Milestone, Progress, Schedule
from moitt_report.model.record import Record
from moitt_report.model.source import Source
from moitt_report.model.waiver import Override, Waiver


def faults_of(filed: AgencyReturn) -> Iterator[Problem]:
    """The faults between the parts of one return that no part can see alone."""
    yield from _sources(filed)
    yield from _periods(filed)
    yield from _duplicates(filed)
    yield from _idle_choices(filed)
    yield from _reasons_before_the_facts(filed)


def _sources(filed: AgencyReturn) -> Iterator[Problem]:
    known: dict[str, Source] = {}
    for source in filed.sources:
        if source.id in known:
            yield Problem(
                source.address, f"the source “{source.id}” is listed twice", "remove one of the two"
            )
        known[source.id] = source
    used = set()
    for record in sourced(filed):
        used.add(record.source)
        if record.source not in known:
            yield Problem(
                record.address,
                f"the source “{record.source}” is not in the list of sources",
                "add it under “sources”, or correct its id",
            )
    for source in filed.sources:
        if source.id not in used:
            yield Problem(
                source.address, f"no figure uses the source “{source.id}”", "remove it, or use it", "warning"
            )


def _periods(filed: AgencyReturn) -> Iterator[Problem]:
    end = filed.period.last_day
    records: list[Budget | Reading] = [*filed.budgets, *filed.readings]
    for record in records:
        if record.period.last_day > end:
            yield Problem(
                record.address,
                f"the period {record.period} ends after the return's own period, {filed.period}",
                "move it to the return of its own period",
            )
    for dated, first in _begun(filed):
        if dated.as_of < first:
            yield Problem(
                dated.address,
                f"the as-of date {dated.as_of} is before the period begins",
                "correct the date or the period",
            )
    yield from _ahead_of_their_source(filed)


def known_only_later(filed: AgencyReturn, cutoff: dt.date) -> Iterator[Problem]:
    """A warning for each figure dated after `cutoff`: a brief of what was known then leaves it out."""
    end = filed.period.last_day
    for dated in sourced(filed):
        if isinstance(dated, Choice | Target | Schedule | Milestone) or is_opening(dated):
            continue
        of_later = isinstance(dated, Reading) and dated.period.last_day > end  # told as such
        if dated.as_of > cutoff and not of_later:
            yield Problem(
                dated.address,
                f"the as-of date {dated.as_of} is after the cut-off, {cutoff}: a brief leaves this out",
                f"give the figure as of the last day of the period, {end}, or build with --as-of {dated.as_of}",
                "warning",
            )


def _ahead_of_their_source(filed: AgencyReturn) -> Iterator[Problem]:
    """Figures dated after their source was published; only an allocation may be, ahead of its year."""
    published = {source.id: source.published for source in filed.sources}
    for dated in sourced(filed):
        if not isinstance(dated, Amount | Reading | Progress) or isinstance(dated, Allocation):
            continue
        day = published.get(dated.source)
        if day is not None and dated.as_of > day:
            yield Problem(
                dated.address,
                f"the as-of date {dated.as_of} is after the day its source was published, {day}",
                "correct one of the two dates, or the source",
            )


_OF_THE_PERIOD = tuple(stage for stage in Stage if stage not in {Stage.APPROVED_COST, Stage.TO_LAST_JUNE})
"""Stages that count from the first day of the period; the others are about the life of a project."""


def _begun(filed: AgencyReturn) -> Iterator[tuple[Amount | Reading, dt.date]]:
    """Each figure that counts over a period, with the first day of that period."""
    for reading in filed.readings:
        yield reading, reading.period.first.first_day
    positions = [(budget, budget.period) for budget in filed.budgets]
    for position, period in (*positions, *((project, filed.to_date) for project in filed.projects)):
        for stage in _OF_THE_PERIOD:
            for amount in position.at(stage):
                yield amount, period.first.first_day


def _duplicates(filed: AgencyReturn) -> Iterator[Problem]:
    yield from _repeated(
        ((t, (t.kpi, str(t.period), t.source)) for t in filed.targets),
        "a target of “{0}” is given twice for {1}",
    )
    yield from _repeated(
        ((b, (b.covers, str(b.period))) for b in filed.budgets), "the budget of “{0}” is given twice for {1}"
    )
    yield from _repeated(
        ((r, (r.kpi, str(r.period), r.scope, r.part, r.source, r.project)) for r in filed.readings),
        "“{0}” is reported twice for {1} from the same source",
    )
    yield from _repeated(((p, (p.project,)) for p in filed.projects), "the project “{0}” is reported twice")


def _repeated(records: Iterable[tuple[Record, tuple[object, ...]]], saying: str) -> Iterator[Problem]:
    """Each record whose key an earlier one has; `saying` is filled from the key."""
    seen: set[tuple[object, ...]] = set()
    for record, key in records:
        if key in seen:
            yield Problem(record.address, saying.format(*key), "remove one of the two")
        seen.add(key)


def _reasons_before_the_facts(filed: AgencyReturn) -> Iterator[Problem]:
    """Nobody could give the reason for a figure before the period of it began."""
    given: tuple[Waiver | Override, ...] = (*filed.waivers, *filed.overrides)
    for one in given:
        if one.when < filed.period.first.first_day:
            yield Problem(
                one.address,
                f"the reason is dated {one.when.isoformat()}, before {filed.period} begins",
                "give the day on which it was given",
            )


def _idle_choices(filed: AgencyReturn) -> Iterator[Problem]:
    """A choice must point at a figure that its source gives."""
    given: set[tuple[str, str | None, str, str]] = {
        (r.kpi, None, str(r.period), r.source) for r in filed.readings
    }
    for budget in filed.budgets:
        given |= {(name, None, str(budget.period), source) for name, source in _choosable(budget)}
    to_date = str(filed.to_date)
    for report in filed.projects:
        given |= {(name, report.project, to_date, source) for name, source in _choosable(report)}
    given |= {(TARGET, target.kpi, str(target.period), target.source) for target in filed.targets}
    known = {source.id for source in filed.sources}
    for choice in filed.choices:
        key = (choice.figure, choice.project or choice.kpi, str(choice.period), choice.source)
        if key not in given and choice.source in known:
            of = f" of the project “{choice.project}”" if choice.project else ""
            of = f" of “{choice.kpi}”" if choice.kpi else of
            yield Problem(
                choice.address,
                f"the source “{choice.source}” gives no “{choice.figure}”{of} for {choice.period} to choose",
                _right_choice(choice, given)
                or "correct the figure, the period or the source, or remove the choice",
            )


def _choosable(position: Position) -> Iterator[tuple[str, str]]:
    """Each figure of a position by the sources that give it; a demand is not chosen for an allocation."""
    for version in position.allocations:
        if version.kind is not AllocationKind.DEMAND:
            yield "allocation", version.source
    for stage in Stage:
        yield from ((stage.value, amount.source) for amount in position.at(stage))


def _right_choice(choice: Choice, given: set[tuple[str, str | None, str, str]]) -> str | None:
    """What to write, where the source gives the figure of a project, or for other months."""
    near = [g for g in given if (g[0], g[3]) == (choice.figure, choice.source)]
    owner = choice.project or choice.kpi
    for figure, project, period, _ in sorted(near, key=lambda g: (g[1] != owner, g[1] or "", g[2])):
        if figure == TARGET:
            return f"give “kpi: {project}” and “period: {period}”"
        if project is not None:
            return f"for the money of a project give “project: {project}” and “period: {period}”"
        return f"give “period: {period}”" + (" and no project" if choice.project else "")
    return None
