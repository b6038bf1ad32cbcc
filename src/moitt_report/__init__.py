"""Briefings for Pakistan's Ministry of IT and Telecommunication: one content, a PDF and a Word file.

    import moitt_report

    portfolio, warnings = moitt_report.load(["2024-25-Q2"])
    brief = moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))
    pdf = moitt_report.render_pdf(brief)

Importing this package loads no renderer.
"""

from importlib.metadata import version

from moitt_report.brief.compose import Settings, compose
from moitt_report.brief.content import Brief
from moitt_report.brief.fact import Fact
from moitt_report.brief.outline import Outline, read_outline
from moitt_report.errors import InputError, MoittReportError, OutputError, Problem, UsageError
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.budget import Allocation, AllocationKind, Amount, Budget
from moitt_report.model.kpi import Absence, Direction, Kpi, Reading, Scope, Target
from moitt_report.model.money import Money
from moitt_report.model.period import FiscalYear, Month, Period, Quarter, Span, parse_period
from moitt_report.model.portfolio import Portfolio, Status, assemble
from moitt_report.model.project import Agency, Project, ProjectReport
from moitt_report.model.registers import Registers
from moitt_report.model.source import Source
from moitt_report.pipeline import (
    Built,
    build,
    check,
    edits,
    load,
    load_outline,
    load_registers,
    render_docx,
    render_pdf,
    render_xlsx,
)
from moitt_report.render.theme import Theme, default_theme, read_theme

__version__ = version("moitt-report")

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
