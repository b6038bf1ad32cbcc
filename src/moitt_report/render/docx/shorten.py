"""Tables too long for a word processor are cut in the Word file, and it says so.

LibreOffice needs nine minutes to lay out ten thousand rows. The sentence is the only one that the Word
file prints and the brief does not; it holds no numeral of the record. The PDF and the annex workbook
have all rows.
"""

from dataclasses import dataclass

from msgspec.structs import replace

from moitt_report.brief.content import Table


@dataclass(frozen=True, slots=True)
class Cut:
    """A table as the Word file prints it, and what it says of the rest."""

    table: Table
    said: str
    """The sentence under the table; empty when no row was left out."""
    anchors: tuple[str, ...]
    """Places in rows left out; references to them lead to the sentence."""


def cut(table: Table, most: int, annex: str) -> Cut:
    """`table` with no more than `most` rows; sums at its end stay. `annex` is the workbook's file name."""
    if len(table.rows) <= most:
        return Cut(table, "", ())
    end = len(table.rows)
    while end and table.rows[end - 1].role != "body" and len(table.rows) - end + 1 < most:
        end -= 1
    tail = table.rows[end:]
    kept = most - len(tail)
    gone = table.rows[kept:end]
    shorter = replace(table, rows=(*table.rows[:kept], *tail))
    return Cut(shorter, sentence(annex, table), tuple(row.anchor for row in gone if row.anchor))


def sentence(annex: str, table: Table) -> str:
    """What the Word file says under a table that it cuts."""
    name = table.number or "this table"
    return f"Only the first rows are shown here. All rows of {name} are in the annex workbook {annex}."
