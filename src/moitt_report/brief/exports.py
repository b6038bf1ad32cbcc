"""IT export remittances: by month against a year before, and against the target of the year."""

from decimal import Decimal
from functools import partial
from typing import Literal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import (
    Category,
    Chart,
    Runs,
    Series,
)
from moitt_report.brief.kpi_target import TargetFacts
from moitt_report.brief.kpis import KpiFacts, month_fact, reading_about
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, say
from moitt_report.model.arithmetic import growth
from moitt_report.model.counts import OVER_MONTHS
from moitt_report.model.kpi import Absence, Kpi
from moitt_report.model.period import Month, Period, fiscal_year, period_of

EXPORTS = "it-export-remittances"


def export_facts(c: Composition) -> KpiFacts:
    """The facts of the exports as a KPI."""
    return KpiFacts(c, c.portfolio.registers.kpis.get(EXPORTS))


def export_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of exports."""
    exports = export_facts(c)
    aim = TargetFacts(exports)
    return {
        "exports": exports.cumulative,
        "exports.quarter": exports.quarter,
        "exports.target": aim.whole,
        "exports.due": aim.even_pace,
        "exports.of-target": aim.so_far,
        "exports.year-earlier": partial(exports_year_earlier, c),
        "exports.growth": partial(exports_growth, c),
        "exports.months": lambda: dated(wording.months(_counted_months(c))),
        "exports.months.short": lambda: dated(wording.short_months(_counted_months(c))),
        "exports.months.y1": lambda: dated(wording.months(_counted_months(c).year_earlier)),
        "exports.months.y1.short": lambda: dated(wording.short_months(_counted_months(c).year_earlier)),
        "exports.by": lambda: dated(wording.day(aim.due_month.last_day)),
        "exports.rose": lambda: _growth_if(c, rising=True),
        "exports.fell": lambda: _growth_if(c, rising=False),
        "exports.comparable": partial(_if_comparable, c),
        "exports.rising": lambda: comparable_months(c)[1],
        "exports.all-rising": partial(_if_all_rising, c),
        "exports.none-rising": partial(_if_none_rising, c),
        "exports.alone": partial(_of_the_one_month, c),
    }


def _growth_if(c: Composition, *, rising: bool) -> Runs:
    """The size of the change, in the one direction asked for."""
    change = exports_growth(c)
    fits = change.value is not None and change.value != 0 and (change.value > 0) is rising
    return change.run("size") if fits else ()


def exports_year_earlier(c: Composition) -> Printed:
    """Exports over the same months of the year before."""
    period = _counted_months(c).year_earlier
    return _exports_over(c, period, "exports.year-earlier", wording.months(period))


def _exports_over(c: Composition, period: Period, id: str, when: str) -> Printed:
    """Exports as reported over exactly `period`; `when` is its name in the label."""
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    settled = c.portfolio.reading(EXPORTS, period, OVER_MONTHS)
    return c.ledger.count(
        id,
        f"{kpi.name}, {when}",
        c.portfolio.value(EXPORTS, period, OVER_MONTHS),
        kpi.unit,
        kpi.decimals,
        read=settled.used if settled else None,
        topic=kpi.name,
        about=reading_about(c, settled.used) if settled else None,
    )


def _counted_months(c: Composition) -> Period:
    """The months that the exports of the year are counted over: July to the last month on record."""
    return export_facts(c).months


def exports_growth(c: Composition) -> Printed:
    """The change of exports on the same months of the year before."""
    now, then = export_facts(c), exports_year_earlier(c)
    return c.ledger.percent(
        "exports.growth",
        "Change of exports on the same months a year earlier",
        growth(now.value, then.value_or_absence) if _from_july(now) else Absence.NOT_REPORTED,
        formula="this year ÷ last year × 100 − 100",
        operation="growth",
        inputs=(now.cumulative().fact, then.fact),
        signed=True,
    )


def _from_july(facts: KpiFacts) -> bool:
    return facts.stands is not None and facts.stands.scope in OVER_MONTHS


def _month_growth(c: Composition, kpi: Kpi, month: Month) -> Printed:
    now, then = month_fact(c, kpi, month), month_fact(c, kpi, month.shifted(-12))
    return c.ledger.percent(
        f"kpi.{kpi.id}.{month.year}-{month.month:02d}.growth",
        f"Change of {kpi.name} on a year, {wording.months(period_of(month, month))}",
        growth(now.value_or_absence, then.value_or_absence),
        formula="this year ÷ last year × 100 − 100",
        operation="growth",
        inputs=(now.fact, then.fact),
        signed=True,
    )


def comparable_months(c: Composition) -> tuple[Printed, Printed]:
    """In how many months of the period exports can be compared with a year before, and in how many they rose."""
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    changes = [
        g for g in (_month_growth(c, kpi, m) for m in c.portfolio.period.months) if g.value is not None
    ]
    rising = [g for g in changes if g.value is not None and g.value > 0]
    comparable = c.ledger.how_many(
        "exports.comparable",
        "Months that can be compared with the year before",
        "months",
        [g.fact for g in changes],
    )
    return comparable, c.ledger.how_many(
        "exports.rising", "Months in which exports rose on a year", "months", [g.fact for g in rising]
    )


def _if_comparable(c: Composition) -> Runs:
    comparable, _ = comparable_months(c)
    return comparable.if_any()


def _if_all_rising(c: Composition) -> Runs:
    comparable, rising = comparable_months(c)
    return comparable.if_any() if comparable.value == rising.value else ()


def _if_none_rising(c: Composition) -> Runs:
    comparable, rising = comparable_months(c)
    return () if rising.value else comparable.if_any()


def _of_the_one_month(c: Composition) -> Runs:
    """What can be said where one month alone can be compared with the year before; else empty."""
    comparable, rising = comparable_months(c)
    if comparable.value != 1:
        return ()
    return say("rose in the one month" if rising.value else "did not rise in the one month")


def has_months(c: Composition, period: Period) -> bool:
    """Whether the exports of any month of `period` are reported: a chart without a point says nothing."""
    months = (period_of(m, m) for m in period.months)
    return any(isinstance(c.portfolio.value(EXPORTS, m, OVER_MONTHS), Decimal) for m in months)


def has_target_chart(c: Composition) -> bool:
    """Whether there is anything to set side by side: the exports to date, or a target."""
    facts = export_facts(c)
    return isinstance(facts.value, Decimal) or TargetFacts(facts).target is not None


def months_chart(c: Composition, part: BlockPart) -> Chart:
    """Exports in each month of the period against the same month a year before."""
    return _month_chart(c, part, c.portfolio.period, "columns")


def year_chart(c: Composition, part: BlockPart) -> Chart:
    """Exports in each month of the year to date, this year and last: a line that breaks where a month is missing."""
    return _month_chart(c, part, c.portfolio.to_date, "line")


def _month_chart(c: Composition, part: BlockPart, period: Period, form: Literal["columns", "line"]) -> Chart:
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    now = [month_fact(c, kpi, m) for m in period.months]
    then = [month_fact(c, kpi, m.shifted(-12)) for m in period.months]
    changes = [_month_growth(c, kpi, m) for m in period.months]
    title = c.speak(part.title)
    columns = form == "columns"
    return Chart(
        form=form,
        anchor="exports-months" if columns else "exports-year",
        number=c.next_chart(),
        title=title,
        unit=c.unit(part),
        categories=tuple(
            Category(
                label=dated(_month_name(m, short=not columns)),
                note=change.run("prose" if change.value is not None else "table") if columns else (),
            )
            for m, change in zip(period.months, changes, strict=True)
        ),
        series=(
            Series(
                name=_series_name(period.year_earlier, columns),
                role="previous",
                points=tuple(f.point() for f in then),
            ),
            Series(name=_series_name(period, columns), role="actual", points=tuple(f.point() for f in now)),
        ),
        alt=_months_alt(title, period, now, then, changes if columns else []),
        notes=c.notes(part),
        sources=source_line(c, _month_sources(c, period)),
    )


def _month_name(month: Month, *, short: bool) -> str:
    return (wording.short_months if short else wording.months)(period_of(month, month)).split()[0]


def _series_name(period: Period, columns: bool) -> Runs:
    return dated(str(period.last.year) if columns else wording.fiscal(period.year))


def _month_sources(c: Composition, period: Period) -> list[str]:
    both = (*period.months, *period.year_earlier.months)
    settled = [c.portfolio.reading(EXPORTS, period_of(m, m), OVER_MONTHS) for m in both]
    return [s.used.source for s in settled if s is not None and isinstance(s.used.value, Decimal)]


def _months_alt(
    title: Runs, period: Period, now: list[Printed], then: list[Printed], changes: list[Printed]
) -> Runs:
    """What the chart shows in words; `changes` are empty where it prints none."""
    words = title + say(". ")
    for n, (month, this, last) in enumerate(zip(period.months, now, then, strict=True)):
        words += dated(wording.months(period_of(month, month))) + say(": ") + this.run("prose")
        words += say(", a year before ") + last.run("prose")
        if changes:
            words += say(", change ") + changes[n].run("prose")
        words += say(". ")
    return words


def target_chart(c: Composition, part: BlockPart) -> Chart:
    """Exports to date against the target of the year; below, the year before against its full year."""
    kpi = c.portfolio.registers.kpis.get(EXPORTS)
    facts = KpiFacts(c, kpi)
    aim = TargetFacts(facts)
    now, then = facts.cumulative(), exports_year_earlier(c)
    target, due = aim.whole(), aim.even_pace()
    full = _exports_over(c, _last_year(c), "exports.last-year", wording.fiscal(_last_year(c)))
    none = c.ledger.count("exports.due.earlier", "Share due, earlier year", Absence.NOT_APPLICABLE, kpi.unit)
    to_date = _counted_months(c)
    title = c.speak(part.title)
    return Chart(
        form="progress",
        anchor="exports-target",
        number=c.next_chart(),
        title=title,
        unit=c.unit(part),
        categories=(
            Category(
                label=dated(wording.short_months(to_date)),
            ),
            Category(
                label=dated(wording.short_months(to_date.year_earlier)),
                earlier=True,
            ),
        ),
        series=(
            Series(name=say("Exports"), role="actual", points=tuple(f.point() for f in (now, then))),
            Series(
                name=say("Target or whole year"),
                role="target",
                points=tuple(f.point() for f in (target, full)),
            ),
            Series(name=say("even pace"), role="due", points=tuple(f.point() for f in (due, none))),
        ),
        alt=_target_told(title, (now, target, due), (then, full, none)),
        notes=c.notes(part),
        sources=source_line(c, _target_sources(c, aim)),
    )


def _target_told(title: Runs, this: tuple[Printed, ...], last: tuple[Printed, ...]) -> Runs:
    """What the chart of the target shows in words: of each year the exports, the target or whole year, the even pace."""
    now, target, due = (one.run("prose") for one in this)
    then, full, none = (one.run("prose") for one in last)
    words = title + say(". Exports to date ") + now + say(" of a target of ") + target
    words += say("; even pace ") + due + say(". A year before ") + then
    return words + say(", whole year ") + full + say(", even pace ") + none + say(".")


def _last_year(c: Composition) -> Period:
    return fiscal_year(c.portfolio.period.year.first.year - 1)


def _target_sources(c: Composition, aim: TargetFacts) -> list[str]:
    periods = (aim.facts.months.year_earlier, _last_year(c))
    settled = [c.portfolio.reading(EXPORTS, period, OVER_MONTHS) for period in periods]
    ids = [*aim.facts.sources, *(s.used.source for s in settled if s is not None)]
    return ids + ([aim.target.source] if aim.target else [])
