"""What was completed over a span of years: the total and its parts, and every KPI as reported."""

from collections.abc import Iterator
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Category, Cell, Chart, Column, Row, Runs, Series, Table
from moitt_report.brief.kpis import KpiFacts, reading_about
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope

COMPLETED = "projects-completed"
NICS = "nics-established"


# --- a total and its parts ----------------------------------------------------------------------


def parts_of(c: Composition, kpi: Kpi) -> tuple[Reading, ...]:
    """The reported parts of a KPI's total."""
    facts = KpiFacts(c, kpi)
    return c.portfolio.parts(kpi.id, facts.months) if facts.stands and facts.stands.pieces else ()


def part_fact(c: Composition, kpi: Kpi, reading: Reading) -> Printed:
    """One part of a total."""
    key = "".join(ch if ch.isalnum() else "-" for ch in (reading.part or "").lower())
    return c.ledger.count(
        f"kpi.{kpi.id}.part.{key}"[:200],
        f"{kpi.name}, {part_words(c, reading)}",
        reading.value if isinstance(reading.value, Decimal) else Absence.NOT_REPORTED,
        kpi.unit,
        kpi.decimals,
        read=reading,
        about=reading_about(c, reading),
        topic=f"{kpi.name}, by {'agency' if reading.agency else 'place'}",
    )


def part_words(c: Composition, reading: Reading) -> str:
    """The name of a part: an agency's, or a place's."""
    if reading.agency is None:
        return reading.place or ""
    return c.portfolio.registers.agencies.get(reading.agency).in_full


def remainder(c: Composition, kpi: Kpi) -> Printed:
    """The part of the total that no part accounts for."""
    facts = KpiFacts(c, kpi)
    parts = [part_fact(c, kpi, r) for r in parts_of(c, kpi)]
    total = facts.value
    left: Decimal | Absence = Absence.NOT_REPORTED
    if isinstance(total, Decimal) and all(p.value is not None for p in parts):
        left = total - sum((p.value for p in parts if p.value is not None), Decimal(0))
    return c.ledger.count(
        f"kpi.{kpi.id}.not-broken-down",
        f"{kpi.name}, not broken down",
        left,
        kpi.unit,
        kpi.decimals,
        formula="total − sum of the parts reported",
        operation="difference",
        inputs=(facts.cumulative().fact, *(p.fact for p in parts)),
    )


def sum_of_parts(c: Composition, kpi: Kpi) -> Printed:
    """What the parts reported add up to."""
    parts = [part_fact(c, kpi, r) for r in parts_of(c, kpi)]
    values = [p.value for p in parts if p.value is not None]
    return c.ledger.count(
        f"kpi.{kpi.id}.sum-of-parts",
        f"{kpi.name}, sum of the parts",
        sum(values, Decimal(0)) if len(values) == len(parts) else Absence.NOT_REPORTED,
        kpi.unit,
        kpi.decimals,
        formula="sum of the parts reported",
        operation="sum",
        inputs=tuple(p.fact for p in parts),
    )


