"""Every problem in some returns, and marked copies to send back."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from moitt_report.errors import InputError, Problem, errors_in
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import Manner
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.portfolio import Portfolio
from moitt_report.pipeline.files import Input
from moitt_report.pipeline.inputs import default_outline, find_inputs, load_outline
from moitt_report.pipeline.load import read
from moitt_report.pipeline.output import write_all
from moitt_report.undisturbed import undisturbed


def check(inputs: Sequence[Input] = (), *, manner: Manner = USUAL, workers: int = 1) -> tuple[Problem, ...]:
    """Every error, warning and note in the returns at `inputs`; empty when all is well. Writes nothing.

    Numerals in an agency's own words are held against the figures of the brief that would be made. `workers` is in
    how many processes many files are read; a program that asks for more than one must be guarded by
    `if __name__ == "__main__"`. Raises `UsageError` for an input that is not there.
    """
    with undisturbed():  # to the end of the portfolio: a search through a thousand returns takes a second
        return _problems(inputs, manner, workers)


def _problems(inputs: Sequence[Input], manner: Manner, workers: int) -> tuple[Problem, ...]:
    portfolio, problems = read(inputs, None, None, manner, workers=workers)
    if portfolio is None or errors_in(problems):
        return tuple(problems)
    if any(map(_has_fractions, portfolio.returns)):
        from moitt_report.brief.shortened import shortened_readings  # noqa: PLC0415  costs start-up time

        problems += shortened_readings(portfolio)
    if any(map(_speaks, portfolio.returns)):
        problems += _faults_beside_brief(portfolio)
    return tuple(problems)


def _speaks(filed: AgencyReturn) -> bool:
    """Whether the return says anything in words of its own."""
    return bool(filed.remarks or filed.choices or filed.issues or filed.waivers or filed.overrides)


def _has_fractions(filed: AgencyReturn) -> bool:
    """Whether any reading is no whole number."""
    numbers = (reading.value for reading in filed.readings)
    return any(isinstance(number, Decimal) and number != number.to_integral_value() for number in numbers)


def _faults_beside_brief(portfolio: Portfolio) -> tuple[Problem, ...]:
    """What shows only beside the brief that would be made: numerals it does not print, reasons it does not need."""
    # What makes a brief is imported only where something is held against it: it costs start-up time.
    from moitt_report.brief.changes import LISTED  # noqa: PLC0415
    from moitt_report.brief.compose import compose  # noqa: PLC0415
    from moitt_report.brief.free_text import faults_of_words, free_texts  # noqa: PLC0415
    from moitt_report.brief.idle_reasons import baseless_reasons, idle_reasons  # noqa: PLC0415

    outline = load_outline(default_outline(portfolio))
    try:
        brief = compose(portfolio, outline)
    except InputError as fault:
        return fault.problems
    beside = portfolio.previous and LISTED in outline.blocks
    idle = idle_reasons(portfolio, brief) if beside else baseless_reasons(portfolio)
    return (*idle, *faults_of_words(free_texts(portfolio), portfolio.registers, brief))


def check_and_annotate(
    inputs: Sequence[Input], out: Input, *, manner: Manner = USUAL, workers: int = 1
) -> tuple[tuple[Problem, ...], tuple[Path, ...]]:
    """Every problem, and the files of the marked copies: one in `out` of each workbook with a problem, to send back.

    Raises `UsageError` for an input that is not there, `OutputError` when a copy cannot be written.
    """
    from moitt_report.intake.annotate import annotated_copies  # noqa: PLC0415  openpyxl costs start-up time

    problems = check(inputs, manner=manner, workers=workers)
    made = list(annotated_copies(find_inputs(inputs), problems, manner))
    notes = tuple(one for one in made if isinstance(one, Problem))
    return problems + notes, write_all(
        [(Path(out) / one[0], one[1]) for one in made if isinstance(one, tuple)]
    )
