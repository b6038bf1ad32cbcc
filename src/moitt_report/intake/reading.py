"""What reading ends in: text for the models and perhaps a remark, a fault with its remedy, or nothing at all."""

from typing import NamedTuple

from moitt_report.errors import Problem, Severity, shown


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


def not_filled_in(where: str, severity: Severity) -> Problem:
    """A form that came back as it was sent: said once, not of each of its blanks."""
    return Problem(where, "the form is not filled in", "fill in what it asks, and send it then", severity)
