"""The largest projects: share of the allocation; physical, financial and time progress side by side."""

from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import (
    Cell,
    Column,
    HeadGroup,
    Row,
    Runs,
    Table,
)
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.projects import counted_projects, project_count, project_fact, projects_total
from moitt_report.brief.sources import source_line
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.arithmetic import share, total_of
from moitt_report.model.kpi import Absence
from moitt_report.model.project import ProjectReport

LARGEST = 5


def progress_table(c: Composition, part: BlockPart) -> Table:
    """The largest projects: share of the allocation, physical, financial and time progress side by side."""
    reports = c.portfolio.projects
    rows = [_progress_row(c, report) for report in reports[:LARGEST]]
    if len(reports) > LARGEST:
        rows.append(_others_row(c, list(reports[LARGEST:])))
    rows.append(_all_row(c))
    ids = [a.source for p in reports for a in p.allocations]
    ids += [p.source for r in reports[:LARGEST] for p in (*r.physical, *r.financial)]
    return Table(
        anchor="progress",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Project"), width=54),
            Column(head=say(f"Allocation, Rs{wording.NBSP}million"), width=22, align="right"),
            Column(head=say("Share of all projects, %"), width=24, align="right"),
            Column(head=say("Physical"), width=16, align="right"),
            Column(head=say("Financial"), width=16, align="right"),
            Column(head=say("Time"), width=12, align="right"),
            Column(head=say("As of"), width=24, align="right"),
        ),
        groups=(HeadGroup(runs=say("Progress, %"), first=3, last=5),),
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, ids),
        size="dense",
    )


def _share_of_projects(
    c: Composition, key: str, label: str, amount: Decimal | Absence, inputs: tuple[str, ...]
) -> Printed:
    total = projects_total(c)
    return c.ledger.percent(
        f"{key}.share",
        f"Share in the project allocations, {label}",
        share(amount, total.value_or_absence),
        formula="allocation ÷ sum of the project allocations × 100",
        operation="share",
        inputs=(*inputs, total.fact),
    )


def _progress_row(c: Composition, report: ProjectReport) -> Row:
    allocation = project_fact(c, report, None)
    part = _share_of_projects(
        c,
        f"project.{report.project}",
        report.reported_as,
        allocation.value_or_absence,
        (allocation.fact,),
    )
    facts = ProjectFacts(c, report)
    days = [p.as_of for p in (facts.latest_physical, facts.latest_financial) if p]
    day = max(days, default=c.portfolio.as_of)
    return Row(
        cells=(
            Cell(runs=named(report.reported_as) + warned(c, *report.physical)),
            Cell(runs=allocation.run()),
            Cell(runs=part.run(), bar=part.bar),
            Cell(runs=facts.physical().run()),
            Cell(runs=facts.financial().run()),
            Cell(runs=facts.time().run()),
            Cell(runs=dated(wording.short_day(day))),
        )
    )


def _others_row(c: Composition, others: list[ProjectReport]) -> Row:
    facts = [project_fact(c, p, None) for p in others]
    count = c.ledger.how_many("projects.others", "Other projects", "projects", [f.fact for f in facts])
    amount = c.ledger.money(
        "projects.others.allocation",
        "Allocation of the other projects",
        total_of([c.portfolio.allocation_of(p) for p in others]),
        formula="sum",
        operation="sum",
        inputs=tuple(f.fact for f in facts),
    )
    part = _share_of_projects(c, "projects.others", "other projects", amount.value_or_absence, (amount.fact,))
    label = count.run("plain") + say(" other project" if len(others) == 1 else " other projects")
    return _sum_row(c, label, amount, part, total=False)


def _all_row(c: Composition) -> Row:
    total = projects_total(c)
    part = _share_of_projects(c, "projects.all", "all projects", total.value_or_absence, (total.fact,))
    return _sum_row(c, counted_projects(project_count(c), bold=True), total, part, total=True)


def _sum_row(c: Composition, label: Runs, amount: Printed, part: Printed, *, total: bool) -> Row:
    none = c.ledger.percent("progress.sum", "Progress of several projects", Absence.NOT_REPORTED, formula="")
    return Row(
        role="total" if total else "body",
        cells=(
            Cell(runs=label),
            Cell(runs=amount.run(bold=total)),
            Cell(runs=part.run(bold=total), bar=None if total else part.bar),
            *(Cell(runs=none.run()) for _ in range(3)),
            Cell(runs=dated(wording.short_day(c.portfolio.as_of), bold=total)),
        ),
    )
