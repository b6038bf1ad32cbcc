"""Trees of cells to records: names become ids, values become models, faults get their address back."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from moitt_report.errors import Problem
from moitt_report.intake.tree import Cell, Fields, Items, Tree
from moitt_report.model.agency_return import AgencyReturn, faults_of
from moitt_report.model.budget import Allocation, Amount, Budget, Stage
from moitt_report.model.kpi import Kpi, Reading, Target
from moitt_report.model.project import Agency, Progress, Project, ProjectReport
from moitt_report.model.record import Id
from moitt_report.model.registers import Register, Registers
from moitt_report.model.source import Source

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]
_ID: TypeAdapter[str] = TypeAdapter(Id)

_KEYS = sorted(
    {
        name
        for model in (
            AgencyReturn,
            Source,
            Budget,
            Allocation,
            Amount,
            ProjectReport,
            Progress,
            Reading,
            Target,
        )
        for name in model.model_fields
        if name != "address"
    }
)
# What is wrong, in plain English, by the type of Pydantic's error.
_SAYINGS: Mapping[str, tuple[str, str]] = {
    "missing": ("“{name}” is missing", "add it"),
    "extra_forbidden": ("“{name}” is not a known name", "{near}"),
    "string_type": ("“{name}” should be one piece of text", "write a single value"),
    "string_too_long": ("“{name}” is longer than {max_length} characters", "shorten it"),
    "string_too_short": ("“{name}” is empty", "fill it in, or leave the line out"),
    "string_pattern_mismatch": (
        "“{input}” is not a valid {name}",
        "see the form of a return: moitt-report schema return",
    ),
    "tuple_type": ("“{name}” should be a list", "begin each entry with “- ”"),
    "model_type": ("“{name}” should be a group of named values", "write “name: value” lines"),
    "model_attributes_type": ("“{name}” should be a group of named values", "write “name: value” lines"),
    "enum": ("“{input}” is not a {name}", "write {expected}"),
    "literal_error": ("“{input}” is not a {name}", "write {expected}"),
    "date_from_datetime_parsing": ("“{input}” is not a date", "write year-month-day, for example 2024-12-31"),
    "date_parsing": ("“{input}” is not a date", "write year-month-day, for example 2024-12-31"),
    "date_type": ("“{name}” is not a date", "write year-month-day, for example 2024-12-31"),
}


def bind(tree: Tree, model: type[Model], name: str) -> tuple[Model | None, list[Problem]]:
    """The record that `tree` holds, or None and every fault in it with its address."""
    if not isinstance(tree, Fields):
        return None, [
            Problem(tree.where, f"a {name} should be a group of named values", "write “name: value” lines")
        ]
    problems = list(_reserved(tree))
    values = _plain(tree)
    if "address" not in model.model_fields:
        del values["address"]
    try:
        return model.model_validate(values), problems
    except ValidationError as fault:
        errors = fault.errors(include_url=False)
        problems += [_problem(tree, error) for error in errors if not _told(tree, error)]
        return None, problems


def bind_return(tree: Tree, registers: Registers) -> tuple[AgencyReturn | None, list[Problem]]:
    """The return that `tree` holds; names of agencies, KPIs and projects are resolved by the registers."""
    resolved, problems = _resolve_return(tree, registers)
    filed, faults = bind(resolved, AgencyReturn, "return")
    problems += faults
    if filed is not None:
        problems += faults_of(filed)
    elif isinstance(resolved, Fields):
        problems += _faults_of_the_rest(resolved)
    return filed, sorted(problems, key=lambda problem: problem.order)


# --- names to ids -------------------------------------------------------------------------------


def _resolve_return(tree: Tree, registers: Registers) -> tuple[Tree, list[Problem]]:
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
    "choices": ("figure",),
}


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
        case "figure" if isinstance(cell, Cell) and cell.text in _MONEY_FIGURES:
            return cell
        case _:
            return _resolve(cell, registers.kpis, "KPI", problems)


_MONEY_FIGURES = {"allocation", *Stage}


def _resolve(
    cell: Tree | None,
    register: Register[Agency] | Register[Kpi] | Register[Project],
    noun: str,
    problems: list[Problem],
) -> Tree | None:
    if not isinstance(cell, Cell) or cell.text is None:
        return cell
    entry = register.find(cell.text)
    if entry is not None:
        return Cell(entry.id, cell.where)
    near = register.nearest(cell.text)
    remedy = f"did you mean “{near}”?" if near else f"see the known ones: moitt-report list {noun.lower()}"
    problems.append(Problem(cell.where, f"“{_short(cell.text)}” is not a known {noun}", remedy))
    return Cell("unknown", cell.where)


# --- what is left when faulty entries are set aside ---------------------------------------------


def _faults_of_the_rest(tree: Fields) -> list[Problem]:
    """The faults between the entries that are sound, so that one faulty entry hides no other fault."""
    plain = _plain(tree)
    try:
        AgencyReturn.model_validate(plain)
    except ValidationError as fault:
        aside: set[Loc] = set()
        for error in fault.errors(include_url=False, include_input=False, include_context=False):
            loc = error["loc"]
            depth = max((n for n, step in enumerate(loc) if isinstance(step, int)), default=-1)
            aside.add(loc[: depth + 1])
        try:
            filed = AgencyReturn.model_validate(_rest(plain, (), aside))
        except ValidationError:
            return []
        # What a faulty entry would have used seems unused now; only what is certain is said.
        return [p for p in faults_of(filed) if p.severity == "error"]
    return []


def _rest(value: Any, loc: Loc, aside: set[Loc]) -> Any:
    """`value` without the entries at `aside`; of a source, its id stays, for others name it."""
    if isinstance(value, dict):
        return {key: _rest(inner, (*loc, key), aside) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    kept = []
    for n, inner in enumerate(value):
        if (*loc, n) not in aside:
            kept.append(_rest(inner, (*loc, n), aside))
        elif loc == ("sources",) and isinstance(inner, dict) and _is_id(inner.get("id")):
            kept.append({"id": inner["id"], "publisher": "?", "address": inner["address"]})
    return kept


def _is_id(text: Any) -> bool:
    try:
        _ID.validate_python(text)
    except ValidationError:
        return False
    return True


# --- trees to plain values, errors to addresses -------------------------------------------------


def _plain(tree: Tree) -> Any:
    match tree:
        case Cell():
            return tree.text
        case Items():
            return [_plain(value) for value in tree.values]
        case Fields():
            named = {key: _plain(value) for key, value in tree.values.items() if key != "address"}
            return {key: value for key, value in named.items() if value is not None} | {"address": tree.where}


def _reserved(tree: Tree) -> Iterator[Problem]:
    match tree:
        case Cell():
            return
        case Items():
            for value in tree.values:
                yield from _reserved(value)
        case Fields():
            if "address" in tree.keys:
                yield Problem(tree.keys["address"], "“address” is not a known name", "remove it")
            for key, value in tree.values.items():
                if isinstance(value, Cell) and value.text is None and not value.told and key != "address":
                    yield Problem(value.where, f"“{key}” has no value", "write the value, or “not reported”")
                yield from _reserved(value)


def _told(tree: Fields, error: Any) -> bool:
    """Whether the cell of `error`, or one its rule needs, is empty: that has been said already."""
    node: Tree = tree
    named = False
    for step in error["loc"]:
        named = isinstance(node, Fields)
        if isinstance(node, Fields) and step in node.values:
            node = node.values[step]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.values):
            node = node.values[step]
        else:
            return False
    if isinstance(node, Fields):
        cells = (value for key, value in node.values.items() if key != "address")
        return error["type"] == "value_error" and any(isinstance(c, Cell) and c.text is None for c in cells)
    return isinstance(node, Cell) and node.text is None and (named or node.told)


def _problem(tree: Fields, error: Any) -> Problem:
    loc: Loc = error["loc"]
    kind: str = error["type"]
    where, name = _address(tree, loc, at_key=kind == "extra_forbidden")
    if kind in {"value_error", "assertion_error"}:
        what = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
        return Problem(where, what, "correct it in the file")
    saying, remedy = _SAYINGS.get(kind, ("“{name}”: {msg}", "correct it in the file"))
    words = {
        "name": name,
        "near": _near(name),
        "input": _short(str(error.get("input"))),
        "msg": error["msg"],
        "expected": "",
        "max_length": "",
        **error.get("ctx", {}),
    }
    return Problem(where, saying.format(**words), remedy.format(**words))


def _near(name: str) -> str:
    found = get_close_matches(name, _KEYS, n=1, cutoff=0.6)
    return (
        f"did you mean “{found[0]}”?" if found else "remove it, or see the form: moitt-report schema return"
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _address(tree: Fields, loc: Loc, *, at_key: bool) -> tuple[str, str]:
    """Where `loc` stands in the file, and the name of the value there; the nearest place if it is missing."""
    node: Tree = tree
    where, name = tree.where, "return"
    for step in loc:
        if isinstance(step, str):
            name = step
        if isinstance(node, Fields) and step in node.values:
            where = node.keys.get(str(step), node.where) if at_key else node.values[str(step)].where
            node = node.values[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.values):
            node = node.values[step]
            where = node.where
        else:
            break
    return where, name
