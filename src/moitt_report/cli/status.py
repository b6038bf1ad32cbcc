"""`moitt-report status`."""

import datetime as dt
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from moitt_report.cli.options import FOLDER_OF_RETURNS, REGISTER, date
from moitt_report.cli.words import counted, tell
from moitt_report.errors import ExitCode, errors_in
from moitt_report.filing.duties import Duty
from moitt_report.filing.record import Filing, superseded_by
from moitt_report.pipeline.filing import FilingStatus, filing_status

EXPECTED = (
    "Expected: the agencies to which the registers give a KPI or a project, and those that filed for the "
    "period before."
)


@click.command("status")
@click.option("--period", required=True, help="The period reported, such as 2024-25-Q3.")
@click.option("--deadline", callback=date, metavar="DATE", help="By default, 15 days after the period.")
@click.option("--in", "folder", **FOLDER_OF_RETURNS)
@REGISTER
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def command(period: str, deadline: dt.date | None, folder: str, register: str | None, as_json: bool) -> None:
    """Who has filed for a period, who was late, who has not filed. Writes nothing.

    Looks as well whether the register was changed from outside and whether the folder is as the register
    has it. Exit code 3 when a filed return was changed.
    """
    today = dt.datetime.now(dt.UTC).astimezone().date()
    found = filing_status(period, today=today, folder=folder, register=register, deadline=deadline)
    if as_json:
        click.echo(json.dumps(_as_object(found), ensure_ascii=False, indent=2))
    else:
        _print(found)
    if errors_in(found.problems):
        sys.exit(ExitCode.INPUT_HAS_ERRORS)


def _print(found: FilingStatus) -> None:
    rows = [_row(one) for one in found.duties]
    if sys.stdout.isatty():
        _print_table(rows)
    else:
        for row in rows:
            click.echo("\t".join(row).rstrip())
    expected = [one for one in found.duties if one.expected]
    filed = sum(bool(one.filings) for one in expected)
    click.echo(
        f"{found.period}, due {found.deadline}: {filed} of {len(expected)} expected "
        f"agencies have filed, {_count(found, 'filed late')} late; {_count(found, 'overdue')} overdue"
    )
    click.echo(EXPECTED)
    click.echo(
        f"The register holds {counted(found.filings, 'filing')}, each following from those before it; "
        f"its head is {found.head}"
    )
    tell(found.problems)


def _count(found: FilingStatus, state: str) -> int:
    return sum(one.state == state for one in found.duties)


def _row(one: Duty) -> tuple[str, ...]:
    days = counted(one.days_late, "day")
    said = {
        "filed": "filed",
        "filed late": f"filed {days} late",
        "due": "not filed yet",
        "overdue": f"not filed, {days} overdue",
    }[one.state]
    if not one.filings:
        return one.agency.short, said, "", "", ""
    last, again = one.filings[-1], len(one.filings) - 1
    remarks = [f"filed again {'once' if again == 1 else f'{again} times'}"] if again else []
    remarks += [] if one.expected else ["not expected"]
    return (
        one.agency.short,
        said,
        f"{_moment(last)} by {last.filed_by}",
        counted(last.warnings, "warning"),
        ", ".join(remarks),
    )


def _moment(filing: Filing) -> str:
    return dt.datetime.fromisoformat(filing.filed_at).strftime("%Y-%m-%d %H:%M")


def _print_table(rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console  # noqa: PLC0415  only a terminal needs it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("Agency", "Return", "In force since", "Warnings", "")
    for row in rows:
        table.add_row(*map(Text, row))  # text, never markup
    Console().print(table)


def _as_object(found: FilingStatus) -> dict[str, Any]:
    return {
        "period": str(found.period),
        "deadline": str(found.deadline),
        "expected": EXPECTED,
        "agencies": [_agency(one) for one in found.duties],
        "problems": [asdict(problem) for problem in found.problems],
        "register": {"filings": found.filings, "head": found.head},
    }


def _agency(one: Duty) -> dict[str, Any]:
    later = superseded_by(one.filings)
    return {
        "agency": one.agency.id,
        "expected": one.expected,
        "state": one.state,
        "days_late": one.days_late,
        "filings": [
            {
                "filing": f.number,
                "filed_at": f.filed_at,
                "filed_by": f.filed_by,
                "sent_as": f.sent_as,
                "sha256": f.digest,
                "warnings": f.warnings,
                "notes": f.notes,
                "problems": json.loads(f.problems),
                "supersedes": f.supersedes,
                "superseded_by": later.get(f.number),
            }
            for f in one.filings
        ],
    }
