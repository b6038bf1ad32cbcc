"""The facts of one KPI: what was counted over the period, in its quarter, and before."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.earlier import About
from moitt_report.brief.fact import Operation
from moitt_report.brief.printed import Printed
from moitt_report.model.counts import OVER_MONTHS, Count, in_use, stands
from moitt_report.model.kpi import Absence, Kpi, Reading, Scope, Target
from moitt_report.model.period import Month, Period, period_of
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.settled import Settled

ABSENT = Absence.NOT_REPORTED


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """What is known of one KPI in the period."""

    c: Composition
    kpi: Kpi

    @property
    def stands(self) -> Count | None:
        """What stands for the KPI in the period; None where the months from July are not all on record."""
        return self.c.once(f"stands.{self.kpi.id}", lambda: stands(self.c.portfolio, self.kpi))

    @property
    def main(self) -> Settled[Reading] | None:
        """The reading that stands for the KPI, where it is a single total."""
        return self.stands.one if self.stands else None

    @property
    def value(self) -> Decimal | Absence:
        """The number that stands for the KPI."""
        return self.stands.value if self.stands else ABSENT

    @property
    def months(self) -> Period:
        """The months that what stands is counted over; those of the year to date where nothing stands."""
        return self.stands.period if self.stands else self.c.portfolio.to_date

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of what stands."""
        return tuple(dict.fromkeys(r.source for r in self.stands.readings)) if self.stands else ()

    def cumulative(self) -> Printed:
        """What stands for the KPI, as a fact."""
        return self.counted(f"kpi.{self.kpi.id}", self.kpi.name, self.stands)

    @property
    def latest(self) -> Reading | None:
        """The latest reading about the period, where none stands for the whole of it."""
        settled = None if self.stands else in_use(self.c.portfolio, self.kpi)
        return settled.used if settled else None

    @property
    def is_reported(self) -> bool:
        """Whether the returns of the period hold any figure of it."""
        return self.stands is not None or self.latest is not None

    def reported(self) -> Printed:
        """What stands, else the latest reading for what it is: for tables that print its months beside it."""
        latest = self.latest
        if latest is None:
            return self.cumulative()
        label = f"{self.kpi.name}, {wording.months(self.c.portfolio.months_of(latest))}"
        value = latest.value if isinstance(latest.value, Decimal) else latest.value or ABSENT
        id = f"kpi.{self.kpi.id}.reported"
        return self.count(id, label, value, latest, about=reading_about(self.c, latest))

    def counted(self, id: str, label: str, count: Count | None) -> Printed:
        """A count as a fact: as read, else the sum of its readings or of the agencies."""
        if count is None or not count.readings:
            return self.count(id, label, ABSENT, None)
        if count.one is not None:
            used = count.one.used
            return self.count(id, label, count.value, used, about=self._about(count))
        if count.agencies:
            formula = _sum_of(
                "agencies that report",
                [
                    f"{self._short(agency)}, {wording.short_months(own.period) if own.readings else ABSENT}"
                    for agency, own in count.agencies
                ],
            )
            inputs = [self._own(agency, own).fact for agency, own in count.agencies]
        else:
            formula = self._follow(count.pieces)
            inputs = [self._piece(piece.used).fact for piece in count.pieces]
        return self.count(
            id,
            label,
            count.value,
            None,
            formula=formula,
            operation="sum",
            inputs=tuple(inputs),
            about=None if count.agencies else self._about(count),
        )

    def added_up(self, pieces: tuple[Settled[Reading], ...], months: Period) -> Printed:
        """The sum of what was counted within `months`, beside what is reported for them."""
        return self.count(
            f"kpi.{self.kpi.id}.added-up",
            f"{self.kpi.name}, sum within {wording.months(months)}",
            Count(months, Scope.IN_PERIOD, pieces).value,
            None,
            formula=self._follow(pieces),
            operation="sum",
            inputs=tuple(self._piece(piece.used).fact for piece in pieces),
        )

    def _follow(self, pieces: Iterable[Settled[Reading]]) -> str:
        """The formula of a sum of readings, with the months of each."""
        months = [self.c.portfolio.months_of(piece.used) for piece in pieces]
        return _sum_of("readings that follow each other", map(wording.short_months, months))

    def _short(self, agency: str) -> str:
        return self.c.portfolio.registers.agencies.get(agency).short

    def _about(self, count: Count) -> About:
        """What a count is about: one from July to date is the same thing, read whole or added up; a level is no count."""
        reading = count.readings[0]
        if len(count.pieces) == 1 and (self.kpi.level or count.scope is not Scope.IN_PERIOD):
            return reading_about(self.c, reading)
        scope = Scope.YEAR_TO_DATE if count.period == count.period.year_to_date else count.scope
        of = reading.part or reading.project or ""
        return About(self.kpi.id, count.period, scope, of, self.kpi.id)

    def _own(self, agency: str, count: Count) -> Printed:
        """The count of one agency."""
        label = f"{self.kpi.name}, {self._short(agency)}, {wording.months(count.period)}"
        return self.counted(f"kpi.{self.kpi.id}.{agency}", label, count)

    def _piece(self, reading: Reading, key: str = "") -> Printed:
        """One of several readings that are added up; with a `key`, as it was said before."""
        known = self.c.ledger.of(reading)
        if known is not None:
            return known
        months = self.c.portfolio.months_of(reading)
        part = f".{reading.agency}" if reading.agency else ""
        whose = f", {self._short(reading.agency)}" if reading.agency else ""
        label = f"{self.kpi.name}{whose}, {wording.months(months)}"
        value = reading.value if isinstance(reading.value, Decimal) else ABSENT
        id = f"kpi.{self.kpi.id}{part}.{key}over.{months}"
        about = None if key else reading_about(self.c, reading)
        return self.count(id, label, value, reading, about=about)

    def quarter(self) -> Printed:
        """What was achieved in the period itself: as reported, else the sum of its months."""
        book = self.c.portfolio
        id = f"kpi.{self.kpi.id}.quarter"
        label = f"{self.kpi.name}, {wording.months(book.period)}"
        about = About(self.kpi.id, book.period, Scope.IN_PERIOD, owner=self.kpi.id)
        scopes = (Scope.IN_PERIOD, Scope.NOT_STATED)
        settled = book.reading(self.kpi.id, book.period, scopes)
        reported = book.value(self.kpi.id, book.period, scopes)
        summed = ABSENT if self.kpi.level else book.sum_of_months(self.kpi.id, book.period)
        if settled is not None and (isinstance(reported, Decimal) or isinstance(summed, Absence)):
            return self.count(id, label, reported, settled.used, about=about)
        months = [month_fact(self.c, self.kpi, m) for m in book.period.months]
        return self.count(
            id,
            label,
            summed,
            None,
            formula=sum_of_months(book.period),
            operation="sum",
            inputs=tuple(f.fact for f in months),
            about=about,
        )

    @property
    def stood(self) -> Count | None:
        """What stood for the KPI in the returns of the previous period."""
        before = book_before(self.c)
        return self.c.once(f"stood.{self.kpi.id}", lambda: stands(before, self.kpi)) if before else None

    @property
    def previous_to(self) -> Month | None:
        """The last month that the main reading of the previous period's returns counts."""
        return self.stood.period.last if self.stood else None

    def previous(self) -> Printed:
        """The main reading of the previous period's returns."""
        before = book_before(self.c)
        if before is None:
            return self.count(
                f"kpi.{self.kpi.id}.previous", f"{self.kpi.name}, previous period", ABSENT, None
            )
        count = self.stood
        to = count.period if count else before.period
        label = f"{self.kpi.name}, to {wording.day(to.last_day)}"
        id = f"kpi.{self.kpi.id}.previous"
        if count is None or count.one is not None:
            used = count.one.used if count and count.one else None
            value = used.value if used and isinstance(used.value, Decimal) else ABSENT
            return self.count(id, label, value, used)
        pieces = tuple(self._piece(r, "previous.").fact for r in count.readings)
        formula = self._follow(count.pieces) if count.pieces else "sum of the agencies that report"
        return self.count(id, label, count.value, None, formula=formula, operation="sum", inputs=pieces)

    def count(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        read: Reading | None,
        formula: str = "",
        operation: Operation | None = None,
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        about: About | None = None,
        target: Target | None = None,
    ) -> Printed:
        """A number in the unit of the KPI, as a fact."""
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
            about=about,
            target=target,
        )


