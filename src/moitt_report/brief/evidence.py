"""A sentence of a rule, its figures as facts: for a record that has a fact in this brief, that one; else a new one."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Protocol

from moitt_report.brief import wording
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Runs
from moitt_report.brief.printed import Printed
from moitt_report.brief.project_facts import ProjectFacts
from moitt_report.brief.wording import dated, say
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Reading, Target
from moitt_report.model.money import Money
from moitt_report.model.period import Period
from moitt_report.model.project import Progress, Schedule
from moitt_report.model.rules.finding import Evidence

_PLACE = re.compile(r"\{(when)?(\d)\}")


class Sentence(Protocol):
    """What a rule says, and the figures it rests on."""

    @property
    def saying(self) -> str:
        """One sentence; `{0}` and `{when0}` stand for the evidence and its day."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The figures."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one rule says of one thing. The two give the facts that are made for it their ids."""

    rule: str
    about: str
    subject: str
    said: Sentence

    def runs(self, c: Composition) -> Runs:
        """The sentence, its figures as facts."""
        saying, evidence = self.said.saying, self.said.evidence
        facts = self.facts(c)
        words: Runs = ()
        end = 0
        for place in _PLACE.finditer(saying):
            words += say(saying[end : place.start()]) if place.start() > end else ()
            n = int(place[2])
            words += dated(_plain(evidence[n].when)) if place[1] else facts[n].run("prose")
            end = place.end()
        return words + (say(saying[end:]) if end < len(saying) else ())

    def facts(self, c: Composition) -> list[Printed]:
        """The figures of the sentence, in their order."""
        evidence = self.said.evidence
        read = [self._read(c, n, e) for n, e in enumerate(evidence)]
        inputs = tuple(fact.fact for fact in read if fact is not None)
        return [
            fact or self._computed(c, n, e, inputs)
            for n, (fact, e) in enumerate(zip(read, evidence, strict=True))
        ]

    def _read(self, c: Composition, n: int, evidence: Evidence) -> Printed | None:
        """The fact of a record; None for a figure that stood in no record."""
        if evidence.read is None:
            return None
        known = None if isinstance(evidence.read, Schedule | Target) else c.ledger.of(evidence.read)
        if known is not None:
            return known
        id, label = self._id(n), f"{self.subject}, {_plain(evidence.when)}"
        match evidence.read:
            case Amount():
                return c.ledger.money(id, label, evidence.read.amount, read=evidence.read)
            case Reading():
                kpi = c.portfolio.registers.kpis.get(evidence.read.kpi)
                return c.ledger.count(
                    id, label, evidence.value, kpi.unit, kpi.decimals, read=evidence.read, topic=kpi.name
                )
            case Target():
                kpi = c.portfolio.registers.kpis.get(evidence.read.kpi)
                return c.ledger.count(
                    id,
                    label,
                    evidence.value,
                    kpi.unit,
                    kpi.decimals,
                    cite=(evidence.read.source,),
                    address=evidence.read.address,
                )
            case Schedule():
                report = next(one for one in c.portfolio.projects if one.schedule is evidence.read)
                return ProjectFacts(c, report).time()
            case Progress():
                return c.ledger.percent(
                    id,
                    label,
                    evidence.value,
                    formula="",
                    cite=(evidence.read.source,),
                    address=evidence.read.address,
                )

    def _computed(self, c: Composition, n: int, evidence: Evidence, inputs: tuple[str, ...]) -> Printed:
        formula = f"rule: {evidence.rule.source}" if evidence.rule else evidence.formula
        address = evidence.rule.address if evidence.rule else evidence.address
        inputs = () if evidence.rule else inputs
        id = f"rule.{self.rule}.limit" if evidence.rule else self._id(n)
        label = f"Limit of the rule {self.rule}" if evidence.rule else self.subject
        if evidence.unit == "Rs million":
            amount = Money(rupees=evidence.value.scaleb(6))
            if evidence.parts:
                parts = tuple(self._part(c, n, k, part) for k, part in enumerate(evidence.parts, 1))
                return c.ledger.money(id, label, amount, formula=formula, operation="sum", inputs=parts)
            return c.ledger.money(id, label, amount, formula=formula, inputs=inputs, address=address)
        if evidence.rule:
            return c.ledger.rule(id, label, evidence.value, evidence.rule)
        return c.ledger.percent(id, label, evidence.value, formula=formula, inputs=inputs, address=address)

    def _part(self, c: Composition, n: int, k: int, part: Amount) -> str:
        """The fact of one record that a sum is made of."""
        known = c.ledger.of(part)
        label = f"{self.subject}, {_plain(part.as_of)}"
        return (known or c.ledger.money(f"{self._id(n)}.{k}", label, part.amount, read=part)).fact

    def _id(self, n: int) -> str:
        return f"{self.rule}.{self.about}.{n}".replace(" ", "-")


def _plain(when: dt.date | Period) -> str:
    return wording.day(when) if isinstance(when, dt.date) else wording.period_name(when)
