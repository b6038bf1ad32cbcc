"""What can go wrong, said in plain English: problems as values, and exceptions that are exit codes.

The exceptions:

    MoittReportError
    ├── UsageError      2  the request cannot be understood
    ├── InputError      3  the input has errors; nothing was written
    └── OutputError     4  a file could not be written
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Severity = Literal["error", "warning", "note"]

_LONGEST_SHOWN = 60
_SHEET_CELL = re.compile(r"(.+)!([^!]+![A-Z]{1,3}[0-9]+)", re.DOTALL)


class ExitCode(IntEnum):
    """What the command says to its caller."""

    DONE = 0
    OUR_FAULT = 1
    WRONG_USAGE = 2
    INPUT_HAS_ERRORS = 3
    NOT_WRITTEN = 4
    WAS_EDITED = 5


def shown(text: str) -> str:
    """`text` as it may stand in a message: at most 60 characters, those that cannot be printed by their numbers."""
    return printable(text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…")


def printable(text: str) -> str:
    """`text` with each character that cannot be printed given by its number."""
    return (
        text if text.isprintable() else "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, what it is, and what to do about it."""

    where: str
    """`file:line`, `file!sheet!cell`, or the file alone when the whole file is meant."""
    what: str
    remedy: str
    severity: Severity = "error"
    also: tuple[str, ...] = ()
    """Where else in the file the same is to be mended, when one problem speaks for several places."""

    def __post_init__(self) -> None:
        """What was found is quoted from files: nothing of it may hide or reorder the line it is printed in."""
        for name in ("where", "what", "remedy"):
            object.__setattr__(self, name, printable(getattr(self, name)))
        object.__setattr__(self, "also", tuple(map(printable, self.also)))

    @property
    def file(self) -> str:
        """The file part of `where`."""
        return file_of(self.where)

    @property
    def place(self) -> str:
        """The part of `where` after the file: the line, or sheet and cell; empty when the whole file is meant."""
        return place_of(self.where)

    @property
    def order(self) -> tuple[str, str, int, int]:
        """What to sort by: file, sheet, row (or line), column; 0 where the address has none."""
        sheet, _, cell = self.place.rpartition("!")
        letters = cell.rstrip("0123456789")
        return self.file, sheet, int(cell[len(letters) :] or 0), column_number(letters)

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.what}; {self.remedy}"


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    """Those of `problems` that are errors: with one of them nothing is written."""
    return [problem for problem in problems if problem.severity == "error"]


def file_of(address: str) -> str:
    """The file part of an address: `file:line`, `file!sheet!cell`, or a file alone."""
    return _parted(address)[0]


def place_of(address: str) -> str:
    """The part of an address after the file: the line, or sheet and cell; empty for a file alone."""
    return _parted(address)[1]


def _parted(address: str) -> tuple[str, str]:
    """The file, and the place in it; no place when the whole file is meant."""
    cell = _SHEET_CELL.fullmatch(address)
    if cell:
        return cell[1], cell[2]
    file, colon, place = address.rpartition(":")
    return (file, place) if colon and place.isdigit() else (address, "")


def column_number(letters: str) -> int:
    """The number of a column by its capital letters: A is 1, AA is 27; 0 for no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class MoittReportError(Exception):
    """Base of all errors of this library; carries the exit code of the command."""

    exit_code = ExitCode.OUR_FAULT


class UsageError(MoittReportError):
    """The request names something that is not there, or cannot be understood."""

    exit_code = ExitCode.WRONG_USAGE


class InputError(MoittReportError):
    """The input has errors; `problems` holds all of them."""

    exit_code = ExitCode.INPUT_HAS_ERRORS

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class OutputError(MoittReportError):
    """A file could not be written; what stood there before is untouched."""

    exit_code = ExitCode.NOT_WRITTEN
