"""The table of reconciliation: each disagreement of the record, the figure used, and why."""

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Row, Table
from moitt_report.brief.legends import points_note
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.wording import say


def reconciliation_table(c: Composition, part: BlockPart) -> Table:
    """Each disagreement: the figure used, what is also published, the difference, the reason."""
    rows = [
        Row(
            anchor=conflict.number,
            cells=(
                Cell(runs=wording.furniture(conflict.number, "number")),
                Cell(runs=conflict.what),
                Cell(runs=conflict.used),
                Cell(runs=conflict.also),
                Cell(runs=conflict.difference),
                Cell(runs=conflict.reason),
            ),
        )
        for conflict in c.conflicts
    ]
    return Table(
        anchor="reconciliation",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Note"), width=9, muted=True),
            Column(head=say("Figure"), width=36),
            Column(head=say("Used here"), width=20, align="right"),
            Column(head=say("Also published"), width=34),
            Column(head=say("Difference"), width=18, align="right"),
            Column(head=say("Reason for the choice"), width=51),
        ),
        stub=1,
        rows=tuple(rows),
        notes=(*c.notes(part), *points_note(rows)),
        size="dense",
    )
