"""Parts of the money that are more than their whole: projects above their budget, agencies above the ministry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.arithmetic import total_of
from moitt_report.model.budget import ASKED, Allocation, Amount, Stage
from moitt_report.model.money import Money
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import MINISTRY, ProjectReport
from moitt_report.model.rules.finding import Evidence, Finding, money_evidence
from moitt_report.model.standing import Standing
from moitt_report.model.waiver import BUDGET, RuleName

REMEDY = "confirm with the agency which of the two is right and correct it"


@dataclass(frozen=True, slots=True)
class Whole:
    """Budgets that add up, and what is a part of them: projects, or the budgets of agencies."""

    budgets: tuple[Standing, ...]
    projects: tuple[tuple[ProjectReport, Standing], ...] = ()
    agencies: tuple[Standing, ...] = ()

    @property
    def parts(self) -> tuple[Standing, ...]:
        """The parts, each settled."""
        return (*(standing for _, standing in self.projects), *self.agencies)

    def total(self, stage: Stage | None) -> Money | None:
        """The amount of the whole, where all its budgets give it."""
        total = total_of([standing.amount(stage) for standing in self.budgets])
        return total if isinstance(total, Money) else None


@dataclass(frozen=True, slots=True)
class Excess:
    """Parts that report more of a stage, or of the allocation, than their whole."""

    whole: Whole
    stage: Stage | None
    total: Money
    parts: Money
    """What the parts that report it add up to: with the others it can only be more."""
    reads: tuple[Amount, ...]
    """The records of those parts."""

    @property
    def figure(self) -> str:
        """How a waiver names it."""
        return self.stage.value if self.stage else "allocation"


def wholes(portfolio: Portfolio) -> Iterator[Whole]:
    """Each whole of the period with its parts: the ministry's budgets, and those of each agency."""
    every = portfolio.all_positions(portfolio.to_date)
    projects = tuple(
        (report, standing)
        for filed in portfolio.returns
        for report in filed.projects
        if (standing := portfolio.stand_project(report)).budget.period == portfolio.to_date
    )
    for agency in dict.fromkeys(standing.agency for standing in every):
        budgets = tuple(standing for standing in every if standing.agency == agency)
        if agency == MINISTRY:
            yield Whole(budgets, projects)
            yield Whole(budgets, agencies=portfolio.agency_parts)
        else:
            yield Whole(
                budgets, tuple((r, standing) for r, standing in projects if standing.agency == agency)
            )


def excesses(portfolio: Portfolio) -> Iterator[Excess]:
    """Where parts report more than their whole, for the allocation and each stage."""
    for whole in wholes(portfolio):
        for stage in (None, *Stage):
            total = whole.total(stage)
            reads = tuple(r for r in _comparable(whole.parts, stage) if isinstance(r.amount, Money))
            parts = total_of([read.amount for read in reads])
            if total is not None and isinstance(parts, Money) and parts.rupees > total.rupees:
                yield Excess(whole, stage, total, parts, reads)


def _comparable(standings: Sequence[Standing], stage: Stage | None) -> Iterator[Amount]:
    """The records of the parts; a proposal is not held against an allocation."""
    for standing in standings:
        read = standing.read(stage)
        if read is not None and not (isinstance(read, Allocation) and read.kind in ASKED):
            yield read


def parts_findings(portfolio: Portfolio) -> Iterator[Finding]:
    """A warning for each part that is by itself more than its whole, else one for all of them together."""
    for excess in excesses(portfolio):
        alone = tuple(_alone(excess))
        yield from alone or (_together(excess),)


def _alone(excess: Excess) -> Iterator[Finding]:
    limit = excess.total.rupees
    for report, standing in excess.whole.projects:
        read = next(_comparable((standing,), excess.stage), None)
        if read is not None and _rupees(read) > limit:
            yield _finding(excess, (report.project, report.reported_as), standing.filed, read)
    for standing in excess.whole.agencies:
        read = standing.read(excess.stage)
        if read is not None and _rupees(read) > limit:
            yield _finding(excess, (BUDGET, standing.budget.covers), standing.filed, read)


def _together(excess: Excess) -> Finding:
    standing = excess.whole.budgets[0]
    return _finding(excess, (BUDGET, standing.budget.covers), standing.filed, None)


def _finding(excess: Excess, about: tuple[str, str], filed: AgencyReturn, read: Amount | None) -> Finding:
    """The finding about one part, or about all of them together when no record is given."""
    what = excess.stage.words if excess.stage else "allocation"
    if excess.stage is Stage.TO_LAST_JUNE:
        what = "utilised before this year"  # a sentence of a rule holds no numeral but those of its figures
    kind = "agencies" if excess.whole.agencies else "projects"
    whole = [one for standing in excess.whole.budgets if (one := standing.read(excess.stage)) is not None]
    total = (
        money_evidence(whole[0])
        if len(whole) == 1
        else Evidence(
            excess.total.million,
            "Rs million",
            whole[0].as_of,
            formula="sum of the budgets",
            parts=tuple(whole),
        )
    )
    if read is not None:
        part, where = money_evidence(read), read.address
        saying = f"{what}: {{0}}, more than the {{1}} of the whole it is a part of"
    else:
        part = Evidence(
            excess.parts.million,
            "Rs million",
            whole[0].as_of,
            formula=f"sum of the {kind} that report it",
            parts=excess.reads,
        )
        where = whole[0].address
        saying = f"{what}: the {kind} that report it add up to {{0}}, more than the {{1}} of the whole"
    rule = RuleName.PARTS_ABOVE_WHOLE
    figure = f"{excess.figure}, agencies" if excess.whole.agencies else excess.figure
    return Finding(rule, about[0], figure, about[1], where, saying, (part, total), REMEDY, filed)


def _rupees(read: Amount) -> Decimal:
    return read.amount.rupees if isinstance(read.amount, Money) else Decimal(0)
