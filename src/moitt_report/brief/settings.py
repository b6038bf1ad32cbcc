"""What the officer types: the title block, and for a reply the question."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from moitt_report.model.record import Name, Passage
from moitt_report.months import MONTH_NUMBERS

Letter = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
ANSWER = "answer."
"""How `--set` names an answer: `answer.a` for that to part (a)."""


def _by_letter(value: Any) -> Any:
    """The answers without the address that every group of values carries."""
    return (
        {name: words for name, words in value.items() if name != "address"}
        if isinstance(value, dict)
        else value
    )


class Settings(BaseModel):
    """By `--set NAME=VALUE`, or in `brief.yaml` beside the returns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name | None = None
    to: Name | None = None
    sender: Name | None = None
    file_number: Name | None = None
    date: Name | None = None
    classification: Name | None = None
    house: Name | None = None
    """Who asked in a reply: "National Assembly", "Senate", a committee."""
    question_number: Name | None = None
    asked_by: Name | None = None
    question: Passage | None = None
    """The question in the words in which it was admitted."""
    answers: Annotated[dict[Letter, Passage], BeforeValidator(_by_letter)] = Field(default_factory=dict)
    """What is answered to each lettered part of the question; figures by {token}."""


SETTABLE = (*(name for name in Settings.model_fields if name != "answers"), f"{ANSWER}a", f"{ANSWER}b")
"""What `--set` takes, for its help; answers go on to `z`."""
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def day_of(words: str) -> dt.date | None:
    """The day that `words` name: `15 January 2026`, `15th January, 2026`, `January 15, 2026`, `2026-01-15`.

    None for anything else; `03/04/2025` could be two days.
    """
    if found := _DAY_FIRST.fullmatch(words):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(words):
        month, day, year = found.groups()
    else:
        year, month, day = words.split("-") if re.fullmatch(r"\d{4}-\d\d-\d\d", words) else ("", "", "")
    number = int(month) if month.isdigit() else MONTH_NUMBERS.get(month.lower(), 0)
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None
