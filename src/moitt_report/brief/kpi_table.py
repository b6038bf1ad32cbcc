"""The table of KPIs: target due, this quarter, cumulative, achieved, and a status that prints its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import (
    Cell,
    Column,
    Row,
    Runs,
    Table,
)
from moitt_report.brief.kpis import KpiFacts, book_before, december_rule, threshold
from moitt_report.brief.ledger import Printed
from moitt_report.brief.money import facts_now, source_line, strategy_due
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.status_words import TONES, rule_words, status_runs
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Stage
from moitt_report.model.counts import lacking, stands
from moitt_report.model.kpi import Absence, Direction, Kpi, Scope
from moitt_report.model.money import Money
from moitt_report.model.period import Month, Quarter, period_of
from moitt_report.model.portfolio import million, share, total_of
from moitt_report.model.status import Status, rate

ABSENT = Absence.NOT_REPORTED
EXPORTS = "it-export-remittances"


# --- facts of one KPI ---------------------------------------------------------------------------


def kpi_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of KPIs: `kpi.ID` for each of the register, and how many stand where."""
    tokens: dict[str, Maker] = {}
    for kpi in c.portfolio.registers.kpis.entries:
        facts = KpiFacts(c, kpi)
        tokens[f"kpi.{kpi.id}"] = facts.cumulative
        tokens[f"kpi.{kpi.id}.target"] = facts.whole
        tokens[f"kpi.{kpi.id}.previous"] = facts.previous
    tokens["kpis.aimed"] = partial(_status_count, c, None)
    tokens["kpis.rows"] = partial(_row_count, c)
    tokens["kpis.any"] = lambda: _row_count(c).run("plain") if _rows(c) else ()
    tokens["kpis.some-aimed"] = lambda: aimed.run("plain") if (aimed := _status_count(c, None)).value else ()
    for status in Status:
        tokens[f"kpis.{status.name.lower().replace('_', '-')}"] = partial(_status_count, c, status)
    tokens["status.on-target"] = partial(threshold, c, "on_target")
    tokens["status.watch"] = partial(threshold, c, "watch")
    tokens["rule.december"] = partial(december_rule, c)
    return tokens


# --- the KPI table ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _KpiRow:
    status: Status
    aimed: bool
    """Whether there is a target at all."""
    row: Row
    fact: str
    """The figure that the row is about."""
    sources: tuple[str, ...]


def _rows(c: Composition) -> list[_KpiRow]:
    """The rows, made once: the title counts them and the table prints them."""
    return c.once("kpi-rows", lambda: _made_rows(c))


def _made_rows(c: Composition) -> list[_KpiRow]:
    rows = [row for row in (_authorised_row(c), _utilised_row(c)) if row is not None]
    return rows + [_kpi_row(c, kpi) for kpi in _listed(c)]


def _listed(c: Composition) -> list[Kpi]:
    """The indicators reported, those with a target, and those reported the last time: none of these vanishes."""
    before = book_before(c)
    told = {kpi.id for kpi in c.portfolio.kpis if _has_something(c, kpi)}
    told |= {kpi.id for kpi in before.kpis if stands(before, kpi)} if before else set()
    return [kpi for kpi in c.portfolio.registers.kpis.entries if kpi.id in told]


def has_rows(c: Composition) -> bool:
    """Whether any indicator is to be listed."""
    return bool(c.portfolio.kpis or _listed(c))


def _silent(c: Composition) -> list[Kpi]:
    """The indicators of the agencies that filed that are not in the table: a form asks for them."""
    filed, listed = {one.agency for one in c.portfolio.returns}, {kpi.id for kpi in _listed(c)}
    return [k for k in c.portfolio.registers.kpis.entries if k.owner in filed and k.id not in listed]


def _silent_note(c: Composition) -> tuple[Runs, ...]:
    """How many indicators a form asks for that nobody reports, now or the last time."""
    silent = _silent(c)
    if not silent or c.about is not None:
        return ()
    count = c.ledger.how_many(
        "kpis.silent",
        "Indicators that the agencies that filed are asked for, and not reported",
        "indicators",
        [KpiFacts(c, kpi).cumulative().fact for kpi in silent],
    )
    words = say("Further indicators in the register of those who filed, not reported and not listed: ")
    return (words + count.run("plain") + say("."),)


