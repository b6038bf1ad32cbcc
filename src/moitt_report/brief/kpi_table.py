"""The table of KPIs: target due, this quarter, cumulative, achieved, and a status that prints its reason."""

from collections.abc import Iterator
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
from moitt_report.brief.kpi_money import KpiRow, authorised_row, utilised_row
from moitt_report.brief.kpi_target import TargetFacts
from moitt_report.brief.kpis import KpiFacts, book_before
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.rule_facts import december_rule, threshold
from moitt_report.brief.sources import source_line
from moitt_report.brief.status_words import TONES, status_runs
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.counts import lacking, stands
from moitt_report.model.kpi import Absence, Direction, Kpi, Scope
from moitt_report.model.period import Month, Quarter, period_of
from moitt_report.model.status import Status

# --- prose --------------------------------------------------------------------------------------


def kpi_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of KPIs: `kpi.ID` for each of the register, and how many stand where."""
    tokens: dict[str, Maker] = {}
    for kpi in c.portfolio.registers.kpis.entries:
        facts = KpiFacts(c, kpi)
        tokens[f"kpi.{kpi.id}"] = facts.cumulative
        tokens[f"kpi.{kpi.id}.target"] = TargetFacts(facts).whole
        tokens[f"kpi.{kpi.id}.previous"] = facts.previous
    tokens["kpis.aimed"] = partial(_status_count, c, None)
    tokens["kpis.rows"] = partial(_row_count, c)
    tokens["kpis.any"] = lambda: _row_count(c).if_any()
    tokens["kpis.some-aimed"] = lambda: _status_count(c, None).if_any()
    for status in Status:
        tokens[f"kpis.{status.name.lower().replace('_', '-')}"] = partial(_status_count, c, status)
    tokens["status.on-target"] = partial(threshold, c, "on_target")
    tokens["status.watch"] = partial(threshold, c, "watch")
    tokens["rule.december"] = partial(december_rule, c)
    return tokens


# --- rows ---------------------------------------------------------------------------------------


def _rows(c: Composition) -> list[KpiRow]:
    """The rows, made once: the title counts them and the table prints them."""
    return c.once("kpi-rows", lambda: _made_rows(c))


def _made_rows(c: Composition) -> list[KpiRow]:
    rows = [row for row in (authorised_row(c), utilised_row(c)) if row is not None]
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


def _previous_note(c: Composition) -> tuple[Runs, ...]:
    """What the column of the previous quarter holds: no more than was known then, and not that quarter alone."""
    before = book_before(c)
    if before is None:
        return ()
    words = say("Previous quarter = cumulative, or as held, to ") + dated(wording.day(before.period.last_day))
    words += say(" or the month named, as the returns filed for it gave it;")
    return (words + say(" what is restated since is not in it."),)


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
    agencies = sorted({r.agency for r in book.readings(kpi.id) if r.agency is not None})
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
        or any(begin <= r.period.last for r in c.portfolio.readings(kpi.id))
    )


def _row_count(c: Composition) -> Printed:
    rows = _rows(c)
    return c.ledger.how_many("kpis.rows", "Indicators listed", "indicators", [row.fact for row in rows])


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
        notes=(*c.notes(part), *_previous_note(c), *_lacking_note(c), *_silent_note(c)),
        sources=source_line(c, [id for r in rows for id in r.sources]),
        size="dense",
    )


def _kpi_row(c: Composition, kpi: Kpi) -> KpiRow:
    facts = KpiFacts(c, kpi)
    aim = TargetFacts(facts)
    main, latest = facts.main, facts.latest
    scope = facts.stands.scope if facts.stands else c.portfolio.scope_of(latest) if latest else kpi.scope
    status = aim.status
    cells = [
        Cell(runs=named(kpi.name) + warned(c, main.used if main else None)),
        Cell(runs=named(kpi.unit)),
        Cell(runs=_counted_words(c, facts, scope)),
        Cell(runs=aim.target_runs()),
    ]
    if c.portfolio.previous:
        cells.append(Cell(runs=_previous(c, facts)))
    cells += _achievement(c, facts, aim, scope)
    cells.append(Cell(runs=status_runs(c, aim), tone=TONES[status]))
    sources = list(facts.sources) if main is None or not isinstance(main.used.value, Absence) else []
    if aim.target is not None:
        sources.append(aim.target.source)
    row = Row(cells=tuple(cells))
    return KpiRow(status, aim.target is not None, row, facts.cumulative().fact, tuple(sources))


def _achievement(c: Composition, facts: KpiFacts, aim: TargetFacts, scope: Scope) -> tuple[Cell, Cell, Cell]:
    """The figures of the quarter and to date, and what was achieved; of a milestone only how far things are, in words."""
    reached = facts.main.used.milestone if facts.main else None
    if reached or (aim.target and aim.target.milestone):
        no_figure = Cell(runs=c.ledger.not_applicable().run())
        return no_figure, Cell(runs=named(reached) if reached else facts.cumulative().run()), no_figure
    return (
        Cell(runs=_quarter(c, facts, scope).run()),
        Cell(runs=facts.cumulative().run()),
        Cell(runs=aim.achieved().run()),
    )


def _counted_words(c: Composition, facts: KpiFacts, scope: Scope) -> Runs:
    """The scope of what stands, and its last month where that is not the last of the period."""
    words = say(wording.scope_words(scope))
    last = facts.months.last
    if last == c.portfolio.period.last:
        return words
    return words + say(", " if facts.kpi.level else ", to ") + _month(last)


def _previous(c: Composition, facts: KpiFacts) -> Runs:
    """What stood in the previous period, with its last month where that is not the last of that period."""
    figure, before, last = facts.previous(), book_before(c), facts.previous_to
    if before is None or last is None or figure.value is None or last == before.period.last:
        return figure.run()
    return figure.run() + say(" to ") + _month(last)


def _month(month: Month) -> Runs:
    return dated(wording.short_months(period_of(month, month)))


def _quarter(c: Composition, facts: KpiFacts, scope: Scope) -> Printed:
    quarter = facts.quarter()
    return c.ledger.not_applicable() if quarter.value is None and scope is Scope.SINCE_INCEPTION else quarter
