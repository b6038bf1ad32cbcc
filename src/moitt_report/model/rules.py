"""Rules that show only when figures are put side by side; each fault names the line to look at."""

from collections.abc import Iterator
from decimal import Decimal

from moitt_report.errors import Problem
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Absence, Scope
from moitt_report.model.money import Money
from moitt_report.model.period import Period
from moitt_report.model.portfolio import Portfolio, Standing


def faults_between(portfolio: Portfolio) -> Iterator[Problem]:
    """Faults that show only when figures are put side by side."""
    yield from _parts_above_whole(portfolio)
    yield from _several_budgets(portfolio)
    if portfolio.standing is not None:
        yield from _money_order(portfolio.standing)


def _parts_above_whole(portfolio: Portfolio) -> Iterator[Problem]:
    for kpi in portfolio.kpis:
        if kpi.within is None:
            continue
        wholes: dict[tuple[Period, Scope], Decimal | Absence] = {}  # each asked for once: it takes long
        for reading, _ in portfolio.readings(kpi.id):
            key = (reading.period, portfolio.scope_of(reading))
            if key not in wholes:
                wholes[key] = portfolio.value(kpi.within, key[0], key[1:])
            whole = wholes[key]
            if isinstance(reading.value, Decimal) and isinstance(whole, Decimal) and reading.value > whole:
                name = portfolio.registers.kpis.get(kpi.within).name
                yield Problem(
                    reading.address,
                    f"“{kpi.name}” is {reading.value}, more than “{name}”, {whole}",
                    "correct one of the two: it counts a part of the other",
                )


def _several_budgets(portfolio: Portfolio) -> Iterator[Problem]:
    """One position is printed for the period; a second one must not vanish behind it."""
    given = [b for filed in portfolio.returns for b in filed.budgets if b.period == portfolio.to_date]
    for budget in given[1:]:
        yield Problem(
            budget.address,
            f"a second budget for {budget.period}, “{budget.covers}”; the first, “{given[0].covers}”, "
            f"stands at {given[0].address}",
            "give one budget for the period, for everything the brief is to cover",
        )


def _money_order(standing: Standing) -> Iterator[Problem]:
    """Later stages above earlier ones happen in the record, and need a reason."""
    pairs = (
        (None, Stage.RELEASED, "released", "allocated"),
        (Stage.RELEASED, Stage.UTILISED, "utilised", "released"),
        (Stage.AUTHORISED, Stage.UTILISED, "utilised", "authorised"),
    )
    for earlier, later, what, than in pairs:
        first, second = standing.amount(earlier), standing.amount(later)
        record = standing.read(later)
        if not isinstance(first, Money) or not isinstance(second, Money) or record is None:
            continue
        if second.rupees > first.rupees and record.note is None:
            yield Problem(
                record.address,
                f"more was {what} ({second}) than {than} ({first})",
                "confirm it with the agency and give the reason in “note”",
                "warning",
            )