def _lacking_note(c: Composition) -> tuple[Runs, ...]:
    """The months that keep a figure of the table from being added up."""
    parts = [part for kpi in _listed(c) for part in _lacking(c, kpi)]
    if not parts:
        return ()
    return (say("Not added up, since months are lacking: ") + wording.joined(parts, "; ", "; ") + say("."),)


def _lacking(c: Composition, kpi: Kpi) -> Iterator[Runs]:
    """The months lacking of one indicator, by agency where nobody gives a total."""
    facts, book = KpiFacts(c, kpi), c.portfolio
    if facts.cumulative().value is not None or kpi.level or kpi.direction is Direction.MILESTONE:
        return
    agencies = sorted({r.agency for r, _ in book.readings(kpi.id) if r.agency is not None})
    for agency in (None, *agencies):
        months = lacking(book, kpi, book.to_date, agency)
        if months:
            whose = named(f"{kpi.name}, {book.registers.agencies.get(agency).short}" if agency else kpi.name)
            yield (
                whose
                + say(" (")
                + wording.joined([dated(wording.short_months(m)) for m in months])
                + say(")")
            )


def _has_something(c: Composition, kpi: Kpi) -> bool:
    begin = c.portfolio.period.first
    return (
        KpiFacts(c, kpi).stands is not None
        or c.portfolio.target(kpi.id) is not None
        or any(begin <= r.period.last for r, _ in c.portfolio.readings(kpi.id))
    )


def _row_count(c: Composition) -> Printed:
    rows = _rows(c)
    return c.ledger.how_many("kpis.rows", "Indicators reported", "indicators", [row.fact for row in rows])


def _status_count(c: Composition, status: Status | None) -> Printed:
    """How many indicators with a target stand at `status`, or how many have one."""
    aimed = [row for row in _rows(c) if row.aimed]
    counted = aimed if status is None else [row for row in aimed if row.status is status]
    name = "with a target" if status is None else f"with a target, {status.value.lower()}"
    key = "aimed" if status is None else status.name.lower().replace("_", "-")
    return c.ledger.how_many(f"kpis.{key}", f"Indicators {name}", "indicators", [row.fact for row in counted])


def kpi_table(c: Composition, part: BlockPart) -> Table:
    """Every KPI of the period: target due, this quarter, cumulative, achieved, status with its reason."""
    rows = _rows(c)
    before = bool(c.portfolio.previous)
    return Table(
        anchor="kpis",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Indicator"), width=35),
            Column(head=say("Unit"), width=19),
            Column(head=say("Scope"), width=20),
            Column(head=say("Target"), width=14, align="right"),
            *((Column(head=say("Previous quarter"), width=15, align="right"),) if before else ()),
            Column(
                head=say("This quarter" if isinstance(c.portfolio.period, Quarter) else "This period"),
                width=13,
                align="right",
            ),
            Column(head=say("Cumulative"), width=17, align="right"),
            Column(head=say("Achieved, %"), width=15, align="right"),
            Column(head=say("Status and reason"), width=44),
        ),
        rows=tuple(r.row for r in rows),
        notes=(*c.notes(part), *_lacking_note(c), *_silent_note(c)),
        sources=source_line(c, [id for r in rows for id in r.sources]),
        size="dense",
    )


def _kpi_row(c: Composition, kpi: Kpi) -> _KpiRow:
    facts = KpiFacts(c, kpi)
    main = facts.main
    scope = facts.stands.scope if facts.stands else kpi.scope
    status = facts.status
    cells = [
        Cell(runs=named(kpi.name) + warned(c, main.used if main else None)),
        Cell(runs=named(kpi.unit)),
        Cell(runs=_counted_words(c, facts, scope)),
        Cell(runs=facts.target_runs()),
    ]
    if c.portfolio.previous:
        cells.append(Cell(runs=facts.previous().run()))
    if (main and main.used.milestone) or (facts.target and facts.target.milestone):
        cells += [
            Cell(runs=c.ledger.not_applicable().run()),
            Cell(runs=named(main.used.milestone))
            if main and main.used.milestone
            else Cell(runs=facts.cumulative().run()),
            Cell(runs=c.ledger.not_applicable().run()),
        ]
    else:
        cells += [
            Cell(runs=_quarter(c, facts, scope).run()),
            Cell(runs=facts.cumulative().run()),
            Cell(runs=facts.achieved().run()),
        ]
    cells.append(Cell(runs=status_runs(c, facts), tone=TONES[status]))
    sources = list(facts.sources) if main is None or not isinstance(main.used.value, Absence) else []
    if facts.target is not None:
        sources.append(facts.target.source)
    row = Row(cells=tuple(cells))
    return _KpiRow(status, facts.target is not None, row, facts.cumulative().fact, tuple(sources))


