"""What agencies say is printed as theirs, with the figures they bind."""

from pathlib import Path

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief, Figure, Table, blocks
from moitt_report.pipeline.inputs import load_outline
from moitt_report.pipeline.load import load

ILLUSTRATIVE = Path(__file__).parents[1] / "illustrative" / "2025-26-Q2"


def remarks(brief: Brief) -> Table:
    return next(b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "remarks")


def test_a_remark_stands_beside_its_agency_and_its_token_is_a_figure() -> None:
    portfolio, _ = load([ILLUSTRATIVE])
    first, second = remarks(compose(portfolio, load_outline("quarterly"))).rows
    agency, said = first.cells
    assert agency.runs[0].words == "PSEB"
    assert [run.fact for run in said.runs if isinstance(run, Figure)] == ["utilised"]
    assert (
        "".join(run.words for run in second.cells[1].runs)
        == "“The contractor promises 12 more piles by March.”"
    )


def test_where_nobody_says_anything_there_is_no_table() -> None:
    portfolio, _ = load(["2024-25-Q3"])
    brief = compose(portfolio, load_outline("quarterly"))
    assert not any(isinstance(b, Table) and b.anchor == "remarks" for b in blocks(brief))
