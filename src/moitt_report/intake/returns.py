"""Returns of one period from files and folders: all are read before anyone stops."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from moitt_report.errors import Problem
from moitt_report.intake.bind import bind_return
from moitt_report.intake.files import SUFFIXES, USUAL, WORKBOOKS, read_bytes, tree_of_bytes
from moitt_report.intake.grid import shown
from moitt_report.intake.manner import Manner
from moitt_report.intake.preflight import preflight
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
        p
        for p in path.iterdir()
        if p.suffix.lower() in SUFFIXES
        and p.name != SETTINGS
        and not p.name.startswith(_HALF_OPEN)
        and p.is_file()
    )


_HALF_OPEN = ("~$", ".~", "._")
"""Beginnings of the names that office programs and systems give to files of their own."""


@dataclass(frozen=True, slots=True)
class Received:
    """One file as it was read: the return in it, if it is one, and the problems found."""

    file: Path
    filed: AgencyReturn | None = None
    problems: tuple[Problem, ...] = ()
    content: bytes = b""
    """The very bytes that were read."""


def read_returns(
    paths: Sequence[Path], registers: Registers, manner: Manner = USUAL
) -> tuple[list[AgencyReturn], list[Problem]]:
    """Every return in `paths` (files or folders) and every problem in any of them."""
    filed: list[AgencyReturn] = []
    problems: list[Problem] = []
    for one in receive(paths, registers, manner):
        problems += one.problems
        filed += [one.filed] if one.filed else []
    return filed, problems + faults_among(filed)


def receive(paths: Sequence[Path], registers: Registers, manner: Manner = USUAL) -> Iterator[Received]:
    """The files in `paths` one after the other; a folder without any is given as a file with a problem."""
    for path in paths:
        files = return_files(path)
        if not files:
            problem = Problem(
                shown(path.resolve().name),
                "holds no return (.xlsx, .csv, .yaml or .json)",
                "name a folder with returns in it, such as the folder of one period",
            )
            yield Received(path, problems=(problem,))
        for file in files:
            yield _read(file, _shown(file, path), registers, _period_of(path), manner)


def annotated_copies(
    paths: Sequence[Path], problems: Sequence[Problem], manner: Manner = USUAL
) -> Iterator[tuple[str, bytes]]:
    """A marked copy, by name, of each workbook in `paths` that can be opened and has a problem."""
    from moitt_report.intake.annotate import annotated  # noqa: PLC0415  openpyxl costs start-up time

    for path in paths:
        for file in return_files(path):
            name = _shown(file, path)
            mine = [p for p in problems if p.file == name]
            raw, _ = read_bytes(file, name, manner)
            if file.suffix.lower() not in WORKBOOKS or raw is None or not mine or file.is_symlink():
                continue
            # Looked at again: a copy is made only of a workbook that the preflight lets through.
            if not any(p.severity == "error" for p in preflight(raw, name, manner)):
                yield f"{shown(file.stem)}-checked.xlsx", annotated(raw, mine)


def _shown(file: Path, path: Path) -> str:
    """The name of `file` in addresses: short, and never a path of this machine."""
    if file == path:
        return shown(file.name)
    return f"{shown(path.resolve().name)}/{shown(file.name)}"


def _read(file: Path, name: str, registers: Registers, expected: Period | None, manner: Manner) -> Received:
    if file.is_symlink():
        link = Problem(name, "is a link to another file", "put the file itself here")
        return Received(file, problems=(link,))
    raw, problem = read_bytes(file, name, manner)
    if raw is None:
        return Received(file, problems=(problem,) if problem else ())
    tree, problems = tree_of_bytes(raw, file.suffix.lower(), name, manner)
    if tree is None:
        return Received(file, None, tuple(problems), raw)
    filed, found = bind_return(tree, registers)
    if any(p.where.count("!") >= 2 and p.severity == "error" for p in problems):
        # A return with an unreadable cell is not complete: what seems amiss between its parts may not be.
        filed, found = None, [p for p in found if p.severity == "error"]
    problems = sorted(problems + found, key=lambda problem: problem.order)
    if filed is not None and expected is not None and filed.period != expected:
        problems.append(
            Problem(
                filed.address,
                f"the return is for {filed.period}, but its folder is for {expected}",
                "correct “period”, or move the file to the folder of its period",
            )
        )
    return Received(file, filed, tuple(problems), raw)


def _period_of(folder: Path) -> Period | None:
    """The period a folder is named after, if it is."""
    try:
        return parse_period(folder.resolve().name) if folder.is_dir() else None
    except ValueError:
        return None


def faults_among(filed: Iterable[AgencyReturn]) -> list[Problem]:
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
                    f"the return is for {one.period}, but {Problem(first.address, '', '').file} is for {first.period}",
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
