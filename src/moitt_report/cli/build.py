"""`moitt-report build`."""

import datetime as dt
import sys
from collections.abc import Callable

import click

from moitt_report.brief.settings import SETTABLE
from moitt_report.cli.looks import OUT, TEMPLATE, THEME, WORD_ROWS
from moitt_report.cli.options import ENCODING, LIMITS, date, manner_of, pairs
from moitt_report.cli.words import tell
from moitt_report.pipeline import build
from moitt_report.pipeline.renderers import DEFAULT_FORMATS, RENDERERS, Format


@click.command("build")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--outline", metavar="NAME|FILE", help="Plan of the brief; by default the one for the period.")
@click.option(
    "--about",
    metavar="NAME",
    help="The agency or project that the brief is about, by its id or any of its names.",
)
@click.option(
    "--previous",
    metavar="INPUT|BRIEF",
    help="Returns of the previous period, by default its folder beside the input; "
    "or the brief made of them, as PDF, Word or JSON.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(RENDERERS)),
    multiple=True,
    help="Write only this format (repeatable).",
)
@OUT
@click.option(
    "--as-of",
    callback=date,
    metavar="DATE",
    help="Cut-off date; by default the latest as-of date in the input.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    callback=pairs,
    metavar="NAME=VALUE",
    help=f"Fill the title block or the question: {', '.join(SETTABLE)} ….",
)
@THEME
@TEMPLATE
@WORD_ROWS
@click.option(
    "--annex",
    "annexes",
    type=click.Choice(["facts"]),
    multiple=True,
    help="Add an annex: facts, with every figure, how it was made and where it was read.",
)
@click.option("--final", is_flag=True, help="A final brief: no watermark, and no blank in the title block.")
@ENCODING
@LIMITS
def command(
    inputs: tuple[str, ...],
    outline: str | None,
    about: str | None,
    previous: str | None,
    formats: tuple[Format, ...],
    out: str,
    as_of: dt.date | None,
    settings: dict[str, str],
    theme: str | None,
    template: str | None,
    word_rows: int,
    annexes: tuple[build.Annex, ...],
    final: bool,
    encoding: str | None,
    limits: dict[str, str],
) -> None:
    """Make the brief of the returns at INPUT: files, folders, or names of built-in inputs.

    Writes FOLDER/PERIOD/OUTLINE.pdf and .docx, OUTLINE-NAME with --about, and prints their names. Without INPUT, the built-in
    reply of 13 November 2025.
    """
    manner = manner_of(encoding, limits)
    made = _with_progress(
        lambda: build.build(
            inputs,
            out=out,
            formats=formats or DEFAULT_FORMATS,
            outline=outline,
            about=about,
            previous=previous,
            as_of=as_of,
            settings=settings,
            theme=theme,
            template=template,
            word_rows=word_rows,
            annexes=annexes,
            stage="final" if final else "draft",
            manner=manner,
        )
    )
    tell(made.problems)
    for file in made.files:
        click.echo(str(file))


def _with_progress(work: Callable[[], build.Built]) -> build.Built:
    """Run `work`; on a terminal, show that something is going on."""
    if not sys.stderr.isatty():
        return work()
    from rich.console import Console  # noqa: PLC0415  only a terminal needs it

    with Console(stderr=True).status("Reading, composing and rendering …"):
        return work()
