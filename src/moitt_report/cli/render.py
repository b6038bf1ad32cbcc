"""`moitt-report render`."""

import click

from moitt_report.cli.looks import OUT, TEMPLATE, THEME, WORD_ROWS
from moitt_report.cli.words import tell
from moitt_report.pipeline.render import render
from moitt_report.pipeline.renderers import DEFAULT_FORMATS, Format


@click.command("render")
@click.argument("brief", metavar="BRIEF")
@click.option(
    "--format",
    "formats",
    type=click.Choice(["pdf", "docx", "xlsx"]),
    multiple=True,
    help="Write only this format (repeatable).",
)
@OUT
@THEME
@TEMPLATE
@WORD_ROWS
def command(
    brief: str,
    formats: tuple[Format, ...],
    out: str,
    theme: str | None,
    template: str | None,
    word_rows: int,
) -> None:
    """Make the files of a brief anew; no return is read.

    BRIEF is what `build --format json` writes, or a PDF or Word file that carries its brief.
    """
    files, problems = render(
        brief,
        out=out,
        formats=formats or DEFAULT_FORMATS,
        theme=theme,
        template=template,
        word_rows=word_rows,
    )
    tell(problems)
    for file in files:
        click.echo(str(file))
