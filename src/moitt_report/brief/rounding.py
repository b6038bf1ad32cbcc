"""Parts and totals as printed: where rounding keeps them from adding up, a note says by how much.

No figure is bent to fit: each is rounded by itself, half away from zero, from its exact value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Figure, Row, Runs, Table
from moitt_report.brief.fact import Fact
from moitt_report.brief.wording import named, say

_WHOLE = Decimal(100)
_NEARLY = Decimal("1e-6")


@dataclass(frozen=True, slots=True)
class Sum:
    """A total that stands under all its parts in one column of a table."""

    column: int
    total: Figure
    parts: tuple[Figure, ...]

    @property
    def gap(self) -> Decimal:
        """By how much the parts as printed are more than the total as printed."""
        return self.added - as_printed(self.total)

    @property
    def added(self) -> Decimal:
        """The sum of the parts as printed."""
        return sum(map(as_printed, self.parts), Decimal(0))


def with_rounding_notes(c: Composition, table: Table) -> Table:
    """The table with a note for each total that its parts, as printed, do not add up to."""
    facts = {fact.id: fact for fact in c.ledger.facts}
    notes = tuple(_note(c, table, found) for found in sums_in(table, facts) if found.gap)
    if not notes:
        return table
    return replace(table, notes=(*table.notes, *notes))


def sums_in(table: Table, facts: dict[str, Fact]) -> Iterator[Sum]:
    """Every total of the table whose parts all stand in its own column: sums, and shares of one whole."""
    for column in range(len(table.columns)):
        figures = [(row, figure) for row in table.rows if (figure := _figure(row, column)) is not None]
        for row, total in figures:
            if row.role not in {"total", "subtotal"} or total.absent:
                continue
            fact = facts[total.fact]
            others = {f.fact: f for _, f in figures if f.fact != total.fact}
            if fact.operation == "sum" and len(fact.inputs) > 1 and others.keys() >= set(fact.inputs):
                yield Sum(column, total, tuple(others[name] for name in fact.inputs))
            elif fact.unit == "%" and fact.number == _WHOLE:
                parts = _shares(fact, list(others.values()), facts)
                if len(parts) > 1:
                    yield Sum(column, total, parts)


def _shares(whole: Fact, others: Sequence[Figure], facts: dict[str, Fact]) -> tuple[Figure, ...]:
    """The shares of the same whole that make up a hundred percent; empty when they do not."""
    base = whole.inputs[-1:]
    parts = [f for f in others if facts[f.fact].operation == "share" and facts[f.fact].inputs[-1:] == base]
    exact = sum((number for f in parts if (number := facts[f.fact].number) is not None), Decimal(0))
    return tuple(parts) if abs(exact - _WHOLE) < _NEARLY else ()


def _figure(row: Row, column: int) -> Figure | None:
    """The first figure in a column of a row, as a table prints it."""
    at = 0
    for cell in row.cells:
        if at == column:
            found = [run for run in cell.runs if isinstance(run, Figure)]
            return found[0] if found and found[0].printing == "table" else None
        at += cell.span
    return None


def as_printed(figure: Figure) -> Decimal:
    """The number a reader sees; zero for an absent one."""
    words = figure.words.replace(wording.MINUS, "-")
    digits = "".join(ch for ch in words if ch.isdigit() or ch in ".-")
    return Decimal(0) if figure.absent else Decimal(digits)


def _note(c: Composition, table: Table, found: Sum) -> Runs:
    key = f"rounding.{table.anchor}.{found.column}.{found.total.fact}"
    printed = (found.total, *found.parts)
    decimals = max(sum(ch.isdigit() for ch in one.words.partition(".")[2]) for one in printed)
    head = "".join(run.words for run in table.columns[found.column].head)
    added = c.ledger.count(
        f"{key}.added"[:200],
        f"Sum of the parts as printed, {head}",
        found.added,
        "",
        decimals,
        formula="sum of the parts as printed",
        inputs=tuple(figure.fact for figure in found.parts),
    )
    gap = c.ledger.count(
        f"{key}.gap"[:200],
        f"Difference by rounding, {head}",
        abs(found.gap),
        "",
        decimals,
        formula="sum of the parts as printed − total as printed, without sign",
        inputs=(added.fact, found.total.fact),
    )
    return (
        say("Rounding. ", bold=True)
        + named(head)
        + say(": the parts as printed add up to ")
        + added.run()
        + say(", ")
        + gap.run()
        + say(f" {'more' if found.gap > 0 else 'less'} than the total as printed.")
    )
