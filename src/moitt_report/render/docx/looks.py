"""The rows of a table, each looked at once: how its cells look, and their words.

A table of ten thousand rows has eighty thousand cells but few looks. To go through the cells is most of the work, so
the columns are measured and the rows written from what was seen here.
"""

from typing import NamedTuple

from msgspec import Struct

from moitt_report.brief.content import Figure, Row, Table, Text, Tone


class Look(NamedTuple):
    """What sets a cell apart from the usual ones of its column."""

    at: int
    own: bool | str | None
    """Whether it is an absence, or the language of its words."""
    bold: bool
    italic: bool
    tone: Tone | None


class Seen(Struct, frozen=True, gc=False):
    """A row whose cells are each one run over one column: all that tells such a row from others."""

    looks: tuple[Look, ...]
    """Of the cells that are not usual; most rows have none."""
    words: list[str]


def rows_seen(table: Table) -> list[Seen | None]:
    """The rows in order; None for one that has to be drawn cell by cell."""
    return [_seen(item) for item in table.rows]


def _seen(item: Row) -> Seen | None:
    if item.anchor:
        return None
    looks: tuple[Look, ...] = ()
    words: list[str] = []
    for each in item.cells:
        if len(runs := each.runs) != 1 or each.span > 1 or each.bar or each.blank:
            return None
        said = runs[0]
        if isinstance(said, Figure):
            own: bool | str | None = said.absent
        elif isinstance(said, Text):
            own = said.language
        else:
            return None
        if own or said.bold or said.italic or each.tone:
            looks += (Look(len(words), own, said.bold, said.italic, each.tone),)
        words.append(said.words)
    return Seen(looks, words)
