"""The facts of the money: allocation and its versions, stages, rates that name their denominator, other years."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from moitt_report.brief import wording
from moitt_report.brief.component import component
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Runs
from moitt_report.brief.earlier import About, months_of
from moitt_report.brief.printed import Printed
from moitt_report.brief.wording import named, say
from moitt_report.model.arithmetic import million, share, total_of
from moitt_report.model.budget import Allocation, Amount, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.period import Period, Span
from moitt_report.model.progress import throw_forward, utilised_since_start
from moitt_report.model.project import MINISTRY, Agency
from moitt_report.model.standing import Standing


class Rate(NamedTuple):
    """A stage as a share of another stage, or of the allocation when no stage is named."""

    name: str
    part: Stage
    whole: Stage | None


RATES = (
    Rate("authorised.of-allocation", Stage.AUTHORISED, None),
    Rate("released.of-allocation", Stage.RELEASED, None),
    Rate("utilised.of-allocation", Stage.UTILISED, None),
    Rate("utilised.of-authorised", Stage.UTILISED, Stage.AUTHORISED),
    Rate("utilised.of-released", Stage.UTILISED, Stage.RELEASED),
    Rate("released.of-authorised", Stage.RELEASED, Stage.AUTHORISED),
)


# --- facts --------------------------------------------------------------------------------------


class Keyed(NamedTuple):
    """A budget, and the key that keeps its facts apart from those of others."""

    key: str
    standing: Standing


class Reported(NamedTuple):
    """How many budgets report a stage, and how many there are."""

    given: Printed
    of: Printed

    def words(self) -> Runs:
        """`2 of 3`."""
        return self.given.run("plain") + say(" of ") + self.of.run("plain")


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The facts of the money over some months: of one budget, or of those of several agencies together."""

    c: Composition
    parts: tuple[Keyed, ...]
    period: Period
    prefix: str = ""
    """Keeps the facts of other years apart."""

    @property
    def standing(self) -> Standing | None:
        """The budget where there is one; None when there is none, or when several add up."""
        return self.parts[0].standing if len(self.parts) == 1 else None

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The budgets."""
        return tuple(part.standing for part in self.parts)

    @property
    def each(self) -> tuple["MoneyFacts", ...]:
        """The facts of each budget by itself."""
        if len(self.parts) == 1:
            return (self,)
        return tuple(
            MoneyFacts(self.c, (part,), self.period, f"{self.prefix}{part.key}.") for part in self.parts
        )

    @property
    def when(self) -> str:
        """The months in words, for labels."""
        if isinstance(self.period, Span):
            return wording.period_name(self.period)
        return wording.months(self.period)

    def money(self, stage: Stage | None = None) -> Money | Absence:
        """The allocation, or the amount of a stage; of several budgets the sum, absent when a part is."""
        return total_of([standing.amount(stage) for standing in self.standings])

    def amount(self, stage: Stage | None = None) -> Printed:
        """The allocation, or the amount of a stage, as a fact."""
        name = "allocation" if stage is None else stage.value
        words = "Allocation" if stage is None else stage.heading
        year = wording.period_name(self.period if isinstance(self.period, Span) else self.period.year)
        label = f"{words}, {year}" if stage is None else f"{words}, {self.when}"
        if stage is Stage.TO_LAST_JUNE:
            label = f"Utilised to {wording.day(months_of(stage, self.period).last_day)}"
        months = months_of(stage, self.period)
        if len(self.parts) > 1:
            return self.c.ledger.money(
                self.prefix + name,
                label,
                self.money(stage),
                formula="sum of the budgets",
                operation="sum",
                inputs=tuple(one.amount(stage).fact for one in self.each),
                about=self._about(name, months),
            )
        read = self.standing.read(stage) if self.standing else None
        kind = read.kind.value if isinstance(read, Allocation) else ""
        return self.c.ledger.money(
            self.prefix + name,
            label,
            self.money(stage),
            read=read,
            topic=words,
            about=self._about(name, months, kind),
        )

    def _about(self, figure: str, months: Period, kind: str = "") -> About | None:
        """What a figure is about."""
        covers = " and ".join(standing.budget.covers for standing in self.standings)
        return About(figure, months, kind, covers) if covers else None

    def reads(self, stage: Stage | None = None) -> tuple[Amount, ...]:
        """The records behind `amount`."""
        found = (standing.read(stage) for standing in self.standings)
        return tuple(read for read in found if read is not None)

    def component(self, stage: Stage | None, which: Literal["local", "foreign"]) -> Printed:
        """The local or foreign component of an amount."""
        name, words = ("allocation", "allocation") if stage is None else (stage.value, stage.words)
        owner, label = self.prefix + name, f"{words}, {self.when}"
        if len(self.parts) > 1:
            parts = tuple(one.component(stage, which) for one in self.each)
            return component(self.c, owner, label, self.money(stage), which, parts=parts)
        read = self.standing.read(stage) if self.standing else None
        return component(self.c, owner, label, self.money(stage), which, read=read)

    def throw_forward(self) -> Printed:
        """What is still to be financed of the approved cost."""
        cost, before, now = (self.money(s) for s in (Stage.APPROVED_COST, Stage.TO_LAST_JUNE, Stage.UTILISED))
        return self.c.ledger.money(
            f"{self.prefix}throw-forward",
            "Throw-forward",
            throw_forward(cost, utilised_since_start(before, now)),
            formula="approved cost − utilised to the last 30 June − utilised",
            operation="difference",
            inputs=tuple(
                self.amount(s).fact for s in (Stage.APPROVED_COST, Stage.TO_LAST_JUNE, Stage.UTILISED)
            ),
        )

    def reported(self, stage: Stage | None = None) -> Reported:
        """How many of the budgets report a stage, and how many there are."""
        name = "allocation" if stage is None else stage.value
        amounts = [one.amount(stage) for one in self.each]
        given = [amount.fact for amount in amounts if amount.value is not None]
        all_of_them = [one.amount().fact for one in self.each]
        how_many = self.c.ledger.how_many
        return Reported(
            how_many(f"{self.prefix}{name}.reported", f"Budgets that report: {name}", "budgets", given),
            how_many(f"{self.prefix}budgets", "Budgets on record", "budgets", all_of_them),
        )

    def unutilised(self) -> Printed:
        """What was authorised and not utilised."""
        authorised, utilised = self.amount(Stage.AUTHORISED), self.amount(Stage.UTILISED)
        given, spent = (self.money(s) for s in (Stage.AUTHORISED, Stage.UTILISED))
        left = given if isinstance(given, Absence) else spent if isinstance(spent, Absence) else given - spent
        return self.c.ledger.money(
            f"{self.prefix}unutilised",
            f"Authorised and not utilised, {self.when}",
            left,
            formula="authorised − utilised",
            operation="difference",
            inputs=(authorised.fact, utilised.fact),
            about=self._about("unutilised", self.period),
        )

    def rate(self, name: str) -> Printed:
        """A rate by its name, such as `utilised.of-authorised`."""
        _, part, whole = next(rate for rate in RATES if rate.name == name)
        first, second = self.amount(part), self.amount(whole)
        denominator = "allocation" if whole is None else f"amount {whole.value}"
        return self.c.ledger.percent(
            self.prefix + name,
            f"{part.value.capitalize()} as a percentage of the {denominator}, {self.when}",
            share(million(self.money(part)), million(self.money(whole))),
            formula=f"{part.value} ÷ {denominator} × 100",
            operation="share",
            inputs=(first.fact, second.fact),
            about=self._about(name, self.period),
        )


def facts_now(c: Composition) -> MoneyFacts:
    """The facts of the period's own position."""
    return MoneyFacts(c, _keyed(c.portfolio.standings), c.portfolio.to_date)


