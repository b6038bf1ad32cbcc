"""What is to be decided: the bottlenecks and decisions of the returns, the most money at risk first.

Decisions an outline derives from the figures come before them; all share one count, D1, D2 …
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Block, Cell, Column, NoteRef, Paragraph, Row, Runs, Table, plain
from moitt_report.brief.outline import BlockPart, DecisionItem, DecisionsPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, furniture, named, say
from moitt_report.model.agency_return import AgencyReturn, Issue
from moitt_report.model.money import Money
from moitt_report.model.project import Project

_NONE = "No return reports a bottleneck or seeks a decision."


@dataclass(frozen=True, slots=True)
class Raised:
    """An issue, the return that raises it, and the number of the decision it seeks."""

    issue: Issue
    filed: AgencyReturn
    number: str = ""
    """D1, D2 …; empty where nothing is sought."""


def raised(c: Composition) -> list[Raised]:
    """The issues known at the cut-off; those that seek a decision first, the most money at risk first."""
    return c.once("raised", lambda: list(_numbered(c)))


def _numbered(c: Composition) -> Iterator[Raised]:
    known = [Raised(i, f) for f in c.portfolio.returns for i in f.issues if i.as_of <= c.portfolio.as_of]
    known.sort(key=lambda one: _urgency(c, one.issue))
    number = len(derived(c))
    for one in known:
        if one.issue.decision is None:
            yield one
        else:
            number += 1
            yield Raised(one.issue, one.filed, f"D{number}")


def _urgency(c: Composition, issue: Issue) -> tuple[bool, Decimal, dt.date]:
    return issue.decision is None, -_at_risk(c, issue), issue.by or dt.date.max


def _at_risk(c: Composition, issue: Issue) -> Decimal:
    """The allocation of the project in rupees; nought for an issue of the agency as a whole."""
    reports = (p for p in c.portfolio.projects if p.project == issue.project)
    amount = next((c.portfolio.allocation_of(p) for p in reports), None)
    return amount.rupees if isinstance(amount, Money) else Decimal(0)


def derived(c: Composition) -> list[DecisionItem]:
    """The decisions of the outline whose figures are all reported."""
    return [item for part in _parts(c) for item in part.decisions if c.fits(item.decision)]


def _parts(c: Composition) -> list[DecisionsPart]:
    parts = (part for section in c.outline.sections for part in section.parts)
    return [part for part in parts if isinstance(part, DecisionsPart)]


def _shown(c: Composition) -> list[Raised]:
    """The decisions of the returns that the first list of decisions has room for."""
    first = next(iter(_parts(c)), None)
    room = 0 if first is None else max(first.most - len(derived(c)), 0)
    return [one for one in raised(c) if one.number][:room]


# --- the front page -----------------------------------------------------------------------------


def decision_blocks(c: Composition, part: DecisionsPart) -> Iterator[Block]:
    """The decisions sought, no more than `part.most`; how many more the returns seek stands below."""
    first = part is _parts(c)[0]
    shown = _shown(c) if first else []
    rows = [_derived_row(c, n, item) for n, item in enumerate(derived(c), 1) if item in part.decisions]
    rows += [_raised_row(c, one) for one in shown]
    if not rows:
        yield Paragraph(
            runs=say("None arises from the figures of this period, and no return seeks one."), role="legend"
        )
        return
    heads = ("No.", "Decision", "Basis", "Responsible", "By")
    # A bottleneck in the words of a return needs more room than a reference.
    widths = (9, 58, 57, 24, 20) if shown else (9, 71, 42, 24, 22)
    yield Table(
        anchor="decisions",
        title=(),
        columns=tuple(
            Column(head=say(head), width=width, muted=head == "No.")
            for head, width in zip(heads, widths, strict=True)
        ),
        stub=1,
        rows=tuple(rows),
        size="roomy",
    )
    left = sum(bool(one.number) for one in raised(c)) - len(shown)
    if first and left:
        rest = [one for one in raised(c) if one.number and one not in shown]
        more = _count(c, "decisions.more", "Decisions not shown", "decisions", rest)
        yield Paragraph(
            runs=say("More decisions sought: ") + more.run("plain") + say(", in the table of bottlenecks."),
            role="legend",
        )


def _derived_row(c: Composition, n: int, item: DecisionItem) -> Row:
    return Row(
        anchor=f"D{n}",
        cells=(
            Cell(runs=furniture(f"D{n}", "number")),
            Cell(runs=c.speak((item.decision,))),
            Cell(runs=c.speak(item.basis)),
            Cell(blank=True),
            Cell(blank=True),
        ),
    )


def _raised_row(c: Composition, one: Raised) -> Row:
    issue = one.issue
    return Row(
        anchor=one.number,
        cells=(
            Cell(runs=furniture(one.number, "number")),
            Cell(runs=c.quote(issue.decision or "")),
            Cell(runs=_whose(c, one) + say(": ") + c.quote(issue.bottleneck)),
            Cell(runs=named(issue.sought_from)) if issue.sought_from else Cell(blank=True),
            Cell(runs=dated(wording.short_day(issue.by))) if issue.by else Cell(blank=True),
        ),
    )


def _whose(c: Composition, one: Raised) -> Runs:
    """The project in the words of the return; the agency where the issue is about no single project."""
    if one.issue.project is None:
        return named(c.portfolio.registers.agencies.get(one.filed.agency).short)
    reports = (p.reported_as for p in c.portfolio.projects if p.project == one.issue.project)
    return named(next(reports, c.portfolio.registers.projects.get(one.issue.project).name))


# --- the table ----------------------------------------------------------------------------------


def issue_table(c: Composition, part: BlockPart) -> Table:
    """Every bottleneck of the returns: the decision sought, from whom, who follows it up, by when."""
    heads = {"No.": 9, "Project": 30, "Bottleneck": 36, "Decision sought": 36}
    heads |= {"From whom": 20, "Owner": 24, "By": 17}
    if isinstance(c.about, Project):
        del heads["Project"]
    shown, issues = _shown(c), raised(c)
    return Table(
        anchor="bottlenecks",
        **c.frame(part, c.next_table()),
        columns=tuple(
            Column(head=say(head), width=width, muted=head == "No.") for head, width in heads.items()
        ),
        stub=1,
        rows=tuple(_issue_row(c, one, one in shown) for one in issues),
        notes=c.notes(part),
        sources=source_line(c, [one.issue.source for one in issues]),
        size="dense",
    )


def _issue_row(c: Composition, one: Raised, shown: bool) -> Row:
    issue = one.issue
    number: Runs = furniture(one.number, "number") if one.number else say("–")
    if shown:
        number = (NoteRef(words=one.number),)
    nothing = c.ledger.not_applicable().run()
    return Row(
        anchor="" if shown else one.number,
        cells=(
            Cell(runs=number),
            *(() if isinstance(c.about, Project) else (Cell(runs=_whose(c, one)),)),
            Cell(runs=c.quote(issue.bottleneck)),
            Cell(runs=c.quote(issue.decision) if issue.decision else say("none")),
            Cell(runs=named(issue.sought_from) if issue.sought_from else nothing),
            Cell(runs=named(issue.owner)),
            Cell(runs=_by(issue) if issue.decision else nothing),
        ),
    )


def _by(issue: Issue) -> Runs:
    return dated(wording.short_day(issue.by)) if issue.by else say("not given")


def issue_count(c: Composition) -> Printed:
    """How many bottlenecks the returns report."""
    return _count(c, "bottlenecks", "Bottlenecks reported", "bottlenecks", raised(c))


def _count(c: Composition, id: str, label: str, unit: str, issues: Sequence[Raised]) -> Printed:
    return c.ledger.how_many(id, label, unit, [_issue_fact(c, one).fact for one in issues])


def _issue_fact(c: Composition, one: Raised) -> Printed:
    """One issue as a figure, so that a count of them leads to the line of each."""
    n = one.filed.issues.index(one.issue) + 1
    return c.ledger.count(
        f"issue.{one.filed.agency}.{n}",
        f"Bottleneck, {plain(_whose(c, one))}",
        Decimal(1),
        "bottlenecks",
        cite=(one.issue.source,),
        address=one.issue.address,
    )


def decision_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of bottlenecks and decisions."""
    return {
        "bottlenecks": lambda: issue_count(c).if_any(),
        "bottlenecks.none": lambda: () if raised(c) else say(_NONE),
        "decisions.sought": lambda: _sought_count(c).if_any(),
        "decisions.next": lambda: _next_day(c),
    }


def _sought_count(c: Composition) -> Printed:
    sought = [one for one in raised(c) if one.number]
    return _count(c, "decisions.sought", "Decisions the returns seek", "decisions", sought)


def _next_day(c: Composition) -> Runs:
    """The earliest day by which a decision is sought."""
    days = [one.issue.by for one in raised(c) if one.number and one.issue.by]
    return dated(wording.day(min(days))) if days else ()
