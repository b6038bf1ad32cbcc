"""The projects by where they stand: ongoing, new, completed; how many, and their money."""

from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Row, Runs, Table
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.projects import project_fact, proposed_mark
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import say
from moitt_report.model.arithmetic import total_of
from moitt_report.model.budget import Stage
from moitt_report.model.money import Money
from moitt_report.model.project import ProjectReport, ProjectStage

SHOWN = (Stage.APPROVED_COST, None, Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)


def has_stages(c: Composition) -> bool:
    """Whether the returns tell apart at least two kinds of projects."""
    return len({report.stage for report in c.portfolio.projects}) > 1


def stage_table(c: Composition, part: BlockPart) -> Table:
    """Ongoing, new and completed projects, each sum with how many of how many report it."""
    groups: list[tuple[Runs, str, list[ProjectReport]]] = []
    for stage in (*ProjectStage, None):
        reports = [p for p in c.portfolio.projects if p.stage is stage]
        name = stage.value if stage else "stage not stated"
        if reports:
            groups.append((say(name.capitalize()), name.replace(" ", "-"), reports))
    rows = [_row(c, label, key, reports, total=False) for label, key, reports in groups]
    rows.append(_row(c, say("All projects", bold=True), "all", list(c.portfolio.projects), total=True))
    return Table(
        anchor="stages",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Stage"), width=26),
            Column(head=say("Projects"), width=17, align="right"),
            Column(head=say("Approved cost"), width=25, align="right"),
            Column(head=say("Allocation"), width=25, align="right"),
            Column(head=say("Authorised"), width=25, align="right"),
            Column(head=say("Released"), width=25, align="right"),
            Column(head=say("Utilised"), width=25, align="right"),
        ),
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, [a.source for p in c.portfolio.projects for a in p.amounts]),
    )


def _row(c: Composition, label: Runs, key: str, reports: list[ProjectReport], *, total: bool) -> Row:
    count = c.ledger.how_many(
        f"stage.{key}.projects",
        f"Projects, {key}",
        "projects",
        [project_fact(c, report, None).fact for report in reports],
    )
    sums = [_sum(c, key, reports, stage, bold=total) for stage in SHOWN]
    return Row(
        role="total" if total else "body",
        cells=(
            Cell(runs=label + proposed_mark(c, *reports)),
            Cell(runs=count.run(bold=total)),
            *(Cell(runs=s) for s in sums),
        ),
    )


def _sum(c: Composition, key: str, reports: list[ProjectReport], stage: Stage | None, *, bold: bool) -> Runs:
    """The sum of those that report it; `(1 of 3)` behind it where some do not, n.r. where none does."""
    amounts = [
        c.portfolio.allocation_of(p) if stage is None else c.portfolio.amount_of(p, stage) for p in reports
    ]
    given = [p for p, amount in zip(reports, amounts, strict=True) if isinstance(amount, Money)]
    name, words = (stage.value, stage.words) if stage else ("allocation", "allocation")
    fact = c.ledger.money(
        f"stage.{key}.{name}",
        f"{words.capitalize()} of the projects, {key}, those that report it",
        total_of([amount for amount in amounts if isinstance(amount, Money)]),
        formula="sum of those that report",
        operation="sum" if given else None,
        inputs=tuple(project_fact(c, p, stage).fact for p in given),
    )
    runs = fact.run(bold=bold)
    if not given or len(given) == len(reports):
        return runs
    return (
        runs
        + say(" (")
        + _number(c, key, name, words, [project_fact(c, p, stage) for p in given]).run("plain")
        + say(")")
    )


def _number(c: Composition, key: str, name: str, words: str, given: list[Printed]) -> Printed:
    return c.ledger.how_many(
        f"stage.{key}.{name}.reported",
        f"Projects, {key}, that report: {words}",
        "projects",
        [fact.fact for fact in given],
    )
