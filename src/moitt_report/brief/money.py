"""Money on the page: the position with its named denominators, projects, agencies, and earlier years."""

from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import (
    Category,
    Cell,
    Chart,
    ChartColumn,
    Column,
    HeadGroup,
    Point,
    Row,
    Runs,
    Series,
    Table,
)
from moitt_report.brief.ledger import Printed
from moitt_report.brief.outline import BlockPart
from moitt_report.brief.wording import dated, named, say
from moitt_report.model.budget import Allocation, Amount, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from moitt_report.model.period import Period, Span
from moitt_report.model.portfolio import Standing, difference, million, share
from moitt_report.model.project import ProjectReport

ABSENT = Absence.NOT_REPORTED
_RATES = (
    ("authorised.of-allocation", Stage.AUTHORISED, None),
    ("released.of-allocation", Stage.RELEASED, None),
    ("utilised.of-allocation", Stage.UTILISED, None),
    ("utilised.of-authorised", Stage.UTILISED, Stage.AUTHORISED),
    ("utilised.of-released", Stage.UTILISED, Stage.RELEASED),
    ("released.of-authorised", Stage.RELEASED, Stage.AUTHORISED),
)


# --- facts --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The facts of one standing. `prefix` keeps those of other years apart."""

    c: Composition
    standing: Standing | None
    period: Period
    prefix: str = ""

    @property
    def when(self) -> str:
        """The months in words, for labels."""
        if isinstance(self.period, Span):
            return wording.period_name(self.period)
        return wording.months(self.period)

    def amount(self, stage: Stage | None = None) -> Printed:
        """The allocation, or the amount of a stage."""
        name = "allocation" if stage is None else stage.value
        amount = self.standing.amount(stage) if self.standing else ABSENT
        read = self.standing.read(stage) if self.standing else None
        year = wording.period_name(self.period if isinstance(self.period, Span) else self.period.year)
        label = f"Allocation, {year}" if stage is None else f"{name.capitalize()}, {self.when}"
        return self.c.ledger.money(self.prefix + name, label, amount, read=read, topic=name.capitalize())

    def unutilised(self) -> Printed:
        """What was authorised and not utilised."""
        authorised, utilised = self.amount(Stage.AUTHORISED), self.amount(Stage.UTILISED)
        given, spent = (self._money(s) for s in (Stage.AUTHORISED, Stage.UTILISED))
        left = given if isinstance(given, Absence) else spent if isinstance(spent, Absence) else given - spent
        return self.c.ledger.money(
            f"{self.prefix}unutilised",
            f"Authorised and not utilised, {self.when}",
            left,
            formula="authorised − utilised",
            inputs=(authorised.fact, utilised.fact),
        )

    def rate(self, name: str) -> Printed:
        """A rate by its name, such as `utilised.of-authorised`."""
        _, part, whole = next(r for r in _RATES if r[0] == name)
        first, second = self.amount(part), self.amount(whole)
        denominator = "allocation" if whole is None else f"amount {whole.value}"
        return self.c.ledger.percent(
            self.prefix + name,
            f"{part.value.capitalize()} as a percentage of the {denominator}, {self.when}",
            share(million(self._money(part)), million(self._money(whole))),
            formula=f"{part.value} ÷ {denominator} × 100",
            inputs=(first.fact, second.fact),
        )

    def _money(self, stage: Stage | None) -> Money | Absence:
        return self.standing.amount(stage) if self.standing else ABSENT


def facts_now(c: Composition) -> MoneyFacts:
    """The facts of the period's own position."""
    return MoneyFacts(c, c.portfolio.standing, c.portfolio.to_date)


def facts_of_year(c: Composition, years_back: int) -> MoneyFacts:
    """The facts of the same months `years_back` years earlier."""
    period = c.portfolio.to_date.before(12 * years_back)
    standing = next((s for s in c.portfolio.earlier_standings if s.budget.period == period), None)
    return MoneyFacts(c, standing, period, f"y{years_back}.")


