"""Whatever is sent, the reader gives a tree or problems: never a traceback, never more than it was given."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from moitt_report.intake.files import read_tree
from moitt_report.intake.returns import read_returns
from moitt_report.intake.tree import Cell, Fields, Items, Tree
from moitt_report.pipeline.inputs import load_registers
from moitt_report.plain_yaml import DEEPEST
from strategies import json_values

REGISTERS = load_registers()
GOOD = (Path(__file__).parent / "returns" / "good.yaml").read_text("utf-8")
one_file = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)


def problems_of(folder: Path, data: bytes, suffix: str) -> list[str]:
    """The problems of a return with this content."""
    file = folder / f"return{suffix}"
    file.write_bytes(data)
    return [str(problem) for problem in read_returns([file], REGISTERS)[1]]


def texts(tree: Tree) -> object:
    """A tree without its addresses."""
    match tree:
        case Cell():
            return tree.text
        case Items():
            return [texts(inner) for inner in tree.values]
        case Fields():
            return {name: texts(inner) for name, inner in tree.values.items()}


@one_file
@given(data=st.binary(max_size=60), suffix=st.sampled_from([".yaml", ".json"]))
def test_any_bytes_are_problems_and_no_crash(tmp_path: Path, data: bytes, suffix: str) -> None:
    assert problems_of(tmp_path, data, suffix)


YAML_SIGNS = st.text(alphabet="abé: -\n\t'\"&*!|>{}[]#%@`,?~\\xUu0\u2028\x85", max_size=30)


@one_file
@given(text=YAML_SIGNS)
def test_any_signs_of_yaml_are_problems_and_no_crash(tmp_path: Path, text: str) -> None:
    assert problems_of(tmp_path, text.encode(), ".yaml")


@one_file
@given(at=st.integers(0, len(GOOD)), cut=st.integers(0, 5), extra=YAML_SIGNS)
def test_a_sound_return_that_was_damaged_never_crashes(tmp_path: Path, at: int, cut: int, extra: str) -> None:
    for problem in problems_of(tmp_path, (GOOD[:at] + extra + GOOD[at + cut :]).encode(), ".yaml"):
        assert problem.startswith(("error: return.yaml", "warning: return.yaml"))
        assert "\n" not in problem


@one_file
@given(value=json_values.filter(lambda v: isinstance(v, dict | list)))
def test_json_is_read_the_same_as_yaml_and_as_json(tmp_path: Path, value: object) -> None:
    assume("\\ud" not in json.dumps(value))  # YAML does not put two halves of a character together
    trees = []
    for suffix in (".yaml", ".json"):
        file = tmp_path / f"value{suffix}"
        file.write_text(json.dumps(value), "utf-8")
        tree, problems = read_tree(file, file.name)
        assert tree is not None or problems
        trees.append(tree and texts(tree))
    assert trees[0] == trees[1]


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_nesting_is_read_to_its_limit_and_refused_beyond(tmp_path: Path, suffix: str) -> None:
    for depth, sound in ((DEEPEST - 1, True), (DEEPEST, False)):
        file = tmp_path / f"deep{suffix}"
        file.write_text("[" * depth + "1" + "]" * depth, "utf-8")
        tree, problems = read_tree(file, file.name)
        assert (tree is not None) is sound
        assert bool(problems) is not sound


HUGE = {
    "a number of very many digits": GOOD.replace("79.9", "9" * 300_000),
    "an amount of very many digits": GOOD
    + "budgets:\n  - period: 2024-12\n    covers: PSDP\n    authorised:\n"
    "      - {amount: Rs " + "9" * 300_000 + " million, as_of: 2024-12-31, source: jang}\n",
    "a period of very many digits": GOOD.replace("2024-25-Q2", "2" * 300_000),
    "an agency of very many letters": GOOD.replace("moitt", "m" * 300_000),
    "a publisher of very many letters": GOOD.replace("Jang", "J" * 300_000),
    "a date of very many digits": GOOD.replace("2024-12-31", "2" * 300_000),
    "a name of very many letters": GOOD + "? " + "k" * 300_000 + "\n: 1\n",
    "a name of very many letters, twice": GOOD + ("? " + "k" * 1_000 + "\n: 1\n") * 2,
    "brackets without end": "[" * 300_000,
    "a kpi of very many letters": GOOD.replace("teledensity", "t" * 300_000),
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_what_is_huge_is_refused_soon_and_in_few_words(tmp_path: Path, text: str) -> None:
    started = time.monotonic()
    problems = problems_of(tmp_path, text.encode(), ".yaml")
    assert problems
    assert all(len(problem) < 300 for problem in problems)
    assert time.monotonic() - started < 20


def test_a_billion_laughs_stop_at_the_first(tmp_path: Path) -> None:
    lines = ["a0: &a0 [ha, ha]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    assert problems_of(tmp_path, "\n".join(lines).encode(), ".yaml") == [
        "error: return.yaml:1: uses an anchor (&name); write the value out where it is needed"
    ]
