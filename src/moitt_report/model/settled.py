"""Which of several figures stands for a thing, which others differ from it, and what it goes before them for."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from moitt_report.model.agency_return import Choice
from moitt_report.model.budget import Allocation, AllocationKind, Amount
from moitt_report.model.kpi import Reading, Target
from moitt_report.model.money import Money

Given = TypeVar("Given", Amount, Allocation, Reading, Target)


class Precedence(StrEnum):
    """What the figure used goes before another for."""

    CHOSEN = "chosen"
    """A person has chosen it, with a reason on record."""
    REVISED = "revised"
    """The other is the allocation of the budget, and the year has a revised one."""
    LATEST = "latest"
    """Its as-of date is later."""
    FIRST = "first"
    """It is listed first of figures of one date."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[Given]):
    """What is used of several figures for the same thing, and those that differ from it."""

    used: Given
    others: tuple[Given, ...] = ()
    reason: str | None = None
    """Why this one, by the choice on record; None when nobody chose."""

    @property
    def precedence(self) -> tuple[Precedence, ...]:
        """What the figure used goes before the others for, each once; nothing where none differs."""
        if self.reason is not None:
            return (Precedence.CHOSEN,)
        return tuple(dict.fromkeys(_before(self.used, other) for other in self.others))


def _before(used: Amount | Reading | Target, other: Amount | Reading | Target) -> Precedence:
    if isinstance(used, Allocation) and isinstance(other, Allocation) and _replaces(used, other):
        return Precedence.REVISED
    return Precedence.LATEST if used.as_of > other.as_of else Precedence.FIRST


def _replaces(used: Allocation, other: Allocation) -> bool:
    """Whether `other` gave way as a budget one: to the one used, or, since it is later and not used, to a third."""
    revised = used.kind is AllocationKind.REVISED or other.as_of > used.as_of
    return revised and other.kind is AllocationKind.BUDGET


def settle(given: Iterable[Given], choice: Choice | None = None) -> Settled[Given] | None:
    """Of several figures for the same thing, the chosen one, else the latest, else the first listed."""
    candidates = list(given)
    if not candidates:
        return None
    if choice is not None:
        chosen = max((g for g in candidates if g.source == choice.source), key=_day, default=None)
        if chosen is not None:
            return Settled(chosen, _others(chosen, candidates), choice.reason)
    used = max(candidates, key=_day)
    return Settled(used, _others(used, candidates))


def settle_allocation(
    versions: Iterable[Allocation], choice: Choice | None = None, *, proposals: bool = False
) -> Settled[Allocation] | None:
    """The allocation of a year among its versions.

    A demand is what was asked for and never the allocation. A proposal is one only where a person has chosen it,
    or where there is no other and `proposals` may stand (whoever prints it then says that it is one). A revised
    allocation replaces that of the budget; one whose kind is not stated ranks by its date among the rest. Of what
    is left the latest is used, else the first listed.
    """
    listed = [v for v in versions if v.kind is not AllocationKind.DEMAND]
    allotted = [v for v in listed if v.kind is not AllocationKind.PROPOSED]
    if choice is not None:
        theirs = [v for v in listed if v.source == choice.source]
        chosen = _holding([v for v in theirs if v in allotted] or theirs)
        if chosen is not None:
            return Settled(chosen, _others(chosen, allotted or listed), choice.reason)
    pool = allotted or (listed if proposals else [])
    used = _holding(pool)
    return None if used is None else Settled(used, _others(used, pool))


def _holding(versions: Sequence[Allocation]) -> Allocation | None:
    """The version that holds: a budget one gives way to a revised one, however late it was printed."""
    revised = any(v.kind is AllocationKind.REVISED for v in versions)
    left = [v for v in versions if not (revised and v.kind is AllocationKind.BUDGET)]
    return max(left, key=_day, default=None)


def differs(one: Amount | Reading | Target, other: Amount | Reading | Target) -> bool:
    """Whether two records give different figures, however they print them."""
    return _value(one) != _value(other)


def numbers(given: Amount | Reading | Target) -> tuple[Decimal, ...]:
    """The numbers that a record gives, as they are printed: money in Rs million, a target with its baseline."""
    if isinstance(given, Amount):
        return (given.amount.million,) if isinstance(given.amount, Money) else ()
    found = (given.value,) if isinstance(given, Reading) else (given.value, given.upper, given.baseline)
    return tuple(number for number in found if isinstance(number, Decimal))


def _others(used: Given, candidates: Iterable[Given]) -> tuple[Given, ...]:
    return tuple(g for g in candidates if g is not used and differs(g, used))


def _day(given: Amount | Reading | Target) -> dt.date:
    return given.as_of


def _value(given: Amount | Reading | Target) -> object:
    if isinstance(given, Reading):
        return given.value, given.milestone
    if isinstance(given, Target):
        return given.value, given.upper, given.milestone, given.baseline
    return given.amount.rupees if isinstance(given.amount, Money) else given.amount
