"""What several commands print."""

from collections.abc import Iterable

import click

from moitt_report.errors import Problem


def tell(problems: Iterable[Problem]) -> None:
    """Print problems on the error output, a line each."""
    for problem in problems:
        click.echo(str(problem), err=True)


def counted(number: int, noun: str) -> str:
    """`1 filing`, `2 filings`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
