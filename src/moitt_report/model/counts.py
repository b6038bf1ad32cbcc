"""What stands for a KPI: a reading of the months asked for, or readings that follow each other without a gap.

A count is called cumulative, rated or compared only over months that are all on record. Readings that count
over different times are never rivals, and never added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope, Target
from moitt_report.model.period import Month, Period, period_of
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.settled import Settled

OVER_MONTHS = (Scope.YEAR_TO_DATE, Scope.IN_PERIOD, Scope.NOT_STATED)
"""The scopes that count from one month to another; the first of them that is reported is used."""
PIECES = (Scope.IN_PERIOD, Scope.YEAR_TO_DATE)
"""The scopes that may be added up: where a source states none, two of its figures may count the same."""


@dataclass(frozen=True, slots=True)
class Count:
    """What a KPI counts over some months, or holds at the end of them."""

    period: Period
    scope: Scope
    pieces: tuple[Settled[Reading], ...] = ()
    """One reading, or several that follow each other."""
    agencies: tuple[tuple[str, "Count"], ...] = ()
    """What each agency counts of its own, where nobody gives a total."""

    @property
    def value(self) -> Decimal | Absence:
        """The sum; the absence of a single reading; not reported when one of several is absent."""
        values = [_value(piece) for piece in self.pieces] + [count.value for _, count in self.agencies]
        if len(values) == 1:
            return values[0]
        numbers = [value for value in values if isinstance(value, Decimal)]
        alike = len({(count.period, _lasting(count.scope)) for _, count in self.agencies}) <= 1
        if not numbers or len(numbers) < len(values) or not alike:
            return Absence.NOT_REPORTED
        return sum(numbers, Decimal(0))

    @property
    def one(self) -> Settled[Reading] | None:
        """The reading, where it is a single total."""
        return self.pieces[0] if len(self.pieces) == 1 else None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading it rests on."""
        return (
            *(piece.used for piece in self.pieces),
            *(r for _, count in self.agencies for r in count.readings),
        )


def stands(book: Portfolio, kpi: Kpi) -> Count | None:
    """What stands for a KPI, as its number: the year to date, or what is held at the end of the months reported.

    A target since inception, or a KPI of that scope, puts the latter first. Where nobody gives a total, it is the sum of
    what the agencies count of their own. None where nothing is reported.
    """
    found = _first(book, kpi, None)
    return found if found is not None else _of_agencies(book, kpi)


def in_use(book: Portfolio, kpi: Kpi) -> Settled[Reading] | None:
    """The reading that a KPI rests on: its one total, the latest of those added up, or the latest that is on record."""
    found = _first(book, kpi, None)
    if found is not None:
        return found.pieces[-1]
    about = list(_about(book, kpi.id, None))
    if not about:
        return None
    latest = max(about, key=lambda r: (r.period.last_day, -len(r.period)))
    scope = book.scope_of(latest)
    return book.settled(kpi.id, [r for r in about if r.period == latest.period and book.scope_of(r) is scope])


def aimed_at(book: Portfolio, kpi: Kpi, target: Target) -> Count | None:
    """What may be compared with a target: a count of its scope, over months that begin where its own begin."""
    if kpi.level or kpi.direction is Direction.MILESTONE:
        return stands(book, kpi)
    found = stands(book, kpi)
    if target.scope is Scope.SINCE_INCEPTION:
        return found if found is not None and found.scope is Scope.SINCE_INCEPTION else None
    begins = target.period.first
    if found is not None and found.scope is not Scope.SINCE_INCEPTION and found.period.first == begins:
        return found
    return so_far(book, kpi, begins)


def so_far(book: Portfolio, kpi: Kpi, begins: Month, part: str | None = None) -> Count | None:
    """The count from `begins` to the latest month of the period up to which all months are on record."""
    if kpi.level or kpi.direction is Direction.MILESTONE:
        return None
    ends = {r.period.last for r in _about(book, kpi.id, part) if begins <= r.period.last}
    for end in sorted(ends, reverse=True):
        found = counted(book, kpi, period_of(begins, end), part)
        if found is not None:
            return found
    return None


def counted(book: Portfolio, kpi: Kpi, months: Period, part: str | None = None) -> Count | None:
    """The count over exactly `months`: as reported, else the sum of what was counted within them."""
    whole = book.reading(kpi.id, months, OVER_MONTHS, part=part)
    if whole is not None and isinstance(whole.used.value, Decimal):
        return Count(months, book.scope_of(whole.used), (whole,))
    pieces = added(book, kpi, months, part)
    if pieces:
        scope = Scope.YEAR_TO_DATE if months == months.year_to_date else Scope.IN_PERIOD
        return Count(months, scope, pieces)
    return None if whole is None else Count(months, book.scope_of(whole.used), (whole,))


