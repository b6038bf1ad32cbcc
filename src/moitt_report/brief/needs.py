"""What follows from the money: projects with zero expenditure, savings to be given back, funds needed next."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Cell, Column, Row, Runs, Table
from moitt_report.brief.money import covered, facts_now
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.projects import counted_projects, project_count, proposed_mark
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.arithmetic import total_of
from moitt_report.model.budget import Amount, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.project import ProjectReport

AHEAD = (Stage.EXPECTED_SURRENDER, Stage.NEEDED_NEXT_QUARTER)
_FEW = 3
"""As many names as a title holds."""


# --- zero expenditure ---------------------------------------------------------------------------


def zero_projects(c: Composition) -> list[ProjectReport]:
    """The projects that report that nothing was utilised. A project that reports nothing is not among them."""
    return [p for p in c.portfolio.projects if _is_zero(c.portfolio.amount_of(p, Stage.UTILISED))]


def _is_zero(amount: Money | Absence) -> bool:
    return isinstance(amount, Money) and amount.rupees == 0


def zero_table(c: Composition, part: BlockPart) -> Table:
    """The projects with zero expenditure, and what was allocated, authorised and released to each."""
    reports = zero_projects(c)
    stages = (None, Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
    rows = []
    for report in reports:
        facts = ProjectFacts(c, report)
        rows.append(
            Row(
                cells=(
                    Cell(runs=named(report.reported_as)),
                    Cell(runs=_agency(c, report)),
                    *(Cell(runs=facts.amount(stage).run()) for stage in stages),
                    Cell(runs=dated(wording.short_day(_latest(report.utilised)))),
                )
            )
        )
    heads = ("Allocation", "Authorised", "Released", "Utilised")
    return Table(
        anchor="zero-expenditure",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Project"), width=50),
            Column(head=say("Agency"), width=20),
            *(Column(head=say(head), width=19, align="right") for head in heads),
            Column(head=say("As of"), width=22, align="right"),
        ),
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, [a.source for p in reports for a in p.amounts]),
        size="dense",
    )


def _agency(c: Composition, report: ProjectReport) -> Runs:
    id = c.portfolio.registers.projects.get(report.project).agency
    return named(c.portfolio.registers.agencies.get(id).short) if id else say("not stated")


def _latest(amounts: Iterable[Amount]) -> dt.date:
    return max(a.as_of for a in amounts)


# --- what is ahead ------------------------------------------------------------------------------


def ahead_projects(c: Composition) -> list[ProjectReport]:
    """The projects that report savings to be given back, or funds needed next quarter; zero is a report too."""
    return [p for p in c.portfolio.projects if any(_reported(c, p, stage) for stage in AHEAD)]


def has_ahead(c: Composition) -> bool:
    """Whether anything of it is reported, by a project or for the whole."""
    whole = facts_now(c)
    return bool(ahead_projects(c)) or any(isinstance(whole.money(stage), Money) for stage in AHEAD)


def _reported(c: Composition, report: ProjectReport, stage: Stage) -> bool:
    return isinstance(c.portfolio.amount_of(report, stage), Money)


def ahead_table(c: Composition, part: BlockPart) -> Table:
    """Expected surrender and needs of the next quarter, by project; the sums say how many of how many report."""
    reports = ahead_projects(c)
    rows = [_ahead_row(c, report) for report in reports]
    if reports:
        rows.append(_sum_row(c))
    if any(facts_now(c).amount(stage).value is not None for stage in AHEAD):
        rows.append(_whole_row(c))
    ids = [a.source for p in reports for stage in AHEAD for a in p.at(stage)]
    ids += [read.source for stage in AHEAD for read in facts_now(c).reads(stage)]
    return Table(
        anchor="ahead",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Project"), width=62),
            Column(head=say("Agency"), width=20),
            Column(head=say("Allocation"), width=24, align="right"),
            Column(head=say("Expected surrender"), width=26, align="right"),
            Column(head=say("Needed next quarter"), width=26, align="right"),
        ),
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, ids),
        size="dense",
    )


def _ahead_row(c: Composition, report: ProjectReport) -> Row:
    facts = ProjectFacts(c, report)
    return Row(
        cells=(
            Cell(runs=named(report.reported_as) + proposed_mark(c, report)),
            Cell(runs=_agency(c, report)),
            Cell(runs=facts.amount().run()),
            *(Cell(runs=facts.amount(stage).run()) for stage in AHEAD),
        )
    )


def _sum_row(c: Composition) -> Row:
    surrender, need = (_reporting(c, stage).run("plain", bold=True) for stage in AHEAD)
    label = say("Sum, reported by ", bold=True) + surrender
    if len({_reporting(c, stage).value for stage in AHEAD}) > 1:
        label += say(" and by ", bold=True) + need
    label += say(" of ", bold=True) + counted_projects(project_count(c), bold=True)
    return Row(
        role="total",
        cells=(
            Cell(runs=label, span=3),
            *(Cell(runs=ahead_sum(c, stage).run(bold=True)) for stage in AHEAD),
        ),
    )


def _whole_row(c: Composition) -> Row:
    label = covered(facts_now(c))
    return Row(
        role="comparison",
        cells=(
            Cell(runs=label + say(", as reported for the whole"), span=3),
            *(Cell(runs=facts_now(c).amount(stage).run()) for stage in AHEAD),
        ),
    )


def ahead_sum(c: Composition, stage: Stage) -> Printed:
    """The sum over the projects that report; its label says how many of how many. Absent when none does."""
    reports = [p for p in c.portfolio.projects if _reported(c, p, stage)]
    return c.ledger.money(
        f"projects.{stage.value}",
        f"{stage.heading}, reported by {len(reports)} of {len(c.portfolio.projects)} projects",
        total_of([c.portfolio.amount_of(p, stage) for p in reports]),
        formula="sum of the amounts reported",
        operation="sum",
        inputs=tuple(ProjectFacts(c, p).amount(stage).fact for p in reports),
    )


def _reporting(c: Composition, stage: Stage) -> Printed:
    reports = [p for p in c.portfolio.projects if _reported(c, p, stage)]
    return c.ledger.how_many(
        f"projects.{stage.value}.reporting",
        f"Projects that report the amount {stage.words}",
        "projects",
        [ProjectFacts(c, p).amount(stage).fact for p in reports],
    )


# --- prose --------------------------------------------------------------------------------------


def need_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of zero expenditure and of what is ahead."""
    tokens: dict[str, Maker] = {
        "zero.count": lambda: _zero_count(c),
        "zero.names": partial(_few_names, c),
    }
    for stage in AHEAD:
        tokens[f"projects.{stage.value}"] = partial(ahead_sum, c, stage)
        tokens[f"projects.{stage.value}.reporting"] = partial(_some_reporting, c, stage)
    return tokens


def _some_reporting(c: Composition, stage: Stage) -> Runs:
    return _reporting(c, stage).if_any()


def _few_names(c: Composition) -> Runs:
    """The projects with zero expenditure by name; empty where they are too many for a title."""
    reports = zero_projects(c)
    return wording.joined([named(p.reported_as) for p in reports]) if len(reports) <= _FEW else ()


def _zero_count(c: Composition) -> Runs:
    return c.ledger.how_many(
        "projects.zero",
        "Projects that report zero expenditure",
        "projects",
        [ProjectFacts(c, p).amount(Stage.UTILISED).fact for p in zero_projects(c)],
    ).if_any()
