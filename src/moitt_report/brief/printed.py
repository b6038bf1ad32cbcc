"""A figure of the ledger, ready to be placed: in prose, in a table, in a chart."""

from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.content import Figure, Point, Runs
from moitt_report.model.kpi import Absence


@dataclass(frozen=True, slots=True)
class Printed:
    """A Fact in the ledger: its value, and its words in each printing."""

    fact: str
    value: Decimal | None
    printings: dict[str, str]
    absent: bool = False

    def run(self, printing: str = "table", *, bold: bool = False, italic: bool = False) -> Runs:
        """One printing of the fact."""
        words = self.printings[printing]
        return (
            Figure(
                fact=self.fact, printing=printing, words=words, bold=bold, italic=italic, absent=self.absent
            ),
        )

    def figure(self, printing: str = "table") -> Figure:
        """The same as a single run, for a chart label or a key figure."""
        return Figure(fact=self.fact, printing=printing, words=self.printings[printing], absent=self.absent)

    def if_any(self) -> Runs:
        """The number alone, for prose; empty where it is zero or absent, so that the sentence is passed over."""
        return self.run("plain") if self.value else ()

    @property
    def value_or_absence(self) -> Decimal | Absence:
        """The exact value, to reckon with; not reported where there is none, whatever the absence."""
        return Absence.NOT_REPORTED if self.value is None else self.value

    @property
    def bar(self) -> str | None:
        """The fact as the length of a `Cell.bar`, in percent; None where it is absent."""
        return None if self.value is None else f"{wording.rounded(self.value, 1):f}"

    def point(self) -> Point:
        """The fact as a point of a chart."""
        return Point(value=None if self.value is None else f"{self.value:f}", label=self.figure("chart"))
