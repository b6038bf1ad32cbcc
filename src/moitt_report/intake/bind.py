"""Trees of cells to records: names become ids, values become models, faults get their address back."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from moitt_report.errors import Problem, errors_in, shown
from moitt_report.intake.names import MOST_SUGGESTIONS, resolve_names
from moitt_report.intake.reading import Blank, left_blank, not_filled_in
from moitt_report.intake.sayings import Loc, saying
from moitt_report.intake.shape import one_entry_each
from moitt_report.intake.tree import Cell, Fields, Items, Tree
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.registers import Registers
from moitt_report.model.return_faults import faults_of

Model = TypeVar("Model", bound=BaseModel)


def bind(tree: Tree, model: type[Model], name: str) -> tuple[Model | None, list[Problem]]:
    """The record that `tree` holds, or None and every fault in it with its address."""
    record, problems, _ = _bind(tree, model, name)
    return record, problems


def bind_return(tree: Tree, registers: Registers) -> tuple[AgencyReturn | None, list[Problem]]:
    """The return that `tree` holds; names of agencies, KPIs and projects are resolved by the registers."""
    resolved, problems = resolve_names(_with_places(tree), registers)
    resolved = one_entry_each(resolved, problems)
    filed, faults, locs = _bind(resolved, AgencyReturn, "return")
    problems += faults
    if filed is not None:
        problems += faults_of(filed)
    elif isinstance(resolved, Fields) and locs:
        problems += _faults_of_the_rest(resolved, locs)
    return filed, sorted(problems, key=lambda p: p.order)


def _with_places(tree: Tree) -> Tree:
    """The tree with each plain remark as an entry of its own, so that it keeps its address."""
    listing = tree.values.get("remarks") if isinstance(tree, Fields) else None
    if not isinstance(tree, Fields) or not isinstance(listing, Items):
        return tree
    entries = tuple(
        Fields({"text": one}, {}, one.where) if isinstance(one, Cell) and one.text is not None else one
        for one in listing.values
    )
    return Fields(tree.values | {"remarks": Items(entries, listing.where)}, tree.keys, tree.where)


def _bind(tree: Tree, model: type[Model], name: str) -> tuple[Model | None, list[Problem], list[Loc]]:
    if not isinstance(tree, Fields):
        what = f"a {name} should be a group of named values"
        return None, [Problem(tree.where, what, "write “name: value” lines")], []
    entries = list(_asking(tree, name))
    blanks = [Blank(about, entry.where) for about, entry in entries if _unanswered(entry)]
    if len(entries) > 1 and len(blanks) == len(entries):
        problems = [not_filled_in(tree.where, "error", blanks)]
    else:
        problems = list(_at_sight(tree)) + left_blank(blanks, "fill it in, or remove the entry", "error")
    values = _plain(tree)
    if "address" not in model.model_fields:
        del values["address"]
    try:
        return model.model_validate(values), problems, []
    except ValidationError as fault:
        errors = _but_for_faulty_sources(tree, fault.errors(include_url=False))
        said = [
            problem
            for n, error in enumerate(errors)
            if (problem := saying(tree, error, model, suggest=n < MOST_SUGGESTIONS)) is not None
        ]
        taken = {problem.where for problem in problems}
        problems += [p for p in said if p.where not in taken or "should be a group" not in p.what]
        return None, problems, [error["loc"] for error in errors]


def _but_for_faulty_sources(tree: Fields, errors: list[Any]) -> list[Any]:
    """The errors without those of figures that name a source by the id it is listed under: it is told there, once."""
    listed = tree.values.get("sources")
    entries = listed.values if isinstance(listed, Items) else ()
    ids = [_plain(one).get("id") for one in entries if isinstance(one, Fields)]
    return [
        error
        for error in errors
        if not (
            error["type"] == "string_pattern_mismatch"
            and error["loc"][-1] == "source"
            and error["input"] in ids
        )
    ]


def _faults_of_the_rest(tree: Fields, locs: list[Loc]) -> list[Problem]:
    """The faults between the parts that are sound, so that an officer sees those too in the same run.

    A faulty entry of a list is left out, the innermost one; a faulty source stays by its id, since figures
    refer to it. Choices are left out, since what they choose may be missing now.
    """
    aside = {_part(loc) for loc in locs} | {("choices",)}
    rest, _, _ = _bind(_rest(tree, (), aside, frozenset(locs)), AgencyReturn, "return")
    return [] if rest is None else errors_in(faults_of(rest))


def _part(loc: Loc) -> Loc:
    """The innermost entry of a list that `loc` lies in; outside of lists, the value at the top."""
    depth = max((n for n, step in enumerate(loc) if isinstance(step, int)), default=0)
    return loc[: depth + 1]


def _rest(tree: Tree, loc: Loc, aside: set[Loc], faulty: frozenset[Loc]) -> Tree:
    match tree:
        case Cell():
            return tree
        case Fields():
            values = {
                key: _rest(value, (*loc, key), aside, faulty)
                for key, value in tree.values.items()
                if (*loc, key) not in aside
            }
            return Fields(values, tree.keys, tree.where)
        case Items():
            kept: list[Tree | None] = []
            for n, value in enumerate(tree.values):
                if (*loc, n) not in aside:
                    kept.append(_rest(value, (*loc, n), aside, faulty))
                elif loc == ("sources",) and (*loc, n, "id") not in faulty:
                    kept.append(_stub(value))
            return Items(tuple(value for value in kept if value is not None), tree.where)


def _stub(source: Tree) -> Tree | None:
    """A source by its id alone."""
    id = source.values.get("id") if isinstance(source, Fields) else None
    if not isinstance(source, Fields) or not isinstance(id, Cell) or id.text is None:
        return None
    return Fields({"id": id, "publisher": Cell("faulty", source.where)}, source.keys, source.where)


def _plain(tree: Tree) -> Any:
    match tree:
        case Cell():
            return tree.text
        case Items():
            return [_plain(value) for value in tree.values]
        case Fields():
            named = {key: _plain(value) for key, value in tree.values.items() if key != "address"}
            return {key: value for key, value in named.items() if value is not None} | {"address": tree.where}


def _at_sight(tree: Tree, name: str = "return") -> Iterator[Problem]:
    """Faults that need no model: empty values, and a name that is ours."""
    match tree:
        case Cell():
            return
        case Items():
            for value in tree.values:
                if _untold(value):
                    what = f"an entry of “{shown(name)}” is empty"
                    yield Problem(value.where, what, "fill it in, or remove its “-”")
                if not isinstance(value, Cell):
                    yield from _at_sight(value, name)
        case Fields():
            if _unanswered(tree):
                return
            if "address" in tree.keys:
                yield Problem(tree.keys["address"], "“address” is not a known name", "remove it")
            for key, value in tree.values.items():
                if _untold(value) and key != "address":
                    yield Problem(value.where, f"“{shown(key)}” has no value", _fill(key))
                if not isinstance(value, Cell):
                    yield from _at_sight(value, key)


_ASKED = frozenset(
    ("amount", "value", "percent", "milestone", "begins", "ends", "as_of", "source", "id", "publisher")
)
"""What an agency fills in, in the entries that a form has ready for it."""


_ABOUT = ("project", "covers", "kpi")
"""What says whose figures an entry asks for."""


def _asking(tree: Tree, name: str) -> Iterator[tuple[str, Fields]]:
    """The innermost groups that ask for something, each with whose figures it asks for, or what it is called."""
    match tree:
        case Cell():
            return
        case Items():
            for value in tree.values:
                yield from _asking(value, name)
        case Fields():
            given = (tree.values.get(key) for key in _ABOUT)
            about = next((cell.text for cell in given if isinstance(cell, Cell) and cell.text), None)
            if not _ASKED.isdisjoint(tree.values):
                yield about or name, tree
            else:
                for key, value in tree.values.items():
                    yield from _asking(value, about or key)


def _unanswered(entry: Fields) -> bool:
    """Whether all that an entry asks for is blank, and that is more than one thing."""
    asked = [value for key, value in entry.values.items() if key in _ASKED]
    return len(asked) > 1 and all(map(_untold, asked))


def _untold(value: Tree) -> bool:
    return isinstance(value, Cell) and value.text is None and not value.told


_MAY_BE_ABSENT = {"amount", "value"}
"""What may be not reported; a date, a source, a name may not."""

_NEEDED = frozenset(
    "publisher id name begins ends percent bottleneck owner rule about who when why reason".split()
)
"""What no entry that has it can do without: to remove it would be the next fault."""


def _fill(key: str) -> str:
    if key[:1].isdigit():  # "Rs 7,000 million" in braces is cut at its comma
        return "put a text with a comma in quotation marks where it stands in braces"
    if key in _MAY_BE_ABSENT:
        return "write the value, or “not reported”"
    return "write the value" if key in _NEEDED else "write the value, or remove it"
