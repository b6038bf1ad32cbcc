"""Finding what the user names: files of their own first, then what is built in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moitt_report.errors import InputError, Problem, UsageError
from moitt_report.intake.bind import bind
from moitt_report.intake.files import read_tree
from moitt_report.intake.folders import SETTINGS
from moitt_report.intake.registers import read_registers
from moitt_report.intake.tree import Cell, Fields, Tree
from moitt_report.model.period import Period, Span
from moitt_report.model.period_names import parse_period
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.registers import Registers
from moitt_report.pipeline.files import Input, text_of
from moitt_report.shipped import shipped

if TYPE_CHECKING:
    from moitt_report.brief.outline import Outline
    from moitt_report.brief.settings import Settings

# What makes a brief is imported where it is asked for: a check needs none of it, and it costs start-up time.

DEFAULT_INPUT = "2023-24_2024-25"
"""The ministry's reply of 13 November 2025, built when no input is named."""


def find_inputs(given: Sequence[Input]) -> list[Path]:
    """The paths of the inputs; of the default one when none is named. Raises `UsageError` as `find_input` does."""
    return [find_input(one) for one in given] or [find_input(DEFAULT_INPUT)]


def load_registers() -> Registers:
    """The registers shipped with the package."""
    return read_registers(shipped("data", "registers"))


def builtin_inputs() -> list[str]:
    """The names of the inputs shipped with the package."""
    return sorted(p.name for p in shipped("data", "returns").iterdir() if p.is_dir())


def builtin_outlines() -> list[str]:
    """The names of the outlines shipped with the package."""
    return sorted(p.stem for p in shipped("templates").glob("*.yaml"))


def find_input(given: Input) -> Path:
    """The path of an input: a file or folder of the user's own, else a built-in one by its name or period.

    Raises `UsageError` with the nearest name where there is neither.
    """
    path = Path(given)
    if path.exists():
        return path
    name = str(given)
    if name in builtin_inputs():
        return shipped("data", "returns", name)
    try:
        canonical = str(parse_period(name))
    except ValueError:
        canonical = ""
    if canonical in builtin_inputs():
        return shipped("data", "returns", canonical)
    raise UsageError(
        f"there is no file, folder or built-in input “{name}”{suggestion(name, builtin_inputs())}"
    )


def period_named(words: str) -> Period:
    """The period that the user names, such as 2024-25-Q3. Raises `UsageError` for words that name none."""
    try:
        return parse_period(words)
    except ValueError as fault:
        raise UsageError(str(fault)) from None


def default_outline(portfolio: Portfolio, about: str | None = None) -> str:
    """The name of the built-in outline for the subject `about`, or without one for the period of the portfolio."""
    if about is not None:
        from moitt_report.brief.about import kind_of  # noqa: PLC0415

        return kind_of(portfolio, about)
    return "completion" if isinstance(portfolio.period, Span) else "quarterly"


def load_outline(given: Input) -> "Outline":
    """An outline by the path of its file, or a built-in one by name.

    Raises `UsageError` with the nearest name where there is neither, `InputError` with every fault of the file.
    """
    from moitt_report.brief.outline_file import read_outline  # noqa: PLC0415

    path = Path(given)
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return read_outline(text_of(path), path.name)
    if str(given) in builtin_outlines():
        file = shipped("templates", f"{given}.yaml")
        return read_outline(text_of(file), file.name)
    raise UsageError(f"there is no outline “{given}”{suggestion(str(given), builtin_outlines())}")


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown `name`: the nearest known one, else all of them."""
    options = list(known)
    near = get_close_matches(name, options, n=1, cutoff=0.4)
    return f"; did you mean “{near[0]}”?" if near else f"; built-in are {', '.join(options)}"


def read_settings(paths: Sequence[Path], given: Mapping[str, str]) -> "Settings":
    """The title block: what `brief.yaml` beside the returns says, and in its place what is `given` by name.

    Raises `InputError` for faults of the file, `UsageError` for a name or a value that cannot be set.
    """
    from moitt_report.brief.settings import ANSWER, SETTABLE, Settings  # noqa: PLC0415

    values, answers = _settings_beside(paths)
    answered = {
        name: text for name, text in given.items() if re.fullmatch(rf"{re.escape(ANSWER)}[a-z]", name)
    }
    rest = {name: text for name, text in given.items() if name not in answered}
    unknown = [name for name in rest if name not in SETTABLE]
    if unknown:
        raise UsageError(f"“{unknown[0]}” cannot be set{suggestion(unknown[0], SETTABLE)}")
    answers |= {name.removeprefix(ANSWER): text for name, text in answered.items()}
    cells: dict[str, Tree] = {name: Cell(text, name) for name, text in (values | rest).items()}
    cells["answers"] = Fields({name: Cell(text, name) for name, text in answers.items()}, {}, SETTINGS)
    whole = Fields(cells, {}, SETTINGS)
    made, found = bind(whole, Settings, SETTINGS)
    if made is None:
        said = "; ".join(f"{p.what}: {p.remedy}" for p in found)
        raise UsageError(f"the title block cannot hold that: {said}")
    return made


def _settings_beside(paths: Sequence[Path]) -> tuple[dict[str, Any], dict[str, str]]:
    """The lines of the title block, and the answers, that stand beside the returns.

    Raises `InputError` for faults of a file.
    """
    from moitt_report.brief.settings import Settings  # noqa: PLC0415

    values: dict[str, Any] = {}
    answers: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in dict.fromkeys(p if p.is_dir() else p.parent for p in paths):
        file = folder / SETTINGS
        if not file.is_file():
            continue
        tree, found = read_tree(file, file.name)
        problems += found
        if isinstance(tree, Fields):
            settings, found = bind(tree, Settings, SETTINGS)
            problems += found
            values |= settings.model_dump(exclude_none=True, exclude={"answers"}) if settings else {}
            answers |= settings.answers if settings else {}
    if problems:
        raise InputError(problems)
    return values, answers
