"""The facts of one KPI: reading, target due, share achieved, status."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Runs
from moitt_report.brief.earlier import About
from moitt_report.brief.fact import Operation
from moitt_report.brief.ledger import Printed
from moitt_report.brief.wording import named, say
from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope, Target
from moitt_report.model.period import Month, period_of
from moitt_report.model.portfolio import Portfolio, share
from moitt_report.model.settled import Settled
from moitt_report.model.status import Ground, Judgement, Status, judge

ABSENT = Absence.NOT_REPORTED


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """What is known of one KPI in the period."""

    c: Composition
    kpi: Kpi

    @property
    def main(self) -> Settled[Reading] | None:
        """The reading that stands for the KPI: year to date, else the latest that is about the period."""
        book = self.c.portfolio
        exact = book.reading(self.kpi.id, book.to_date)
        return exact or book.latest(self.kpi.id)

    @property
    def value(self) -> Decimal | Absence:
        """The number of the main reading; where nobody gives a total, the sum of the agencies' own counts."""
        main = self.main
        if main is None:
            return self.c.portfolio.sum_of_agencies(self.kpi.id)
        return main.used.value if isinstance(main.used.value, Decimal) else _absence(main)

    def cumulative(self) -> Printed:
        """The main reading as a fact."""
        main = self.main
        id = f"kpi.{self.kpi.id}"
        own = self.c.portfolio.own_counts(self.kpi.id) if main is None else ()
        if not own:
            about = reading_about(self.c, main.used) if main else None
            return self._count(id, self.kpi.name, self.value, main.used if main else None, about=about)
        return self._count(
            id,
            self.kpi.name,
            self.value,
            None,
            formula="sum of the agencies that report",
            operation="sum",
            inputs=tuple(self._own(reading).fact for reading in own),
        )

    def _own(self, reading: Reading) -> Printed:
        """The count of one agency."""
        value = reading.value if isinstance(reading.value, Decimal) else ABSENT
        label = f"{self.kpi.name}, {self.c.portfolio.registers.agencies.get(reading.agency or '').short}"
        return self._count(
            f"kpi.{self.kpi.id}.{reading.agency}", label, value, reading, about=reading_about(self.c, reading)
        )

    def quarter(self) -> Printed:
        """What was achieved in the period itself: as reported, else the sum of its months."""
        book = self.c.portfolio
        id = f"kpi.{self.kpi.id}.quarter"
        label = f"{self.kpi.name}, {wording.months(book.period)}"
        about = About(self.kpi.id, book.period, Scope.IN_PERIOD, owner=self.kpi.id)
        settled = book.reading(self.kpi.id, book.period, (Scope.IN_PERIOD,))
        reported = book.value(self.kpi.id, book.period, (Scope.IN_PERIOD,))
        summed = book.sum_of_months(self.kpi.id, book.period)
        if settled is not None and (isinstance(reported, Decimal) or isinstance(summed, Absence)):
            return self._count(id, label, reported, settled.used, about=about)
        months = [month_fact(self.c, self.kpi, m) for m in book.period.months]
        return self._count(
            id,
            label,
            summed,
            None,
            formula="sum of the months",
            operation="sum",
            inputs=tuple(f.fact for f in months),
            about=about,
        )

    def previous(self) -> Printed:
        """The main reading of the previous period's returns."""
        book = self.c.portfolio
        if not book.previous:
            return self._count(
                f"kpi.{self.kpi.id}.previous", f"{self.kpi.name}, previous period", ABSENT, None
            )
        before = Portfolio(
            period=book.previous[0].period,
            returns=book.previous,
            registers=book.registers,
            as_of=book.previous[0].period.last_day,
        )
        settled = before.reading(self.kpi.id, before.to_date) or before.latest(self.kpi.id)
        used = settled.used if settled else None
        value = used.value if used and isinstance(used.value, Decimal) else ABSENT
        label = f"{self.kpi.name}, to {wording.day(before.period.last_day)}"
        return self._count(f"kpi.{self.kpi.id}.previous", label, value, used)

    @property
    def target(self) -> Target | None:
        """The target that covers the period."""
        return self.c.portfolio.target(self.kpi.id)

    def due(self) -> Printed:
        """The part of the target due at the end of the period; the whole target when none is due yet."""
        target = self.target
        if target is None:
            return self._count(f"kpi.{self.kpi.id}.due", f"Target of {self.kpi.name}", ABSENT, None)
        value = self.c.portfolio.due(target)
        if isinstance(value, Absence):
            return self.whole()
        whole = self.whole()
        paced = value != target.value
        formula = "annual target × months elapsed ÷ months of the year" if paced else "the whole target"
        inputs: tuple[str, ...] = (whole.fact,)
        if paced and target.baseline:
            formula = "baseline + (annual target − baseline) × months elapsed ÷ months of the year"
            inputs = (whole.fact, self.baseline().fact)
        return self._count(
            f"kpi.{self.kpi.id}.due",
            f"Target of {self.kpi.name} due by {wording.day(self.c.portfolio.period.last_day)}",
            value,
            None,
            formula=formula,
            operation=None if paced else "equal",
            inputs=inputs,
        )

    def whole(self) -> Printed:
        """The whole target; of a band its lower end."""
        target = self.target
        id, label = f"kpi.{self.kpi.id}.target", f"Target of {self.kpi.name}"
        if target is None or target.value is None:
            return self._count(id, label, ABSENT, None)
        fact = self._set(id, label, target.value, target, "target")
        self.c.ledger.cite(target.source, f"Target, {self.kpi.name}", (id, fact.printings["plain"]))
        return fact

    def baseline(self) -> Printed:
        """Where the way to the target began."""
        start = self.target.baseline if self.target else None
        id, label = f"kpi.{self.kpi.id}.baseline", f"Baseline of {self.kpi.name}"
        if self.target is None or start is None:
            return self._count(id, label, ABSENT, None)
        return self._set(id, label, start, self.target, "baseline")

    def _set(self, id: str, label: str, value: Decimal, target: Target, which: str) -> Printed:
        """A number that was set with the target."""
        about = About(f"{self.kpi.id}.{which}", target.period, owner=self.kpi.id)
        return self._count(id, label, value, None, cite=(target.source,), address=target.address, about=about)

    def target_runs(self) -> Runs:
        """The target due as a table prints it: a number, a limit, a band, or the word of a milestone."""
        target = self.target
        if target is not None and target.milestone is not None:
            return named(target.milestone)
        if target is not None and target.upper is not None:
            id, label = f"kpi.{self.kpi.id}.upper", f"Upper end of the band of {self.kpi.name}"
            upper = self._set(id, label, target.upper, target, "upper")
            return self.whole().run() + say(" to ") + upper.run()
        limit = say("at most ") if self.kpi.direction is Direction.LOWER and target is not None else ()
        return limit + self.due().run()

    def achieved(self) -> Printed:
        """The share of the way to the target due that is behind us."""
        judgement, target = self.judgement, self.target
        formula = "reading ÷ target due × 100"
        inputs: tuple[str, ...] = (self.cumulative().fact, self.due().fact)
        if judgement.ground is Ground.OUTSIDE:
            formula = "the smaller of reading and nearest end of the band ÷ the larger × 100"
        elif target is not None and target.baseline:
            formula = "(reading − baseline) ÷ (target due − baseline) × 100"
            inputs = (*inputs, self.baseline().fact)
        plain = judgement.ground is not Ground.OUTSIDE and not (target is not None and target.baseline)
        part = judgement.achieved
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.achieved",
            f"{self.kpi.name} as a percentage of the target due",
            ABSENT if judgement.ground is Ground.NO_TARGET else part,
            formula=formula,
            operation="share" if plain else None,
            inputs=inputs,
        )

    def so_far(self) -> Printed:
        """The main reading as a percentage of the whole target."""
        whole = self.target.value if self.target and self.target.value is not None else ABSENT
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.of-target",
            f"{self.kpi.name} as a percentage of the whole target",
            share(self.value, whole),
            formula="reading ÷ whole target × 100",
            operation="share",
            inputs=(self.cumulative().fact, self.whole().fact),
        )

    @property
    def judgement(self) -> Judgement:
        """How the KPI stands, as computed."""
        book, main = self.c.portfolio, self.main
        due = book.due(self.target) if self.target else ABSENT
        word = main.used.milestone if main else None
        return judge(self.kpi, self.target, due, self.value, word, book.registers.rules.status, book.as_of)

    @property
    def status(self) -> Status:
        """How the KPI stands: as a person has set it, else as computed."""
        override = self.c.portfolio.override(self.kpi.id)
        return self.judgement.status if override is None else override.status

    def _count(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        read: Reading | None,
        formula: str = "",
        operation: Operation | None = None,
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        address: str = "",
        about: About | None = None,
    ) -> Printed:
        return self.c.ledger.count(
            id,
            label,
            value,
            self.kpi.unit,
            self.kpi.decimals,
            read=read,
            formula=formula,
            operation=operation,
            inputs=inputs,
            cite=cite,
            topic=self.kpi.name,
            address=address,
            about=about,
        )


