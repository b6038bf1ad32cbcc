"""Money in its stages: allocation in its versions, authorised, released, utilised, and what is left."""

from enum import StrEnum
from itertools import chain
from typing import Annotated, Any, Self

from pydantic import PlainSerializer, PlainValidator, model_validator
from typing_extensions import TypedDict

from moitt_report.model.kpi import Absence, absence_in
from moitt_report.model.money import Money
from moitt_report.model.period_names import AnyPeriod
from moitt_report.model.record import Day, Id, Name, Record, Remark


class Components(TypedDict):
    """Money by its components, each with its unit."""

    local: str
    foreign: str


class AllocationKind(StrEnum):
    """The versions of an allocation in the course of a year."""

    DEMAND = "demand"
    PROPOSED = "proposed"
    BUDGET = "budget"
    REVISED = "revised"
    NOT_STATED = "not stated"


OPENING = {AllocationKind.DEMAND, AllocationKind.PROPOSED, AllocationKind.BUDGET}
"""These versions are about the beginning of the year, however late a source prints them."""


ASKED = {AllocationKind.DEMAND, AllocationKind.PROPOSED}
"""These versions are what was asked for or proposed: no money is set aside by them."""


class Stage(StrEnum):
    """What money is reported as, in the order of its life; all but the allocation, which has versions.

    The approved cost and what was utilised to the last 30 June are about the whole life of a project,
    the last two about what is to come, the rest about the period.
    """

    APPROVED_COST = "approved-cost"
    TO_LAST_JUNE = "to-last-june"
    AUTHORISED = "authorised"
    RELEASED = "released"
    UTILISED = "utilised"
    SURRENDERED = "surrendered"
    LAPSED = "lapsed"
    EXPECTED_SURRENDER = "expected-surrender"
    NEEDED_NEXT_QUARTER = "needed-next-quarter"

    @property
    def field(self) -> str:
        """The name of its field in a `Position`."""
        return self.value.replace("-", "_")

    @property
    def words(self) -> str:
        """As it is printed within a sentence."""
        return "utilised to the last 30 June" if self is Stage.TO_LAST_JUNE else self.value.replace("-", " ")

    @property
    def heading(self) -> str:
        """As it begins a label."""
        return self.words[:1].upper() + self.words[1:]


def _money(value: Any) -> Absence | Money:
    absence = absence_in(value)
    return Money.model_validate(value) if absence is None else absence


def _written(value: Absence | Money) -> str | dict[str, str]:
    return value.value if isinstance(value, Absence) else value.written()


MoneyOrAbsence = Annotated[
    Absence | Money,
    PlainValidator(_money, json_schema_input_type=str | Components),
    PlainSerializer(_written, when_used="json"),
]


class Amount(Record):
    """One amount as one source gives it, cumulative from the start of the period to `as_of`."""

    amount: MoneyOrAbsence
    as_of: Day
    source: Id
    printed: Remark | None = None
    """The words of the source; transliterated when it is in Urdu."""
    note: Remark | None = None

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if isinstance(self.amount, Money):
            parts = (self.amount.rupees, self.amount.local, self.amount.foreign)
            if any(part is not None and part < 0 for part in parts):
                raise ValueError("an amount is not negative, nor is a component of it")
        return self


class Allocation(Amount):
    """An amount set aside for the year, in one of its versions."""

    kind: AllocationKind


class Position(Record):
    """Money at one time. Several amounts for one stage: sources disagree, or tell of different days."""

    allocations: tuple[Allocation, ...] = ()
    approved_cost: tuple[Amount, ...] = ()
    """What the approving forum allowed for the whole project (PC-I); the latest is the revised one."""
    to_last_june: tuple[Amount, ...] = ()
    """Utilised from the beginning of the project to the 30 June before the period."""
    authorised: tuple[Amount, ...] = ()
    released: tuple[Amount, ...] = ()
    utilised: tuple[Amount, ...] = ()
    surrendered: tuple[Amount, ...] = ()
    lapsed: tuple[Amount, ...] = ()
    expected_surrender: tuple[Amount, ...] = ()
    """What will be given back before 30 June."""
    needed_next_quarter: tuple[Amount, ...] = ()

    def at(self, stage: Stage) -> tuple[Amount, ...]:
        """The amounts reported for one stage."""
        found: tuple[Amount, ...] = getattr(self, _FIELDS[stage])
        return found

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All amounts of all stages, allocations first."""
        return tuple(chain(self.allocations, *map(self.at, Stage)))


_FIELDS = {stage: stage.field for stage in Stage}


class Budget(Position):
    """The position of what is named in `covers` over the months of `period`."""

    period: AnyPeriod
    covers: Name
    """What the money is for: "IT and Telecom Division, PSDP"."""
