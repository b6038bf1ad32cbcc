"""The returns a brief rests on: who filed, who did not, and as of when."""

from collections.abc import Iterable
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Cell, Column, Row, Runs, Table
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.agency_return import AgencyReturn, latest_as_of
from moitt_report.model.kpi import Absence


def has_several(c: Composition) -> bool:
    """Whether more than one agency is concerned: with one return there is nothing to list."""
    return len(c.portfolio.returns) > 1 or bool(c.portfolio.not_filed)


def return_tokens(c: Composition) -> dict[str, Maker]:
    """How many agencies filed, and how many were awaited."""
    filed = [one.address for one in c.portfolio.returns]
    missed = [one.address for one in c.portfolio.previous if one.agency in c.portfolio.not_filed]
    return {
        "returns": lambda: _count(c, "returns", "Returns filed", len(filed), filed),
        "returns.awaited": lambda: _count(
            c, "returns.awaited", "Returns awaited", len(filed) + len(missed), [*filed, *missed]
        ),
        "returns.missing": lambda: _some(c, missed),
        "returns.silent": lambda: _silent(c),
    }


def _silent(c: Composition) -> Runs:
    """The agencies of the register that filed neither for this period nor for the one before."""
    heard = {filed.agency for filed in c.portfolio.returns} | set(c.portfolio.not_filed)
    silent = [agency for agency in c.portfolio.registers.asked if agency.id not in heard]
    return wording.joined([named(agency.short) for agency in silent])


def _some(c: Composition, missed: list[str]) -> Runs:
    label = "Returns not filed, counted by the return before"
    return _count(c, "returns.missing", label, len(missed), missed).run("plain") if missed else ()


def _count(c: Composition, id: str, label: str, number: int, where: Iterable[str]) -> Printed:
    """A number of things found at `where`."""
    return c.ledger.count(
        id, label, Decimal(number), "returns", formula="count", address=", ".join(where)[:400]
    )


def return_table(c: Composition, part: BlockPart) -> Table:
    """Each agency awaited: filed or not, the latest day its figures are of, its projects and readings."""
    rows = [_filed_row(c, filed) for filed in c.portfolio.returns]
    rows += [_missing_row(c, agency) for agency in c.portfolio.not_filed]
    return Table(
        anchor="returns",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Agency"), width=78),
            Column(head=say("Return"), width=22),
            Column(head=say("Projects"), width=20, align="right"),
            Column(head=say("Readings"), width=20, align="right"),
            Column(head=say("As of"), width=28, align="right"),
        ),
        rows=tuple(rows),
        notes=c.notes(part),
    )


def _filed_row(c: Composition, filed: AgencyReturn) -> Row:
    key = f"returns.{filed.agency}"
    name = _name(c, filed.agency)
    projects, readings = (
        c.ledger.count(
            f"{key}.{what}",
            f"{what.capitalize()} in the return of {name}",
            Decimal(number),
            what,
            formula="count of its entries",
            address=filed.address,
        )
        for what, number in (("projects", len(filed.projects)), ("readings", len(filed.readings)))
    )
    return Row(
        cells=(
            Cell(runs=named(name)),
            Cell(runs=say("filed")),
            Cell(runs=projects.run("plain")),
            Cell(runs=readings.run("plain")),
            Cell(runs=dated(wording.short_day(latest_as_of(filed)))),
        )
    )


def _missing_row(c: Composition, agency: str) -> Row:
    none = c.ledger.money("returns.none", "Figure of a return that was not filed", Absence.NOT_REPORTED)
    return Row(
        cells=(
            Cell(runs=named(_name(c, agency))),
            Cell(runs=say("not filed", bold=True)),
            *(Cell(runs=none.run()) for _ in range(3)),
        )
    )


def _name(c: Composition, agency: str) -> str:
    return c.portfolio.registers.agencies.get(agency).in_full
