"""YAML and JSON: scalars stay the text that stood in the file; nothing is guessed to be a number, a date or
a truth value. No tags, no aliases, no duplicate keys, a limit on depth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from moitt_report.errors import Problem, shown
from moitt_report.intake.json_scan import JsonError, Kind, scan_json
from moitt_report.intake.tree import Cell, Fields, Items, Tree
from moitt_report.plain_yaml import DEEPEST, TOO_DEEP, not_plain


def read_text(text: str, name: str, *, json: bool) -> tuple[Tree | None, list[Problem]]:
    """The tree that `text` holds as YAML, or as JSON, and the problems found on the way.

    `name` is the file's name in addresses. The tree is None when nothing of it can be used.
    """
    builder = _Builder(name)
    if not text.strip():
        return None, [Problem(f"{name}:1", "the file is empty", "fill it in, or leave it out")]
    try:
        return builder.build((_json_events if json else _yaml_events)(text)), builder.problems
    except _Refusal as refusal:
        return None, [*builder.problems, refusal.problem(name)]


@dataclass(frozen=True, slots=True)
class _Mark:
    """One step of a file, whatever its format: a scalar, or the begin or end of a collection."""

    kind: Kind
    line: int
    text: str | None = None


class _Refusal(Exception):  # noqa: N818  said of the file, no error of the program
    """A file that is not read: the line, what is wrong there, and the remedy."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy

    def problem(self, name: str) -> Problem:
        """The same as a problem of the file `name`."""
        return Problem(f"{name}:{self.line}", self.what, self.remedy)


_SURROGATE = re.compile("[\ud800-\udfff]")


class _Builder:
    """Builds the tree from marks; keeps going over duplicate keys, which it reports."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def build(self, marks: Iterator[_Mark]) -> Tree:
        self.marks = marks
        first = next(marks, None)
        if first is None:
            raise _Refusal(1, "the file is empty", "fill it in, or leave it out")
        tree = self._value(first, 1)
        extra = next(marks, None)
        if extra is not None:
            raise _Refusal(extra.line, "a second document begins here", "keep one return in a file")
        return tree

    def _where(self, line: int) -> str:
        return f"{self.name}:{line}"

    def _value(self, mark: _Mark, depth: int) -> Tree:
        if depth > DEEPEST:
            raise _Refusal(mark.line, *TOO_DEEP)
        if mark.kind == "scalar":
            return Cell(_whole(mark), self._where(mark.line))
        if mark.kind == "items":
            values = []
            while (inner := next(self.marks)).kind != "end":
                values.append(self._value(inner, depth + 1))
            return Items(tuple(values), self._where(mark.line))
        return self._fields(mark, depth)

    def _fields(self, mark: _Mark, depth: int) -> Fields:
        values: dict[str, Tree] = {}
        keys: dict[str, str] = {}
        while (key := next(self.marks)).kind != "end":
            if key.kind != "scalar" or key.text is None:
                raise _Refusal(key.line, "a name must be plain text", "write “name: value”")
            name = _whole(key) or ""
            value = self._value(next(self.marks), depth + 1)
            if name in values:
                first = keys[name].rpartition(":")[2]
                self.problems.append(
                    Problem(
                        self._where(key.line),
                        f"“{shown(name)}” is given twice; the first is in line {first}",
                        "keep one of the two",
                    )
                )
                continue
            keys[name] = self._where(key.line)
            # Nothing has no line of its own: YAML puts it where the next thing begins.
            values[name] = Cell(None, keys[name]) if value == Cell(None, value.where) else value
        return Fields(values, keys, self._where(mark.line))


def _whole(mark: _Mark) -> str | None:
    """The text of `mark`, which must not hold half of a character: such text can be written nowhere."""
    half = _SURROGATE.search(mark.text or "")
    if half:
        raise _Refusal(
            mark.line, f"holds half of a character (U+{ord(half[0]):04X})", "write the character itself"
        )
    return mark.text


def _yaml_events(text: str) -> Iterator[_Mark]:
    line = 1
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            mark = _yaml_mark(event)
            if mark is not None:
                line = mark.line
                yield mark
    except MarkedYAMLError as fault:
        mark = fault.problem_mark
        if fault.context_mark and "end of stream" in str(fault.problem):
            mark = fault.context_mark  # where it was left open, not where the file ends
        raise _Refusal(
            mark.line + 1 if mark else line,
            f"is not valid YAML: {fault.problem}",
            "mend this line or the one before it",
        ) from None
    except ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        code = ord(text[fault.position])
        raise _Refusal(line, f"holds the character U+{code:04X}, which YAML forbids", "remove it") from None
    except YAMLError as fault:
        what = " ".join(str(fault).split())
        raise _Refusal(line, f"is not valid YAML: {what}", "mend this line or the one after it") from None
    except (ValueError, OverflowError):  # "\UFFFFFFFF": the reader asks Python for a character there is not
        raise _Refusal(line, "names a character that does not exist", "look for “\\U” near here") from None


def _yaml_mark(event: Event) -> _Mark | None:
    line = event.start_mark.line + 1 if event.start_mark else 1
    if fault := not_plain(event):
        raise _Refusal(line, *fault)
    match event:
        case ScalarEvent():
            empty = event.style is None and event.value in {"", "~", "null", "Null", "NULL"}
            return _Mark("scalar", line, None if empty else str(event.value))
        case SequenceStartEvent():
            return _Mark("items", line)
        case MappingStartEvent():
            return _Mark("fields", line)
        case SequenceEndEvent() | MappingEndEvent():
            return _Mark("end", line)
        case _:
            return None


def _json_events(text: str) -> Iterator[_Mark]:
    try:
        for kind, line, value in scan_json(text):
            yield _Mark(kind, line, value)
    except JsonError as fault:
        raise _Refusal(
            fault.line, f"is not valid JSON: {fault.what}", "mend this line or the one before it"
        ) from None
