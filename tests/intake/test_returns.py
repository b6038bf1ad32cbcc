"""Tiny returns, each wrong in exactly one way, and the whole text an officer gets to read."""

import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from moitt_report.intake import bind, files
from moitt_report.intake.manner import Manner
from moitt_report.intake.returns import read_returns
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.pipeline.check import check
from moitt_report.pipeline.inputs import load_registers

HERE = Path(__file__).parent
RETURNS = sorted(p for p in (HERE / "returns").iterdir() if p.suffix != ".txt")
FOLDERS = sorted(p for p in (HERE / "folders").iterdir() if p.is_dir())
ELEVEN = HERE / "eleven" / "2024-25-Q2"
REGISTERS = load_registers()


def printed(*inputs: Path) -> str:
    """The problems of `inputs`, as `check` prints them."""
    return "".join(f"{problem}\n" for problem in check(inputs))


def compare(found: str, expected: Path, *, regenerate: bool) -> None:
    """Compare with the file of expected text, or write it anew."""
    if regenerate:
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize("file", RETURNS, ids=lambda p: p.name)
def test_each_return_gives_exactly_its_problems(file: Path, regenerate: bool) -> None:
    compare(printed(file), file.with_name(f"{file.stem}.problems.txt"), regenerate=regenerate)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_each_folder_gives_exactly_its_problems(folder: Path, regenerate: bool) -> None:
    (period,) = folder.iterdir()
    compare(printed(period), folder.with_name(f"{folder.name}.problems.txt"), regenerate=regenerate)


@pytest.mark.parametrize("expected", sorted((HERE / "returns").glob("*.txt")), ids=lambda p: p.name)
def test_one_fault_gives_one_problem_and_a_sound_return_gives_none(expected: Path) -> None:
    problems = expected.read_text("utf-8").splitlines()
    # An id is written where the source is listed and where it is used: two places to mend.
    at_most = 2 if expected.name.startswith(("id-with-capitals", "unknown-names-of-two", "two-faults")) else 1
    assert len(problems) == 0 if "good" in expected.name else 1 <= len(problems) <= at_most


@pytest.mark.parametrize("expected", sorted(HERE.rglob("*problems.txt")), ids=lambda p: p.name)
def test_a_message_can_be_printed_and_does_not_go_on(expected: Path) -> None:
    for line in expected.read_text("utf-8").splitlines():
        assert line.isprintable()
        assert len(line) < 260
        assert str(HERE.parent) not in line


@pytest.mark.parametrize("name", ["good-exact-numbers.yaml", "json-good-exact-numbers.json"])
def test_a_number_is_the_text_that_stood_in_the_file(name: str) -> None:
    (filed,), problems = read_returns([HERE / "returns" / name], REGISTERS)
    assert problems == []
    assert filed.readings[0].value == Decimal("0.1")
    assert str(filed.readings[0].value) == "0.1"


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_reads_the_same() -> None:
    (plain,), _ = read_returns([HERE / "returns" / "good.yaml"], REGISTERS)
    (other,), _ = read_returns([HERE / "returns" / "good-crlf-and-bom.yaml"], REGISTERS)
    assert other.readings[0].address == "good-crlf-and-bom.yaml:7"
    assert other.model_dump(exclude={"address": True, "sources": True, "readings": True}) == plain.model_dump(
        exclude={"address": True, "sources": True, "readings": True}
    )


def test_folded_text_is_one_line() -> None:
    (filed,), _ = read_returns([HERE / "returns" / "good-folded-text.yaml"], REGISTERS)
    assert filed.readings[0].note == "Two lines of a file are one line of text."


def test_a_name_of_the_register_stands_for_its_id() -> None:
    (filed,), _ = read_returns([HERE / "returns" / "good-names-instead-of-ids.yaml"], REGISTERS)
    assert filed.readings[0].kpi == "it-export-remittances"


def test_a_file_that_is_too_large_is_not_opened() -> None:
    filed, problems = read_returns([HERE / "returns" / "good.yaml"], REGISTERS, Manner(text_bytes=100))
    assert filed == []
    assert [str(problem) for problem in problems] == [
        "error: good.yaml: is larger than 100 bytes; send the figures without attachments"
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "moitt.yaml"
    file.touch(mode=0)
    assert "cannot be read" in printed(file)


def test_a_file_that_has_gone_is_a_problem(tmp_path: Path) -> None:
    _, problems = files.read_tree(tmp_path / "gone.yaml", "gone.yaml")
    assert [str(p) for p in problems] == [
        "error: gone.yaml: cannot be read: No such file or directory; check the name and the permissions"
    ]


def test_the_same_return_named_twice_is_filed_twice() -> None:
    good = HERE / "returns" / "good.yaml"
    assert "has filed twice" in printed(good, good)


def test_two_returns_of_one_agency_are_told_apart_even_when_their_files_have_one_name(tmp_path: Path) -> None:
    good = (HERE / "returns" / "good.yaml").read_text("utf-8")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "moitt.yaml").write_text(good, "utf-8")
    assert "has filed twice" in printed(tmp_path / "a" / "moitt.yaml", tmp_path / "b" / "moitt.yaml")


def test_a_folder_named_by_a_dot_has_its_own_name_in_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "folders" / "another-period" / "2024-25-Q3")
    expected = (HERE / "folders" / "another-period.problems.txt").read_text("utf-8")
    assert printed(Path()) == expected


def test_eleven_faults_in_three_files_are_eleven_problems_in_the_order_of_files_and_lines() -> None:
    assert printed(ELEVEN).splitlines() == (HERE / "eleven" / "problems.txt").read_text("utf-8").splitlines()


def test_a_build_with_eleven_faults_prints_them_all_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "moitt_report", "build", str(ELEVEN), "--out", str(out)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    expected = (HERE / "eleven" / "problems.txt").read_text("utf-8").splitlines()
    assert [line for line in done.stderr.splitlines() if line.startswith("error: ")] == expected
    assert len(expected) == 11
    assert done.returncode == 3
    assert done.stdout == ""
    assert not out.exists()


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """`model` and all that stand in it."""
    yield model
    for field in model.model_fields.values():
        for part in (field.annotation, *get_args(field.annotation)):
            for inner in (part, *get_args(part)):
                if isinstance(inner, type) and issubclass(inner, BaseModel):
                    yield from models(inner)


def test_nobody_is_told_to_remove_what_an_entry_needs() -> None:
    fields = [
        (name, f.is_required()) for model in models(AgencyReturn) for name, f in model.model_fields.items()
    ]
    assert {name for name in bind._NEEDED if (name, True) not in fields} == set()
    assert {name for name in bind._NEEDED if (name, False) in fields} == set()
