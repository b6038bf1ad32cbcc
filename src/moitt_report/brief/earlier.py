"""What was said before: the facts of a previous brief, by what they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from moitt_report.brief import wording
from moitt_report.brief.fact import Fact
from moitt_report.model.budget import Stage
from moitt_report.model.chosen import Chosen
from moitt_report.model.period import Period, Span, fiscal_year
from moitt_report.model.record import LONGEST_NAME, Record
from moitt_report.model.settled import numbers
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
    """The id a waiver is about: of a KPI or a project, or `budget`."""

    @property
    def subject(self) -> str:
        """`allocation (revised) of IT and Telecom Division, PSDP`."""
        words = f"{self.figure} ({self.kind})" if self.kind else self.figure
        return f"{words} of {self.of}" if self.of else words

    @property
    def name(self) -> str:
        """As a waiver names it among the figures of its owner: `utilised 2025-07_2025-12`, `reading 2025-10`."""
        figure = self.figure.removeprefix(self.owner).removeprefix(".") or "reading"
        of = f" of {self.of}" if self.of not in {"", self.owner} else ""
        return f"{figure} {self.period}{of}"[:LONGEST_NAME]


def months_of(stage: Stage | None, to_date: Period) -> Period:
    """The months that an amount is about, of money that is cumulative over `to_date`.

    An allocation (None) is of the year, whichever months of it are over. What was utilised to the last 30 June
    is about all that went before, named by the fiscal year that ended on that day.
    """
    if stage is None:
        return to_date if isinstance(to_date, Span) else to_date.year
    return fiscal_year(to_date.first.fiscal - 1) if stage is Stage.TO_LAST_JUNE else to_date


@dataclass(frozen=True, slots=True)
class Earlier:
    """The facts of an earlier brief, and the reasons filed since for those that changed."""

    name: str = ""
    """What it is called: `brief of FY 2024-25 Q1`; empty when there is none."""
    address: str = ""
    """Where it was read: the file's name."""
    facts: Mapping[tuple[str, str], Fact] = field(default_factory=dict)
    by_id: Mapping[str, Fact] = field(default_factory=dict)
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The sources of each fact by id, where they are those of the previous returns."""
    waivers: tuple[Waiver, ...] = ()
    chosen: Mapping[Record, Chosen] = field(default_factory=dict)
    """What a person has chosen since among differing sources, by the record in use."""

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
        given = (w for w in self.waivers if answers(w, about.owner, about.name))
        return next(map(reason_of, given), "")

    def choice(self, read: Record | None, before: Fact) -> str:
        """The reason of the choice by which `read` is used, where it was chosen before what was printed earlier.

        Empty where nobody chose, and where no source gives any longer what was printed: the choice is not the cause then.
        """
        settled = None if read is None else self.chosen.get(read)
        if settled is None or before.number is None:
            return ""
        given = {number for other in settled.others for number in numbers(other)}
        return f"{settled.reason} (choice on record)" if before.number in given else ""


def answers(waiver: Waiver, about: str, figure: str) -> bool:
    """Whether `waiver` gives the reason why a figure of `about` was restated: it names that figure and no other."""
    named = " ".join((waiver.figure or "").split()).casefold()
    return (waiver.rule, waiver.about, named) == (RuleName.RESTATED, about, figure.casefold())


def reason_of(waiver: Waiver) -> str:
    """Why, with who says so and when."""
    return f"{waiver.why} ({waiver.who}, {wording.day(waiver.when)})"
