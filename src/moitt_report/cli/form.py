"""`moitt-report form`."""

import datetime as dt

import click

from moitt_report.cli.options import ENCODING, LIMITS, date, manner_of
from moitt_report.cli.words import tell
from moitt_report.pipeline.form import FormFormat, form


@click.command("form")
@click.argument("agency")
@click.option("--period", required=True, help="The period to be reported, such as 2024-25-Q3.")
@click.option(
    "--previous", metavar="INPUT", help="The last return: its targets, sources and figures are filled in."
)
@click.option(
    "--format", "format", type=click.Choice(["xlsx", "csv", "yaml"]), default="xlsx", show_default=True
)
@click.option("--deadline", callback=date, metavar="DATE", help="By default, 15 days after the period.")
@click.option("--out", default=".", metavar="FOLDER", show_default=True, help="Folder for the form.")
@ENCODING
@LIMITS
def command(
    agency: str,
    period: str,
    previous: str | None,
    format: FormFormat,
    deadline: dt.date | None,
    out: str,
    encoding: str | None,
    limits: dict[str, str],
) -> None:
    """Write the form AGENCY is to fill in for a period, and print its name."""
    manner = manner_of(encoding, limits)
    made, problems = form(
        agency, period, previous=previous, out=out, format=format, deadline=deadline, manner=manner
    )
    tell(problems)
    click.echo(str(made))