def _sum_of(what: str, parts: Iterable[str]) -> str:
    """A formula that names the months behind a sum: `sum of the readings that follow each other: Jul 2024 + Aug 2024`."""
    return f"sum of the {what}: {' + '.join(parts)}"


def sum_of_months(period: Period) -> str:
    """The formula of a sum over each month of `period`."""
    return _sum_of("months", (wording.short_months(period_of(m, m)) for m in period.months))


def book_before(c: Composition) -> Portfolio | None:
    """The returns of the previous period, and those before them."""
    book = c.portfolio
    if not book.previous:
        return None
    period = book.previous[0].period
    return c.once(
        "book-before",
        lambda: Portfolio(
            period=period,
            returns=book.previous,
            registers=book.registers,
            as_of=period.last_day,
            previous=book.before,
        ),
    )


def reading_about(c: Composition, reading: Reading) -> About:
    """What a reading is about: the same KPI over the same months in the same scope is the same thing."""
    of = reading.part or reading.project or ""
    months = c.portfolio.months_of(reading)
    return About(reading.kpi, months, c.portfolio.scope_of(reading), of, reading.kpi)


def told_fact(c: Composition, kpi: Kpi, reading: Reading, n: int) -> None:
    """Reading number `n` of a KPI as a fact, where it is the one used for its months: a table may not print it,
    and it may have been told otherwise before.
    """
    book, scope = c.portfolio, c.portfolio.scope_of(reading)
    settled = book.reading(kpi.id, reading.period, (scope,), part=reading.part)
    unused = settled is None or settled.used is not reading
    if unused or reading.value is None or c.ledger.of(reading) is not None:
        return
    part = book.registers.agencies.get(reading.agency).short if reading.agency else reading.place
    whose = f", {part}" if part else ""
    c.ledger.count(
        f"kpi.{kpi.id}.told.{n}",
        f"{kpi.name}{whose}, {wording.months(book.months_of(reading))}",
        reading.value,
        kpi.unit,
        kpi.decimals,
        read=reading,
        topic=kpi.name,
        about=reading_about(c, reading),
    )


def month_fact(c: Composition, kpi: Kpi, month: Month) -> Printed:
    """The reading of one month."""
    period = period_of(month, month)
    settled = c.portfolio.reading(kpi.id, period, OVER_MONTHS)
    value = c.portfolio.value(kpi.id, period, OVER_MONTHS)
    return c.ledger.count(
        f"kpi.{kpi.id}.{period}",
        f"{kpi.name}, {wording.months(period)}",
        value,
        kpi.unit,
        kpi.decimals,
        read=settled.used if settled else None,
        topic=kpi.name,
        about=reading_about(c, settled.used) if settled else None,
    )
