"""Read, check, compose, render, write: the only place where intake and renderers meet, and the only one
that writes files."""

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief
from moitt_report.brief.outline import Outline, read_outline
from moitt_report.brief.settings import Settings
from moitt_report.errors import InputError, OutputError, Problem, UsageError
from moitt_report.forms.plain import csv_form
from moitt_report.forms.rows import asked_of
from moitt_report.intake.bind import bind
from moitt_report.intake.files import USUAL, read_tree
from moitt_report.intake.manner import Manner
from moitt_report.intake.registers import read_registers
from moitt_report.intake.returns import SETTINGS, annotated_copies, read_returns
from moitt_report.intake.tree import Fields
from moitt_report.model.agency_return import AgencyReturn, latest_as_of
from moitt_report.model.period import Period, Span, parse_period
from moitt_report.model.portfolio import Portfolio, assemble
from moitt_report.model.registers import Registers
from moitt_report.model.rules import faults_between
from moitt_report.render.theme import Theme, default_theme, read_theme
from moitt_report.shipped import shipped

if TYPE_CHECKING:
    from moitt_report.render.docx.readback import Edits

Format = Literal["pdf", "docx", "xlsx"]
Stage = Literal["draft", "final"]
FormFormat = Literal["xlsx", "csv"]
Input = str | os.PathLike[str]

DEFAULT_INPUT = "2023-24_2024-25"
"""The ministry's reply of 13 November 2025, built when no input is named."""


def render_pdf(brief: Brief, theme: Theme | None = None) -> bytes:
    """The brief as a PDF file. The renderer is imported when it is used."""
    from moitt_report.render.pdf import document  # noqa: PLC0415  ReportLab costs start-up time

    return document.render_pdf(brief, theme)


def render_docx(brief: Brief, theme: Theme | None = None, *, template: bytes | None = None) -> bytes:
    """The brief as a Word file, on the house document or on a `template` of the ministry's own."""
    from moitt_report.render.docx import document  # noqa: PLC0415  python-docx costs start-up time

    return document.render_docx(brief, theme, template=template)


def render_xlsx(brief: Brief, theme: Theme | None = None) -> bytes:
    """The annex workbook of the brief. The renderer is imported when it is used."""
    from moitt_report.render import workbook  # noqa: PLC0415  XlsxWriter costs start-up time

    return workbook.render_xlsx(brief, theme)