def money_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of money."""
    now = facts_now(c)
    tokens: dict[str, Maker] = {"allocation": now.amount, "unutilised": now.unutilised}
    for stage in Stage:
        tokens[stage.value] = lambda stage=stage: now.amount(stage)
    for name, _, _ in _RATES:
        tokens[name] = lambda name=name: now.rate(name)
    for back in (1, 2):
        earlier = facts_of_year(c, back)
        tokens[f"y{back}.allocation"] = earlier.amount
        for name, _, _ in _RATES:
            tokens[f"y{back}.{name}"] = lambda name=name, earlier=earlier: earlier.rate(name)
    tokens["other-allocation"] = lambda: other_allocation(c) or ()
    tokens["projects"] = lambda: project_count(c)
    tokens["projects.total"] = lambda: projects_total(c)
    tokens["projects.silent"] = lambda: silent_projects(c)
    tokens["projects.top-two"] = lambda: top_share(c)
    tokens["projects.top-one"] = lambda: project_name(c, 0)
    tokens["projects.second"] = lambda: project_name(c, 1)
    tokens["strategy.due"] = lambda: strategy_due(c)
    tokens["earlier-years"] = lambda: earlier_years(c)[0]
    tokens["earlier-years.allocation"] = lambda: earlier_years(c)[1]
    return tokens


def other_allocation(c: Composition) -> Printed | None:
    """Another published allocation of the same year, if there is one that differs."""
    for index, version in enumerate(versions(c)):
        if version is not (c.portfolio.standing and c.portfolio.standing.read()) and conflicting(c, version):
            return version_fact(c, version, index)
    return None


def conflicting(c: Composition, version: Allocation) -> bool:
    """Whether a version claims to be the year's allocation and differs from the one used."""
    standing = c.portfolio.standing
    if standing is None or standing.allocation is None or version not in standing.allocation.others:
        return False
    return version.kind.value not in {"demand", "proposed"}


def versions(c: Composition) -> tuple[Allocation, ...]:
    """All versions of the allocation on record for the period."""
    settled = c.portfolio.standing.allocation if c.portfolio.standing else None
    if settled is None:
        return ()
    return tuple(sorted((settled.used, *settled.others), key=lambda v: v.as_of))


def version_fact(c: Composition, version: Allocation, index: int) -> Printed:
    """The fact of one version; the one used is the allocation itself."""
    if c.portfolio.standing is not None and version is c.portfolio.standing.read():
        return facts_now(c).amount()
    label = f"{wording.allocation_words(version.kind)}, {wording.short_day(version.as_of)}"
    return c.ledger.money(f"allocation.v{index + 1}", label, version.amount, read=version, topic="Allocation, other version")


def earlier_years(c: Composition) -> tuple[Runs, Printed]:
    """A position over several whole years before, in words, and its allocation."""
    spans = [s for s in c.portfolio.earlier_standings if isinstance(s.budget.period, Span)]
    standing = spans[0] if spans else None
    if standing is None:
        return (), c.ledger.money("earlier.allocation", "Allocation of earlier years", ABSENT)
    facts = MoneyFacts(c, standing, standing.budget.period, "earlier.")
    return dated(wording.period_name(standing.budget.period)), facts.amount()


def strategy_due(c: Composition) -> Printed:
    """The share of the allocation that the release strategy lets be authorised by the end of the quarter."""
    strategy = c.portfolio.registers.strategy(c.portfolio.period.year)
    if strategy is None:
        return c.ledger.percent("strategy.due", "Share due by the release strategy", ABSENT, formula="sum of quarter shares")
    quarter = (c.portfolio.period.last.month - 7) % 12 // 3 + 1
    return c.ledger.rule("strategy.due", "Share due by the release strategy", strategy.due_by(quarter), strategy.source)


# --- projects -----------------------------------------------------------------------------------


def project_name(c: Composition, index: int) -> Runs:
    """The name of the project with the largest allocation (0), the second (1) …"""
    reports = c.portfolio.projects
    return named(reports[index].reported_as) if index < len(reports) else ()


