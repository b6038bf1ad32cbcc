"""An outline read from its YAML file, each text with the line it stands on."""

from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from moitt_report.brief.outline import Outline
from moitt_report.errors import InputError, Problem

_PLAIN = {
    "outline",
    "about",
    "id",
    "name",
    "side",
    "role",
    "block",
    "level",
    "most",
    "new_page",
    "numbered",
    "needs",
}
"""Keys whose values are words of the program, not prose."""


def read_outline(text: str, name: str) -> Outline:
    """The outline in the YAML `text`; `name` is what problems call its file.

    Raises `InputError` with every fault, each at its line.
    """
    try:
        tree = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise InputError(
            [Problem(f"{name}:{line}", f"is not valid YAML: {fault.problem}", "mend this line")]
        ) from None
    except YAMLError as fault:
        raise InputError([Problem(name, f"is not valid YAML: {fault}", "mend it")]) from None
    try:
        return Outline.model_validate(_with_lines(tree, name, ""))
    except ValidationError as fault:
        raise InputError(
            [
                Problem(
                    f"{name}:{_line(tree, error['loc'])}",
                    _what(error),
                    "compare with a built-in one: moitt-report show quarterly",
                )
                for error in fault.errors(include_url=False)
            ]
        ) from None


def _with_lines(tree: Any, name: str, key: str, line: int = 1) -> Any:
    """The tree with each prose text carrying its line."""
    match tree:
        case CommentedMap():
            return {k: _with_lines(v, name, k, tree.lc.value(k)[0] + 1) for k, v in tree.items()}
        case CommentedSeq():
            return [_with_lines(v, name, key, tree.lc.item(i)[0] + 1) for i, v in enumerate(tree)]
        case str() if key not in _PLAIN:
            return {"text": str(tree), "where": f"{name}:{line}"}
        case _:
            return tree


def _line(tree: Any, loc: tuple[int | str, ...]) -> int:
    line = 1
    for step in loc:
        if isinstance(tree, CommentedMap) and step in tree:
            line, tree = tree.lc.value(step)[0] + 1, tree[step]
        elif isinstance(tree, CommentedSeq) and isinstance(step, int) and step < len(tree):
            line, tree = tree.lc.item(step)[0] + 1, tree[step]
    return line


def _what(error: Any) -> str:
    name = next((str(step) for step in reversed(error["loc"]) if isinstance(step, str)), "outline")
    message = str(error["msg"]).removeprefix("Value error, ")
    return message if error["type"] == "value_error" else f"{name}: {message}"
