"""Where the figures come from: the line under each table and chart, and the list of sources at the end."""

from collections.abc import Iterable

from moitt_report.brief import wording
from moitt_report.brief.citations import Published
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Link, Row, Runs, Table
from moitt_report.brief.money import facts_now, facts_of_year
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Stage
from moitt_report.model.project import ProjectReport
from moitt_report.model.source import Source

MOST_QUOTED = 6


# --- the line under a table or chart -------------------------------------------------------------


def source_line(c: Composition, ids: Iterable[str]) -> Runs:
    """`Sources: S1, S2. Data as of 31 December 2024.`: the sources with these ids, by their numbers in the list."""
    cited = c.ledger.sources.cite_all(ids)
    line = say("Sources: ", bold=True) + cited + say(". ") if cited else ()
    return line + say("Data as of ", bold=True) + dated(wording.day(c.portfolio.as_of)) + say(".")


def money_sources(c: Composition, reports: Iterable[ProjectReport], *, with_standing: bool) -> Runs:
    """The sources of project amounts and, where asked, of the division's position in all years shown."""
    ids = [a.source for p in reports for a in p.amounts]
    if with_standing:
        shown = [facts_now(c), facts_of_year(c, 1), facts_of_year(c, 2)]
        ids += [
            read.source
            for facts in shown
            for standing in facts.standings
            for read in (standing.read(), *(standing.read(s) for s in Stage))
            if read is not None
        ]
    return source_line(c, ids)


# --- the list -----------------------------------------------------------------------------------


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
        for entry in c.ledger.sources.listed
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


def _published(c: Composition, published: list[Published]) -> Runs:
    facts = {fact.id: fact for fact in c.ledger.facts}
    once: dict[str, str] = {}
    for one in published:
        if "published" in facts[one.fact].printings:
            once.setdefault(one.words, one.fact)
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
