"""Whatever is reported: no numeral without a Fact, no Fact that its formula does not give, no chain without an end."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief, Chart, Figure, Run, Table, Text, block_runs, blocks, runs
from moitt_report.brief.fact import Fact
from moitt_report.brief.fact_annex import with_fact_annex
from moitt_report.brief.rounding import sums_in
from moitt_report.pipeline.inputs import load_outline
from portfolios_at_random import portfolios

OUTLINE = load_outline("quarterly")
WITH_ANNEX = with_fact_annex(OUTLINE)
EXAMPLES = {"not-applicable", "zero"}
"""Legends, not figures of the period."""


def value(fact: Fact) -> Fraction | None:
    return None if fact.value is None else Fraction(fact.value)


def done_again(fact: Fact, facts: dict[str, Fact]) -> Fraction | None:
    """The arithmetic written a second time, in fractions, so that a fault would have to be made twice."""
    numbers = [value(facts[name]) for name in fact.inputs]
    if fact.operation == "count":
        return Fraction(len(numbers))
    assert None not in numbers, f"{fact.id} has a value, and one of its inputs has none"
    match fact.operation, numbers:
        case "sum", _:
            return sum(numbers, Fraction(0))
        case "difference", [whole, *parts]:
            return whole - sum(parts)
        case "share", [*parts, whole]:
            return sum(parts) / whole * 100
        case "portion", [whole, percent]:
            return whole * percent / 100
        case "growth", [now, then]:
            return (now - then) / then * 100
        case "equal", [one]:
            return one
    raise AssertionError(f"{fact.id}: {fact.operation} of {len(numbers)} figures")


def ends(fact: Fact, facts: dict[str, Fact]) -> set[str]:
    """Where the chain of a fact ends: the ids of facts that were computed from no other."""
    return set().union(*(ends(facts[name], facts) for name in fact.inputs)) if fact.inputs else {fact.id}


def check_spoken(brief: Brief) -> None:
    """Whoever hears a picture is told each figure that whoever sees it reads."""
    for block in blocks(brief):
        if isinstance(block, Chart):
            picture = replace(block, title=(), unit=(), alt=(Text(words="-"),), notes=(), sources=())
            assert figures(block_runs(picture)) <= figures(block.alt), block.anchor


def figures(of: Iterable[Run]) -> set[str]:
    return {run.fact for run in of if isinstance(run, Figure)}


def check(brief: Brief) -> None:
    facts = {fact.id: fact for fact in brief.facts}
    check_totals(brief, facts)
    check_spoken(brief)
    for run in runs(brief):
        if isinstance(run, Figure):
            assert facts[run.fact].printings[run.printing] == run.words
        elif isinstance(run, Text) and run.furniture is None:
            assert not any(c.isdigit() for c in run.words)
    for fact in brief.facts:
        if fact.operation is not None and fact.value is not None:
            again = done_again(fact, facts)
            assert again is not None
            assert abs(again - Fraction(fact.value)) <= Fraction(1, 10**9) * max(1, abs(again)), fact.id
        for end in ends(fact, facts):
            known = facts[end]
            assert known.address or known.value is None or known.operation == "count" or end in EXAMPLES, (
                f"{fact.id} ends in {end}, which was read nowhere"
            )


def check_totals(brief: Brief, facts: dict[str, Fact]) -> None:
    """Parts, as printed, add up to their total, as printed; or a note of the table says by how much they do not."""
    for table in (block for block in blocks(brief) if isinstance(block, Table)):
        told = {run.fact for note in table.notes for run in note if isinstance(run, Figure)}
        for found in sums_in(table, facts):
            assert not found.gap or any(found.total.fact in facts[name].inputs for name in told), table.anchor


@pytest.mark.parametrize("outline", [OUTLINE, WITH_ANNEX], ids=["as it is", "with the annex of figures"])
def test_no_brief_has_an_orphan_numeral_or_a_figure_that_its_formula_does_not_give(outline) -> None:
    @settings(max_examples=15, deadline=None)
    @given(portfolios())
    def every_portfolio(portfolio) -> None:
        check(compose(portfolio, outline))

    every_portfolio()


def test_the_built_in_briefs_hold(builtin: Brief) -> None:
    check(builtin)


def test_every_computed_figure_of_the_built_in_briefs_names_what_it_was_computed_from(builtin: Brief) -> None:
    for fact in builtin.facts:
        read = bool(fact.address) and not fact.formula
        rule = fact.formula.startswith("rule: ") and bool(fact.address)
        # Entries are counted, and days are between dates, at a line of a return: those are no figures themselves.
        made = bool(fact.formula) and (bool(fact.inputs) or bool(fact.address) or fact.value in {None, "0"})
        assert read or rule or made or fact.value is None, fact.id
        assert not (
            read and not fact.sources and fact.value is not None and not fact.id.startswith("before.")
        ), fact.id
