"""The position of the money, stage by stage, each rate with its denominator; and against earlier years."""

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
    Table,
)
from moitt_report.brief.ledger import Printed
from moitt_report.brief.money import (
    RATES,
    MoneyFacts,
    facts_now,
    facts_of_year,
    money_sources,
    source_line,
    version_fact,
    versions,
)
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import dated, say
from moitt_report.model.budget import Allocation, Stage
from moitt_report.model.kpi import Absence

ABSENT = Absence.NOT_REPORTED


def position_table(c: Composition, part: BlockPart) -> Table:
    """Each stage of the money with every denominator named side by side."""
    now = facts_now(c)
    rows = [_version_row(c, version, index) for index, version in enumerate(versions(c))]
    if not rows:
        rows.append(_stage_row(c, now, None))
    rows += [_stage_row(c, now, stage) for stage in (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)]
    if now.unutilised().value is not None:
        rows.append(_left_row(c, now))
    ids = [v.source for v in versions(c)]
    if now.standing is not None:
        ids += [read.source for s in Stage if (read := now.standing.read(s)) is not None]
    return Table(
        anchor="position",
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("Stage"), width=56),
            Column(head=say("Amount"), width=24, align="right"),
            Column(head=say("allocation"), width=20, align="right"),
            Column(head=say("authorised"), width=20, align="right"),
            Column(head=say("released"), width=20, align="right"),
            Column(head=say("As of"), width=28, align="right"),
        ),
        groups=(HeadGroup(runs=say("As % of the amount"), first=2, last=4),),
        rows=tuple(rows),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=source_line(c, ids),
    )


def _version_row(c: Composition, version: Allocation, index: int) -> Row:
    used = c.portfolio.standing is not None and version is c.portfolio.standing.read()
    label = say(wording.allocation_words(version.kind), bold=used)
    if used and len(versions(c)) > 1:
        label += say(" (used here)", bold=True)
    label += warned(c, version)
    return Row(
        cells=(
            Cell(runs=label),
            Cell(runs=version_fact(c, version, index).run(bold=used)),
            *(Cell(runs=c.ledger.not_applicable().run()) for _ in range(3)),
            Cell(runs=dated(wording.short_day(version.as_of))),
        )
    )


def _stage_row(c: Composition, now: MoneyFacts, stage: Stage | None) -> Row:
    read = now.standing.read(stage) if now.standing else None
    wholes = {None: "allocation", Stage.AUTHORISED: "authorised", Stage.RELEASED: "released"}
    known = {name for name, _, _ in RATES}
    cells = []
    for whole in wholes.values():
        name = f"{stage.value}.of-{whole}" if stage else ""
        cells.append(now.rate(name) if name in known else c.ledger.not_applicable())
    return Row(
        cells=(
            Cell(runs=say("Allocation" if stage is None else stage.value.capitalize()) + warned(c, read)),
            Cell(runs=now.amount(stage).run()),
            *(Cell(runs=f.run()) for f in cells),
            Cell(runs=dated(wording.short_day(read.as_of)) if read else now.amount(stage).run()),
        )
    )


def _left_row(c: Composition, now: MoneyFacts) -> Row:
    return Row(
        role="subtotal",
        cells=(
            Cell(runs=say("Authorised and not utilised", bold=True)),
            Cell(runs=now.unutilised().run(bold=True)),
            *(Cell(runs=c.ledger.not_applicable().run()) for _ in range(3)),
            Cell(runs=dated(wording.short_day(c.portfolio.as_of))),
        ),
    )


def position_chart(c: Composition, part: BlockPart) -> Chart:
    """Allocation, authorised and utilised of this year and the same months of earlier years."""
    shown = [facts_now(c)] + [f for f in (facts_of_year(c, 1), facts_of_year(c, 2)) if f.standing is not None]
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
        unit=c.speak(part.unit) if part.unit else (),
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
                head=say("Utilised, % of authorised"),
                cells=tuple(r.run("table", bold=n == 0) for n, r in enumerate(rates)),
            ),
        ),
        alt=_alt(title, shown, utilised, authorised, allocation),
        notes=tuple(c.speak(note) for note in part.notes),
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


def _series(name: str, role: str, facts: list[Printed]) -> Series:
    points = tuple(f.point() for f in facts)
    return Series(name=say(name), role=role, points=points)


def _number_column(name: str, role: str, facts: list[Printed]) -> ChartColumn:
    cells = tuple(f.run("chart", bold=n == 0) for n, f in enumerate(facts))
    return ChartColumn(head=say(name), role=role, cells=cells)


def _alt(title: Runs, shown: list[MoneyFacts], *series: list[Printed]) -> Runs:
    words = title + say(". ")
    names = ("utilised ", "; authorised ", "; allocation ")
    for n, facts in enumerate(shown):
        words += dated(wording.short_months(facts.period)) + say(": ")
        for name, values in zip(names, series, strict=True):
            words += say(name) + values[n].run("prose")
        words += say(". ")
    return words