def project_fact(c: Composition, report: ProjectReport, stage: Stage | None) -> Printed:
    """The allocation of a project, or the amount of a stage."""
    name = "allocation" if stage is None else stage.value
    amount = c.portfolio.allocation_of(report) if stage is None else c.portfolio.amount_of(report, stage)
    records = report.allocations if stage is None else report.at(stage)
    read: Amount | None = next((r for r in records if r.amount == amount), None)
    return c.ledger.money(
        f"project.{report.project}.{name}"[:64],
        f"{name.capitalize()}, {report.reported_as}",
        amount,
        read=read,
        topic=f"Project {name}s" if stage is None else f"Projects, {name}",
    )


def project_count(c: Composition) -> Printed:
    """How many projects are reported."""
    return c.ledger.count("projects", "Projects reported", Decimal(len(c.portfolio.projects)), "projects", formula="count")


def silent_projects(c: Composition) -> Printed:
    """How many projects report neither an amount authorised nor one utilised."""
    silent = [
        p
        for p in c.portfolio.projects
        if all(isinstance(c.portfolio.amount_of(p, s), Absence) for s in (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED))
    ]
    return c.ledger.count(
        "projects.silent", "Projects that report nothing authorised, released or utilised", Decimal(len(silent)), "projects", formula="count"
    )


def _sum(amounts: list[Money | Absence]) -> Money | Absence:
    total = Money(rupees=Decimal(0))
    for amount in amounts:
        if isinstance(amount, Absence):
            return ABSENT
        total = total + amount
    return total if amounts else ABSENT


def projects_total(c: Composition) -> Printed:
    """The sum of the project allocations; absent when any is."""
    reports = c.portfolio.projects
    return c.ledger.money(
        "projects.total",
        "Sum of the project allocations",
        _sum([c.portfolio.allocation_of(p) for p in reports]),
        formula="sum of the project allocations",
        inputs=tuple(project_fact(c, p, None).fact for p in reports),
    )


def top_share(c: Composition) -> Printed:
    """The share of the two largest projects in the project allocations."""
    largest = c.portfolio.projects[:2]
    total = projects_total(c)
    part = _sum([c.portfolio.allocation_of(p) for p in largest])
    whole = ABSENT if total.value is None else total.value
    return c.ledger.percent(
        "projects.top-two",
        "Share of the two largest projects in the project allocations",
        share(million(part), whole),
        formula="sum of the two largest ÷ sum of all × 100",
        inputs=(*(project_fact(c, p, None).fact for p in largest), total.fact),
    )


def not_broken_down(c: Composition) -> Printed:
    """The allocation less the project allocations: what no project row accounts for."""
    total, now = projects_total(c), facts_now(c).amount()
    left = difference(
        ABSENT if now.value is None else now.value, ABSENT if total.value is None else total.value
    )
    amount = left if isinstance(left, Absence) else Money(rupees=left.scaleb(6))
    return c.ledger.money(
        "projects.not-broken-down",
        "Allocation less the sum of the project allocations",
        amount,
        formula="allocation − sum of the project allocations",
        inputs=(now.fact, total.fact),
    )


def _na(c: Composition) -> Printed:
    return c.ledger.money("not-applicable", "No such figure can exist", Absence.NOT_APPLICABLE)


def _rate_cell(c: Composition, report: ProjectReport, whole: Stage | None) -> Printed:
    part, base = project_fact(c, report, Stage.UTILISED), project_fact(c, report, whole)
    name = "allocation" if whole is None else whole.value
    spent, given = c.portfolio.amount_of(report, Stage.UTILISED), (
        c.portfolio.allocation_of(report) if whole is None else c.portfolio.amount_of(report, whole)
    )
    return c.ledger.percent(
        f"project.{report.project}.of-{name}"[:64],
        f"Utilised as a percentage of the {name}, {report.reported_as}",
        share(million(spent), million(given)),
        formula=f"utilised ÷ {name} × 100",
        inputs=(part.fact, base.fact),
    )


def _component(c: Composition, owner: str, label: str, amount: Money | Absence, which: str) -> Printed:
    part: Money | Absence = ABSENT
    if isinstance(amount, Money):
        rupees = amount.local if which == "local" else amount.foreign
        part = ABSENT if rupees is None else Money(rupees=rupees)
    return c.ledger.money(f"{owner}.{which}"[:64], f"{which.capitalize()} component, {label}", part)


