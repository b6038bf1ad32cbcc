"""Portfolios of any shape, for properties of what is composed from them. All figures are made up."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.kpi import Direction
from moitt_report.model.period import Period, period_of, quarter
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import Project
from moitt_report.pipeline.inputs import load_registers

REGISTERS = load_registers()
SOURCES = ("gazette", "survey")
_STAGES = ("authorised", "released", "utilised")
_KPIS = [k for k in REGISTERS.kpis.entries if k.direction is not Direction.MILESTONE]
_ABSENT = st.sampled_from(["not reported", "not yet due", "not applicable"])

_rupees = st.integers(0, 10**13).map(lambda n: f"Rs {Decimal(n).scaleb(-2)}")
_components = st.fixed_dictionaries({"local": _rupees, "foreign": _rupees})
_money = _rupees | _components | _ABSENT
_numbers = st.integers(0, 10**9).map(lambda n: str(Decimal(n).scaleb(-2))) | _ABSENT


@st.composite
def _amounts(draw: st.DrawFn, end: dt.date, kinds: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """No amount, one, or two that may disagree."""
    return [
        {
            "amount": draw(_money),
            "as_of": end - dt.timedelta(days=draw(st.integers(0, 60))),
            "source": source,
            "address": f"any.yaml:{draw(st.integers(1, 900))}",
        }
        | ({"kind": draw(st.sampled_from(kinds))} if kinds else {})
        for source in draw(st.lists(st.sampled_from(SOURCES), unique=True, max_size=2))
    ]


@st.composite
def _position(draw: st.DrawFn, end: dt.date) -> dict[str, Any]:
    kinds = ("proposed", "budget", "revised", "not stated")
    return {"allocations": draw(_amounts(end, kinds))} | {name: draw(_amounts(end)) for name in _STAGES}


@st.composite
def _budgets(draw: st.DrawFn, to_date: Period) -> list[dict[str, Any]]:
    """The position to date and, perhaps, of the same months of the two years before."""
    periods = [to_date.before(12 * back) for back in range(3) if draw(st.booleans())]
    return [{"period": p, "covers": "The division"} | draw(_position(p.last_day)) for p in periods]


@st.composite
def _reading(draw: st.DrawFn, period: Period) -> dict[str, Any]:
    kpi = draw(st.sampled_from(_KPIS))
    month = period_of(period.last, period.last)
    about = draw(
        st.sampled_from(
            [period, period.year_to_date, month, period.year_to_date.year_earlier, month.year_earlier]
        )
    )
    return {
        "kpi": kpi.id,
        "period": about,
        "value": draw(_numbers),
        "scope": draw(st.sampled_from([None, "in period", "year to date", "since inception"])),
        "as_of": about.last_day,
        "source": draw(st.sampled_from(SOURCES)),
        "qualifier": draw(st.sampled_from([None, None, "over"])),
        "address": f"any.yaml:{draw(st.integers(1, 900))}",
    }


def _told_once(reading: dict[str, Any]) -> tuple[str, ...]:
    """What a return tells once only."""
    return tuple(str(reading[name]) for name in ("kpi", "period", "scope", "source"))


@st.composite
def _target(draw: st.DrawFn, period: Period) -> dict[str, Any]:
    return {
        "kpi": draw(st.sampled_from(_KPIS)).id,
        "period": period.year,
        "value": str(draw(st.integers(0, 10**6))),
        "as_of": period.year.first.first_day,
        "source": draw(st.sampled_from(SOURCES)),
        "address": f"any.yaml:{draw(st.integers(1, 900))}",
    }


@st.composite
def _project(draw: st.DrawFn, project: Project, end: dt.date) -> dict[str, Any]:
    progress = st.fixed_dictionaries(
        {
            "percent": st.integers(0, 100).map(str),
            "as_of": st.just(end),
            "source": st.sampled_from(SOURCES),
            "address": st.just("any.yaml:7"),
        }
    )
    return {
        "project": project.id,
        "reported_as": project.name,
        "physical": draw(st.lists(progress, max_size=1)),
        "financial": draw(st.lists(progress, max_size=1)),
        "address": f"any.yaml:{draw(st.integers(1, 900))}",
    } | draw(_position(end))


@st.composite
def returns(draw: st.DrawFn, period: Period) -> AgencyReturn:
    """The return of the ministry for a quarter."""
    projects = draw(
        st.lists(st.sampled_from(REGISTERS.projects.entries), unique_by=lambda p: p.id, max_size=8)
    )
    return AgencyReturn.model_validate(
        {
            "agency": "moitt",
            "period": period,
            "sources": [{"id": id, "publisher": f"The {id}", "address": "any.yaml:3"} for id in SOURCES],
            "budgets": draw(_budgets(period.year_to_date)),
            "projects": [draw(_project(project, period.last_day)) for project in projects],
            "readings": draw(st.lists(_reading(period), max_size=8, unique_by=_told_once)),
            "targets": draw(st.lists(_target(period), max_size=3)),
        }
    )


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    """A quarter, with or without the quarter before it."""
    period = quarter(draw(st.integers(2020, 2025)), draw(st.integers(1, 4)))
    previous = [draw(returns(period.previous))] if draw(st.booleans()) else []
    return assemble([draw(returns(period))], REGISTERS, previous=previous)
