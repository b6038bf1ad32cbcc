"""Who answers for a figure, and why: a reason says something."""

from typing import Any

import pytest
from pydantic import ValidationError

from moitt_report.model.agency_return import Choice
from moitt_report.model.waiver import Override, Waiver

ANSWER: dict[str, Any] = {"who": "A. Officer", "when": "2025-01-10", "why": "The release came late."}
NO_REASON = [
    "x",
    "-",
    "n/a",
    "N.A.",
    "none",
    "see file",
    "x x x x",
    "TBD TBD TBD TBD",
    "not yet due",
    "1250 of 2000",
]


def waiver(**changed: Any) -> Waiver:
    return Waiver.model_validate({"rule": "low-utilisation", "about": "budget"} | ANSWER | changed)


def override(**changed: Any) -> Override:
    return Override.model_validate({"kpi": "stps-operating", "status": "Watch"} | ANSWER | changed)


@pytest.mark.parametrize("words", NO_REASON)
@pytest.mark.parametrize("make", [waiver, override])
def test_a_reason_that_says_nothing_is_refused(make: Any, words: str) -> None:
    with pytest.raises(ValidationError, match="gives no reason: write a sentence of at least three words"):
        make(why=words)


@pytest.mark.parametrize("words", NO_REASON)
def test_a_choice_without_a_reason_is_refused(words: str) -> None:
    with pytest.raises(ValidationError, match="gives no reason"):
        Choice.model_validate({"figure": "utilised", "period": "2024-25-Q2", "source": "s", "reason": words})


@pytest.mark.parametrize(
    "words", ["It is signed.", "The audited count.", "یہ رقم درست ہے", "Its own ledger."]
)
def test_three_words_in_any_script_are_a_reason(words: str) -> None:
    assert waiver(why=words).why == words


@pytest.mark.parametrize("name", ["x", "-", "n/a", "DG", "not applicable", "123456"])
def test_who_answers_has_a_name(name: str) -> None:
    with pytest.raises(ValidationError, match="names nobody"):
        waiver(who=name)


@pytest.mark.parametrize("name", ["A. Officer", "DG (IT)", "Director (Projects)"])
def test_a_name_or_an_office_answers(name: str) -> None:
    assert waiver(who=name).who == name