def project_table(c: Composition, part: BlockPart) -> Table:
    """Every project with its allocation, authorised and utilised amounts; then what they sum to."""
    rows = [_project_row(c, n, report) for n, report in enumerate(c.portfolio.projects, 1)]
    rows.append(_subtotal_row(c))
    now = facts_now(c)
    if c.portfolio.standing is not None:
        if now.amount().value is not None and not_broken_down(c).value:
            rows.append(_remainder_row(c))
        rows.append(_total_row(c, now, "total", c.reference("allocation")))
        for back in (1, 2):
            earlier = facts_of_year(c, back)
            if earlier.standing is not None:
                rows.append(_total_row(c, earlier, "comparison", ()))
    return Table(
        anchor="projects",
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("No."), width=7, muted=True),
            Column(head=say("Project"), width=52.5),
            Column(head=say("Local"), width=11, align="right"),
            Column(head=say("Foreign"), width=13, align="right"),
            Column(head=say("Total"), width=19, align="right"),
            Column(head=say("Authorised"), width=18, align="right"),
            Column(head=say("Utilised"), width=16, align="right"),
            Column(head=say("authorised"), width=16, align="right"),
            Column(head=say("allocation"), width=15.5, align="right"),
        ),
        groups=(
            HeadGroup(runs=say("Allocation"), first=2, last=4),
            HeadGroup(runs=say("Utilised as % of"), first=7, last=8),
        ),
        stub=1,
        rows=tuple(rows),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=_sources(c, [p for p in c.portfolio.projects], with_standing=True),
    )


def _project_row(c: Composition, n: int, report: ProjectReport) -> Row:
    allocation = c.portfolio.allocation_of(report)
    owner = f"project.{report.project}"[:56]
    figures = (
        _component(c, owner, report.reported_as, allocation, "local"),
        _component(c, owner, report.reported_as, allocation, "foreign"),
        project_fact(c, report, None),
        project_fact(c, report, Stage.AUTHORISED),
        project_fact(c, report, Stage.UTILISED),
        _rate_cell(c, report, Stage.AUTHORISED),
        _rate_cell(c, report, None),
    )
    return Row(
        cells=(
            Cell(runs=wording.furniture(str(n), "number")),
            Cell(runs=named(report.reported_as)),
            *(Cell(runs=f.run()) for f in figures),
        )
    )


def _subtotal_row(c: Composition) -> Row:
    reports = c.portfolio.projects
    kinds = {v.kind for p in reports for v in p.allocations}
    days = {v.as_of for p in reports for v in p.allocations}
    label = project_count(c).run("plain", bold=True) + say(
        " project" if len(reports) == 1 else " projects", bold=True
    )
    if len(kinds) == 1 and len(days) == 1:
        label += say(f", {next(iter(kinds)).value} ", bold=True)
        label += wording.furniture(wording.day(next(iter(days))), "date", bold=True)
    amounts = [c.portfolio.allocation_of(p) for p in reports]
    total = _sum(amounts)
    figures = [
        _component(c, "projects", "all projects", total, "local"),
        _component(c, "projects", "all projects", total, "foreign"),
        projects_total(c),
        *(_stage_total(c, stage) for stage in (Stage.AUTHORISED, Stage.UTILISED)),
        *(_stage_rate(c, whole) for whole in (Stage.AUTHORISED, None)),
    ]
    return Row(role="subtotal", cells=(Cell(runs=label, span=2), *(Cell(runs=f.run(bold=True)) for f in figures)))


def _stage_sum(c: Composition, stage: Stage) -> Money | Absence:
    return _sum([c.portfolio.amount_of(p, stage) for p in c.portfolio.projects])


def _stage_total(c: Composition, stage: Stage) -> Printed:
    return c.ledger.money(
        f"projects.{stage.value}",
        f"Sum of the amounts {stage.value}, all projects",
        _stage_sum(c, stage),
        formula=f"sum of the amounts {stage.value}",
        inputs=tuple(project_fact(c, p, stage).fact for p in c.portfolio.projects),
    )


