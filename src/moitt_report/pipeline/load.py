"""Read and check: returns to a portfolio."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from moitt_report.errors import InputError, Problem, errors_in
from moitt_report.intake.files import USUAL
from moitt_report.intake.folders import return_files
from moitt_report.intake.manner import Manner
from moitt_report.intake.returns import read_returns
from moitt_report.model.agency_return import AgencyReturn, latest_as_of
from moitt_report.model.assembly import assemble
from moitt_report.model.period import Period, Quarter, quarter
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.registers import Registers
from moitt_report.model.rules.check import faults_between
from moitt_report.pipeline.files import Input
from moitt_report.pipeline.inputs import find_input, find_inputs, load_registers
from moitt_report.undisturbed import undisturbed


def load(
    inputs: Sequence[Input] = (),
    *,
    previous: Input | None = None,
    as_of: dt.date | None = None,
    manner: Manner = USUAL,
) -> tuple[Portfolio, tuple[Problem, ...]]:
    """The portfolio of the returns at `inputs`, and the warnings and notes found in them.

    `inputs` are files, folders, or names of built-in inputs; all of one period. `previous` holds the returns of the
    period before, by default its folder beside the input where there is one. The folders of the year's earlier
    quarters are read in any case, for figures that count from July. `as_of` is the cut-off: figures dated later are
    not used; by default it is the latest date of a figure that lies in the period.

    Raises `InputError` with every problem when one of them is an error, `UsageError` for an input that is not there.
    """
    portfolio, problems = read(inputs, previous, as_of, manner)
    if portfolio is None or errors_in(problems):
        raise InputError(problems)
    return portfolio, tuple(problems)


def read(
    inputs: Sequence[Input],
    previous: Input | None,
    as_of: dt.date | None,
    manner: Manner,
    *,
    workers: int = 1,
) -> tuple[Portfolio | None, list[Problem]]:
    """The portfolio of the returns at `inputs`, or None when none of them can be read; and every problem found.

    Raises `UsageError` for an input that is not there.
    """
    paths = find_inputs(inputs)
    registers = load_registers()
    with undisturbed():
        filed, problems = read_returns(paths, registers, manner, workers=workers)
        if not filed:
            return None, problems
        earlier, more = _previous(paths, filed[0].period, previous, registers, manner, workers)
        problems += more
        before, more = _before(paths, filed[0].period, registers, manner, workers)
        problems += more
        problems += _too_late(filed, as_of)
        portfolio = assemble(filed, registers, previous=earlier, before=before, as_of=as_of)
        return portfolio, problems + list(faults_between(portfolio))


def _too_late(filed: Sequence[AgencyReturn], as_of: dt.date | None) -> list[Problem]:
    """A warning for a cut-off after the latest figure: the brief would bear a date on which nobody reported."""
    if as_of is None:
        return []
    latest = max(latest_as_of(one, max(as_of, one.period.last_day)) for one in filed)
    if as_of <= latest:
        return []
    what = f"the cut-off {as_of} is later than the latest figure, {latest}; the brief is dated to the cut-off"
    return [
        Problem(filed[0].address, what, "leave --as-of out, or give the day of the latest figure", "warning")
    ]


def _previous(
    paths: Sequence[Path],
    period: Period,
    given: Input | None,
    registers: Registers,
    manner: Manner,
    workers: int,
) -> tuple[list[AgencyReturn], list[Problem]]:
    if given is not None:
        earlier, problems = read_returns([find_input(given)], registers, manner, workers=workers)
        return earlier, [*problems, *not_before(period, earlier)]
    return read_returns(_beside(paths, [period.previous]), registers, manner, workers=workers)


def not_before(period: Period, earlier: Sequence[AgencyReturn]) -> Iterator[Problem]:
    """Returns that were given as those before `period` and are not."""
    for one in earlier:
        if one.period.last_day >= period.last_day:
            what = f"the return is for {one.period}, which is not before {period}"
            yield Problem(one.address, what, "give the returns of an earlier period with --previous")


def _before(
    paths: Sequence[Path], period: Period, registers: Registers, manner: Manner, workers: int
) -> tuple[list[AgencyReturn], list[Problem]]:
    """The returns of the quarters of the year before the previous one: in its second half there are some."""
    if not isinstance(period, Quarter):
        return [], []
    quarters = [quarter(period.first.fiscal, n) for n in range(period.number - 2, 0, -1)]
    return read_returns(_beside(paths, quarters), registers, manner, workers=workers)


def _beside(paths: Sequence[Path], periods: Sequence[Period]) -> list[Path]:
    """The folders of `periods` beside the first input, where there are any."""
    first = paths[0] if paths[0].is_dir() else paths[0].parent
    folders = [first.parent / str(one) for one in periods]
    return [folder for folder in folders if folder.is_dir() and return_files(folder)]
