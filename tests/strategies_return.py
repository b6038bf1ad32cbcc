"""Whole returns at random, with every field a return may have. All figures and words are made up."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from moitt_report.model.agency_return import AgencyReturn, Choice, Issue, Said
from moitt_report.model.budget import Allocation, AllocationKind, Amount, Budget, Stage
from moitt_report.model.kpi import Reading, Scope, Target
from moitt_report.model.project import Milestone, Progress, ProjectReport, ProjectStage, Schedule
from moitt_report.model.source import Source
from moitt_report.model.status import Status
from moitt_report.model.waiver import Override, RuleName, Waiver
from moitt_report.pipeline.inputs import load_registers
from strategies import absences, moneys, periods, positive_numbers

REGISTERS = load_registers()
SOURCES = ("letter", "press", "pc-1")
NASTY = (
    "KPIs", "budget", "=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "'quoted'", 'says "no"', "a, b; c\td".replace("\t", " "),
    "# not a comment", "- not an entry", "key: value", "{x}", "[1]", "*a", "&a", "!t", "%", "null", "~", "yes", "1.234",
    "3/4/2025", "2024-12-31", "TBD", "nil", "_x000D_", "_x005F_", "پروجیکٹ", "ﷺ", "🙂", "1e5", "0012", "a\u00a0b", "\u200c",
)  # fmt: skip
words = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=40
)
texts = words.map(lambda text: text.strip()).filter(bool)
names = texts.map(lambda text: " ".join(text.split())).filter(bool)
days = st.dates(dt.date(1950, 1, 1), dt.date(2190, 12, 31))
source = st.sampled_from(SOURCES)
percents = st.integers(0, 10**5).map(lambda n: Decimal(n).scaleb(-3))
amounts = moneys() | absences
dated = {"as_of": days, "source": source}
kpis = st.sampled_from([k.id for k in REGISTERS.kpis.entries])
projects = st.sampled_from([p.id for p in REGISTERS.projects.entries])
agencies = st.sampled_from([a.id for a in REGISTERS.agencies.entries])


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def few(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


amount = st.builds(Amount, amount=amounts, printed=maybe(texts), note=maybe(texts), **dated)
allocation = st.builds(
    Allocation, amount=amounts, kind=st.sampled_from(AllocationKind), printed=maybe(texts), note=maybe(texts), **dated
)  # fmt: skip
position = {"allocations": few(allocation)} | {stage.field: few(amount) for stage in Stage}
budget = st.builds(Budget, period=periods, covers=names, **position).filter(lambda b: b.amounts)
progress = st.builds(Progress, percent=percents, printed=maybe(texts), **dated)
milestone = st.builds(Milestone, name=texts, due=days, reached=maybe(days), note=maybe(texts), **dated)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    first, *rest = sorted(draw(st.sets(days, min_size=3, max_size=3)))
    ends, revised = draw(st.permutations(rest))
    note = draw(maybe(texts))
    return Schedule(
        begins=first, ends=ends, revised_end=draw(maybe(st.just(revised))), note=note,
        as_of=draw(days), source=draw(source),
    )  # fmt: skip


project = st.builds(
    ProjectReport, project=projects, reported_as=texts, stage=maybe(st.sampled_from(ProjectStage)),
    physical=few(progress), financial=few(progress), schedule=maybe(schedules()), milestones=few(milestone),
    note=maybe(texts), **position,
)  # fmt: skip
figure = {
    "kpi": kpis,
    "period": periods,
    "scope": maybe(st.sampled_from(Scope)),
    "printed": maybe(texts),
    **dated,
}
part = {"place": maybe(names), "project": maybe(projects), "note": maybe(texts)}
reading = st.builds(
    Reading,
    value=positive_numbers | absences,
    qualifier=maybe(st.sampled_from(["over", "about"])),
    **figure,
    **part,
) | st.builds(
    Reading, milestone=names, agency=agencies, **figure, **{k: v for k, v in part.items() if k != "place"}
)
target = st.builds(
    Target, value=positive_numbers, due=maybe(days), **{**figure, "scope": st.sampled_from(Scope)}
)
issue = st.builds(Issue, project=maybe(projects), bottleneck=texts, owner=names, by=maybe(days), note=maybe(texts),
                  **dated) | st.builds(
    Issue, bottleneck=texts, decision=texts, sought_from=texts, owner=names, **dated
)  # fmt: skip
# The nasty text stands first, where a cell or a line of YAML might take it for something else.
reasons = texts.map(lambda text: f"{text} as made up here")
answered = {"who": texts.map(lambda text: f"{text} A. Officer"), "when": days, "why": reasons}
waiver = st.builds(
    Waiver,
    rule=st.sampled_from(RuleName),
    about=kpis | projects | st.just("budget"),
    figure=st.sampled_from(["allocation", "utilised"]),
    **answered,
) | st.builds(
    Waiver,
    rule=st.sampled_from([rule for rule in RuleName if rule is not RuleName.RESTATED]),
    about=kpis | projects | st.just("budget"),
    **answered,
)
override = st.builds(Override, kpi=kpis, status=st.sampled_from(Status), **answered)
choice = st.builds(Choice, figure=kpis | st.sampled_from(["allocation", "released"]), period=periods,
                   project=st.none() | projects, source=source,
                   reason=reasons) | st.builds(Choice, figure=st.just("target"), kpi=kpis, period=periods, source=source,
                   reason=reasons)  # fmt: skip


def one_each(entries: tuple[object, ...], *keys: str) -> tuple[object, ...]:
    """The entries without those that share their keys with an earlier one."""
    return tuple({tuple(str(getattr(e, k)) for k in keys): e for e in reversed(entries)}.values())[::-1]


@st.composite
def returns(draw: st.DrawFn) -> AgencyReturn:
    sources = tuple(
        Source(id=id, publisher=draw(names), title=draw(maybe(texts)), published=draw(maybe(days)))
        for id in SOURCES
    )
    return AgencyReturn(
        agency=draw(agencies),
        period=draw(periods),
        sources=sources,
        budgets=one_each(draw(few(budget)), "period", "covers"),
        projects=one_each(draw(few(project)), "project"),
        readings=draw(few(reading)),
        targets=draw(few(target)),
        issues=draw(few(issue)),
        choices=draw(few(choice)),
        waivers=draw(few(waiver)),
        overrides=draw(few(override)),
        remarks=draw(few(st.builds(Said, text=texts, quoted=st.booleans()))),
    )
