"""Where the record disagrees with itself: found from the data, numbered R1, R2 … in the order of the brief."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.completion import (
    other_fact,
    other_readings,
    parts_in_words,
    parts_of,
    remainder,
    sum_of_parts,
)
from moitt_report.brief.composition import Composition, Conflict
from moitt_report.brief.content import Figure, Runs
from moitt_report.brief.exports import EXPORTS
from moitt_report.brief.kpi_target import TargetFacts
from moitt_report.brief.kpis import KpiFacts, month_fact, sum_of_months
from moitt_report.brief.money_conflicts import money_conflicts
from moitt_report.brief.printed import Printed
from moitt_report.brief.rivals import also_published, cited, gap, gaps, why_used
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.counts import OVER_MONTHS, Count, added
from moitt_report.model.kpi import Absence, Direction, Kpi, Reading
from moitt_report.model.period import Month, Period, period_of
from moitt_report.model.settled import Settled

_DECIMALS = re.compile(r"\.([0-9]+)")


def find_conflicts(c: Composition) -> tuple[Conflict, ...]:
    """Every disagreement in the figures of the period, numbered R1, R2 … in the order of the brief."""
    found = (
        *money_conflicts(c),
        *_months(c),
        *_sums(c),
        *_readings(c),
        *_targets(c),
        *_parts(c),
        *_stale(c),
    )
    return tuple(replace(conflict, number=f"R{n}") for n, conflict in enumerate(found, 1))


def _months(c: Composition) -> Iterator[Conflict]:
    if EXPORTS not in {k.id for k in c.portfolio.kpis}:
        return
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    shown = (*c.portfolio.to_date.months, *c.portfolio.to_date.year_earlier.months)
    for month in shown:
        settled = c.portfolio.reading(kpi.id, period_of(month, month), OVER_MONTHS)
        if settled is not None and settled.others:
            yield _reading_conflict(c, kpi, settled, _month_key(month))


def _month_key(month: Month) -> str:
    return f"{EXPORTS}.{month.year}-{month.month:02d}"


def _reading_conflict(c: Composition, kpi: Kpi, settled: Settled[Reading], key: str) -> Conflict:
    used = _used(c, kpi, settled.used)
    facts = [other_fact(c, kpi, r) for r in settled.others]
    decimals = max(_decimals(f) for f in (used, *facts))
    return Conflict(
        key=key,
        what=_counted(kpi, settled.used.period),
        used=used.run("plain"),
        also=also_published(
            c, ((f.run("plain"), r.source) for f, r in zip(facts, settled.others, strict=True))
        ),
        difference=gaps(c, used, facts, kpi.unit, decimals),
        reason=why_used(c, settled),
    )


def _used(c: Composition, kpi: Kpi, reading: Reading) -> Printed:
    value = reading.value if isinstance(reading.value, Decimal) else Absence.NOT_REPORTED
    return c.ledger.count(
        f"kpi.{kpi.id}.used.{reading.period}",
        f"{kpi.name}, {wording.short_months(reading.period)}",
        value,
        kpi.unit,
        kpi.decimals,
        read=reading,
        topic=kpi.name,
    )


def _sums(c: Composition) -> Iterator[Conflict]:
    """The reported sum of the year to date against the sum of what was counted within it."""
    for kpi in c.portfolio.kpis:
        yield from _sum_of_months(c, kpi) if kpi.id == EXPORTS else _sum_of_pieces(c, kpi)


def _sum_of_pieces(c: Composition, kpi: Kpi) -> Iterator[Conflict]:
    facts = KpiFacts(c, kpi)
    reported = facts.stands
    if reported is None or reported.one is None or reported.scope not in OVER_MONTHS or kpi.level:
        return
    pieces = added(c.portfolio, kpi, reported.period)
    if not pieces or reported.value in (Count(reported.period, reported.scope, pieces).value, *Absence):
        return
    used, summed = facts.cumulative(), facts.added_up(pieces, reported.period)
    yield Conflict(
        key=f"{kpi.id}.sum",
        what=_counted(kpi, reported.period),
        used=used.run("plain"),
        also=summed.run("plain") + say(" (sum of the readings within these months)"),
        difference=gap(c, f"{summed.fact}.gap", used, summed, kpi.unit, kpi.decimals).run(),
        reason=say("The reported total is used; no reason for the difference is on record."),
    )


def _sum_of_months(c: Composition, kpi: Kpi) -> Iterator[Conflict]:
    """The exports, published month by month."""
    period = KpiFacts(c, kpi).months
    reported = c.portfolio.value(EXPORTS, period, OVER_MONTHS)
    summed = c.portfolio.sum_of_months(EXPORTS, period)
    if (
        not isinstance(reported, Decimal)
        or not isinstance(summed, Decimal)
        or reported == summed
        or len(period) == 1
    ):
        return
    total = KpiFacts(c, kpi).cumulative()
    months = c.ledger.count(
        "exports.sum-of-months",
        f"Sum of the months, {wording.months(period)}",
        summed,
        kpi.unit,
        kpi.decimals,
        formula=sum_of_months(period),
        operation="sum",
        inputs=tuple(month_fact(c, kpi, month).fact for month in period.months),
    )
    yield Conflict(
        key="exports.sum",
        what=_counted(kpi, period),
        used=total.run("plain"),
        also=months.run("plain") + say(" (sum of the months)"),
        difference=gap(c, "exports.sum.gap", total, months, kpi.unit, kpi.decimals).run(),
        reason=say("The reported total is used; each month is published rounded."),
    )


def _readings(c: Composition) -> Iterator[Conflict]:
    """Several sources for the reading that stands for a KPI."""
    for kpi in c.portfolio.kpis:
        for settled in _settled(KpiFacts(c, kpi).stands):
            if kpi.id != EXPORTS and settled.others and isinstance(settled.used.value, Decimal):
                yield _reading_conflict(c, kpi, settled, kpi.id)


def _targets(c: Composition) -> Iterator[Conflict]:
    """Several targets for the same months in the same scope."""
    for kpi in c.portfolio.kpis:
        settled = c.portfolio.aim(kpi.id)
        if settled is None or not settled.others:
            continue
        aim = TargetFacts(KpiFacts(c, kpi))
        used = aim.whole()
        rivals = [(aim.other_target(n, t), t) for n, t in enumerate(settled.others, 1)]
        differences = gaps(c, used, (f for f, _ in rivals), kpi.unit, kpi.decimals)
        word = settled.used.milestone
        yield Conflict(
            key=f"{kpi.id}.target",
            what=say("Target of ") + _counted(kpi, settled.used.period),
            used=named(word) if word else used.run(),
            also=also_published(
                c, ((named(t.milestone) if t.milestone else f.run(), t.source) for f, t in rivals)
            ),
            difference=c.ledger.not_applicable().run() if word else differences,
            reason=why_used(c, settled),
        )


def _settled(count: Count | None) -> Iterator[Settled[Reading]]:
    """Everything that was settled for a count: of the total, of each piece, of each agency."""
    if count is not None:
        yield from count.pieces
        for _, own in count.agencies:
            yield from _settled(own)


def _parts(c: Composition) -> Iterator[Conflict]:
    for kpi in c.portfolio.kpis:
        parts = parts_of(c, kpi)
        left = remainder(c, kpi) if parts else None
        if left is None or not left.value:
            continue
        total, summed = KpiFacts(c, kpi).cumulative(), sum_of_parts(c, kpi)
        yield Conflict(
            key=f"{kpi.id}.parts",
            what=_counted(kpi) + say(", total against its parts"),
            used=total.run("plain"),
            also=parts_in_words(c, kpi) + cited(c, parts[0].source),
            difference=gap(c, f"{summed.fact}.gap", total, summed, kpi.unit, kpi.decimals).run(),
            reason=say("The rest is not broken down by the source and is assigned to nobody."),
        )


def _stale(c: Composition) -> Iterator[Conflict]:
    """The same number published for other months: at most one of the two periods can be meant."""
    for kpi in c.portfolio.kpis:
        main = KpiFacts(c, kpi).main
        if main is None or not isinstance(main.used.value, Decimal) or kpi.id == EXPORTS:
            continue
        same = [
            r for r in other_readings(c, kpi) if r.value == main.used.value and r.period != main.used.period
        ]
        if same and main.used.value != 0:
            yield _stale_conflict(c, kpi, main.used, same[0])


def _stale_conflict(c: Composition, kpi: Kpi, used: Reading, other: Reading) -> Conflict:
    before = other.period.last_day < used.period.first.first_day
    reason = (
        say("The same number was published earlier; the record does not show what the period added.")
        if before
        else say("One number, two scopes; the record does not say which is meant.")
    )
    return Conflict(
        key=kpi.id,
        what=_counted(kpi),
        used=KpiFacts(c, kpi).cumulative().run("plain"),
        also=other_fact(c, kpi, other).run("prose")
        + say(" for ")
        + dated(wording.short_months(other.period))
        + cited(c, other.source),
        difference=c.ledger.not_applicable().run(),
        reason=reason,
    )


def _counted(kpi: Kpi, period: Period | None = None) -> Runs:
    """What is counted, its unit unless the name says it, and over which months where that is told."""
    what = named(kpi.name)
    if kpi.direction is not Direction.MILESTONE and kpi.unit.casefold() not in kpi.name.casefold():
        what += say(", ") + named(kpi.unit.replace(" ", wording.NBSP))
    return what + (say(", ") + dated(wording.months(period)) if period else ())


def _decimals(fact: Printed) -> int:
    """The decimals that a figure is published with, closing noughts among them."""
    printed = _DECIMALS.search(fact.run("plain")[0].words)
    return len(printed[1]) if printed else 0


def conflict_count(c: Composition) -> Printed:
    """How many disagreements the record has."""
    return c.ledger.how_many(
        "conflicts",
        "Disagreements in the record",
        "notes",
        [next(run.fact for run in one.used if isinstance(run, Figure)) for one in c.conflicts],
        formula="count of the notes, each by the figure used",
    )
