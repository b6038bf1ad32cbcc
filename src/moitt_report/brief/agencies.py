"""Allocations by executing agency."""

from decimal import Decimal

from moitt_report.brief.composition import Composition
from moitt_report.brief.content import (
    Cell,
    Column,
    Row,
    Table,
)
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.projects import project_count, project_fact, projects_total, proposed_mark
from moitt_report.brief.sources import money_sources
from moitt_report.brief.wording import named, say
from moitt_report.model.arithmetic import million, share, total_of
from moitt_report.model.money import Money
from moitt_report.model.project import ProjectReport


def agency_table(c: Composition, part: BlockPart) -> Table:
    """Projects and allocations by executing agency; projects whose agency no source names stand last."""
    register = c.portfolio.registers.projects
    by_agency: dict[str | None, list[ProjectReport]] = {}
    for report in c.portfolio.projects:
        by_agency.setdefault(register.get(report.project).agency, []).append(report)
    known = sorted((a for a in by_agency if a is not None), key=lambda a: -_weight(c, by_agency[a]))
    order: list[str | None] = [*known, *([None] if None in by_agency else [])]
    return Table(
        anchor="agencies",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Agency"), width=88),
            Column(head=say("Projects"), width=20, align="right"),
            Column(head=say("Allocation"), width=30, align="right"),
            Column(head=say("Share, %"), width=30, align="right"),
        ),
        rows=(*(_agency_row(c, a, by_agency[a]) for a in order), _agency_total(c)),
        notes=c.notes(part),
        sources=money_sources(c, list(c.portfolio.projects), with_standing=False),
    )


def _weight(c: Composition, reports: list[ProjectReport]) -> Decimal:
    amount = total_of([c.portfolio.allocation_of(p) for p in reports])
    return amount.rupees if isinstance(amount, Money) else Decimal(0)


def _agency_row(c: Composition, agency: str | None, reports: list[ProjectReport]) -> Row:
    name = c.portfolio.registers.agencies.get(agency).in_full if agency else "agency not stated"
    label = named(name) if agency else say("Agency not stated by the source")
    key = f"agency.{agency or 'not-stated'}"
    amount = total_of([c.portfolio.allocation_of(p) for p in reports])
    total = projects_total(c)
    inputs = tuple(project_fact(c, p, None).fact for p in reports)
    count = c.ledger.how_many(f"{key}.projects", f"Projects, {name}", "projects", inputs)
    money = c.ledger.money(
        f"{key}.allocation",
        f"Allocation, {name}",
        amount,
        formula="sum",
        operation="sum",
        inputs=inputs,
    )
    part = c.ledger.percent(
        f"{key}.share",
        f"Share in the project allocations, {name}",
        share(million(amount), total.value_or_absence),
        formula="allocation of the agency ÷ sum of the project allocations × 100",
        operation="share",
        inputs=(money.fact, total.fact),
    )
    return Row(
        cells=(
            Cell(runs=label + proposed_mark(c, *reports)),
            Cell(runs=count.run()),
            Cell(runs=money.run()),
            Cell(runs=part.run(), bar=part.bar),
        )
    )


def _agency_total(c: Composition) -> Row:
    total = projects_total(c)
    whole = c.ledger.percent(
        "projects.whole",
        "All project allocations",
        share(total.value_or_absence, total.value_or_absence),
        formula="sum ÷ sum × 100",
        operation="share",
        inputs=(total.fact, total.fact),
    )
    return Row(
        role="total",
        cells=(
            Cell(runs=say("All projects", bold=True)),
            Cell(runs=project_count(c).run(bold=True)),
            Cell(runs=total.run(bold=True)),
            Cell(runs=whole.run(bold=True)),
        ),
    )
