"""The money among the KPIs: what was authorised and utilised, against the share of the allocation that was due."""

from dataclasses import dataclass

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Row, Runs
from moitt_report.brief.kpis import book_before
from moitt_report.brief.money import facts_now, strategy_due
from moitt_report.brief.printed import Printed
from moitt_report.brief.rule_facts import december_rule
from moitt_report.brief.status_words import TONES, rule_words
from moitt_report.brief.wording import say
from moitt_report.model.arithmetic import million, share, total_of
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.status import Status, rate


@dataclass(frozen=True, slots=True)
class KpiRow:
    """A row of the table of KPIs, and what is counted of it."""

    status: Status
    aimed: bool
    """Whether there is a target at all."""
    row: Row
    fact: str
    """The id of the figure that the row is about."""
    sources: tuple[str, ...]
    """The ids of the sources of its figures."""


def authorised_row(c: Composition) -> KpiRow | None:
    """What was authorised, against the release strategy of the year; None where nobody ever reported it."""
    return _money_row(c, Stage.AUTHORISED, strategy_due(c), "no release strategy for the year is on record")


def utilised_row(c: Composition) -> KpiRow | None:
    """What was utilised, in December against the rule for that month; None where nobody ever reported it."""
    december = c.portfolio.period.last.month == 12
    due = december_rule(c) if december else c.ledger.not_applicable()
    return _money_row(c, Stage.UTILISED, due, "the only rule on record is for December")


def _money_row(c: Composition, stage: Stage, share_due: Printed, no_rule: str) -> KpiRow | None:
    """An amount against `share_due` of the allocation, in percent; `no_rule` says why there may be no such share."""
    now, previous = facts_now(c), _previous_amount(c, stage)
    if not now.reads(stage) and (previous.value is None or c.about is not None):
        return None
    target = _amount_due(c, stage, share_due)
    achieved = _achieved(c, stage, share_due, target)
    status = rate(achieved.value_or_absence, c.portfolio.registers.rules.status)
    reason = _reason(c, stage, status, share_due, no_rule)
    quarter = c.ledger.money(
        f"{stage.value}.quarter", f"{stage.value.capitalize()} in the quarter", Absence.NOT_REPORTED
    )
    cells = (
        Cell(runs=say(f"PSDP amount {stage.value}")),
        Cell(runs=say("Rs million")),
        Cell(runs=say("Year to date")),
        Cell(runs=target.run("chart")),
        *((Cell(runs=previous.run("chart")),) if c.portfolio.previous else ()),
        Cell(runs=quarter.run()),
        Cell(runs=now.amount(stage).run("chart")),
        Cell(runs=achieved.run()),
        Cell(runs=say(status.value, bold=True) + say(": ") + reason, tone=TONES[status]),
    )
    sources = tuple(read.source for read in now.reads(stage))
    return KpiRow(status, share_due.value is not None, Row(cells=cells), achieved.fact, sources)


def _amount_due(c: Composition, stage: Stage, share_due: Printed) -> Printed:
    """The share due of the allocation, in money; not applicable where no rule gives a share."""
    now = facts_now(c)
    id = f"{stage.value}.due"
    label = f"Amount to be {stage.value} by {wording.day(c.portfolio.period.last_day)}"
    if share_due.value is None:
        return c.ledger.money(id, label, Absence.NOT_APPLICABLE)
    allocation = now.money()
    return c.ledger.money(
        id,
        label,
        Money(rupees=allocation.rupees * share_due.value / 100)
        if isinstance(allocation, Money)
        else Absence.NOT_REPORTED,
        formula="allocation × share due ÷ 100",
        operation="portion",
        inputs=(now.amount().fact, share_due.fact),
    )


def _achieved(c: Composition, stage: Stage, share_due: Printed, due: Printed) -> Printed:
    """The amount as a percentage of the amount `due`; not applicable where no rule gives a share."""
    now = facts_now(c)
    ruled = share_due.value is not None
    return c.ledger.percent(
        f"{stage.value}.achieved",
        f"{stage.value.capitalize()} as a percentage of the amount due",
        share(million(now.money(stage)), due.value_or_absence) if ruled else Absence.NOT_APPLICABLE,
        formula=f"{stage.value} ÷ amount due × 100",
        operation="share",
        inputs=(now.amount(stage).fact, due.fact),
    )


def _reason(c: Composition, stage: Stage, status: Status, share_due: Printed, no_rule: str) -> Runs:
    """What the status rests on; of a figure that is not rated, what there is not."""
    if status is not Status.NOT_RATED:
        return share_due.run("prose") + say(" of allocation due; ") + rule_words(c, status)
    amount = facts_now(c).money(stage)
    if isinstance(amount, Absence):
        return say("the amount is ") + say(str(amount))
    return say(no_rule if share_due.value is None else "the allocation is not reported")


def _previous_amount(c: Composition, stage: Stage) -> Printed:
    """The amount as the returns of the previous period gave it: what they said, restated since or not."""
    before = book_before(c)
    standings = before.standings if before else ()
    label = f"{stage.value.capitalize()}, previous period"
    amounts = [
        c.ledger.money(
            f"{stage.value}.previous.{n}",
            label,
            standing.amount(stage),
            read=standing.read(stage),
            topic=stage.heading,
        )
        for n, standing in enumerate(standings, 1)
    ]
    if len(amounts) == 1:
        return amounts[0]
    return c.ledger.money(
        f"{stage.value}.previous",
        label,
        total_of([standing.amount(stage) for standing in standings]),
        formula="sum of the budgets",
        operation="sum",
        inputs=tuple(amount.fact for amount in amounts),
    )
