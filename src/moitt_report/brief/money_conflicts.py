"""Where the record of the money disagrees: versions of an allocation, sources of one amount, parts and their whole."""

from collections.abc import Iterator

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Conflict
from moitt_report.brief.content import Runs
from moitt_report.brief.money import (
    MoneyFacts,
    conflicting,
    covered,
    every_budget,
    facts_now,
    facts_of,
    same_budgets,
    version_fact,
    versions,
)
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.projects import allocations_used, not_broken_down, project_count, projects_total
from moitt_report.brief.rivals import also_published, cited, gap, gaps, why_used
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Allocation, Amount, Stage
from moitt_report.model.rules.parts import Whole, excesses
from moitt_report.model.settled import Settled

_RUPEES = ("Rs million", 3)
"""The unit of the differences, and its decimals."""


def money_conflicts(c: Composition) -> Iterator[Conflict]:
    """Every disagreement in the money of the period: of the budgets, then of each project."""
    yield from _allocation(c)
    yield from _projects(c)
    yield from _stages(c)
    yield from _excesses(c)
    for report in c.portfolio.projects:
        yield from _of_project(c, ProjectFacts(c, report))


def _allocation(c: Composition) -> Iterator[Conflict]:
    for facts in every_budget(c):
        rivals = [(n, v) for n, v in enumerate(versions(facts)) if conflicting(facts, v)]
        if not rivals or facts.standing is None or facts.standing.allocation is None:
            continue
        used = facts.amount()
        printed = [(version_fact(facts, version, index), version.source) for index, version in rivals]
        year = dated(wording.period_name(c.portfolio.to_date.year))
        yield Conflict(
            key=f"{facts.prefix}allocation",
            what=say("Allocation ") + year + _of(c, facts) + say(f", Rs{wording.NBSP}million"),
            used=used.run(),
            also=also_published(c, ((p.run(), source) for p, source in printed)),
            difference=gaps(c, used, (p for p, _ in printed), *_RUPEES),
            reason=why_used(c, facts.standing.allocation),
        )


def _of(c: Composition, facts: MoneyFacts) -> Runs:
    """Which budget is meant, where there are several."""
    return say(", ") + covered(facts) if len(every_budget(c)) > 1 else ()


def _projects(c: Composition) -> Iterator[Conflict]:
    used, total = facts_now(c).amount(), projects_total(c)
    if used.value is None or total.value is None or used.value == total.value:
        return
    yield Conflict(
        key="projects",
        what=say(f"Allocation against the sum of the projects, Rs{wording.NBSP}million"),
        used=used.run(),
        also=total.run()
        + say(" (")
        + project_count(c).run("plain")
        + say(" row, " if len(c.portfolio.projects) == 1 else " rows, ")
        + (c.ledger.sources.cite(allocations_used(c)[0].source),)
        + say(")"),
        difference=gap(c, "projects.gap", used, total, *_RUPEES).run(),
        reason=say(f"{_why_rows_differ(c)}; the total less the projects, ")
        + not_broken_down(c).run()
        + say(", is printed below them.")
        if total.value > used.value
        else say(f"{_why_rows_differ(c)}; the remainder, ")
        + not_broken_down(c).run()
        + say(", is printed as not broken down."),
    )


def _excesses(c: Composition) -> Iterator[Conflict]:
    """Parts that report more than their whole; that of all allocations stands in a note of its own."""
    for excess in excesses(c.portfolio):
        budgets = excess.whole.budgets
        if excess.stage is None and _noted(c, excess.whole):
            continue
        kind = "agencies" if excess.whole.agencies else "projects"
        words = excess.stage.words if excess.stage else "allocation"
        key = f"{budgets[0].agency}.{kind}.{excess.figure}"
        whole = facts_of(c, budgets)
        used = whole.amount(excess.stage)
        parts = c.ledger.money(
            f"{key}.sum",
            f"Sum of the {kind} that report it: {words}",
            excess.parts,
            formula=f"sum of the {kind} that report it",
            operation="sum",
            inputs=tuple(_fact(c, one, f"{key}.{n}", words) for n, one in enumerate(excess.reads, 1)),
        )
        yield Conflict(
            key=f"{key}.above",
            what=(named(excess.stage.heading) if excess.stage else say("Allocation"))
            + say(f", the whole against the sum of its {kind}")
            + _of(c, whole)
            + say(f", Rs{wording.NBSP}million"),
            used=used.run(),
            also=parts.run() + cited(c, excess.reads[0].source),
            difference=gap(c, f"{key}.gap", used, parts, *_RUPEES).run(),
            reason=say(
                f"The {kind} report more than the whole they are parts of; both are printed as reported, "
                "and which is wrong is not on record."
            ),
        )


