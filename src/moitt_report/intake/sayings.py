"""Pydantic's errors in plain English: where, what, and what to do."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from moitt_report.errors import Problem, shown
from moitt_report.intake.tree import Cell, Fields, Items, Tree
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.budget import Allocation, Amount, Budget
from moitt_report.model.kpi import Reading, Target
from moitt_report.model.project import Progress, ProjectReport
from moitt_report.model.record import LONGEST_ID
from moitt_report.model.source import Source

Loc = tuple[int | str, ...]

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
    "decimal_max_digits": ("“{name}” has more than {max_digits} digits", "check it"),
    "decimal_whole_digits": ("“{name}” has more than {whole_digits} digits before the point", "check it"),
    "decimal_max_places": ("“{name}” has more than {decimal_places} decimals", "check it"),
    "decimal_type": ("“{name}” should be one number", "write digits, or “not reported”"),
    "less_than_equal": ("“{name}” is {input}, above {le}", "correct it in the file"),
    "greater_than_equal": ("“{name}” is {input}, below {ge}", "correct it in the file"),
    "greater_than": ("“{name}” is {input}, not above {gt}", "correct it in the file"),
    "enum": ("“{input}” is not a {name}", "write {expected}"),
    "literal_error": ("“{input}” is not a {name}", "write {expected}"),
    "date_from_datetime_parsing": ("“{input}” is not a date", "write year-month-day, for example 2024-12-31"),
    "date_parsing": ("“{input}” is not a date", "write year-month-day, for example 2024-12-31"),
    "date_type": ("“{name}” is not a date", "write year-month-day, for example 2024-12-31"),
}


def saying(tree: Fields, error: Any, model: type[BaseModel], *, suggest: bool = True) -> Problem | None:
    """One error as a problem; None when an empty value, reported by itself, explains it.

    With `suggest`, a name that is not known is given the nearest that is.
    """
    loc: Loc = error["loc"]
    kind: str = error["type"]
    node, where, name = _place(tree, loc, at_key=kind == "extra_forbidden")
    if isinstance(node, Cell) and node.text is None and node.told:
        return None
    if (kind == "missing" and isinstance(node, Cell)) or (
        kind == "value_error" and _explained(node, error["msg"])
    ):
        return None
    if kind in {"value_error", "assertion_error"}:
        what = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
        remedy = (
            "write Rs, the number and its unit" if "amount of money" in what else "correct it in the file"
        )
        return Problem(where, _tamed(what), remedy)
    what, remedy = _SAYINGS.get(kind, ("“{name}”: {msg}", "correct it in the file"))
    if name == "percent" and len(loc) > 2:  # the one value of an entry of “physical” or “financial”
        name = f"{loc[-3]} progress"
    if (
        kind == "string_pattern_mismatch"
        and name in {"id", "source"}
        and (id := _as_id(str(error.get("input"))))
    ):
        remedy = f"write it in small letters, digits and hyphens: “{id}”"
    words = {
        "name": shown(name),
        "near": _near(name, model, suggest=suggest),
        "input": shown(str(error.get("input"))),
        "msg": _tamed(str(error["msg"])),
        "expected": "",
        "max_length": "",
        **error.get("ctx", {}),
    }
    return Problem(where, what.format(**words), remedy.format(**words))


def _as_id(text: str) -> str:
    """An id near to what was written; empty when nothing of it can stand in one."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:LONGEST_ID].strip("-")


def _tamed(message: str) -> str:
    """A message whose quotations can be shown: nothing unprintable, nothing endless."""
    return re.sub(r"“([^”]*)”", lambda found: f"“{shown(found[1])}”", message)


def _explained(node: Tree, message: str) -> bool:
    """Whether a rule between values failed because one of them is empty or has been refused already."""
    if not isinstance(node, Fields):
        return False
    empty = [value for value in node.values.values() if isinstance(value, Cell) and value.text is None]
    return any(cell.told or "or a milestone" in message for cell in empty)


def _near(name: str, model: type[BaseModel], *, suggest: bool) -> str:
    known: Sequence[str] = _KEYS if model is AgencyReturn else sorted(set(model.model_fields) - {"address"})
    found = get_close_matches(name, known, n=1, cutoff=0.6) if suggest and len(name) <= 60 else []
    if found:
        return f"did you mean “{found[0]}”?"
    form = "see the form: moitt-report schema return" if known is _KEYS else f"known are {', '.join(known)}"
    return f"remove it, or {form}"


def _place(tree: Fields, loc: Loc, *, at_key: bool) -> tuple[Tree, str, str]:
    """What stands at `loc`, its address and its name; the nearest thing around it when it is missing."""
    node: Tree = tree
    where, name = tree.where, "return"
    for step in loc:
        if isinstance(step, str):
            name = step
        if isinstance(node, Fields) and step in node.values:
            inner = node.values[str(step)]
            where = node.keys.get(str(step), inner.where) if at_key else inner.where
            node = inner
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.values):
            node = node.values[step]
            where = node.where
        else:
            break
    return node, where, name
