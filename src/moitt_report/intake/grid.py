"""Sheets of cells, whatever file they stood in: what XLSX and CSV have in common."""

import functools
from dataclasses import dataclass
from typing import Literal, NamedTuple

from moitt_report.errors import shown

CellKind = Literal[
    "typed",
    "plain",
    "number",
    "share",
    "date",
    "month",
    "moment",
    "error",
    "uncached",
    "unseen",
    "struck",
    "scaled",
]
"""What a cell holds: text typed into a workbook; text of a CSV file; a number; a number shown as percent;
a date; one shown without its day; one with a time of day; an error such as #REF!; a formula whose value was never saved;
what its format hides; what is struck out; a number shown divided by thousands."""


class Raw(NamedTuple):
    """One filled cell as it was found."""

    text: str
    kind: CellKind
    where: str
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled cells of one sheet by row and column, both from 1."""

    name: str
    file: str
    rows: dict[int, dict[int, Raw]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int, str], ...] = ()
    """First and last row, first and last column of each merged range, and the range as Excel writes it."""
    epoch_1904: bool = False

    def where(self, row: int, column: int) -> str:
        """The address of a cell, filled or not."""
        return f"{self.file}!{named(self.name)}!{letters(column)}{row}"

    def is_merged(self, row: int, column: int) -> bool:
        """Whether the cell is part of a merged range."""
        return any(a <= row <= b and c <= column <= d for a, b, c, d, _ in self.merged)


@functools.lru_cache(maxsize=1_000)
def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@functools.lru_cache(maxsize=1_000)
def named(name: str) -> str:
    """The name of a file or sheet as it stands in an address: nothing in it that hides, reorders or parts."""
    return shown(name).replace("!", "_")
