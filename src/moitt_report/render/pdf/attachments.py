"""What travels inside the file: the whole brief as JSON, and each table and chart as CSV.

A reader who wants to add up a column must not have to type it off the page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from moitt_report.brief.content import Brief, Chart, Figure, Runs, Table, blocks, plain
from moitt_report.brief.fact import Fact

_RUN = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Attachment(Struct, frozen=True):
    """A file inside the file."""

    name: str
    kind: str
    """Its media type."""
    about: str
    data: bytes


def saved(brief: Brief) -> Attachment:
    """The brief with all its Facts."""
    return Attachment("brief.json", "application/json", "The content of this document as data", brief.saved)


def data_of(brief: Brief) -> Iterator[Attachment]:
    """One CSV for each table and chart, made when it is asked for."""
    facts = {fact.id: fact for fact in brief.facts}
    for block in blocks(brief):
        if isinstance(block, Table | Chart):
            lines = _table(block, facts) if isinstance(block, Table) else _chart(block)
            about = ". ".join(part for part in (block.number, plain(block.title), plain(block.unit)) if part)
            yield Attachment(f"{block.anchor}.csv", "text/csv", about or block.anchor, _csv(lines))


def _table(table: Table, facts: Mapping[str, Fact]) -> Iterator[list[str]]:
    over = {n: plain(group.runs) for group in table.groups for n in range(group.first, group.last + 1)}
    heads = [plain(column.head) for column in table.columns]
    yield [f"{over[n]}: {head}" if n in over else head for n, head in enumerate(heads)]
    for row in table.rows:
        line: list[str] = []
        for cell in row.cells:
            line += [_value(cell.runs, facts), *[""] * (cell.span - 1)]
        yield line


def _value(runs: Runs, facts: Mapping[str, Fact]) -> str:
    """The exact number where a cell holds one figure; its words where it is absent or a sentence."""
    match runs:
        case (Figure() as figure,):
            return facts[figure.fact].value or figure.words
        case _:
            return plain(runs)


def _chart(chart: Chart) -> Iterator[list[str]]:
    names = [plain(series.name) or series.role for series in chart.series]
    yield ["", *names]
    for n, category in enumerate(chart.categories):
        points = (series.points[n] for series in chart.series)
        label = " ".join(filter(None, (plain(category.label), plain(category.sublabel))))
        yield [label, *(point.value or point.label.words for point in points)]


def _csv(lines: Iterable[list[str]]) -> bytes:
    """RFC 4180; the mark at the begin tells spreadsheets that this is UTF-8."""
    rows = (",".join(map(_field, line)) for line in lines)
    return ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()


def _field(words: str) -> str:
    """Words that a spreadsheet would run as a formula are marked as words; an exact number stays one."""
    if words.startswith(_RUN) and not _NUMBER.fullmatch(words):
        words = f"'{words}"
    if "," in words or '"' in words or "\n" in words:
        return '"' + words.replace('"', '""') + '"'
    return words