def agency_parts(c: Composition) -> tuple[MoneyFacts, ...]:
    """The facts of each agency's budget that is a part of the ministry's."""
    parts = _keyed(c.portfolio.agency_parts)
    return tuple(MoneyFacts(c, (part,), c.portfolio.to_date, f"{part.key}.") for part in parts)


def every_budget(c: Composition) -> tuple[MoneyFacts, ...]:
    """The facts of each budget of the period: those that add up, then those that are parts of them."""
    return (*facts_now(c).each, *agency_parts(c))


def same_budgets(some: tuple[Standing, ...], others: tuple[Standing, ...]) -> bool:
    """Whether both are of the same budgets on file."""
    return {id(one.budget) for one in some} == {id(one.budget) for one in others}


def facts_of(c: Composition, positions: tuple[Standing, ...]) -> MoneyFacts:
    """The facts of some budgets together, the same as elsewhere in the brief where they stand there."""
    for facts in (facts_now(c), *every_budget(c)):
        if same_budgets(facts.standings, positions):
            return facts
    return MoneyFacts(c, _keyed(positions), c.portfolio.to_date, f"{positions[0].agency}.all.")


def covered(facts: MoneyFacts, *, bold: bool = False) -> Runs:
    """What the money is of: a budget by its own words and whose it is; of several, whose they are."""
    agencies = facts.c.portfolio.registers.agencies
    whose = [agencies.get(a).short for a in dict.fromkeys(s.agency for s in facts.standings) if a != MINISTRY]
    if facts.standing is not None:
        covers = facts.standing.budget.covers
        words = named(covers, bold=bold)
        told = isinstance(facts.c.about, Agency) or not whose or covers.startswith(whose[0])
        return words if told else words + say(", ", bold=bold) + named(whose[0], bold=bold)
    if not whose:
        return say("All budgets", bold=bold)
    return say("Budgets of ", bold=bold) + wording.joined([named(one, bold=bold) for one in whose])


