"""Returns of one period from files and folders: all are read before anyone stops."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from moitt_report.errors import Problem, errors_in, file_of
from moitt_report.intake.bind import bind_return
from moitt_report.intake.files import USUAL, read_bytes, tree_of_bytes
from moitt_report.intake.folders import ReturnFile, WithoutReturns, files_at, unread_documents
from moitt_report.intake.manner import Manner
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.registers import Registers

WORTHWHILE = 24
"""Fewer files are read sooner than other processes are started."""


@dataclass(frozen=True, slots=True)
class Received:
    """One file as it was read: the return in it, if it is one, and the problems found."""

    file: Path
    filed: AgencyReturn | None = None
    problems: tuple[Problem, ...] = ()
    content: bytes = b""
    """The very bytes that were read, where they were asked for."""


_Reading = Callable[[ReturnFile, Registers, Manner], Received]


def read_returns(
    paths: Sequence[Path], registers: Registers, manner: Manner = USUAL, *, workers: int = 1
) -> tuple[list[AgencyReturn], list[Problem]]:
    """Every return at `paths` (files or folders), and every problem in any of them and between them.

    `manner` gives the limits on what is read. Many files are read by `workers` processes at once; the outcome is
    the same. What is wrong with a file is a problem, never an exception.
    """
    filed: list[AgencyReturn] = []
    problems: list[Problem] = []
    for one in _received(paths, _read, registers, manner, workers):
        problems += one.problems
        filed += [one.filed] if one.filed else []
    return filed, problems + unread_documents(paths) + faults_among(filed)


def receive(
    paths: Sequence[Path], registers: Registers, manner: Manner = USUAL, *, workers: int = 1
) -> Iterator[Received]:
    """The files in `paths` in order, with their bytes; a folder without any is given as a file with a problem."""
    return _received(paths, _read_whole, registers, manner, workers)


def _received(
    paths: Sequence[Path], read: _Reading, registers: Registers, manner: Manner, workers: int
) -> Iterator[Received]:
    found = files_at(paths)
    files = [one for one in found if isinstance(one, ReturnFile)]
    outcomes = _outcomes(files, read, registers, manner, workers)
    for one in found:
        match one:
            case ReturnFile():
                yield next(outcomes)
            case WithoutReturns():
                yield Received(one.path, problems=(one.problem,))


def _outcomes(
    files: Sequence[ReturnFile], read: _Reading, registers: Registers, manner: Manner, workers: int
) -> Iterator[Received]:
    """What each file holds, in order; many files are read in processes of their own."""
    if workers < 2 or len(files) < WORTHWHILE:
        return (read(one, registers, manner) for one in files)
    from moitt_report.intake.pool import each  # noqa: PLC0415  processes cost start-up time

    return each(read, files, (registers, manner), workers, _not_read)


def _not_read(one: ReturnFile) -> Received:
    what = "could not be read: the process that read it was stopped, perhaps for want of memory"
    return Received(one.file, problems=(Problem(one.name, what, "copy the filled cells into a new form"),))


def _read(one: ReturnFile, registers: Registers, manner: Manner) -> Received:
    """What the file holds, without its bytes: between processes they would weigh more than all that was read."""
    return replace(_read_whole(one, registers, manner), content=b"")


def _read_whole(one: ReturnFile, registers: Registers, manner: Manner) -> Received:
    file, name, expected = one.file, one.name, one.expected
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
    if any(p.where.count("!") >= 2 for p in errors_in(problems)):
        # A return with an unreadable cell is not complete: what seems amiss between its parts may not be.
        filed, found = None, errors_in(found)
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
                    f"the return is for {one.period}, but {file_of(first.address)} is for {first.period}",
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