def _stage_rate(c: Composition, whole: Stage | None) -> Printed:
    base = projects_total(c) if whole is None else _stage_total(c, whole)
    name = "allocation" if whole is None else whole.value
    given = _sum([c.portfolio.allocation_of(p) for p in c.portfolio.projects]) if whole is None else _stage_sum(c, whole)
    return c.ledger.percent(
        f"projects.of-{name}",
        f"Utilised as a percentage of the {name}, all projects",
        share(million(_stage_sum(c, Stage.UTILISED)), million(given)),
        formula=f"utilised ÷ {name} × 100",
        inputs=(_stage_total(c, Stage.UTILISED).fact, base.fact),
    )


def _remainder_row(c: Composition) -> Row:
    reference = c.reference("projects")
    label = say("Not broken down") + (say(" (") + reference + say(")") if reference else ())
    absent, none = _na(c), c.ledger.money("not-broken-down.component", "Component not reported", ABSENT)
    figures = (none, none, not_broken_down(c), absent, absent, absent, absent)
    return Row(cells=(Cell(runs=label, span=2), *(Cell(runs=f.run()) for f in figures)))


def _total_row(c: Composition, facts: MoneyFacts, role: str, reference: Runs) -> Row:
    strong = role == "total"
    label = say("Division total, ", bold=strong)
    label += wording.furniture(wording.short_months(facts.period), "date", bold=strong)
    if reference:
        label += say(" (", bold=strong) + reference + say(")", bold=strong)
    amount = facts.standing.amount() if facts.standing else ABSENT
    owner = f"{facts.prefix}division"
    figures = (
        _component(c, owner, facts.when, amount, "local"),
        _component(c, owner, facts.when, amount, "foreign"),
        facts.amount(),
        facts.amount(Stage.AUTHORISED),
        facts.amount(Stage.UTILISED),
        facts.rate("utilised.of-authorised"),
        facts.rate("utilised.of-allocation"),
    )
    return Row(
        role="total" if strong else "comparison",
        cells=(Cell(runs=label, span=2), *(Cell(runs=f.run(bold=strong)) for f in figures)),
    )


def _sources(c: Composition, reports: list[ProjectReport], *, with_standing: bool) -> Runs:
    ids = [a.source for p in reports for a in p.amounts]
    if with_standing:
        shown = [facts_now(c), facts_of_year(c, 1), facts_of_year(c, 2)]
        ids += [
            read.source
            for facts in shown
            if facts.standing is not None
            for read in (facts.standing.read(), *(facts.standing.read(s) for s in Stage))
            if read is not None
        ]
    return source_line(c, ids)


def source_line(c: Composition, ids: list[str]) -> Runs:
    """`Sources: S1, S2. Data as of 31 December 2024.`"""
    line: Runs = ()
    if ids:
        line = say("Sources: ", bold=True) + c.ledger.cite_all(ids) + say(". ")
    return line + say("Data as of ", bold=True) + dated(wording.day(c.portfolio.as_of)) + say(".")


# --- the position, agencies ---------------------------------------------------------------------


def position_table(c: Composition, part: BlockPart) -> Table:
    """Each stage of the money with every denominator named side by side."""
    now = facts_now(c)
    rows = [_version_row(c, version, index) for index, version in enumerate(versions(c))]
    if not rows:
        rows.append(_stage_row(c, now, None))
    rows += [_stage_row(c, now, stage) for stage in (Stage.AUTHORISED, Stage.RELEASED, Stage.UTILISED)]
    if now.unutilised().value is not None:
        rows.append(_left_row(c, now))
    ids = [v.source for v in versions(c)]
    if now.standing is not None:
        ids += [read.source for s in Stage if (read := now.standing.read(s)) is not None]
    return Table(
        anchor="position",
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("Stage"), width=56),
            Column(head=say("Amount"), width=24, align="right"),
            Column(head=say("allocation"), width=20, align="right"),
            Column(head=say("authorised"), width=20, align="right"),
            Column(head=say("released"), width=20, align="right"),
            Column(head=say("As of"), width=28, align="right"),
        ),
        groups=(HeadGroup(runs=say("As % of the amount"), first=2, last=4),),
        rows=tuple(rows),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=source_line(c, ids),
    )


