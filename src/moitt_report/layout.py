"""The layout of a return in sheets: one table, from which forms are written and returns are read.

A sheet is known by its heads and a column by its head, never by position; so both are data here.
"""

from dataclasses import dataclass
from typing import Literal

from moitt_report.model.budget import AllocationKind, Stage
from moitt_report.model.kpi import Scope
from moitt_report.model.project import ProjectStage

Kind = Literal["text", "name", "number", "money", "percent", "date", "choice"]

ABSENCES = "not reported, not yet due, not applicable"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: the field it fills, the head it stands under, and what may stand in it.

    Each is made once, below; so one is equal to itself alone, which makes it a quick key.
    """

    field: str
    head: str
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    answer: bool = False
    """Whether the agency is asked for it: a row without any answer has not been filled in."""
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""
    width: int = 16

    @property
    def title(self) -> str:
        """The head as a form prints it, with its unit."""
        return f"{self.head} ({self.unit})" if self.unit else self.head


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of rows."""

    name: str
    columns: tuple[Column, ...]
    help: str

    @property
    def answers(self) -> tuple[str, ...]:
        """The fields the agency is asked for."""
        return tuple(c.field for c in self.columns if c.answer)


COVER = "Cover"
COVER_LABELS = {
    "agency": ("Agency", "Name of agency", "Organisation"),
    "period": ("Period", "Reporting period", "Quarter"),
}
"""The two labels of the cover that are read; the value stands to the right of its label."""

IGNORED_HEADS = (
    "unit",
    "name",
    "last reported",
    "last period",
    "serial",
    "s no",
    "sr no",
    "no",
    "remarks by the ministry",
)
"""Heads whose columns help the reader of a form and are not read back."""

_PERIOD = Column("period", "Period", "name", ("Reporting period",), required=True, width=18)
_AS_OF = Column(
    "as_of", "As of", "date", ("As on", "As-of date", "Date"), required=True, answer=True,
    help="The day the figure is true for, as 31 March 2025", width=15,
)  # fmt: skip
_SOURCE = Column(
    "source", "Source", "name", ("Source id",), required=True, answer=True,
    help="The id of a line in the sheet Sources",
)  # fmt: skip
_PRINTED = Column("printed", "Words of the source", aliases=("Printed", "As printed"), answer=True, width=24)
_NOTE = Column("note", "Note", aliases=("Notes", "Comment"), answer=True, width=28)
_SCOPE = Column(
    "scope", "Scope", "choice", choices=tuple(Scope), help="Over what time the figure counts", width=16
)

