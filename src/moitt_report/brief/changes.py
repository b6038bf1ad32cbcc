"""What changed since the earlier brief: how the headline figures moved, and which figures are restated."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Brief, Cell, Column, Row, Runs, Table
from moitt_report.brief.earlier import Earlier
from moitt_report.brief.exports import EXPORTS
from moitt_report.brief.fact import Fact
from moitt_report.brief.kpi_target import TargetFacts
from moitt_report.brief.kpis import KpiFacts, month_fact, told_fact
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.legends import points_note
from moitt_report.brief.money import RATES, facts_now, facts_of_year, facts_over
from moitt_report.brief.outline import BlockPart, Outline
from moitt_report.brief.printed import Printed
from moitt_report.brief.projects import project_fact
from moitt_report.brief.wording import dated, named, say
from moitt_report.errors import Problem, Severity
from moitt_report.model.assembly import assemble
from moitt_report.model.budget import Stage
from moitt_report.model.chosen import Chosen, chosen
from moitt_report.model.kpi import Absence, Direction, Scope
from moitt_report.model.period import Period
from moitt_report.model.period_names import parse_period
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.record import Record

STAGES = (None, Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)
RECORDED = (*STAGES, Stage.TO_LAST_JUNE)
"""The money that is compared with what was said before, whether a page prints it or not."""
SHARES = ("authorised.of-allocation", "utilised.of-allocation", "utilised.of-authorised")
NO_REASON = "No reason is on record"
LISTED = "restated"
"""The block that lists what is restated; a brief without it tells of a part only."""


# --- what was said before -----------------------------------------------------------------------


def what_was_said(portfolio: Portfolio, outline: Outline, previous: Earlier | None) -> Earlier:
    """The earlier facts: those of the previous brief, else what the previous returns would have said."""
    said = previous
    if said is None and portfolio.previous:
        before = assemble(portfolio.previous, portfolio.registers, previous=portfolio.before)
        ledger = recorded(before, outline)
        sources = {entry.number: entry.source.id for entry in ledger.sources.listed}
        cited = {fact.id: tuple(sources[number] for number in fact.sources) for fact in ledger.facts}
        said = Earlier.of(f"returns of {wording.period_name(before.period)}", "", ledger.facts, cited)
    waivers = tuple(waiver for filed in portfolio.returns for waiver in filed.waivers)
    by_record: dict[Record, Chosen] = {settled.used: settled for settled in chosen(portfolio)}
    return replace(said, waivers=waivers, chosen=by_record) if said else Earlier()


def recorded(portfolio: Portfolio, outline: Outline) -> Ledger:
    """A ledger with the facts that a brief of `portfolio` prints of its own figures: money, KPIs and their months, projects."""
    c = Composition(portfolio, Ledger(portfolio.sources), outline)
    for facts in (facts_now(c), facts_of_year(c, 1), facts_of_year(c, 2)):
        for stage in RECORDED:
            facts.amount(stage)
        for rate in RATES:
            facts.rate(rate.name)
    for kpi in portfolio.kpis:
        known = KpiFacts(c, kpi)
        known.cumulative()
        known.quarter()
        TargetFacts(known).whole()
        if kpi.id == EXPORTS:
            for month in (*portfolio.to_date.months, *portfolio.to_date.year_earlier.months):
                month_fact(c, kpi, month)
        for n, reading in enumerate(portfolio.readings(kpi.id), 1):
            told_fact(c, kpi, reading, n)
    for report in portfolio.projects:
        for stage in RECORDED:
            project_fact(c, report, stage)
    return c.ledger


def take_in_restated(c: Composition) -> None:
    """Bring in what was restated and no page of this brief prints, so that it is listed all the same."""
    if not has_earlier(c):
        return
    now = recorded(c.portfolio, c.outline)
    told = {fact.identity for fact in c.ledger.facts}
    for fact in now.facts:
        if fact.identity not in told and c.ledger.earlier.differing(fact) is not None:
            c.ledger.take_in(now, fact.id)
            told = {one.identity for one in c.ledger.facts}
    for n, period in enumerate(_told_before(c), 1):
        then = facts_over(c, period, f"then.{n}.")
        for stage in STAGES:
            if stage is not None and not isinstance(then.money(stage), Absence):
                then.amount(stage)


def _told_before(c: Composition) -> list[Period]:
    """The months to date of earlier briefs for which the returns give the money once more."""
    now = c.portfolio.to_date
    told = {parse_period(fact.period) for fact in c.ledger.earlier.by_id.values() if fact.period}
    own = {now, now.before(12), now.before(24)}  # made into facts already
    return sorted(told - own, key=lambda period: period.last_day)


# --- the headline figures -----------------------------------------------------------------------


def has_earlier(c: Composition) -> bool:
    """Whether an earlier brief, or earlier returns, are there to compare with."""
    return bool(c.ledger.earlier.facts)


def has_moved(c: Composition) -> bool:
    """Whether the earlier brief gave any of the headline figures."""
    known = c.ledger.earlier.by_id
    given = {id for id, fact in known.items() if fact.value is not None}
    return has_earlier(c) and any(now.fact in given for now, _ in _headlines(c))


def earlier_name(c: Composition) -> Runs:
    """What the earlier figures stood in: `brief of FY 2024-25 Q1`; no words when there are none."""
    return named(c.ledger.earlier.name) if c.ledger.earlier.name else ()


def change_table(c: Composition, part: BlockPart) -> Table:
    """The headline figures of the earlier brief and of this one, and what changed."""
    rows = [row for now, decimals in _headlines(c) if (row := _row(c, now, decimals)) is not None]
    return Table(
        anchor="changes",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Figure"), width=44),
            Column(head=say("Unit"), width=18),
            Column(head=say("Months"), width=29),
            Column(head=say("Earlier"), width=19, align="right"),
            Column(head=say("Months"), width=29),
            Column(head=say("Now"), width=19, align="right"),
            Column(head=say("Change"), width=17, align="right"),
        ),
        rows=tuple(rows),
        notes=(*c.notes(part), *points_note(rows)),
        size="dense",
    )


def _headlines(c: Composition) -> Iterator[tuple[Printed, int]]:
    """The figures at the head of a brief, each with its decimals."""
    now = facts_now(c)
    if c.portfolio.standing is not None:
        for stage in STAGES:
            yield now.amount(stage), 3
        for name in SHARES:
            yield now.rate(name), 1
    for kpi in c.portfolio.kpis:
        if kpi.direction is not Direction.MILESTONE:
            yield KpiFacts(c, kpi).cumulative(), kpi.decimals


def _row(c: Composition, now: Printed, decimals: int) -> Row | None:
    """One figure then and now; None where the earlier brief has no number, so that nothing can have changed."""
    facts = {fact.id: fact for fact in c.ledger.facts}
    fact, before = facts[now.fact], c.ledger.earlier.by_id.get(now.fact)
    then = c.ledger.before(fact)
    if then.value is None:
        return None
    change = _change(c, fact, before, now, then, decimals)
    name = _named(fact)
    return Row(
        cells=(
            Cell(runs=name),
            Cell(runs=named(fact.unit)),
            Cell(runs=_months(before)),
            Cell(runs=then.run("table")),
            Cell(runs=_months(fact)),
            Cell(runs=now.run("table")),
            Cell(runs=change.run("table")),
        )
    )


def _named(fact: Fact) -> Runs:
    """The label without its months, which stand in columns of their own."""
    months = wording.months(parse_period(fact.period)) if fact.period else ""
    return named(fact.label.removesuffix(f", {months}") or fact.label)


def _months(fact: Fact | None) -> Runs:
    return dated(wording.short_months(parse_period(fact.period))) if fact and fact.period else say("–")


def _change(
    c: Composition, fact: Fact, before: Fact | None, now: Printed, then: Printed, decimals: int
) -> Printed:
    """Now less then; not applicable where the two count different things."""
    value: Decimal | Absence = Absence.NOT_REPORTED
    if now.value is not None and then.value is not None:
        alike = before is None or _comparable(fact, before)
        value = now.value - then.value if alike else Absence.NOT_APPLICABLE
    return c.ledger.signed(
        f"change.{fact.id}",
        f"Change of {fact.label} since the {c.ledger.earlier.name}",
        value,
        fact.unit,
        decimals,
        inputs=(now.fact, then.fact),
        formula="now − earlier",
    )


_STARTS_ANEW = {f"{stage}" for stage in Stage} | {rate.name for rate in RATES}


def _comparable(fact: Fact, before: Fact) -> bool:
    """Whether a difference says anything: one figure of one scope, and no count that began anew in July."""
    figure = fact.subject.partition(" ")[0]
    if figure == "allocation":
        return before.subject.partition(" ")[0] == figure
    if fact.subject != before.subject:
        return False
    anew = figure in _STARTS_ANEW or f"({Scope.YEAR_TO_DATE})" in fact.subject
    return not anew or parse_period(fact.period).year == parse_period(before.period).year


# --- restated figures ---------------------------------------------------------------------------


def has_restated(c: Composition) -> bool:
    """Whether any figure has another value than the earlier brief gave."""
    return any(fact.restated for fact in c.ledger.facts)


def restated_table(c: Composition, part: BlockPart) -> Table:
    """Every figure that the earlier brief gave otherwise: then, now, the difference, and why."""
    rows = [_restated_row(c, fact) for fact in c.ledger.facts if fact.restated]
    return Table(
        anchor="restated",
        **c.frame(part, c.next_table()),
        columns=(
            Column(head=say("Figure"), width=50),
            Column(head=say("Unit"), width=18),
            Column(head=say("Was"), width=20, align="right"),
            Column(head=say("Is now"), width=22, align="right"),
            Column(head=say("Difference"), width=20, align="right"),
            Column(head=say("Reason"), width=48),
        ),
        rows=tuple(rows),
        notes=(*c.notes(part), *points_note(rows)),
        size="dense",
    )


def _restated_row(c: Composition, fact: Fact) -> Row:
    assert fact.restated is not None  # noqa: S101  the caller chose it for that
    was, now = c.ledger.printed(fact.restated.fact), c.ledger.printed(fact.id)
    missing = was.value is None or now.value is None
    gap = c.ledger.signed(
        f"restated.{fact.id}",
        f"Restated by: {fact.label}",
        Absence.NOT_APPLICABLE if was.value is None or now.value is None else now.value - was.value,
        fact.unit,
        0 if missing else max(_decimals(was), _decimals(now)),
        inputs=(now.fact, was.fact),
        formula="now − as it was",
    )
    return Row(
        cells=(
            Cell(runs=named(fact.label)),
            Cell(runs=named(fact.unit)),
            Cell(runs=was.run("table")),
            Cell(runs=now.run("table")),
            Cell(runs=gap.run("table")),
            Cell(runs=c.quote(fact.restated.reason) if fact.restated.reason else say(NO_REASON)),
        )
    )


def _decimals(printed: Printed) -> int:
    """How many decimals the table prints of a figure."""
    digits = printed.printings["table"].split("\u00a0")[0]
    return len(digits.partition(".")[2])


def unexplained(brief: Brief, severity: Severity = "warning") -> Iterator[Problem]:
    """Each restated figure for which no return gives a reason."""
    facts = {fact.id: fact for fact in brief.facts}
    for fact in brief.facts:
        if fact.restated and not fact.restated.reason:
            was = facts[fact.restated.fact]
            yield Problem(
                fact.address or was.address or brief.period,
                f"“{fact.label}” was {_exactly(was)} in an earlier brief and is {_exactly(fact)} now",
                "a final brief needs a reason: give it under “waivers”, rule restated, "
                f"about {fact.restated.about}, figure {fact.restated.figure}",
                severity,
            )


def _exactly(fact: Fact) -> str:
    """The exact value with its unit, or the words of an absence: `Rs 450 million`, `45 parks`."""
    if fact.number is None:
        return fact.absence or ""
    return wording.exact(fact.number, fact.unit).replace(wording.NBSP, " ")
