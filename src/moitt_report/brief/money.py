"""The facts of the money: allocation and its versions, stages, rates that name their denominator, other years."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import (
    Runs,
)
from moitt_report.brief.earlier import About
from moitt_report.brief.ledger import Printed
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Allocation, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.period import Period, Span
from moitt_report.model.portfolio import Standing, million, share
from moitt_report.model.project import ProjectReport

ABSENT = Absence.NOT_REPORTED
RATES = (
    ("authorised.of-allocation", Stage.AUTHORISED, None),
    ("released.of-allocation", Stage.RELEASED, None),
    ("utilised.of-allocation", Stage.UTILISED, None),
    ("utilised.of-authorised", Stage.UTILISED, Stage.AUTHORISED),
    ("utilised.of-released", Stage.UTILISED, Stage.RELEASED),
    ("released.of-authorised", Stage.RELEASED, Stage.AUTHORISED),
)


# --- facts --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The facts of one standing. `prefix` keeps those of other years apart."""

    c: Composition
    standing: Standing | None
    period: Period
    prefix: str = ""

    @property
    def when(self) -> str:
        """The months in words, for labels."""
        if isinstance(self.period, Span):
            return wording.period_name(self.period)
        return wording.months(self.period)

    def amount(self, stage: Stage | None = None) -> Printed:
        """The allocation, or the amount of a stage."""
        name = "allocation" if stage is None else stage.value
        amount = self.standing.amount(stage) if self.standing else ABSENT
        read = self.standing.read(stage) if self.standing else None
        year = wording.period_name(self.period if isinstance(self.period, Span) else self.period.year)
        label = f"Allocation, {year}" if stage is None else f"{name.capitalize()}, {self.when}"
        kind = read.kind.value if isinstance(read, Allocation) else ""
        return self.c.ledger.money(
            self.prefix + name,
            label,
            amount,
            read=read,
            topic=name.capitalize(),
            about=self._about(name, kind),
        )

    def _about(self, figure: str, kind: str = "") -> About | None:
        """What a figure is about. An allocation is of the year, whichever months the brief covers."""
        covers = self.standing.budget.covers if self.standing else ""
        yearly = figure == "allocation" and not isinstance(self.period, Span)
        return About(figure, self.period.year if yearly else self.period, kind, covers) if covers else None

    def unutilised(self) -> Printed:
        """What was authorised and not utilised."""
        authorised, utilised = self.amount(Stage.AUTHORISED), self.amount(Stage.UTILISED)
        given, spent = (self._money(s) for s in (Stage.AUTHORISED, Stage.UTILISED))
        left = given if isinstance(given, Absence) else spent if isinstance(spent, Absence) else given - spent
        return self.c.ledger.money(
            f"{self.prefix}unutilised",
            f"Authorised and not utilised, {self.when}",
            left,
            formula="authorised − utilised",
            operation="difference",
            inputs=(authorised.fact, utilised.fact),
            about=self._about("unutilised"),
        )

    def rate(self, name: str) -> Printed:
        """A rate by its name, such as `utilised.of-authorised`."""
        _, part, whole = next(r for r in RATES if r[0] == name)
        first, second = self.amount(part), self.amount(whole)
        denominator = "allocation" if whole is None else f"amount {whole.value}"
        return self.c.ledger.percent(
            self.prefix + name,
            f"{part.value.capitalize()} as a percentage of the {denominator}, {self.when}",
            share(million(self._money(part)), million(self._money(whole))),
            formula=f"{part.value} ÷ {denominator} × 100",
            operation="share",
            inputs=(first.fact, second.fact),
            about=self._about(name),
        )

    def _money(self, stage: Stage | None) -> Money | Absence:
        return self.standing.amount(stage) if self.standing else ABSENT


def facts_now(c: Composition) -> MoneyFacts:
    """The facts of the period's own position."""
    return MoneyFacts(c, c.portfolio.standing, c.portfolio.to_date)


def facts_of_year(c: Composition, years_back: int) -> MoneyFacts:
    """The facts of the same months `years_back` years earlier."""
    period = c.portfolio.to_date.before(12 * years_back)
    standing = next((s for s in c.portfolio.earlier_standings if s.budget.period == period), None)
    return MoneyFacts(c, standing, period, f"y{years_back}.")