def _version_row(c: Composition, version: Allocation, index: int) -> Row:
    used = c.portfolio.standing is not None and version is c.portfolio.standing.read()
    label = say(wording.allocation_words(version.kind), bold=used)
    if used and len(versions(c)) > 1:
        label += say(" (used here)", bold=True)
    return Row(
        cells=(
            Cell(runs=label),
            Cell(runs=version_fact(c, version, index).run(bold=used)),
            *(Cell(runs=_na(c).run()) for _ in range(3)),
            Cell(runs=dated(wording.short_day(version.as_of))),
        )
    )


def _stage_row(c: Composition, now: MoneyFacts, stage: Stage | None) -> Row:
    read = now.standing.read(stage) if now.standing else None
    wholes = {None: "allocation", Stage.AUTHORISED: "authorised", Stage.RELEASED: "released"}
    known = {name for name, _, _ in _RATES}
    cells = []
    for whole in wholes.values():
        name = f"{stage.value}.of-{whole}" if stage else ""
        cells.append(now.rate(name) if name in known else _na(c))
    return Row(
        cells=(
            Cell(runs=say("Allocation" if stage is None else stage.value.capitalize())),
            Cell(runs=now.amount(stage).run()),
            *(Cell(runs=f.run()) for f in cells),
            Cell(runs=dated(wording.short_day(read.as_of)) if read else now.amount(stage).run()),
        )
    )


def _left_row(c: Composition, now: MoneyFacts) -> Row:
    return Row(
        role="subtotal",
        cells=(
            Cell(runs=say("Authorised and not utilised", bold=True)),
            Cell(runs=now.unutilised().run(bold=True)),
            *(Cell(runs=_na(c).run()) for _ in range(3)),
            Cell(runs=dated(wording.short_day(c.portfolio.as_of))),
        ),
    )


def agency_table(c: Composition, part: BlockPart) -> Table:
    """Projects and allocations by executing agency; projects whose agency no source names stand last."""
    register = c.portfolio.registers.projects
    by_agency: dict[str | None, list[ProjectReport]] = {}
    for report in c.portfolio.projects:
        by_agency.setdefault(register.get(report.project).agency, []).append(report)
    known = sorted((a for a in by_agency if a is not None), key=lambda a: -_weight(c, by_agency[a]))
    order: list[str | None] = [*known, *([None] if None in by_agency else [])]
    return Table(
        anchor="agencies",
        number=c.next_table(),
        title=c.speak(part.title),
        unit=c.speak(part.unit) if part.unit else (),
        columns=(
            Column(head=say("Agency"), width=88),
            Column(head=say("Projects"), width=20, align="right"),
            Column(head=say("Allocation"), width=30, align="right"),
            Column(head=say("Share, %"), width=30, align="right"),
        ),
        rows=(*(_agency_row(c, a, by_agency[a]) for a in order), _agency_total(c)),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=_sources(c, list(c.portfolio.projects), with_standing=False),
    )


def _weight(c: Composition, reports: list[ProjectReport]) -> Decimal:
    amount = _sum([c.portfolio.allocation_of(p) for p in reports])
    return amount.rupees if isinstance(amount, Money) else Decimal(0)


def _agency_row(c: Composition, agency: str | None, reports: list[ProjectReport]) -> Row:
    entry = c.portfolio.registers.agencies.get(agency) if agency else None
    words = f"{entry.name} ({entry.short})" if entry and entry.short != entry.name else entry.name if entry else ""
    label = named(words) if entry else say("Agency not stated by the source")
    key = f"agency.{agency or 'not-stated'}"
    amount = _sum([c.portfolio.allocation_of(p) for p in reports])
    total = projects_total(c)
    inputs = tuple(project_fact(c, p, None).fact for p in reports)
    count = c.ledger.count(f"{key}.projects", f"Projects, {words or 'agency not stated'}", Decimal(len(reports)), "projects", formula="count")
    money = c.ledger.money(f"{key}.allocation", f"Allocation, {words or 'agency not stated'}", amount, formula="sum", inputs=inputs)
    part = c.ledger.percent(
        f"{key}.share",
        f"Share in the project allocations, {words or 'agency not stated'}",
        share(million(amount), ABSENT if total.value is None else total.value),
        formula="allocation of the agency ÷ sum of the project allocations × 100",
        inputs=(money.fact, total.fact),
    )
    bar = None if part.value is None else str(wording.rounded(part.value, 1))
    return Row(cells=(Cell(runs=label), Cell(runs=count.run()), Cell(runs=money.run()), Cell(runs=part.run(), bar=bar)))


