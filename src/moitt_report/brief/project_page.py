"""One page on one project: what prose may say of it, progress side by side, milestones."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from moitt_report.brief import flags, wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Cell, Column, Row, Runs, Table, Tone
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Stage
from moitt_report.model.project import Milestone, Project


def the_project(c: Composition) -> ProjectFacts | None:
    """The facts of the project the brief is about; None when it is about none, or no return reports on it."""
    reports = c.portfolio.projects
    return ProjectFacts(c, reports[0]) if isinstance(c.about, Project) and reports else None


def project_page_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of the one project; empty words in a brief that is about none."""
    money: dict[str, Callable[[ProjectFacts], Printed]] = {
        "allocation": ProjectFacts.amount,
        "demand": ProjectFacts.demand,
        "since-start": ProjectFacts.since_start,
        "throw-forward": ProjectFacts.throw_forward,
        "physical": ProjectFacts.physical,
        "financial": ProjectFacts.financial,
        "time": ProjectFacts.time,
        "of-allocation": lambda facts: facts.utilised_of(None),
        "of-released": lambda facts: facts.utilised_of(Stage.RELEASED),
        "of-authorised": lambda facts: facts.utilised_of(Stage.AUTHORISED),
    }
    words: dict[str, Callable[[ProjectFacts], Runs]] = {
        "name": lambda facts: named(facts.report.reported_as),
        "flags": _flags,
        "version": lambda facts: wording.version_words(facts.versions),
        "stage": ProjectFacts.stage,
        "begins": ProjectFacts.begins,
        "ends": ProjectFacts.ends,
        "moved-from": ProjectFacts.moved_from,
    }
    for stage in Stage:
        money[stage.value] = partial(ProjectFacts.amount, stage=stage)
    makers: dict[str, Callable[[ProjectFacts], Printed | Runs]] = {**money, **words}
    return {f"project.{name}": _asked(c, make) for name, make in makers.items()}


def _asked(c: Composition, make: Callable[[ProjectFacts], Printed | Runs]) -> Maker:
    def token() -> Printed | Runs:
        facts = the_project(c)
        return make(facts) if facts else ()

    return token


def _flags(facts: ProjectFacts) -> Runs:
    """What the Planning Commission watches the project for: `mega, delayed and slow`."""
    return wording.joined([say(flag.flag.value) for flag in flags.found(facts.c)])


# --- progress -----------------------------------------------------------------------------------


def side_by_side(c: Composition, part: BlockPart) -> Table:
    """Physical, financial and time progress under one another, on one scale, with what each is made of."""
    facts = reported_project(c)
    physical, schedule = facts.latest_physical, facts.report.schedule
    cutoff = c.portfolio.as_of
    rows = (
        _progress_row(
            "Physical", facts.physical(), _physical_words(facts), physical.as_of if physical else cutoff
        ),
        _progress_row("Financial", facts.financial(), _financial_words(facts), cutoff),
        _progress_row("Time", facts.time(), _time_words(facts), cutoff),
    )
    ids = [p.source for p in (physical, facts.latest_financial, schedule) if p]
    stages = (Stage.APPROVED_COST, Stage.TO_LAST_JUNE, Stage.UTILISED)
    ids += [amount.source for stage in stages for amount in facts.report.at(stage)]
    return Table(
        anchor="side-by-side",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Progress"), width=18),
            Column(head=say("%"), width=24, align="right"),
            Column(head=say("Made of"), width=104),
            Column(head=say("As of"), width=22, align="right"),
        ),
        rows=rows,
        notes=c.notes(part),
        sources=source_line(c, ids),
        size="dense",
    )


def _progress_row(name: str, fact: Printed, words: Runs, as_of: dt.date) -> Row:
    return Row(
        cells=(
            Cell(runs=say(name, bold=True)),
            Cell(runs=fact.run(bold=True), bar=fact.bar),
            Cell(runs=words),
            Cell(runs=dated(wording.short_day(as_of))),
        )
    )


def _physical_words(facts: ProjectFacts) -> Runs:
    if facts.latest_physical is None:
        return say("No physical progress is on record")
    return say("As reported")


def _financial_words(facts: ProjectFacts) -> Runs:
    spent, cost = facts.since_start(), facts.amount(Stage.APPROVED_COST)
    if spent.value is None or not cost.value:
        if facts.latest_financial is not None:
            return say("As reported; approved cost or expenditure is not")
        return (
            say("Utilised since the start ")
            + spent.run("plain")
            + say("; approved cost ")
            + cost.run("plain")
        )
    words = spent.run("plain") + say(" utilised since the start, of an approved cost of ") + cost.run("plain")
    reported = facts.financial_reported()
    return words + (say("; reported: ") + reported.run("prose") if reported else ())


def _time_words(facts: ProjectFacts) -> Runs:
    if facts.report.schedule is None:
        return say("No dates of begin and completion are on record")
    words = facts.begins() + say(" to ") + facts.ends()
    moved = facts.moved_from()
    return words + (say("; completion moved from ") + moved if moved else ())


def reported_project(c: Composition) -> ProjectFacts:
    """The project the brief is about. Raises `ValueError` where there is none: the catalogue leaves the block out then."""
    facts = the_project(c)
    if facts is None:
        raise ValueError("the block is made only where a project is reported")
    return facts


# --- milestones ---------------------------------------------------------------------------------


def has_milestones(c: Composition) -> bool:
    """Whether a milestone of the project is reported."""
    facts = the_project(c)
    return facts is not None and bool(facts.report.milestones)


def milestones_table(c: Composition, part: BlockPart) -> Table:
    """The milestones in the order in which they fall due, and how each stands."""
    facts = reported_project(c)
    milestones = sorted(facts.report.milestones, key=lambda m: m.due)
    return Table(
        anchor="project-milestones",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Milestone"), width=70),
            Column(head=say("Due"), width=38, align="right"),
            Column(head=say("How it stands"), width=60),
        ),
        rows=tuple(_milestone_row(c, n, m) for n, m in enumerate(milestones, 1)),
        notes=c.notes(part),
        sources=source_line(c, [m.source for m in milestones]),
        size="dense",
    )


def _milestone_row(c: Composition, n: int, milestone: Milestone) -> Row:
    words, tone = _standing(c, n, milestone)
    return Row(
        cells=(
            Cell(runs=named(milestone.name)),
            Cell(runs=dated(wording.short_day(milestone.due))),
            Cell(runs=words, tone=tone),
        )
    )


def _reached(c: Composition, milestone: Milestone) -> dt.date | None:
    """The day it was reached, if that was known at the cut-off."""
    day = milestone.reached
    return day if day is not None and day <= c.portfolio.as_of else None


def _standing(c: Composition, n: int, milestone: Milestone) -> tuple[Runs, Tone]:
    """Reached in time or late, overdue, or not yet due; the days late are a fact."""
    reached = _reached(c, milestone)
    end = reached or c.portfolio.as_of
    late = (end - milestone.due).days
    if reached is None and late <= 0:
        return say("Not yet due"), "open"
    if late <= 0:
        return say("In time, ") + dated(wording.short_day(reached or milestone.due)), "good"
    days = c.ledger.count(
        f"milestone.{n}.days-late",
        f"Days from {wording.day(milestone.due)} to {wording.day(end)}, {milestone.name}",
        Decimal(late),
        "days",
        cite=(milestone.source,),
        address=milestone.address,
    )
    words = days.run("plain") + say(" day " if late == 1 else " days ")
    if reached is None:
        return words + say("overdue"), "bad"
    return say("Reached ") + words + say("late"), "watch"
