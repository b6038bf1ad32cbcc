"""The form an agency fills in."""

import datetime as dt
from pathlib import Path
from typing import Literal, assert_never

from moitt_report.errors import InputError, Problem, UsageError, errors_in
from moitt_report.forms.asked import asked_of
from moitt_report.forms.plain import csv_form
from moitt_report.forms.yaml_form import yaml_form
from moitt_report.intake.files import USUAL
from moitt_report.intake.grid import named
from moitt_report.intake.manner import Manner
from moitt_report.intake.returns import read_returns
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.period import Period
from moitt_report.model.registers import Registers
from moitt_report.pipeline.files import Input, bytes_of
from moitt_report.pipeline.inputs import find_input, load_registers, period_named, suggestion
from moitt_report.pipeline.load import not_before
from moitt_report.pipeline.output import write_all

FormFormat = Literal["xlsx", "csv", "yaml"]


def form(
    agency: str,
    period: str,
    *,
    previous: Input | None = None,
    out: Input = ".",
    format: FormFormat = "xlsx",
    deadline: dt.date | None = None,
    manner: Manner = USUAL,
) -> tuple[Path, tuple[Problem, ...]]:
    """Write the form that `agency` fills in for `period` into the folder `out`; `previous` fills in what is known.

    Gives the file, and a warning when `previous` holds nothing of the agency. The deadline is the fifteenth day after
    the period when none is given.

    Raises `UsageError` for an agency or a period that is not one, and where another file of the form's name stands
    already; `InputError` when the returns in `previous` have errors; `OutputError` when the form cannot be written.
    """
    registers = load_registers()
    known = registers.agencies.find(agency)
    if known is None:
        raise UsageError(
            f"there is no agency “{agency}”{suggestion(agency, [a.id for a in registers.agencies.entries])}"
        )
    about = period_named(period)
    last, problems = _last_return(known.id, about, previous, registers, manner)
    rows = asked_of(known.id, about, registers, last)
    match format:
        case "csv":
            data = csv_form(known.id, str(about), rows)
        case "yaml":
            data = yaml_form(known.id, str(about), rows)
        case "xlsx":
            from moitt_report.forms.workbook import workbook_form  # noqa: PLC0415  costs start-up time

            day = deadline or about.deadline
            data = workbook_form(known.id, str(about), rows, registers, last, day)
        case _:
            assert_never(format)
    file = Path(out) / f"{known.id}-{about}.{format}"
    if file.exists() and bytes_of(file) != data:
        raise UsageError(
            f"“{file}” is there already and is another; it may be filled in. Move it away, or choose another --out"
        )
    return write_all([(file, data)])[0], problems


def _last_return(
    agency: str, period: Period, given: Input | None, registers: Registers, manner: Manner
) -> tuple[AgencyReturn | None, tuple[Problem, ...]]:
    """The return of the agency among those at `given`, or None, with a warning where it was to be there."""
    if given is None:
        return None, ()
    filed, problems = read_returns([find_input(given)], registers, manner)
    problems += not_before(period, filed)
    if errors_in(problems):
        raise InputError(problems)
    last = next((one for one in filed if one.agency == agency), None)
    if last is not None:
        return last, ()
    what = f"holds no return of “{agency}”, so that nothing is filled in from it"
    return None, (Problem(named(Path(given).name), what, "give the last return of this agency", "warning"),)