def money_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of money."""
    now = facts_now(c)
    tokens: dict[str, Maker] = {"allocation": now.amount, "unutilised": now.unutilised}
    for stage in Stage:
        tokens[stage.value] = partial(now.amount, stage)
    for name, _, _ in RATES:
        tokens[name] = partial(now.rate, name)
    for back in (1, 2):
        earlier = facts_of_year(c, back)
        tokens[f"y{back}.allocation"] = earlier.amount
        for name, _, _ in RATES:
            tokens[f"y{back}.{name}"] = partial(earlier.rate, name)
    tokens["unutilised.left"] = partial(_left_over, now, above=False)
    tokens["unutilised.above"] = partial(_left_over, now, above=True)
    tokens["covers"] = lambda: (
        named(now.standing.budget.covers) if now.standing else say("Development budget")
    )
    tokens["other-allocation"] = lambda: other_allocation(c) or ()
    tokens["strategy.due"] = partial(strategy_due, c)
    tokens["earlier-years"] = lambda: earlier_years(c)[0]
    tokens["earlier-years.allocation"] = lambda: earlier_years(c)[1]
    return tokens


def _left_over(now: MoneyFacts, *, above: bool) -> Runs:
    """What is left of the amount authorised; or, in size, by how much more was utilised."""
    left = now.unutilised()
    if left.value is None or (left.value < 0) is not above:
        return ()
    return left.run("size")


def other_allocation(c: Composition) -> Printed | None:
    """Another published allocation of the same year, if there is one that differs."""
    for index, version in enumerate(versions(c)):
        if version is not (c.portfolio.standing and c.portfolio.standing.read()) and conflicting(c, version):
            return version_fact(c, version, index)
    return None


def conflicting(c: Composition, version: Allocation) -> bool:
    """Whether a version claims to be the year's allocation and differs from the one used."""
    standing = c.portfolio.standing
    if standing is None or standing.allocation is None or version not in standing.allocation.others:
        return False
    return version.kind.value not in {"demand", "proposed"}


def versions(c: Composition) -> tuple[Allocation, ...]:
    """All versions of the allocation on record for the period."""
    settled = c.portfolio.standing.allocation if c.portfolio.standing else None
    if settled is None:
        return ()
    return tuple(sorted((settled.used, *settled.others), key=lambda v: v.as_of))


def version_fact(c: Composition, version: Allocation, index: int) -> Printed:
    """The fact of one version; the one used is the allocation itself."""
    if c.portfolio.standing is not None and version is c.portfolio.standing.read():
        return facts_now(c).amount()
    label = f"{wording.allocation_words(version.kind)}, {wording.short_day(version.as_of)}"
    return c.ledger.money(
        f"allocation.v{index + 1}", label, version.amount, read=version, topic="Allocation, other version"
    )


def earlier_years(c: Composition) -> tuple[Runs, Printed]:
    """A position over several whole years before, in words, and its allocation."""
    spans = [s for s in c.portfolio.earlier_standings if isinstance(s.budget.period, Span)]
    standing = spans[0] if spans else None
    if standing is None:
        return (), c.ledger.money("earlier.allocation", "Allocation of earlier years", ABSENT)
    facts = MoneyFacts(c, standing, standing.budget.period, "earlier.")
    return dated(wording.period_name(standing.budget.period)), facts.amount()


def strategy_due(c: Composition) -> Printed:
    """The share of the allocation that the release strategy lets be authorised by the end of the quarter."""
    strategy = c.portfolio.registers.strategy(c.portfolio.period.year)
    if strategy is None:
        return c.ledger.percent(
            "strategy.due", "Share due by the release strategy", ABSENT, formula="sum of quarter shares"
        )
    quarter = (c.portfolio.period.last.month - 7) % 12 // 3 + 1
    return c.ledger.rule(
        "strategy.due", "Share due by the release strategy", strategy.due_by(quarter), strategy
    )


# --- projects -----------------------------------------------------------------------------------


def money_sources(c: Composition, reports: Iterable[ProjectReport], *, with_standing: bool) -> Runs:
    """The sources of project amounts and, where asked, of the division's position in all years shown."""
    ids = [a.source for p in reports for a in p.amounts]
    if with_standing:
        shown = [facts_now(c), facts_of_year(c, 1), facts_of_year(c, 2)]
        ids += [
            read.source
            for facts in shown
            if facts.standing is not None
            for read in (facts.standing.read(), *(facts.standing.read(s) for s in Stage))
            if read is not None
        ]
    return source_line(c, ids)


def source_line(c: Composition, ids: list[str]) -> Runs:
    """`Sources: S1, S2. Data as of 31 December 2024.`"""
    line: Runs = ()
    if ids:
        line = say("Sources: ", bold=True) + c.ledger.cite_all(ids) + say(". ")
    return line + say("Data as of ", bold=True) + dated(wording.day(c.portfolio.as_of)) + say(".")


# --- the position, agencies ---------------------------------------------------------------------


# --- chart --------------------------------------------------------------------------------------
