"""One page on one project: progress side by side, finance by year, physical targets, milestones.

The finance table has the columns of PC-IV, section 10, the table of physical targets those of section 11;
column heads as in https://ro.scribd.com/document/393882659/PC-IV-Form-New.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from moitt_report.brief import flags, wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Cell, Column, HeadGroup, Row, Runs, Table, Tone
from moitt_report.brief.kpi_target import TargetFacts
from moitt_report.brief.kpis import KpiFacts
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, furniture, named, say
from moitt_report.model.budget import AllocationKind, Stage
from moitt_report.model.kpi import Absence, Direction, Kpi
from moitt_report.model.project import Milestone, Project

_TO_JUNE, _COST = Stage.TO_LAST_JUNE, Stage.APPROVED_COST


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
    facts = _reported_project(c)
    physical, schedule = facts.latest_physical, facts.report.schedule
    rows = (
        _progress_row(
            c, "Physical", facts.physical(), _physical_words(facts), physical.as_of if physical else None
        ),
        _progress_row(c, "Financial", facts.financial(), _financial_words(facts), None),
        _progress_row(c, "Time", facts.time(), _time_words(facts), None),
    )
    ids = [p.source for p in (physical, facts.latest_financial, schedule) if p]
    ids += [a.source for stage in (_COST, _TO_JUNE, Stage.UTILISED) for a in facts.report.at(stage)]
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


def _progress_row(c: Composition, name: str, fact: Printed, words: Runs, day: dt.date | None) -> Row:
    return Row(
        cells=(
            Cell(runs=say(name, bold=True)),
            Cell(runs=fact.run(bold=True), bar=fact.bar),
            Cell(runs=words),
            Cell(runs=dated(wording.short_day(day or c.portfolio.as_of))),
        )
    )


def _physical_words(facts: ProjectFacts) -> Runs:
    if facts.latest_physical is None:
        return say("No physical progress is on record")
    return say("As reported")


def _financial_words(facts: ProjectFacts) -> Runs:
    spent, cost = facts.since_start(), facts.amount(_COST)
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


def _reported_project(c: Composition) -> ProjectFacts:
    """The project the brief is about. Raises `ValueError` where there is none: the catalogue leaves the block out then."""
    facts = the_project(c)
    if facts is None:
        raise ValueError("the block is made only where a project is reported")
    return facts


# --- finance ------------------------------------------------------------------------------------


def phasing_table(c: Composition, part: BlockPart) -> Table:
    """Requirement, allocation, releases and expenditure by year: the columns of PC-IV, section 10."""
    facts = _reported_project(c)
    none = c.ledger.money(
        "phasing.not-told", "Of earlier years the return tells the expenditure only", Absence.NOT_REPORTED
    )
    rows = (_row_to_june(facts, none), _row_of_year(facts), _row_since_start(facts, none))
    heads = ("Funds requirement", "PSDP allocation", "Releases", "Expenditure")
    return Table(
        anchor="phasing",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Year"), width=32),
            *(
                Column(head=say(head), width=width, align="right")
                for _ in heads
                for head, width in (("Total", 19), ("FEC", 15))
            ),
        ),
        groups=tuple(
            HeadGroup(runs=say(head), first=1 + 2 * n, last=2 + 2 * n) for n, head in enumerate(heads)
        ),
        rows=rows,
        notes=c.notes(part),
        sources=source_line(c, [a.source for a in facts.report.amounts]),
        size="dense",
    )


def _if_proposed(facts: ProjectFacts) -> Runs:
    proposed = any(v.kind is AllocationKind.PROPOSED for v in facts.versions)
    return say(" (allocation proposed)") if proposed else ()


def _row_to_june(facts: ProjectFacts, none: Printed) -> Row:
    """The years before this one: a return tells what was spent in all of them, and nothing of each."""
    last_june = facts.c.portfolio.to_date.first.first_day.replace(month=6, day=30)
    return Row(
        cells=(
            Cell(runs=say("To ") + dated(wording.day(last_june))),
            *(Cell(runs=none.run()) for _ in range(6)),
            *_pair(facts.amount(_TO_JUNE), facts.foreign(_TO_JUNE)),
        )
    )


def _row_of_year(facts: ProjectFacts) -> Row:
    """The year to date: what was asked for, allocated, released and utilised."""
    return Row(
        cells=(
            Cell(runs=dated(wording.short_months(facts.c.portfolio.to_date)) + _if_proposed(facts)),
            *_pair(facts.demand(), facts.demand_foreign()),
            *_pair(facts.amount(), facts.foreign()),
            *_pair(facts.amount(Stage.RELEASED), facts.foreign(Stage.RELEASED)),
            *_pair(facts.amount(Stage.UTILISED), facts.foreign(Stage.UTILISED)),
        )
    )


def _row_since_start(facts: ProjectFacts, none: Printed) -> Row:
    return Row(
        role="total",
        cells=(
            Cell(runs=say("Since the start", bold=True)),
            *(Cell(runs=none.run(bold=True)) for _ in range(6)),
            Cell(runs=facts.since_start().run(bold=True)),
            Cell(runs=facts.since_start_foreign().run(bold=True)),
        ),
    )


def _pair(whole: Printed, foreign: Printed) -> tuple[Cell, Cell]:
    return Cell(runs=whole.run()), Cell(runs=foreign.run())


# --- physical targets ---------------------------------------------------------------------------


def has_targets(c: Composition) -> bool:
    """Whether any indicator of the project is reported."""
    return isinstance(c.about, Project) and bool(_counted(c))


def _counted(c: Composition) -> list[Kpi]:
    return [
        k for k in c.portfolio.kpis if k.direction is not Direction.MILESTONE and KpiFacts(c, k).is_reported
    ]


def targets_table(c: Composition, part: BlockPart) -> Table:
    """What was to be built or done, and what was: the columns of PC-IV, section 11."""
    rows, ids = [], []
    for n, kpi in enumerate(_counted(c), 1):
        facts = KpiFacts(c, kpi)
        aim = TargetFacts(facts)
        rows.append(
            Row(
                cells=(
                    Cell(runs=furniture(str(n), "number")),
                    Cell(runs=named(kpi.name)),
                    Cell(runs=named(kpi.unit)),
                    Cell(runs=aim.whole().run()),
                    Cell(runs=facts.cumulative().run()),
                    Cell(runs=aim.so_far().run()),
                )
            )
        )
        ids += [*facts.sources, *((aim.target.source,) if aim.target else ())]
    return Table(
        anchor="physical-targets",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("S.No."), width=16, muted=True),
            Column(head=say("Items"), width=68),
            Column(head=say("Unit"), width=22),
            Column(head=say("Quantity"), width=26, align="right"),
            Column(head=say("Actual"), width=20, align="right"),
            Column(head=say("%"), width=16, align="right"),
        ),
        stub=1,
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, ids),
        size="dense",
    )


# --- milestones ---------------------------------------------------------------------------------


def has_milestones(c: Composition) -> bool:
    """Whether a milestone of the project is reported."""
    facts = the_project(c)
    return facts is not None and bool(facts.report.milestones)


def milestones_table(c: Composition, part: BlockPart) -> Table:
    """The milestones in the order in which they fall due, and how each stands."""
    facts = _reported_project(c)
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
