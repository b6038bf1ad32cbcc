"""Rules of the projects: physical progress does not go backwards."""

from collections.abc import Iterator
from itertools import pairwise

from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import Progress
from moitt_report.model.rules.finding import Evidence, Finding
from moitt_report.model.waiver import RuleName


def project_findings(portfolio: Portfolio) -> Iterator[Finding]:
    """Every warning about the progress of projects.

    Islamabad IT Park: 80 % and more in December 2025, 72 % in February 2026. A fall of a few points is a matter
    of measuring again; from how many points on a reason is due stands in `rules.yaml`.
    """
    points = portfolio.registers.rules.warnings.physical_fall
    earlier: dict[str, list[Progress]] = {}
    for filed in portfolio.previous:
        for report in filed.projects:
            earlier.setdefault(report.project, []).extend(report.physical)
    for filed in portfolio.returns:
        for report in filed.projects:
            every = (*earlier.get(report.project, ()), *report.physical)
            steps = [s for s in every if s.as_of <= portfolio.as_of]
            steps.sort(key=lambda s: s.as_of)
            for before, after in pairwise(steps):
                if before.percent - after.percent > points:
                    name = report.reported_as
                    saying = "physical progress falls from {0} on {when0} to {1} on {when1}"
                    yield Finding(
                        RuleName.PHYSICAL_PROGRESS_FALLS,
                        report.project,
                        after.as_of.isoformat(),
                        name,
                        after.address,
                        saying,
                        (_evidence(before), _evidence(after)),
                        "confirm it with the agency and correct it",
                        filed,
                    )


def _evidence(progress: Progress) -> Evidence:
    return Evidence(progress.percent, "%", progress.as_of, progress)