def _agency_total(c: Composition) -> Row:
    total = projects_total(c)
    whole = c.ledger.percent(
        "projects.whole",
        "All project allocations",
        ABSENT if total.value is None else share(total.value, total.value),
        formula="sum ÷ sum × 100",
        inputs=(total.fact,),
    )
    return Row(
        role="total",
        cells=(
            Cell(runs=say("All projects", bold=True)),
            Cell(runs=project_count(c).run(bold=True)),
            Cell(runs=total.run(bold=True)),
            Cell(runs=whole.run(bold=True)),
        ),
    )


# --- chart --------------------------------------------------------------------------------------


def position_chart(c: Composition, part: BlockPart) -> Chart:
    """Allocation, authorised and utilised of this year and the same months of earlier years."""
    shown = [facts_now(c)] + [f for f in (facts_of_year(c, 1), facts_of_year(c, 2)) if f.standing is not None]
    utilised = [f.amount(Stage.UTILISED) for f in shown]
    authorised = [f.amount(Stage.AUTHORISED) for f in shown]
    allocation = [f.amount() for f in shown]
    rates = [f.rate("utilised.of-authorised") for f in shown]
    title = c.speak(part.title)
    return Chart(
        form="progress",
        anchor="position-chart",
        number=c.next_chart(),
        title=title,
        unit=c.speak(part.unit) if part.unit else (),
        categories=tuple(_year_category(f, n > 0) for n, f in enumerate(shown)),
        series=(
            _series("Utilised", "actual", utilised),
            _series("Authorised", "authorised", authorised),
            _series("Allocation", "target", allocation),
        ),
        columns=(
            _number_column("Utilised", "actual", utilised),
            _number_column("Authorised", "authorised", authorised),
            _number_column("Allocation", "target", allocation),
            ChartColumn(head=say("Utilised, % of authorised"), cells=tuple(r.run("table", bold=n == 0) for n, r in enumerate(rates))),
        ),
        alt=_alt(title, shown, utilised, authorised, allocation),
        notes=tuple(c.speak(note) for note in part.notes),
        sources=_sources(c, [], with_standing=True),
    )


def _year_category(facts: MoneyFacts, earlier: bool) -> Category:
    missing = [s for s in (Stage.AUTHORISED, Stage.UTILISED) if facts.amount(s).value is None]
    note = say(" and ".join(s.value for s in missing) + " not reported") if missing else ()
    return Category(
        label=dated(wording.fiscal(facts.period.year)),
        sublabel=dated(wording.short_months(facts.period)),
        note=note,
        earlier=earlier,
    )


def _series(name: str, role: str, facts: list[Printed]) -> Series:
    points = tuple(Point(value=None if f.value is None else f"{f.value:f}", label=f.figure("chart")) for f in facts)
    return Series(name=say(name), role=role, points=points)  # type: ignore[arg-type]


def _number_column(name: str, role: str, facts: list[Printed]) -> ChartColumn:
    cells = tuple(f.run("chart", bold=n == 0) for n, f in enumerate(facts))
    return ChartColumn(head=say(name), role=role, cells=cells)  # type: ignore[arg-type]


def _alt(title: Runs, shown: list[MoneyFacts], *series: list[Printed]) -> Runs:
    words = title + say(". ")
    names = ("utilised ", "; authorised ", "; allocation ")
    for n, facts in enumerate(shown):
        words += dated(wording.short_months(facts.period)) + say(": ")
        for name, values in zip(names, series, strict=True):
            words += say(name) + values[n].run("prose")
        words += say(". ")
    return words
