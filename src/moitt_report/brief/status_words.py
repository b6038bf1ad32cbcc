"""A status and its reason in words; a status set by a person stands beside the computed one."""

from typing import assert_never

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Runs, Tone
from moitt_report.brief.kpi_target import TargetFacts
from moitt_report.brief.rule_facts import threshold
from moitt_report.brief.wording import dated, say
from moitt_report.model.kpi import Scope
from moitt_report.model.period import period_of
from moitt_report.model.status import Ground, Judgement, Status

TONES: dict[Status, Tone] = {
    Status.ON_TARGET: "good",
    Status.WATCH: "watch",
    Status.BEHIND: "bad",
    Status.NOT_YET_DUE: "open",
    Status.NOT_RATED: "none",
}


def status_runs(c: Composition, aim: TargetFacts) -> Runs:
    """The status with its reason; where a person set it, who, when and why, and the computed one after it."""
    computed = aim.judgement
    words = _head(computed.status) + _reason(c, aim, computed)
    override = c.portfolio.override(aim.kpi.id)
    if override is None:
        return words
    return _head(override.status) + c.answered_for(override, "set by ") + say("; computed: ") + words


def _head(status: Status) -> Runs:
    return say(status.value, bold=True) + say(": ")


def _reason(c: Composition, aim: TargetFacts, judgement: Judgement) -> Runs:
    target = aim.target
    match judgement.ground:
        case Ground.SHARE:
            words = aim.achieved().run("prose")
            if target is not None and target.baseline:
                words += say(" of the way from ") + aim.baseline().run() + say(" to the target due")
            else:
                words += say(" of the target due")
            return words + _due_by(c, aim) + say("; ") + rule_words(c, judgement.status)
        case Ground.KEPT:
            return say("at or below the limit, ") + aim.due().run()
        case Ground.EXCEEDED:
            return (
                say("above the limit, ")
                + aim.due().run()
                + say("; no baseline on record to measure the way from")
            )
        case Ground.INSIDE:
            return say("inside the band")
        case Ground.OUTSIDE:
            return (
                say("outside the band; within ")
                + aim.achieved().run("prose")
                + say(" of its nearest end; ")
                + _band_words(c, judgement.status)
            )
        case Ground.REACHED:
            return say("reached what was aimed at")
        case Ground.OVERDUE:
            return (
                say("due ") + dated(wording.day(target.due_day)) + say(" and not reached") if target else ()
            )
        case Ground.NOT_DUE:
            return _not_due(aim)
        case Ground.NO_TARGET:
            return say("no target on record") + _note(c, aim)
        case Ground.NO_READING:
            return say("no reading on record") + _note(c, aim)
        case Ground.NO_ORDER:
            return say("the order of its steps is not on record") + _note(c, aim)
        case Ground.OTHER_TIME:
            return _other_time(c, aim)
        case Ground.MONTHS_MISSING:
            return say("not all months that the target counts are on record") + _note(c, aim)
        case _:
            assert_never(judgement.ground)


def _not_due(aim: TargetFacts) -> Runs:
    """The day the target is due, and how far things are."""
    words = say("target date ") + dated(wording.day(aim.target.due_day)) if aim.target else ()
    so_far = aim.so_far()
    return words if so_far.value is None else words + say("; ") + so_far.run("prose") + say(" so far")


def _due_by(c: Composition, aim: TargetFacts) -> Runs:
    """The day the target due is taken at, where it is not the end of the period; what is set against it, where
    that is not what stands under “Cumulative”."""
    last, counted = aim.due_month, aim.aimed_at
    if counted is not None and counted != aim.facts.stands:
        over = dated(wording.short_months(counted.period))
        return say(", from ") + aim.measured().run() + say(" in ") + over
    return () if last == c.portfolio.period.last else say(" by ") + dated(wording.day(last.last_day))


def _other_time(c: Composition, aim: TargetFacts) -> Runs:
    """That reading and target count over different times, and over which."""
    target, counted = aim.target, aim.facts.stands
    if target is None or counted is None:
        return ()
    if Scope.SINCE_INCEPTION in (target.scope, counted.scope):
        words = f"counted {_lower(counted.scope)}, the target {_lower(target.scope)}"
        return say(words) + _note(c, aim)
    first, its_first = (period_of(p.first, p.first) for p in (counted.period, target.period))
    return (
        say("counted from ")
        + dated(wording.short_months(first))
        + say(", the target from ")
        + dated(wording.short_months(its_first))
        + _note(c, aim)
    )


def _lower(scope: Scope) -> str:
    words = "to date in the year" if scope is Scope.YEAR_TO_DATE else wording.scope_words(scope).lower()
    return "over time not stated" if scope is Scope.NOT_STATED else words


def _note(c: Composition, aim: TargetFacts) -> Runs:
    reference = c.reference(aim.kpi.id)
    return say("; see note ") + reference if reference else ()


def _band_words(c: Composition, status: Status) -> Runs:
    """The rule for what is outside a band: however near, it is to be watched."""
    low = threshold(c, "watch").run("prose")
    return (
        say("behind is under ") + low if status is Status.BEHIND else say("watch is ") + low + say(" or more")
    )


def rule_words(c: Composition, status: Status) -> Runs:
    """The rule that was applied: `watch is 75 % to under 90 %`."""
    high, low = threshold(c, "on_target").run("prose"), threshold(c, "watch").run("prose")
    match status:
        case Status.ON_TARGET:
            return say("on target is ") + high + say(" or more")
        case Status.WATCH:
            return say("watch is ") + low + say(" to under ") + high
        case _:
            return say("behind is under ") + low
