"""Projects on the page: each allocation, what was authorised and utilised of it, and what they sum to."""

from collections.abc import Iterable
from functools import partial
from typing import Literal

from moitt_report.brief import wording
from moitt_report.brief.component import component
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import (
    Cell,
    Column,
    HeadGroup,
    Row,
    Runs,
    Table,
)
from moitt_report.brief.ledger import Printed
from moitt_report.brief.money import MoneyFacts, covered, facts_now, facts_of_year, money_sources
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.warnings import warned
from moitt_report.brief.wording import named, say
from moitt_report.model.arithmetic import difference, million, share, total_of
from moitt_report.model.budget import Allocation, AllocationKind, Amount, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.project import MINISTRY, ProjectReport

_STAGES = (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
COMPONENTS: tuple[Literal["local"], Literal["foreign"]] = ("local", "foreign")


def project_name(c: Composition, index: int) -> Runs:
    """The name of the project with the largest allocation (0), the second (1) …"""
    reports = c.portfolio.projects
    return named(reports[index].reported_as) if index < len(reports) else ()


def project_fact(c: Composition, report: ProjectReport, stage: Stage | None) -> Printed:
    """The allocation of a project, or the amount of a stage."""
    return ProjectFacts(c, report).amount(stage)


def project_record(c: Composition, report: ProjectReport, stage: Stage | None) -> Amount | None:
    """The record that the allocation of a project, or the amount of a stage, was read from."""
    return ProjectFacts(c, report).record(stage)


def allocations_used(c: Composition, reports: Iterable[ProjectReport] | None = None) -> list[Allocation]:
    """The versions that stand for the allocations of some projects, or of all."""
    settled = (c.portfolio.stand_project(p).allocation for p in reports or c.portfolio.projects)
    return [one.used for one in settled if one is not None]


def proposed_mark(c: Composition, *reports: ProjectReport) -> Runs:
    """` (proposed)` behind an allocation that is a proposal, where the allocations are not all of one version."""
    if len({(v.kind, v.as_of) for v in allocations_used(c)}) < 2:
        return ()
    kinds = {v.kind for v in allocations_used(c, reports)}
    if AllocationKind.PROPOSED not in kinds:
        return ()
    return say(" (proposed)" if len(kinds) == 1 else " (in part proposed)")


def project_count(c: Composition) -> Printed:
    """How many projects are reported."""
    return c.once("project-count", lambda: _counted_projects(c))


def _counted_projects(c: Composition) -> Printed:
    reports = c.portfolio.projects
    return c.ledger.how_many(
        "projects", "Projects reported", "projects", [project_fact(c, p, None).fact for p in reports]
    )


def silent_projects(c: Composition) -> Printed:
    """How many projects report neither an amount authorised nor one released nor one utilised."""
    silent = [p for p in c.portfolio.projects if not _reports_money(c, p)]
    return c.ledger.how_many(
        "projects.silent",
        "Projects that report nothing authorised, released or utilised",
        "projects",
        [project_fact(c, p, Stage.UTILISED).fact for p in silent],
        formula="count of the projects without an amount authorised, released or utilised",
    )


def reporting_projects(c: Composition) -> Printed:
    """How many projects report an amount authorised, released or utilised."""
    reporting = [p for p in c.portfolio.projects if _reports_money(c, p)]
    return c.ledger.how_many(
        "projects.reporting",
        "Projects that report an amount authorised, released or utilised",
        "projects",
        [project_fact(c, p, None).fact for p in reporting],
        formula="count of the projects with an amount authorised, released or utilised",
    )


def _reports_money(c: Composition, report: ProjectReport) -> bool:
    stages = (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
    return any(not isinstance(c.portfolio.amount_of(report, stage), Absence) for stage in stages)


def projects_total(c: Composition) -> Printed:
    """The sum of the project allocations; absent when any is. Every row asks for it, so it is made once."""
    return c.once("projects-total", lambda: _summed_allocations(c))


def _summed_allocations(c: Composition) -> Printed:
    reports = c.portfolio.projects
    return c.ledger.money(
        "projects.total",
        "Sum of the project allocations",
        total_of([c.portfolio.allocation_of(p) for p in reports]),
        formula="sum of the project allocations",
        operation="sum",
        inputs=tuple(project_fact(c, p, None).fact for p in reports),
    )


def top_share(c: Composition) -> Printed:
    """The share of the two largest projects in the project allocations."""
    largest = c.portfolio.projects[:2] if len(c.portfolio.projects) > 2 else ()  # two of two say nothing
    total = projects_total(c)
    part = total_of([c.portfolio.allocation_of(p) for p in largest])
    return c.ledger.percent(
        "projects.top-two",
        "Share of the two largest projects in the project allocations",
        share(million(part), total.value_or_absence),
        formula="sum of the two largest ÷ sum of all × 100",
        operation="share",
        inputs=(*(project_fact(c, p, None).fact for p in largest), total.fact),
    )


def not_broken_down(c: Composition) -> Printed:
    """The allocation less the project allocations: what no project row accounts for."""
    total, now = projects_total(c), facts_now(c).amount()
    left = difference(now.value_or_absence, total.value_or_absence)
    amount = left if isinstance(left, Absence) else Money(rupees=left.scaleb(6))
    return c.ledger.money(
        "projects.not-broken-down",
        "Allocation less the sum of the project allocations",
        amount,
        formula="allocation − sum of the project allocations",
        operation="difference",
        inputs=(now.fact, total.fact),
    )


def project_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of projects."""
    return {
        "projects": partial(project_count, c),
        "projects.any": partial(_any_projects, c),
        "projects.none": lambda: () if c.portfolio.projects else say("No project is reported one by one."),
        "projects.total": partial(projects_total, c),
        "projects.version": lambda: wording.version_words(allocations_used(c)),
        **{f"projects.{s.value}": partial(_stage_total, c, s) for s in _STAGES},
        "projects.of-authorised": partial(_stage_rate, c, Stage.AUTHORISED),
        "projects.of-released": partial(_stage_rate, c, Stage.RELEASED),
        "projects.of-allocation": partial(_stage_rate, c, None),
        "projects.silent": partial(silent_projects, c),
        "projects.some-silent": lambda: silent_projects(c).if_any(),
        "projects.all-silent": partial(_if_all_silent, c),
        "projects.reporting": lambda: reporting_projects(c).if_any(),
        "projects.top-two": partial(top_share, c),
        "projects.largest": partial(project_name, c, 0),
        "projects.second": partial(project_name, c, 1),
    }


def _any_projects(c: Composition) -> Runs:
    """`1 project`, `16 projects`; empty words when none is reported."""
    count = project_count(c)
    return counted_projects(count) if count.value else ()


def counted_projects(count: Printed, *, bold: bool = False) -> Runs:
    """`1 project`, `16 projects`."""
    return count.run("plain", bold=bold) + say(" project" if count.value == 1 else " projects", bold=bold)


def _if_all_silent(c: Composition) -> Runs:
    count, silent = project_count(c), silent_projects(c)
    return count.if_any() if count.value == silent.value else ()


def project_table(c: Composition, part: BlockPart) -> Table:
    """Every project with its allocation, authorised and utilised amounts; then what they sum to."""
    rows = [_project_row(c, n, report) for n, report in enumerate(c.portfolio.projects, 1)]
    rows.append(_subtotal_row(c))
    now = facts_now(c)
    if now.parts:
        if now.amount().value is not None and not_broken_down(c).value:
            rows.append(_remainder_row(c))
        rows.append(_total_row(now, "total", c.reference("allocation")))
        for back in (1, 2):
            earlier = facts_of_year(c, back)
            if earlier.parts:
                rows.append(_total_row(earlier, "comparison", ()))
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
    amount, read = c.portfolio.allocation_of(report), project_record(c, report, None)
    return component(c, f"project.{report.project}", report.reported_as, amount, which, read=read)


def _subtotal_row(c: Composition) -> Row:
    reports = c.portfolio.projects
    kinds = {v.kind for v in allocations_used(c)}
    days = {v.as_of for v in allocations_used(c)}
    label = counted_projects(project_count(c), bold=True)
    if len(kinds) == 1 and len(days) == 1:
        label += say(f", {next(iter(kinds)).value} ", bold=True)
        label += wording.furniture(wording.day(next(iter(days))), "date", bold=True)
    amounts = [c.portfolio.allocation_of(p) for p in reports]
    total = total_of(amounts)
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
            for which in COMPONENTS
        ),
        projects_total(c),
        *(_stage_total(c, stage) for stage in (Stage.AUTHORISED, Stage.UTILISED)),
        *(_stage_rate(c, whole) for whole in (Stage.AUTHORISED, None)),
    ]
    return Row(
        role="subtotal", cells=(Cell(runs=label, span=2), *(Cell(runs=f.run(bold=True)) for f in figures))
    )


def _stage_sum(c: Composition, stage: Stage) -> Money | Absence:
    return total_of([c.portfolio.amount_of(p, stage) for p in c.portfolio.projects])


def _stage_total(c: Composition, stage: Stage) -> Printed:
    return c.ledger.money(
        f"projects.{stage.value}",
        f"Sum of the amounts {stage.value}, all projects",
        _stage_sum(c, stage),
        formula=f"sum of the amounts {stage.value}",
        operation="sum",
        inputs=tuple(project_fact(c, p, stage).fact for p in c.portfolio.projects),
    )


def _stage_rate(c: Composition, whole: Stage | None) -> Printed:
    base = projects_total(c) if whole is None else _stage_total(c, whole)
    name = "allocation" if whole is None else whole.value
    given = (
        total_of([c.portfolio.allocation_of(p) for p in c.portfolio.projects])
        if whole is None
        else _stage_sum(c, whole)
    )
    return c.ledger.percent(
        f"projects.of-{name}",
        f"Utilised as a percentage of the {name}, all projects",
        share(million(_stage_sum(c, Stage.UTILISED)), million(given)),
        formula=f"utilised ÷ {name} × 100",
        operation="share",
        inputs=(_stage_total(c, Stage.UTILISED).fact, base.fact),
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


def _total_row(facts: MoneyFacts, role: str, reference: Runs) -> Row:
    strong = role == "total"
    label = _whole(facts, bold=strong) + say(", ", bold=strong)
    label += wording.furniture(wording.short_months(facts.period), "date", bold=strong)
    if reference:
        label += say(" (", bold=strong) + reference + say(")", bold=strong)
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
        role="total" if strong else "comparison",
        cells=(Cell(runs=label, span=2), *(Cell(runs=f.run(bold=strong)) for f in figures)),
    )
