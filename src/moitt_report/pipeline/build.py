"""Read, check, compose, render, write."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from moitt_report.brief.about import book_of
from moitt_report.brief.changes import LISTED, unexplained
from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief
from moitt_report.brief.earlier import Earlier
from moitt_report.brief.fact_annex import with_fact_annex
from moitt_report.brief.free_text import faults_of_words, free_texts
from moitt_report.brief.idle_reasons import idle_reasons
from moitt_report.brief.outline import Outline
from moitt_report.brief.reply import answer_texts, unanswered
from moitt_report.brief.settings import Settings
from moitt_report.errors import InputError, Problem, Severity, errors_in
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import Manner
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.rules.check import without_reason
from moitt_report.pipeline.carried import keep_final
from moitt_report.pipeline.files import Input, bytes_of, load_theme
from moitt_report.pipeline.inputs import (
    default_outline,
    find_inputs,
    load_outline,
    read_settings,
)
from moitt_report.pipeline.load import load
from moitt_report.pipeline.output import write_all
from moitt_report.pipeline.previous import is_brief, read_earlier
from moitt_report.pipeline.renderers import DEFAULT_FORMATS, Format, rendered
from moitt_report.render.theme import MOST_ROWS

Stage = Literal["draft", "final"]
Annex = Literal["facts"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the brief, the files it wrote, and the warnings that did not stop it."""

    brief: Brief
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def build(
    inputs: Sequence[Input] = (),
    *,
    out: Input = "out",
    formats: Sequence[Format] = DEFAULT_FORMATS,
    outline: str | None = None,
    about: str | None = None,
    previous: Input | None = None,
    as_of: dt.date | None = None,
    settings: Mapping[str, str] | None = None,
    theme: Input | None = None,
    template: Input | None = None,
    word_rows: int = MOST_ROWS,
    annexes: Sequence[Annex] = (),
    stage: Stage = "draft",
    manner: Manner = USUAL,
) -> Built:
    """Make the brief of the returns at `inputs` and write one file per format to the folder `out/PERIOD`.

    - `inputs`: files, folders, or names of built-in inputs; the built-in reply of 13 November 2025 when there are none
    - `outline`: a built-in plan by name, or a file; by default the one for the period, or for the subject `about`
    - `about`: the agency or project the brief is about, by its id or any of its names
    - `previous`: what came before, returns or a brief as PDF, Word or JSON; by default the returns beside the input
    - `as_of`: the cut-off; a figure dated later is not used. By default the latest date of a figure in the period
    - `settings`: lines of the title block, by the names of the fields of `Settings`
    - `theme`, `template`: files with a look of your own, and a Word document of your own to build on
    - `word_rows`: the number of rows after which the Word file cuts a table
    - `annexes`: `facts` adds every figure with how it was made
    - `manner`: encoding of CSV files, and limits on what is read

    Raises `InputError` with every problem when the input has errors, or when a final brief lacks a line of the title
    block or a reason for a warning; `UsageError` for a name that is not there; `OutputError` when a file cannot be
    written, or a draft would replace a final brief. In each case nothing is written.
    """
    paths = find_inputs(inputs)
    filed, issued = (None, previous) if is_brief(previous) else (previous, None)
    portfolio, problems = load(paths, previous=filed, as_of=as_of, manner=manner)
    plan = load_outline(outline or default_outline(portfolio, about))
    plan = with_fact_annex(plan) if "facts" in annexes else plan
    earlier = None if issued is None else read_earlier(issued, portfolio.period)
    typed = read_settings(paths, settings or {})
    brief, more = _composed(portfolio, plan, typed, stage, earlier, about)
    problems += more
    keep_final(brief, Path(out))
    house = None if template is None else bytes_of(Path(template))
    files = write_all(rendered(brief, formats, Path(out), load_theme(theme), house, word_rows))
    return Built(brief, files, problems)


def _composed(
    portfolio: Portfolio,
    plan: Outline,
    settings: Settings,
    stage: Stage,
    earlier: Earlier | None,
    about: str | None,
) -> tuple[Brief, tuple[Problem, ...]]:
    """The brief, and the warnings that only a finished brief can give.

    These are figures restated without a reason, numerals in an agency's words or in an answer that match no figure, and
    parts of a question without an answer. Raises `InputError` with all that keeps a final brief from being final:
    these, other warnings without a reason, blanks in the title block.
    """
    book, _ = book_of(portfolio, plan, about)
    lacking = without_reason(book) if stage == "final" else ()
    try:
        brief = compose(portfolio, plan, settings, stage, earlier, about)
    except InputError as fault:
        raise InputError((*lacking, *fault.problems)) from None
    severity: Severity = "error" if stage == "final" else "warning"
    more = (
        *lacking,
        *unexplained(brief, severity),
        *(idle_reasons(book, brief) if LISTED in plan.blocks else ()),
        *faults_of_words(free_texts(book), book.registers, brief),
        *faults_of_words(answer_texts(settings), book.registers, brief, severity),
        *(unanswered(plan, settings, "warning") if stage == "draft" else ()),
    )
    if errors_in(more):
        raise InputError(more)
    return brief, more
