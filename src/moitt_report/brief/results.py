"""Results on the page: KPIs with target, status and reason; exports by month; progress of projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import (
    Category,
    Cell,
    Chart,
    Column,
    HeadGroup,
    Point,
    Row,
    Runs,
    Series,
    Table,
    Tone,
)
from moitt_report.brief.ledger import Printed
from moitt_report.brief.money import (
    facts_now,
    project_fact,
    project_count,
    projects_total,
    source_line,
    strategy_due,
)
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope, Target
from moitt_report.model.money import Money
from moitt_report.model.period import Month, Period, fiscal_year, period_of
from moitt_report.model.portfolio import Portfolio, Settled, Status, growth, million, rate, share
from moitt_report.model.project import Progress, ProjectReport

ABSENT = Absence.NOT_REPORTED
EXPORTS = "it-export-remittances"
TONES: dict[Status, Tone] = {
    Status.ON_TARGET: "good",
    Status.WATCH: "watch",
    Status.BEHIND: "bad",
    Status.NOT_YET_DUE: "open",
    Status.NOT_RATED: "none",
}


# --- facts of one KPI ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """What is known of one KPI in the period."""

    c: Composition
    kpi: Kpi

    @property
    def main(self) -> Settled[Reading] | None:
        """The reading that stands for the KPI: year to date, else the latest that is about the period."""
        book = self.c.portfolio
        exact = book.reading(self.kpi.id, book.to_date)
        return exact or book.latest(self.kpi.id)

    @property
    def value(self) -> Decimal | Absence:
        """The number of the main reading."""
        main = self.main
        return main.used.value if main and isinstance(main.used.value, Decimal) else _absence(main)

    def cumulative(self) -> Printed:
        """The main reading as a fact."""
        main = self.main
        return self._count(f"kpi.{self.kpi.id}", self.kpi.name, self.value, main.used if main else None)

    def quarter(self) -> Printed:
        """What was achieved in the period itself."""
        book = self.c.portfolio
        value = book.in_period(self.kpi.id)
        settled = book.reading(self.kpi.id, book.period, (Scope.IN_PERIOD,))
        label = f"{self.kpi.name}, {wording.months(book.period)}"
        if settled is not None:
            return self._count(f"kpi.{self.kpi.id}.quarter", label, value, settled.used)
        months = [month_fact(self.c, self.kpi, m) for m in book.period.months]
        return self._count(
            f"kpi.{self.kpi.id}.quarter",
            label,
            value,
            None,
            formula="sum of the months" if isinstance(value, Decimal) else "",
            inputs=tuple(f.fact for f in months) if isinstance(value, Decimal) else (),
        )

    def previous(self) -> Printed:
        """The main reading of the previous period's returns."""
        book = self.c.portfolio
        if not book.previous:
            return self._count(f"kpi.{self.kpi.id}.previous", f"{self.kpi.name}, previous period", ABSENT, None)
        before = Portfolio(
            period=book.previous[0].period,
            returns=book.previous,
            registers=book.registers,
            as_of=book.previous[0].period.last_day,
        )
        settled = before.reading(self.kpi.id, before.to_date) or before.latest(self.kpi.id)
        used = settled.used if settled else None
        value = used.value if used and isinstance(used.value, Decimal) else ABSENT
        label = f"{self.kpi.name}, to {wording.day(before.period.last_day)}"
        return self._count(f"kpi.{self.kpi.id}.previous", label, value, used)

    @property
    def target(self) -> Target | None:
        """The target that covers the period."""
        return self.c.portfolio.target(self.kpi.id)

    def due(self) -> Printed:
        """The part of the target due at the end of the period; the whole target when none is due yet."""
        target = self.target
        if target is None:
            return self._count(f"kpi.{self.kpi.id}.due", f"Target of {self.kpi.name}", ABSENT, None)
        value = self.c.portfolio.due(target)
        if isinstance(value, Absence):
            return self.whole()
        whole = self.whole()
        paced = value != target.value
        return self._count(
            f"kpi.{self.kpi.id}.due",
            f"Target of {self.kpi.name} due by {wording.day(self.c.portfolio.period.last_day)}",
            value,
            None,
            formula="annual target × months elapsed ÷ months of the year" if paced else "the whole target",
            inputs=(whole.fact,),
        )

    def whole(self) -> Printed:
        """The whole target."""
        target = self.target
        id, label = f"kpi.{self.kpi.id}.target", f"Target of {self.kpi.name}"
        if target is None:
            return self._count(id, label, ABSENT, None)
        source = target.source
        fact = self._count(id, label, target.value, None, formula="as set", cite=(source,))
        self.c.ledger.cite(source, f"Target, {self.kpi.name}", (id, fact.printings["plain"]))
        return fact

    def achieved(self) -> Printed:
        """The main reading as a percentage of the target due."""
        due = self.c.portfolio.due(self.target) if self.target else ABSENT
        cumulative, base = self.cumulative(), self.due()
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.achieved",
            f"{self.kpi.name} as a percentage of the target due",
            due if isinstance(due, Absence) else share(self.value, due),
            formula="reading ÷ target due × 100",
            inputs=(cumulative.fact, base.fact),
        )

    def so_far(self) -> Printed:
        """The main reading as a percentage of the whole target."""
        whole = self.target.value if self.target else ABSENT
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.of-target",
            f"{self.kpi.name} as a percentage of the whole target",
            share(self.value, whole),
            formula="reading ÷ whole target × 100",
            inputs=(self.cumulative().fact, self.whole().fact),
        )

    @property
    def status(self) -> Status:
        """How the KPI stands; only where higher is better is it rated."""
        if self.target is None or self.kpi.direction is not Direction.HIGHER:
            return Status.NOT_RATED
        due = self.c.portfolio.due(self.target)
        achieved = due if isinstance(due, Absence) else share(self.value, due)
        return rate(achieved, self.c.portfolio.registers.rules.status)

    def _count(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        read: Reading | None,
        formula: str = "",
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
    ) -> Printed:
        return self.c.ledger.count(
            id, label, value, self.kpi.unit, self.kpi.decimals,
            read=read, formula=formula, inputs=inputs, cite=cite, topic=self.kpi.name,
        )