def _counted_words(c: Composition, facts: KpiFacts, scope: Scope) -> Runs:
    """The scope of what stands, and its last month where that is not the last of the period."""
    words = say(wording.scope_words(scope))
    last = facts.months.last
    if last == c.portfolio.period.last:
        return words
    return words + say(", " if facts.kpi.level else ", to ") + _month(last)


def _month(month: Month) -> Runs:
    return dated(wording.short_months(period_of(month, month)))


def _quarter(c: Composition, facts: KpiFacts, scope: Scope) -> Printed:
    quarter = facts.quarter()
    return c.ledger.not_applicable() if quarter.value is None and scope is Scope.SINCE_INCEPTION else quarter


def _authorised_row(c: Composition) -> _KpiRow | None:
    due = strategy_due(c)
    basis = due.run("prose") + say(" of allocation due; ")
    return _money_row(c, Stage.AUTHORISED, due, basis, "no release strategy for the year is on record")


def _utilised_row(c: Composition) -> _KpiRow | None:
    december = c.portfolio.period.last.month == 12
    due = december_rule(c) if december else c.ledger.not_applicable()
    basis = due.run("prose") + say(" of allocation due; ")
    return _money_row(c, Stage.UTILISED, due, basis, "the only rule on record is for December")


def _money_row(c: Composition, stage: Stage, due_share: Printed, basis: Runs, no_rule: str) -> _KpiRow | None:
    """An amount against the share of the allocation that is due; None where it is not reported, nor was before."""
    now, previous = facts_now(c), _previous_amount(c, stage)
    if not now.reads(stage) and (previous.value is None or c.about is not None):
        return None
    allocation = now.money()
    ruled = due_share.value is not None
    due: Money | Absence = ABSENT if ruled else Absence.NOT_APPLICABLE
    if isinstance(allocation, Money) and due_share.value is not None:
        due = Money(rupees=allocation.rupees * due_share.value / 100)
    target = c.ledger.money(
        f"{stage.value}.due",
        f"Amount to be {stage.value} by {wording.day(c.portfolio.period.last_day)}",
        due,
        formula="allocation × share due ÷ 100" if ruled else "",
        operation="portion" if ruled else None,
        inputs=(now.amount().fact, due_share.fact) if ruled else (),
    )
    amount = now.money(stage)
    achieved = c.ledger.percent(
        f"{stage.value}.achieved",
        f"{stage.value.capitalize()} as a percentage of the amount due",
        share(million(amount), million(due)) if ruled else Absence.NOT_APPLICABLE,
        formula=f"{stage.value} ÷ amount due × 100",
        operation="share",
        inputs=(now.amount(stage).fact, target.fact),
    )
    value = ABSENT if achieved.value is None else achieved.value
    status = rate(value, c.portfolio.registers.rules.status)
    if status is not Status.NOT_RATED:
        reason = basis + rule_words(c, status)
    elif amount in tuple(Absence):
        reason = say("the amount is ") + say(str(amount))
    else:
        reason = say("the allocation is not reported" if ruled else no_rule)
    quarter = c.ledger.money(f"{stage.value}.quarter", f"{stage.value.capitalize()} in the quarter", ABSENT)
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
    return _KpiRow(status, ruled, Row(cells=cells), achieved.fact, sources)


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
        for n, (standing, _) in enumerate(standings, 1)
    ]
    if len(amounts) == 1:
        return amounts[0]
    return c.ledger.money(
        f"{stage.value}.previous",
        label,
        total_of([standing.amount(stage) for standing, _ in standings]),
        formula="sum of the budgets",
        operation="sum",
        inputs=tuple(amount.fact for amount in amounts),
    )
