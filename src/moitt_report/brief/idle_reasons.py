"""Reasons for restatements that answer for nothing: slips of the pen, or out of date."""

from collections.abc import Iterator

from moitt_report.brief.content import Brief
from moitt_report.brief.earlier import answers, months_of
from moitt_report.brief.money import RATES
from moitt_report.errors import Problem
from moitt_report.model.budget import Stage
from moitt_report.model.period import Month, Period
from moitt_report.model.period_names import parse_period
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.waiver import BUDGET, RuleName, Waiver


def idle_reasons(portfolio: Portfolio, brief: Brief) -> Iterator[Problem]:
    """Each reason for a restatement where nothing is restated in `brief`, which lists all that is."""
    restated = [fact.restated for fact in brief.facts if fact.restated]
    for waiver in _reasons(portfolio):
        if any(answers(waiver, one.about, one.figure) for one in restated):
            continue
        figures = dict.fromkeys(one.figure for one in restated if one.about == waiver.about)
        yield Problem(
            waiver.address,
            f"no figure {waiver.figure} about {waiver.about} is restated in this brief",
            f"name the one that is: {'; '.join(figures)}"
            if figures
            else "correct what the reason is about, or remove it; where the brief that was sent gave it otherwise, build "
            "beside that brief, with --previous",
            "warning",
        )


def baseless_reasons(portfolio: Portfolio) -> Iterator[Problem]:
    """Each reason for a restatement of a figure that the returns do not give, whatever an earlier brief said.

    For where there is nothing earlier to compare with. A figure passes when the returns give anything about its subject
    in its months: what a brief makes of that is not looked at.
    """
    given = _given(portfolio)
    for waiver in _reasons(portfolio):
        months = _months(waiver)
        if months is None or given.get(waiver.about, set()).isdisjoint(months.months):
            yield Problem(
                waiver.address,
                f"the returns give no figure {waiver.figure} about {waiver.about} that could be restated",
                "name it as the warning does, such as reading 2025-10 or utilised 2025-07_2025-12, or remove the reason",
                "warning",
            )


def _reasons(portfolio: Portfolio) -> Iterator[Waiver]:
    for filed in portfolio.returns:
        yield from (waiver for waiver in filed.waivers if waiver.rule is RuleName.RESTATED)


_OF_MONEY = {"allocation", "unutilised", *(stage.value for stage in Stage), *(name for name, _, _ in RATES)}
_OF_PROJECTS = {"physical progress", "financial progress"}
_OF_KPIS = {"reading", "target", "baseline", "upper"}
_NAMES = {*_OF_MONEY, *_OF_PROJECTS, *_OF_KPIS}
"""What figures are called in `About.name`, before their months."""


def _months(waiver: Waiver) -> Period | None:
    """The months of the figure named, `utilised 2025-07_2025-12 of The Division`; None where it is no such name."""
    words = (waiver.figure or "").split()
    for n, word in enumerate(words):
        if " ".join(words[:n]).casefold() in _NAMES:
            try:
                return parse_period(word)
            except ValueError:
                return None
    return None


def _given(portfolio: Portfolio) -> dict[str, set[Month]]:
    """The months that the returns give any figure of, by what a waiver is about."""
    given: dict[str, set[Month]] = {}

    def give(about: str, *periods: Period) -> None:
        given.setdefault(about, set()).update(month for period in periods for month in period.months)

    for filed in portfolio.returns:
        for budget in filed.budgets:
            give(BUDGET, *_of_money(budget.period))
        for report in filed.projects:
            give(report.project, *_of_money(filed.to_date))
            for progress in (*report.physical, *report.financial):
                month = Month(year=progress.as_of.year, month=progress.as_of.month)
                give(report.project, Period(first=month, last=month))
        for reading in filed.readings:
            give(reading.kpi, portfolio.months_of(reading))
        for target in filed.targets:
            give(target.kpi, target.period)
    return given


def _of_money(to_date: Period) -> tuple[Period, ...]:
    """The months of what money there is over `to_date`: an allocation is of the year, and some was utilised before."""
    return tuple(months_of(stage, to_date) for stage in (None, *Stage))
