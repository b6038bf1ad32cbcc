"""The local and foreign component of an amount."""

from typing import Literal

from moitt_report.brief.composition import Composition
from moitt_report.brief.printed import Printed
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money


def component(
    c: Composition,
    owner: str,
    label: str,
    amount: Money | Absence,
    which: Literal["local", "foreign"],
    *,
    read: Amount | None = None,
    parts: tuple[Printed, ...] = (),
) -> Printed:
    """The local or foreign component of an amount: read where the amount was, or summed from its `parts`."""
    part = amount if isinstance(amount, Absence) else _part(amount, which)
    return c.ledger.money(
        f"{owner}.{which}",
        f"{which.capitalize()} component, {label}",
        part,
        formula="sum of the components" if parts else "",
        operation="sum" if parts else None,
        inputs=tuple(p.fact for p in parts),
        cite=(read.source,) if read and not isinstance(part, Absence) else (),
        address=read.address if read else "",
    )


def _part(amount: Money, which: Literal["local", "foreign"]) -> Money | Absence:
    rupees = amount.local if which == "local" else amount.foreign
    return Absence.NOT_REPORTED if rupees is None else Money(rupees=rupees)
