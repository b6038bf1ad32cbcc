"""Finance by year and physical targets of one project, as form PC-IV has them.

The finance table has the columns of its section 10, the table of physical targets those of section 11; column heads
as in https://ro.scribd.com/document/393882659/PC-IV-Form-New.
"""

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, HeadGroup, Row, Runs, Table
from moitt_report.brief.kpi_target import TargetFacts
from moitt_report.brief.kpis import KpiFacts
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.project_page import reported_project
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, furniture, named, say
from moitt_report.model.budget import AllocationKind, Stage
from moitt_report.model.kpi import Absence, Direction, Kpi
from moitt_report.model.project import Project


def phasing_table(c: Composition, part: BlockPart) -> Table:
    """Requirement, allocation, releases and expenditure by year: the columns of PC-IV, section 10."""
    facts = reported_project(c)
    none = c.ledger.money(
        "phasing.not-told", "Of earlier years the return tells the expenditure only", Absence.NOT_REPORTED
    )
    rows = (_row_to_june(facts, none), _row_of_year(facts), _row_since_start(facts, none))
    heads = ("Funds requirement", "PSDP allocation", "Releases", "Expenditure")
    return Table(
        anchor="phasing",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Year"), width=32),
            *(
                Column(head=say(head), width=width, align="right")
                for _ in heads
                for head, width in (("Total", 19), ("FEC", 15))
            ),
        ),
        groups=tuple(
            HeadGroup(runs=say(head), first=1 + 2 * n, last=2 + 2 * n) for n, head in enumerate(heads)
        ),
        rows=rows,
        notes=c.notes(part),
        sources=source_line(c, [a.source for a in facts.report.amounts]),
        size="dense",
    )


def _if_proposed(facts: ProjectFacts) -> Runs:
    proposed = any(v.kind is AllocationKind.PROPOSED for v in facts.versions)
    return say(" (allocation proposed)") if proposed else ()


def _row_to_june(facts: ProjectFacts, none: Printed) -> Row:
    """The years before this one: a return tells what was spent in all of them, and nothing of each."""
    last_june = facts.c.portfolio.to_date.first.first_day.replace(month=6, day=30)
    return Row(
        cells=(
            Cell(runs=say("To ") + dated(wording.day(last_june))),
            *(Cell(runs=none.run()) for _ in range(6)),
            *_pair(facts.amount(Stage.TO_LAST_JUNE), facts.foreign(Stage.TO_LAST_JUNE)),
        )
    )


def _row_of_year(facts: ProjectFacts) -> Row:
    """The year to date: what was asked for, allocated, released and utilised."""
    return Row(
        cells=(
            Cell(runs=dated(wording.short_months(facts.c.portfolio.to_date)) + _if_proposed(facts)),
            *_pair(facts.demand(), facts.demand_foreign()),
            *_pair(facts.amount(), facts.foreign()),
            *_pair(facts.amount(Stage.RELEASED), facts.foreign(Stage.RELEASED)),
            *_pair(facts.amount(Stage.UTILISED), facts.foreign(Stage.UTILISED)),
        )
    )


def _row_since_start(facts: ProjectFacts, none: Printed) -> Row:
    return Row(
        role="total",
        cells=(
            Cell(runs=say("Since the start", bold=True)),
            *(Cell(runs=none.run(bold=True)) for _ in range(6)),
            Cell(runs=facts.since_start().run(bold=True)),
            Cell(runs=facts.since_start_foreign().run(bold=True)),
        ),
    )


def _pair(whole: Printed, foreign: Printed) -> tuple[Cell, Cell]:
    return Cell(runs=whole.run()), Cell(runs=foreign.run())


# --- physical targets ---------------------------------------------------------------------------


def has_targets(c: Composition) -> bool:
    """Whether any indicator of the project is reported."""
    return isinstance(c.about, Project) and bool(_counted(c))


def _counted(c: Composition) -> list[Kpi]:
    return [
        k for k in c.portfolio.kpis if k.direction is not Direction.MILESTONE and KpiFacts(c, k).is_reported
    ]


def targets_table(c: Composition, part: BlockPart) -> Table:
    """What was to be built or done, and what was: the columns of PC-IV, section 11."""
    rows, ids = [], []
    for n, kpi in enumerate(_counted(c), 1):
        facts = KpiFacts(c, kpi)
        aim = TargetFacts(facts)
        rows.append(
            Row(
                cells=(
                    Cell(runs=furniture(str(n), "number")),
                    Cell(runs=named(kpi.name)),
                    Cell(runs=named(kpi.unit)),
                    Cell(runs=aim.whole().run()),
                    Cell(runs=facts.cumulative().run()),
                    Cell(runs=aim.so_far().run()),
                )
            )
        )
        ids += [*facts.sources, *((aim.target.source,) if aim.target else ())]
    return Table(
        anchor="physical-targets",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("S.No."), width=16, muted=True),
            Column(head=say("Items"), width=68),
            Column(head=say("Unit"), width=22),
            Column(head=say("Quantity"), width=26, align="right"),
            Column(head=say("Actual"), width=20, align="right"),
            Column(head=say("%"), width=16, align="right"),
        ),
        stub=1,
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, ids),
        size="dense",
    )
