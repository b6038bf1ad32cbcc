"""Rows of sheets to the shape of a return, and back: the only place that knows how the two differ.

Money lies flat in a sheet, one amount in a row; in a return it is grouped by what it is for. A project
stands on one line for each day and source; in a return it is one entry.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from moitt_report.errors import Problem, shown
from moitt_report.intake.tree import Cell, Fields, Items, Tree
from moitt_report.layout import ALLOCATION
from moitt_report.model.kpi import Absence
from moitt_report.model.period import Period, Span
from moitt_report.model.period_names import parse_period


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: values by field, and the address of each head.

    `at` gives the address of the cell of a field, filled or not; that of the row when it has no column.
    """

    values: dict[str, Tree]
    keys: dict[str, str]
    at: Callable[[str], str]
    where: str

    def text(self, field: str) -> str | None:
        """The text under `field`; None when it is blank or unreadable."""
        cell = self.values.get(field)
        return cell.text if isinstance(cell, Cell) else None

    def fields(self, *names: str) -> Fields:
        """The values under `names` that are there; they stand where the figure of the row does, if it has one."""
        figure = next((self.at(name) for name in _FIGURES if name in names and name in self.keys), self.where)
        return Fields({n: self.values[n] for n in names if n in self.values}, self.keys, figure)


_FIGURES = ("value", "milestone")
"""The fields that hold the one figure of their row, or the word for it."""
Rows = Mapping[str, Sequence[Row]]
_AS_THEY_STAND = {
    "sources": "Sources",
    "targets": "Targets",
    "choices": "Choices",
    "issues": "Issues",
    "waivers": "Waivers",
    "overrides": "Statuses set",
    "remarks": "Remarks",
}
"""Lists of a return whose entries are the rows of a sheet."""
_AMOUNT = ("as_of", "source", "printed", "note")


def as_tree(top: Fields, rows: Rows, name: str, problems: list[Problem]) -> Fields:
    """The return whose cover is `top` and whose tables are `rows`."""
    values = dict(top.values)
    lists: dict[str, list[Tree]] = {
        "readings": [
            row.fields(*row.values) for table in ("KPIs", "KPIs in words") for row in rows.get(table, ())
        ],
        **{
            key: [row.fields(*row.values) for row in rows.get(table, ())]
            for key, table in _AS_THEY_STAND.items()
        },
    }
    projects = _Projects(problems)
    for row in rows.get("Projects", ()):
        projects.add(row)
    for row in rows.get("Project dates", ()):
        projects.date(row)
    for row in rows.get("Milestones", ()):
        step = row.fields(*(field for field in row.values if field != "project"))
        _appended(projects.find(row), "milestones", step)
    budgets: dict[tuple[str, str], Fields] = {}
    for row in rows.get("Budget", ()):
        _money_row(row, projects, budgets, _period(top), problems)
    lists["projects"] = list(projects.entries)
    lists["budgets"] = list(budgets.values())
    for key, entries in lists.items():
        if entries or (key == "sources" and "Sources" in rows):
            values[key] = Items(tuple(entries), name)
    return Fields(values, top.keys, top.where)


def _appended(entry: Fields, key: str, item: Tree) -> None:
    """Put `item` at the end of a list of an entry that is still being built."""
    there = entry.values.get(key)
    before = there.values if isinstance(there, Items) else ()
    entry.values[key] = Items((*before, item), item.where)


# --- projects -----------------------------------------------------------------------------------


