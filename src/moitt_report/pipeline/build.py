"""Read, check, compose, render, write."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief
from moitt_report.errors import InputError, Problem
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import Manner
from moitt_report.model.rules.check import without_reason
from moitt_report.pipeline.inputs import (
    Input,
    bytes_of,
    default_outline,
    find_inputs,
    load_outline,
    load_theme,
    read_settings,
)
from moitt_report.pipeline.load import load
from moitt_report.pipeline.output import write_all
from moitt_report.pipeline.renderers import DEFAULT_FORMATS, RENDERERS, Format, render_docx

Stage = Literal["draft", "final"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the brief, the files written, and the warnings that did not stop it."""

    brief: Brief
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def build(
    inputs: Sequence[Input] = (),
    *,
    out: Input = "out",
    formats: Sequence[Format] = DEFAULT_FORMATS,
    outline: str | None = None,
    previous: Input | None = None,
    as_of: dt.date | None = None,
    settings: Mapping[str, str] | None = None,
    theme: Input | None = None,
    template: Input | None = None,
    stage: Stage = "draft",
    manner: Manner = USUAL,
) -> Built:
    """Read the returns at `inputs` and write one file per format under `out`.

    Raises `InputError` with every problem when the input has errors, or when a final brief has warnings
    without a reason, `UsageError` for a name that
    is not there, `OutputError` when a file cannot be written. In each case nothing is written.
    """
    paths = find_inputs(inputs)
    portfolio, problems = load(paths, previous=previous, as_of=as_of, manner=manner)
    if stage == "final" and (open_warnings := without_reason(portfolio)):
        raise InputError(open_warnings)
    plan = load_outline(outline or default_outline(portfolio.period))
    brief = compose(portfolio, plan, read_settings(paths, settings or {}), stage)
    look = load_theme(theme)
    renderers = dict(RENDERERS)
    if template is not None:
        renderers["docx"] = partial(render_docx, template=bytes_of(Path(template)))
    rendered = [(one, renderers[one](brief, look)) for one in dict.fromkeys(formats)]
    folder = Path(out) / brief.period
    files = write_all([(folder / f"{brief.outline}.{suffix}", data) for suffix, data in rendered])
    return Built(brief, files, problems)
