"""`moitt-report check`."""

import json
import os
import sys
from collections.abc import Sequence

import click

from moitt_report.cli.options import ENCODING, LIMITS, manner_of
from moitt_report.cli.words import counted
from moitt_report.errors import ExitCode, Problem, errors_in, place_of
from moitt_report.pipeline import check


@click.command("check")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of problems.")
@click.option("--annotate", metavar="FOLDER", help="Write a marked copy of each faulty workbook there.")
@ENCODING
@LIMITS
def command(
    inputs: tuple[str, ...],
    as_json: bool,
    annotate: str | None,
    encoding: str | None,
    limits: dict[str, str],
) -> None:
    """Read and validate the returns at INPUT; print every problem; write nothing but what --annotate asks."""
    manner = manner_of(encoding, limits)
    if annotate is None:
        problems = check.check(inputs, manner=manner, workers=_workers())
    else:
        problems, files = check.check_and_annotate(inputs, annotate, manner=manner, workers=_workers())
        for file in files:
            click.echo(str(file), err=True)
    if as_json:
        click.echo(json.dumps([_as_object(p) for p in problems], ensure_ascii=False, indent=2))
    else:
        _print_problems(problems)
    if errors_in(problems):
        sys.exit(ExitCode.INPUT_HAS_ERRORS)


def _workers() -> int:
    """One process for each processor we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _as_object(problem: Problem) -> dict[str, object]:
    return {
        "severity": problem.severity,
        "file": problem.file,
        "place": problem.place,
        "also": [place_of(address) for address in problem.also],
        "what": problem.what,
        "remedy": problem.remedy,
    }


def _print_problems(problems: Sequence[Problem]) -> None:
    if sys.stdout.isatty() and problems:
        _print_table(problems)
    else:
        for problem in problems:
            click.echo(str(problem))
    warnings = sum(p.severity == "warning" for p in problems)
    if sys.stdout.isatty() or not problems:
        click.echo(f"{counted(len(errors_in(problems)), 'error')}, {counted(warnings, 'warning')}")


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
