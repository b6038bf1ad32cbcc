"""The form as YAML, for agencies whose systems file by program: a return in its own shape, with blanks to fill in."""

import re
from collections.abc import Iterator, Mapping, Sequence

from moitt_report.forms.rows import Rows, Values
from moitt_report.layout import ABSENCES, ALLOCATION, TABLES, Column

Node = str | None | dict[str, "Node"] | list["Node"]
"""Text; None for a blank to fill in; a group of named values; a list."""

_COLUMNS: Mapping[str, Mapping[str, Column]] = {t.name: {c.field: c for c in t.columns} for t in TABLES}
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./%()_-]*[A-Za-z0-9.)%]|[A-Za-z0-9]", re.ASCII)
_ALWAYS = ("sources", "issues", "waivers", "remarks")
"""What is asked of everyone: the key stands there also where nothing is known to ask for."""
_HEAD = (
    "# Return of {agency} for {period}. Fill in every blank, or remove its entry, and send this file back.",
    f"# Where there is no figure, say why: {ABSENCES}. Zero is a figure.",
    "# Money is written with its unit, as Rs 120.5 million; dates as 2025-03-31. Names and ids: moitt-report list.",
    "# What else may be said of each entry: moitt-report schema return.",
)


def yaml_form(agency: str, period: str, rows: Rows) -> bytes:
    """The form as YAML in UTF-8; filled in, it is a return."""
    lines = [line.format(agency=agency, period=period) for line in _HEAD]
    lines += _mapping(_return(agency, period, rows), 0)
    return ("\n".join(lines) + "\n").encode()


def _return(agency: str, period: str, rows: Rows) -> dict[str, Node]:
    lists: dict[str, list[Node]] = {
        "sources": _entries("Sources", rows),
        "budgets": list(_budgets(rows)),
        "projects": list(_projects(rows)),
        "readings": _entries("KPIs", rows) + _entries("KPIs in words", rows),
        "targets": _entries("Targets", rows),
        "issues": _entries("Issues", rows),
        "choices": _entries("Choices", rows),
        "waivers": _entries("Waivers", rows),
        "overrides": _entries("Statuses set", rows),
        "remarks": [_remark(row) for row in rows.get("Remarks", [])],
    }
    return {"format": "moitt-report/return/1", "agency": agency, "period": period} | {
        name: entries for name, entries in lists.items() if entries or name in _ALWAYS
    }


def _remark(row: Values) -> Node:
    return _entry("Remarks", row) if "quoted" in row else row["text"]


def _entries(table: str, rows: Rows) -> list[Node]:
    return [_entry(table, row) for row in rows.get(table, [])]


def _entry(table: str, row: Values, *, without: Sequence[str] = ()) -> dict[str, Node]:
    """The values of a row, and a blank for each that is needed and not known."""
    columns = {field: c for field, c in _COLUMNS[table].items() if field not in without}
    return {
        field: _named(column, row[field]) if row.get(field) else None
        for field, column in columns.items()
        if field in row or column.required
    }


def _named(column: Column, text: str) -> str:
    """What the models call a word of a list."""
    return column.choices.get(text, text)


def _projects(rows: Rows) -> Iterator[Node]:
    named = list(dict.fromkeys(r["project"] for t in _OF_PROJECTS for r in rows.get(t, []) if "project" in r))
    for project in named:
        mine = {t: [r for r in rows.get(t, []) if r.get("project") == project] for t in _OF_PROJECTS}
        first = mine["Projects"][0] if mine["Projects"] else {"project": project, "reported_as": project}
        entry: dict[str, Node] = {n: _named(_COLUMNS["Projects"][n], first[n]) for n in _OF_ALL if n in first}
        for kind in ("physical", "financial"):
            progress: list[Node] = [_progress(row, kind) for row in mine["Projects"] if kind in row]
            if progress:
                entry[kind] = progress
        for row in mine["Project dates"]:
            entry["schedule"] = _entry("Project dates", row, without=("project",))
        if mine["Milestones"]:
            entry["milestones"] = [_entry("Milestones", r, without=("project",)) for r in mine["Milestones"]]
        yield entry | _money(mine["Budget"])


_OF_PROJECTS = ("Projects", "Project dates", "Milestones", "Budget")
_OF_ALL = ("project", "reported_as", "stage", "note")


def _progress(row: Values, kind: str) -> dict[str, Node]:
    entry: dict[str, Node] = {
        "percent": row[kind] or None,
        "as_of": row.get("as_of"),
        "source": row.get("source"),
    }
    return entry | ({"printed": row["printed"]} if "printed" in row else {})


def _budgets(rows: Rows) -> Iterator[Node]:
    covered = [row for row in rows.get("Budget", []) if "covers" in row]
    for key in dict.fromkeys((row["period"], row["covers"]) for row in covered):
        mine = [row for row in covered if (row["period"], row["covers"]) == key]
        yield {"period": key[0], "covers": key[1], **_money(mine)}


def _money(rows: list[Values]) -> dict[str, Node]:
    """Amounts by stage, each a list."""
    found: dict[str, list[Node]] = {}
    for row in rows:
        stage = _named(_COLUMNS["Budget"]["stage"], row["stage"])
        entry: dict[str, Node] = {"kind": row["kind"]} if "kind" in row else {}
        entry |= {"amount": _amount(row), "as_of": row.get("as_of"), "source": row.get("source")}
        entry |= {name: row[name] for name in ("printed", "note") if name in row}
        found.setdefault("allocations" if stage == ALLOCATION else stage.replace("-", "_"), []).append(entry)
    return dict(found)


def _amount(row: Values) -> Node:
    parts = {name: row[name] for name in ("rupees", "local", "foreign") if name in row}
    written: dict[str, Node] = {name: _rupees(text) for name, text in parts.items()}
    return written.get("rupees") if set(written) <= {"rupees"} else written


def _rupees(text: str) -> str:
    return f"Rs {text} million" if text.lstrip("-")[:1].isdigit() else text


# --- as text ------------------------------------------------------------------------------------


def _mapping(values: Mapping[str, Node], depth: int) -> Iterator[str]:
    for name, value in values.items():
        yield from _named_value(name, value, depth)


def _named_value(name: str, value: Node, depth: int) -> Iterator[str]:
    lead = "  " * depth + name + ":"
    if isinstance(value, dict):
        yield lead
        yield from _mapping(value, depth + 1)
    elif isinstance(value, list):
        yield lead if value else f"{lead} []"
        for entry in value:
            yield from _item(entry, depth + 1)
    else:
        yield f"{lead} {_quoted(value)}".rstrip()


def _item(value: Node, depth: int) -> Iterator[str]:
    """One entry of a list: its first line begins with a hyphen."""
    lead = "  " * depth + "- "
    if isinstance(value, dict):
        lines = _mapping(value, depth + 1)
        yield lead + next(lines).lstrip()
        yield from lines
    elif isinstance(value, list):
        raise TypeError("a return has no list of lists")
    else:
        yield f"{lead}{_quoted(value)}".rstrip()


def _quoted(text: str | None) -> str:
    """Text as YAML reads it back to the letter: bare where nothing in it has a meaning, else in quotation marks."""
    if text is None:
        return ""
    if _PLAIN.fullmatch(text) and text.casefold() not in {"null", "~"}:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08X}"
