"""Returns into the ministry's folder and its register, and who has filed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from moitt_report.errors import InputError, Problem, Severity, UsageError, errors_in, file_of, shown
from moitt_report.filing.databases import open_register
from moitt_report.filing.duties import Duty, duties
from moitt_report.filing.entry import Accepted, Entered, enter, settled
from moitt_report.filing.folder import PeriodFolder, digest_of
from moitt_report.filing.record import BEGINNING, Filing
from moitt_report.filing.register import FilingRegister
from moitt_report.intake.folders import return_files
from moitt_report.intake.returns import Received, faults_among, read_returns, receive
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.period import Period
from moitt_report.model.record import Name
from moitt_report.model.registers import Registers
from moitt_report.model.rules.check import faults_between
from moitt_report.pipeline.files import Input
from moitt_report.pipeline.inputs import find_inputs, load_registers, period_named

DEFAULT_FOLDER = "returns"
REGISTER = "register.sqlite"
"""The register's file in the folder of returns, where no other is named."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the returns, and what the officer should know of them."""

    entered: tuple[Entered, ...]
    problems: tuple[Problem, ...]
    filings: int
    """How many filings the register now holds."""
    head: str
    """The last link of its chain: noted elsewhere, it shows later that nothing was cut off."""


@dataclass(frozen=True, slots=True)
class FilingStatus:
    """Who has filed for a period, and whether the folder is as the register has it."""

    period: Period
    deadline: dt.date
    duties: tuple[Duty, ...]
    """Of every agency that is expected to file or has filed, in the order of the register of agencies."""
    problems: tuple[Problem, ...]
    """Where the folder is not as the register has it."""
    filings: int
    """How many filings the register holds, of all periods."""
    head: str
    """The last link of its chain."""


def file_returns(
    returns: Sequence[Input],
    *,
    by: str,
    at: dt.datetime,
    into: Input = DEFAULT_FOLDER,
    register: str | None = None,
) -> Filed:
    """File the returns of one period in the folder `into` and enter them in its register.

    `by` is who files, `at` when, with the offset of the place. Raises `InputError` with every problem when
    a return has an error, `UsageError` when something named is not there, `OutputError` when the register or
    the folder cannot be written. In each case nothing is filed.
    """
    filer = _filer(by)
    received, folder = list(receive(find_inputs(returns), load_registers())), Path(into)
    checked = _checked(received, folder)
    period = checked.period

    def again() -> Sequence[Accepted]:
        nonlocal checked
        if _beside(folder, period) != checked.beside:
            checked = _checked(received, folder)
        return checked.accepted

    with _open(register, into, writable=True) as book:
        entered = enter(
            book,
            folder,
            str(period),
            checked.accepted,
            by=filer,
            at=at.isoformat(timespec="seconds"),
            again=again,
        )
        # Looked at while nobody else files: what is half done by others is not told as cut off, or as a stranger.
        with settled(book, folder, str(period)) as filings:
            found = _folder_problems(folder, period, filings)
    return Filed(entered, (*checked.problems, *found), len(filings), _head(filings))


def filing_status(
    period: str,
    *,
    today: dt.date,
    folder: Input = DEFAULT_FOLDER,
    register: str | None = None,
    deadline: dt.date | None = None,
) -> FilingStatus:
    """Who has filed for `period` by `today`, who was late, who has not filed. Writes nothing.

    Raises `UsageError` for what is no period and where there is no register, `InputError` when the
    register was changed from outside.
    """
    about = period_named(period)
    with _open(register, folder, writable=False) as book:
        filings, problems = _looked_at(book, Path(folder), about)
    due = deadline or about.deadline
    found = duties(filings, load_registers(), about, due, today)
    return FilingStatus(about, due, found, problems, len(filings), _head(filings))


def _filer(by: str) -> str:
    """The name of who files, as it is kept. Raises `UsageError` for one that cannot be kept."""
    try:
        return TypeAdapter(Name).validate_python(by)
    except ValidationError as fault:
        said = fault.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"the name of who files cannot be kept: {said[0].lower()}{said[1:]}") from None


def _open(register: str | None, folder: Input, *, writable: bool) -> FilingRegister:
    return open_register(register or str(Path(folder) / REGISTER), writable=writable)


def _looked_at(
    book: FilingRegister, folder: Path, about: Period
) -> tuple[tuple[Filing, ...], tuple[Problem, ...]]:
    """All filings, and where the folder is not as they want it; looked at once more when one was added meanwhile."""
    filings = book.filings()
    while True:
        problems = _folder_problems(folder, about, filings)
        before, filings = filings, book.filings()
        if filings == before:
            return filings, problems


