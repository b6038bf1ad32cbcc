"""Whatever brief prints the mark of a restated figure says what the mark is, what it was, and why. ILLUSTRATIVE."""

from typing import Any

import pytest

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Table, block_runs, blocks, plain
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.pipeline.inputs import load_outline, load_registers

REGISTERS = load_registers()
WHY = "Audit reconciled the books of the bank."


def filed(period: str, day: str, spent: str, *waivers: dict[str, str]) -> AgencyReturn:
    """ILLUSTRATIVE: one project, whose expenditure to the last 30 June is given."""

    def amount(words: str, as_of: str) -> list[dict[str, str]]:
        return [{"amount": words, "as_of": as_of, "source": "s"}]

    project: dict[str, Any] = {
        "project": "karachi-it-park",
        "reported_as": "Karachi IT Park",
        "to_last_june": amount(spent, "2025-06-30"),
        "utilised": amount("Rs 10 million", day),
    }
    return AgencyReturn.model_validate(
        {
            "agency": "pseb",
            "period": period,
            "sources": [{"id": "s", "publisher": "ILLUSTRATIVE"}],
            "projects": [project],
            "waivers": waivers,
        }
    )


@pytest.mark.parametrize(
    ("outline", "about"),
    [
        ("quarterly", None),
        ("agency", "pseb"),
        ("project", "karachi-it-park"),
        ("parliament", None),
        ("parliament", "pseb"),
    ],
)
def test_a_restated_figure_is_listed_with_its_reason(outline: str, about: str | None) -> None:
    waiver = {
        "rule": "restated",
        "about": "karachi-it-park",
        "figure": "to-last-june 2024-25",
        "who": "A. Officer",
        "when": "2026-01-08",
        "why": WHY,
    }
    before = filed("2025-26-Q1", "2025-09-30", "Rs 120 million")
    now = filed("2025-26-Q2", "2025-12-31", "Rs 110 million", waiver)
    made = compose(assemble([now], REGISTERS, previous=[before]), load_outline(outline), about=about)
    table = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "restated")
    row = [plain(cell.runs).replace("\u00a0", " ") for cell in table.rows[0].cells]
    assert row[2:5] == ["120.000", "110.000 r", "−10.000"]
    assert row[5].startswith(WHY)
    words = "\n".join(plain(block_runs(block)) for block in blocks(made))
    assert "r = restated since" in words or outline == "project"  # there the table stands on the same page
