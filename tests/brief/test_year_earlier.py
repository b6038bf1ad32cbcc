"""Only like is compared with like. All figures are ILLUSTRATIVE."""

from typing import Any

import pytest

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Table, blocks
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.pipeline.inputs import load_outline, load_registers

REGISTERS = load_registers()


def budget(year: str, kind: str, words: str, day: str) -> dict[str, Any]:
    allocation = {"kind": kind, "amount": words, "as_of": day, "source": "s"}
    return {"period": f"Jul-Dec FY{year}", "covers": "PSDP", "allocations": [allocation]}


@pytest.mark.parametrize(("kind", "compared"), [("budget", True), ("revised", False)])
def test_allocations_of_two_versions_are_no_pair(kind: str, compared: bool) -> None:
    filed = AgencyReturn.model_validate(
        {
            "agency": "moitt",
            "period": "2024-25-Q2",
            "sources": [{"id": "s", "publisher": "ILLUSTRATIVE"}],
            "budgets": [
                budget("2024-25", "budget", "Rs 500 million", "2024-07-01"),
                budget("2023-24", kind, "Rs 400 million", "2023-07-01"),
            ],
        }
    )
    brief = compose(assemble([filed], REGISTERS), load_outline("quarterly"))
    tables = [b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "year-earlier"]
    assert bool(tables) == compared
