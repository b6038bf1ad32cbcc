"""How a figure came about: read from a record, or computed from other figures."""

from typing import NamedTuple, TypedDict

from moitt_report.brief.earlier import About
from moitt_report.brief.fact import FORBIDDEN, Operation
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Reading, Target


class OriginFields(TypedDict):
    """What a Fact keeps of it."""

    formula: str
    operation: Operation | None
    inputs: tuple[str, ...]
    address: str
    note: str
    subject: str
    period: str


class Origin(NamedTuple):
    """Where one figure comes from; empty for one that nothing gives."""

    read: Amount | Reading | None = None
    formula: str = ""
    operation: Operation | None = None
    inputs: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    topic: str = ""
    address: str = ""
    about: About | None = None
    target: Target | None = None
    """The target the figure was set with."""

    @property
    def record(self) -> Amount | Reading | Target | None:
        """The record it stands in; None for a computed figure."""
        return self.read or self.target

    def fields(self) -> OriginFields:
        """The same, as a Fact keeps it."""
        record = self.record
        return {
            "formula": self.formula,
            "operation": self.operation,
            "inputs": self.inputs,
            "address": printable(record.address if record else self.address),
            "note": (self.read.note or "") if self.read else "",
            "subject": self.about.subject if self.about else "",
            "period": str(self.about.period) if self.about else "",
        }


def printable(address: str) -> str:
    """An address as it may stand on a page: a file's name can hold anything."""
    return FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", address)
