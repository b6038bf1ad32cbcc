"""`moitt-report edits`."""

import dataclasses
import json
import sys

import click

from moitt_report.errors import ExitCode
from moitt_report.pipeline.edits import edits


@click.command("edits")
@click.argument("sent")
@click.argument("returned")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object of the changes.")
def command(sent: str, returned: str, as_json: bool) -> None:
    """List the figures and paragraphs that were changed in the Word file RETURNED since SENT.

    SENT is the file as moitt-report made it. Exit code 5 when anything was changed.
    """
    found = edits(sent, returned)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    else:
        for line in found.lines() or ["no figure and no paragraph was changed"]:
            click.echo(line)
    if found:
        sys.exit(ExitCode.WAS_EDITED)
