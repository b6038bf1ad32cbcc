"""What a person answers for: why a warning may stand, and a status other than the computed one."""

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from moitt_report.errors import shown
from moitt_report.model.kpi import absence_in
from moitt_report.model.record import Day, Id, Name, Record, Remark
from moitt_report.model.status import Status

_LETTERS = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 3
"""How many different words of at least two letters a reason has; the rule is ours."""
LEAST_LETTERS = 3
"""How many letters the name or office of a person has; the rule is ours."""


def _says_why(text: str) -> str:
    words = {word.casefold() for word in _LETTERS.findall(text) if len(word) > 1}
    if len(words) < LEAST_WORDS or absence_in(text) is not None:
        raise ValueError(f"“{shown(text)}” gives no reason: write a sentence of at least three words")
    return text


def _names_someone(text: str) -> str:
    if len("".join(_LETTERS.findall(text))) < LEAST_LETTERS or absence_in(text) is not None:
        raise ValueError(f"“{shown(text)}” names nobody: write the name or the office of who answers for it")
    return text


Reason = Annotated[Remark, AfterValidator(_says_why)]
"""Why something may stand: it is printed, so it says something."""
Who = Annotated[Name, AfterValidator(_names_someone)]
"""The name or the office of who answers for it."""


class RuleName(StrEnum):
    """The rules whose warnings need a reason before a brief is final."""

    RELEASED_ABOVE_ALLOCATION = "released-above-allocation"
    UTILISED_ABOVE_RELEASED = "utilised-above-released"
    UTILISED_ABOVE_AUTHORISED = "utilised-above-authorised"
    PARTS_ABOVE_WHOLE = "parts-above-whole"
    CUMULATIVE_FALLS = "cumulative-falls"
    PHYSICAL_PROGRESS_FALLS = "physical-progress-falls"
    MAGNITUDE_JUMPS = "magnitude-jumps"
    KPI_UNCHANGED = "kpi-unchanged"
    PART_YEAR_AS_YEAR = "part-year-as-year"
    LOW_UTILISATION = "low-utilisation"
    ZERO_EXPENDITURE = "zero-expenditure"
    SOURCES_DISAGREE = "sources-disagree"
    RESTATED = "restated"


BUDGET = "budget"
"""What a waiver names when it is about the money of the whole."""


class Waiver(Record):
    """Why a warning of a rule may stand: printed beside it, with who said so and when."""

    rule: RuleName
    about: Id
    """The id of the project, KPI or agency the warning is about; `budget` for the money of the whole."""
    figure: Name | None = None
    """The figure, as the warning names it; due where the rule warns of several figures of the same thing,
    and always where a figure was restated."""
    who: Who
    when: Day
    why: Reason

    @model_validator(mode="after")
    def _names_what_was_restated(self) -> Self:
        """A brief has many figures of one thing, and who gave the reason for one cannot have meant them all."""
        if self.rule is RuleName.RESTATED and self.figure is None:
            raise ValueError(
                "a reason for a restated figure names it: give “figure” as the warning does, such as reading 2025-10"
            )
        return self


class Override(Record):
    """A status set by a person; the computed one is printed beside it."""

    kpi: Id
    status: Status
    who: Who
    when: Day
    why: Reason
