"""One budget, or the money of one project, with each stage settled."""

from dataclasses import dataclass

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.budget import ASKED, Allocation, Amount, Budget, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.settled import Settled, differs


@dataclass(frozen=True, slots=True)
class Standing:
    """One budget with each stage settled."""

    filed: AgencyReturn
    """The return it stands in."""
    budget: Budget
    allocation: Settled[Allocation] | None
    stages: dict[Stage, Settled[Amount]]
    known: tuple[Allocation, ...] = ()
    """Every version of the allocation known at the cut-off, demands and proposals too, in the order listed."""

    @property
    def agency(self) -> str:
        """The id of the agency that reports it."""
        return self.filed.agency

    @property
    def versions(self) -> tuple[Allocation, ...]:
        """The versions to show, by date: the one used, those that differ, and what was asked for or proposed."""
        used = self.read()
        shown = (v for v in self.known if v is used or v.kind in ASKED or used is None or differs(v, used))
        return tuple(sorted(shown, key=lambda v: v.as_of))

    def amount(self, stage: Stage | None = None) -> Money | Absence:
        """The amount used for a stage, or for the allocation when no stage is named."""
        read = self.read(stage)
        return Absence.NOT_REPORTED if read is None else read.amount

    def read(self, stage: Stage | None = None) -> Amount | None:
        """The record behind `amount`."""
        settled = self.allocation if stage is None else self.stages.get(stage)
        return None if settled is None else settled.used
