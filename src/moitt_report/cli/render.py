"""`moitt-report render`."""

import click

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
@click.option(
    "--out",
    default="out",
    metavar="FOLDER",
    show_default=True,
    help="Folder for the files; a folder per period is made in it.",
)
@click.option("--theme", metavar="FILE", help="A theme of your own; start from templates/theme.toml.")
@click.option(
    "--template", metavar="FILE", help="A Word document of your own to build on: styles, heads, feet."
)
def command(
    brief: str, formats: tuple[Format, ...], out: str, theme: str | None, template: str | None
) -> None:
    """Make the files of a brief anew; no return is read.

    BRIEF is what `build --format json` writes, or a PDF or Word file that carries its brief.
    """
    for file in render(brief, out=out, formats=formats or DEFAULT_FORMATS, theme=theme, template=template):
        click.echo(str(file))
