"""Returns of one period from files and folders: all are read before anyone stops."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from moitt_report.errors import Problem
from moitt_report.intake.bind import bind_return
from moitt_report.intake.files import SUFFIXES, read_tree
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.period import Period, parse_period
from moitt_report.model.registers import Registers

SETTINGS = "brief.yaml"
"""The file beside the returns that holds the title block; it is no return."""


def return_files(path: Path) -> list[Path]:
    """The returns at `path`: the file itself, or all returns in the folder, by name."""
    if path.is_file():
        return [path]
    return sorted(
        p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.name != SETTINGS and p.is_file()
    )


def read_returns(paths: Sequence[Path], registers: Registers) -> tuple[list[AgencyReturn], list[Problem]]:
    """Every return in `paths` (files or folders) and every problem in any of them."""
    filed: list[AgencyReturn] = []
    problems: list[Problem] = []
    for path in paths:
        files = return_files(path)
        if not files:
            problems.append(
                Problem(
                    path.resolve().name,
                    "holds no return (.yaml or .json)",
                    "name a folder with returns in it, such as the folder of one period",
                )
            )
        for file in files:
            one, found = _read(file, _shown(file, path), registers, _period_of(path))
            problems += found
            filed += [one] if one else []
    problems += _between(filed)
    return filed, problems


def _shown(file: Path, path: Path) -> str:
    """The name of `file` in addresses: short, and never a path of this machine."""
    if file == path:
        return file.name
    return f"{path.resolve().name}/{file.name}"


def _read(
    file: Path, name: str, registers: Registers, expected: Period | None
) -> tuple[AgencyReturn | None, list[Problem]]:
    tree, problems = read_tree(file, name)
    if tree is None:
        return None, problems
    filed, found = bind_return(tree, registers)
    problems += found
    if filed is not None and expected is not None and filed.period != expected:
        problems.append(
            Problem(
                filed.address,
                f"the return is for {filed.period}, but its folder is for {expected}",
                "correct “period”, or move the file to the folder of its period",
            )
        )
    return filed, problems


def _period_of(folder: Path) -> Period | None:
    """The period a folder is named after, if it is."""
    try:
        return parse_period(folder.resolve().name) if folder.is_dir() else None
    except ValueError:
        return None


def _between(filed: Iterable[AgencyReturn]) -> list[Problem]:
    """Faults between returns: two of one agency, or two periods."""
    problems = []
    first: AgencyReturn | None = None
    agencies: dict[str, str] = {}
    for one in filed:
        first = first or one
        if one.period != first.period:
            problems.append(
                Problem(
                    one.address,
                    f"the return is for {one.period}, but {first.address.rpartition(':')[0]} is for {first.period}",
                    "give the returns of one period at a time",
                )
            )
        if one.agency in agencies:
            other = agencies[one.agency]
            problems.append(
                Problem(
                    one.address,
                    f"“{one.agency}” has filed twice; the other return is {other}",
                    "keep the valid one",
                )
            )
        agencies.setdefault(one.agency, one.address)
    return problems
