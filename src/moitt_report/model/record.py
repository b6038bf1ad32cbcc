"""What every record has in common: it is frozen, closed, and knows the address it was read from."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic.json_schema import SkipJsonSchema

# Control characters, bidirectional overrides and isolates, lone surrogates, non-characters:
# they corrupt files, or make a line read other than it is stored.
_HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def _refuse_hostile(text: str) -> str:
    if "\n" in text:
        raise ValueError("has a line break; write it in one line, or with “>”")
    found = _HOSTILE.search(text)
    if found:
        raise ValueError(f"holds the character U+{ord(found[0]):04X}, which cannot be printed")
    return text


LONGEST_ID = 60
Id = Annotated[str, StringConstraints(pattern=rf"^[a-z0-9][a-z0-9-]{{0,{LONGEST_ID - 1}}}$")]
LONGEST_NAME = 200
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    AfterValidator(_refuse_hostile),
]
Remark = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(_refuse_hostile),
]


def _in_one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


Passage = Annotated[
    str,
    BeforeValidator(_in_one_line),
    StringConstraints(min_length=1, max_length=3000),
    AfterValidator(_refuse_hostile),
]
"""Several sentences of somebody's own; its line breaks are of no account."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_day(value: Any) -> Any:
    """A day is written one way. Left to itself, Pydantic reads "0" as the first second of 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
        raise ValueError(f"“{value}” is not a date: write year-month-day, for example 2024-12-31")
    if isinstance(value, str | dt.date) and not isinstance(value, dt.datetime):
        return value
    raise ValueError(f"“{value}” is not a date: write year-month-day, for example 2024-12-31")


Day = Annotated[dt.date, BeforeValidator(_written_day, json_schema_input_type=str)]


class Record(BaseModel):
    """Base of everything reported. `address` is `file:line`, or empty when made in code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: SkipJsonSchema[str] = ""