def _head(filings: Sequence[Filing]) -> str:
    return filings[-1].link if filings else BEGINNING


@dataclass(frozen=True, slots=True)
class _Checked:
    """Returns without an error, beside what was filed already when they were looked at."""

    accepted: tuple[Accepted, ...]
    period: Period
    problems: tuple[Problem, ...]
    """The warnings and notes in them."""
    beside: Mapping[Path, str | None]
    """The files that they were looked at beside, each with its digest."""


def _checked(received: Sequence[Received], into: Path) -> _Checked:
    """The returns as they are to be filed. Raises `InputError` with every problem, when one is an error."""
    filed = [one.filed for one in received if one.filed is not None]
    beside = _beside(into, filed[0].period) if filed else {}  # before they are read: what comes later shows
    between = faults_among(filed) + _blank(filed)
    between += _faults_beside(filed, load_registers(), into) if filed else []
    problems = (*(p for one in received for p in one.problems), *between)
    if not filed or errors_in(problems):
        raise InputError(problems)
    return _Checked(tuple(_accept(one, between) for one in received), filed[0].period, problems, beside)


def _beside(into: Path, period: Period) -> dict[Path, str | None]:
    """What is filed already for a period and the one before: the files, each with its digest."""
    folders = [folder for one in (period, period.previous) if (folder := into / str(one)).is_dir()]
    return {file: digest_of(file) for folder in folders for file in return_files(folder)}


def _blank(filed: Sequence[AgencyReturn]) -> list[Problem]:
    """A form that nobody has filled in is no return: filed, its agency would count as having reported."""
    return [
        Problem(one.address, "holds no figure and no word of the agency", "fill the form in and file it then")
        for one in filed
        if not (
            one.readings
            or one.issues
            or one.remarks
            or any(budget.amounts for budget in one.budgets)
            or any(p.amounts or p.physical or p.financial or p.milestones for p in one.projects)
        )
    ]


def _faults_beside(filed: Sequence[AgencyReturn], registers: Registers, into: Path) -> list[Problem]:
    """What shows beside what is filed already: the returns of the period before, and the sisters of this one.

    What is amiss between the sisters without these returns was told when they were filed.
    """
    earlier, problems = _filed_in(into / str(filed[0].period.previous), registers)
    there, unread = _filed_in(into / str(filed[0].period), registers)
    agencies = {one.agency for one in filed}
    sisters = [one for one in there if one.agency not in agencies and one.period == filed[0].period]
    told = set(faults_between(assemble(sisters, registers, previous=earlier))) if sisters else set()
    found = faults_between(assemble((*sisters, *filed), registers, previous=earlier))
    return [
        *errors_in(problems),
        *(replace(p, severity="warning") for p in errors_in(unread)),
        *(p for p in found if p not in told),
    ]


def _filed_in(folder: Path, registers: Registers) -> tuple[list[AgencyReturn], list[Problem]]:
    """The returns in the folder of a period, none where there is none of them."""
    if not folder.is_dir() or not return_files(folder):
        return [], []
    return read_returns([folder], registers)


def _accept(one: Received, between: Sequence[Problem]) -> Accepted:
    assert one.filed is not None  # noqa: S101  a file without a return has an error
    name = file_of(one.filed.address)
    problems = (*one.problems, *(p for p in between if p.file == name))
    return Accepted(one.filed.agency, shown(one.file.name), one.file.suffix.lower(), one.content, problems)


def _folder_problems(into: Path, period: Period, filings: Sequence[Filing]) -> tuple[Problem, ...]:
    """Where the folder of the period is not as the register has it."""
    path = into / str(period)
    folder = PeriodFolder(path, [f for f in filings if f.period == str(period)])
    known = {*folder.wanted, *folder.left()}
    strangers = [f.name for f in return_files(path) if f.name not in known] if path.is_dir() else []
    again = "file this return once more, or any other of the period"
    found: tuple[tuple[Iterable[str], str, str, Severity], ...] = (
        (
            folder.changed(),
            "is not what was filed: it was put there or changed by hand",
            "move it away",
            "error",
        ),
        (
            folder.missing(),
            "is in the register but not in the folder: a filing was cut off",
            again,
            "warning",
        ),
        (folder.left(), "is superseded but still in the folder: a filing was cut off", again, "warning"),
        (
            map(shown, strangers),
            "was not filed, and a brief would be built from it too",
            "file it, or move it away",
            "warning",
        ),
    )
    return tuple(
        Problem(f"{path / name}", what, remedy, severity)
        for names, what, remedy, severity in found
        for name in names
    )
