"""What a form holds before it is filled in: a return as rows of cells, the other way round from reading."""

from collections.abc import Iterator
from decimal import Decimal

from moitt_report.layout import ALLOCATION, TABLES, Column, Table
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.budget import Allocation, Amount, Position, Stage
from moitt_report.model.kpi import Absence, Scope
from moitt_report.model.money import Money
from moitt_report.model.period import Period
from moitt_report.model.record import Record
from moitt_report.model.registers import Registers

Values = dict[str, str]
Rows = dict[str, list[Values]]


def rows_of(filed: AgencyReturn) -> Rows:
    """Every record of `filed` as rows by table, each cell as text; read back, they give the same return."""
    rows: Rows = {
        "Sources": [_texts(source) for source in filed.sources],
        "KPIs": [_texts(r) for r in filed.readings if r.milestone is None],
        "KPIs in words": [_texts(r) for r in filed.readings if r.milestone is not None],
        "Targets": [_texts(target) for target in filed.targets],
        "Projects": [row for project in filed.projects for row in _project(project)],
        "Project dates": [
            {"project": p.project} | _texts(p.schedule) for p in filed.projects if p.schedule is not None
        ],
        "Milestones": [{"project": p.project} | _texts(m) for p in filed.projects for m in p.milestones],
        "Budget": [
            *(
                {"period": str(budget.period), "covers": budget.covers} | row
                for budget in filed.budgets
                for row in _amounts(budget)
            ),
            *({"project": p.project} | row for p in filed.projects for row in _amounts(p)),
        ],
        "Issues": [_texts(issue) for issue in filed.issues],
        "Choices": [_texts(choice) for choice in filed.choices],
        "Waivers": [_texts(waiver) for waiver in filed.waivers],
        "Statuses set": [_texts(override) for override in filed.overrides],
        "Remarks": [
            {"text": said.text} | ({"quoted": "true"} if said.quoted else {}) for said in filed.remarks
        ],
    }
    return {table.name: [_worded(row, table) for row in rows[table.name]] for table in TABLES}


def _worded(row: Values, table: Table) -> Values:
    """The row with the words of the form's lists for the names of the models."""
    words = {c.field: {value: word for word, value in c.choices.items()} for c in table.columns if c.choices}
    return {field: words.get(field, {}).get(text, text) for field, text in row.items()}


def written(column: Column, text: str) -> str:
    """The text of a cell as it is read in one way only: “1” in a column of percent may be 1 % or 100 %."""
    return f"{text} %" if column.kind == "percent" and text and 0 < Decimal(text) <= 1 else text


def _texts(record: Record) -> Values:
    values = ((name, getattr(record, name)) for name in type(record).model_fields if name != "address")
    return {name: str(value) for name, value in values if value is not None}


def _project(project: Position) -> Iterator[Values]:
    """One row for the project, and one more for each further progress."""
    base = {n: str(v) for n in ("project", "reported_as") if (v := getattr(project, n))}
    extra = {n: str(v) for n in ("stage", "note") if (v := getattr(project, n))}
    progress = [
        (kind, item)
        for kind in ("physical", "financial")
        for item in getattr(project, kind)
    ]  # fmt: skip
    if not progress:
        yield base | extra
    for n, (kind, item) in enumerate(progress):
        values = _texts(item)
        yield base | (extra if n == 0 else {}) | {kind: values.pop("percent")} | values


def _amounts(position: Position) -> Iterator[Values]:
    for allocation in position.allocations:
        yield {"stage": ALLOCATION} | _amount(allocation)
    for stage in Stage:
        for amount in position.at(stage):
            yield {"stage": stage.value} | _amount(amount)


def _amount(amount: Amount) -> Values:
    values = {n: str(v) for n in ("printed", "note") if (v := getattr(amount, n))}
    values |= {"as_of": amount.as_of.isoformat(), "source": amount.source}
    if isinstance(amount, Allocation):
        values["kind"] = str(amount.kind)
    return values | _money(amount.amount)


def _money(amount: Absence | Money) -> Values:
    if isinstance(amount, Absence):
        return {"rupees": str(amount)}
    parts = {"rupees": amount.rupees, "local": amount.local, "foreign": amount.foreign}
    return {name: format(v.scaleb(-6).normalize(), "f") for name, v in parts.items() if v is not None}


def asked_of(agency: str, period: Period, registers: Registers, last: AgencyReturn | None) -> Rows:
    """The rows a form asks an agency to fill in: its KPIs, its budgets and projects with their money; "" is a blank.

    What the last return said and what still holds is filled in: targets, dates, milestones, issues, approved cost.
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


def last_figures(last: AgencyReturn | None, table: str, row: Values) -> str:
    """What the previous return gave for the same row, with its date; empty when it gave nothing."""
    if last is None:
        return ""
    key = {"KPIs": ("kpi",), "Projects": ("project",), "Budget": ("project", "covers", "stage")}.get(table)
    if key is None:
        return ""
    given = [
        (f"{figure} ({other['as_of']})", other)
        for other in reversed(rows_of(last)[table])
        if all(other.get(k) == row.get(k) for k in key) and (table != "Budget" or _is_of(last, other))
        if (figure := next((other[f] for f in ("value", "rupees", "physical") if f in other), ""))
    ]
    # A version of the allocation stands beside the same version where that was given.
    alike = [said for said, other in given if other.get("kind") == row.get("kind")]
    return next(iter((*alike, *(said for said, _ in given))), "")
