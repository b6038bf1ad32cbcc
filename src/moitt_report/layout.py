"""The layout of a return in sheets: one table, from which forms are written and returns are read.

A sheet is known by its heads and a column by its head, never by position; so both are data here.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from moitt_report.model.budget import AllocationKind, Stage
from moitt_report.model.kpi import Scope
from moitt_report.model.project import ProjectStage
from moitt_report.model.status import Status
from moitt_report.model.waiver import RuleName

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
    """Whether the agency fills it in: a row in which no such cell holds anything has not been filled in."""
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The words to choose from, each with what the models call it."""
    unit: str = ""
    help: str = ""
    width: int = 14
    rare: bool = False
    """Whether it is seldom filled in: it stands at the end, and is printed on a page of its own."""

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
    """What it asks for; `{begin}` and `{end}` stand for the days over which money counts."""
    asked: bool = True
    """Whether a form has the sheet even when there is nothing to put into it."""


def _words(names: Iterable[str]) -> Mapping[str, str]:
    """Names of the models as a person reads them in a list."""
    return {name.replace("-", " "): name for name in names}


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

_KPI = Column("kpi", "KPI", "name", ("Indicator",), required=True, width=38)
_PERIOD = Column("period", "Period", "name", ("Reporting period",), required=True, width=12)
_AS_OF = Column(
    "as_of", "As of", "date", ("As on", "As-of date", "Date"), required=True, answer=True,
    help="The day the figure is true for, as 31 March 2025", width=18,
)  # fmt: skip
_SOURCE = Column(
    "source", "Source", "name", ("Source id",), required=True, answer=True,
    help="The id of a line in the sheet Sources",
)  # fmt: skip
_PRINTED = Column("printed", "Words of the source", aliases=("Printed", "As printed"), answer=True, width=30,
                  rare=True)  # fmt: skip
_NOTE = Column("note", "Note", aliases=("Notes", "Comment"), answer=True, width=28)
_SCOPE = Column(
    "scope", "Scope", "choice", choices=_words(Scope), help="Over what time the figure counts", width=16
)
_PROJECT = Column("project", "Project", "name", required=True, width=38)
_PART_OF = (
    Column("agency", "Part of agency", "name", answer=True, rare=True),
    Column("place", "Place", answer=True, rare=True),
    Column("project", "Project", "name", answer=True, rare=True, width=24),
)
"""What a figure is a part of, where it is no total."""

