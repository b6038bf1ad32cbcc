"""Every problem in some returns, and marked copies to send back."""

from collections.abc import Sequence
from pathlib import Path

from moitt_report.brief.compose import compose
from moitt_report.brief.free_text import faults_of_words
from moitt_report.errors import InputError, Problem
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import Manner
from moitt_report.intake.returns import annotated_copies
from moitt_report.pipeline.files import Input
from moitt_report.pipeline.inputs import default_outline, find_inputs, load_outline
from moitt_report.pipeline.load import read
from moitt_report.pipeline.output import write_all


def check(inputs: Sequence[Input] = (), *, manner: Manner = USUAL) -> tuple[Problem, ...]:
    """Every problem in the returns at `inputs`; an empty tuple when all is well. Writes nothing.

    What agencies say in their own words is held against the figures of the brief that would be made.
    """
    portfolio, problems = read(inputs, None, None, manner)
    if portfolio is None or any(problem.severity == "error" for problem in problems):
        return tuple(problems)
    try:
        brief = compose(portfolio, load_outline(default_outline(portfolio)))
    except InputError as fault:
        return (*problems, *fault.problems)
    return (*problems, *faults_of_words(portfolio, brief))


def check_and_annotate(
    inputs: Sequence[Input], out: Input, *, manner: Manner = USUAL
) -> tuple[tuple[Problem, ...], tuple[Path, ...]]:
    """Every problem, and a marked copy in `out` of each workbook that has any, to be sent back."""
    problems = check(inputs, manner=manner)
    paths = find_inputs(inputs)
    copies = [(Path(out) / name, data) for name, data in annotated_copies(paths, problems, manner)]
    return problems, write_all(copies)
