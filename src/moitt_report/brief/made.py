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
    address: str
    note: str
    subject: str
    period: str


class Made(NamedTuple):
    """Of a figure that was read, the record; of one that was computed, the formula and its inputs."""

    read: Amount | Reading | None = None
    formula: str = ""
    operation: Operation | None = None
    inputs: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    topic: str = ""
    address: str = ""
    about: About | None = None

    def fields(self) -> MadeFields:
        """The same, as a Fact keeps it."""
        return {
            "formula": self.formula,
            "operation": self.operation,
            "inputs": self.inputs,
            "address": printable_address(self.read.address if self.read else self.address),
            "note": (self.read.note or "") if self.read else "",
            "subject": self.about.subject if self.about else "",
            "period": str(self.about.period) if self.about else "",
        }


def printable_address(address: str) -> str:
    """An address as it may stand on a page: a file's name can hold anything."""
    return FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", address)