class _Projects:
    """Entries of projects, found by id or by name as the agency wrote them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.entries: list[Fields] = []
        self._by_name: dict[str, Fields] = {}
        self._problems = problems

    def find(self, row: Row) -> Fields:
        """The entry of the project named in `row`; a new one when it is not there."""
        name = row.text("project") or row.where
        entry = self._by_name.get(_folded(name))
        if entry is None:
            values: dict[str, Tree] = {"project": row.values["project"]}
            values["reported_as"] = row.values.get("reported_as") or row.values["project"]
            entry = Fields(values, row.keys, row.where)
            self.entries.append(entry)
            for known in (name, row.text("reported_as")):
                if known:
                    self._by_name.setdefault(_folded(known), entry)
        return entry

    def add(self, row: Row) -> None:
        """Take in one row of the sheet Projects."""
        entry = self.find(row)
        for field in ("reported_as", "stage", "note"):
            cell = row.values.get(field)
            if isinstance(cell, Cell):
                first = entry.values.setdefault(field, cell)
                if isinstance(first, Cell) and first.text != cell.text:
                    what = f"differs from the line of the same project at {first.where.rpartition('!')[2]}"
                    self._problems.append(Problem(cell.where, what, "write the same on both lines"))
        for kind in ("physical", "financial"):
            if kind not in row.values or row.text(kind) in set(Absence):
                continue
            values = dict(row.fields("as_of", "source", "printed").values) | {"percent": row.values[kind]}
            for field in ("as_of", "source"):
                values.setdefault(field, Cell(None, row.at(field)))
            _appended(entry, kind, Fields(values, row.keys, row.values[kind].where))

    def date(self, row: Row) -> None:
        """Take in one row of the sheet of project dates."""
        entry = self.find(row)
        schedule = row.fields(*(field for field in row.values if field != "project"))
        first = entry.values.setdefault("schedule", schedule)
        if first is not schedule:
            what = f"the dates of this project stand already at {first.where.rpartition('!')[2]}"
            self._problems.append(Problem(row.where, what, "keep one of the two lines"))


def one_entry_each(tree: Tree, problems: list[Problem]) -> Tree:
    """The return with one entry for each project of its sheets, which may call it by several of its names."""
    listing = tree.values.get("projects") if isinstance(tree, Fields) else None
    if not isinstance(tree, Fields) or not isinstance(listing, Items):
        return tree
    entries: list[Tree] = []
    known: dict[str, Fields] = {}
    for entry in listing.values:
        id = entry.values.get("project") if isinstance(entry, Fields) else None
        # In a file without sheets a project is one entry already, and a second one is a fault.
        if (
            not isinstance(entry, Fields)
            or not isinstance(id, Cell)
            or not id.text
            or entry.where.count("!") < 2
        ):
            entries.append(entry)
        elif id.text not in known:
            known[id.text] = Fields(dict(entry.values), entry.keys, entry.where)
            entries.append(known[id.text])
        else:
            _join(known[id.text], entry, problems)
    return Fields(tree.values | {"projects": Items(tuple(entries), listing.where)}, tree.keys, tree.where)


def _join(entry: Fields, other: Fields, problems: list[Problem]) -> None:
    """Put what `other` tells of a project to what `entry` does."""
    for key, value in other.values.items():
        first = entry.values.setdefault(key, value)
        if first is value:
            continue
        if isinstance(first, Items) and isinstance(value, Items):
            entry.values[key] = Items((*first.values, *value.values), first.where)
        elif key in {"stage", "note", "schedule"} and first != value:
            same = isinstance(first, Cell) and isinstance(value, Cell) and first.text == value.text
            if not same:
                what = f"differs from what stands of the same project at {first.where.rpartition('!')[2]}"
                problems.append(Problem(value.where, what, "keep one of the two"))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


# --- money --------------------------------------------------------------------------------------


def _period(top: Fields) -> Period | None:
    """The period of the return; None when its cover names none that can be read, which is told there."""
    cell = top.values.get("period")
    return _parsed(cell.text) if isinstance(cell, Cell) and cell.text is not None else None


def _parsed(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None


def _money_row(
    row: Row,
    projects: _Projects,
    budgets: dict[tuple[str, str], Fields],
    period: Period | None,
    problems: list[Problem],
) -> None:
    stage = row.text("stage")
    owner = _owner(row, projects, budgets, period, problems)
    if stage is None:
        if row.values.get("stage") == Cell(None, row.at("stage")):
            problems.append(Problem(row.at("stage"), "“Stage” is empty", "choose a stage from the list"))
        return
    amount = _amount(row)
    values = dict(row.fields(*_AMOUNT).values) | {"amount": amount}
    if stage == ALLOCATION:
        values["kind"] = row.values.get("kind") or Cell(None, row.at("kind"))
    elif "kind" in row.values:
        what = f"a kind of allocation is given for “{stage}”"
        problems.append(Problem(row.at("kind"), what, "clear it, or choose the stage allocation"))
    if owner is not None:
        key = "allocations" if stage == ALLOCATION else stage.replace("-", "_")
        _appended(owner, key, Fields(values, row.keys, amount.where))


def _owner(
    row: Row,
    projects: _Projects,
    budgets: dict[tuple[str, str], Fields],
    about: Period | None,
    problems: list[Problem],
) -> Fields | None:
    """What the money of a row is for: a project, or what the sheet says it covers in a period."""
    if "project" in row.values and "covers" in row.values:
        what = "both a project and what the money covers are given"
        problems.append(Problem(row.at("covers"), what, "clear one of the two"))
        return None
    if "project" in row.values:
        problems += _other_period(row, about)
        return projects.find(row)
    if "covers" not in row.values:
        where = row.at("covers")
        problems.append(Problem(where, "neither a project nor what the money covers is given", "fill in one"))
        return None
    period = row.values.get("period") or Cell(None, row.at("period"))
    key = (row.text("period") or row.where, row.text("covers") or row.where)
    if key not in budgets:
        budgets[key] = Fields({"period": period, "covers": row.values["covers"]}, row.keys, row.where)
    return budgets[key]


def _other_period(row: Row, about: Period | None) -> Iterator[Problem]:
    """The money of a project counts from July to the end of the return's period, an allocation for the year."""
    text = row.text("period")
    if text is None or about is None:
        return
    to_date = about if isinstance(about, Span) else about.year_to_date
    meant = {to_date, about.year} if row.text("stage") == ALLOCATION else {to_date}
    if _parsed(text) not in meant:
        what = f"“{shown(text)}” is not the period of a project's money, which counts over {to_date}"
        remedy = "clear it where the figure counts so; else give the figure that does"
        yield Problem(row.at("period"), what, remedy)


def _amount(row: Row) -> Tree:
    """The amount of a row: one text when it stands alone, else the total and its components."""
    parts = {f: row.values[f] for f in ("rupees", "local", "foreign") if f in row.values}
    cells = {f: cell for f, cell in parts.items() if isinstance(cell, Cell)}
    unread = next((cell for cell in cells.values() if cell.text is None), None)
    if unread is not None or not cells:
        return unread or Cell(None, row.at("rupees"))
    known: dict[str, Tree] = {f: cell for f, cell in cells.items() if cell.text not in set(Absence)}
    if not known:
        return next(iter(cells.values()))
    if set(known) == {"rupees"}:
        return known["rupees"]
    return Fields(known, row.keys, next(iter(known.values())).where)
