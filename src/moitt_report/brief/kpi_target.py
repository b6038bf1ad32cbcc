"""The facts of the target of one KPI: what is due, the share achieved, the status."""

from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.citations import Published
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Runs
from moitt_report.brief.earlier import About
from moitt_report.brief.kpis import ABSENT, KpiFacts
from moitt_report.brief.printed import Printed
from moitt_report.brief.wording import named, say
from moitt_report.model.arithmetic import share
from moitt_report.model.counts import Count, aimed_at
from moitt_report.model.kpi import Absence, Direction, Kpi, Scope, Target
from moitt_report.model.period import FiscalYear, Month
from moitt_report.model.status import Ground, Judgement, Status, judge


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What is known of the target of one KPI, and how far it is reached."""

    facts: KpiFacts
    """What was counted of it."""

    @property
    def c(self) -> Composition:
        """The brief that is being made."""
        return self.facts.c

    @property
    def kpi(self) -> Kpi:
        """The KPI."""
        return self.facts.kpi

    @property
    def target(self) -> Target | None:
        """The target that covers the period."""
        return self.c.portfolio.target(self.kpi.id)

    @property
    def aimed_at(self) -> Count | None:
        """What may be set against the target: its scope, and months that begin with its own."""
        target = self.target
        if target is None:
            return None
        return self.c.once(f"aimed.{self.kpi.id}", lambda: aimed_at(self.c.portfolio, self.kpi, target))

    def measured(self) -> Printed:
        """What is set against the target, as a fact."""
        if self.aimed_at is None or self.aimed_at == self.facts.stands:
            return self.facts.cumulative()
        label = f"{self.kpi.name}, over the months of the target"
        return self.facts.counted(f"kpi.{self.kpi.id}.measured", label, self.aimed_at)

    def due(self) -> Printed:
        """The part of the target due at the end of the period; the whole target when none is due yet."""
        target = self.target
        if target is None:
            return self.facts.count(f"kpi.{self.kpi.id}.due", f"Target of {self.kpi.name}", ABSENT, None)
        value = self._due(target)
        if isinstance(value, Absence):
            return self.whole()
        whole = self.whole()
        paced = value != target.value
        year = isinstance(target.period, FiscalYear)
        aim, months = ("annual target", "months of the year") if year else ("target", "months of the target")
        formula = f"{aim} × months elapsed ÷ {months}" if paced else "the whole target"
        inputs: tuple[str, ...] = (whole.fact,)
        if paced and target.baseline:
            formula = f"baseline + ({aim} − baseline) × months elapsed ÷ {months}"
            inputs = (whole.fact, self.baseline().fact)
        return self.facts.count(
            f"kpi.{self.kpi.id}.due",
            f"Target of {self.kpi.name} due by {wording.day(self.due_month.last_day)}",
            value,
            None,
            formula=formula,
            operation=None if paced else "equal",
            inputs=inputs,
        )

    def even_pace(self) -> Printed:
        """The part due of a target that falls due month by month; another has no pace to be held to."""
        if self.target is None or self.c.portfolio.falls_due_evenly(self.target):
            return self.due()
        id, label = f"kpi.{self.kpi.id}.pace", f"Even pace of {self.kpi.name}"
        return self.facts.count(id, label, Absence.NOT_APPLICABLE, None)

    @property
    def due_month(self) -> Month:
        """The month at whose end the target due is taken: the last one counted, else that of the period."""
        measured = self.aimed_at
        counts = measured is not None and measured.scope is not Scope.SINCE_INCEPTION
        return measured.period.last if measured and counts else self.c.portfolio.period.last

    def _due(self, target: Target) -> Decimal | Absence:
        return self.c.portfolio.due(target, self.due_month)

    def whole(self) -> Printed:
        """The whole target; of a band its lower end."""
        target = self.target
        id, label = f"kpi.{self.kpi.id}.target", f"Target of {self.kpi.name}"
        if target is None or target.value is None:
            return self.facts.count(id, label, ABSENT, None)
        fact = self._set(id, label, target.value, target, "target")
        printed = Published(id, fact.printings["plain"])
        self.c.ledger.sources.cite(target.source, f"Target, {self.kpi.name}", printed)
        return fact

    def other_target(self, n: int, target: Target) -> Printed:
        """A target that is shown beside the one used."""
        value = ABSENT if target.value is None else target.value
        id, label = f"kpi.{self.kpi.id}.target.v{n}", f"Target of {self.kpi.name}, as also set"
        return self.facts.count(id, label, value, None, cite=(target.source,), target=target)

    def baseline(self) -> Printed:
        """Where the way to the target began."""
        start = self.target.baseline if self.target else None
        id, label = f"kpi.{self.kpi.id}.baseline", f"Baseline of {self.kpi.name}"
        if self.target is None or start is None:
            return self.facts.count(id, label, ABSENT, None)
        return self._set(id, label, start, self.target, "baseline")

    def _set(self, id: str, label: str, value: Decimal, target: Target, which: str) -> Printed:
        """A number that was set with the target."""
        about = About(f"{self.kpi.id}.{which}", target.period, owner=self.kpi.id)
        return self.facts.count(id, label, value, None, cite=(target.source,), about=about, target=target)

    def target_runs(self) -> Runs:
        """The target due as a table prints it: a number, a limit, a band, or the word of a milestone."""
        target = self.target
        if target is not None and target.milestone is not None:
            return named(target.milestone)
        if target is not None and target.upper is not None:
            id, label = f"kpi.{self.kpi.id}.upper", f"Upper end of the band of {self.kpi.name}"
            upper = self._set(id, label, target.upper, target, "upper")
            return self.whole().run() + say(" to ") + upper.run()
        limit = say("at most ") if self.kpi.direction is Direction.LOWER and target is not None else ()
        return limit + self.due().run()

    def achieved(self) -> Printed:
        """The share of the way to the target due that is behind us."""
        judgement, target = self.judgement, self.target
        formula = "reading ÷ target due × 100"
        inputs: tuple[str, ...] = (self.measured().fact, self.due().fact)
        if judgement.ground is Ground.OUTSIDE:
            formula = "the smaller of reading and nearest end of the band ÷ the larger × 100"
        elif target is not None and target.baseline:
            formula = "(reading − baseline) ÷ (target due − baseline) × 100"
            inputs = (*inputs, self.baseline().fact)
        plain = judgement.ground is not Ground.OUTSIDE and not (target is not None and target.baseline)
        part = judgement.achieved
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.achieved",
            f"{self.kpi.name} as a percentage of the target due",
            ABSENT if judgement.ground is Ground.NO_TARGET else part,
            formula=formula,
            operation="share" if plain else None,
            inputs=inputs,
        )

    def so_far(self) -> Printed:
        """The main reading as a percentage of the whole target."""
        whole = self.target.value if self.target and self.target.value is not None else ABSENT
        measured = self.aimed_at
        return self.c.ledger.percent(
            f"kpi.{self.kpi.id}.of-target",
            f"{self.kpi.name} as a percentage of the whole target",
            share(measured.value if measured else ABSENT, whole),
            formula="reading ÷ whole target × 100",
            operation="share",
            inputs=(self.measured().fact, self.whole().fact),
        )

    @property
    def judgement(self) -> Judgement:
        """How the KPI stands, as computed."""
        book, measured, target = self.c.portfolio, self.aimed_at, self.target
        if target is not None and target.milestone is None and measured is None:
            if self.facts.stands is not None:
                return Judgement(Status.NOT_RATED, Ground.OTHER_TIME, ABSENT)
            if any(r.part is None for r in book.readings(self.kpi.id)):
                return Judgement(Status.NOT_RATED, Ground.MONTHS_MISSING, ABSENT)
        if target is not None and measured and any(not own.readings for _, own in measured.agencies):
            return Judgement(Status.NOT_RATED, Ground.MONTHS_MISSING, ABSENT)
        due = self._due(target) if target else ABSENT
        word = measured.one.used.milestone if measured and measured.one else None
        value = measured.value if measured else ABSENT
        return judge(self.kpi, target, due, value, word, book.registers.rules.status, book.as_of)

    @property
    def status(self) -> Status:
        """How the KPI stands: as a person has set it, else as computed."""
        override = self.c.portfolio.override(self.kpi.id)
        return self.judgement.status if override is None else override.status
