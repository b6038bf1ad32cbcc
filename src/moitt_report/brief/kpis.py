"""The facts of one KPI: reading, target due, share achieved, status."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.ledger import Printed
from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope, Target
from moitt_report.model.period import Month, period_of
from moitt_report.model.portfolio import Portfolio, Settled, share
from moitt_report.model.status import Status, rate

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
        """The number of the main reading."""
        main = self.main
        return main.used.value if main and isinstance(main.used.value, Decimal) else _absence(main)

    def cumulative(self) -> Printed:
        """The main reading as a fact."""
        main = self.main
        return self._count(f"kpi.{self.kpi.id}", self.kpi.name, self.value, main.used if main else None)

    def quarter(self) -> Printed:
        """What was achieved in the period itself."""
        book = self.c.portfolio
        value = book.in_period(self.kpi.id)
        settled = book.reading(self.kpi.id, book.period, (Scope.IN_PERIOD,))
        label = f"{self.kpi.name}, {wording.months(book.period)}"
        if settled is not None:
            return self._count(f"kpi.{self.kpi.id}.quarter", label, value, settled.used)
        months = [month_fact(self.c, self.kpi, m) for m in book.period.months]
        return self._count(
            f"kpi.{self.kpi.id}.quarter",
            label,
            value,
            None,
            formula="sum of the months" if isinstance(value, Decimal) else "",
            inputs=tuple(f.fact for f in months) if isinstance(value, Decimal) else (),
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
        return self._count(
            f"kpi.{self.kpi.id}.due",
            f"Target of {self.kpi.name} due by {wording.day(self.c.portfolio.period.last_day)}",
            value,
            None,
            formula="annual target × months elapsed ÷ months of the year" if paced else "the whole target",
            inputs=(whole.fact,),
        )

    def whole(self) -> Printed:
        """The whole target."""
        target = self.target
        id, label = f"kpi.{self.kpi.id}.target", f"Target of {self.kpi.name}"
        if target is None:
            return self._count(id, label, ABSENT, None)
        source = target.source
        fact = self._count(id, label, target.value, None, formula="as set", cite=(source,))
        self.c.ledger.cite(source, f"Target, {self.kpi.name}", (id, fact.printings["plain"]))
        return fact

    def achieved(self) -> Printed:
        """The main reading as a percentage of the target due."""
        due = self.c.portfolio.due(self.target) if self.target else ABSENT
        cumulative, base = self.cumulative(), self.due()
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.achieved",
            f"{self.kpi.name} as a percentage of the target due",
            due if isinstance(due, Absence) else share(self.value, due),
            formula="reading ÷ target due × 100",
            inputs=(cumulative.fact, base.fact),
        )

    def so_far(self) -> Printed:
        """The main reading as a percentage of the whole target."""
        whole = self.target.value if self.target else ABSENT
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.of-target",
            f"{self.kpi.name} as a percentage of the whole target",
            share(self.value, whole),
            formula="reading ÷ whole target × 100",
            inputs=(self.cumulative().fact, self.whole().fact),
        )

    @property
    def status(self) -> Status:
        """How the KPI stands; only where higher is better is it rated."""
        if self.target is None or self.kpi.direction is not Direction.HIGHER:
            return Status.NOT_RATED
        due = self.c.portfolio.due(self.target)
        achieved = due if isinstance(due, Absence) else share(self.value, due)
        return rate(achieved, self.c.portfolio.registers.rules.status)

    def _count(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        read: Reading | None,
        formula: str = "",
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
    ) -> Printed:
        return self.c.ledger.count(
            id,
            label,
            value,
            self.kpi.unit,
            self.kpi.decimals,
            read=read,
            formula=formula,
            inputs=inputs,
            cite=cite,
            topic=self.kpi.name,
        )


def _absence(settled: Settled[Reading] | None) -> Absence:
    value = settled.used.value if settled else None
    return value if isinstance(value, Absence) else ABSENT


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
    )


def threshold(c: Composition, name: str) -> Printed:
    """A threshold of the status rule."""
    rule = c.portfolio.registers.rules.status
    value = rule.on_target if name == "on_target" else rule.watch
    return c.ledger.rule(f"status.{name.replace('_', '-')}", f"Status threshold, {name}", value, rule.source)


def december_rule(c: Composition) -> Printed:
    """The share of the allocation to be utilised by December."""
    rule = c.portfolio.registers.rules.utilisation
    return c.ledger.rule(
        "rule.december",
        "Share of the allocation to be utilised by December",
        rule.least_by_december,
        rule.source,
    )
