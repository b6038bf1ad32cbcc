"""What a source says with “over” or “about” stays inexact in all that is computed from it."""

from decimal import Decimal

import pytest

import moitt_report
from moitt_report.brief.content import Table, blocks, plain
from moitt_report.brief.fact import Fact, Operation
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.qualifier import carried


def fact(words: str) -> Fact:
    return Fact(id="f", label="ILLUSTRATIVE", value="5", unit="", printings={"table": words})


@pytest.mark.parametrize(
    ("operation", "words", "word"),
    [
        ("sum", ["5", "5"], ""),
        ("sum", ["5", "over 5"], "over"),
        ("sum", ["about 5", "5"], "about"),
        ("sum", ["about 5", "over 5"], None),
        ("share", ["over 5", "5"], "over"),
        ("share", ["5", "over 5"], None),
        ("share", ["5", "about 5"], "about"),
        ("growth", ["over 5", "5"], "over"),
        ("growth", ["5", "over 5"], None),
        ("growth", ["over 5", "over 5"], None),
        ("difference", ["over 5", "5"], "over"),
        ("difference", ["5", "over 5"], None),
        ("equal", ["over 5"], "over"),
        ("count", ["over 5", "about 5"], ""),
    ],
)
def test_a_bound_below_holds_on_the_side_that_adds_only(
    operation: Operation, words: list[str], word: str | None
) -> None:
    assert carried(operation, [fact(one) for one in words]) == word


def test_a_figure_computed_in_the_ledger_carries_the_word_or_is_none() -> None:
    portfolio, _ = moitt_report.load(["2024-25-Q3"])
    ledger = Ledger(portfolio.sources)
    reading = next(r for filed in portfolio.returns for r in filed.readings if r.qualifier == "over")
    part = ledger.count("part", "Part", Decimal(2700), "persons", read=reading)
    whole = ledger.count("whole", "Whole", Decimal(5400), "persons")
    share = ledger.percent(
        "share",
        "Share",
        Decimal(50),
        formula="part ÷ whole × 100",
        operation="share",
        inputs=(part.fact, whole.fact),
    )
    assert share.printings["table"] == "over 50.0"
    turned = ledger.percent(
        "turned",
        "Turned",
        Decimal(200),
        formula="whole ÷ part × 100",
        operation="share",
        inputs=(whole.fact, part.fact),
    )
    assert turned.absent
    assert turned.printings["table"] == "n.a."


def test_no_change_is_printed_between_figures_of_which_one_is_a_bound() -> None:
    portfolio, _ = moitt_report.load(["2024-25-Q3"])
    brief = moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))
    (table,) = (b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "year-earlier")
    rows = [[plain(cell.runs) for cell in row.cells] for row in table.rows]
    bounds = [then for _, _, then, _, _ in rows if then.startswith("over ")]
    assert bounds
    assert bounds == [then for _, _, then, _, change in rows if change == "n.a."]
