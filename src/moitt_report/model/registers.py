"""The registers: agencies, KPIs, projects, release strategies, and the rule of the status."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from moitt_report.model.kpi import Kpi, Number
from moitt_report.model.money import Money
from moitt_report.model.period_names import AnyPeriod
from moitt_report.model.project import Agency, Project
from moitt_report.model.record import Day, Id, Name, Record, Remark

Entry = TypeVar("Entry", bound=Agency | Kpi | Project)


class Register(Generic[Entry]):
    """Entries found by id, name or alias; case and spacing do not matter."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._by_name = {_folded(name): entry for entry in self.entries for name in names(entry)}

    def find(self, name: str) -> Entry | None:
        """The entry that goes by `name`, None where nothing does."""
        return self._by_id.get(name) or self._by_name.get(_folded(name))

    def get(self, id: str) -> Entry:
        """The entry with this id. Raises `KeyError` for an id that is not there."""
        return self._by_id[id]

    def nearest(self, name: str) -> str | None:
        """The known id or name that looks most like `name`."""
        known = {**{id: id for id in self._by_id}, **{n: e.id for n, e in self._by_name.items()}}
        found = get_close_matches(_folded(name), known, n=1, cutoff=0.5)
        return known[found[0]] if found else None


def names(entry: Agency | Kpi | Project) -> tuple[str, ...]:
    """All names an entry goes by."""
    short = (entry.short,) if isinstance(entry, Agency) else ()
    return (entry.id, entry.name, *short, *entry.aliases)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("’", "'").split())


class Rule(Record):
    """A number we judge by, with where it comes from; ours when `source` says so."""

    source: Remark


class StatusRule(Rule):
    """The shares of the target due, in percent, from which a KPI is on target, or still to be watched."""

    on_target: Annotated[Number, Field(gt=0, le=100)]
    watch: Annotated[Number, Field(gt=0, le=100)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.watch >= self.on_target:
            raise ValueError("“watch” must be below “on_target”")
        return self


class ReleaseStrategy(Rule):
    """The share of the year's allocation that may be authorised in each quarter (percent)."""

    year: AnyPeriod
    shares: tuple[Number, Number, Number, Number]
    since: Day | None = None
    """The day from which shares revised within the year are known; None for the first ones."""
    published: Name
    url: str | None = None
    note: Remark | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if sum(self.shares) != 100:
            raise ValueError(f"the four shares add up to {sum(self.shares)}, not to 100")
        return self

    def due_by(self, quarter: int) -> Decimal:
        """The share authorised by the end of `quarter` (1 to 4), in percent."""
        return sum(self.shares[:quarter], Decimal(0))


class UtilisationRule(Rule):
    """The share of the allocation below which spending by December is low (percent)."""

    least_by_december: Annotated[Number, Field(gt=0, le=100)]


class WarningRule(Rule):
    """The limits beyond which a figure needs a reason."""

    physical_fall: Annotated[Number, Field(gt=0, le=100)]
    """Percentage points by which physical progress may fall."""
    magnitude: Annotated[Number, Field(gt=1)]
    """How many times a figure may be its sister figure."""
    unchanged_quarters: Annotated[int, Field(ge=1, le=40)]
    """Quarters over which a KPI may stay the same."""


class LimitRule(Rule):
    """The limits that no figure of a return may exceed."""

    largest_amount: Money
    """The largest amount of money; one that is larger was typed in another unit than that of its column."""


class FlagRule(Rule):
    """The limits from which the Planning Commission watches a project."""

    mega_cost: Money
    slow_points: Annotated[Number, Field(gt=0, le=100)]
    """Percentage points by which physical progress stays behind the time used."""
    slow_source: Remark


class Citation(Record):
    """A law or rule by the name under which it is cited; its numerals belong to the name."""

    id: Id
    name: Name


class Rules(Record):
    """All rules kept as data."""

    status: StatusRule
    utilisation: UtilisationRule
    warnings: WarningRule
    limits: LimitRule
    flags: FlagRule
    release_strategies: tuple[ReleaseStrategy, ...] = ()
    citations: tuple[Citation, ...] = ()


class Registers(BaseModel):
    """All registers together."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    agencies: Register[Agency]
    kpis: Register[Kpi]
    projects: Register[Project]
    rules: Rules

    @property
    def asked(self) -> tuple[Agency, ...]:
        """The agencies that a KPI or a project belongs to: those that have something to report."""
        owners = {kpi.owner for kpi in self.kpis.entries} | {one.agency for one in self.projects.entries}
        return tuple(agency for agency in self.agencies.entries if agency.id in owners)

    def strategy(self, year: AnyPeriod, day: dt.date | None = None) -> ReleaseStrategy | None:
        """The release strategy of a fiscal year as it was known on `day`; the last one when no day is given."""
        known = [
            s
            for s in self.rules.release_strategies
            if s.year == year and (s.since is None or day is None or s.since <= day)
        ]
        return max(known, key=lambda s: s.since or dt.date.min, default=None)
