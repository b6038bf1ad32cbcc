"""All rules over a portfolio: what is wrong, and what needs a reason."""

from collections.abc import Iterator

from moitt_report.errors import Problem
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.return_faults import known_only_later
from moitt_report.model.rules.errors import errors_between
from moitt_report.model.rules.finding import Finding, answered
from moitt_report.model.rules.kpis import kpi_findings
from moitt_report.model.rules.money import money_findings
from moitt_report.model.rules.parts import parts_findings
from moitt_report.model.rules.projects import project_findings
from moitt_report.model.waiver import RuleName, Waiver


def findings(portfolio: Portfolio) -> tuple[Finding, ...]:
    """Every warning of every rule, with its waiver where one is on record."""
    money = (*money_findings(portfolio), *parts_findings(portfolio))
    return answered((*money, *project_findings(portfolio), *kpi_findings(portfolio)))


def faults_between(portfolio: Portfolio) -> Iterator[Problem]:
    """The errors, warnings and notes that show only when figures are put side by side."""
    yield from errors_between(portfolio)
    for filed in portfolio.returns:
        yield from known_only_later(filed, portfolio.as_of)
    found = findings(portfolio)
    yield from _idle_waivers(portfolio, found)
    for finding in found:
        yield finding.problem


def without_reason(portfolio: Portfolio) -> tuple[Problem, ...]:
    """What keeps a brief from being final: an error for each warning without a reason on record."""
    return tuple(
        Problem(p.where, p.what, p.remedy)
        for p in (f.problem for f in findings(portfolio) if f.waiver is None)
    )


def _idle_waivers(portfolio: Portfolio, found: tuple[Finding, ...]) -> Iterator[Problem]:
    """A waiver of something that is not warned of is a slip of the pen, or out of date."""
    used = {finding.waiver for finding in found}
    for filed in portfolio.returns:
        for waiver in filed.waivers:
            # Whether a figure is restated shows only beside the brief that was made before: `brief.idle_reasons`.
            if waiver not in used and waiver.rule is not RuleName.RESTATED:
                yield _idle(waiver, [f for f in found if f.filed is filed], alone=not portfolio.previous)


_LOOK_BACK = {
    RuleName.CUMULATIVE_FALLS,
    RuleName.PHYSICAL_PROGRESS_FALLS,
    RuleName.MAGNITUDE_JUMPS,
    RuleName.KPI_UNCHANGED,
}
"""What these rules warn of may show only beside the returns of the period before."""


def _idle(waiver: Waiver, found: list[Finding], *, alone: bool) -> Problem:
    warned = [f.figure for f in found if (f.rule, f.about) == (waiver.rule, waiver.about)]
    if waiver.figure is None and len(warned) > 1:
        return Problem(
            waiver.address,
            f"rule {waiver.rule} warns of {len(warned)} figures of {waiver.about}: this reason does not say for which",
            f"name one under “figure”: {'; '.join(warned)}. Give a reason for each",
            "warning",
        )
    of = f", figure {waiver.figure}," if waiver.figure else ""
    remedy = "correct the rule or what it is about, or remove the waiver"
    if alone and waiver.rule in _LOOK_BACK:
        remedy = (
            "check it in the folder of its period, beside that of the period before, which are not read here; "
            f"if the warning stays: {remedy}"
        )
    return Problem(
        waiver.address,
        f"there is no warning of rule {waiver.rule} about {waiver.about}{of} to waive",
        remedy,
        "warning",
    )
