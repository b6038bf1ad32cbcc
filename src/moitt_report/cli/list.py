"""`moitt-report list`."""

from collections.abc import Callable
from difflib import get_close_matches

import click

from moitt_report.brief.catalogue import BLOCKS
from moitt_report.brief.tokens import token_names
from moitt_report.errors import UsageError
from moitt_report.pipeline.inputs import builtin_inputs, builtin_outlines, load_outline, load_registers
from moitt_report.pipeline.load import load


@click.command("list")
@click.argument("what", required=False, metavar="[WHAT]")
def command(what: str | None) -> None:
    """Show what is built in: inputs, outlines, agency, kpi, project, tokens, blocks. Without WHAT, an overview."""
    kinds = _listings()
    if what is None:
        for name in ("inputs", "outlines"):
            click.echo(f"{name}: {', '.join(kinds[name]())}")
        for name in ("agency", "kpi", "project", "tokens", "blocks"):
            click.echo(f"{name}: {len(kinds[name]())} entries (moitt-report list {name})")
        return
    if what.lower() not in kinds:
        near = get_close_matches(what, kinds, n=1, cutoff=0.4)
        raise UsageError(
            f"there is no list “{what}”; "
            + (f"did you mean “{near[0]}”?" if near else f"there are {', '.join(kinds)}")
        )
    for line in kinds[what.lower()]():
        click.echo(line)


def _listings() -> dict[str, Callable[[], list[str]]]:
    registers = load_registers
    return {
        "inputs": builtin_inputs,
        "outlines": builtin_outlines,
        "agency": lambda: [f"{a.id}: {a.name}" for a in registers().agencies.entries],
        "kpi": lambda: [f"{k.id}: {k.name} ({k.unit})" for k in registers().kpis.entries],
        "project": lambda: [f"{p.id}: {p.name}" for p in registers().projects.entries],
        "tokens": lambda: token_names(load(["2024-25-Q2"])[0], load_outline("quarterly")),
        "blocks": lambda: list(BLOCKS),
    }
