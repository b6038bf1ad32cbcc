"""The warnings of the rules as the reader sees them: what was found, and the reason on record."""

from collections.abc import Sequence

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Cell, Column, NoteRef, Row, Runs, Table
from moitt_report.brief.evidence import Statement
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.wording import furniture, named, say
from moitt_report.model.rules.check import findings
from moitt_report.model.rules.finding import Finding

BLOCK = "warnings"


def found(c: Composition) -> tuple[Finding, ...]:
    """The warnings of the period, in the order of their numbers W1, W2 …"""
    return c.once("findings", lambda: findings(c.portfolio))


def warned(c: Composition, *records: object) -> Runs:
    """References to the warnings that rest on any of `records`; empty where the brief has no table of them."""
    if BLOCK not in c.outline.blocks:
        return ()
    numbers = [
        f"W{n}"
        for n, finding in enumerate(found(c), 1)
        if any(e.read is not None and e.read is record for e in finding.evidence for record in records)
    ]
    _referred(c).update(numbers)
    references: list[Runs] = [(NoteRef(words=number),) for number in numbers]
    return say(" (") + wording.joined(references, last=", ") + say(")") if references else ()


def has_warned(c: Composition) -> bool:
    """Whether a table refers to a warning by its number."""
    return bool(_referred(c))


def _referred(c: Composition) -> set[str]:
    return c.once("warned", set[str])


def warning_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of the warnings."""
    return {
        "warnings": lambda: _count(c, "warnings", "Figures that need a reason", found(c)),
        "warnings.open": lambda: _count(
            c,
            "warnings.open",
            "Figures without a reason on record",
            [f for f in found(c) if f.waiver is None],
        ),
    }


def _count(c: Composition, id: str, label: str, items: Sequence[Finding]) -> Printed:
    figures = [_statement(c, finding).facts(c)[0].fact for finding in items]
    return c.ledger.how_many(
        id, label, "warnings", figures, formula="count, each by the first figure it rests on"
    )


def warning_table(c: Composition, part: BlockPart) -> Table:
    """Each warning: what it is about, what was found, and why it may stand."""
    rows = [
        Row(
            anchor=f"W{n}",
            cells=(
                Cell(runs=furniture(f"W{n}", "number")),
                Cell(runs=named(finding.subject)),
                Cell(runs=_saying(c, finding)),
                Cell(runs=_reason(c, finding)),
            ),
        )
        for n, finding in enumerate(found(c), 1)
    ]
    return Table(
        anchor="warnings",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Note"), width=9, muted=True),
            Column(head=say("About"), width=44),
            Column(head=say("What was found"), width=63),
            Column(head=say("Reason on record"), width=52),
        ),
        stub=1,
        rows=tuple(rows),
        notes=c.notes(part),
        size="dense",
    )


def _statement(c: Composition, finding: Finding) -> Statement:
    number = found(c).index(finding) + 1  # one rule may find two things about one project
    return Statement(finding.rule, f"{finding.about}.{number}", finding.subject, finding)


def _saying(c: Composition, finding: Finding) -> Runs:
    return wording.capitalised(_statement(c, finding).runs(c))


def _reason(c: Composition, finding: Finding) -> Runs:
    waiver = finding.waiver
    if waiver is None:
        return say("None on record; one is due before the brief is final")
    return c.answered_for(waiver)
