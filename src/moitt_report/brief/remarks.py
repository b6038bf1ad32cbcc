"""What the agencies say in their own words: shown as theirs, with the figures they bind."""

from moitt_report.brief.composition import Composition, remark
from moitt_report.brief.content import Cell, Column, Row, Runs, Table
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.wording import named, say
from moitt_report.model.agency_return import Said


def has_remarks(c: Composition) -> bool:
    """Whether any agency says anything."""
    return any(filed.remarks for filed in c.portfolio.returns)


def remark_table(c: Composition, part: BlockPart) -> Table:
    """Each remark beside the agency that made it, in the order of the returns."""
    rows = [
        Row(
            cells=(
                Cell(runs=named(c.portfolio.registers.agencies.get(filed.agency).short)),
                Cell(runs=_words(c, said)),
            )
        )
        for filed in c.portfolio.returns
        for said in filed.remarks
    ]
    return Table(
        anchor="remarks",
        **c.frame(part, c.next_table()),
        columns=(Column(head=say("Agency"), width=28), Column(head=say("Remark"), width=140)),
        rows=tuple(rows),
        notes=c.notes(part),
    )


def _words(c: Composition, said: Said) -> Runs:
    """The words as they stand; a remark quoted from elsewhere stands in quotation marks and names no figure."""
    return say("“") + remark(said.text) + say("”") if said.quoted else c.quote(said.text)
