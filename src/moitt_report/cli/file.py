"""`moitt-report file`."""

import datetime as dt
import getpass

import click

from moitt_report.cli.options import FOLDER_OF_RETURNS, REGISTER
from moitt_report.cli.words import counted, tell
from moitt_report.errors import UsageError
from moitt_report.filing.entry import Entered
from moitt_report.pipeline.filing import file_returns


@click.command("file")
@click.argument("returns", nargs=-1, required=True, metavar="RETURN...")
@click.option("--by", metavar="NAME", help="Who files; by default the name you are logged in under.")
@click.option("--into", **FOLDER_OF_RETURNS)
@REGISTER
def command(returns: tuple[str, ...], by: str | None, into: str, register: str | None) -> None:
    """Put the RETURNs of one period into the folder of returns and enter them in its register.

    RETURN is a file or a folder. When any of them has an error, nothing is filed. What was filed before is
    kept; the same bytes filed again change nothing.
    """
    now = dt.datetime.now(dt.UTC).astimezone()
    done = file_returns(returns, by=by or _login(), at=now, into=into, register=register)
    tell(done.problems)
    for one in done.entered:
        click.echo(_line(one))
    click.echo(f"the register holds {counted(done.filings, 'filing')}; its head is {done.head}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # which of them depends on the system and the Python
        raise UsageError("this system does not say who you are; say it with --by NAME") from None


def _line(one: Entered) -> str:
    filing = one.filing
    if not one.anew:
        return (
            f"already filed: {one.file} is these very bytes (filing {filing.number}, {filing.day}, "
            f"by {filing.filed_by}); nothing was done"
        )
    about = [f"filing {filing.number}"]
    if filing.supersedes is not None:
        about.append(f"supersedes filing {filing.supersedes}")
    if filing.warnings:
        about.append(counted(filing.warnings, "warning"))
    return f"filed: {one.file} ({', '.join(about)})"
