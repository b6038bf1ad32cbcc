"""The table of projects: each with its money, what they sum to, and the budget they are parts of."""

from typing import Literal

from moitt_report.brief import wording
from moitt_report.brief.component import component
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import (
    Cell,
    Column,
    HeadGroup,
    Row,
    Runs,
    Table,
)
from moitt_report.brief.money import MoneyFacts, covered, facts_now, facts_of_year
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.projects import (
    allocations_used,
    counted_projects,
    not_broken_down,
    project_count,
    project_fact,
    projects_total,
    proposed_mark,
    stage_rate,
    stage_total,
)
from moitt_report.brief.sources import money_sources
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import named, say
from moitt_report.model.arithmetic import total_of
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.project import MINISTRY, ProjectReport

_COMPONENTS: tuple[Literal["local"], Literal["foreign"]] = ("local", "foreign")


def project_table(c: Composition, part: BlockPart) -> Table:
    """Every project with its allocation, authorised and utilised amounts; then what they sum to."""
    rows = [_project_row(c, n, report) for n, report in enumerate(c.portfolio.projects, 1)]
    rows.append(_subtotal_row(c))
    now = facts_now(c)
    if now.parts:
        if now.amount().value is not None and not_broken_down(c).value:
            rows.append(_remainder_row(c))
        rows.append(_budget_row(now, c.reference("allocation"), total=True))
        for back in (1, 2):
            earlier = facts_of_year(c, back)
            if earlier.parts:
                rows.append(_budget_row(earlier, (), total=False))
    return Table(
        anchor="projects",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("No."), width=7, muted=True),
            Column(head=say("Project"), width=52.5),
            Column(head=say("Local"), width=11, align="right"),
            Column(head=say("Foreign"), width=13, align="right"),
            Column(head=say("Total"), width=19, align="right"),
            Column(head=say("Authorised"), width=18, align="right"),
            Column(head=say("Utilised"), width=16, align="right"),
            Column(head=say("authorised"), width=16, align="right"),
            Column(head=say("allocation"), width=15.5, align="right"),
        ),
        groups=(
            HeadGroup(runs=say("Allocation"), first=2, last=4),
            HeadGroup(runs=say("Utilised as % of"), first=7, last=8),
        ),
        stub=1,
        rows=tuple(rows),
        notes=c.notes(part),
        sources=money_sources(c, c.portfolio.projects, with_standing=True),
    )


def _project_row(c: Composition, n: int, report: ProjectReport) -> Row:
    figures = (
        _component_of(c, report, "local"),
        _component_of(c, report, "foreign"),
        project_fact(c, report, None),
        project_fact(c, report, Stage.AUTHORISED),
        project_fact(c, report, Stage.UTILISED),
        ProjectFacts(c, report).utilised_of(Stage.AUTHORISED),
        ProjectFacts(c, report).utilised_of(None),
    )
    return Row(
        cells=(
            Cell(runs=wording.furniture(str(n), "number")),
            Cell(runs=named(report.reported_as) + proposed_mark(c, report) + warned(c, *report.amounts)),
            *(Cell(runs=f.run()) for f in figures),
        )
    )


def _component_of(c: Composition, report: ProjectReport, which: Literal["local", "foreign"]) -> Printed:
    facts = ProjectFacts(c, report)
    owner = f"project.{report.project}"
    return component(c, owner, report.reported_as, facts.money(), which, read=facts.record())


def _subtotal_row(c: Composition) -> Row:
    reports = c.portfolio.projects
    kinds = {v.kind for v in allocations_used(c)}
    days = {v.as_of for v in allocations_used(c)}
    label = counted_projects(project_count(c), bold=True)
    if len(kinds) == 1 and len(days) == 1:
        label += say(f", {next(iter(kinds)).value} ", bold=True)
        label += wording.furniture(wording.day(next(iter(days))), "date", bold=True)
    total = total_of([c.portfolio.allocation_of(p) for p in reports])
    figures = [
        *(
            component(
                c,
                "projects",
                "all projects",
                total,
                which,
                parts=tuple(_component_of(c, p, which) for p in reports),
            )
            for which in _COMPONENTS
        ),
        projects_total(c),
        *(stage_total(c, stage) for stage in (Stage.AUTHORISED, Stage.UTILISED)),
        *(stage_rate(c, whole) for whole in (Stage.AUTHORISED, None)),
    ]
    return Row(
        role="subtotal", cells=(Cell(runs=label, span=2), *(Cell(runs=f.run(bold=True)) for f in figures))
    )


def _remainder_row(c: Composition) -> Row:
    reference = c.reference("projects")
    left = not_broken_down(c).value
    label = say("Total less the projects" if left is not None and left < 0 else "Not broken down") + (
        say(" (") + reference + say(")") if reference else ()
    )
    absent, none = (
        c.ledger.not_applicable(),
        c.ledger.money("not-broken-down.component", "Component not reported", Absence.NOT_REPORTED),
    )
    figures = (none, none, not_broken_down(c), absent, absent, absent, absent)
    return Row(cells=(Cell(runs=label, span=2), *(Cell(runs=f.run()) for f in figures)))


def _whole(facts: MoneyFacts, *, bold: bool) -> Runs:
    """What the total is of: the Division, the budget of the agency the brief is about, or several budgets."""
    one = facts.standing
    if one is not None and one.agency == MINISTRY and facts.c.about is None:
        return say("Division total", bold=bold)
    return covered(facts, bold=bold)


def _budget_row(facts: MoneyFacts, reference: Runs, *, total: bool) -> Row:
    """The budget that the projects are parts of, as the total; or that of an earlier year, to compare it with."""
    label = _whole(facts, bold=total) + say(", ", bold=total)
    label += wording.furniture(wording.short_months(facts.period), "date", bold=total)
    if reference:
        label += say(" (", bold=total) + reference + say(")", bold=total)
    figures = (
        facts.component(None, "local"),
        facts.component(None, "foreign"),
        facts.amount(),
        facts.amount(Stage.AUTHORISED),
        facts.amount(Stage.UTILISED),
        facts.rate("utilised.of-authorised"),
        facts.rate("utilised.of-allocation"),
    )
    return Row(
        role="total" if total else "comparison",
        cells=(Cell(runs=label, span=2), *(Cell(runs=f.run(bold=total)) for f in figures)),
    )
