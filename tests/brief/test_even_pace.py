"""Only a target that falls due month by month has an even pace. All figures are ILLUSTRATIVE."""

from typing import Any

import pytest

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief, Chart, block_runs, blocks, plain
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.pipeline.inputs import load_outline, load_registers

REGISTERS = load_registers()
EXPORTS = "it-export-remittances"


def brief(earlier: str | None = "1500", **target: str) -> Brief:
    readings: list[dict[str, Any]] = [
        {"kpi": EXPORTS, "period": period, "value": value, "as_of": day, "source": "s"}
        for period, value, day in (
            ("Jul-Dec FY2025-26", "1800", "2025-12-31"),
            ("Jul-Dec FY2024-25", earlier, "2024-12-31"),
        )
        if value is not None
    ]
    aim = {
        "kpi": EXPORTS,
        "period": "2025-26",
        "value": "5000",
        "as_of": "2025-07-01",
        "source": "s",
    } | target
    filed = AgencyReturn.model_validate(
        {
            "agency": "moitt",
            "period": "2025-26-Q2",
            "sources": [{"id": "s", "publisher": "ILLUSTRATIVE"}],
            "readings": readings,
            "targets": [aim],
        }
    )
    return compose(assemble([filed], REGISTERS), load_outline("quarterly"))


def words(of: Brief) -> str:
    return "\n".join(plain(block_runs(block)).replace("\u00a0", " ") for block in blocks(of))


def chart(of: Brief) -> Chart:
    return next(b for b in blocks(of) if isinstance(b, Chart) and b.anchor == "exports-target")


def test_a_target_of_the_year_to_date_has_an_even_pace() -> None:
    made = brief()
    assert "an even pace gives US$ 2,500 million by 31 December 2025" in words(made)
    assert "Exports: annual target by months elapsed" in words(made)
    assert "even pace US$ 2,500 million" in plain(chart(made).alt).replace("\u00a0", " ")


@pytest.mark.parametrize("target", [{"due": "2026-06-30"}, {"due": "2025-12-31"}, {"scope": "in period"}])
@pytest.mark.parametrize("earlier", ["1500", "1900", "1800", None])
def test_a_target_that_is_due_on_its_day_has_none(target: dict[str, str], earlier: str | None) -> None:
    made = brief(earlier, **target)
    assert "36.0 % of the year’s target of US$ 5,000 million" in words(made)
    assert "an even pace" not in words(made)
    assert "Exports: the whole target, US$ 5,000 million, on the day it is due." in words(made)
    assert "million; even pace not applicable. A year before" in plain(chart(made).alt).replace("\u00a0", " ")
    due = next(series for series in chart(made).series if series.role == "due")
    assert [point.value for point in due.points] == [None, None]
