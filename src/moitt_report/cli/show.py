"""`moitt-report show`."""

import click

from moitt_report.shipped import shipped

SHOWN = {file.stem: file.name for file in sorted(shipped("templates").glob("*.yaml"))} | {
    "theme": "theme.toml"
}


@click.command("show")
@click.argument("name", type=click.Choice(list(SHOWN)))
def command(name: str) -> None:
    """Print a shipped outline or the theme, to be saved, changed and given by --outline or --theme."""
    click.echo(shipped("templates", SHOWN[name]).read_text("utf-8"), nl=False)
