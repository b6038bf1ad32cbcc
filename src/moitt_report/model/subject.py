"""The portfolio narrowed to one subject, an agency or a project: the same records, and no others."""

from collections.abc import Callable

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.kpi import Reading
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import Agency, Project
from moitt_report.model.registers import Registers

Subject = Agency | Project
"""Whom a brief can be about."""


def narrowed(portfolio: Portfolio, subject: Subject) -> Portfolio:
    """What the returns of `portfolio`, and the previous ones, say of `subject`.

    Nothing is added up or taken off: a sum over the whole does not become a sum over the part.
    """
    registers = portfolio.registers
    keep: Callable[[AgencyReturn], AgencyReturn] = (
        (lambda filed: _of_agency(filed, subject, registers))
        if isinstance(subject, Agency)
        else (lambda filed: _of_project(filed, subject))
    )
    given = {name: getattr(portfolio, name) for name in Portfolio.model_fields}
    changes = {
        "returns": tuple(map(keep, portfolio.returns)),
        "previous": tuple(map(keep, portfolio.previous)),
        "before": tuple(map(keep, portfolio.before)),
    }
    return Portfolio(**(given | changes))


def speaks(portfolio: Portfolio) -> bool:
    """Whether any return of the period says anything."""
    return any(f.budgets or f.projects or f.readings or f.targets or f.issues for f in portfolio.returns)


def subjects(portfolio: Portfolio) -> tuple[Subject, ...]:
    """The agencies and projects that the returns of the period say anything of, in the order of the registers."""
    registers = portfolio.registers
    entries: tuple[Subject, ...] = (*registers.agencies.entries, *registers.projects.entries)
    return tuple(entry for entry in entries if speaks(narrowed(portfolio, entry)))


def _of_project(filed: AgencyReturn, project: Project) -> AgencyReturn:
    readings = tuple(r for r in filed.readings if r.project == project.id)
    elsewhere = {r.kpi for r in filed.readings if r.project != project.id}
    counted = {r.kpi for r in readings}
    return _with(
        filed,
        budgets=(),
        projects=tuple(p for p in filed.projects if p.project == project.id),
        readings=readings,
        targets=tuple(t for t in filed.targets if t.kpi in counted - elsewhere),
        choices=tuple(
            c
            for c in filed.choices
            if c.figure in counted or c.project == project.id or c.kpi in counted - elsewhere
        ),
        issues=tuple(i for i in filed.issues if i.project == project.id),
        waivers=tuple(w for w in filed.waivers if w.about in {project.id, *counted}),
        overrides=tuple(o for o in filed.overrides if o.kpi in counted),
        remarks=(),
    )


def _of_agency(filed: AgencyReturn, agency: Agency, registers: Registers) -> AgencyReturn:
    executed = {p.id for p in registers.projects.entries if p.agency == agency.id}
    owned = {k.id for k in registers.kpis.entries if k.owner == agency.id}
    projects = tuple(p for p in filed.projects if p.project in executed)
    # A return that speaks of nobody else is the agency's own, whole. The ministry files for others too:
    # a budget in such a return covers more than this agency.
    own = filed.agency == agency.id and len(projects) == len(filed.projects)
    readings = tuple(
        _as_whole(r) if r.agency == agency.id and r.kpi not in owned else r
        for r in filed.readings
        if own or r.kpi in owned or r.agency == agency.id or r.project in executed
    )
    counted = {r.kpi for r in readings}
    return _with(
        filed,
        budgets=filed.budgets if own else (),
        projects=projects,
        readings=readings,
        targets=tuple(t for t in filed.targets if own or t.kpi in owned),
        choices=tuple(
            c for c in filed.choices if own or c.figure in counted or c.project in executed or c.kpi in owned
        ),
        issues=tuple(i for i in filed.issues if own or i.project in executed),
        waivers=tuple(w for w in filed.waivers if own or w.about in {agency.id, *executed, *owned}),
        overrides=tuple(o for o in filed.overrides if own or o.kpi in owned),
        remarks=filed.remarks if own else (),
    )


def _as_whole(reading: Reading) -> Reading:
    """The agency's part of a total is, in what concerns the agency alone, the total."""
    return Reading.model_validate({**dict(reading), "agency": None})


def _with(filed: AgencyReturn, **changes: object) -> AgencyReturn:
    """The return with changes, validated anew (a copy with updates would not be)."""
    return AgencyReturn.model_validate({**dict(filed), **changes})