def facts_over(c: Composition, period: Period, prefix: str) -> MoneyFacts:
    """The facts of the budgets that the returns give over exactly `period`."""
    return MoneyFacts(c, _keyed(c.portfolio.positions(period)), period, prefix)


def facts_of_year(c: Composition, years_back: int) -> MoneyFacts:
    """The facts of the same months `years_back` years earlier, where they cover the same budgets."""
    period = c.portfolio.to_date.before(12 * years_back)
    now, then = c.portfolio.standings, c.portfolio.positions(period)
    alike = {one.budget.covers for one in now} == {one.budget.covers for one in then}
    comparable = alike or (len(now) <= 1 and len(then) == 1)
    return MoneyFacts(c, _keyed(then) if comparable else (), period, f"y{years_back}.")


def _keyed(positions: tuple[Standing, ...]) -> tuple[Keyed, ...]:
    """Each budget by the agency that filed it, numbered where one filed several."""
    filed = [one.agency for one in positions]
    return tuple(
        Keyed(one.agency if filed.count(one.agency) == 1 else f"{one.agency}.{n}", one)
        for n, one in enumerate(positions, 1)
    )


def conflicting(facts: MoneyFacts, version: Allocation) -> bool:
    """Whether a version claims to be the year's allocation and differs from the one used."""
    settled = facts.standing.allocation if facts.standing else None
    return settled is not None and any(version is other for other in settled.others)


def versions(facts: MoneyFacts) -> tuple[Allocation, ...]:
    """The versions of the allocation on record for one budget."""
    return facts.standing.versions if facts.standing else ()


def version_fact(facts: MoneyFacts, version: Allocation, index: int) -> Printed:
    """The fact of one version; the one used is the allocation itself."""
    if facts.standing is not None and version is facts.standing.read():
        return facts.amount()
    label = f"{wording.allocation_words(version.kind)}, {wording.short_day(version.as_of)}"
    return facts.c.ledger.money(
        f"{facts.prefix}allocation.v{index + 1}",
        label,
        version.amount,
        read=version,
        topic="Allocation, other version",
    )


def strategy_due(c: Composition) -> Printed:
    """The share of the allocation that the release strategy lets be authorised by the end of the quarter."""
    strategy = c.portfolio.registers.strategy(c.portfolio.period.year, c.portfolio.as_of)
    if strategy is None:
        return c.ledger.percent(
            "strategy.due",
            "Share due by the release strategy",
            Absence.NOT_REPORTED,
            formula="sum of quarter shares",
        )
    quarter = (c.portfolio.period.last.month - 7) % 12 // 3 + 1
    return c.ledger.rule(
        "strategy.due", "Share due by the release strategy", strategy.due_by(quarter), strategy
    )
