"""The annex of facts: every figure of the brief, how it was made, and where it was read."""

from collections.abc import Mapping

from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Cell, Column, Link, NoteRef, Row, Runs, Table
from moitt_report.brief.fact import Fact, chain
from moitt_report.brief.outline import BlockPart, Outline, OutlineSection
from moitt_report.brief.wording import furniture, joined, named, say

BLOCK = "facts"
"""The name of the block in outlines."""

NAME = "annex of figures"
"""What prose is called in problems that stands here and not in an outline."""


def with_fact_annex(outline: Outline) -> Outline:
    """The outline with the annex as its last section; as it is, where it has the block already."""
    if BLOCK in outline.blocks:
        return outline
    annex = OutlineSection.model_validate(
        {
            "id": "annex-figures",
            "new_page": True,
            "parts": (
                {"heading": _prose("Annex: the figures")},
                {
                    "block": BLOCK,
                    "title": _prose("Every figure of this brief, how it was made and where it was read"),
                    "unit": _prose("The exact value is the one before rounding"),
                },
            ),
        }
    )
    return outline.model_copy(update={"sections": (*outline.sections, annex)})


def _prose(text: str) -> dict[str, str]:
    return {"text": text, "where": NAME}


def fact_table(c: Composition, part: BlockPart) -> Table:
    """Every Fact that is printed, and all that they were computed from."""
    facts = _facts(c)
    numbers = {fact.id: f"F{n}" for n, fact in enumerate(facts, 1)}
    return Table(
        anchor="facts",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("No."), width=9, muted=True),
            Column(head=say("Figure, and its id"), width=56),
            Column(head=say("As printed"), width=26, align="right"),
            Column(head=say("Exact value"), width=24, align="right"),
            Column(head=say("Where it was read, or how it was made"), width=53),
        ),
        stub=1,
        rows=tuple(_row(c, fact, numbers) for fact in facts),
        notes=c.notes(part),
        size="dense",
    )


def _facts(c: Composition) -> list[Fact]:
    """The facts printed so far and those they rest on, in the order in which they were made."""
    printed = (name for name, _ in c.printed)
    kept = set(chain(printed, {fact.id: fact for fact in c.ledger.facts}))
    return [fact for fact in c.ledger.facts if fact.id in kept]


def _row(c: Composition, fact: Fact, numbers: Mapping[str, str]) -> Row:
    exact = c.ledger.exact(fact.id)
    return Row(
        anchor=numbers[fact.id],
        cells=(
            Cell(runs=furniture(numbers[fact.id], "number")),
            Cell(runs=named(fact.label[:200]) + say(": ") + furniture(fact.id, "address")),
            Cell(runs=_printings(c, fact)),
            Cell(runs=exact.run("exact")),
            Cell(runs=_made(fact, numbers) + _read(c, fact) or say("nothing on record gives it")),
        ),
    )


def _printings(c: Composition, fact: Fact) -> Runs:
    """Every form in which the pages print it; the source's words stand with the source."""
    names: dict[str, str] = {}
    for name, words in fact.printings.items():
        if (fact.id, name) in c.printed and name not in {"published", "exact"}:
            names.setdefault(words, name)
    printed = c.ledger.printed(fact.id)
    forms = [printed.run(name) for name in names.values()]
    return joined(forms, "; ", "; ") or say("–")


def _made(fact: Fact, numbers: Mapping[str, str]) -> Runs:
    """The formula, and the numbers of what it was computed from."""
    if not fact.formula:
        return ()
    words = furniture(fact.formula[:300], "formula")
    if fact.inputs:
        inputs = [numbers[name] for name in dict.fromkeys(fact.inputs)]
        words += say(": ")
        words += joined([(Link(words=one, target=f"#{one}"),) for one in inputs], ", ", ", ")
    return words


def _read(c: Composition, fact: Fact) -> Runs:
    """The numbers of its sources, the words that stand there, the address, and the note beside it."""
    parts: list[Runs] = [(NoteRef(words=number),) for number in fact.sources]
    if fact.quotes:
        parts.append(say("“") + c.ledger.printed(fact.id).run("published") + say("”"))
    if fact.address:
        parts.append(furniture(fact.address[:400], "address"))
    if fact.note:
        parts.append(say("note: “") + furniture(fact.note[:600], "quoted") + say("”"))
    read = joined(parts, ", ", ", ")
    return say("; ") + read if fact.formula and read else read
