"""Only like is compared with like. All figures are ILLUSTRATIVE."""

from typing import Any

import pytest

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Table, blocks, plain
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


@pytest.mark.parametrize(
    ("kpi", "months", "name"),
    [
        ("it-export-remittances", "Jul-{} FY{}", "ICT export remittances, Jul–Nov 2023 and Jul–Nov 2024"),
        ("stps-operating", "{} {}", "Software Technology Parks operating, Nov 2023 and Nov 2024"),
        ("teledensity", "{} {}", "Teledensity, Nov 2023 and Nov 2024"),
    ],
)
@pytest.mark.parametrize("last", ["Nov", "Dec"])
def test_figures_of_other_months_than_the_columns_name_theirs(
    kpi: str, months: str, name: str, last: str
) -> None:
    fiscal = "FY" in months
    readings = [
        {
            "kpi": kpi,
            "period": months.format(last, f"{year}-{year % 100 + 1}" if fiscal else year),
            "value": "40",
            "as_of": f"{year}-12-31",
            "source": "s",
        }
        for year in (2023, 2024)
    ]
    filed = AgencyReturn.model_validate(
        {
            "agency": "moitt",
            "period": "2024-25-Q2",
            "sources": [{"id": "s", "publisher": "ILLUSTRATIVE"}],
            "readings": readings,
        }
    )
    brief = compose(assemble([filed], REGISTERS), load_outline("quarterly"))
    table = next(b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "year-earlier")
    expected = name if last == "Nov" else name.partition(",")[0]
    assert plain(table.rows[0].cells[0].runs).replace("\u00a0", " ") == expected
