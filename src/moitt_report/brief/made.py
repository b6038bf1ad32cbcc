"""How a figure came about: read from a record, or computed from other facts."""

from typing import NamedTuple, TypedDict

from moitt_report.brief.earlier import About
from moitt_report.brief.fact import FORBIDDEN, Operation
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Reading


class MadeFields(TypedDict):
    """What a `Fact` keeps of it."""

    formula: str
    operation: Operation | None
    inputs: tuple[str, ...]
    as_of: str
    address: str
    note: str
    subject: str
    period: str


class Made(NamedTuple):
    """Of a figure that was read, the record; of one that was computed, the formula and its inputs."""

    read: Amount | Reading | None = None
    formula: str = ""
    operation: Operation | None = None
    """The formula as arithmetic."""
    inputs: tuple[str, ...] = ()
    """The ids of the facts it was computed from."""
    cite: tuple[str, ...] = ()
    """The ids of its sources, where no record names one."""
    topic: str = ""
    """What the list of sources says was taken from there; empty for the label."""
    address: str = ""
    """The place it was read at, where there is no record."""
    about: About | None = None

    def fields(self) -> MadeFields:
        """The same, as a Fact keeps it."""
        return {
            "formula": self.formula,
            "operation": self.operation,
            "inputs": self.inputs,
            "as_of": self.read.as_of.isoformat() if self.read else "",
            "address": printable_address(self.read.address if self.read else self.address),
            "note": (self.read.note or "") if self.read else "",
            "subject": self.about.subject if self.about else "",
            "period": str(self.about.period) if self.about else "",
        }


def printable_address(address: str) -> str:
    """An address as it may stand on a page: a file's name can hold anything."""
    return FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", address)