def _absence(settled: Settled[Reading] | None) -> Absence:
    value = settled.used.value if settled else None
    return value if isinstance(value, Absence) else ABSENT


def reading_about(c: Composition, reading: Reading) -> About:
    """What a reading is about: the same KPI over the same months in the same scope is the same thing."""
    of = reading.part or reading.project or ""
    return About(reading.kpi, reading.period, c.portfolio.scope_of(reading), of, reading.kpi)


def month_fact(c: Composition, kpi: Kpi, month: Month) -> Printed:
    """The reading of one month."""
    period = period_of(month, month)
    settled = c.portfolio.reading(kpi.id, period)
    value = c.portfolio.value(kpi.id, period)
    return c.ledger.count(
        f"kpi.{kpi.id}.{period}",
        f"{kpi.name}, {wording.months(period)}",
        value,
        kpi.unit,
        kpi.decimals,
        read=settled.used if settled else None,
        topic=kpi.name,
        about=reading_about(c, settled.used) if settled else About(kpi.id, period, kpi.scope, owner=kpi.id),
    )


def threshold(c: Composition, name: str) -> Printed:
    """A threshold of the status rule."""
    rule = c.portfolio.registers.rules.status
    value = rule.on_target if name == "on_target" else rule.watch
    return c.ledger.rule(f"status.{name.replace('_', '-')}", f"Status threshold, {name}", value, rule)


def december_rule(c: Composition) -> Printed:
    """The share of the allocation to be utilised by December."""
    rule = c.portfolio.registers.rules.utilisation
    return c.ledger.rule(
        "rule.december",
        "Share of the allocation to be utilised by December",
        rule.least_by_december,
        rule,
    )
