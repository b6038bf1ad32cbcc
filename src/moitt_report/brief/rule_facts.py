"""The facts of the rules that the brief states: each with the register it stands in."""

from typing import Literal, assert_never

from moitt_report.brief.composition import Composition
from moitt_report.brief.printed import Printed


def threshold(c: Composition, name: Literal["on_target", "watch"]) -> Printed:
    """A threshold of the status rule: from which share of the target due a KPI is on target, or to be watched."""
    rule = c.portfolio.registers.rules.status
    match name:
        case "on_target":
            value = rule.on_target
        case "watch":
            value = rule.watch
        case _:
            assert_never(name)
    return c.ledger.rule(f"status.{name.replace('_', '-')}", f"Status threshold, {name}", value, rule)


def december_rule(c: Composition) -> Printed:
    """The share of the allocation to be utilised by December."""
    rule = c.portfolio.registers.rules.utilisation
    return c.ledger.rule(
        "rule.december",
        "Share of the allocation to be utilised by December",
        rule.least_by_december,
        rule,
    )
