"""A warning as a value: what a rule found, the figures it rests on, and why it may stand."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from moitt_report.errors import Problem
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Reading, Target
from moitt_report.model.money import Money
from moitt_report.model.period import Period
from moitt_report.model.project import Progress, Schedule
from moitt_report.model.registers import Rule
from moitt_report.model.waiver import RuleName, Waiver
from moitt_report.quantity import in_words


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure a warning rests on."""

    value: Decimal
    """In `unit`."""
    unit: str
    """`Rs million`, `%`, or the unit of a KPI."""
    when: dt.date | Period
    """The day or the months it is about."""
    read: Amount | Reading | Progress | Schedule | Target | None = None
    """The record it stood in, or the schedule whose time it is; None for a figure computed from the others, or a threshold."""
    formula: str = ""
    address: str = ""
    """Where what it was computed from was read, when that is no record of its own."""
    rule: Rule | None = None
    """The rule, when the figure is its limit."""
    parts: tuple[Amount, ...] = ()
    """The records it is the sum of."""

    @property
    def words(self) -> str:
        """The figure as a message prints it."""
        number = f"{self.value.normalize():,f}"
        if self.unit == "%" and self.formula:
            return f"{self.value:.1f} %"
        return in_words(number, self.unit)


def money_evidence(amount: Amount) -> Evidence:
    """An amount that is there, as evidence."""
    if not isinstance(amount.amount, Money):
        raise TypeError("an absent amount is no evidence")
    return Evidence(amount.amount.million, "Rs million", amount.as_of, amount)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found about one thing."""

    rule: RuleName
    about: str
    """What a waiver names: a project, a KPI, or the budget."""
    figure: str
    """What a waiver names besides, where the rule found several things about it: a stage, a day."""
    subject: str
    """Its name in words."""
    where: str
    saying: str
    """One sentence; `{0}`, `{1}` … stand for the evidence, and `{when0}` … for its day or months."""
    evidence: tuple[Evidence, ...]
    remedy: str
    filed: AgencyReturn = field(repr=False, compare=False)
    """The return it stands in, whose waivers answer for it."""
    waiver: Waiver | None = None
    several: bool = False
    """Whether the rule found other things about the same, so that a waiver names the figure."""

    @property
    def problem(self) -> Problem:
        """The finding as a line for the officer; a waived one is a note and prints its reason."""
        names = {f"when{n}": _when(e.when) for n, e in enumerate(self.evidence)}
        what = f"{self.subject}: " + self.saying.format(*(e.words for e in self.evidence), **names)
        if self.waiver is not None:
            reason = f"{what}; {self.waiver.why} ({self.waiver.who}, {self.waiver.when})"
            return Problem(self.where, reason, "nothing to do, for a reason is on record", "note")
        ask = f"{self.remedy}; or give the reason under “waivers”, rule {self.rule}, about {self.about}"
        ask += f", figure {self.figure}" if self.several else ""
        return Problem(self.where, what, ask, "warning")


def _when(when: dt.date | Period) -> str:
    return str(when)


def answered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each with the reason on record for it.

    A waiver that names no figure answers for the only finding of its rule about a thing; for none, where there
    are several: who gave it cannot have meant them all.
    """
    every = tuple(found)
    count = Counter(map(_key, every))
    return tuple(
        replace(one, waiver=_waiver(one, several=count[_key(one)] > 1), several=count[_key(one)] > 1)
        for one in every
    )


def _key(finding: Finding) -> tuple[int, RuleName, str]:
    return id(finding.filed), finding.rule, finding.about


def _waiver(finding: Finding, *, several: bool) -> Waiver | None:
    given = [w for w in finding.filed.waivers if (w.rule, w.about) == (finding.rule, finding.about)]
    named = (w for w in given if w.figure and w.figure.casefold() == finding.figure.casefold())
    unnamed = (w for w in given if w.figure is None and not several)
    return next(chain(named, unnamed), None)
