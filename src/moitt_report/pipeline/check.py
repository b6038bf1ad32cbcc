"""Every problem in some returns, and marked copies to send back."""

from collections.abc import Sequence
from pathlib import Path

from moitt_report.errors import Problem
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import Manner
from moitt_report.intake.returns import annotated_copies
from moitt_report.pipeline.inputs import Input, find_inputs
from moitt_report.pipeline.load import read
from moitt_report.pipeline.output import write_all


def check(inputs: Sequence[Input] = (), *, manner: Manner = USUAL) -> tuple[Problem, ...]:
    """Every problem in the returns at `inputs`; an empty tuple when all is well. Writes nothing."""
    return tuple(read(inputs, None, None, manner)[1])


def check_and_annotate(
    inputs: Sequence[Input], out: Input, *, manner: Manner = USUAL
) -> tuple[tuple[Problem, ...], tuple[Path, ...]]:
    """Every problem, and a marked copy in `out` of each workbook that has any, to be sent back."""
    problems = check(inputs, manner=manner)
    paths = find_inputs(inputs)
    copies = [(Path(out) / name, data) for name, data in annotated_copies(paths, problems, manner)]
    return problems, write_all(copies)
