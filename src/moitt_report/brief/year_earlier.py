"""The headline figures beside those of the same months a year before."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Row, Runs, Table
from moitt_report.brief.kpis import KpiFacts, reading_about
from moitt_report.brief.legends import points_note
from moitt_report.brief.money import facts_now, facts_of_year
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.arithmetic import difference, growth
from moitt_report.model.budget import Allocation, AllocationKind, Amount, Stage
from moitt_report.model.counts import OVER_MONTHS
from moitt_report.model.kpi import Absence, Kpi, Reading
from moitt_report.model.period import period_of

STAGES = (None, Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
_BOUNDS = say("Notes.", bold=True) + say(
    " n.a. = a source says “over”, or the year before is nought: no change can be given."
)


class Compared(NamedTuple):
    """A headline figure beside that of the same months a year before."""

    name: str
    unit: str
    then: Printed
    now: Printed
    sources: tuple[str, ...]
    """The ids of the sources of the earlier figure."""
    decimals: int
    months: Runs = ()
    """The months of both, where they are not those at the head of the columns."""


def has_year_earlier(c: Composition) -> bool:
    """Whether any headline figure is known for the same months a year before."""
    return bool(_pairs(c))


def year_earlier_table(c: Composition, part: BlockPart) -> Table:
    """Each headline figure that is known for both years, and its change: in percent, of a percentage in points."""
    pairs = _pairs(c)
    changed = [_change(c, pair) for pair in pairs]
    rows = [_row(pair, change) for pair, change in zip(pairs, changed, strict=True)]
    period = c.portfolio.to_date
    return Table(
        anchor="year-earlier",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Figure"), width=72),
            Column(head=say("Unit"), width=26),
            Column(head=dated(wording.short_months(period.year_earlier)), width=26, align="right"),
            Column(head=dated(wording.short_months(period)), width=26, align="right"),
            Column(head=say("Change"), width=20, align="right"),
        ),
        rows=tuple(rows),
        notes=(
            *c.notes(part),
            *([_BOUNDS] if any(change.absent for change in changed) else []),
            *points_note(rows),
        ),
        sources=source_line(c, [id for pair in pairs for id in pair.sources]),
    )


def _pairs(c: Composition) -> tuple[Compared, ...]:
    return c.once("year-earlier", lambda: tuple(_made_pairs(c)))


def _made_pairs(c: Composition) -> Iterator[Compared]:
    now, then = facts_now(c), facts_of_year(c, 1)
    for stage in STAGES:
        before, after = then.amount(stage), now.amount(stage)
        alike = [_kind(read) for read in then.reads(stage)] == [_kind(read) for read in now.reads(stage)]
        if alike and before.value is not None and after.value is not None:
            name = "Allocation" if stage is None else stage.heading
            sources = tuple(r.source for r in then.reads(stage))
            yield Compared(name, "Rs million", before, after, sources, 3)
    for kpi in c.portfolio.kpis:
        facts = KpiFacts(c, kpi)
        counted = facts.stands
        scopes = () if counted is None else OVER_MONTHS if counted.scope in OVER_MONTHS else (counted.scope,)
        settled = c.portfolio.reading(kpi.id, facts.months.year_earlier, scopes)
        if (
            settled is not None
            and isinstance(settled.used.value, Decimal)
            and facts.cumulative().value is not None
        ):
            before, sources = _then(c, kpi, settled.used), (settled.used.source,)
            months = _other_months(c, facts)
            yield Compared(kpi.name, kpi.unit, before, facts.cumulative(), sources, kpi.decimals, months)


def _other_months(c: Composition, facts: KpiFacts) -> Runs:
    """The months that a KPI is counted over, or the last one of what is held, where they are not those to date."""
    held = facts.stands is None or facts.stands.scope not in OVER_MONTHS or facts.kpi.level
    counted, to_date = facts.months, c.portfolio.to_date
    if held:
        counted, to_date = (period_of(months.last, months.last) for months in (counted, to_date))
    if counted == to_date:
        return ()
    both = (counted.year_earlier, counted)
    return say(", ") + wording.joined([dated(wording.short_months(months)) for months in both])


def _kind(read: Amount) -> AllocationKind | None:
    """A proposed allocation and a revised one are no pair to compare."""
    return read.kind if isinstance(read, Allocation) else None


def _then(c: Composition, kpi: Kpi, reading: Reading) -> Printed:
    known = c.ledger.of(reading)
    if known is not None:
        return known
    value = reading.value if isinstance(reading.value, Decimal) else Absence.NOT_REPORTED
    return c.ledger.count(
        f"y1.kpi.{kpi.id}",
        f"{kpi.name}, {wording.months(reading.period)}",
        value,
        kpi.unit,
        kpi.decimals,
        read=reading,
        topic=kpi.name,
        about=reading_about(c, reading),
    )


def _change(c: Composition, pair: Compared) -> Printed:
    """Of a percentage the difference: 79.2 to 80.1 is not 1.1 % more."""
    now, then = pair.now.value_or_absence, pair.then.value_or_absence
    inputs = (pair.now.fact, pair.then.fact)
    id = f"year-on-year.{pair.now.fact}"[:200]
    label = f"{pair.name}: change on the same months a year before"
    if wording.unit_of_change(pair.unit) == wording.POINTS:
        more, formula = difference(now, then), "now − a year before"
        return c.ledger.signed(id, label, more, pair.unit, pair.decimals, inputs=inputs, formula=formula)
    return c.ledger.percent(
        id,
        label,
        growth(now, then),
        formula="now ÷ a year before × 100 − 100",
        operation="growth",
        inputs=inputs,
        signed=True,
    )


def _row(pair: Compared, change: Printed) -> Row:
    return Row(
        cells=(
            Cell(runs=named(pair.name) + pair.months),
            Cell(runs=named(pair.unit)),
            Cell(runs=pair.then.run()),
            Cell(runs=pair.now.run()),
            Cell(runs=change.run("chart")),
        )
    )
