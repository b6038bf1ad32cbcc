"""Names in a return to ids of the registers, by id, name or alias; the nearest known one is suggested."""

from collections.abc import Mapping

from moitt_report.errors import Problem, shown
from moitt_report.intake.tree import Cell, Fields, Items, Tree
from moitt_report.model.agency_return import TARGET
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Kpi
from moitt_report.model.project import Agency, Project
from moitt_report.model.registers import Register, Registers
from moitt_report.model.waiver import BUDGET

MOST_SUGGESTIONS = 50
"""After so many unknown names no nearest one is looked for: it takes long, and a long list must not hold the program."""


def resolve_names(tree: Tree, registers: Registers) -> tuple[Tree, list[Problem]]:
    """The tree with every name of an agency, KPI or project replaced by its id, and the unknown ones."""
    if not isinstance(tree, Fields):
        return tree, []
    problems: list[Problem] = []
    values = dict(tree.values)
    agency = _resolve(values.get("agency"), registers.agencies, "agency", problems)
    if agency is not None:
        values["agency"] = agency
    for list_name, fields in _REFERENCES.items():
        listing = values.get(list_name)
        if isinstance(listing, Items):
            entries = tuple(_resolve_entry(entry, fields, registers, problems) for entry in listing.values)
            values[list_name] = Items(entries, listing.where)
    return Fields(values, tree.keys, tree.where), problems


_REFERENCES: Mapping[str, tuple[str, ...]] = {
    "readings": ("kpi", "agency", "project"),
    "targets": ("kpi",),
    "projects": ("project",),
    "choices": ("figure", "project", "kpi"),
    "issues": ("project",),
    "waivers": ("about",),
    "overrides": ("kpi",),
}
"""The fields that hold names, in the entries of each list of a return."""


def _resolve_entry(
    entry: Tree, fields: tuple[str, ...], registers: Registers, problems: list[Problem]
) -> Tree:
    if not isinstance(entry, Fields):
        return entry
    values = dict(entry.values)
    for field in fields:
        if field in values:
            resolved = _resolve_field(values[field], field, registers, problems)
            if resolved is not None:
                values[field] = resolved
    return Fields(values, entry.keys, entry.where)


def _resolve_field(cell: Tree, field: str, registers: Registers, problems: list[Problem]) -> Tree | None:
    match field:
        case "agency":
            return _resolve(cell, registers.agencies, "agency", problems)
        case "project":
            return _resolve(cell, registers.projects, "project", problems)
        case "figure" if isinstance(cell, Cell) and cell.text in _FIGURES:
            return cell
        case "about":
            return _resolve_any(cell, registers, problems)
        case _:
            return _resolve(cell, registers.kpis, "KPI", problems)


_FIGURES = {"allocation", *Stage, TARGET}
"""What a choice names that is no KPI."""


def _resolve_any(cell: Tree, registers: Registers, problems: list[Problem]) -> Tree | None:
    """What a waiver is about: the budget, a project, an agency, else a KPI."""
    if not isinstance(cell, Cell) or cell.text is None or cell.text == BUDGET:
        return cell
    for register in (registers.projects, registers.agencies):
        entry = register.find(cell.text)
        if entry is not None:
            return Cell(entry.id, cell.where)
    return _resolve(cell, registers.kpis, "project, agency or KPI", problems)


def _resolve(
    cell: Tree | None,
    register: Register[Agency] | Register[Kpi] | Register[Project],
    noun: str,
    problems: list[Problem],
) -> Tree | None:
    """The id that the name in `cell` stands for; what is no name is left as it is."""
    if not isinstance(cell, Cell) or cell.text is None:
        return cell
    entry = register.find(cell.text)
    if entry is not None:
        return Cell(entry.id, cell.where)
    near = register.nearest(cell.text) if len(problems) < MOST_SUGGESTIONS else None
    remedy = f"did you mean “{near}”?" if near else f"see the known ones: moitt-report list {noun.lower()}"
    problems.append(Problem(cell.where, f"“{shown(cell.text)}” is not a known {noun}", remedy))
    # Each has an id of its own, so that no two of them seem to be the same thing given twice.
    return Cell(f"unknown-{len(problems)}", cell.where)
