"""A headline that counts proposals among the allocations says so where it stands. All figures are ILLUSTRATIVE."""

import pytest

from moitt_report.brief.compose import compose
from moitt_report.brief.content import KeyFigures, blocks, plain
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.pipeline.inputs import load_outline, load_registers


@pytest.mark.parametrize(
    ("kinds", "unit"),
    [
        (("budget", "budget"), "Rs million, all projects"),
        (("budget", "proposed"), "Rs million, all projects; in part proposed"),
        (("proposed", "proposed"), "Rs million, all projects; proposed"),
        (("proposed", None), "Rs million, all projects"),
    ],
)
def test_the_headline_of_an_agency_calls_proposals_proposed(kinds: tuple[str | None, ...], unit: str) -> None:
    projects = [
        {
            "project": project,
            "reported_as": project,
            "allocations": [{"kind": kind, "amount": "Rs 300 million", "as_of": "2025-07-01", "source": "s"}]
            if kind
            else [],
        }
        for project, kind in zip(("karachi-it-park", "ict-internship-program"), kinds, strict=True)
    ]
    filed = AgencyReturn.model_validate(
        {
            "agency": "pseb",
            "period": "2025-26-Q2",
            "sources": [{"id": "s", "publisher": "ILLUSTRATIVE"}],
            "projects": projects,
        }
    )
    made = compose(assemble([filed], load_registers()), load_outline("agency"), about="pseb")
    band = next(b for b in blocks(made) if isinstance(b, KeyFigures))
    item = next(i for i in band.items if plain(i.label).startswith("Allocated"))
    assert plain(item.unit) == unit