RENDERERS: Mapping[Format, Callable[[Brief, Theme | None], bytes]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "xlsx": render_xlsx,
}
DEFAULT_FORMATS: tuple[Format, ...] = ("pdf", "docx")


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

    Raises `InputError` with every problem when the input has errors, `UsageError` for a name that
    is not there, `OutputError` when a file cannot be written. In each case nothing is written.
    """
    paths = [find_input(one) for one in inputs] or [find_input(DEFAULT_INPUT)]
    portfolio, problems = load(paths, previous=previous, as_of=as_of, manner=manner)
    plan = load_outline(outline or default_outline(portfolio.period))
    brief = compose(portfolio, plan, _settings(paths, settings or {}), stage)
    look = _theme(theme)
    renderers = dict(RENDERERS)
    if template is not None:
        renderers["docx"] = partial(render_docx, template=_bytes(Path(template)))
    rendered = [(one, renderers[one](brief, look)) for one in dict.fromkeys(formats)]
    folder = Path(out) / brief.period
    files = _write([(folder / f"{brief.outline}.{suffix}", data) for suffix, data in rendered])
    return Built(brief, files, problems)


def load(
    inputs: Sequence[Input] = (),
    *,
    previous: Input | None = None,
    as_of: dt.date | None = None,
    manner: Manner = USUAL,
) -> tuple[Portfolio, tuple[Problem, ...]]:
    """The portfolio of the returns at `inputs`, and the warnings found in them.

    Without `previous`, the preceding period's folder beside the input is used where there is one.
    Raises `InputError` with every problem when there is an error among them.
    """
    portfolio, problems = _read(inputs, previous, as_of, manner)
    if portfolio is None or any(p.severity == "error" for p in problems):
        raise InputError(problems)
    return portfolio, tuple(problems)


def check(inputs: Sequence[Input] = (), *, manner: Manner = USUAL) -> tuple[Problem, ...]:
    """Every problem in the returns at `inputs`; an empty tuple when all is well. Writes nothing."""
    return tuple(_read(inputs, None, None, manner)[1])


def check_and_annotate(
    inputs: Sequence[Input], out: Input, *, manner: Manner = USUAL
) -> tuple[tuple[Problem, ...], tuple[Path, ...]]:
    """Every problem, and a marked copy in `out` of each workbook that has any, to be sent back."""
    problems = check(inputs, manner=manner)
    paths = [find_input(one) for one in inputs]
    copies = [(Path(out) / name, data) for name, data in annotated_copies(paths, problems, manner)]
    return problems, _write(copies)


def edits(sent: Input, returned: Input) -> "Edits":
    """The figures and paragraphs that were changed in the Word file `returned` since `sent`.

    Raises `InputError` when the two were not built from the same data.
    """
    from moitt_report.render.docx import readback  # noqa: PLC0415  lxml costs start-up time

    files = [Path(sent), Path(returned)]
    first, second = (_bytes(file) for file in files)
    return readback.edits(first, second, names=(files[0].name, files[1].name))


def _bytes(path: Path) -> bytes:
    """The file at `path`, which the user named."""
    if not path.is_file():
        raise UsageError(f"there is no file “{path}”")
    try:
        return path.read_bytes()
    except OSError as fault:
        raise InputError(
            [Problem(path.name, f"cannot be read: {fault.strerror}", "check the file")]
        ) from None


def _read(
    inputs: Sequence[Input], previous: Input | None, as_of: dt.date | None, manner: Manner
) -> tuple[Portfolio | None, list[Problem]]:
    paths = [find_input(one) for one in inputs] or [find_input(DEFAULT_INPUT)]
    registers = load_registers()
    filed, problems = read_returns(paths, registers, manner)
    if not filed:
        return None, problems
    earlier, more = _previous(paths, filed[0].period, previous, registers, manner)
    problems += more
    problems += _too_late(filed, as_of)
    portfolio = assemble(filed, registers, previous=earlier, as_of=as_of)
    return portfolio, problems + list(faults_between(portfolio))


def _too_late(filed: Sequence[AgencyReturn], as_of: dt.date | None) -> list[Problem]:
    """A cut-off after the latest figure would date the brief to a day nobody reported on."""
    latest = max(map(latest_as_of, filed))
    if as_of is None or as_of <= latest:
        return []
    what = f"the cut-off {as_of} is later than the latest figure, {latest}; the brief is dated to the cut-off"
    return [
        Problem(filed[0].address, what, "leave --as-of out, or give the day of the latest figure", "warning")
    ]


def _previous(
    paths: Sequence[Path], period: Period, given: Input | None, registers: Registers, manner: Manner
) -> tuple[list[AgencyReturn], list[Problem]]:
    if given is not None:
        return read_returns([find_input(given)], registers, manner)
    beside = [(p if p.is_dir() else p.parent).parent / str(period.previous) for p in paths]
    return read_returns([p for p in beside[:1] if p.is_dir()], registers, manner)


def form(
    agency: str,
    period: str,
    *,
    previous: Input | None = None,
    out: Input = ".",
    format: FormFormat = "xlsx",
    deadline: dt.date | None = None,
) -> Path:
    """Write the form that `agency` fills in for `period` into the folder `out`; `previous` fills in what is known.

    Raises `UsageError` for an agency or a period that is not one. The deadline is the fifteenth day
    after the period when none is given.
    """
    registers = load_registers()
    known = registers.agencies.find(agency)
    if known is None:
        raise UsageError(
            f"there is no agency “{agency}”{_suggestion(agency, [a.id for a in registers.agencies.entries])}"
        )
    try:
        about = parse_period(period)
    except ValueError as fault:
        raise UsageError(str(fault)) from None
    last = _last_return(known.id, previous, registers)
    rows = asked_of(known.id, about, registers, last)
    if format == "csv":
        data = csv_form(known.id, str(about), rows)
    else:
        from moitt_report.forms.workbook import workbook_form  # noqa: PLC0415  costs start-up time

        day = deadline or about.last_day + dt.timedelta(days=15)
        data = workbook_form(known.id, str(about), rows, registers, last, day)
    return _write([(Path(out) / f"{known.id}-{about}.{format}", data)])[0]


def _last_return(agency: str, given: Input | None, registers: Registers) -> AgencyReturn | None:
    if given is None:
        return None
    filed, problems = read_returns([find_input(given)], registers)
    if any(p.severity == "error" for p in problems):
        raise InputError(problems)
    return next((one for one in filed if one.agency == agency), None)


# --- finding things -----------------------------------------------------------------------------


def load_registers() -> Registers:
    """The registers shipped with the package."""
    return read_registers(shipped("data", "registers"))


def builtin_inputs() -> list[str]:
    """The names of the inputs shipped with the package."""
    return sorted(p.name for p in shipped("data", "returns").iterdir() if p.is_dir())


def builtin_outlines() -> list[str]:
    """The names of the outlines shipped with the package."""
    return sorted(p.stem for p in shipped("templates").glob("*.yaml"))


def find_input(given: Input) -> Path:
    """The path of an input: a file or folder of the user's first, then a built-in one by name."""
    path = Path(given)
    if path.exists():
        return path
    name = str(given)
    if name in builtin_inputs():
        return shipped("data", "returns", name)
    try:
        canonical = str(parse_period(name))
    except ValueError:
        canonical = ""
    if canonical in builtin_inputs():
        return shipped("data", "returns", canonical)
    raise UsageError(
        f"there is no file, folder or built-in input “{name}”{_suggestion(name, builtin_inputs())}"
    )