SOURCES = Table(
    "Sources",
    (
        Column("id", "Source id", "name", ("Id", "Source"), required=True, answer=True,
               help="Small letters, digits and hyphens, for example pseb-letter"),
        Column("publisher", "Publisher", aliases=("Published by",), required=True, answer=True, width=28),
        Column("title", "Title", answer=True, width=28),
        Column("published", "Published on", "date", ("Published", "Date of publication"), answer=True, width=18),
        Column("url", "Web address", aliases=("URL", "Link"), answer=True, width=28),
        Column("reports", "Document reported", aliases=("Reports",), answer=True, width=24),
        _NOTE,
    ),
    "Every document a figure of this return comes from.",
)  # fmt: skip
KPIS = Table(
    "KPIs",
    (
        Column("kpi", "KPI", "name", ("Indicator", "Key performance indicator"), required=True, width=38),
        _PERIOD,
        Column("value", "Actual", "number", ("Value", "Achieved", "Achievement"), required=True, answer=True,
               help=f"Digits, in the unit beside it; or: {ABSENCES}"),
        _SCOPE,
        _AS_OF,
        _SOURCE,
        Column("qualifier", "Qualifier", "choice", choices=_words(("over", "about")), answer=True, width=12, rare=True),
        *_PART_OF,
        _PRINTED,
        _NOTE,
    ),
    "What was reached. Zero is a number; say “not reported”, “not yet due” or “not applicable” when there is none.",
)  # fmt: skip
IN_WORDS = Table(
    "KPIs in words",
    (
        _KPI,
        _PERIOD,
        Column("milestone", "Milestone", aliases=("Milestone reached",), required=True, answer=True,
               help="The word for where it stands, such as established"),
        _SCOPE,
        _AS_OF,
        _SOURCE,
        *_PART_OF,
        _PRINTED,
        _NOTE,
    ),
    "KPIs that are reported by a word for where they stand, and not by a number.",
)  # fmt: skip
TARGETS = Table(
    "Targets",
    (
        _KPI,
        _PERIOD,
        Column("value", "Target", "number", ("Target value",), required=True, answer=True,
               help="Digits, in the unit beside it"),
        Column("due", "Due on", "date", ("Due", "Due date"), answer=True, width=18),
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
        Column("project", "Project", "name", help="For money of one project; leave “Covers” empty", width=38),
        Column("covers", "Covers", help="What the money is for; leave “Project” empty", width=24, rare=True),
        Column("period", "Period", "name", ("Reporting period",), help="For money under “Covers”", width=14,
               rare=True),
        Column("stage", "Stage", "choice", choices={ALLOCATION: ALLOCATION} | {stage.words: stage.value for stage in Stage},
               required=True, width=26),
        Column("kind", "Kind of allocation", "choice", ("Allocation kind",), choices=_words(AllocationKind),
               help="Only for an allocation"),
        Column("rupees", "Total", "money", ("Amount",), answer=True, unit="Rs million",
               help=f"In Rs million; or: {ABSENCES}"),
        Column("local", "Local component", "money", ("Local",), answer=True, unit="Rs million",
               help="In Rs million", width=18),
        Column("foreign", "Foreign component", "money", ("Foreign", "FEC"), answer=True, unit="Rs million",
               help="In Rs million", width=18),
        _AS_OF,
        _SOURCE,
        _PRINTED,
        _NOTE,
    ),
    "Money, cumulative from {begin} to {end}; an allocation is of the year, approved cost and what was utilised to the "
    "last 30 June are of the whole project.",
)  # fmt: skip
PROJECTS = Table(
    "Projects",
    (
        _PROJECT,
        Column("reported_as", "Name in the source", aliases=("Reported as", "Project name"), required=True, width=38),
        Column("stage", "Stage", "choice", choices=_words(ProjectStage), width=14),
        Column("physical", "Physical progress", "percent", ("Physical",), answer=True, unit="%",
               help="0 to 100"),
        Column("financial", "Financial progress", "percent", ("Financial",), answer=True, unit="%",
               help="0 to 100"),
        Column("as_of", "As of", "date", ("As on", "As-of date"), answer=True, width=18,
               help="The day the progress is true for"),
        Column("source", "Source", "name", answer=True, help="The id of a line in the sheet Sources"),
        _PRINTED,
        _NOTE,
    ),
    "How far each project is. A project stands on a further line for a further day or source.",
)  # fmt: skip
SCHEDULES = Table(
    "Project dates",
    (
        _PROJECT,
        Column("begins", "Begins on", "date", ("Start date", "Date of start"), required=True, answer=True, width=18),
        Column("ends", "To be completed on", "date", ("Completion date", "Date of completion"), required=True,
               answer=True, help="The completion that was approved first", width=18),
        Column("revised_end", "Revised completion", "date", ("Revised completion date",), answer=True,
               help="The completion approved last, where it was moved", width=18),
        _AS_OF,
        _SOURCE,
        _NOTE,
    ),
    "When each project begins and is to be completed. One line for a project.",
)  # fmt: skip
MILESTONES = Table(
    "Milestones",
    (
        _PROJECT,
        Column("name", "Milestone", aliases=("Step",), required=True, answer=True, width=34),
        Column("due", "Due on", "date", ("Due", "Due date"), required=True, answer=True, width=18),
        Column("reached", "Reached on", "date", ("Date reached",), answer=True,
               help="Leave it empty while the milestone is open", width=18),
        _AS_OF,
        _SOURCE,
        _NOTE,
    ),
    "The steps of each project, one on a line, the next one due among them.",
)  # fmt: skip
ISSUES = Table(
    "Issues",
    (
        Column("project", "Project", "name", help="Leave it empty when it is about the agency as a whole",
               answer=True, width=24),
        Column("bottleneck", "What stands in the way", aliases=("Bottleneck", "Issue"), required=True, answer=True,
               width=40),
        Column("decision", "Decision sought", aliases=("Decision",), answer=True, width=34),
        Column("sought_from", "Sought from", answer=True, help="Who is to decide", width=20),
        Column("by", "Wanted by", "date", ("By", "By when"), answer=True, width=18),
        Column("owner", "Followed up by", aliases=("Owner", "Focal person"), required=True, answer=True, width=20),
        _AS_OF,
        _SOURCE,
        _NOTE,
    ),
    "What stands in the way, and the decision sought from whom; one in a line.",
)  # fmt: skip
CHOICES = Table(
    "Choices",
    (
        Column("figure", "Figure", "name", required=True, answer=True,
               help="allocation, a stage such as released, a KPI, or target"),
        Column("period", "Period", "name", required=True, answer=True, width=18),
        Column("project", "Project", "name", answer=True, width=24,
               help="Only for the money of a project"),
        Column("kpi", "KPI", "name", answer=True, width=24, help="Only where the figure is a target"),
        Column("source", "Source used", "name", ("Source",), required=True, answer=True),
        Column("reason", "Reason", required=True, answer=True, width=50),
    ),
    "Where sources give different figures: which one to use, and why.",
)  # fmt: skip
REMARKS = Table(
    "Remarks",
    (
        Column("text", "Remark", answer=True, required=True, width=100),
        Column("quoted", "Quoted", "choice", choices={"yes": "true", "no": "false"}, answer=True,
               help="yes, when the words are somebody else's"),
    ),
    "Anything else, in the agency's own words; one in a line, at most 500 characters.",
)  # fmt: skip
_ANSWERED_FOR = (
    Column("who", "Who", aliases=("Said by",), required=True, answer=True, help="Who answers for it", width=20),
    Column("when", "When", "date", required=True, answer=True, width=18),
    Column("why", "Why", aliases=("Reason",), required=True, answer=True, width=50),
)  # fmt: skip
WAIVERS = Table(
    "Waivers",
    (
        Column("rule", "Rule", "choice", choices=_words(RuleName), required=True, answer=True, width=26),
        Column("about", "About", "name", required=True, answer=True,
               help="The id of a project, a KPI or an agency; or “budget”", width=24),
        Column("figure", "Figure", answer=True, width=24,
               help="Where the rule warns of several, which one: as the warning names it"),
        *_ANSWERED_FOR,
    ),
    "Why a warning of the check may stand: its rule and what it is about, as the warning says.",
)  # fmt: skip
OVERRIDES = Table(
    "Statuses set",
    (
        Column("kpi", "KPI", "name", required=True, answer=True, width=34),
        Column("status", "Status set", "choice", ("Status",), choices={s.value.lower(): s.value for s in Status},
               required=True, answer=True),
        *_ANSWERED_FOR,
    ),
    "A status set by a person; the computed one is printed beside it.",
    asked=False,
)  # fmt: skip

TABLES = (
    KPIS, IN_WORDS, TARGETS, BUDGET, PROJECTS, SCHEDULES, MILESTONES, ISSUES, REMARKS, SOURCES, CHOICES, WAIVERS,
    OVERRIDES,
)  # fmt: skip
OTHER_SHEETS = ("lists", "instructions", "problems")
"""Sheets a form or an annotated copy has besides; they are not read."""
