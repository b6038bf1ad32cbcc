"""Options that several commands share, and how their words are read."""

import datetime as dt
from typing import Any

import click

from moitt_report.intake.manner import Manner, raised, with_encoding


def pairs(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`NAME=VALUE`, repeated."""
    pairs = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not value.strip():
            raise click.BadParameter(f"“{one}” is not NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs


def date(_ctx: click.Context, _param: click.Parameter, given: str | None) -> dt.date | None:
    """A day as year-month-day."""
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(
            f"“{given}” is not a date; write year-month-day, for example 2024-12-31"
        ) from None


ENCODING = click.option(
    "--encoding", metavar="NAME", help="The encoding of CSV files that are not UTF-8, such as cp1252."
)
LIMITS = click.option(
    "--limit",
    "limits",
    multiple=True,
    callback=pairs,
    metavar="NAME=NUMBER",
    help="Raise a limit on what is read, such as cells=50000.",
)


def manner_of(encoding: str | None, limits: dict[str, str]) -> Manner:
    """How the files are read, by the two options above."""
    return with_encoding(raised(Manner(), limits), encoding)


FOLDER_OF_RETURNS: dict[str, Any] = {
    "default": "returns",
    "metavar": "FOLDER",
    "show_default": True,
    "help": "The folder of returns; a folder per period is in it.",
}
"""What `--into` and `--in` share."""

REGISTER = click.option(
    "--register",
    metavar="FILE|URL",
    help="The register of filings, a file or postgresql://…; by default register.sqlite in the folder of returns.",
)
