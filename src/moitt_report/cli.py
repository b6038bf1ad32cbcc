"""The command `moitt-report`: the only module that prints or exits."""

import dataclasses
import datetime as dt
import importlib.metadata
import json
import sys
import traceback
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

import click

from moitt_report import pipeline
from moitt_report.brief.catalogue import BLOCKS
from moitt_report.brief.content import Brief
from moitt_report.brief.settings import Settings
from moitt_report.brief.tokens import token_names
from moitt_report.errors import ExitCode, InputError, MoittReportError, Problem, UsageError
from moitt_report.intake.manner import Manner, raised, with_encoding
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.shipped import shipped

VERSION = importlib.metadata.version("moitt-report")


class _Commands(click.Group):
    """A group that suggests the nearest command."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as fault:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1, cutoff=0.4)
            if near:
                raise click.UsageError(
                    f"there is no command “{args[0]}”; did you mean “{near[0]}”?", ctx
                ) from None
            raise fault from None


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="moitt-report")
def commands() -> None:
    r"""Briefings for the Ministry of IT and Telecommunication: reported figures in, one PDF and one Word file out.

    \b
    Examples:
      moitt-report build                      the built-in reply of 13 November 2025
      moitt-report build 2024-25-Q2           a built-in quarter
      moitt-report build returns/2024-25-Q3 --set to="The Secretary" --set file_number="F. 1(2)/2025"
      moitt-report check returns/2024-25-Q3   every problem, and nothing written
      moitt-report edits sent.docx back.docx  what was changed in a Word file that came back
      moitt-report list                       what is built in
    """


def _pairs(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not value.strip():
            raise click.BadParameter(f"“{one}” is not NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs


def _date(_ctx: click.Context, _param: click.Parameter, given: str | None) -> dt.date | None:
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(
            f"“{given}” is not a date; write year-month-day, for example 2024-12-31"
        ) from None


@commands.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--outline", metavar="NAME|FILE", help="Plan of the brief; by default the one for the period.")
@click.option(
    "--previous",
    metavar="INPUT",
    help="Returns of the previous period; by default its folder beside the input.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(pipeline.RENDERERS)),
    multiple=True,
    help="Write only this format (repeatable).",
)
@click.option(
    "--out",
    default="out",
    metavar="FOLDER",
    show_default=True,
    help="Folder for the files; a folder per period is made in it.",
)
@click.option(
    "--as-of",
    callback=_date,
    metavar="DATE",
    help="Cut-off date; by default the latest as-of date in the input.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help=f"Fill the title block: {', '.join(Settings.model_fields)}.",
)
@click.option("--theme", metavar="FILE", help="A theme of your own; start from templates/theme.toml.")
@click.option(
    "--template", metavar="FILE", help="A Word document of your own to build on: styles, heads, feet."
)
@click.option("--final", is_flag=True, help="A final brief: no watermark, and no blank in the title block.")
def build(
    inputs: tuple[str, ...],
    outline: str | None,
    previous: str | None,
    formats: tuple[pipeline.Format, ...],
    out: str,
    as_of: dt.date | None,
    settings: dict[str, str],
    theme: str | None,
    template: str | None,
    final: bool,
) -> None:
    """Make the brief of the returns at INPUT: files, folders, or names of built-in inputs.

    Writes FOLDER/PERIOD/OUTLINE.pdf and .docx and prints their names. Without INPUT, the built-in
    reply of 13 November 2025.
    """
    made = _with_progress(
        lambda: pipeline.build(
            inputs,
            out=out,
            formats=formats or pipeline.DEFAULT_FORMATS,
            outline=outline,
            previous=previous,
            as_of=as_of,
            settings=settings,
            theme=theme,
            template=template,
            stage="final" if final else "draft",
        )
    )
    for problem in made.problems:
        click.echo(str(problem), err=True)
    for file in made.files:
        click.echo(str(file))


def _with_progress(work: Callable[[], pipeline.Built]) -> pipeline.Built:
    """Run `work`; on a terminal, show that something is going on."""
    if not sys.stderr.isatty():
        return work()
    from rich.console import Console  # noqa: PLC0415  only a terminal needs it

    with Console(stderr=True).status("Reading, composing and rendering …"):
        return work()


_ENCODING = click.option(
    "--encoding", metavar="NAME", help="The encoding of CSV files that are not UTF-8, such as cp1252."
)
_LIMITS = click.option(
    "--limit",
    "limits",
    multiple=True,
    callback=_pairs,
    metavar="NAME=NUMBER",
    help="Raise a limit on what is read, such as cells=50000.",
)


def _manner(encoding: str | None, limits: dict[str, str]) -> Manner:
    return with_encoding(raised(Manner(), limits), encoding)


@commands.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of problems.")
@click.option("--annotate", metavar="FOLDER", help="Write a marked copy of each faulty workbook there.")
@_ENCODING
@_LIMITS
def check(
    inputs: tuple[str, ...],
    as_json: bool,
    annotate: str | None,
    encoding: str | None,
    limits: dict[str, str],
) -> None:
    """Read and validate the returns at INPUT; print every problem; write nothing but what --annotate asks."""
    manner = _manner(encoding, limits)
    if annotate is None:
        problems = pipeline.check(inputs, manner=manner)
    else:
        problems, files = pipeline.check_and_annotate(inputs, annotate, manner=manner)
        for file in files:
            click.echo(str(file), err=True)
    if as_json:
        click.echo(json.dumps([_as_object(p) for p in problems], ensure_ascii=False, indent=2))
    else:
        _print_problems(problems)
    if any(p.severity == "error" for p in problems):
        sys.exit(ExitCode.INPUT_HAS_ERRORS)


def _as_object(problem: Problem) -> dict[str, str]:
    return {
        "severity": problem.severity,
        "file": problem.file,
        "place": problem.place,
        "what": problem.what,
        "remedy": problem.remedy,
    }


def _print_problems(problems: Sequence[Problem]) -> None:
    if sys.stdout.isatty() and problems:
        _print_table(problems)
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(p.severity == "error" for p in problems)
    warnings = sum(p.severity == "warning" for p in problems)
    if sys.stdout.isatty() or not problems:
        click.echo(f"{errors} errors, {warnings} warnings")


def _print_table(problems: Sequence[Problem]) -> None:
    from rich.console import Console  # noqa: PLC0415  only a terminal needs it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("", "File", "Place", "What is wrong", "What to do")
    colours = {"error": "red", "warning": "yellow", "note": "dim"}
    for p in problems:
        # Text, never markup: what stands in a file must not colour or hide a line.
        cells = (p.file, p.place, p.what, p.remedy)
        table.add_row(Text(p.severity, style=colours[p.severity]), *map(Text, cells))
    Console().print(table)


@commands.command()
@click.argument("agency")
@click.option("--period", required=True, help="The period to be reported, such as 2024-25-Q3.")
@click.option(
    "--previous", metavar="INPUT", help="The last return: its targets, sources and figures are filled in."
)
@click.option("--format", "format", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True)
@click.option("--deadline", callback=_date, metavar="DATE", help="By default, 15 days after the period.")
@click.option("--out", default=".", metavar="FOLDER", show_default=True, help="Folder for the form.")
def form(
    agency: str,
    period: str,
    previous: str | None,
    format: pipeline.FormFormat,
    deadline: dt.date | None,
    out: str,
) -> None:
    """Write the form AGENCY is to fill in for a period, and print its name."""
    made = pipeline.form(agency, period, previous=previous, out=out, format=format, deadline=deadline)
    click.echo(str(made))


@commands.command()
@click.argument("sent")
@click.argument("returned")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object of the changes.")
def edits(sent: str, returned: str, as_json: bool) -> None:
    """List the figures and paragraphs that were changed in the Word file RETURNED since SENT.

    SENT is the file as moitt-report made it. Exit code 5 when anything was changed.
    """
    found = pipeline.edits(sent, returned)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    else:
        for line in found.lines() or ["no figure and no paragraph was changed"]:
            click.echo(line)
    if found:
        sys.exit(ExitCode.WAS_EDITED)


@commands.command("list")
@click.argument("what", required=False, metavar="[WHAT]")
def list_(what: str | None) -> None:
    """Show what is built in: inputs, outlines, agency, kpi, project, tokens, blocks. Without WHAT, an overview."""
    kinds = _listings()
    if what is None:
        for name in ("inputs", "outlines"):
            click.echo(f"{name}: {', '.join(kinds[name]())}")
        for name in ("agency", "kpi", "project", "tokens", "blocks"):
            click.echo(f"{name}: {len(kinds[name]())} entries (moitt-report list {name})")
        return
    if what.lower() not in kinds:
        near = get_close_matches(what, kinds, n=1, cutoff=0.4)
        raise UsageError(
            f"there is no list “{what}”; "
            + (f"did you mean “{near[0]}”?" if near else f"there are {', '.join(kinds)}")
        )
    for line in kinds[what.lower()]():
        click.echo(line)


def _listings() -> dict[str, Callable[[], list[str]]]:
    registers = pipeline.load_registers
    return {
        "inputs": pipeline.builtin_inputs,
        "outlines": pipeline.builtin_outlines,
        "agency": lambda: [f"{a.id}: {a.name}" for a in registers().agencies.entries],
        "kpi": lambda: [f"{k.id}: {k.name} ({k.unit})" for k in registers().kpis.entries],
        "project": lambda: [f"{p.id}: {p.name}" for p in registers().projects.entries],
        "tokens": lambda: token_names(pipeline.load(["2024-25-Q2"])[0], pipeline.load_outline("quarterly")),
        "blocks": lambda: list(BLOCKS),
    }


SHOWN = {"quarterly": "quarterly.yaml", "completion": "completion.yaml", "theme": "theme.toml"}


@commands.command()
@click.argument("name", type=click.Choice(list(SHOWN)))
def show(name: str) -> None:
    """Print a shipped outline or the theme, to be saved, changed and given by --outline or --theme."""
    click.echo(shipped("templates", SHOWN[name]).read_text("utf-8"), nl=False)


SCHEMAS: dict[str, type[AgencyReturn] | type[Brief]] = {"return": AgencyReturn, "brief": Brief}


@commands.command()
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def schema(name: str) -> None:
    """Print the JSON Schema of a return or of a brief."""
    document: dict[str, Any] = SCHEMAS[name].model_json_schema()
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit with its code."""
    _speak_utf8()
    try:
        commands.main(
            args=list(args) if args is not None else None, prog_name="moitt-report", standalone_mode=False
        )
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(ExitCode.OUR_FAULT)
    except click.ClickException as fault:
        fault.show()
        sys.exit(ExitCode.WRONG_USAGE)
    except InputError as fault:
        _print_input_error(fault)
        sys.exit(fault.exit_code)
    except MoittReportError as fault:
        click.echo(f"moitt-report: {fault}", err=True)
        sys.exit(fault.exit_code)
    except Exception:  # noqa: BLE001  the last door: whatever comes here is ours to mend
        _print_our_fault()
        sys.exit(ExitCode.OUR_FAULT)
    sys.exit(ExitCode.DONE)


def _speak_utf8() -> None:
    """Windows consoles may default to a code page without our quotation marks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _print_input_error(fault: InputError) -> None:
    for problem in fault.problems:
        click.echo(str(problem), err=True)
    errors = sum(p.severity == "error" for p in fault.problems)
    click.echo(
        f"moitt-report: {errors} {'error' if errors == 1 else 'errors'} in the input; nothing was written",
        err=True,
    )


def _print_our_fault() -> None:
    click.echo(traceback.format_exc(), err=True)
    click.echo(
        "moitt-report: this is a fault of ours, not of your input. Please report it with the lines above, "
        f"the command you gave, and the version ({VERSION}).",
        err=True,
    )
