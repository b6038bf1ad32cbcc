"""`moitt-report explain`."""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins
from msgspec.structs import fields

from moitt_report.brief.fact import Fact
from moitt_report.pipeline.explain import Explained, explain
from moitt_report.quantity import in_words

if TYPE_CHECKING:
    from rich.tree import Tree

_MOST_IN_FULL = 5
"""Of more facts that are printed alike, each gets a line, not its chain."""

Branch = tuple[str, tuple[str, ...], tuple["Branch", ...]]
"""A head, lines under it, and what it rests on."""


@click.command("explain")
@click.argument("brief")
@click.argument("fact")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object of the chain.")
def command(brief: str, fact: str, as_json: bool) -> None:
    """Print how FACT in BRIEF was made, down to the cells it was read from.

    BRIEF is a PDF or Word file made by moitt-report, or a brief as JSON. FACT is the id of a figure,
    or words as they are printed, such as "Rs 2,243.6 million"; every figure printed so is shown.
    """
    found = explain(brief, fact)
    if as_json:
        click.echo(json.dumps(_as_object(found), ensure_ascii=False, indent=2))
    elif len(found.found) > _MOST_IN_FULL:
        click.echo(f"{len(found.found)} figures are printed so; ask for one by its id:")
        for name in found.found:
            click.echo(f"{name}: {found.facts[name].label}")
    elif sys.stdout.isatty():
        _print_trees(found)
    else:
        seen: set[str] = set()
        for name in found.found:
            for line in _lines(_branch(found, name, seen), 0):
                click.echo(line)


def _as_object(found: Explained) -> dict[str, object]:
    facts = {name: _told_of(fact) for name, fact in found.facts.items()}
    return {
        "asked": found.asked,
        "found": found.found,
        "facts": {name: said | {"places": found.places.get(name, ())} for name, said in facts.items()},
        "sources": found.sources,
    }


def _told_of(fact: Fact) -> dict[str, object]:
    """The fields of a fact that say something."""
    silent = {field.name for field in fields(fact) if getattr(fact, field.name) == field.default}
    said: dict[str, object] = to_builtins(fact)
    return {name: value for name, value in said.items() if name not in silent}


def _branch(found: Explained, name: str, seen: set[str]) -> Branch:
    """The chain of one fact; what was told already is not told again."""
    fact = found.facts[name]
    head = f"{fact.label}: {_value(fact)}"
    if name in seen:
        return head, (f"{name}, see above",), ()
    seen.add(name)
    inputs = tuple(_branch(found, one, seen) for one in fact.inputs)
    before: tuple[Branch, ...] = ()
    if fact.restated:
        before = (_branch(found, fact.restated.fact, seen),)
    return head, tuple(_told(found, fact)), (*inputs, *before)


def _value(fact: Fact) -> str:
    if fact.value is None:
        return fact.absence or ""
    return in_words(f"{Decimal(fact.value):,f}", fact.unit)


def _told(found: Explained, fact: Fact) -> Iterator[str]:
    """What is known of one fact, a line each."""
    yield f"id: {fact.id}"
    printed = {words: None for name, words in fact.printings.items() if name != "published"}
    places = found.places.get(fact.id, ())
    yield f"printed: {', '.join(f'“{w}”' for w in printed)}" + (f" in {', '.join(places)}" if places else "")
    if fact.formula:
        done = "; done again from its inputs, and it agrees" if fact.operation and fact.value else ""
        yield f"computed: {fact.formula}{done}"
    if fact.rounding and fact.value is not None:
        yield f"rounded: {fact.rounding}, in each printing, from the exact value"
    if fact.address:
        words = f", as “{fact.printings['published']}”" if fact.quotes else ""
        yield f"read: {fact.address}{words}"
    if fact.note:
        yield f"note: “{fact.note}”"
    for number in fact.sources:
        yield f"source: {number}: {found.sources.get(number, 'not in the list of sources')}"
    told = (("about", " in ".join(filter(None, (fact.subject, fact.period)))), ("scope", fact.scope))
    for name, words in (*told, ("as of", fact.as_of)):
        if words:
            yield f"{name}: {words}"
    if fact.restated:
        yield f"restated: {fact.restated.reason or 'no reason given'}"
    if fact.value is None and not fact.address and not fact.inputs:
        yield "read: nothing on record gives it"


def _lines(branch: Branch, depth: int) -> Iterator[str]:
    """A branch as plain text, indented by depth."""
    head, told, below = branch
    indent = "  " * depth
    yield indent + head
    for line in told:
        yield f"{indent}  {line}"
    for one in below:
        yield from _lines(one, depth + 1)


def _print_trees(found: Explained) -> None:
    from rich.console import Console  # noqa: PLC0415  only a terminal needs it

    console = Console()
    seen: set[str] = set()
    for name in found.found:
        console.print(_tree(_branch(found, name, seen)))


def _tree(branch: Branch) -> "Tree":
    from rich.text import Text  # noqa: PLC0415  only a terminal needs it
    from rich.tree import Tree  # noqa: PLC0415

    head, told, below = branch
    # Text, never markup: what stands in a file must not colour or hide a line.
    tree = Tree(Text.assemble((head, "bold"), *(("\n" + line, "") for line in told)), guide_style="dim")
    for one in below:
        tree.children.append(_tree(one))
    return tree
