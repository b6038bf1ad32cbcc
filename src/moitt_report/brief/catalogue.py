"""The tables and charts that an outline may name, and what the data must hold for each to be printed."""

from collections.abc import Callable, Iterator, Mapping

from moitt_report.brief import (
    agencies,
    budgets,
    changes,
    completion,
    decisions,
    exports,
    fact_annex,
    flags,
    kpi_table,
    legends,
    needs,
    pc_iv,
    position,
    progress,
    project_page,
    project_table,
    reconciliation,
    remarks,
    reply,
    returns,
    sources,
    stages,
    warnings,
    year_earlier,
)
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Chart, Table
from moitt_report.brief.outline import BlockPart, Outline, PairPart
from moitt_report.brief.rounding import with_rounding_notes
from moitt_report.errors import Problem

Composer = Callable[[Composition, BlockPart], Table | Chart]

BLOCKS: Mapping[str, Composer] = {
    "position": position.position_table,
    "position-chart": position.position_chart,
    "budgets": budgets.budget_table,
    "returns": returns.return_table,
    "stages": stages.stage_table,
    "projects": project_table.project_table,
    "agencies": agencies.agency_table,
    "kpis": kpi_table.kpi_table,
    "exports-months": exports.months_chart,
    "exports-year": exports.year_chart,
    "exports-target": exports.target_chart,
    "year-earlier": year_earlier.year_earlier_table,
    "progress": progress.progress_table,
    "flags": flags.flag_table,
    "bottlenecks": decisions.issue_table,
    "zero-expenditure": needs.zero_table,
    "ahead": needs.ahead_table,
    "remarks": remarks.remark_table,
    "side-by-side": project_page.side_by_side,
    "phasing": pc_iv.phasing_table,
    "physical-targets": pc_iv.targets_table,
    "project-milestones": project_page.milestones_table,
    "completed-by-agency": completion.completed_chart,
    "nics-by-place": completion.places_chart,
    "kpi-list": completion.kpi_list,
    "milestones": completion.milestone_table,
    "results": reply.results_table,
    "completed": reply.completed_table,
    "nics": reply.nics_table,
    "reconciliation": reconciliation.reconciliation_table,
    "changes": changes.change_table,
    "restated": changes.restated_table,
    "warnings": warnings.warning_table,
    "status-rule": legends.status_table,
    "absences": legends.absence_table,
    "sources": sources.source_table,
    fact_annex.BLOCK: fact_annex.fact_table,
}
"""The tables and charts an outline may name."""

BORNE: Mapping[str, Callable[[Composition], bool]] = {
    # The whole has a position, if only one that nobody reported; an agency or a project need not.
    "position": lambda c: c.about is None or bool(c.portfolio.standings),
    "position-chart": lambda c: any(standing.stages for standing in c.portfolio.standings),
    "budgets": budgets.has_several,
    "returns": returns.has_several,
    "stages": stages.has_stages,
    "projects": lambda c: bool(c.portfolio.projects),
    "agencies": lambda c: bool(c.portfolio.projects),
    "progress": lambda c: bool(c.portfolio.projects),
    "kpis": kpi_table.has_rows,
    "exports-months": lambda c: exports.has_months(c, c.portfolio.period),
    # Up to half a year the months of the quarter say it all.
    "exports-year": lambda c: len(c.portfolio.to_date) > 6 and exports.has_months(c, c.portfolio.to_date),
    "exports-target": exports.has_target_chart,
    "bottlenecks": lambda c: bool(decisions.raised(c)),
    "zero-expenditure": lambda c: bool(needs.zero_projects(c)),
    "ahead": needs.has_ahead,
    "remarks": remarks.has_remarks,
    "side-by-side": lambda c: project_page.the_project(c) is not None,
    "phasing": lambda c: project_page.the_project(c) is not None,
    "physical-targets": pc_iv.has_targets,
    "project-milestones": project_page.has_milestones,
    "completed-by-agency": lambda c: completion.has_parts(c, completion.COMPLETED),
    "nics-by-place": lambda c: completion.has_parts(c, completion.NICS),
    "results": reply.has_results,
    "completed": lambda c: completion.has_parts(c, completion.COMPLETED),
    "nics": lambda c: completion.has_parts(c, completion.NICS),
    "kpi-list": completion.has_list,
    "milestones": completion.has_milestones,
    "year-earlier": year_earlier.has_year_earlier,
    "flags": lambda c: bool(flags.found(c)),
    "warnings": lambda c: bool(warnings.found(c)),
    "reconciliation": lambda c: bool(c.conflicts),
    "changes": changes.has_moved,
    "restated": changes.has_restated,
    "sources": lambda c: bool(c.ledger.sources.listed),
}
"""What the data must hold for a block to be printed; a block not named here is always printed."""


def is_borne(c: Composition, block: str) -> bool:
    """Whether the data hold what a block prints."""
    borne = BORNE.get(block)
    return borne is None or borne(c)


def block_of(c: Composition, part: BlockPart) -> Table | Chart | None:
    """The table or chart that `part` names; None when the data for it are missing."""
    if not is_borne(c, part.block):
        return None
    block = BLOCKS[part.block](c, part)
    return with_rounding_notes(c, block) if isinstance(block, Table) else block


def unknown_blocks(outline: Outline) -> Iterator[Problem]:
    """Every block that the outline names and the catalogue does not."""
    parts = [part for section in outline.sections for part in section.parts]
    halves = [half for part in parts if isinstance(part, PairPart) for half in part.pair]
    named = [(p.block, p.title[0].where) for p in (*parts, *halves) if isinstance(p, BlockPart)]
    named += [(name, f"section {s.id}") for s in outline.sections for name in s.needs]
    for name, where in named:
        if name not in BLOCKS:
            yield Problem(where, f"“{name}” is not a known block", f"use one of {', '.join(BLOCKS)}")
