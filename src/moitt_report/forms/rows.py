"""A return as rows of cells: the other way round from reading."""

from collections.abc import Iterator
from decimal import Decimal

from moitt_report.layout import ALLOCATION, TABLES, Column, Table
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.budget import Allocation, Amount, Position, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.project import ProjectReport
from moitt_report.model.record import Record

Values = dict[str, str]
"""The texts of one row, by field; an empty one is a blank to fill in."""
Rows = dict[str, list[Values]]
"""Rows by the name of their table."""


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


def _project(project: ProjectReport) -> Iterator[Values]:
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
