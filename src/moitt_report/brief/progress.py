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
from moitt_report.brief.earlier import About
from moitt_report.brief.ledger import Printed
from moitt_report.brief.money import source_line
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.projects import project_count, project_fact, projects_total
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.period import Month, period_of
from moitt_report.model.portfolio import share
from moitt_report.model.progress import financial_progress, time_progress, utilised_since_start
from moitt_report.model.project import Progress, ProjectReport

ABSENT = Absence.NOT_REPORTED


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
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("Project"), width=54),
            Column(head=say("Allocation, Rs million"), width=22, align="right"),
            Column(head=say("Share of all projects, %"), width=24, align="right"),
            Column(head=say("Physical"), width=16, align="right"),
            Column(head=say("Financial"), width=16, align="right"),
            Column(head=say("Time"), width=12, align="right"),
            Column(head=say("As of"), width=24, align="right"),
        ),
        groups=(HeadGroup(runs=say("Progress, %"), first=3, last=5),),
        rows=tuple(rows),
        notes=tuple(c.speak(note) for note in part.notes),
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
        share(amount, ABSENT if total.value is None else total.value),
        formula="allocation ÷ sum of the project allocations × 100",
        operation="share",
        inputs=(*inputs, total.fact),
    )


def _bar(part: Printed) -> str | None:
    return None if part.value is None else f"{wording.rounded(part.value, 1):f}"


def _progress_row(c: Composition, report: ProjectReport) -> Row:
    allocation = project_fact(c, report, None)
    amount = ABSENT if allocation.value is None else allocation.value
    part = _share_of_projects(c, f"project.{report.project}", report.reported_as, amount, (allocation.fact,))
    physical, financial = _latest(c, report.physical), _latest(c, report.financial)
    day = max((p.as_of for p in (physical, financial) if p), default=c.portfolio.as_of)
    return Row(
        cells=(
            Cell(runs=named(report.reported_as) + warned(c, *report.physical)),
            Cell(runs=allocation.run()),
            Cell(runs=part.run(), bar=_bar(part)),
            Cell(runs=physical_fact(c, report).run()),
            Cell(runs=financial_fact(c, report).run()),
            Cell(runs=time_fact(c, report).run()),
            Cell(runs=dated(wording.short_day(day))),
        )
    )


def physical_fact(c: Composition, report: ProjectReport) -> Printed:
    """Physical progress as reported last."""
    return _reported(c, report, "physical", _latest(c, report.physical))


def financial_fact(c: Composition, report: ProjectReport) -> Printed:
    """Financial progress as reported last; else computed from cost and cumulative expenditure."""
    reported = _latest(c, report.financial)
    if reported is not None:
        return _reported(c, report, "financial", reported)
    cost = c.portfolio.amount_of(report, Stage.APPROVED_COST)
    spent = utilised_since_start(
        c.portfolio.amount_of(report, Stage.TO_LAST_JUNE), c.portfolio.amount_of(report, Stage.UTILISED)
    )
    return c.ledger.percent(
        f"project.{report.project}.financial"[:64],
        f"Financial progress, {report.reported_as}",
        financial_progress(cost, spent),
        formula="(utilised to the last 30 June + utilised) ÷ approved cost × 100",
        inputs=tuple(
            project_fact(c, report, stage).fact
            for stage in (Stage.TO_LAST_JUNE, Stage.UTILISED, Stage.APPROVED_COST)
        ),
    )


def time_fact(c: Composition, report: ProjectReport) -> Printed:
    """The share of the time between begin and completion that is used."""
    schedule = report.schedule
    return c.ledger.percent(
        f"project.{report.project}.time"[:64],
        f"Time progress, {report.reported_as}",
        time_progress(schedule, c.portfolio.as_of),
        formula="days gone by ÷ days planned × 100",
        cite=(schedule.source,) if schedule else (),
    )


def _latest(c: Composition, given: tuple[Progress, ...]) -> Progress | None:
    return max((p for p in given if p.as_of <= c.portfolio.as_of), key=lambda p: p.as_of, default=None)


def _reported(c: Composition, report: ProjectReport, which: str, given: Progress | None) -> Printed:
    return c.ledger.percent(
        f"project.{report.project}.{which}",
        f"{which.capitalize()} progress, {report.reported_as}",
        given.percent if given else ABSENT,
        formula="",
        cite=(given.source,) if given else (),
        address=given.address if given else "",
        about=_about(report, which, given) if given else None,
    )


def _about(report: ProjectReport, which: str, given: Progress) -> About:
    month = Month(year=given.as_of.year, month=given.as_of.month)
    return About(f"{which} progress", period_of(month, month), "", report.project, report.project)


def _others_row(c: Composition, others: list[ProjectReport]) -> Row:
    facts = [project_fact(c, p, None) for p in others]
    count = c.ledger.count(
        "projects.others",
        "Other projects",
        Decimal(len(others)),
        "projects",
        formula="count",
        operation="count",
        inputs=tuple(f.fact for f in facts),
    )
    values = [f.value for f in facts]
    total = ABSENT if None in values else sum((v for v in values if v is not None), Decimal(0))
    inputs = tuple(f.fact for f in facts)
    amount = c.ledger.money(
        "projects.others.allocation",
        "Allocation of the other projects",
        total if isinstance(total, Absence) else Money(rupees=total.scaleb(6)),
        formula="sum",
        operation="sum",
        inputs=inputs,
    )
    part = _share_of_projects(c, "projects.others", "other projects", total, (amount.fact,))
    label = count.run("plain") + say(" other project" if len(others) == 1 else " other projects")
    return _sum_row(c, label, amount, part, "body", bar=True)


def _all_row(c: Composition) -> Row:
    total = projects_total(c)
    value = ABSENT if total.value is None else total.value
    part = _share_of_projects(c, "projects.all", "all projects", value, (total.fact,))
    count = project_count(c)
    label = count.run("plain", bold=True) + say(" project" if count.value == 1 else " projects", bold=True)
    return _sum_row(c, label, total, part, "total", bar=False)


def _sum_row(c: Composition, label: Runs, amount: Printed, part: Printed, role: str, *, bar: bool) -> Row:
    strong = role == "total"
    none = c.ledger.percent("progress.sum", "Progress of several projects", ABSENT, formula="")
    return Row(
        role="total" if strong else "body",
        cells=(
            Cell(runs=label),
            Cell(runs=amount.run(bold=strong)),
            Cell(runs=part.run(bold=strong), bar=_bar(part) if bar else None),
            *(Cell(runs=none.run()) for _ in range(3)),
            Cell(runs=dated(wording.short_day(c.portfolio.as_of), bold=strong)),
        ),
    )
