"""What cannot be: parts above their whole, two budgets for the same money, dates before their time."""

from collections.abc import Iterator
from decimal import Decimal

from moitt_report.errors import Problem
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.kpi import Absence, Scope
from moitt_report.model.money import Money
from moitt_report.model.period import Period
from moitt_report.model.portfolio import Portfolio


def errors_between(portfolio: Portfolio) -> Iterator[Problem]:
    """Each impossibility in the figures of a period, at the line to look at."""
    yield from _too_large(portfolio)
    yield from _parts_above_whole(portfolio)
    yield from _budget_twice(portfolio)
    yield from _project_twice(portfolio)
    yield from _dates(portfolio)


def _too_large(portfolio: Portfolio) -> Iterator[Problem]:
    """Whole rupees typed into a column of Rs million are a million times what is meant."""
    most = portfolio.registers.rules.limits.largest_amount
    for filed in portfolio.returns:
        for position in (*filed.budgets, *filed.projects):
            for given in position.amounts:
                if isinstance(given.amount, Money) and most < given.amount:
                    yield Problem(
                        given.address,
                        f"{given.amount} is more than any amount of a return, {most}",
                        "correct its unit: rupees were perhaps typed where Rs million are asked for",
                    )


def _parts_above_whole(portfolio: Portfolio) -> Iterator[Problem]:
    for kpi in portfolio.kpis:
        if kpi.within is None:
            continue
        wholes: dict[
            tuple[Period, Scope, str | None], Decimal | Absence
        ] = {}  # each asked for once: it takes long
        for reading in portfolio.readings(kpi.id):
            key = (reading.period, portfolio.scope_of(reading), reading.part)
            if key not in wholes:
                wholes[key] = portfolio.value(kpi.within, key[0], key[1:2], part=key[2])
            whole = wholes[key]
            if isinstance(reading.value, Decimal) and isinstance(whole, Decimal) and reading.value > whole:
                name = portfolio.registers.kpis.get(kpi.within).name
                yield Problem(
                    reading.address,
                    f"“{kpi.name}” is {reading.value}, more than “{name}”, {whole}",
                    "correct one of the two: it counts a part of the other",
                )


def _budget_twice(portfolio: Portfolio) -> Iterator[Problem]:
    """Budgets of several agencies add up; the same one filed twice would be counted twice."""
    first: dict[str, str] = {}
    for standing in portfolio.all_positions(portfolio.to_date):
        budget = standing.budget
        key = " ".join(budget.covers.casefold().split())
        if key in first:
            yield Problem(
                budget.address,
                f"a second budget for “{budget.covers}” in {budget.period}; the first stands at {first[key]}",
                "keep one of the two, or say in “covers” what each is for",
            )
        first.setdefault(key, budget.address)


def _project_twice(portfolio: Portfolio) -> Iterator[Problem]:
    """A project belongs to one agency; reported by two, it would be counted twice."""
    first: dict[str, tuple[AgencyReturn, str]] = {}
    for filed, report in ((one, project) for one in portfolio.returns for project in one.projects):
        other, address = first.setdefault(report.project, (filed, report.address))
        if other is not filed:  # twice in one return is told when it is read
            yield Problem(
                report.address,
                f"“{report.project}” is reported by two agencies; the other report is {address}",
                "keep the report of the executing agency",
            )


def _dates(portfolio: Portfolio) -> Iterator[Problem]:
    for filed in portfolio.returns:
        for report in filed.projects:
            for step in report.milestones:
                if step.reached is not None and step.reached > step.as_of:
                    yield Problem(
                        step.address,
                        f"“{step.name}” is said to be reached on {step.reached}, after the day of the report, "
                        f"{step.as_of}",
                        "correct one of the dates",
                    )
