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


def check(
    inputs: Sequence[Input] = (), *, manner: Manner = USUAL, workers: int = 1
) -> tuple[Problem, ...]:
    """Every problem in the returns at `inputs`; an empty tuple when all is well. Writes nothing.

    With more than one of `workers`, many files are read in processes of their own; a program that asks for
    them must be guarded by `if __name__ == "__main__"`.
    """
    return tuple(read(inputs, None, None, manner, workers=workers)[1])


def check_and_annotate(
    inputs: Sequence[Input], out: Input, *, manner: Manner = USUAL, workers: int = 1
) -> tuple[tuple[Problem, ...], tuple[Path, ...]]:
    """Every problem, and a marked copy in `out` of each workbook that has any, to be sent back."""
    problems = check(inputs, manner=manner, workers=workers)
    made = list(annotated_copies(find_inputs(inputs), problems, manner))
    notes = tuple(one for one in made if isinstance(one, Problem))
    return problems + notes, write_all([(Path(out) / one[0], one[1]) for one in made if isinstance(one, tuple)])
