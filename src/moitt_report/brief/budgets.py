"""The budgets of several agencies side by side, what those that report add up to, and how many do."""

from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, HeadGroup, Row, Runs, Table
from moitt_report.brief.money import MoneyFacts, agency_parts, covered, facts_now
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.sources import source_line
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import say
from moitt_report.model.arithmetic import total_of
from moitt_report.model.budget import Stage
from moitt_report.model.money import Money

SHOWN = (None, Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)


def has_several(c: Composition) -> bool:
    """Whether there is anything to add up, or to tell apart."""
    return len(c.portfolio.standings) > 1 or bool(c.portfolio.agency_parts)


def budget_table(c: Composition, part: BlockPart) -> Table:
    """Each budget with its stages; the sum of those that report where some do not; the whole.

    Where the ministry's own budget is on file, those of its agencies stand under it as parts that nothing adds up.
    """
    now, parts = facts_now(c), agency_parts(c)
    rows = [_budget_row(one) for one in now.each]
    if any(0 < _given(now, stage) < len(now.parts) for stage in SHOWN):
        rows += [_reported_row(now), _count_row(now)]
    if len(now.parts) > 1:
        rows.append(_row(covered(now, bold=True), now, total=True))
    rows += [_budget_row(one, say("of which ")) for one in parts]
    ids = [read.source for one in (now, *parts) for stage in (None, *Stage) for read in one.reads(stage)]
    return Table(
        anchor="budgets",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Budget"), width=53),
            Column(head=say("Allocation"), width=22, align="right"),
            Column(head=say("Authorised"), width=21, align="right"),
            Column(head=say("Released"), width=21, align="right"),
            Column(head=say("Utilised"), width=21, align="right"),
            Column(head=say("authorised"), width=15, align="right"),
            Column(head=say("allocation"), width=15, align="right"),
        ),
        groups=(HeadGroup(runs=say("Utilised as % of"), first=5, last=6),),
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, ids),
    )


def _given(now: MoneyFacts, stage: Stage | None) -> int:
    return sum(isinstance(standing.amount(stage), Money) for standing in now.standings)


def _budget_row(one: MoneyFacts, before: Runs = ()) -> Row:
    reads = [read for stage in SHOWN for read in one.reads(stage)]
    return _row(before + covered(one) + warned(one.c, *reads), one, total=False)


def _row(label: Runs, facts: MoneyFacts, *, total: bool) -> Row:
    figures = (
        *(facts.amount(stage) for stage in SHOWN),
        facts.rate("utilised.of-authorised"),
        facts.rate("utilised.of-allocation"),
    )
    return Row(
        role="total" if total else "body",
        cells=(Cell(runs=label), *(Cell(runs=f.run(bold=total)) for f in figures)),
    )


def _reported_row(now: MoneyFacts) -> Row:
    """What the budgets that report a stage add up to; no rate, for its two sides may be of different budgets."""
    none = now.c.ledger.not_applicable()
    sums = [_sum_of_reported(now, stage) for stage in SHOWN]
    label = Cell(runs=say("Sum of those that report"))
    return Row(role="subtotal", cells=(label, *(Cell(runs=f.run()) for f in (*sums, none, none))))


def _sum_of_reported(now: MoneyFacts, stage: Stage | None) -> Printed:
    name = "allocation" if stage is None else stage.value
    given = [one for one in now.each if isinstance(one.money(stage), Money)]
    return now.c.ledger.money(
        f"{name}.of-those-that-report",
        f"Sum of the budgets that report: {name}",
        total_of([one.money(stage) for one in given]),
        formula="sum of the budgets that report",
        operation="sum" if given else None,
        inputs=tuple(one.amount(stage).fact for one in given),
    )


def _count_row(now: MoneyFacts) -> Row:
    none = now.c.ledger.not_applicable().run()
    cells = [Cell(runs=now.reported(stage).words()) for stage in SHOWN]
    return Row(cells=(Cell(runs=say("Budgets that report")), *cells, Cell(runs=none), Cell(runs=none)))
