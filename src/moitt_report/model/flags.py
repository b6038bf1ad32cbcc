"""What the Planning Commission watches a project for, from rules kept as data.

Its page on project monitoring names mega, foreign-funded, delayed and slow projects; cost overruns and zero
expenditure are what its reviews ask about. Where no number is published, the limit is ours and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from moitt_report.model.budget import Amount, Stage
from moitt_report.model.money import Money
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.progress import physical_progress, time_progress
from moitt_report.model.project import ProjectReport, ProjectStage
from moitt_report.model.rules.finding import Evidence, money_evidence
from moitt_report.model.standing import Standing

_WHOLE = Decimal(100)


class Flag(StrEnum):
    """Why a project is watched."""

    MEGA = "mega"
    FOREIGN_FUNDED = "foreign-funded"
    DELAYED = "delayed"
    SLOW = "slow"
    COST_OVERRUN = "cost overrun"
    ZERO_EXPENDITURE = "zero expenditure"


@dataclass(frozen=True, slots=True)
class Flagged:
    """One flag of one project and what it rests on; `saying` is as in a `Finding`."""

    project: ProjectReport
    flag: Flag
    saying: str
    evidence: tuple[Evidence, ...]


def flagged(portfolio: Portfolio) -> tuple[Flagged, ...]:
    """All flags of all projects, in the order of the portfolio."""
    return tuple(flag for report in portfolio.projects for flag in _flags(portfolio, report))


def _flags(portfolio: Portfolio, report: ProjectReport) -> Iterator[Flagged]:
    standing = portfolio.stand_project(report)
    yield from _cost(portfolio, report, standing)
    if report.stage is not ProjectStage.COMPLETED:
        yield from _time(portfolio, report)
    yield from _nothing_spent(report, standing)


def _cost(portfolio: Portfolio, report: ProjectReport, standing: Standing) -> Iterator[Flagged]:
    rule = portfolio.registers.rules.flags
    cost = standing.read(Stage.APPROVED_COST)
    if cost is None or not isinstance(cost.amount, Money):
        return
    if cost.amount.rupees >= rule.mega_cost.rupees:
        limit = Evidence(rule.mega_cost.million, "Rs million", cost.as_of, rule=rule)
        saying = "approved cost {0}, at or above {1}"
        yield Flagged(report, Flag.MEGA, saying, (money_evidence(cost), limit))
    if cost.amount.foreign:
        part = Evidence(
            cost.amount.foreign.scaleb(-6),
            "Rs million",
            cost.as_of,
            formula="foreign component",
            address=cost.address,
        )
        saying = "{0} of the approved cost, {1}, is foreign"
        yield Flagged(report, Flag.FOREIGN_FUNDED, saying, (part, money_evidence(cost)))
    first = _first(report.approved_cost)
    if first is not None and isinstance(first.amount, Money) and first.amount < cost.amount:
        saying = "approved cost {0}; it was {1} on {when1}"
        yield Flagged(report, Flag.COST_OVERRUN, saying, (money_evidence(cost), money_evidence(first)))


def _first(costs: tuple[Amount, ...]) -> Amount | None:
    return min(costs, key=lambda cost: cost.as_of, default=None)


_OF_TIME = "days gone by ÷ days planned × 100"


def _time(portfolio: Portfolio, report: ProjectReport) -> Iterator[Flagged]:
    schedule, day = report.schedule, portfolio.as_of
    gone = time_progress(schedule, day)
    if schedule is None or not isinstance(gone, Decimal):
        return
    used = Evidence(gone, "%", schedule.end, schedule, formula=_OF_TIME)
    if schedule.end < day:
        yield Flagged(
            report, Flag.DELAYED, "due on {when0} and not completed; {0} of its time is used", (used,)
        )
    elif schedule.end > schedule.ends:
        first = Evidence(gone, "%", schedule.ends, schedule, formula=_OF_TIME)
        saying = "its completion was moved from {when1} to {when0}; {0} of its time is used"
        yield Flagged(report, Flag.DELAYED, saying, (used, first))
    physical = physical_progress(report, day)
    behind = portfolio.registers.rules.flags.slow_points
    if physical is not None and min(gone, _WHOLE) - physical.percent >= behind:
        seen = Evidence(physical.percent, "%", physical.as_of, physical)
        saying = "physical progress {0} on {when0}; {1} of its time is used"
        yield Flagged(report, Flag.SLOW, saying, (seen, used))


def _nothing_spent(report: ProjectReport, standing: Standing) -> Iterator[Flagged]:
    spent, given = (
        standing.read(Stage.UTILISED),
        standing.read(Stage.RELEASED) or standing.read(Stage.AUTHORISED),
    )
    if spent is None or given is None or not isinstance(spent.amount, Money):
        return
    if isinstance(given.amount, Money) and given.amount.rupees > 0 and spent.amount.rupees == 0:
        saying = "{0} utilised of {1}"
        yield Flagged(report, Flag.ZERO_EXPENDITURE, saying, (money_evidence(spent), money_evidence(given)))
