"""The projects to be watched, by the limits of the Planning Commission and ours, each flag with its reason."""

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Cell, Column, Row, Runs, Table
from moitt_report.brief.evidence import Statement
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.projects import project_fact
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import named, say
from moitt_report.model.flags import Flagged, flagged


def found(c: Composition) -> tuple[Flagged, ...]:
    """All flags of all projects."""
    return c.once("flags", lambda: flagged(c.portfolio))


def flag_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of the flags: how many projects have one, and the limits of the rules."""
    rule = c.portfolio.registers.rules.flags
    return {
        "flags.projects": lambda: _project_count(c),
        "flags.mega": lambda: c.ledger.money(
            "rule.mega.limit",
            "Limit of the rule mega",
            rule.mega_cost,
            formula=f"rule: {rule.source}",
            address=rule.address,
        ),
        "flags.slow": lambda: c.ledger.count(
            "rule.slow.limit",
            "Limit of the rule slow",
            rule.slow_points,
            "percentage points",
            formula=f"rule: {rule.slow_source}",
            address=rule.address,
        ),
    }


def _project_count(c: Composition) -> Printed:
    projects = {flag.project.project: flag.project for flag in found(c)}
    return c.ledger.how_many(
        "flags.projects",
        "Projects with a flag",
        "projects",
        [project_fact(c, report, None).fact for report in projects.values()],
    )


def flag_table(c: Composition, part: BlockPart) -> Table:
    """Each flagged project with its flags and what they rest on."""
    rows = tuple(
        Row(
            cells=(
                Cell(runs=named(flag.project.reported_as)),
                Cell(runs=say(flag.flag.value.capitalize())),
                Cell(runs=_reason(c, flag)),
            )
        )
        for flag in found(c)
    )
    return Table(
        anchor="flags",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Project"), width=60),
            Column(head=say("Flag"), width=30),
            Column(head=say("Reason"), width=78),
        ),
        rows=rows,
        notes=c.notes(part),
        sources=source_line(c, [e.read.source for flag in found(c) for e in flag.evidence if e.read]),
        size="dense",
    )


def _reason(c: Composition, flag: Flagged) -> Runs:
    words = Statement(flag.flag.value, flag.project.project, flag.project.reported_as, flag).runs(c)
    return wording.capitalised(words)