def added(
    book: Portfolio, kpi: Kpi, months: Period, part: str | None = None
) -> tuple[Settled[Reading], ...] | None:
    """Readings within `months` that follow each other from the first to the last, the longest first.

    Those of earlier returns count where this period's returns are silent. None when a month is missing.
    """
    known: dict[Month, dict[Month, Settled[Reading]]] = {}
    for covers in book.months_on_record(kpi.id, part):
        if covers == months or not months.covers(covers):
            continue
        piece = book.reading(kpi.id, covers, PIECES, part=part, earlier=True)
        if piece is not None and isinstance(piece.used.value, Decimal):
            known.setdefault(covers.first, {})[covers.last] = piece
    after = months.last.shifted(1)
    ways: dict[Month, tuple[Settled[Reading], ...]] = {after: ()}
    for month in reversed(months.months):
        for end, piece in sorted(known.get(month, {}).items(), reverse=True):
            if end.shifted(1) in ways:
                ways[month] = (piece, *ways[end.shifted(1)])
                break
    return ways.get(months.first)


def lacking(book: Portfolio, kpi: Kpi, months: Period, part: str | None = None) -> tuple[Period, ...]:
    """The months that keep what was counted within `months` from being added up, up to the last one counted.

    Nothing where none is on record, and where none lacks.
    """
    on_record: set[Month] = set()
    for covers in book.months_on_record(kpi.id, part):
        piece = book.reading(kpi.id, covers, PIECES, part=part, earlier=True)
        if months.covers(covers) and piece is not None and isinstance(piece.used.value, Decimal):
            on_record |= set(covers.months)
    found: list[Period] = []
    for month in (m for m in months.months if on_record and m < max(on_record) and m not in on_record):
        begins = found.pop().first if found and found[-1].last.shifted(1) == month else month
        found.append(period_of(begins, month))
    return tuple(found)


def held(book: Portfolio, kpi: Kpi, part: str | None = None) -> Count | None:
    """What is held at the end of the latest month reported: since inception, a level, or a milestone."""
    lasting = kpi.level or kpi.direction is Direction.MILESTONE
    found = [
        r
        for r in _about(book, kpi.id, part)
        if lasting or r.milestone is not None or book.scope_of(r) is Scope.SINCE_INCEPTION
    ]
    if not found:
        return None
    last = max(r.period.last for r in found)
    settled = book.settled(kpi.id, [r for r in found if r.period.last == last])
    return Count(settled.used.period, book.scope_of(settled.used), (settled,))


def _first(book: Portfolio, kpi: Kpi, part: str | None) -> Count | None:
    target = book.target(kpi.id)
    found = [so_far(book, kpi, book.to_date.first, part), held(book, kpi, part)]
    if (target.scope if target else kpi.scope) is Scope.SINCE_INCEPTION:
        found.reverse()
    reported = [count for count in found if count is not None]
    with_number = [count for count in reported if isinstance(count.value, Decimal)]
    return next(iter(reported if target else with_number or reported), None)


def _of_agencies(book: Portfolio, kpi: Kpi) -> Count | None:
    """What the agencies count of their own, all of one kind: one that counts otherwise is not added up."""
    agencies = dict.fromkeys(r.agency for r in book.readings(kpi.id) if r.agency is not None)
    about = [agency for agency in agencies if any(_about(book, kpi.id, agency))]
    counts = [(agency, count) for agency in about if (count := _first(book, kpi, agency)) is not None]
    if not counts:
        return None
    latest = max((count for _, count in counts), key=lambda count: count.period.last)
    missing = Count(latest.period, latest.scope)
    silent = [(agency, missing) for agency in about if agency not in dict(counts)]
    return Count(latest.period, latest.scope, agencies=(*counts, *silent))


def _about(book: Portfolio, kpi: str, part: str | None) -> Iterator[Reading]:
    """The readings about the period: those whose last month lies in it."""
    for reading in book.readings(kpi):
        if reading.part == part and book.period.first <= reading.period.last <= book.period.last:
            yield reading


def _value(piece: Settled[Reading]) -> Decimal | Absence:
    value = piece.used.value
    return Absence.NOT_REPORTED if value is None else value


def _lasting(scope: Scope) -> bool:
    return scope is Scope.SINCE_INCEPTION
