"""Rules of the KPIs: what is counted since the beginning never falls, slips of the unit, figures that stand
still, a part of a year under the name of the year, sources that disagree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.counts import in_use
from moitt_report.model.kpi import Kpi, Reading, Scope
from moitt_report.model.period import FiscalYear
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.rules.finding import Evidence, Finding
from moitt_report.model.waiver import RuleName

CONFIRM = "confirm it with the agency and correct it"
_DAYS_OF_A_QUARTER = 91


@dataclass(frozen=True, slots=True)
class Totals:
    """One KPI: the total in use, the return it stands in, and every other total on record. All are numbers."""

    portfolio: Portfolio
    kpi: Kpi
    filed: AgencyReturn
    used: Reading
    others: tuple[Reading, ...]
    """Totals of this and the previous returns known at the cut-off, but for the one in use."""

    @property
    def value(self) -> Decimal:
        """The number of the total in use."""
        return _number(self.used)

    def finding(
        self, rule: RuleName, saying: str, others: Iterable[Reading], remedy: str = CONFIRM
    ) -> Finding:
        """What `rule` found; the reading in use is `{0}`."""
        evidence = tuple(self._evidence(r) for r in (self.used, *others))
        name, where = self.kpi.name, self.used.address
        return Finding(
            rule, self.kpi.id, str(self.used.period), name, where, saying, evidence, remedy, self.filed
        )

    def scope(self, reading: Reading) -> Scope:
        """Over what time a reading counts."""
        return reading.scope or self.kpi.scope

    def _evidence(self, reading: Reading) -> Evidence:
        return Evidence(_number(reading), self.kpi.unit, reading.period, reading)


def kpi_findings(portfolio: Portfolio) -> Iterator[Finding]:
    """Every warning about the KPIs of the period, in the order of the register."""
    on_record: dict[str, list[Total]] = {}
    for filed in (*portfolio.returns, *portfolio.previous):
        for reading in filed.readings:
            if reading.part is None and isinstance(reading.value, Decimal):
                on_record.setdefault(reading.kpi, []).append((reading, filed))
    for kpi in portfolio.kpis:
        totals = _totals(portfolio, kpi, on_record.get(kpi.id, []))
        if totals is None:
            continue
        for rule in (_falls, _jumps, _stands_still, _part_of_year, _disagrees):
            yield from rule(totals)
    for kpi in portfolio.kpis:
        yield from _targets_disagree(portfolio, kpi)


Total = tuple[Reading, AgencyReturn]
"""A total that is a number, and the return it stands in."""


def _totals(portfolio: Portfolio, kpi: Kpi, on_record: Sequence[Total]) -> Totals | None:
    """None where the KPI has no total that is a number."""
    settled = in_use(portfolio, kpi)
    if settled is None or not isinstance(settled.used.value, Decimal):
        return None
    filed = next(f for r, f in on_record if r is settled.used)
    others = tuple(r for r, _ in on_record if r is not settled.used and r.as_of <= portfolio.as_of)
    return Totals(portfolio, kpi, filed, settled.used, others)


def _falls(totals: Totals) -> Iterator[Finding]:
    """Since inception a count that can only grow does not fall; nor does one from July within the year."""
    scope = totals.scope(totals.used)
    if scope is Scope.SINCE_INCEPTION and totals.kpi.cumulative:
        earlier = [r for r in totals.others if totals.scope(r) is scope and r.as_of < totals.used.as_of]
    elif scope is Scope.YEAR_TO_DATE:
        earlier = [
            r
            for r in totals.others
            if totals.scope(r) is scope
            and r.period.first == totals.used.period.first
            and r.period.last < totals.used.period.last
        ]
    else:
        return
    higher = [r for r in earlier if _number(r) > totals.value]
    if higher:
        highest = max(higher, key=_number)
        saying = "the cumulative figure falls from {1} ({when1}) to {0} ({when0})"
        yield totals.finding(RuleName.CUMULATIVE_FALLS, saying, [highest])


def _jumps(totals: Totals) -> Iterator[Finding]:
    """A hundred times more or less than the last period, the year before, or another source of the same."""
    times = totals.portfolio.registers.rules.warnings.magnitude
    period = totals.used.period
    sisters = (period, period.previous, period.year_earlier)
    for other in totals.others:
        low, high = sorted((totals.value, _number(other)))
        sister = other.period in sisters
        if sister and totals.scope(other) is totals.scope(totals.used) and low > 0 and high >= low * times:
            saying = "{0} ({when0}) beside {1} ({when1}): the unit may be wrong"
            yield totals.finding(
                RuleName.MAGNITUDE_JUMPS, saying, [other], "check thousand, million and billion"
            )
            return


def _stands_still(totals: Totals) -> Iterator[Finding]:
    """184 police stations in August 2022 and still in November 2025."""
    quarters = totals.portfolio.registers.rules.warnings.unchanged_quarters
    if totals.scope(totals.used) is Scope.IN_PERIOD:  # one quarter may well be as good as another
        return
    lasting = [r for r in totals.others if totals.scope(r) is not Scope.IN_PERIOD]
    same = [r for r in lasting if r.value == totals.used.value]
    between = [r for r in lasting if r.value != totals.used.value]
    first = min(same, key=lambda r: r.as_of, default=None)
    if first is None or not totals.value or any(first.as_of < r.as_of < totals.used.as_of for r in between):
        return
    if (totals.used.as_of - first.as_of).days >= quarters * _DAYS_OF_A_QUARTER:
        saying = "the figure is the same, {0}, as for {when1}"
        yield totals.finding(RuleName.KPI_UNCHANGED, saying, [first], "ask whether it was counted again")


def _part_of_year(totals: Totals) -> Iterator[Finding]:
    """The Economic Survey's July to March printed as "during the fiscal year"."""
    year = totals.used.period
    if not isinstance(year, FiscalYear) or not totals.value:
        return
    for other in totals.others:
        if other.value == totals.used.value and other.period != year and year.covers(other.period):
            saying = "{0} stands for the whole year {when0} and for {when1} alone"
            yield totals.finding(
                RuleName.PART_YEAR_AS_YEAR, saying, [other], "say which months the figure covers"
            )
            return
    if totals.used.as_of < year.last.first_day:
        saying = "{0} is given for the whole year {when0} but was counted before its last month"
        yield totals.finding(RuleName.PART_YEAR_AS_YEAR, saying, [], "say which months the figure covers")


