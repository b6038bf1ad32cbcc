"""What a person has chosen where sources differ: each figure in use, with those it was chosen before."""

from collections.abc import Iterator

from moitt_report.model.budget import Allocation, Amount
from moitt_report.model.kpi import Reading, Target
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.settled import Settled
from moitt_report.model.standing import Standing

Chosen = Settled[Allocation] | Settled[Amount] | Settled[Reading] | Settled[Target]


def chosen(book: Portfolio) -> Iterator[Chosen]:
    """Every figure of the returns that is used because a choice on record names it."""
    if any(filed.choices for filed in book.returns):
        yield from (settled for settled in _settled(book) if settled.reason is not None)


def _settled(book: Portfolio) -> Iterator[Chosen]:
    for filed in book.returns:
        for budget in filed.budgets:
            yield from _money(book.stand(budget, filed))
        for report in filed.projects:
            yield from _money(book.stand_project(report))
    for kpi in book.kpis:
        for reading in book.readings(kpi.id):
            months, scope = book.months_of(reading), book.scope_of(reading)
            settled = book.reading(kpi.id, months, (scope,), part=reading.part)
            if settled is not None:
                yield settled
        aim = book.aim(kpi.id)
        if aim is not None:
            yield aim


def _money(standing: Standing) -> Iterator[Chosen]:
    if standing.allocation is not None:
        yield standing.allocation
    yield from standing.stages.values()
