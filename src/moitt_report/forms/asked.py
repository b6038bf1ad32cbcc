"""What a form asks an agency to fill in, and what the agency gave in the return before."""

from collections.abc import Iterator

from moitt_report.forms.rows import Rows, Values, rows_of
from moitt_report.layout import ALLOCATION, TABLES
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Scope
from moitt_report.model.period import Period
from moitt_report.model.registers import Registers


def asked_of(agency: str, period: Period, registers: Registers, last: AgencyReturn | None) -> Rows:
    """The rows a form asks an agency to fill in: its KPIs, its budgets and projects with their money; "" is a blank.

    What the last return said and what still holds is filled in: sources, targets, dates, milestones, issues,
    approved cost, and within the year the allocation and what was utilised to the last 30 June.
    """
    rows: Rows = {table.name: [] for table in TABLES}
    for kpi in (k for k in registers.kpis.entries if k.owner == agency):
        sheet = "KPIs in words" if kpi.direction == "milestone" else "KPIs"
        scope = Scope.IN_PERIOD if kpi.scope == Scope.NOT_STATED else kpi.scope
        rows[sheet].append({"kpi": kpi.id, "period": str(period), "scope": str(scope)})
    kept = {} if last is None else rows_of(last)
    for table in ("Sources", "Project dates", "Milestones"):
        rows[table] += kept.get(table, [])
    if last is not None:  # a target whose months are over holds no longer
        begin = period.first.first_day
        every = zip(kept["Targets"], last.targets, strict=True)
        rows["Targets"] += [
            row for row, target in every if max(target.period.last_day, target.due_day) >= begin
        ]
    # What stood in the way then is asked for again: that it still does is for the agency to say, with its date.
    rows["Issues"] += [row | {"as_of": ""} for row in kept.get("Issues", [])]
    if not rows["Sources"]:
        rows["Sources"].append({"id": "", "publisher": ""})
    same_year = _same_year(period, last)
    money = [] if last is None else [row for row in kept["Budget"] if _is_of(last, row)]
    for covers in dict.fromkeys(row["covers"] for row in money if "covers" in row):
        whole = {"period": str(period.year_to_date), "covers": covers}
        rows["Budget"] += _money_asked(whole, money, same_year=same_year)
    named = {project.id: project.name for project in registers.projects.entries if project.agency == agency}
    for row in kept.get("Projects", []):  # a project without an agency in the register is known by its return
        named.setdefault(row["project"], row["reported_as"])
    for id, name in named.items():
        rows["Projects"].append({"project": id, "reported_as": name, "physical": ""})
        rows["Budget"] += _money_asked({"project": id}, money, same_year=same_year)
        if not any(row["project"] == id for row in rows["Project dates"]):
            rows["Project dates"].append({"project": id})
    return rows


_ASKED = (
    Stage.APPROVED_COST, Stage.TO_LAST_JUNE, Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED,
    Stage.EXPECTED_SURRENDER, Stage.NEEDED_NEXT_QUARTER,
)  # fmt: skip


def _money_asked(whose: Values, kept: list[Values], *, same_year: bool) -> Iterator[Values]:
    """A row for each amount asked for one project or budget; those that hold still as the last return gave them."""
    name = "covers" if "covers" in whose else "project"
    mine = [row for row in kept if row.get(name) == whose[name]]
    standing = {Stage.APPROVED_COST.words} | ({Stage.TO_LAST_JUNE.words, ALLOCATION} if same_year else set())
    for stage in (ALLOCATION, *_ASKED):
        words = stage if stage == ALLOCATION else Stage(stage).words
        known = [row | whose for row in mine if row["stage"] == words and words in standing]
        if known:
            yield from known
        else:
            yield whose | {"stage": words} | ({"kind": "budget"} if stage == ALLOCATION else {})


def _is_of(last: AgencyReturn, row: Values) -> bool:
    """Whether a row of money tells of the return's own months, and not of a year before."""
    return row.get("period", "") in {"", str(last.period), str(last.period.year_to_date)}


def _same_year(period: Period, last: AgencyReturn | None) -> bool:
    return last is not None and last.period.year == period.year


class LastReported:
    """What an agency gave in its previous return, to stand beside what is asked of it now."""

    def __init__(self, last: AgencyReturn | None) -> None:
        self._rows = {} if last is None else rows_of(last)
        if last is not None:
            self._rows["Budget"] = [row for row in self._rows["Budget"] if _is_of(last, row)]

    def figure(self, table: str, row: Values) -> str:
        """The figure of the same row, with its date; empty where there was none."""
        key = _KEYS.get(table)
        if key is None:
            return ""
        given = [
            (f"{figure} ({other['as_of']})", other)
            for other in reversed(self._rows.get(table, []))
            if all(other.get(k) == row.get(k) for k in key)
            if (figure := next((other[f] for f in ("value", "rupees", "physical") if f in other), ""))
        ]
        # A version of the allocation stands beside the same version where that was given.
        alike = [said for said, other in given if other.get("kind") == row.get("kind")]
        return next(iter((*alike, *(said for said, _ in given))), "")


_KEYS = {"KPIs": ("kpi",), "Projects": ("project",), "Budget": ("project", "covers", "stage")}
"""The fields by which a row is known again, in the tables that have a figure to compare with."""
