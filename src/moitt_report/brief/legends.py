"""The legends: the rule of the status, how absent figures are printed, and what stands for percentage points."""

from collections.abc import Iterable
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Figure, Row, Runs, Table
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.rule_facts import threshold
from moitt_report.brief.status_words import TONES
from moitt_report.brief.warnings import has_warned
from moitt_report.brief.wording import say
from moitt_report.model.kpi import Absence
from moitt_report.model.status import Status


def status_table(c: Composition, part: BlockPart) -> Table:
    """The status rule, with its thresholds."""
    high, low = threshold(c, "on_target").run("prose"), threshold(c, "watch").run("prose")
    rules = {
        Status.ON_TARGET: high + say(" or more"),
        Status.WATCH: low + say(" to under ") + high,
        Status.BEHIND: say("under ") + low,
        Status.NOT_YET_DUE: say("target date after the as-of date"),
        Status.NOT_RATED: say("no target, no reading of its months, or steps without an order"),
    }
    rows = tuple(Row(cells=(Cell(runs=say(s.value), tone=TONES[s]), Cell(runs=rules[s]))) for s in Status)
    return _small(c, part, "status-rule", ("Mark and word", "Rule"), (28, 56), rows)


def absence_table(c: Composition, part: BlockPart) -> Table:
    """How absent figures are printed."""
    zero = c.ledger.count(
        "zero", "Zero, as an example of a reported figure", Decimal(0), "", formula="example"
    )
    meanings = (
        (zero.run("plain"), "reported, and zero"),
        (_absent(c, Absence.NOT_REPORTED), "not reported, or computed from such a figure"),
        (_absent(c, Absence.NOT_YET_DUE), "not yet due on the as-of date"),
        (_absent(c, Absence.NOT_APPLICABLE), "not applicable: no such figure can exist"),
    )
    rows = tuple(Row(cells=(Cell(runs=mark), Cell(runs=say(words)))) for mark, words in meanings)
    if any(fact.restated for fact in c.ledger.facts):
        mark, words = say(wording.RESTATED), say("after a figure: given otherwise before, and restated")
        rows += (Row(cells=(Cell(runs=mark), Cell(runs=words))),)
    rows += tuple(
        Row(cells=(Cell(runs=wording.furniture(f"{letter}1", "number")), Cell(runs=say(words))))
        for letter, words, stand in (
            ("R", "number of a note on figures that disagree", bool(c.conflicts)),
            ("W", "number of a figure that needs a reason", has_warned(c)),
        )
        if stand
    )
    return _small(c, part, "absences", ("Printed", "Meaning"), (18, 60), rows)


def points_note(rows: Iterable[Row]) -> tuple[Runs, ...]:
    """The note below a table that says what `pp` is; none where no figure of it is printed so."""
    short = f"{wording.NBSP}{wording.POINTS_IN_SHORT}"
    figures = (run for row in rows for cell in row.cells for run in cell.runs if isinstance(run, Figure))
    if not any(figure.words.endswith(short) for figure in figures):
        return ()
    return (say(f"{wording.POINTS_IN_SHORT} = {wording.POINTS}: the difference of two percentages."),)


def _absent(c: Composition, absence: Absence) -> Runs:
    return c.ledger.money(
        f"example.{absence.value.replace(' ', '-')}", f"Example: {absence.value}", absence
    ).run()


def _small(
    c: Composition,
    part: BlockPart,
    anchor: str,
    heads: tuple[str, str],
    widths: tuple[float, float],
    rows: tuple[Row, ...],
) -> Table:
    return Table(
        anchor=anchor,
        **c.frame(part, ""),
        columns=tuple(Column(head=say(h), width=w) for h, w in zip(heads, widths, strict=True)),
        rows=rows,
        notes=c.notes(part),
        size="dense",
    )
