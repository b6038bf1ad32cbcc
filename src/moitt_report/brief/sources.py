"""The list of sources: what was taken from each, as published, by whom and when."""

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Link, Row, Runs, Table
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.source import Source

MOST_QUOTED = 6


def source_table(c: Composition, part: BlockPart) -> Table:
    """Every source: what was taken from it, as published, who published it and when."""
    rows = [
        Row(
            anchor=entry.number,
            cells=(
                Cell(runs=wording.furniture(entry.number, "number")),
                Cell(runs=_what(entry.what)),
                Cell(runs=_published(c, entry.published)),
                Cell(runs=_publisher(entry.source)),
            ),
        )
        for entry in c.ledger.listed
    ]
    return Table(
        anchor="sources",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("No."), width=9, muted=True),
            Column(head=say("What"), width=50),
            Column(head=say("As published"), width=57),
            Column(head=say("Publisher, date"), width=52),
        ),
        stub=1,
        rows=tuple(rows),
        notes=c.notes(part),
        size="dense",
    )


def _what(topics: list[str]) -> Runs:
    if not topics:
        return say("Consulted; no figure of its own")
    shown, more = topics[:4], topics[4:]
    words = wording.joined([named(topic[:1].upper() + topic[1:]) for topic in shown], "; ", "; ")
    return words + (say("; and others") if more else ())


def _published(c: Composition, published: list[tuple[str, str]]) -> Runs:
    facts = {fact.id: fact for fact in c.ledger.facts}
    once: dict[str, str] = {}
    for id, printed in published:
        if "published" in facts[id].printings:
            once.setdefault(printed, id)
    words = [c.ledger.printed(id).run("published") for id in once.values()]
    if not words:
        return say("as shown in the tables")
    shown = wording.joined(words[:MOST_QUOTED], "; ", "; ")
    return shown + (say("; …") if len(words) > MOST_QUOTED else ())


def _publisher(source: Source) -> Runs:
    name = source.publisher
    publisher: Runs = (Link(words=name, target=source.url),) if source.url else named(name)
    if source.published is None:
        return publisher + say(", date not on record")
    return publisher + say(", ") + dated(wording.short_day(source.published))
