"""JSON is read as the standard library reads it, with the text of numbers and the line of faults."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moitt_report.intake.json_scan import JsonError, scan_json
from strategies import json_texts


def rebuilt(text: str) -> Any:
    """The value that the steps of `text` describe; scalars as text."""
    stack: list[list[Any]] = [[]]
    kinds: list[str] = []
    for kind, _, scalar in scan_json(text):
        if kind == "scalar":
            stack[-1].append(scalar)
        elif kind == "end":
            inner = stack.pop()
            stack[-1].append(
                dict(zip(inner[::2], inner[1::2], strict=True)) if kinds.pop() == "fields" else inner
            )
        else:
            kinds.append(kind)
            stack.append([])
    ((value,),) = stack
    return value


def as_text(value: Any) -> Any:
    """A value of the standard library with its scalars as text, `null` as None."""
    match value:
        case dict():
            return {key: as_text(inner) for key, inner in value.items()}
        case list():
            return [as_text(inner) for inner in value]
        case bool():
            return "true" if value else "false"
        case _:
            return value


def by_the_library(text: str) -> Any:
    """What the standard library reads, numbers as the text that stands there."""

    def refuse(name: str) -> Any:
        raise ValueError(name)

    return as_text(json.loads(text, parse_int=str, parse_float=str, parse_constant=refuse))


@given(json_texts())
def test_the_scan_agrees_with_the_standard_library(text: str) -> None:
    assert rebuilt(text) == by_the_library(text)


@given(json_texts(), st.data())
def test_a_mutated_text_is_read_as_the_library_reads_it_or_refused_where_it_refuses(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 3))
    mutated = (
        text[:at]
        + data.draw(st.text(alphabet='{}[]:,"\\\n\t 019-+.eEnulltruefals\x00\u00a0', max_size=3))
        + text[at + length :]
    )
    try:
        expected = by_the_library(mutated)
    except ValueError:
        with pytest.raises(JsonError) as refusal:
            list(scan_json(mutated))
        assert 1 <= refusal.value.line <= mutated.count("\n") + 1
    else:
        assert rebuilt(mutated) == expected


@given(st.text(max_size=30))
def test_any_text_is_json_or_refused(text: str) -> None:
    with suppress(JsonError):
        list(scan_json(text))


@given(st.lists(st.integers(), min_size=1, max_size=9), st.integers(0, 3))
def test_each_scalar_has_the_line_it_stands_in(numbers: list[int], gap: int) -> None:
    text = "[" + ",".join("\n" * (gap + 1) + str(n) for n in numbers) + "]"
    lines = [line for kind, line, _ in scan_json(text) if kind == "scalar"]
    assert lines == [1 + (gap + 1) * (n + 1) for n in range(len(numbers))]


@pytest.mark.parametrize("number", ["0", "-0", "0.10", "1e400", "-1.50E-7", "9" * 5000])
def test_a_number_stays_the_text_it_was(number: str) -> None:
    assert list(scan_json(number)) == [("scalar", 1, number)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[\n1,\n2\n", 4),
        ("[1,\n]", 2),
        ('{"a":\n1\n"b": 2}', 3),
        ("1\n2", 2),
        ('["a\nb"]', 1),
        ("[01]", 1),
    ],
)
def test_a_fault_has_the_line_where_it_shows(text: str, line: int) -> None:
    with pytest.raises(JsonError) as refusal:
        list(scan_json(text))
    assert refusal.value.line == line
