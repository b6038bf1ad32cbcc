"""What prose may say of the money."""

from functools import partial

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Runs
from moitt_report.brief.money import (
    RATES,
    Keyed,
    MoneyFacts,
    conflicting,
    covered,
    facts_now,
    facts_of_year,
    strategy_due,
    version_fact,
    versions,
)
from moitt_report.brief.printed import Printed
from moitt_report.brief.wording import dated, say
from moitt_report.model.budget import Allocation, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.period import Span
from moitt_report.model.settled import Precedence


def money_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of money."""
    now = facts_now(c)
    tokens: dict[str, Maker] = {"allocation": now.amount, "unutilised": now.unutilised}
    for stage in Stage:
        tokens[stage.value] = partial(now.amount, stage)
        tokens[f"{stage.value}.reported"] = partial(_how_many, now, stage)
    tokens["allocation.version"] = lambda: wording.version_words(
        read for one in now.each for read in one.reads() if isinstance(read, Allocation)
    )
    tokens["stages.silent"] = partial(_silent_stages, now)
    for rate in RATES:
        tokens[rate.name] = partial(now.rate, rate.name)
    for back in (1, 2):
        earlier = facts_of_year(c, back)
        tokens[f"y{back}.allocation"] = earlier.amount
        for rate in RATES:
            tokens[f"y{back}.{rate.name}"] = partial(earlier.rate, rate.name)
    tokens["unutilised.left"] = partial(_left_over, now, above=False)
    tokens["unutilised.above"] = partial(_left_over, now, above=True)
    tokens["covers"] = lambda: covered(now) if now.parts else say("Development budget")
    tokens["other-allocation"] = lambda: _other_allocation(c) or ()
    tokens["unsettled-allocation"] = lambda: _unsettled_allocation(c) or ()
    tokens["strategy.due"] = partial(strategy_due, c)
    tokens["earlier-years"] = partial(_earlier_years, c)
    tokens["earlier-years.allocation"] = partial(_earlier_allocation, c)
    return tokens


def _silent_stages(now: MoneyFacts) -> Runs:
    """`authorised, released or utilised`: the stages for which there is no sum."""
    stages = (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
    silent = [say(stage.words) for stage in stages if isinstance(now.money(stage), Absence)]
    return wording.joined(silent, last=" or ")


def _how_many(now: MoneyFacts, stage: Stage) -> Runs:
    """`two of three budgets`, in figures, where some budgets report a stage and some do not."""
    reported = now.reported(stage)
    if not reported.given.value or reported.given.value == reported.of.value:
        return ()
    return reported.words() + say(" budgets")


def _left_over(now: MoneyFacts, *, above: bool) -> Runs:
    """What is left of the amount authorised; with `above`, by how much more was utilised. Empty in the other case."""
    left = now.unutilised()
    if left.value is None or (left.value < 0) is not above:
        return ()
    return left.run("size")


def _other_allocation(c: Composition) -> Printed | None:
    """Another published allocation of the same year, if there is one that differs."""
    now = facts_now(c)
    for index, version in enumerate(versions(now)):
        if now.standing and version is not now.standing.read() and conflicting(now, version):
            return version_fact(now, version, index)
    return None


def _unsettled_allocation(c: Composition) -> Printed | None:
    """Another published allocation to decide between: not a budget one that a revised one replaces, which is settled."""
    standing = facts_now(c).standing
    settled = standing.allocation if standing else None
    if settled is None or set(settled.precedence) == {Precedence.REVISED}:
        return None
    return _other_allocation(c)


def _several_years(c: Composition) -> MoneyFacts | None:
    """The facts of a position over several whole years before, if one is on record."""
    spans = (one for one in c.portfolio.earlier_standings if isinstance(one.budget.period, Span))
    standing = next(spans, None)
    if standing is None:
        return None
    return MoneyFacts(c, (Keyed("", standing),), standing.budget.period, "earlier.")


def _earlier_years(c: Composition) -> Runs:
    """The years of that position."""
    facts = _several_years(c)
    return dated(wording.period_name(facts.period)) if facts else ()


def _earlier_allocation(c: Composition) -> Printed:
    """Its allocation."""
    facts = _several_years(c)
    if facts is None:
        return c.ledger.money("earlier.allocation", "Allocation of earlier years", Absence.NOT_REPORTED)
    return facts.amount()
