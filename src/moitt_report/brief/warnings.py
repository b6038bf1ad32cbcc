"""The warnings of the rules as the reader sees them: what was found, and the reason on record."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker, remark
from moitt_report.brief.content import Cell, Column, NoteRef, Row, Runs, Table
from moitt_report.brief.ledger import Printed
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.wording import dated, furniture, named, say
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Reading
from moitt_report.model.period import Period
from moitt_report.model.project import Progress
from moitt_report.model.rules.check import findings
from moitt_report.model.rules.finding import Evidence, Finding

BLOCK = "warnings"
_PLACE = re.compile(r"\{(when)?(\d)\}")


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
    return wording.joined([(*say(" "), NoteRef(words=number)) for number in numbers], ",", ",")


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
    return c.ledger.count(id, label, Decimal(len(items)), "warnings", formula="count")


def warning_table(c: Composition, part: BlockPart) -> Table:
    """Each warning: what it is about, what was found, and why it may stand."""
    rows = [
        Row(
            anchor=f"W{n}",
            cells=(
                Cell(runs=furniture(f"W{n}", "number")),
                Cell(runs=named(finding.subject)),
                Cell(runs=_saying(c, finding)),
                Cell(runs=_reason(finding)),
            ),
        )
        for n, finding in enumerate(found(c), 1)
    ]
    return Table(
        anchor="warnings",
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("Note"), width=9, muted=True),
            Column(head=say("About"), width=44),
            Column(head=say("What was found"), width=63),
            Column(head=say("Reason on record"), width=52),
        ),
        stub=1,
        rows=tuple(rows),
        notes=tuple(c.speak(note) for note in part.notes),
        size="dense",
    )


def _saying(c: Composition, finding: Finding) -> Runs:
    """The sentence of a finding, its figures as facts."""
    facts = _facts(c, finding)
    words: Runs = ()
    end = 0
    for place in _PLACE.finditer(finding.saying):
        words += say(finding.saying[end : place.start()]) if place.start() > end else ()
        n = int(place[2])
        words += _when(finding.evidence[n].when) if place[1] else facts[n].run("prose")
        end = place.end()
    words += say(finding.saying[end:]) if end < len(finding.saying) else ()
    return _capitalised(words)


def _capitalised(words: Runs) -> Runs:
    first, *rest = words
    if first.kind != "text" or first.furniture:
        return words
    return (*say(first.words[:1].upper() + first.words[1:]), *rest)


def _facts(c: Composition, finding: Finding) -> list[Printed]:
    read = [_read(c, finding, n, e) for n, e in enumerate(finding.evidence)]
    inputs = tuple(fact.fact for fact in read if fact is not None)
    return [
        fact or _computed(c, finding, evidence, inputs)
        for fact, evidence in zip(read, finding.evidence, strict=True)
    ]


def _read(c: Composition, finding: Finding, n: int, evidence: Evidence) -> Printed | None:
    """The fact of a record: the one it has already in this brief, else one of its own."""
    if evidence.read is None:
        return None
    known = c.ledger.of(evidence.read)
    if known is not None:
        return known
    id = f"{finding.rule}.{finding.about}.{n}"[:64]
    label = f"{finding.subject}, {_plain(evidence.when)}"
    match evidence.read:
        case Amount():
            return c.ledger.money(id, label, evidence.read.amount, read=evidence.read)
        case Reading():
            kpi = c.portfolio.registers.kpis.get(evidence.read.kpi)
            return c.ledger.count(
                id, label, evidence.value, kpi.unit, kpi.decimals, read=evidence.read, topic=kpi.name
            )
        case Progress():
            return c.ledger.percent(
                id, label, evidence.value, formula="as reported", cite=(evidence.read.source,)
            )


def _computed(c: Composition, finding: Finding, evidence: Evidence, inputs: tuple[str, ...]) -> Printed:
    if evidence.rule:
        return c.ledger.rule(
            f"rule.{finding.rule}", f"Limit of the rule {finding.rule}", evidence.value, evidence.rule
        )
    return c.ledger.percent(
        f"{finding.rule}.{finding.about}"[:64],
        finding.subject,
        evidence.value,
        formula=evidence.formula,
        inputs=inputs,
    )


def _when(when: dt.date | Period) -> Runs:
    return dated(_plain(when))


def _plain(when: dt.date | Period) -> str:
    return wording.day(when) if isinstance(when, dt.date) else wording.period_name(when)


def _reason(finding: Finding) -> Runs:
    waiver = finding.waiver
    if waiver is None:
        return say("None on record; one is due before the brief is final")
    return (
        remark(waiver.why)
        + say(" (")
        + furniture(waiver.who, "title block")
        + say(", ")
        + dated(wording.day(waiver.when))
        + say(")")
    )
