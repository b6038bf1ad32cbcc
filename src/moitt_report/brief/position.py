"""The position of the money, stage by stage, each rate with its denominator; and against earlier years."""

from collections.abc import Iterator
from typing import Literal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import (
    Category,
    Cell,
    Chart,
    ChartColumn,
    Column,
    HeadGroup,
    Row,
    Runs,
    Series,
    SeriesRole,
    Table,
)
from moitt_report.brief.money import RATES, MoneyFacts, facts_now, facts_of_year, version_fact, versions
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.sources import money_sources, source_line
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Allocation, Stage
from moitt_report.model.money import Money

_ALWAYS = (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
"""Stages a reader looks for; each has a row, also when nothing is reported."""


def position_table(c: Composition, part: BlockPart) -> Table:
    """Each stage of the money with every denominator named side by side."""
    now = facts_now(c)
    rows = tuple(_rows(now))
    ids = [v.source for one in now.each for v in versions(one)]
    ids += [read.source for one in now.standings for s in Stage if (read := one.read(s)) is not None]
    return Table(
        anchor="position",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Stage"), width=60),
            Column(head=say("Amount"), width=24, align="right"),
            Column(head=say("allocation"), width=20, align="right"),
            Column(head=say("authorised"), width=20, align="right"),
            Column(head=say("released"), width=20, align="right"),
            Column(head=say("As of"), width=24, align="right"),
        ),
        groups=(HeadGroup(runs=say("As % of the amount"), first=2, last=4),),
        rows=rows,
        notes=c.notes(part),
        sources=source_line(c, ids),
    )


def _rows(now: MoneyFacts) -> Iterator[Row]:
    """Allocation, the stages that a reader looks for, then the others that are reported; what is left under each part."""
    for index, version in enumerate(versions(now)):
        yield _version_row(now, version, index)
    if now.standing is None or now.standing.allocation is None:
        yield from _stage_rows(now, None)
    for stage in _ALWAYS:
        yield from _stage_rows(now, stage)
    if now.unutilised().value is not None:
        yield _left_row(now)
    for stage in Stage:
        if stage not in _ALWAYS and now.reported(stage).given.value:
            yield from _stage_rows(now, stage)
    if now.throw_forward().value is not None:
        yield _throw_forward_row(now)


def _version_row(now: MoneyFacts, version: Allocation, index: int) -> Row:
    used = now.standing is not None and version is now.standing.read()
    label = say(wording.allocation_words(version.kind), bold=used)
    if used and len(versions(now)) > 1:
        label += say(" (used here)", bold=True)
    label += warned(now.c, version)
    return Row(
        cells=(
            Cell(runs=label),
            Cell(runs=version_fact(now, version, index).run(bold=used)),
            *_no_rates(now),
            Cell(runs=dated(wording.short_day(version.as_of))),
        )
    )


def _stage_rows(now: MoneyFacts, stage: Stage | None) -> list[Row]:
    """The row of a stage, and those of its local and foreign component where both are known."""
    read = now.standing.read(stage) if now.standing else None
    wholes = {None: "allocation", Stage.AUTHORISED: "authorised", Stage.RELEASED: "released"}
    known = {rate.name for rate in RATES}
    rates = []
    for whole in wholes.values():
        name = f"{stage.value}.of-{whole}" if stage else ""
        rates.append(now.rate(name) if name in known else now.c.ledger.not_applicable())
    day = dated(wording.short_day(read.as_of)) if read else now.amount(stage).run()
    if now.standing is None and now.amount(stage).value is not None:
        day = dated(wording.short_day(now.c.portfolio.as_of))
    first = Row(
        cells=(
            Cell(runs=_stage_words(now, stage) + warned(now.c, *now.reads(stage))),
            Cell(runs=now.amount(stage).run()),
            *(Cell(runs=f.run()) for f in rates),
            Cell(runs=day),
        )
    )
    return [first, *(_component_row(now, stage, which, day) for which in _components(now, stage))]


def _stage_words(now: MoneyFacts, stage: Stage | None) -> Runs:
    words = say("Allocation") if stage is None else named(stage.heading)
    if stage is Stage.TO_LAST_JUNE:
        words = say("Utilised to ") + dated(wording.day(now.period.first.shifted(-1).last_day))
    if len(now.parts) < 2:
        return words
    return words + say(" (reported by ") + now.reported(stage).words() + say(")")


