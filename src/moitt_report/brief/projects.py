"""The facts of the projects together: how many there are, how many report, what their money sums to."""

from collections.abc import Iterable
from functools import partial

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import (
    Runs,
)
from moitt_report.brief.money import facts_now
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.wording import named, say
from moitt_report.model.arithmetic import difference, million, share, total_of
from moitt_report.model.budget import Allocation, AllocationKind, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.project import ProjectReport

_STAGES = (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)


def project_name(c: Composition, index: int) -> Runs:
    """The name of the project with the largest allocation (0), the second (1) …"""
    reports = c.portfolio.projects
    return named(reports[index].reported_as) if index < len(reports) else ()


def project_fact(c: Composition, report: ProjectReport, stage: Stage | None) -> Printed:
    """The allocation of a project, or the amount of a stage."""
    return ProjectFacts(c, report).amount(stage)


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


def _proposed_words(c: Composition) -> Runs:
    """That the total of the allocations is one of proposals, all or some; no words where none is, or no total."""
    kinds = {v.kind for v in allocations_used(c)}
    if projects_total(c).value is None or AllocationKind.PROPOSED not in kinds:
        return ()
    return say("proposed" if len(kinds) == 1 else "in part proposed")


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
    return any(not isinstance(c.portfolio.amount_of(report, stage), Absence) for stage in _STAGES)


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


def _stage_sum(c: Composition, stage: Stage) -> Money | Absence:
    return total_of([c.portfolio.amount_of(p, stage) for p in c.portfolio.projects])


def stage_total(c: Composition, stage: Stage) -> Printed:
    """The sum of a stage over all projects; absent when one of them does not report it."""
    return c.ledger.money(
        f"projects.{stage.value}",
        f"Sum of the amounts {stage.value}, all projects",
        _stage_sum(c, stage),
        formula=f"sum of the amounts {stage.value}",
        operation="sum",
        inputs=tuple(project_fact(c, p, stage).fact for p in c.portfolio.projects),
    )


def stage_rate(c: Composition, whole: Stage | None) -> Printed:
    """What all projects utilised as a percentage of the amount of a stage, or of their allocations."""
    base = projects_total(c) if whole is None else stage_total(c, whole)
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
        inputs=(stage_total(c, Stage.UTILISED).fact, base.fact),
    )


def project_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of projects."""
    return {
        "projects": partial(project_count, c),
        "projects.any": partial(_any_projects, c),
        "projects.noun": lambda: say("project" if project_count(c).value == 1 else "projects"),
        "projects.none": lambda: () if c.portfolio.projects else say("No project is reported one by one."),
        "projects.total": partial(projects_total, c),
        "projects.version": lambda: wording.version_words(allocations_used(c)),
        "projects.proposed": partial(_proposed_words, c),
        **{f"projects.{s.value}": partial(stage_total, c, s) for s in _STAGES},
        "projects.of-authorised": partial(stage_rate, c, Stage.AUTHORISED),
        "projects.of-released": partial(stage_rate, c, Stage.RELEASED),
        "projects.of-allocation": partial(stage_rate, c, None),
        "projects.silent": partial(silent_projects, c),
        "projects.some-silent": lambda: silent_projects(c).if_any(),
        "projects.all-silent": partial(_if_all_silent, c),
        "projects.one-silent": partial(_if_one_silent, c),
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
    """How many projects there are, where there are several and none reports money."""
    count, silent = project_count(c), silent_projects(c)
    return count.if_any() if count.value == silent.value and count.value != 1 else ()


def _if_one_silent(c: Composition) -> Runs:
    """The name of the only project, where it reports no money."""
    return project_name(c, 0) if project_count(c).value == silent_projects(c).value == 1 else ()
