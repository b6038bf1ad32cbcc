"""The registers in `data/registers`: agencies, KPIs, projects and rules, validated by the models."""

from pathlib import Path

from pydantic import Field

from moitt_report.errors import InputError, Problem
from moitt_report.intake.bind import Model, bind
from moitt_report.intake.files import read_tree
from moitt_report.model.kpi import Kpi
from moitt_report.model.project import Agency, Project
from moitt_report.model.record import Record
from moitt_report.model.registers import Register, Registers, Rules, names


class _Agencies(Record):
    agencies: tuple[Agency, ...] = Field(min_length=1)


class _Kpis(Record):
    kpis: tuple[Kpi, ...] = Field(min_length=1)


class _Projects(Record):
    projects: tuple[Project, ...]


def read_registers(folder: Path) -> Registers:
    """The registers in `folder`. Raises `InputError` with every fault in any of its files."""
    problems: list[Problem] = []
    agencies = _read(folder / "agencies.yaml", _Agencies, problems)
    kpis = _read(folder / "kpis.yaml", _Kpis, problems)
    projects = _read(folder / "projects.yaml", _Projects, problems)
    rules = _read(folder / "rules.yaml", Rules, problems)
    if agencies is None or kpis is None or projects is None or rules is None:
        raise InputError(problems)
    registers = Registers(
        agencies=Register(agencies.agencies),
        kpis=Register(kpis.kpis),
        projects=Register(projects.projects),
        rules=rules,
    )
    problems += _faults(registers)
    if problems:
        raise InputError(problems)
    return registers


def _read(path: Path, model: type[Model], problems: list[Problem]) -> Model | None:
    tree, found = read_tree(path, path.name)
    problems += found
    if tree is None:
        return None
    register, found = bind(tree, model, "register")
    problems += found
    return register


def _faults(registers: Registers) -> list[Problem]:
    agencies, kpis, projects = registers.agencies, registers.kpis, registers.projects
    problems = [*_clashes(agencies.entries), *_clashes(kpis.entries), *_clashes(projects.entries)]
    wanted = [(p.address, p.agency) for p in projects.entries]
    wanted += [(k.address, k.owner) for k in kpis.entries] + [(a.address, a.parent) for a in agencies.entries]
    problems += [
        Problem(address, f"“{id}” is not a known agency", "add it to agencies.yaml, or correct it")
        for address, id in wanted
        if id is not None and agencies.find(id) is None
    ]
    problems += [
        Problem(k.address, f"“{k.within}” is not a known KPI", "correct “within”")
        for k in kpis.entries
        if k.within is not None and kpis.find(k.within) is None
    ]
    return problems


def _clashes(entries: tuple[Agency | Kpi | Project, ...]) -> list[Problem]:
    """Two entries that share a name: a return that uses it could mean either."""
    taken: dict[str, str] = {}
    problems = []
    for entry in entries:
        for name in {" ".join(n.casefold().replace("-", " ").split()) for n in names(entry)}:
            other = taken.setdefault(name, entry.id)
            if other != entry.id:
                problems.append(
                    Problem(
                        entry.address,
                        f"the name “{name}” also belongs to “{other}”",
                        "keep it in one of the two",
                    )
                )
    return problems
