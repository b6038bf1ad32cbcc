"""Returns of one period from files and folders: all are read before anyone stops."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from moitt_report.errors import Problem, errors_in, file_of
from moitt_report.intake.bind import bind_return
from moitt_report.intake.files import SUFFIXES, USUAL, WORKBOOKS, read_bytes, tree_of_bytes
from moitt_report.intake.grid import named
from moitt_report.intake.manner import Manner
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


def _left_out(paths: Iterable[Path]) -> list[Problem]:
    """Documents among the returns that look as if somebody had meant them to be read."""
    remedy = "if it is a return, ask for the form itself: .xlsx, .csv, .yaml or .json"
    return [
        Problem(_name_of(file, path), "is not read", remedy, "warning")
        for path in paths
        if path.is_dir()
        for file in sorted(path.iterdir())
        if file.suffix.lower() in _DOCUMENTS and not file.name.startswith(_HALF_OPEN)
    ]


_DOCUMENTS = {".pdf", ".doc", ".docx", ".rtf", ".zip", ".rar", ".7z", ".eml", ".msg", ".jpg", ".png"}
"""Files in which agencies send returns although nobody can read them from there."""
_HALF_OPEN = ("~$", ".~", "._")
"""Beginnings of the names that office programs and systems give to files of their own."""


WORTHWHILE = 24
"""Fewer files are read sooner than other processes are started."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to read: its name in addresses, and the period its folder is named after."""

    file: Path
    name: str
    expected: Period | None


@dataclass(frozen=True, slots=True)
class Received:
    """One file as it was read: the return in it, if it is one, and the problems found."""

    file: Path
    filed: AgencyReturn | None = None
    problems: tuple[Problem, ...] = ()
    content: bytes = b""
    """The very bytes that were read, where they were asked for."""


_Reading = Callable[[_Job, Registers, Manner], Received]


def read_returns(
    paths: Sequence[Path], registers: Registers, manner: Manner = USUAL, *, workers: int = 1
) -> tuple[list[AgencyReturn], list[Problem]]:
    """Every return in `paths` (files or folders) and every problem in any of them.

    Many files are read by `workers` processes at once; the outcome is the same.
    """
    filed: list[AgencyReturn] = []
    problems: list[Problem] = []
    for one in _received(paths, _read, registers, manner, workers):
        problems += one.problems
        filed += [one.filed] if one.filed else []
    return filed, problems + _left_out(paths) + faults_among(filed)


def receive(
    paths: Sequence[Path], registers: Registers, manner: Manner = USUAL, *, workers: int = 1
) -> Iterator[Received]:
    """The files in `paths` in order, with their bytes; a folder without any is given as a file with a problem."""
    return _received(paths, _read_whole, registers, manner, workers)


def _received(
    paths: Sequence[Path], read: _Reading, registers: Registers, manner: Manner, workers: int
) -> Iterator[Received]:
    jobs = _jobs(paths)
    files = [job for job in jobs if isinstance(job, _Job)]
    outcomes = _outcomes(files, read, registers, manner, workers)
    for job in jobs:
        yield next(outcomes) if isinstance(job, _Job) else job


def _outcomes(
    files: Sequence[_Job], read: _Reading, registers: Registers, manner: Manner, workers: int
) -> Iterator[Received]:
    """What each file holds, in order; many files are read in processes of their own."""
    if workers < 2 or len(files) < WORTHWHILE:
        return (read(job, registers, manner) for job in files)
    from moitt_report.intake.pool import each  # noqa: PLC0415  processes cost start-up time

    return each(read, files, (registers, manner), workers, _not_read)


def _jobs(paths: Sequence[Path]) -> list[_Job | Received]:
    """The files in `paths`, and a problem for each path without any. Files of one name are told apart by folder."""
    found: list[_Job | Received] = []
    for path in paths:
        files = return_files(path)
        if not files:
            what = "holds no return (.xlsx, .csv, .yaml or .json)"
            remedy = "name a folder with returns in it, such as the folder of one period"
            found.append(Received(path, problems=(Problem(named(path.resolve().name), what, remedy),)))
        found += [_Job(file, _name_of(file, path), _period_of(path)) for file in files]
    times = Counter(job.name for job in found if isinstance(job, _Job))
    return [
        replace(job, name=_name_of(job.file, job.file.parent))
        if isinstance(job, _Job) and times[job.name] > 1
        else job
        for job in found
    ]


def _not_read(job: _Job) -> Received:
    what = "could not be read: the process that read it was stopped, perhaps for want of memory"
    return Received(job.file, problems=(Problem(job.name, what, "copy the filled cells into a new form"),))


def annotated_copies(
    paths: Sequence[Path], problems: Sequence[Problem], manner: Manner = USUAL
) -> Iterator[tuple[str, bytes] | Problem]:
    """A marked copy, by name, of each workbook in `paths` that can be opened and has a problem.

    Where no copy can be made, a note that says so.
    """
    # Imported here, for they cost start-up time.
    from moitt_report.intake.annotate import annotated  # noqa: PLC0415
    from moitt_report.intake.xlsx import read_xlsx  # noqa: PLC0415

    taken: Counter[str] = Counter()
    for job in _jobs(paths):
        if isinstance(job, Received) or job.file.suffix.lower() not in WORKBOOKS or job.file.is_symlink():
            continue
        mine = [p for p in problems if p.file == job.name]
        raw, _ = read_bytes(job.file, job.name, manner)
        # Looked at again: a copy is made only of a workbook that is not refused, for openpyxl opens anything.
        if raw is None or not mine or not read_xlsx(raw, job.name, manner)[0]:
            continue
        stem = named(job.file.stem)
        taken[stem.casefold()] += 1
        number = f"-{taken[stem.casefold()]}" if taken[stem.casefold()] > 1 else ""
        try:
            yield f"{stem}{number}-checked.xlsx", annotated(raw, mine)
        except Exception as fault:  # noqa: BLE001  openpyxl, which makes the copy, raises anything
            what = f"no marked copy can be made of it ({type(fault).__name__})"
            yield Problem(job.name, what, "send the list of problems instead", "note")


def _name_of(file: Path, path: Path) -> str:
    """The name of `file` in addresses: short, and never a path of this machine."""
    if file == path:
        return named(file.name)
    return f"{named(path.resolve().name)}/{named(file.name)}"


def _read(job: _Job, registers: Registers, manner: Manner) -> Received:
    """What the file holds, without its bytes: between processes they would weigh more than all that was read."""
    return replace(_read_whole(job, registers, manner), content=b"")


def _read_whole(job: _Job, registers: Registers, manner: Manner) -> Received:
    file, name, expected = job.file, job.name, job.expected
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
