"""A return's way into the register and the folder, so that it is filed whole or not at all.

The order of steps, and what a loss of power or a `kill -9` leaves after each:

1. The register is taken for this filing alone. Two at once go one after the other. What the other has entered is put
   into the folder, if that is still to be done, and the returns are looked at beside it.
2. The filings, with the bytes of their returns, are added in a transaction.
3. What the folder will need is written under temporary names and synced. A full disk or a folder that cannot
   be written shows here, and the transaction is rolled back: the earlier state.
4. The transaction is committed and synced. This is the moment of filing. Before it nothing was filed, and temporary
   files that no brief reads may be left over; after it nothing can be lost, since the register holds the bytes.
5. The register is taken again, and the folder is made to agree with it by renames. Cut off here, the folder holds for
   each agency the return before or the new one, each whole; the next filing for the period, of the same return
   or of another, ends the work, and until then `status` says that it is to be ended.

So a return that was said to be filed is in both, and the register is always the one that is right. The other order
(folder first) would for a moment let a brief be built from a return that nobody is on record to have filed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from moitt_report.errors import OutputError, Problem
from moitt_report.filing.folder import PeriodFolder
from moitt_report.filing.record import Filing, chained, problems_text, superseded_by
from moitt_report.filing.register import FilingRegister


@dataclass(frozen=True, slots=True)
class Accepted:
    """A return that was read and has no error."""

    agency: str
    sent_as: str
    suffix: str
    content: bytes
    problems: tuple[Problem, ...] = ()
    """Warnings and notes, to be kept with it."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of one return."""

    filing: Filing
    file: Path
    anew: bool
    """False when the very same bytes were in force already, and nothing was done."""


def enter(
    register: FilingRegister,
    returns: Path,
    period: str,
    accepted: Sequence[Accepted],
    *,
    by: str,
    at: str,
    again: Callable[[], Sequence[Accepted]] | None = None,
) -> tuple[Entered, ...]:
    """File the returns of one period, at most one of an agency: all of them, or none.

    `returns` is the folder of all periods, `at` the time of filing as `Filing.filed_at` has it. `again` looks once more at
    the same returns, beside what others have filed since they were accepted: it is called when the folder of the
    period holds all that is in the register, and nobody else can file. What it raises is raised, and nothing is filed.

    Raises `OutputError` when the register or the folder cannot be written, `InputError` when the register is broken.
    """
    new: dict[int, bytes] = {}
    entered: list[tuple[Filing, bool]] = []
    folder: PeriodFolder | None = None

    def content(filing: Filing) -> bytes:
        return new[filing.number] if filing.number in new else register.content(filing)

    try:
        with register.alone():
            filings = list(register.filings())
            if again is not None:
                _lay_out(register, returns, period, filings)
                accepted = again()
            for one in accepted:
                filing, anew = _entered(one, filings, period, by, at)
                if anew:
                    register.add(filing, one.content)
                    filings.append(filing)
                    new[filing.number] = one.content
                entered.append((filing, anew))
            folder = _folder(returns, period, filings)
            _refuse_unknown(folder, {one.agency for one in accepted})
            try:
                folder.prepare(content)
            except OSError as fault:
                raise _not_written(fault, folder.path) from None
    except BaseException:
        if folder is not None:  # prepared, but the transaction could not be committed
            folder.undo()
        raise
    settle(register, returns, period)
    names = {filing.number: name for name, filing in folder.wanted.items()}
    return tuple(Entered(filing, folder.path / names[filing.number], anew) for filing, anew in entered)


def settle(register: FilingRegister, returns: Path, period: str) -> None:
    """Make the folder of a period agree with the register, as it is by now."""
    with settled(register, returns, period):
        pass


@contextmanager
def settled(register: FilingRegister, returns: Path, period: str) -> Iterator[tuple[Filing, ...]]:
    """All filings, and the folder of a period as they want it, while nobody else can file."""
    with ExitStack() as alone:
        try:
            alone.enter_context(register.alone())
            filings = register.filings()
            _folder(returns, period, filings).settle(register.content)
        except (OSError, OutputError) as fault:
            said = _not_written(fault, returns / period) if isinstance(fault, OSError) else fault
            raise OutputError(
                f"the returns are in the register, but not yet in their folder: {said}; give the same command again"
            ) from None
        yield filings


def _lay_out(register: FilingRegister, returns: Path, period: str, filings: Sequence[Filing]) -> None:
    """Put into its folder what is in the register already, where that was cut off or is still to be done."""
    folder = _folder(returns, period, filings)
    try:
        folder.settle(register.content)
    except OSError as fault:
        raise _not_written(fault, folder.path) from None


def _folder(returns: Path, period: str, filings: Sequence[Filing]) -> PeriodFolder:
    return PeriodFolder(returns / period, [f for f in filings if f.period == period])


def _entered(one: Accepted, filings: Sequence[Filing], period: str, by: str, at: str) -> tuple[Filing, bool]:
    """The filing in force with the same bytes and False, or the next filing and True."""
    old = superseded_by(filings)
    mine = [f for f in filings if (f.agency, f.period) == (one.agency, period) and f.number not in old]
    earlier = mine[0] if mine else None
    digest = sha256(one.content).hexdigest()
    if earlier is not None and earlier.digest == digest:
        return earlier, False
    filing = Filing(
        number=0,
        filed_at=at,
        filed_by=by,
        agency=one.agency,
        period=period,
        sent_as=one.sent_as,
        suffix=one.suffix,
        digest=digest,
        problems=problems_text(one.problems),
        supersedes=earlier.number if earlier else None,
        previous="",
    )
    return chained(filing, filings), True


def _refuse_unknown(folder: PeriodFolder, agencies: set[str]) -> None:
    """A file that was put or changed by hand is not ours to overwrite."""
    for name in folder.changed():
        if folder.wanted[name].agency in agencies:
            raise OutputError(
                f"{folder.path / name} is not what was filed: it was put there or changed by hand; "
                "move it elsewhere, or file it"
            )


def _not_written(fault: OSError, folder: Path) -> OutputError:
    return OutputError(f"{folder} cannot be written: {fault.strerror}")
