"""What reading ends in: text for the models and perhaps a remark, a fault with its remedy, or nothing at all."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from moitt_report.errors import Problem, Severity, place_of, shown


class Read(NamedTuple):
    """The text the models get, and what to say of it when it is not what stood in the cell."""

    text: str
    remark: str | None = None
    severity: Severity = "note"


class Fault(Exception):  # noqa: N818  a fault of the cell, not of the program
    """A cell that cannot be read in one way: what is wrong, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def changed(found: str, text: str, severity: Severity = "note") -> Read:
    """`text`, with the remark that it was read from `found` when the two differ."""
    if found.strip() == text:
        return Read(text)
    return Read(text, f"“{shown(found.strip())}” is read as {text}", severity)


class Blank(NamedTuple):
    """What a form asks for and nobody has filled in: whose figure it would be, and where it would stand."""

    about: str
    where: str


_NAMED = 3
"""How many of those with blanks are named; the others are counted."""


def left_blank(blanks: Sequence[Blank], remedy: str, severity: Severity) -> list[Problem]:
    """One problem for all that a file leaves blank: how much it is, of whom, and where."""
    if not blanks:
        return []
    first, *others = blanks
    what = f"nothing is filled in for “{shown(first.about)}”"
    if others:
        what = f"nothing is filled in at {len(blanks)} places: {_counted(blanks)}"
    return [Problem(first.where, what, remedy, severity, tuple(blank.where for blank in others))]


def _counted(blanks: Sequence[Blank]) -> str:
    """“Karachi IT Park” (7, from Budget!D7), “e-Office” (1, at Budget!D15) and 3 more."""
    count = Counter(blank.about for blank in blanks)
    begin: dict[str, str] = {}
    for blank in blanks:
        begin.setdefault(blank.about, place_of(blank.where))
    named = [
        f"“{shown(about)}” ({n}, {'from' if n > 1 else 'at'} {'line ' * begin[about].isdigit()}{begin[about]})"
        for about, n in list(count.items())[:_NAMED]
    ]
    rest = sum(list(count.values())[_NAMED:])
    return ", ".join(named) + (f" and {rest} more" if rest else "")


def not_filled_in(where: str, severity: Severity, blanks: Sequence[Blank]) -> Problem:
    """A form that came back as it was sent: said once, not of each of its blanks."""
    also = tuple(blank.where for blank in blanks)
    return Problem(
        where, "the form is not filled in", "fill in what it asks, and send it then", severity, also
    )