def _noted(c: Composition, whole: Whole) -> bool:
    """Whether the note on the sum of the projects tells of it already."""
    alike = same_budgets(whole.budgets, facts_now(c).standings)
    return bool(whole.projects) and alike and projects_total(c).value is not None


def _fact(c: Composition, read: Amount, id: str, words: str) -> str:
    known = c.ledger.of(read)
    label = words[:1].upper() + words[1:]
    return (known or c.ledger.money(id, label, read.amount, read=read, topic=label)).fact


def _why_rows_differ(c: Composition) -> str:
    """What the record shows of the rows beside the total: another version, another day, or neither."""
    total = c.portfolio.standing.read() if c.portfolio.standing else None
    rows = allocations_used(c)
    if isinstance(total, Allocation) and all((a.kind, a.as_of) == (total.kind, total.as_of) for a in rows):
        return "The project rows are of the same version and date as the total and do not make it up"
    return "The project rows are of another version or date than the total"


def _stages(c: Composition) -> Iterator[Conflict]:
    for facts in every_budget(c):
        for stage in Stage:
            settled = facts.standing.stages.get(stage) if facts.standing else None
            if settled is None or not settled.others:
                continue
            used = facts.amount(stage)
            rivals = [_rival(facts, stage, n, amount) for n, amount in enumerate(settled.others, 1)]
            yield Conflict(
                key=f"{facts.prefix}{stage.value}",
                what=say("Amount ")
                + wording.stage_words(stage)
                + _of(c, facts)
                + say(f", Rs{wording.NBSP}million"),
                used=used.run(),
                also=also_published(
                    c, ((f.run(), a.source) for f, a in zip(rivals, settled.others, strict=True))
                ),
                difference=gaps(c, used, rivals, *_RUPEES),
                reason=why_used(c, settled),
            )


def _rival(facts: MoneyFacts, stage: Stage, n: int, amount: Amount) -> Printed:
    return facts.c.ledger.money(
        f"{facts.prefix}{stage.value}.v{n}",
        f"Amount {stage.words}, as also published",
        amount.amount,
        read=amount,
        topic=stage.heading,
    )


def _of_project(c: Composition, facts: ProjectFacts) -> Iterator[Conflict]:
    """Several sources for one amount of a project, or several versions of its allocation."""
    settled: list[tuple[Stage | None, Settled[Allocation] | Settled[Amount] | None]] = [
        (None, facts.standing.allocation),
        *facts.standing.stages.items(),
    ]
    for stage, one in settled:
        if one is None or not one.others:
            continue
        used = facts.amount(stage)
        name, words = ("allocation", "allocation") if stage is None else (stage.value, stage.words)
        heading = "Allocation" if stage is None else stage.heading
        rivals = [
            c.ledger.money(
                f"{facts.id(name)}.v{n}",
                f"{heading}, {facts.report.reported_as}, as also published",
                other.amount,
                read=other,
                topic=f"Projects, {words}",
            )
            for n, other in enumerate(one.others, 1)
        ]
        yield Conflict(
            key=facts.id(name),
            what=named(facts.report.reported_as)
            + say(", ")
            + wording.stage_words(stage)
            + say(f", Rs{wording.NBSP}million"),
            used=used.run(),
            also=also_published(c, ((f.run(), o.source) for f, o in zip(rivals, one.others, strict=True))),
            difference=gaps(c, used, rivals, *_RUPEES),
            reason=why_used(c, one),
        )