def _components(now: MoneyFacts, stage: Stage | None) -> tuple[Literal["local", "foreign"], ...]:
    amount = now.money(stage)
    whole = isinstance(amount, Money) and amount.local is not None and amount.foreign is not None
    return ("local", "foreign") if whole else ()


def _component_row(
    now: MoneyFacts, stage: Stage | None, which: Literal["local", "foreign"], day: Runs
) -> Row:
    return Row(
        cells=(
            Cell(runs=say(f"of which {which}", italic=True)),
            Cell(runs=now.component(stage, which).run()),
            *_no_rates(now),
            Cell(runs=day),
        )
    )


def _left_row(now: MoneyFacts) -> Row:
    return _derived_row(now, "Authorised and not utilised", now.unutilised())


def _throw_forward_row(now: MoneyFacts) -> Row:
    return _derived_row(
        now, "Throw-forward: approved cost less what was utilised since the start", now.throw_forward()
    )


def _derived_row(now: MoneyFacts, words: str, fact: Printed) -> Row:
    return Row(
        role="subtotal",
        cells=(
            Cell(runs=say(words, bold=True)),
            Cell(runs=fact.run(bold=True)),
            *_no_rates(now),
            Cell(runs=dated(wording.short_day(now.c.portfolio.as_of))),
        ),
    )


def _no_rates(now: MoneyFacts) -> tuple[Cell, ...]:
    return tuple(Cell(runs=now.c.ledger.not_applicable().run()) for _ in range(3))


def position_chart(c: Composition, part: BlockPart) -> Chart:
    """Allocation, authorised and utilised of this year and the same months of earlier years."""
    shown = [facts_now(c)] + [f for f in (facts_of_year(c, 1), facts_of_year(c, 2)) if f.parts]
    utilised = [f.amount(Stage.UTILISED) for f in shown]
    authorised = [f.amount(Stage.AUTHORISED) for f in shown]
    allocation = [f.amount() for f in shown]
    rates = [f.rate("utilised.of-authorised") for f in shown]
    title = c.speak(part.title)
    return Chart(
        form="progress",
        anchor="position-chart",
        number=c.next_chart(),
        title=title,
        unit=c.unit(part),
        categories=tuple(_year_category(f, n > 0) for n, f in enumerate(shown)),
        series=(
            _series("Utilised", "actual", utilised),
            _series("Authorised", "authorised", authorised),
            _series("Allocation", "target", allocation),
        ),
        columns=(
            _number_column("Utilised", "actual", utilised),
            _number_column("Authorised", "authorised", authorised),
            _number_column("Allocation", "target", allocation),
            ChartColumn(
                head=say(f"Utilised, % of{wording.NBSP}authorised"),
                cells=tuple(r.run("table", bold=n == 0) for n, r in enumerate(rates)),
            ),
        ),
        alt=_alt(title, shown, utilised, authorised, allocation, rates),
        notes=c.notes(part),
        sources=money_sources(c, [], with_standing=True),
    )


def _year_category(facts: MoneyFacts, earlier: bool) -> Category:
    missing = [s for s in (Stage.AUTHORISED, Stage.UTILISED) if facts.amount(s).value is None]
    note = say(" and ".join(s.value for s in missing) + " not reported") if missing else ()
    return Category(
        label=dated(wording.fiscal(facts.period.year)),
        sublabel=dated(wording.short_months(facts.period)),
        note=note,
        earlier=earlier,
    )


def _series(name: str, role: SeriesRole, facts: list[Printed]) -> Series:
    points = tuple(f.point() for f in facts)
    return Series(name=say(name), role=role, points=points)


def _number_column(name: str, role: SeriesRole, facts: list[Printed]) -> ChartColumn:
    cells = tuple(f.run("chart", bold=n == 0) for n, f in enumerate(facts))
    return ChartColumn(head=say(name), role=role, cells=cells)


def _alt(title: Runs, shown: list[MoneyFacts], *series: list[Printed]) -> Runs:
    words = title + say(". ")
    names = ("utilised ", "; authorised ", "; allocation ", "; utilised as % of authorised ")
    for n, facts in enumerate(shown):
        words += dated(wording.short_months(facts.period)) + say(": ")
        for name, values in zip(names, series, strict=True):
            words += say(name) + values[n].run("prose")
        words += say(". ")
    return words