def completion_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of completed projects and other totals with parts."""
    kpi = c.portfolio.registers.kpis.get(COMPLETED)
    return {
        "completed": KpiFacts(c, kpi).cumulative,
        "completed.not-broken-down": lambda: remainder(c, kpi),
        "completed.parts": lambda: parts_in_words(c, kpi),
        "nics.parts": lambda: parts_in_words(c, c.portfolio.registers.kpis.get(NICS)),
    }


def parts_in_words(c: Composition, kpi: Kpi) -> Runs:
    """`SCO 7 and PSEB 6`, each number a fact."""
    return wording.joined([_part_in_words(c, kpi, reading) for reading in parts_of(c, kpi)])


def _part_in_words(c: Composition, kpi: Kpi, reading: Reading) -> Runs:
    agencies = c.portfolio.registers.agencies
    name = agencies.get(reading.agency).short if reading.agency else reading.place or ""
    return named(name) + say(" ") + part_fact(c, kpi, reading).run("plain")


def completed_chart(c: Composition, part: BlockPart) -> Chart:
    """Completed projects by agency, with what is not broken down as a bar of its own."""
    return _parts_chart(c, part, COMPLETED, "completed-by-agency")


def places_chart(c: Composition, part: BlockPart) -> Chart:
    """National Incubation Centers by place."""
    return _parts_chart(c, part, NICS, "nics-by-place")


def _parts_chart(c: Composition, part: BlockPart, id: str, anchor: str) -> Chart:
    kpi = c.portfolio.registers.kpis.get(id)
    readings = sorted(
        parts_of(c, kpi), key=lambda r: -(r.value if isinstance(r.value, Decimal) else Decimal(0))
    )
    facts = [part_fact(c, kpi, r) for r in readings]
    labels = [named(part_words(c, r)) for r in readings]
    left = remainder(c, kpi)
    if left.value:
        facts.append(left)
        labels.append(say("Not broken down by the source"))
    title = c.speak(part.title)
    alt = title + say(". ")
    for label, fact in zip(labels, facts, strict=True):
        alt += label + say(": ") + fact.run("prose") + say(". ")
    points = tuple(f.point() for f in facts)
    return Chart(
        form="bars",
        anchor=anchor,
        number=c.next_chart(),
        title=title,
        unit=c.unit(part),
        categories=tuple(
            Category(label=label, earlier=fact is left) for label, fact in zip(labels, facts, strict=True)
        ),
        series=(Series(role="actual", points=points),),
        alt=alt,
        notes=c.notes(part),
        sources=source_line(c, [r.source for r in readings]),
    )


def has_parts(c: Composition, id: str) -> bool:
    """Whether any part of a total is reported."""
    return bool(parts_of(c, c.portfolio.registers.kpis.get(id)))


# --- every KPI as reported ----------------------------------------------------------------------


def has_list(c: Composition) -> bool:
    """Whether any KPI with a number is reported for the period."""
    return bool(_numbers(c))


def _numbers(c: Composition) -> list[Kpi]:
    return [k for k in c.portfolio.kpis if _reported(c, k) and k.direction is not Direction.MILESTONE]


def has_milestones(c: Composition) -> bool:
    """Whether any milestone is reported for the period."""
    return bool(_milestones(c))


def _milestones(c: Composition) -> list[Kpi]:
    return [k for k in c.portfolio.kpis if _reported(c, k) and k.direction is Direction.MILESTONE]


def kpi_list(c: Composition, part: BlockPart) -> Table:
    """Every KPI with its agency, scope, number, and what else is published under the same name."""
    kpis = _numbers(c)
    return Table(
        anchor="kpi-list",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Indicator"), width=52),
            Column(head=say("Unit"), width=22),
            Column(head=say("Agency"), width=20),
            Column(head=say("Scope"), width=22),
            Column(head=say("Reported"), width=18, align="right"),
            Column(head=say("Also published"), width=34),
        ),
        rows=tuple(_list_row(c, kpi) for kpi in kpis),
        notes=c.notes(part),
        sources=source_line(c, _sources(c, kpis)),
        size="dense",
    )


def milestone_table(c: Composition, part: BlockPart) -> Table:
    """The milestones, in the words reported."""
    kpis = _milestones(c)
    rows = []
    for kpi in kpis:
        main = KpiFacts(c, kpi).main
        word = main.used.milestone if main and main.used.milestone else Absence.NOT_REPORTED.value
        rows.append(
            Row(cells=(Cell(runs=named(kpi.name)), Cell(runs=named(_owner(c, kpi))), Cell(runs=named(word))))
        )
    return Table(
        anchor="milestones",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Milestone"), width=100),
            Column(head=say("Agency"), width=34),
            Column(head=say("Reported"), width=34),
        ),
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, _sources(c, kpis)),
        size="dense",
    )


def _reported(c: Composition, kpi: Kpi) -> bool:
    facts = KpiFacts(c, kpi)
    return facts.stands is not None and bool(facts.stands.pieces) and facts.months == c.portfolio.period


def _owner(c: Composition, kpi: Kpi) -> str:
    return c.portfolio.registers.agencies.get(kpi.owner).short


def _list_row(c: Composition, kpi: Kpi) -> Row:
    facts = KpiFacts(c, kpi)
    scope = facts.stands.scope if facts.stands else Scope.NOT_STATED
    return Row(
        cells=(
            Cell(runs=named(kpi.name)),
            Cell(runs=named(kpi.unit)),
            Cell(runs=named(_owner(c, kpi))),
            Cell(runs=say(wording.scope_words(scope))),
            Cell(runs=facts.cumulative().run()),
            Cell(runs=_also(c, kpi)),
        )
    )


def other_readings(c: Composition, kpi: Kpi) -> Iterator[Reading]:
    """Readings of the same KPI over other months, and those of its months that are not used."""
    stands = KpiFacts(c, kpi).stands
    used = stands.readings if stands else ()
    for reading in c.portfolio.readings(kpi.id):
        unused = all(reading is not one for one in used)
        if used and unused and reading.part is None and isinstance(reading.value, Decimal):
            yield reading


def other_fact(c: Composition, kpi: Kpi, reading: Reading) -> Printed:
    """A reading that is shown beside the one used."""
    value = reading.value if isinstance(reading.value, Decimal) else Absence.NOT_REPORTED
    # What a return may repeat a KPI by, so that no two of its readings share an id.
    told = (reading.period, reading.source, reading.scope, reading.project)
    key = ".".join(str(one).replace(" ", "-") for one in told if one is not None)
    return c.ledger.count(
        f"kpi.{kpi.id}.also.{key}",
        f"{kpi.name}, {wording.short_months(reading.period)}, as also published",
        value,
        kpi.unit,
        kpi.decimals,
        read=reading,
        topic=kpi.name,
    )


def _also(c: Composition, kpi: Kpi) -> Runs:
    others = list(other_readings(c, kpi))
    if not others:
        return say("none on record")
    words = []
    for reading in others:
        fact = other_fact(c, kpi, reading)
        words.append(fact.run("prose") + say(" for ") + dated(wording.short_months(reading.period)))
    line = wording.joined(words)
    reference = c.reference(kpi.id)
    return line + (say(" (") + reference + say(")") if reference else ())


def _sources(c: Composition, kpis: list[Kpi]) -> list[str]:
    ids = [source for k in kpis for source in KpiFacts(c, k).sources]
    return ids + [r.source for k in kpis for r in other_readings(c, k)]