def _disagrees(totals: Totals) -> Iterator[Finding]:
    chosen = any(c.figure == totals.kpi.id and c.period == totals.used.period for c in totals.filed.choices)
    if chosen:
        return
    for other in totals.others:
        same = other.period == totals.used.period and totals.scope(other) is totals.scope(totals.used)
        if same and other.source != totals.used.source and other.value != totals.value:
            saying = "{0} by one source and {1} by another, both for {when0}"
            yield totals.finding(
                RuleName.SOURCES_DISAGREE, saying, [other], "say under “choices” which one to use and why"
            )
            return


def _targets_disagree(portfolio: Portfolio, kpi: Kpi) -> Iterator[Finding]:
    """Two sources of one day set different targets, and nobody has said why one is used; a later one revises."""
    aim = portfolio.aim(kpi.id)
    if aim is None or aim.reason is not None or aim.used.value is None:
        return
    used = aim.used
    for other in aim.others:
        if other.source == used.source or other.as_of != used.as_of or other.value in {None, used.value}:
            continue
        filed = next(f for f in portfolio.returns if any(t is used for t in f.targets))
        evidence = tuple(
            Evidence(value, kpi.unit, used.period, t) for t in (used, other) if (value := t.value) is not None
        )
        yield Finding(
            RuleName.SOURCES_DISAGREE,
            kpi.id,
            f"target {used.period}",
            f"Target of {kpi.name}",
            used.address,
            "it is {0} by one source and {1} by another, both for {when0}",
            evidence,
            f"say under “choices” which one to use and why, with “figure: target” and “kpi: {kpi.id}”",
            filed,
        )
        return


def _number(reading: Reading) -> Decimal:
    """The number of a total. Raises `TypeError` for an absence: absent is not zero, and compares with nothing."""
    if not isinstance(reading.value, Decimal):
        raise TypeError("an absent reading is compared with nothing")
    return reading.value
