"""Arithmetic over figures that may be absent: what rests on an absent figure is absent, and never zero."""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from operator import add

from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money


def share(part: Decimal | Absence, whole: Decimal | Absence) -> Decimal | Absence:
    """`part` as a percentage of `whole`; absent when either is, not applicable when the whole is zero."""
    if isinstance(part, Absence):
        return part
    if isinstance(whole, Absence):
        return whole
    return Absence.NOT_APPLICABLE if whole == 0 else part * 100 / whole


def growth(now: Decimal | Absence, then: Decimal | Absence) -> Decimal | Absence:
    """The change from `then` to `now` in percent: now ÷ then − 1."""
    ratio = share(now, then)
    return ratio if isinstance(ratio, Absence) else ratio - 100


def difference(first: Decimal | Absence, second: Decimal | Absence) -> Decimal | Absence:
    """`first` less `second`; absent when either is."""
    if isinstance(first, Absence):
        return first
    return second if isinstance(second, Absence) else first - second


def total_of(amounts: Iterable[Money | Absence]) -> Money | Absence:
    """The sum; absent when a part is, or when there are no parts. Components are kept where all parts have them.

    Where all parts are absent for one reason, so is the sum. Where only some are, or for different reasons, it is
    not reported.
    """
    parts = list(amounts)
    absent = [part for part in parts if isinstance(part, Absence)]
    if absent and len(absent) == len(parts) and len(set(absent)) == 1:
        return absent[0]
    if absent or not parts:
        return Absence.NOT_REPORTED
    return reduce(add, (part for part in parts if isinstance(part, Money)))


def million(amount: Money | Absence) -> Decimal | Absence:
    """An amount in Rs million, exact; an absence as it is."""
    return amount if isinstance(amount, Absence) else amount.million
