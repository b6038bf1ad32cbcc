"""“Over 2,700” is not 2,700: what a source does not say exactly stays inexact in all that is computed from it."""

from collections.abc import Sequence
from typing import Literal

from moitt_report.brief.fact import Fact, Operation

Qualifier = Literal["", "over", "about"]


def qualifier_of(fact: Fact) -> Qualifier:
    """The word before the number of a fact."""
    for word in ("over", "about"):
        if fact.printings.get("table", "").startswith(f"{word} "):
            return "over" if word == "over" else "about"
    return ""


def carried(operation: Operation, inputs: Sequence[Fact]) -> Qualifier | None:
    """The word that belongs before a figure computed from `inputs`; None where nothing can be said of it.

    More than over 1,000 less over 200 is nobody knows what: a bound below is one on the side that adds only.
    """
    if operation == "count":
        return ""
    adding = {"difference": 1, "growth": 1, "share": len(inputs) - 1}.get(operation, len(inputs))
    words = [qualifier_of(fact) for fact in inputs]
    if "over" not in words:
        return "about" if "about" in words else ""
    return None if "over" in words[adding:] or "about" in words else "over"
