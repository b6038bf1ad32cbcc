"""Rules of the money: its stages in order, what is cumulative never falls, slips of the unit, too little spent.

Each has been broken in public; a broken rule is a warning that needs a reason, not an error.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.arithmetic import share
from moitt_report.model.budget import Allocation, AllocationKind, Amount, Position, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.rules.finding import Evidence, Finding, money_evidence
from moitt_report.model.settled import Settled, settle
from moitt_report.model.standing import Standing
from moitt_report.model.waiver import BUDGET, RuleName

CONFIRM = "confirm it with the agency and correct it"
_CUMULATIVE = (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)


@dataclass(frozen=True, slots=True)
class Account:
    """The money of one thing, settled, beside what was said of it before."""

    about: str
    subject: str
    filed: AgencyReturn
    standing: Standing
    before: tuple[Standing, ...] = ()
    """Positions of the same thing over fewer months of the same year, the latest first."""
    position: Position = field(default_factory=Position)
    """Everything reported, not only what is used."""
    one_of_several: bool = False
    """Whether it is one of several budgets in one return."""

    def finding(
        self,
        rule: RuleName,
        figure: str,
        read: Amount,
        saying: str,
        evidence: Iterable[Evidence],
        remedy: str = CONFIRM,
    ) -> Finding:
        """What `rule` found here about `figure`, which is named with its budget where one return holds several."""
        figure = f"{figure}, {self.subject}" if self.one_of_several else figure
        where, proof = read.address, tuple(evidence)
        return Finding(rule, self.about, figure, self.subject, where, saying, proof, remedy, self.filed)

    def known(self, stage: Stage | None) -> Amount | None:
        """The record used for a stage, if it holds an amount."""
        read = self.standing.read(stage)
        return read if read is not None and isinstance(read.amount, Money) else None


def money_findings(portfolio: Portfolio) -> Iterator[Finding]:
    """Every warning about the money of the period: of the whole, then of each project."""
    for account in (*_budgets(portfolio), *_projects(portfolio)):
        yield from _stages_out_of_order(account)
        yield from _falls(account)
        yield from _jumps(account, portfolio)
        yield from _disagreements(account)
        yield from _nothing_spent(account)
        if account.about == BUDGET:
            yield from _little_spent(account, portfolio)


def _budgets(portfolio: Portfolio) -> Iterator[Account]:
    earlier = [(b, f) for f in (*portfolio.returns, *portfolio.previous) for b in f.budgets]
    standings = portfolio.all_positions(portfolio.to_date)
    for standing in standings:
        now, filed = standing.budget, standing.filed
        before = [
            portfolio.stand(b, f)
            for b, f in earlier
            if b.covers == now.covers
            and b.period.first == now.period.first
            and b.period.last < now.period.last
        ]
        before.sort(key=lambda s: s.budget.period.last_day, reverse=True)
        several = sum(other.filed is filed for other in standings) > 1
        yield Account(BUDGET, now.covers, filed, standing, tuple(before), now, several)


def _projects(portfolio: Portfolio) -> Iterator[Account]:
    year = portfolio.to_date.first
    before: dict[str, list[Standing]] = {}
    for filed in portfolio.previous:
        if filed.period.year_to_date.first == year:
            for report in filed.projects:
                before.setdefault(report.project, []).append(portfolio.stand_project(report))
    for filed in portfolio.returns:
        for report in filed.projects:
            standing, earlier = portfolio.stand_project(report), before.get(report.project, ())
            yield Account(report.project, report.reported_as, filed, standing, tuple(earlier), report)


def _stages_out_of_order(account: Account) -> Iterator[Finding]:
    """FY 2015-16: released 1,342.549 of an allocation of 922.804; so no error, but a reason is due."""
    pairs = (
        (None, Stage.RELEASED, RuleName.RELEASED_ABOVE_ALLOCATION, "allocated"),
        (Stage.RELEASED, Stage.UTILISED, RuleName.UTILISED_ABOVE_RELEASED, "released"),
        (Stage.AUTHORISED, Stage.UTILISED, RuleName.UTILISED_ABOVE_AUTHORISED, "authorised"),
    )
    for earlier, later, rule, than in pairs:
        first, second = account.known(earlier), account.known(later)
        if first is None or second is None:
            continue
        small, large = money_evidence(first), money_evidence(second)
        if large.value > small.value:
            yield account.finding(
                rule, later.value, second, f"more was {later} ({{0}}) than {than} ({{1}})", (large, small)
            )


def _falls(account: Account) -> Iterator[Finding]:
    """What is cumulative from July cannot become less in the course of the year."""
    for stage in _CUMULATIVE:
        used = account.known(stage)
        if used is None:
            continue
        earlier = [read for s in account.before if (read := s.read(stage)) is not None]
        earlier += [a for a in account.position.at(stage) if a.source == used.source]
        fallen = [
            a
            for a in earlier
            if isinstance(a.amount, Money) and a.as_of < used.as_of and used.amount < a.amount  # type: ignore[operator]
        ]
        if fallen:
            highest = max(fallen, key=lambda a: money_evidence(a).value)
            saying = f"the amount {stage} falls from {{0}} on {{when0}} to {{1}} on {{when1}}"
            yield account.finding(
                RuleName.CUMULATIVE_FALLS,
                stage.value,
                used,
                saying,
                (money_evidence(highest), money_evidence(used)),
            )


def _jumps(account: Account, portfolio: Portfolio) -> Iterator[Finding]:
    """Million for billion, or lost digits: the commonest error of the published record."""
    times = portfolio.registers.rules.warnings.magnitude
    for stage in (None, *_CUMULATIVE, Stage.APPROVED_COST):
        used = account.known(stage)
        if used is None:
            continue
        sisters: list[Amount] = [*_all(account.position, stage)]
        sisters += [read for s in account.before if (read := s.read(stage)) is not None]
        for sister in sisters:
            if sister is used or not isinstance(sister.amount, Money):
                continue
            one, other = money_evidence(used), money_evidence(sister)
            low, high = sorted((one.value, other.value))
            if low > 0 and high >= low * times:
                what = _subject_of(stage)
                saying = f"{what} is {{0}} on {{when0}} and {{1}} on {{when1}}: the unit may be wrong"
                yield account.finding(
                    RuleName.MAGNITUDE_JUMPS,
                    stage.value if stage else "allocation",
                    used,
                    saying,
                    (one, other),
                    "check million and billion",
                )
                break


def _subject_of(stage: Stage | None) -> str:
    """What a sentence on an amount is about: `the amount released`, `the approved cost`."""
    if stage is None:
        return "the allocation"
    return f"the {stage.words}" if stage is Stage.APPROVED_COST else f"the amount {stage.words}"


def _all(position: Position, stage: Stage | None) -> tuple[Amount, ...]:
    return position.allocations if stage is None else position.at(stage)


def _disagreements(account: Account) -> Iterator[Finding]:
    """Two sources for the same figure, and nobody has said why one is used."""
    choose = "say under “choices” which one to use and why"
    if account.about != BUDGET:
        choose += f", with “project: {account.about}”"
    settled: list[tuple[str, str, Settled[Allocation] | Settled[Amount] | None, str]] = [
        ("allocation", "the allocation", account.standing.allocation, choose)
    ]
    for kind, what in ((AllocationKind.DEMAND, "the demand"), (AllocationKind.PROPOSED, "the proposal")):
        versions = [v for v in account.standing.known if v.kind is kind]
        if account.standing.read() not in versions:
            settled.append((kind.value, what, settle(versions), "keep the one that was made"))
    settled += [
        (stage.value, f"the amount {stage.words}", account.standing.stages.get(stage), choose)
        for stage in _CUMULATIVE
    ]
    for figure, what, one, remedy in settled:
        if one is None or one.reason is not None or not isinstance(one.used.amount, Money):
            continue
        rivals = [o for o in one.others if _same_thing(one.used, o) and isinstance(o.amount, Money)]
        if rivals:
            saying = f"{what} is {{0}} by one source and {{1}} by another"
            evidence = (money_evidence(one.used), money_evidence(rivals[0]))
            yield account.finding(RuleName.SOURCES_DISAGREE, figure, one.used, saying, evidence, remedy)


def _same_thing(used: Amount, other: Amount) -> bool:
    """Whether two records claim to be the same figure: of another source, the same version or the same day."""
    if used.source == other.source:
        return False
    if isinstance(used, Allocation) and isinstance(other, Allocation):
        return used.kind == other.kind or used.as_of == other.as_of
    return used.as_of == other.as_of


def _nothing_spent(account: Account) -> Iterator[Finding]:
    utilised = account.known(Stage.UTILISED)
    released = account.known(Stage.RELEASED)
    if utilised is None or released is None:
        return
    spent, given = money_evidence(utilised), money_evidence(released)
    if spent.value == 0 and given.value > 0:
        saying = "nothing is utilised ({0}) of {1} released"
        yield account.finding(
            RuleName.ZERO_EXPENDITURE,
            Stage.UTILISED.value,
            utilised,
            saying,
            (spent, given),
            "ask what holds the project up",
        )


def _little_spent(account: Account, portfolio: Portfolio) -> Iterator[Finding]:
    """PFM Act 2019, section 24, as the release strategy for FY 2021-22 used it: see `rules.yaml`."""
    rule = portfolio.registers.rules.utilisation
    allocation, utilised = account.known(None), account.known(Stage.UTILISED)
    if allocation is None or utilised is None or portfolio.to_date.last.month != 12:
        return
    spent, whole = money_evidence(utilised), money_evidence(allocation)
    part = share(spent.value, whole.value)
    if isinstance(part, Absence) or part >= rule.least_by_december:
        return
    evidence = (
        Evidence(part, "%", portfolio.to_date, formula="utilised ÷ allocation × 100"),
        Evidence(rule.least_by_december, "%", portfolio.to_date, rule=rule),
        spent,
        whole,
    )
    saying = "{0} of the allocation is utilised by December, less than {1}: {2} of {3}"
    yield account.finding(
        RuleName.LOW_UTILISATION,
        Stage.UTILISED.value,
        utilised,
        saying,
        evidence,
        "say what will be utilised and what surrendered",
    )
