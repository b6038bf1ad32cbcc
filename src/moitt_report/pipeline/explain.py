"""Where a figure of a brief comes from: the chain of facts down to the cells that were read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from moitt_report.brief.content import (
    Block,
    Brief,
    Chart,
    Contents,
    Figure,
    Heading,
    KeyFigures,
    Link,
    List,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Signature,
    Table,
    TitleBlock,
    block_runs,
    blocks,
    plain,
)
from moitt_report.brief.fact import Fact, chain
from moitt_report.errors import UsageError
from moitt_report.pipeline.carried import read_brief
from moitt_report.pipeline.files import Input

_LIKE = 5
"""How many near misses are suggested at most."""
_NUMERAL = re.compile(r"-?\d[\d,]*(?:\.\d+)?", re.ASCII)
_UNITS = {"%": "%", "us$": "US$ million", "rs": "Rs million"}
"""The unit that a sign among the words asks for."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The facts that were asked for, and all that they rest on."""

    asked: str
    found: tuple[str, ...]
    """Ids of the facts that were asked for: several, where several are printed alike."""
    facts: Mapping[str, Fact]
    """Those facts, and all they were computed from, by id."""
    sources: Mapping[str, str]
    """What stands in the list of sources: `S1` to its publisher, date and address."""
    places: Mapping[str, tuple[str, ...]]
    """Where each of the facts is printed: `Table 2`, `paragraph 1`."""


def explain(given: Input, asked: str) -> Explained:
    """The chain of the facts that `asked` means in the brief `given`, a file of any kind that carries one.

    `asked` is the id of a fact, or words as they are printed. Raises `UsageError` with the nearest
    ones when nothing in the brief is called or printed so, `InputError` when the file holds no brief.
    """
    return explained(read_brief(given), asked)


def explained(brief: Brief, asked: str) -> Explained:
    """The same of a brief in hand."""
    facts = {fact.id: fact for fact in brief.facts}
    found = [asked] if asked in facts else _printed_so(brief.facts, asked)
    if not found:
        raise UsageError(
            f"nothing in this brief is called or printed “{asked}”{_nearest(brief.facts, asked)}"
        )
    told = {name: facts[name] for name in chain(found, facts)}
    listed = dict(_listed(brief))
    cited = {number for fact in told.values() for number in fact.sources}
    return Explained(
        asked,
        tuple(found),
        told,
        {number: listed[number] for number in listed if number in cited},
        {name: places for name, places in _places(brief).items() if name in told},
    )


# --- finding ------------------------------------------------------------------------------------


def _printed_so(facts: Sequence[Fact], asked: str) -> list[str]:
    """The facts printed exactly so; else those whose printed number is the one asked for, in the unit asked for."""
    words = _folded(asked)
    same = [fact.id for fact in facts if any(_folded(one) == words for one in fact.printings.values())]
    number = _number(words)
    if same or number is None:
        return same
    alike = [
        fact for fact in facts if any(_number(_folded(one)) == number for one in fact.printings.values())
    ]
    unit = next((unit for sign, unit in _UNITS.items() if sign in words), None)
    return [fact.id for fact in alike if fact.unit == unit] or [fact.id for fact in alike]


def _folded(words: str) -> str:
    """Words as they are typed: plain spaces and minus signs, whatever case."""
    return " ".join(words.replace("\u2212", "-").split()).casefold()


def _number(words: str) -> Decimal | None:
    """The one numeral in `words`: 45 and 45.0 are one number."""
    found = _NUMERAL.findall(words)
    return Decimal(found[0].replace(",", "")) if len(found) == 1 else None


def _nearest(facts: Sequence[Fact], asked: str) -> str:
    known: dict[str, str] = {}
    for fact in facts:
        known.setdefault(fact.id, fact.id)
        for words in (fact.label, *fact.printings.values()):
            known.setdefault(_folded(words), f"{words} ({fact.id})")
    near = get_close_matches(_folded(asked), known, n=_LIKE, cutoff=0.5)
    return f"; did you mean {' or '.join(f'“{known[one]}”' for one in near)}?" if near else ""


# --- the page -----------------------------------------------------------------------------------


def _listed(brief: Brief) -> Iterator[tuple[str, str]]:
    """Each entry of the list of sources: its number, and its last cell with the address it leads to."""
    for block in blocks(brief):
        if isinstance(block, Table):
            for row in block.rows:
                if row.anchor.startswith("S") and row.anchor[1:].isdecimal():
                    last = row.cells[-1].runs
                    links = [run.target for run in last if isinstance(run, Link)]
                    yield row.anchor, " – ".join((plain(last), *links))


def _places(brief: Brief) -> dict[str, tuple[str, ...]]:
    """Where each fact is printed."""
    places: dict[str, dict[str, None]] = {}
    for block in blocks(brief):
        for run in block_runs(block):
            if isinstance(run, Figure):
                places.setdefault(run.fact, {})[_place(block)] = None
    return {name: tuple(found) for name, found in places.items()}


def _place(block: Block) -> str:
    match block:
        case Table() | Chart():
            return block.number or f"table “{plain(block.title) or block.anchor}”"
        case Paragraph():
            return "a legend" if block.number is None else f"paragraph {block.number}"
        case Heading():
            return f"heading “{plain(block.runs)}”"
        case KeyFigures():
            return "key figures"
        case List() | Notes() | Pair() | TitleBlock() | Signature() | Contents() | PageBreak():
            return type(block).__name__.lower()
