"""Returns to a portfolio: whose count each reading is, which source is which, and the cut-off."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from moitt_report.model.agency_return import AgencyReturn, latest_as_of
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import MINISTRY
from moitt_report.model.record import LONGEST_ID
from moitt_report.model.registers import Registers
from moitt_report.model.source import Source


def _own_parts(filed: AgencyReturn, registers: Registers) -> AgencyReturn:
    """The return with each total of somebody else's KPI marked as the part of the agency that filed it."""
    owned = {k.id for k in registers.kpis.entries if k.owner == filed.agency}
    if filed.agency == MINISTRY or all(r.kpi in owned or r.part is not None for r in filed.readings):
        return filed
    readings = tuple(
        r if r.kpi in owned or r.part is not None else r.model_copy(update={"agency": filed.agency})
        for r in filed.readings
    )
    return filed.model_copy(update={"readings": readings})


def _sources_apart(returns: Iterable[AgencyReturn]) -> tuple[AgencyReturn, ...]:
    """The returns with the ids of their sources made unique.

    Two agencies may both call a source `letter`, and so may one agency in every quarter.
    """
    known: dict[str, Source] = {}
    apart = []
    for filed in returns:
        ids = {}
        for source in filed.sources:
            plain = source.model_copy(update={"address": ""})
            id = next(one for one in _ids(source.id, filed.agency) if known.setdefault(one, plain) == plain)
            if id != source.id:
                ids[source.id] = id
        apart.append(_renamed(filed, ids) if ids else filed)
    return tuple(apart)


def _ids(id: str, agency: str) -> Iterator[str]:
    """Ids to try: the id itself, then with the agency's behind it, then numbered; none longer than an id may be."""
    yield id
    for n in count(1):
        end = f"-{agency}" if n == 1 else f"-{agency}-{n}"
        yield id[: LONGEST_ID - len(end)] + end


def _renamed(filed: AgencyReturn, ids: dict[str, str]) -> AgencyReturn:
    """The return with some of its sources, and whatever refers to them, under other ids."""

    def walked(value: Any) -> Any:
        match value:
            case dict():
                return {
                    key: ids.get(one, one) if key == "source" and isinstance(one, str) else walked(one)
                    for key, one in value.items()
                }
            case tuple() | list():
                return [walked(one) for one in value]
            case _:
                return value

    values = walked(filed.model_dump())
    for source in values["sources"]:
        source["id"] = ids.get(source["id"], source["id"])
    return AgencyReturn.model_validate(values)


def assemble(
    returns: Iterable[AgencyReturn],
    registers: Registers,
    *,
    previous: Iterable[AgencyReturn] = (),
    before: Iterable[AgencyReturn] = (),
    as_of: dt.date | None = None,
) -> Portfolio:
    """The portfolio of `returns`, which are all of one period.

    `previous` are the returns of the period before, `before` those of the year's quarters before that. A total that
    an agency files for a KPI of somebody else is taken for its own part, not for a rival of the total; what the
    ministry files is about all. The cut-off `as_of` is by default the latest date of a figure that lies in the period.

    Raises `ValueError` when there are no returns.
    """
    filed = tuple(_own_parts(one, registers) for one in returns)
    if not filed:
        raise ValueError("a portfolio needs at least one return")
    last = tuple(_own_parts(one, registers) for one in previous)
    every = _sources_apart((*filed, *last, *(_own_parts(one, registers) for one in before)))
    now, then = len(filed), len(filed) + len(last)
    filed = every[:now]
    return Portfolio(
        period=filed[0].period,
        returns=filed,
        registers=registers,
        as_of=as_of or max(map(latest_as_of, filed)),
        previous=every[now:then],
        before=every[then:],
    )
