"""Briefs made up from the whole range of the content model, for judges: the same ones each time."""

from hypothesis import HealthCheck, Phase, given, settings

from moitt_report.brief.content import Brief
from strategies_brief import briefs


def generated(count: int) -> list[Brief]:
    """The first `count` of them."""
    made: list[Brief] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(briefs())
    def collect(brief: Brief) -> None:
        made.append(brief)

    collect()
    return made
