"""An outline read from its YAML file, each text with the line it stands on."""

from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from moitt_report.brief.outline import Outline
from moitt_report.errors import InputError, Problem
from moitt_report.plain_yaml import DEEPEST, TOO_DEEP, not_plain

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


class _NotPlainError(ComposerError):
    """A file that is not read although it is YAML: `problem` says why, `note` what to do."""


class _PlainComposer(Composer):
    """Composes plain YAML, and refuses what is not."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader)
        self._depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The node that begins at the next event. Raises `_NotPlainError`."""
        event = self.parser.peek_event()
        fault = TOO_DEEP if self._depth == DEEPEST else not_plain(event)
        if fault:
            what, remedy = fault
            raise _NotPlainError(None, None, what, event.start_mark, remedy)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def read_outline(text: str, name: str) -> Outline:
    """The outline in the YAML `text`; `name` is what problems call its file.

    Raises `InputError` with every fault, each at its line.
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.Composer = _PlainComposer
    try:
        tree = yaml.load(text)
    except _NotPlainError as fault:
        where = f"{name}:{fault.problem_mark.line + 1}"
        raise InputError([Problem(where, fault.problem, fault.note)]) from None
    except MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise InputError(
            [Problem(f"{name}:{line}", f"is not valid YAML: {fault.problem}", "mend this line")]
        ) from None
    except YAMLError as fault:
        raise InputError([Problem(name, f"is not valid YAML: {fault}", "mend it")]) from None
    except (ValueError, OverflowError):  # of Python, which is asked for what YAML takes the words for
        what = "holds a date or a number that there is not, or a character"
        raise InputError(
            [Problem(name, what, "put quotation marks around words that look like one")]
        ) from None
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