def default_outline(period: Period) -> str:
    """A span of years is reported as completions, anything else as a quarter."""
    return "completion" if isinstance(period, Span) else "quarterly"


def load_outline(given: Input) -> Outline:
    """An outline by the path of its file, or a built-in one by name."""
    path = Path(given)
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return read_outline(_text(path), path.name)
    if str(given) in builtin_outlines():
        file = shipped("templates", f"{given}.yaml")
        return read_outline(_text(file), file.name)
    raise UsageError(f"there is no outline “{given}”{_suggestion(str(given), builtin_outlines())}")


def _theme(given: Input | None) -> Theme:
    if given is None:
        return default_theme()
    path = Path(given)
    if not path.is_file():
        raise UsageError(
            f"there is no theme file “{given}”; save the built-in one with “moitt-report show theme” and change it"
        )
    return read_theme(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(
            [Problem(path.name, f"cannot be read as UTF-8 text: {fault}", "check the file")]
        ) from None


def _suggestion(name: str, known: Iterable[str]) -> str:
    options = list(known)
    near = get_close_matches(name, options, n=1, cutoff=0.4)
    return f"; did you mean “{near[0]}”?" if near else f"; built-in are {', '.join(options)}"


def _settings(paths: Sequence[Path], given: Mapping[str, str]) -> Settings:
    """The title block: `brief.yaml` beside the returns, then what was given by name."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in dict.fromkeys(p if p.is_dir() else p.parent for p in paths):
        file = folder / SETTINGS
        if file.is_file():
            tree, found = read_tree(file, file.name)
            problems += found
            if isinstance(tree, Fields):
                settings, found = bind(tree, Settings, "brief.yaml")
                problems += found
                values |= settings.model_dump(exclude_none=True) if settings else {}
    if problems:
        raise InputError(problems)
    unknown = [name for name in given if name not in Settings.model_fields]
    if unknown:
        raise UsageError(f"“{unknown[0]}” cannot be set{_suggestion(unknown[0], Settings.model_fields)}")
    try:
        return Settings(**(values | dict(given)))
    except ValueError as fault:
        raise UsageError(f"the title block cannot hold that: {fault}") from None


# --- writing ------------------------------------------------------------------------------------


def _write(files: Sequence[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """All files or none: each is written under a temporary name first, then all are renamed."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_written(path, data), path))
        for temporary, path in waiting:
            os.replace(temporary, path)
    except OSError as fault:
        raise OutputError(
            f"{fault.filename or 'the output'} cannot be written: {fault.strerror}; "
            "close the file if it is open elsewhere, or choose another folder with --out"
        ) from None
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return tuple(path for path, _ in files)


def _written(path: Path, data: bytes) -> Path:
    """A temporary file beside `path` with `data`, safely on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if hasattr(os, "umask"):
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    return Path(name)