SOURCES = Table(
    "Sources",
    (
        Column("id", "Source id", "name", ("Id", "Source"), required=True, answer=True,
               help="Small letters, digits and hyphens, for example pseb-letter"),
        Column("publisher", "Publisher", aliases=("Published by",), required=True, answer=True, width=28),
        Column("title", "Title", answer=True, width=28),
        Column("published", "Published on", "date", ("Published", "Date of publication"), answer=True, width=15),
        Column("url", "Web address", aliases=("URL", "Link"), answer=True, width=28),
        Column("reports", "Document reported", aliases=("Reports",), answer=True, width=24),
        _NOTE,
    ),
    "Every document a figure of this return comes from.",
)  # fmt: skip
KPIS = Table(
    "KPIs",
    (
        Column("kpi", "KPI", "name", ("Indicator", "Key performance indicator"), required=True, width=34),
        _PERIOD,
        Column("value", "Actual", "number", ("Value", "Achieved", "Achievement"), required=True, answer=True,
               help=f"Digits, in the unit beside it; or: {ABSENCES}"),
        _SCOPE,
        _AS_OF,
        _SOURCE,
        Column("qualifier", "Qualifier", "choice", choices=("over", "about"), answer=True, width=12),
        Column("agency", "Part of agency", "name", answer=True),
        Column("place", "Place", answer=True),
        Column("project", "Project", "name", answer=True),
        _PRINTED,
        _NOTE,
    ),
    "What was reached. Zero is a number; say “not reported”, “not yet due” or “not applicable” when there is none.",
)  # fmt: skip
MILESTONES = Table(
    "Milestones",
    (
        Column("kpi", "KPI", "name", ("Indicator",), required=True, width=34),
        _PERIOD,
        Column("milestone", "Milestone", aliases=("Milestone reached",), required=True, answer=True,
               help="The word for where it stands, such as established"),
        _SCOPE,
        _AS_OF,
        _SOURCE,
        Column("agency", "Part of agency", "name", answer=True),
        Column("place", "Place", answer=True),
        Column("project", "Project", "name", answer=True),
        _PRINTED,
        _NOTE,
    ),
    "What is reached in words and not in numbers.",
)  # fmt: skip
TARGETS = Table(
    "Targets",
    (
        Column("kpi", "KPI", "name", ("Indicator",), required=True, width=34),
        _PERIOD,
        Column("value", "Target", "number", ("Target value",), required=True, answer=True,
               help="Digits, in the unit beside it"),
        Column("due", "Due on", "date", ("Due", "Due date"), answer=True, width=15),
        _SCOPE,
        _AS_OF,
        _SOURCE,
        _PRINTED,
    ),
    "What is to be reached.",
)  # fmt: skip
ALLOCATION = "allocation"
BUDGET = Table(
    "Budget",
    (
        Column("project", "Project", "name", help="For money of one project; leave “Covers” empty", width=30),
        Column("covers", "Covers", help="What the money is for; leave “Project” empty", width=28),
        Column("period", "Period", "name", ("Reporting period",), help="For money under “Covers”", width=20),
        Column("stage", "Stage", "choice", choices=(ALLOCATION, *Stage), required=True, width=14),
        Column("kind", "Kind of allocation", "choice", ("Allocation kind",), choices=tuple(AllocationKind),
               help="Only for an allocation"),
        Column("rupees", "Total", "money", ("Amount",), answer=True, unit="Rs million",
               help=f"In Rs million; or: {ABSENCES}"),
        Column("local", "Local component", "money", ("Local",), answer=True, unit="Rs million",
               help="In Rs million"),
        Column("foreign", "Foreign component", "money", ("Foreign", "FEC"), answer=True, unit="Rs million",
               help="In Rs million"),
        _AS_OF,
        _SOURCE,
        _PRINTED,
        _NOTE,
    ),
    "Money, cumulative from the start of the period to the as-of date.",
)  # fmt: skip
PROJECTS = Table(
    "Projects",
    (
        Column("project", "Project", "name", required=True, width=30),
        Column("reported_as", "Name in the source", aliases=("Reported as", "Project name"), required=True, width=34),
        Column("stage", "Stage", "choice", choices=tuple(ProjectStage), width=14),
        Column("physical", "Physical progress", "percent", ("Physical",), answer=True, unit="%",
               help="0 to 100"),
        Column("financial", "Financial progress", "percent", ("Financial",), answer=True, unit="%",
               help="0 to 100"),
        Column("as_of", "As of", "date", ("As on", "As-of date"), answer=True, width=15,
               help="The day the progress is true for"),
        Column("source", "Source", "name", answer=True, help="The id of a line in the sheet Sources"),
        _PRINTED,
        _NOTE,
    ),
    "How far each project is. A project stands on a further line for a further day or source.",
)  # fmt: skip
CHOICES = Table(
    "Choices",
    (
        Column("figure", "Figure", "name", required=True, answer=True,
               help="allocation, a stage such as released, or a KPI"),
        Column("period", "Period", "name", required=True, answer=True, width=18),
        Column("source", "Source used", "name", ("Source",), required=True, answer=True),
        Column("reason", "Reason", required=True, answer=True, width=50),
    ),
    "Where sources give different figures: which one to use, and why.",
)  # fmt: skip
REMARKS = Table(
    "Remarks",
    (Column("remark", "Remark", aliases=("Issue", "Issues and decisions sought"), answer=True,
            required=True, width=100),),
    "Issues, and decisions sought, in the agency's own words; one in a line, at most 500 characters.",
)  # fmt: skip

TABLES = (KPIS, MILESTONES, TARGETS, BUDGET, PROJECTS, SOURCES, CHOICES, REMARKS)
OTHER_SHEETS = ("lists", "instructions", "problems")
"""Sheets a form or an annotated copy has besides; they are not read."""
