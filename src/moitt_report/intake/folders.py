"""Which files are read as returns, the name of each in addresses, and the period its folder is named after."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from moitt_report.errors import Problem
from moitt_report.intake.files import SUFFIXES
from moitt_report.intake.grid import named
from moitt_report.model.period import Period
from moitt_report.model.period_names import parse_period

SETTINGS = "brief.yaml"
"""The file beside the returns that holds the title block; it is no return."""
_DOCUMENTS = {".pdf", ".doc", ".docx", ".rtf", ".zip", ".rar", ".7z", ".eml", ".msg", ".jpg", ".png"}
"""Endings of files in which agencies send returns, although nobody can read them from there."""
_HALF_OPEN = ("~$", ".~", "._")
"""Beginnings of the names that office programs and systems give to files of their own."""


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One file to read."""

    file: Path
    name: str
    """Its name in addresses: short, and never a path of this machine."""
    expected: Period | None
    """The period its folder is named after, if it is."""


@dataclass(frozen=True, slots=True)
class WithoutReturns:
    """A folder that was named and holds no return."""

    path: Path

    @property
    def problem(self) -> Problem:
        """That it holds none, and what to name instead."""
        what = "holds no return (.xlsx, .csv, .yaml or .json)"
        remedy = "name a folder with returns in it, such as the folder of one period"
        return Problem(named(self.path.resolve().name), what, remedy)


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


def files_at(paths: Iterable[Path]) -> list[ReturnFile | WithoutReturns]:
    """The returns at `paths` (files or folders) in order; files of one name are told apart by their folders."""
    found: list[ReturnFile | WithoutReturns] = []
    for path in paths:
        files = return_files(path)
        found += [] if files else [WithoutReturns(path)]
        found += [ReturnFile(file, _name_of(file, path), _period_of(path)) for file in files]
    times = Counter(one.name for one in found if isinstance(one, ReturnFile))
    return [
        replace(one, name=_name_of(one.file, one.file.parent))
        if isinstance(one, ReturnFile) and times[one.name] > 1
        else one
        for one in found
    ]


def unread_documents(paths: Iterable[Path]) -> list[Problem]:
    """A warning of each document in the folders among `paths` that somebody may have meant to be read."""
    remedy = "if it is a return, ask for the form itself: .xlsx, .csv, .yaml or .json"
    return [
        Problem(_name_of(file, path), "is not read", remedy, "warning")
        for path in paths
        if path.is_dir()
        for file in sorted(path.iterdir())
        if file.suffix.lower() in _DOCUMENTS and not file.name.startswith(_HALF_OPEN)
    ]


def _name_of(file: Path, path: Path) -> str:
    """The name in addresses of `file`, which is `path` itself or stands in that folder."""
    if file == path:
        return named(file.name)
    return f"{named(path.resolve().name)}/{named(file.name)}"


def _period_of(folder: Path) -> Period | None:
    """The period a folder is named after, if it is."""
    try:
        return parse_period(folder.resolve().name) if folder.is_dir() else None
    except ValueError:
        return None
