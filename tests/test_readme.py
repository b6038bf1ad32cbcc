"""The README keeps its word: its examples run, its return is valid, what it names is there."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import moitt_report
from moitt_report.brief.settings import Settings
from moitt_report.cli.main import COMMANDS, commands
from moitt_report.pipeline.inputs import builtin_inputs, builtin_outlines

HOME = Path(__file__).resolve().parents[1]
README = (HOME / "README.md").read_text("utf-8")
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def fenced(kind: str, text: str = README) -> list[str]:
    """The fenced blocks of a kind; the empty kind is what a reader types or sees on a console."""
    return [body for found, body in _FENCED.findall(text) if found == kind]


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def command_called(name: str) -> click.Command:
    found = commands.get_command(click.Context(commands), name)
    assert found, name
    return found


def command_lines() -> list[list[str]]:
    """Every `moitt-report …` line a reader could type."""
    lines = [line for body in fenced("") for line in body.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("moitt-report ")]


def test_exactly_two_commands_set_everything_up():
    assert [body.strip() for body in fenced("", section("Set up"))] == [
        "python3 dev.py build",
        "python3 dev.py test",
    ]


def test_the_door_knows_the_commands_of_the_readme_and_of_contributing():
    door = (HOME / "dev.py").read_text("utf-8")
    named = re.findall(r"dev\.py (\w+)", README + (HOME / "CONTRIBUTING.md").read_text("utf-8"))
    assert named
    assert all(f'verb == "{verb}"' in door for verb in named)


@pytest.mark.parametrize("code", fenced("python"))
def test_the_library_example_runs_in_an_empty_folder(code, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=utf8(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "made by:" in done.stdout
    assert {file.suffix for file in tmp_path.rglob("*") if file.is_file()} == {".pdf", ".docx"}


def utf8() -> dict[str, str]:
    import os

    return os.environ | {"PYTHONIOENCODING": "utf-8"}


def example(name: str) -> str:
    return next(body for body in fenced("yaml") if body.startswith(name))


def test_the_return_of_the_readme_is_illustrative_and_valid_and_makes_a_brief(tmp_path):
    assert "ILLUSTRATIVE" in section("How a return looks")
    folder = tmp_path / "2025-26-Q2"
    folder.mkdir()
    (folder / "moitt.yaml").write_text(example("format:"), "utf-8")
    assert {p.severity for p in moitt_report.check([folder])} == {"note"}
    assert len(moitt_report.build([folder], out=tmp_path / "out").files) == 2


def test_the_title_block_of_the_readme_fills_a_final_brief(tmp_path):
    folder = tmp_path / "2025-26-Q2"
    folder.mkdir()
    (folder / "moitt.yaml").write_text(example("format:"), "utf-8")
    (folder / "brief.yaml").write_text(example("to:"), "utf-8")
    made = moitt_report.build([folder], out=tmp_path / "out", formats=["pdf"], stage="final")
    assert made.brief.classification == "RESTRICTED"


def test_every_name_of_the_title_block_is_named():
    names = re.search(r"The names are (.*?)\.", section("The title block"), re.DOTALL)
    assert names
    assert re.findall(r"`(\w+)`", names[1]) == list(Settings.model_fields)


@pytest.mark.parametrize("words", command_lines(), ids=" ".join)
def test_every_command_line_of_the_readme_is_understood(words):
    """Parsed, not run: names of the reader's own files stand in some of them."""
    command = command_called(words[0])
    command.make_context(words[0], words[1:])


def test_every_command_has_its_place_in_the_table():
    named = set(re.findall(r"^\| `moitt-report (\w+)", README, re.MULTILINE))
    assert named == set(COMMANDS)


@pytest.mark.parametrize(
    ("head", "command"),
    [
        ("| Option | Meaning |", "build"),
        ("| `file` | Meaning |", "file"),
        ("| `status` | Meaning |", "status"),
    ],
)
def test_every_option_has_its_place_in_the_table_of_its_command(head, command):
    table = README.partition(head)[2].partition("\n\n")[0]
    told = {
        name for row in table.splitlines() for name in re.findall(r"`(--[\w-]+)", row.partition(" | ")[0])
    }
    assert told == {name for p in command_called(command).params for name in p.opts if name.startswith("--")}


def test_the_inputs_and_outlines_of_the_readme_are_built_in():
    for words in command_lines():
        if words[0] in {"build", "check"} and len(words) > 1 and re.fullmatch(r"20[\d_-]+(Q\d)?", words[1]):
            assert words[1] in builtin_inputs()
    assert set(re.findall(r"^\| `(\w+)` \|", section("Five outlines"), re.MULTILINE)) == set(
        builtin_outlines()
    )


_PATH = re.compile(
    r"(?:`|\]\()((?:docs|data|templates|benchmarks|src|tests)/[\w./-]+|[A-Z]+\.md|LICENSE|dev\.py)(?=`|\))"
)


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "benchmarks/README.md"]
)
def test_every_file_that_a_page_names_is_there(page):
    for name in _PATH.findall((HOME / page).read_text("utf-8")):
        assert (HOME / name).exists(), f"{page} names {name}"


def test_every_rule_is_named():
    from moitt_report.model.waiver import RuleName

    assert set(
        re.findall(
            r"`([\w-]+)`",
            "".join(re.findall(r"^\| (`.*?) \|", section("Warnings and reasons"), re.MULTILINE)),
        )
    ) == set(RuleName)


def test_the_exit_codes_of_the_readme_are_those_of_the_command():
    from moitt_report.errors import ExitCode

    assert [int(code) for code in re.findall(r"^\| (\d) \|", README, re.MULTILINE)] == list(ExitCode)


ARCHITECTURE = (HOME / "docs" / "architecture.md").read_text("utf-8")


def test_the_architecture_page_names_every_module_in_its_folder_and_no_other():
    chapter = ARCHITECTURE.partition("## Folders and modules")[2].partition("\n## ")[0]
    folder, named = "", set()
    for line in chapter.splitlines():
        if head := re.match(r"`(src/moitt_report/|[\w/]+/)` — ", line):
            folder = head[1].removeprefix("src/moitt_report/")
        if line.startswith(("- ", "  ")):
            named |= {folder + name for name in re.findall(r"`(\w+\.py)`", line)}
    source = HOME / "src" / "moitt_report"
    there = {
        path.relative_to(source).as_posix() for path in source.rglob("*.py") if path.name != "__init__.py"
    }
    assert named == there


def test_the_architecture_page_names_what_the_code_has():
    import importlib

    names = set(re.findall(r"`((?:cli|pipeline|model|intake|brief|render)(?:\.(?!py`)\w+)+)`", ARCHITECTURE))
    assert names
    for name in sorted(names):
        words = name.split(".")
        for n in range(len(words), 0, -1):
            try:
                found = importlib.import_module(".".join(["moitt_report", *words[:n]]))
            except ModuleNotFoundError:
                continue
            for word in words[n:]:
                found = getattr(found, word)
            break
        else:
            pytest.fail(f"{name} is not there")


def test_the_contract_of_the_renderers_names_every_module_that_they_must_not_see() -> None:
    contracts = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (contract,) = (one for one in contracts if one.get("id") == "renderers-see-content")
    hidden = {name for name in contract["forbidden_modules"] if name.startswith("moitt_report.brief.")}
    seen = {"__init__", "content", "fact", "furniture"}
    modules = {path.stem for path in (HOME / "src/moitt_report/brief").glob("*.py")} - seen
    assert hidden == {f"moitt_report.brief.{name}" for name in modules}
