"""Briefings for Pakistan's Ministry of IT and Telecommunication: one content, a PDF and a Word file.

    import moitt_report

    portfolio, warnings = moitt_report.load(["2024-25-Q2"])
    brief = moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))
    pdf = moitt_report.render_pdf(brief)

A name is imported when it is first used, so importing this package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from moitt_report.undisturbed import importing as _importing

if TYPE_CHECKING:
    from moitt_report.brief.compose import compose
    from moitt_report.brief.content import Brief
    from moitt_report.brief.fact import Fact
    from moitt_report.brief.outline import Outline
    from moitt_report.brief.outline_file import read_outline
    from moitt_report.brief.settings import Settings
    from moitt_report.errors import InputError, MoittReportError, OutputError, Problem, UsageError
    from moitt_report.model.agency_return import AgencyReturn
    from moitt_report.model.assembly import assemble
    from moitt_report.model.budget import Allocation, AllocationKind, Amount, Budget
    from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope, Target
    from moitt_report.model.money import Money
    from moitt_report.model.period import FiscalYear, Month, Period, Quarter, Span
    from moitt_report.model.period_names import parse_period
    from moitt_report.model.portfolio import Portfolio
    from moitt_report.model.project import Agency, Project, ProjectReport
    from moitt_report.model.registers import Registers
    from moitt_report.model.source import Source
    from moitt_report.model.status import Status
    from moitt_report.pipeline.build import Built, build
    from moitt_report.pipeline.check import check
    from moitt_report.pipeline.edits import edits
    from moitt_report.pipeline.filing import Filed, FilingStatus, file_returns, filing_status
    from moitt_report.pipeline.inputs import load_outline, load_registers
    from moitt_report.pipeline.load import load
    from moitt_report.pipeline.renderers import render_docx, render_pdf, render_xlsx
    from moitt_report.render.theme import Theme, default_theme, read_theme

_HOMES = {
    "brief.compose": "compose",
    "brief.content": "Brief",
    "brief.fact": "Fact",
    "brief.outline": "Outline",
    "brief.outline_file": "read_outline",
    "brief.settings": "Settings",
    "errors": "InputError MoittReportError OutputError Problem UsageError",
    "model.agency_return": "AgencyReturn",
    "model.assembly": "assemble",
    "model.budget": "Allocation AllocationKind Amount Budget",
    "model.kpi": "Absence Direction Kpi Reading Scope Target",
    "model.money": "Money",
    "model.period": "FiscalYear Month Period Quarter Span",
    "model.period_names": "parse_period",
    "model.portfolio": "Portfolio",
    "model.project": "Agency Project ProjectReport",
    "model.registers": "Registers",
    "model.source": "Source",
    "model.status": "Status",
    "pipeline.build": "Built build",
    "pipeline.check": "check",
    "pipeline.edits": "edits",
    "pipeline.filing": "Filed FilingStatus file_returns filing_status",
    "pipeline.inputs": "load_outline load_registers",
    "pipeline.load": "load",
    "pipeline.renderers": "render_docx render_pdf render_xlsx",
    "render.theme": "Theme default_theme read_theme",
}
"""Each module with the public names it is the home of."""

__all__ = [
    "Absence",
    "Agency",
    "AgencyReturn",
    "Allocation",
    "AllocationKind",
    "Amount",
    "Brief",
    "Budget",
    "Built",
    "Direction",
    "Fact",
    "Filed",
    "FilingStatus",
    "FiscalYear",
    "InputError",
    "Kpi",
    "MoittReportError",
    "Money",
    "Month",
    "Outline",
    "OutputError",
    "Period",
    "Portfolio",
    "Problem",
    "Project",
    "ProjectReport",
    "Quarter",
    "Reading",
    "Registers",
    "Scope",
    "Settings",
    "Source",
    "Span",
    "Status",
    "Target",
    "Theme",
    "UsageError",
    "assemble",
    "build",
    "check",
    "compose",
    "default_theme",
    "edits",
    "file_returns",
    "filing_status",
    "load",
    "load_outline",
    "load_registers",
    "parse_period",
    "read_outline",
    "read_theme",
    "render_docx",
    "render_pdf",
    "render_xlsx",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  costs start-up time

        return version("moitt-report")
    for home, names in _HOMES.items():
        if name in names.split():
            with _importing():
                found = getattr(import_module(f"{__name__}.{home}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, whether or not they were used yet."""
    return [*globals(), "__version__", *(name for name in __all__ if name not in globals())]
