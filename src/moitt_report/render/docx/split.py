"""Very wide tables come in parts: groups of columns below one another, the stub in each."""

from moitt_report.brief.content import Cell, HeadGroup, Row, Table

WIDEST = 300.0
"""Columns that ask together for more than so many mm are not squeezed into one text block."""


def parts_of(table: Table) -> list[Table]:
    """`table` itself, or its parts; each part keeps the columns up to the stub."""
    stub = list(range(table.stub + 1))
    rest = range(len(stub), len(table.columns))
    if not rest or sum(column.width for column in table.columns) <= WIDEST:
        return [table]
    room = max(WIDEST - sum(table.columns[n].width for n in stub), 1.0)
    count = max(1, round(sum(table.columns[n].width for n in rest) / room + 0.499))
    each = -(-len(rest) // count)
    parts = [list(rest[at : at + each]) for at in range(0, len(rest), each)]
    return [_part(table, [*stub, *group], first=n == 0) for n, group in enumerate(parts)]


def _part(table: Table, kept: list[int], *, first: bool) -> Table:
    at = {column: n for n, column in enumerate(kept)}
    return Table(
        anchor=table.anchor,
        number=table.number,
        title=table.title,
        unit=table.unit,
        columns=tuple(table.columns[n] for n in kept),
        groups=tuple(_groups(table, at)),
        stub=table.stub,
        rows=tuple(_row(row, at, first=first) for row in table.rows),
        size=table.size,
    )


def _groups(table: Table, at: dict[int, int]) -> list[HeadGroup]:
    """The grouped heads over the kept columns; one that is cut stands over both parts."""
    out = []
    for group in table.groups:
        inside = [at[n] for n in range(group.first, group.last + 1) if n in at]
        if inside:
            out.append(HeadGroup(runs=group.runs, first=min(inside), last=max(inside)))
    return out


def _row(row: Row, at: dict[int, int], *, first: bool) -> Row:
    """The kept cells; a cell over several columns keeps its words in each part it reaches."""
    cells = []
    start = 0
    for cell in row.cells:
        span = sum(n in at for n in range(start, start + cell.span))
        if span:
            cells.append(Cell(runs=cell.runs, span=span, tone=cell.tone, bar=cell.bar, blank=cell.blank))
        start += cell.span
    return Row(cells=tuple(cells), role=row.role, anchor=row.anchor if first else "")
