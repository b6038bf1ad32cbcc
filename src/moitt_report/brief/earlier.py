"""What was said before: the facts of a previous brief, by what they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from moitt_report.brief import wording
from moitt_report.brief.fact import Fact
from moitt_report.model.period import Period
from moitt_report.model.waiver import BUDGET, RuleName, Waiver


@dataclass(frozen=True, slots=True)
class About:
    """What a figure is about, in words that are the same in every brief.

    The rule: a figure, of which kind, of what, over which months. Register ids stand for KPIs and
    projects, so that a new spelling of a name is no new thing.
    """

    figure: str
    """`allocation`, a stage, a rate such as `utilised.of-authorised`, or the id of a KPI."""
    period: Period
    kind: str = ""
    """Which of several: the version of an allocation, the scope of a reading."""
    of: str = ""
    """What the money covers, the id of a project, or the part of a total."""
    owner: str = BUDGET
    """The id by which a waiver names it: of a KPI or a project, or `budget`."""

    @property
    def subject(self) -> str:
        """`allocation (revised) of IT and Telecom Division, PSDP`."""
        words = f"{self.figure} ({self.kind})" if self.kind else self.figure
        return f"{words} of {self.of}" if self.of else words


@dataclass(frozen=True, slots=True)
class Earlier:
    """The facts of an earlier brief, and the waivers filed since for those that changed."""

    name: str = ""
    """What it is called: `brief of FY 2024-25 Q1`; empty when there is none."""
    address: str = ""
    """Where it was read: the file's name."""
    facts: Mapping[tuple[str, str], Fact] = field(default_factory=dict)
    by_id: Mapping[str, Fact] = field(default_factory=dict)
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The sources of each fact by id, where they are those of the previous returns."""
    waivers: tuple[Waiver, ...] = ()

    @classmethod
    def of(
        cls,
        name: str,
        address: str,
        facts: Iterable[Fact],
        cited: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Self:
        """The earlier facts, found by what they are about and by their ids."""
        known = list(facts)
        about = {fact.identity: fact for fact in known if fact.identity is not None}
        return cls(name, address, about, {fact.id: fact for fact in known}, cited or {})

    def differing(self, fact: Fact) -> Fact | None:
        """What was said of the same thing and time, where it was another value or none."""
        before = self.facts.get(fact.identity) if fact.identity is not None else None
        if before is None or (before.number == fact.number and before.absence == fact.absence):
            return None
        # An absence of another kind is no figure that changed.
        return None if before.value is None and fact.value is None else before

    def reason(self, about: About) -> str:
        """Why a figure was restated, with who says so and when; empty when no waiver says."""
        given = [w for w in self.waivers if w.rule is RuleName.RESTATED and w.about == about.owner]
        named, rest = ([w for w in given if w.figure == figure] for figure in (about.figure, None))
        return next(map(reason_of, (*named, *rest)), "")


def reason_of(waiver: Waiver) -> str:
    """Why, with who says so and when."""
    return f"{waiver.why} ({waiver.who}, {wording.day(waiver.when)})"
