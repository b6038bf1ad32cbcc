"""Parts and totals agree as printed, or a note says by how much they do not. All figures are ILLUSTRATIVE."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Figure, Row, Table
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.rounding import as_printed, sums_in, with_rounding_notes
from moitt_report.brief.wording import say
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.money import Money
from moitt_report.pipeline.inputs import load_outline, load_registers

REGISTERS = load_registers()
OUTLINE = load_outline("quarterly")


def composition() -> Composition:
    filed = AgencyReturn.model_validate({"agency": "moitt", "period": "2024-25-Q2", "sources": []})
    return Composition(assemble([filed], REGISTERS), Ledger(()), OUTLINE)


def table_of(c: Composition, rupees: list[Decimal]) -> Table:
    """A column of amounts over their sum, and one of their shares."""
    parts = [
        c.ledger.money(f"part.{n}", f"Part {n}", Money(rupees=r), formula="made up")
        for n, r in enumerate(rupees)
    ]
    inputs = tuple(p.fact for p in parts)
    whole = sum(rupees, Decimal(0))
    total = c.ledger.money(
        "total", "Total", Money(rupees=whole), formula="sum", operation="sum", inputs=inputs
    )

    def share(id: str, part: Any, value: Decimal) -> Any:
        made = {"formula": "part ÷ total × 100", "operation": "share", "inputs": (part.fact, total.fact)}
        return c.ledger.percent(id, "Share", value, **made)

    rows = [
        Row(cells=(Cell(runs=p.run()), Cell(runs=share(f"share.{n}", p, r * 100 / whole).run())))
        for n, (p, r) in enumerate(zip(parts, rupees, strict=True))
    ]
    end = Row(
        role="total", cells=(Cell(runs=total.run()), Cell(runs=share("whole", total, Decimal(100)).run()))
    )
    heads = (Column(head=say("Amount"), width=20), Column(head=say("Share, %"), width=20))
    return Table(anchor="t", title=say("ILLUSTRATIVE"), columns=heads, rows=(*rows, end))


def words(table: Table) -> list[str]:
    return ["".join(run.words for run in note) for note in table.notes]


def test_thirds_of_a_hundred_carry_their_note() -> None:
    c = composition()
    table = with_rounding_notes(c, table_of(c, [Decimal(5_000_000)] * 3))
    assert words(table) == [
        "Rounding. Share, %: the parts as printed add up to 99.9, 0.1 less than the total as printed."
    ]


def test_half_a_thousand_rupees_three_times_carry_their_note() -> None:
    c = composition()
    table = with_rounding_notes(c, table_of(c, [Decimal(1000500), Decimal(1000500), Decimal(1000500)]))
    assert words(table)[0] == (
        "Rounding. Amount: the parts as printed add up to 3.003, 0.001 more than the total as printed."
    )


def test_what_agrees_carries_none() -> None:
    c = composition()
    table = table_of(c, [Decimal(5_000_000), Decimal(15_000_000)])
    assert with_rounding_notes(c, table) is table


@given(st.lists(st.integers(1, 10**9).map(lambda n: Decimal(n).scaleb(-1)), min_size=2, max_size=12))
def test_every_total_agrees_with_its_parts_or_carries_the_difference(rupees: list[Decimal]) -> None:
    c = composition()
    table = with_rounding_notes(c, table_of(c, rupees))
    facts = {fact.id: fact for fact in c.ledger.facts}
    found = list(sums_in(table, facts))
    assert {s.column for s in found} == {0, 1}
    off = [s for s in found if s.gap]
    assert len(table.notes) == len(off)
    for one, note in zip(off, table.notes, strict=True):
        added, gap = (run for run in note if isinstance(run, Figure))
        sign = 1 if "more" in note[-1].words else -1
        assert as_printed(added) - sign * as_printed(gap) == as_printed(one.total)
