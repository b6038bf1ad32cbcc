"""KPIs: what is counted, what was read, what was aimed at, and how the two compare."""

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    model_validator,
)

from moitt_report.model.period_names import AnyPeriod
from moitt_report.model.record import Day, Id, Name, Record, Remark

# Digits, or digits in threes with commas between; one point at the most.
_PLAIN = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


# With 12 places that is 28 digits: Decimal holds it exactly.
_LARGEST = Decimal(10) ** 15


class Absence(StrEnum):
    """Why there is no number. Zero is not among them: zero is a number."""

    NOT_REPORTED = "not reported"
    NOT_YET_DUE = "not yet due"
    NOT_APPLICABLE = "not applicable"


_ABSENT_WORDS = {absence.value: absence for absence in Absence}


class Scope(StrEnum):
    """Over what time a reading counts."""

    IN_PERIOD = "in period"
    YEAR_TO_DATE = "year to date"
    SINCE_INCEPTION = "since inception"
    NOT_STATED = "not stated"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"
    MILESTONE = "milestone"


def _exact(value: Any) -> Any:
    """Text, an int or a Decimal becomes an exact number; a binary float is refused."""
    if isinstance(value, bool | float):
        raise ValueError(f"{value!r} is not an exact number; give it as text")  # noqa: TRY004  Pydantic collects ValueError
    if isinstance(value, str):
        words = value.strip()
        if not _PLAIN.fullmatch(words):
            raise ValueError(
                f"“{value}” is not a number: write digits, with or without commas between thousands"
            )
        return Decimal(words.replace(",", ""))
    return value


def _within(number: Decimal) -> Decimal:
    if number.copy_abs() > _LARGEST:
        raise ValueError("the number is larger than a thousand trillion: check the unit")
    return number


def absence_in(value: object) -> Absence | None:
    """The absence that a text says, if it says one and nothing else."""
    return _ABSENT_WORDS.get(value.strip().lower()) if isinstance(value, str) else None


def _value(value: Any) -> Absence | Decimal:
    absence = absence_in(value)
    if absence is not None:
        return absence
    return value if isinstance(value, Absence) else _NUMBER.validate_python(value)


Number = Annotated[
    Decimal,
    BeforeValidator(_exact, json_schema_input_type=str),
    Field(allow_inf_nan=False, max_digits=40, decimal_places=12),
    AfterValidator(_within),
]
_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
NumberOrAbsence = Annotated[
    Absence | Decimal,
    PlainValidator(_value, json_schema_input_type=str),
    PlainSerializer(str, return_type=str, when_used="json"),
]


MOST_DECIMALS = 6
"""More than any figure of a KPI is printed with."""


class Kpi(Record):
    """What is counted."""

    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    unit: Name
    """What one of them is: "parks", "persons", "US$ million"."""
    scope: Scope = Scope.NOT_STATED
    """The scope a reading has when its source gives none."""
    direction: Direction = Direction.HIGHER
    cumulative: bool = False
    """Whether readings since inception can only grow."""
    level: bool = False
    """Whether it is a level on a day, such as a share in percent: never added up, its target not spread over months."""
    decimals: Annotated[int, Field(ge=0, le=MOST_DECIMALS)] = 0
    """With how many its numbers are printed."""
    owner: Id
    definition: Remark
    within: Id | None = None
    """The KPI this one is a part of and can never exceed."""
    steps: tuple[Name, ...] = ()
    """For a milestone: its words in the order in which they are reached."""


class Reading(Record):
    """One value of one KPI over one period, as one source gives it."""

    kpi: Id
    period: AnyPeriod
    value: NumberOrAbsence | None = None
    milestone: Name | None = None
    """For a milestone: the word reported, such as "established"."""
    scope: Scope | None = None
    as_of: Day
    source: Id
    printed: Remark | None = None
    """The words of the source."""
    qualifier: Literal["over", "about"] | None = None
    agency: Id | None = None
    """The agency this part of the total belongs to."""
    place: Name | None = None
    """The place this part of the total belongs to."""
    project: Id | None = None
    note: Remark | None = None

    @model_validator(mode="after")
    def _value_or_milestone(self) -> Self:
        if (self.value is None) == (self.milestone is None):
            raise ValueError("a reading has either a value or a milestone; “not reported” is a value")
        if isinstance(self.value, Decimal) and self.value < 0:
            raise ValueError("a reading is not negative")
        if self.agency is not None and self.place is not None:
            raise ValueError("a part belongs to an agency or to a place, not to both")
        return self

    @property
    def part(self) -> str | None:
        """The part of the total this is; None for the total."""
        return self.agency or self.place


class Target(Record):
    """What is to be reached by the end of a period, or by a day."""

    kpi: Id
    period: AnyPeriod
    value: Number | None = None
    """What is to be reached; for a band, its lower end."""
    upper: Number | None = None
    """For a band: its upper end."""
    milestone: Name | None = None
    """For a milestone: the word to be reached."""
    baseline: Number | None = None
    """Where the way to the target began; zero when none is given and higher is better."""
    due: Day | None = None
    """The day it is due; the end of the period when not given."""
    scope: Scope = Scope.YEAR_TO_DATE
    as_of: Day
    source: Id
    printed: Remark | None = None

    @model_validator(mode="after")
    def _value_or_milestone(self) -> Self:
        if (self.value is None) == (self.milestone is None):
            raise ValueError("a target has either a value or a milestone")
        if any(number is not None and number < 0 for number in (self.value, self.upper, self.baseline)):
            raise ValueError("a target is not negative")
        if self.upper is not None and (self.value is None or self.upper <= self.value):
            raise ValueError("the upper end of a band is above its “value”, the lower end")
        if self.baseline is not None and self.baseline == self.value:
            raise ValueError("the baseline is the target itself: there is no way between them")
        return self

    @property
    def due_day(self) -> dt.date:
        """The day the target is due."""
        return self.due or self.period.last_day
