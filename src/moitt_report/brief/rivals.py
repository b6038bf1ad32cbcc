"""What stands beside the figure used: where it was published, by how much it differs, why it is not the one used."""

from collections.abc import Iterable

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Runs
from moitt_report.brief.printed import Printed
from moitt_report.brief.wording import say
from moitt_report.model.arithmetic import difference
from moitt_report.model.budget import Allocation, Amount
from moitt_report.model.kpi import Absence, Reading, Target
from moitt_report.model.settled import Precedence, Settled

_PRECEDENCE = {
    Precedence.REVISED: "the budget allocation gives way to the revised one",
    Precedence.LATEST: "the latest as-of date is used",
    Precedence.FIRST: "of figures of one date the one listed first is used",
}


def cited(c: Composition, source: str) -> Runs:
    """The source of a figure, in brackets."""
    return (*say(" ("), c.ledger.sources.cite(source), *say(")"))


def also_published(c: Composition, rivals: Iterable[tuple[Runs, str]]) -> Runs:
    """The words of each rival, with the source it comes from; semicolons between them."""
    return wording.joined([words + cited(c, source) for words, source in rivals], "; ", "; ")


def gaps(c: Composition, used: Printed, rivals: Iterable[Printed], unit: str, decimals: int) -> Runs:
    """What each rival has more or less than the figure used, in the order of `also_published`."""
    found = [gap(c, f"{rival.fact}.gap", used, rival, unit, decimals).run() for rival in rivals]
    return wording.joined(found, "; ", "; ")


def why_used(
    c: Composition, settled: Settled[Allocation] | Settled[Amount] | Settled[Reading] | Settled[Target]
) -> Runs:
    """Why this figure is used: by the choice on record, else what it goes before the others for."""
    if settled.reason is not None:
        return c.quote(settled.reason)
    ways = [_PRECEDENCE[one] for one in settled.precedence]
    if set(settled.precedence) != {Precedence.REVISED}:  # which is a reason by itself
        ways.append("no reason for the choice is on record")
    return wording.capitalised(say("; ".join(ways) + "."))


def gap(c: Composition, id: str, used: Printed, other: Printed, unit: str, decimals: int) -> Printed:
    """What the other figure has more or less than the one used."""
    more = difference(
        Absence.NOT_REPORTED if other.value is None else other.value,
        Absence.NOT_REPORTED if used.value is None else used.value,
    )
    return c.ledger.signed(
        id, "Difference from the figure used", more, unit, decimals, inputs=(other.fact, used.fact)
    )
