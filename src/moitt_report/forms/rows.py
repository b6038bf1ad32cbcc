"""What a form holds before it is filled in: a return as rows of cells, the other way round from reading."""

from collections.abc import Iterator

from moitt_report.layout import ALLOCATION
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
    return {
        "Sources": [_texts(source) for source in filed.sources],
        "KPIs": [_texts(r) for r in filed.readings if r.milestone is None],
        "Milestones": [_texts(r) for r in filed.readings if r.milestone is not None],
        "Targets": [_texts(target) for target in filed.targets],
        "Projects": [row for project in filed.projects for row in _project(project)],
        "Budget": [
            *(
                {"period": str(budget.period), "covers": budget.covers} | row
                for budget in filed.budgets
                for row in _amounts(budget)
            ),
            *({"project": p.project} | row for p in filed.projects for row in _amounts(p)),
        ],
        "Choices": [_texts(choice) for choice in filed.choices],
        "Remarks": [{"remark": remark} for remark in filed.remarks],
    }


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
            yield {"stage": str(stage)} | _amount(amount)


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
    """The rows a form asks an agency to fill in: its KPIs, targets and projects, the money of each."""
    kpis = [k for k in registers.kpis.entries if k.owner == agency]
    projects = [p for p in registers.projects.entries if p.agency == agency]
    rows: Rows = {"KPIs": [], "Milestones": [], "Targets": [], "Projects": [], "Budget": []}
    for kpi in kpis:
        sheet = "Milestones" if kpi.direction == "milestone" else "KPIs"
        scope = Scope.IN_PERIOD if kpi.scope == Scope.NOT_STATED else kpi.scope
        rows[sheet].append({"kpi": kpi.id, "period": str(period), "scope": str(scope)})
    if last is not None:
        rows["Sources"] = [_texts(source) for source in last.sources]
        rows["Targets"] = [_texts(target) for target in last.targets]
    for project in projects:
        rows["Projects"].append({"project": project.id, "reported_as": project.name})
        rows["Budget"] += [
            {"project": project.id, "stage": stage}
            for stage in (ALLOCATION, Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
        ]
        rows["Budget"][-4]["kind"] = "budget"
    return rows


def last_figures(last: AgencyReturn | None, table: str, row: Values) -> str:
    """What the previous return gave for the same row, with its date; empty when it gave nothing."""
    if last is None:
        return ""
    key = {"KPIs": ("kpi",), "Projects": ("project",), "Budget": ("project", "covers", "stage")}.get(table)
    if key is None:
        return ""
    for other in reversed(rows_of(last)[table]):
        if all(other.get(k) == row.get(k) for k in key):
            figure = next((other[f] for f in ("value", "rupees", "physical") if f in other), "")
            return f"{figure} ({other['as_of']})" if figure else ""
    return ""
