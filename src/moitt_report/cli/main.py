"""The command `moitt-report`: what it is called, and how it ends. Only this package prints or exits."""

import os
import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NoReturn

import click

from moitt_report.cli.words import counted, tell
from moitt_report.errors import ExitCode, InputError, MoittReportError, errors_in
from moitt_report.undisturbed import importing

COMMANDS = (
    "build",
    "check",
    "edits",
    "explain",
    "file",
    "form",
    "list",
    "render",
    "schema",
    "show",
    "status",
)
"""Each is a module of its own here, and is imported when it is asked for."""


class _Commands(click.Group):
    """A group that imports a command when it is asked for, and suggests the nearest one."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command called `name`."""
        if name not in COMMANDS:
            return None
        with importing():
            found: click.Command = import_module(f"moitt_report.cli.{name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as fault:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1, cutoff=0.4)
            if near:
                raise click.UsageError(
                    f"there is no command “{args[0]}”; did you mean “{near[0]}”?", ctx
                ) from None
            raise fault from None


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="moitt-report", prog_name="moitt-report")
def commands() -> None:
    """Briefings for the Ministry of IT and Telecommunication: reported figures in, one PDF and one Word file out.

    \b
    Examples:
      moitt-report build                      the built-in reply of 13 November 2025
      moitt-report build 2024-25-Q2           a built-in quarter
      moitt-report build returns/2024-25-Q3 --set to="The Secretary" --set file_number="F. 1(2)/2025"
      moitt-report check returns/2024-25-Q3   every problem, and nothing written
      moitt-report file pseb.xlsx             into the folder of returns and its register
      moitt-report status --period 2024-25-Q3 who has filed, who is late, who has not filed
      moitt-report edits sent.docx back.docx  what was changed in a Word file that came back
      moitt-report list                       what is built in
    """  # noqa: D301  \b is a character here: it tells click to keep the lines


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit with its code."""
    _speak_utf8()
    # Pydantic would look through every installed distribution for plugins, and let any of them meddle.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        commands.main(
            args=list(args) if args is not None else None, prog_name="moitt-report", standalone_mode=False
        )
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(ExitCode.OUR_FAULT)
    except click.ClickException as fault:
        fault.show()
        sys.exit(ExitCode.WRONG_USAGE)
    except InputError as fault:
        _print_input_error(fault)
        sys.exit(fault.exit_code)
    except MoittReportError as fault:
        click.echo(f"moitt-report: {fault}", err=True)
        sys.exit(fault.exit_code)
    except Exception:  # noqa: BLE001  the last door: whatever comes here is ours to mend
        _print_our_fault()
        sys.exit(ExitCode.OUR_FAULT)
    sys.exit(ExitCode.DONE)


def _speak_utf8() -> None:
    """Windows consoles may default to a code page without our quotation marks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _print_input_error(fault: InputError) -> None:
    tell(fault.problems)
    click.echo(
        f"moitt-report: {counted(len(errors_in(fault.problems)), 'error')} in the input; nothing was written",
        err=True,
    )


def _print_our_fault() -> None:
    from importlib.metadata import version  # noqa: PLC0415  costs start-up time

    click.echo(traceback.format_exc(), err=True)
    click.echo(
        "moitt-report: this is a fault of ours, not of your input. Please report it with the lines above, "
        f"the command you gave, and the version ({version('moitt-report')}).",
        err=True,
    )