def _absence(settled: Settled[Reading] | None) -> Absence:
    value = settled.used.value if settled else None
    return value if isinstance(value, Absence) else ABSENT


def month_fact(c: Composition, kpi: Kpi, month: Month) -> Printed:
    """The reading of one month."""
    period = period_of(month, month)
    settled = c.portfolio.reading(kpi.id, period)
    value = c.portfolio.value(kpi.id, period)
    return c.ledger.count(
        f"kpi.{kpi.id}.{period}",
        f"{kpi.name}, {wording.months(period)}",
        value,
        kpi.unit,
        kpi.decimals,
        read=settled.used if settled else None,
        topic=kpi.name,
    )


# --- tokens -------------------------------------------------------------------------------------


def result_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of results: `kpi.ID` for every KPI, and the exports."""
    tokens: dict[str, Maker] = {}
    for kpi in c.portfolio.registers.kpis.entries:
        tokens[f"kpi.{kpi.id}"] = lambda kpi=kpi: KpiFacts(c, kpi).cumulative()
        tokens[f"kpi.{kpi.id}.target"] = lambda kpi=kpi: KpiFacts(c, kpi).whole()
        tokens[f"kpi.{kpi.id}.previous"] = lambda kpi=kpi: KpiFacts(c, kpi).previous()
    exports = KpiFacts(c, c.portfolio.registers.kpis.get(EXPORTS))
    tokens |= {
        "exports": exports.cumulative,
        "exports.quarter": exports.quarter,
        "exports.target": exports.whole,
        "exports.due": exports.due,
        "exports.of-target": exports.so_far,
        "exports.year-earlier": lambda: exports_year_earlier(c),
        "exports.growth": lambda: exports_growth(c),
        "exports.comparable": lambda: comparable_months(c)[0],
        "exports.rising": lambda: comparable_months(c)[1],
        "exports.all-rising": lambda: _if_all_rising(c),
        "kpis.rated": lambda: _status_count(c, None),
        "kpis.rows": lambda: _row_count(c),
        "status.on-target": lambda: threshold(c, "on_target"),
        "status.watch": lambda: threshold(c, "watch"),
        "rule.december": lambda: december_rule(c),
    }
    for status in Status:
        tokens[f"kpis.{status.name.lower().replace('_', '-')}"] = lambda status=status: _status_count(c, status)
    return tokens


def threshold(c: Composition, name: str) -> Printed:
    """A threshold of the status rule."""
    rule = c.portfolio.registers.rules.status
    value = rule.on_target if name == "on_target" else rule.watch
    return c.ledger.rule(f"status.{name.replace('_', '-')}", f"Status threshold, {name}", value, rule.source)


def december_rule(c: Composition) -> Printed:
    """The share of the allocation to be utilised by December."""
    rule = c.portfolio.registers.rules.utilisation
    return c.ledger.rule("rule.december", "Share of the allocation to be utilised by December", rule.least_by_december, rule.source)


def exports_year_earlier(c: Composition) -> Printed:
    """Exports over the same months of the year before."""
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    period = c.portfolio.to_date.year_earlier
    settled = c.portfolio.reading(EXPORTS, period)
    return c.ledger.count(
        "exports.year-earlier",
        f"{kpi.name}, {wording.months(period)}",
        c.portfolio.value(EXPORTS, period),
        kpi.unit,
        kpi.decimals,
        read=settled.used if settled else None,
        topic=kpi.name,
    )


def exports_growth(c: Composition) -> Printed:
    """The change of exports on the same months of the year before."""
    now, then = KpiFacts(c, c.portfolio.registers.kpis.get(EXPORTS)), exports_year_earlier(c)
    base = ABSENT if then.value is None else then.value
    return c.ledger.percent(
        "exports.growth",
        "Change of exports on the same months a year earlier",
        growth(now.value, base),
        formula="this year ÷ last year × 100 − 100",
        inputs=(now.cumulative().fact, then.fact),
        signed=True,
    )


def _month_growth(c: Composition, kpi: Kpi, month: Month) -> Printed:
    now, then = month_fact(c, kpi, month), month_fact(c, kpi, month.shifted(-12))
    values = (ABSENT if f.value is None else f.value for f in (now, then))
    return c.ledger.percent(
        f"kpi.{kpi.id}.{month.year}-{month.month:02d}.growth",
        f"Change of {kpi.name} on a year, {wording.months(period_of(month, month))}",
        growth(*values),
        formula="this year ÷ last year × 100 − 100",
        inputs=(now.fact, then.fact),
        signed=True,
    )


def comparable_months(c: Composition) -> tuple[Printed, Printed]:
    """In how many months of the period exports can be compared with a year before, and in how many they rose."""
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    changes = [g for g in (_month_growth(c, kpi, m) for m in c.portfolio.period.months) if g.value is not None]
    rising = [g for g in changes if g.value is not None and g.value > 0]
    inputs = tuple(g.fact for g in changes)
    comparable = c.ledger.count("exports.comparable", "Months that can be compared with the year before", Decimal(len(changes)), "months", formula="count", inputs=inputs)
    return comparable, c.ledger.count("exports.rising", "Months in which exports rose on a year", Decimal(len(rising)), "months", formula="count", inputs=inputs)


def _if_all_rising(c: Composition) -> Runs:
    comparable, rising = comparable_months(c)
    return comparable.run("plain") if comparable.value and comparable.value == rising.value else ()


# --- the KPI table ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _KpiRow:
    status: Status
    row: Row
    sources: tuple[str, ...]


def _rows(c: Composition) -> list[_KpiRow]:
    rows = [row for row in (_authorised_row(c), _utilised_row(c)) if row is not None]
    return rows + [_kpi_row(c, kpi) for kpi in c.portfolio.kpis if _has_something(c, kpi)]


def _has_something(c: Composition, kpi: Kpi) -> bool:
    return KpiFacts(c, kpi).main is not None or c.portfolio.target(kpi.id) is not None


def _row_count(c: Composition) -> Printed:
    return c.ledger.count("kpis.rows", "Indicators reported", Decimal(len(_rows(c))), "indicators", formula="count")


def _status_count(c: Composition, status: Status | None) -> Printed:
    rated = {Status.ON_TARGET, Status.WATCH, Status.BEHIND, Status.NOT_YET_DUE}
    wanted = rated if status is None else {status}
    count = sum(row.status in wanted for row in _rows(c))
    name = "with a target" if status is None else status.value.lower()
    key = "rated" if status is None else status.name.lower().replace("_", "-")
    return c.ledger.count(f"kpis.{key}", f"Indicators {name}", Decimal(count), "indicators", formula="count")


def kpi_table(c: Composition, part: BlockPart) -> Table:
    """Every KPI of the period: target due, this quarter, cumulative, achieved, status with its reason."""
    rows = _rows(c)
    before = bool(c.portfolio.previous)
    return Table(
        anchor="kpis",
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("Indicator"), width=35),
            Column(head=say("Unit"), width=18),
            Column(head=say("Scope"), width=17),
            Column(head=say("Target due"), width=14, align="right"),
            *((Column(head=say("Previous quarter"), width=15, align="right"),) if before else ()),
            Column(head=say("This quarter"), width=13, align="right"),
            Column(head=say("Cumulative"), width=17, align="right"),
            Column(head=say("Achieved, %"), width=15, align="right"),
            Column(head=say("Status and reason"), width=44),
        ),
        rows=tuple(r.row for r in rows),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=source_line(c, [id for r in rows for id in r.sources]),
        size="dense",
    )


def _kpi_row(c: Composition, kpi: Kpi) -> _KpiRow:
    facts = KpiFacts(c, kpi)
    main = facts.main
    scope = c.portfolio.scope_of(main.used) if main else kpi.scope
    status = facts.status
    cells = [
        Cell(runs=named(kpi.name)),
        Cell(runs=named(kpi.unit)),
        Cell(runs=say(wording.scope_words(scope))),
        Cell(runs=facts.due().run()),
    ]
    if c.portfolio.previous:
        cells.append(Cell(runs=facts.previous().run()))
    if main and main.used.milestone:
        cells += [Cell(runs=_na(c).run()), Cell(runs=named(main.used.milestone)), Cell(runs=_na(c).run())]
    else:
        cells += [Cell(runs=_quarter(c, facts, scope).run()), Cell(runs=facts.cumulative().run()), Cell(runs=facts.achieved().run())]
    cells.append(Cell(runs=_reason(c, facts, status), tone=TONES[status]))
    sources = [main.used.source] if main else []
    if facts.target is not None:
        sources.append(facts.target.source)
    return _KpiRow(status, Row(cells=tuple(cells)), tuple(sources))


def _quarter(c: Composition, facts: KpiFacts, scope: Scope) -> Printed:
    quarter = facts.quarter()
    return _na(c) if quarter.value is None and scope is Scope.SINCE_INCEPTION else quarter


def _na(c: Composition) -> Printed:
    return c.ledger.money("not-applicable", "No such figure can exist", Absence.NOT_APPLICABLE)


def _reason(c: Composition, facts: KpiFacts, status: Status) -> Runs:
    words = say(status.value, bold=True) + say(": ")
    match status:
        case Status.ON_TARGET | Status.WATCH | Status.BEHIND:
            return words + facts.achieved().run("prose") + say(" of the target due; ") + rule_words(c, status)
        case Status.NOT_YET_DUE:
            words += say("target date ") + dated(wording.day(facts.target.due_day)) if facts.target else ()
            so_far = facts.so_far()
            return words + (say("; ") + so_far.run("prose") + say(" so far") if so_far.value is not None else ())
        case Status.NOT_RATED:
            return words + _why_not_rated(c, facts)


def rule_words(c: Composition, status: Status) -> Runs:
    """The rule that was applied: `watch is 75 % to under 90 %`."""
    high, low = threshold(c, "on_target").run("prose"), threshold(c, "watch").run("prose")
    match status:
        case Status.ON_TARGET:
            return say("on target is ") + high + say(" or more")
        case Status.WATCH:
            return say("watch is ") + low + say(" to under ") + high
        case _:
            return say("behind is under ") + low


def _why_not_rated(c: Composition, facts: KpiFacts) -> Runs:
    reference = c.reference(facts.kpi.id)
    if reference:
        return say("see note ") + reference
    if facts.target is None:
        return say("no target on record")
    if facts.kpi.direction is not Direction.HIGHER:
        return say("its direction is not one that a share of a target can rate")
    return say("no reading on record")


def _authorised_row(c: Composition) -> _KpiRow | None:
    due = strategy_due(c)
    if c.portfolio.standing is None or due.value is None or Stage.AUTHORISED not in c.portfolio.standing.stages:
        return None
    basis = due.run("prose") + say(" of the allocation due by the release strategy; ")
    return _money_row(c, Stage.AUTHORISED, due, basis)


def _utilised_row(c: Composition) -> _KpiRow | None:
    if c.portfolio.period.last.month != 12 or c.portfolio.standing is None:
        return None
    if Stage.UTILISED not in c.portfolio.standing.stages:
        return None
    due = december_rule(c)
    return _money_row(c, Stage.UTILISED, due, due.run("prose") + say(" of the allocation due by December; "))


def _money_row(c: Composition, stage: Stage, due_share: Printed, basis: Runs) -> _KpiRow:
    now = facts_now(c)
    allocation = now.standing.amount() if now.standing else ABSENT
    due: Money | Absence = ABSENT
    if isinstance(allocation, Money) and due_share.value is not None:
        due = Money(rupees=allocation.rupees * due_share.value / 100)
    target = c.ledger.money(
        f"{stage.value}.due",
        f"Amount to be {stage.value} by {wording.day(c.portfolio.period.last_day)}",
        due,
        formula="allocation × share due ÷ 100",
        inputs=(now.amount().fact, due_share.fact),
    )
    amount = now.standing.amount(stage) if now.standing else ABSENT
    achieved = c.ledger.percent(
        f"{stage.value}.achieved",
        f"{stage.value.capitalize()} as a percentage of the amount due",
        share(million(amount), million(due)),
        formula=f"{stage.value} ÷ amount due × 100",
        inputs=(now.amount(stage).fact, target.fact),
    )
    value = ABSENT if achieved.value is None else achieved.value
    status = rate(value, c.portfolio.registers.rules.status)
    quarter = c.ledger.money(f"{stage.value}.quarter", f"{stage.value.capitalize()} in the quarter", ABSENT)
    previous = _previous_amount(c, stage)
    cells = (
        Cell(runs=say(f"PSDP amount {stage.value}")),
        Cell(runs=say("Rs million")),
        Cell(runs=say("Year to date")),
        Cell(runs=target.run("chart")),
        *((Cell(runs=previous.run("chart")),) if c.portfolio.previous else ()),
        Cell(runs=quarter.run()),
        Cell(runs=now.amount(stage).run("chart")),
        Cell(runs=achieved.run()),
        Cell(
            runs=say(status.value, bold=True) + say(": ") + basis + rule_words(c, status), tone=TONES[status]
        ),
    )
    read = now.standing.read(stage) if now.standing else None
    return _KpiRow(status, Row(cells=cells), (read.source,) if read else ())


def _previous_amount(c: Composition, stage: Stage) -> Printed:
    return c.ledger.money(f"{stage.value}.previous", f"{stage.value.capitalize()}, previous period", ABSENT)


# --- exports ------------------------------------------------------------------------------------


def months_chart(c: Composition, part: BlockPart) -> Chart:
    """Exports in each month of the period against the same month a year before."""
    return _month_chart(c, part, c.portfolio.period, "columns", "exports-months")


def year_chart(c: Composition, part: BlockPart) -> Chart:
    """Exports in each month of the year to date, this year and last: a line that breaks where a month is missing."""
    return _month_chart(c, part, c.portfolio.to_date, "line", "exports-year")


def _month_chart(c: Composition, part: BlockPart, period: Period, form: str, anchor: str) -> Chart:
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    now = [month_fact(c, kpi, m) for m in period.months]
    then = [month_fact(c, kpi, m.shifted(-12)) for m in period.months]
    changes = [_month_growth(c, kpi, m) for m in period.months]
    title = c.speak(part.title)
    columns = form == "columns"
    return Chart(
        form="columns" if columns else "line",
        anchor=anchor,
        number=c.next_chart(),
        title=title,
        unit=c.speak(part.unit) if part.unit else (),
        categories=tuple(
            Category(
                label=dated(_month_name(m, short=not columns)),
                note=change.run("prose" if change.value is not None else "table") if columns else (),
            )
            for m, change in zip(period.months, changes, strict=True)
        ),
        series=(
            Series(name=_series_name(period.year_earlier, columns), role="previous", points=_points(then)),
            Series(name=_series_name(period, columns), role="actual", points=_points(now)),
        ),
        alt=_months_alt(title, period, now, then),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=source_line(c, _month_sources(c, period)),
    )


def _month_name(month: Month, *, short: bool) -> str:
    return (wording.short_months if short else wording.months)(period_of(month, month)).split()[0]


def _series_name(period: Period, columns: bool) -> Runs:
    return dated(str(period.last.year) if columns else wording.fiscal(period.year))


def _points(facts: list[Printed]) -> tuple[Point, ...]:
    return tuple(Point(value=None if f.value is None else f"{f.value:f}", label=f.figure("chart")) for f in facts)


def _month_sources(c: Composition, period: Period) -> list[str]:
    both = (*period.months, *period.year_earlier.months)
    settled = [c.portfolio.reading(EXPORTS, period_of(m, m)) for m in both]
    return [s.used.source for s in settled if s is not None and isinstance(s.used.value, Decimal)]


def _months_alt(title: Runs, period: Period, now: list[Printed], then: list[Printed]) -> Runs:
    words = title + say(". ")
    for month, this, last in zip(period.months, now, then, strict=True):
        words += dated(wording.months(period_of(month, month))) + say(": ") + this.run("prose")
        words += say(", a year before ") + last.run("prose") + say(". ")
    return words


def target_chart(c: Composition, part: BlockPart) -> Chart:
    """Exports to date against the target of the year; below, the year before against its full year."""
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    facts = KpiFacts(c, kpi)
    now, then = facts.cumulative(), exports_year_earlier(c)
    target, full, due = facts.whole(), _full_year(c, kpi), facts.due()
    none = c.ledger.count("exports.due.earlier", "Share due, earlier year", Absence.NOT_APPLICABLE, kpi.unit)
    to_date = c.portfolio.to_date
    title = c.speak(part.title)
    return Chart(
        form="progress",
        anchor="exports-target",
        number=c.next_chart(),
        title=title,
        unit=c.speak(part.unit) if part.unit else (),
        categories=(
            Category(label=dated(wording.short_months(to_date)), sublabel=say("target of ") + dated(wording.fiscal(to_date.year))),
            Category(
                label=dated(wording.short_months(to_date.year_earlier)),
                sublabel=say("whole of ") + dated(wording.fiscal(to_date.year_earlier.year)),
                earlier=True,
            ),
        ),
        series=(
            Series(name=say("Exports"), role="actual", points=_points([now, then])),
            Series(name=say("Target or whole year"), role="target", points=_points([target, full])),
            Series(name=say("even pace"), role="due", points=_points([due, none])),
        ),
        alt=title
        + say(". Exports to date ") + now.run("prose") + say(" of a target of ") + target.run("prose")
        + say("; even pace ") + due.run("prose") + say(". A year before ") + then.run("prose")
        + say(", whole year ") + full.run("prose") + say("."),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=source_line(c, _target_sources(c, facts)),
    )


def _full_year(c: Composition, kpi: Kpi) -> Printed:
    year = fiscal_year(c.portfolio.period.year.first.year - 1)
    settled = c.portfolio.reading(EXPORTS, year)
    return c.ledger.count(
        "exports.last-year",
        f"{kpi.name}, {wording.fiscal(year)}",
        c.portfolio.value(EXPORTS, year),
        kpi.unit,
        kpi.decimals,
        read=settled.used if settled else None,
        topic=kpi.name,
    )


def _target_sources(c: Composition, facts: KpiFacts) -> list[str]:
    year = fiscal_year(c.portfolio.period.year.first.year - 1)
    settled = [facts.main, c.portfolio.reading(EXPORTS, c.portfolio.to_date.year_earlier), c.portfolio.reading(EXPORTS, year)]
    ids = [s.used.source for s in settled if s is not None]
    return ids + ([facts.target.source] if facts.target else [])


# --- progress of projects -----------------------------------------------------------------------

LARGEST = 5


def progress_table(c: Composition, part: BlockPart) -> Table:
    """The largest projects: share of the allocation, physical, financial and time progress side by side."""
    reports = c.portfolio.projects
    rows = [_progress_row(c, report) for report in reports[:LARGEST]]
    if len(reports) > LARGEST:
        rows.append(_others_row(c, list(reports[LARGEST:])))
    rows.append(_all_row(c))
    ids = [a.source for p in reports for a in p.allocations]
    ids += [p.source for r in reports[:LARGEST] for p in (*r.physical, *r.financial)]
    return Table(
        anchor="progress",
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("Project"), width=54),
            Column(head=say("Allocation, Rs million"), width=22, align="right"),
            Column(head=say("Share of all projects, %"), width=24, align="right"),
            Column(head=say("Physical"), width=16, align="right"),
            Column(head=say("Financial"), width=16, align="right"),
            Column(head=say("Time"), width=12, align="right"),
            Column(head=say("As of"), width=24, align="right"),
        ),
        groups=(HeadGroup(runs=say("Progress, %"), first=3, last=5),),
        rows=tuple(rows),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=source_line(c, ids),
        size="dense",
    )


def _share_of_projects(c: Composition, key: str, label: str, amount: Decimal | Absence, inputs: tuple[str, ...]) -> Printed:
    total = projects_total(c)
    return c.ledger.percent(
        f"{key}.share"[:64],
        f"Share in the project allocations, {label}",
        share(amount, ABSENT if total.value is None else total.value),
        formula="allocation ÷ sum of the project allocations × 100",
        inputs=(*inputs, total.fact),
    )


def _bar(part: Printed) -> str | None:
    return None if part.value is None else f"{wording.rounded(part.value, 1):f}"


def _progress_row(c: Composition, report: ProjectReport) -> Row:
    allocation = project_fact(c, report, None)
    amount = ABSENT if allocation.value is None else allocation.value
    part = _share_of_projects(c, f"project.{report.project}"[:56], report.reported_as, amount, (allocation.fact,))
    physical, financial = _latest(c, report.physical), _latest(c, report.financial)
    day = max((p.as_of for p in (physical, financial) if p), default=c.portfolio.as_of)
    return Row(
        cells=(
            Cell(runs=named(report.reported_as)),
            Cell(runs=allocation.run()),
            Cell(runs=part.run(), bar=_bar(part)),
            Cell(runs=_progress(c, report, "physical", physical).run()),
            Cell(runs=_progress(c, report, "financial", financial).run()),
            Cell(runs=_progress(c, report, "time", None).run()),
            Cell(runs=dated(wording.short_day(day))),
        )
    )


def _latest(c: Composition, given: tuple[Progress, ...]) -> Progress | None:
    return max((p for p in given if p.as_of <= c.portfolio.as_of), key=lambda p: p.as_of, default=None)


def _progress(c: Composition, report: ProjectReport, which: str, given: Progress | None) -> Printed:
    return c.ledger.percent(
        f"project.{report.project}.{which}"[:64],
        f"{which.capitalize()} progress, {report.reported_as}",
        given.percent if given else ABSENT,
        formula="as reported" if given else "",
        cite=(given.source,) if given else (),
    )


def _others_row(c: Composition, others: list[ProjectReport]) -> Row:
    count = c.ledger.count("projects.others", "Other projects", Decimal(len(others)), "projects", formula="count")
    facts = [project_fact(c, p, None) for p in others]
    values = [f.value for f in facts]
    total = ABSENT if None in values else sum((v for v in values if v is not None), Decimal(0))
    inputs = tuple(f.fact for f in facts)
    amount = c.ledger.money(
        "projects.others.allocation",
        "Allocation of the other projects",
        total if isinstance(total, Absence) else Money(rupees=total.scaleb(6)),
        formula="sum",
        inputs=inputs,
    )
    part = _share_of_projects(c, "projects.others", "other projects", total, (amount.fact,))
    label = count.run("plain") + say(" other project" if len(others) == 1 else " other projects")
    return _sum_row(c, label, amount, part, "body", bar=True)


def _all_row(c: Composition) -> Row:
    total = projects_total(c)
    value = ABSENT if total.value is None else total.value
    part = _share_of_projects(c, "projects.all", "all projects", value, ())
    count = project_count(c)
    label = count.run("plain", bold=True) + say(" project" if count.value == 1 else " projects", bold=True)
    return _sum_row(c, label, total, part, "total", bar=False)


def _sum_row(c: Composition, label: Runs, amount: Printed, part: Printed, role: str, *, bar: bool) -> Row:
    strong = role == "total"
    none = c.ledger.percent("progress.sum", "Progress of several projects", ABSENT, formula="")
    return Row(
        role="total" if strong else "body",
        cells=(
            Cell(runs=label),
            Cell(runs=amount.run(bold=strong)),
            Cell(runs=part.run(bold=strong), bar=_bar(part) if bar else None),
            *(Cell(runs=none.run()) for _ in range(3)),
            Cell(runs=dated(wording.short_day(c.portfolio.as_of), bold=strong)),
        ),
    )
