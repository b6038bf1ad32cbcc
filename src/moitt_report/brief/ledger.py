"""Every number on its way to the page becomes a Fact here, with its printings, formula and source."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal

from msgspec.structs import replace

from moitt_report.brief import wording
from moitt_report.brief.citations import Citations, Published
from moitt_report.brief.earlier import About, Earlier
from moitt_report.brief.fact import Fact, Operation, Restated
from moitt_report.brief.origin import Origin, printable
from moitt_report.brief.printed import Printed
from moitt_report.brief.qualifier import carried
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Absence, Reading, Target
from moitt_report.model.money import Money
from moitt_report.model.project import Progress
from moitt_report.model.record import Record
from moitt_report.model.registers import Rule
from moitt_report.model.source import Source

_WIDE = Context(prec=150)
EARLIER = "before."
"""What the ids of facts begin with that an earlier brief gave."""


class Ledger:
    """Collects the facts of one brief, and the `sources` they come from, in order of first use.

    A figure is either read or computed, and the methods that make facts are told so:

    - `read`: the record it stood in, which gives its source, address and date
    - `formula`: how it was computed, in words; `operation`: the same as arithmetic; `inputs`: the ids of the facts it
      was computed from
    - `cite`, `address`: the ids of its sources and the place it was read at, where there is no such record
    - `topic`: what the list of sources says was taken from there; by default the label
    - `about`: what it is about, whatever the brief, so that a later brief knows it again

    One id means one figure: making it anew gives the same `Printed`, and `ValueError` when anything differs. A fact
    that an earlier brief gave another value for is marked as restated here, in all its printings.
    """

    def __init__(self, sources: Iterable[Source], earlier: Earlier | None = None) -> None:
        self.sources = Citations(sources)
        self._given: dict[str, Fact] = {}
        self._facts: dict[str, Fact] = {}
        self._abouts: dict[str, About] = {}
        self.earlier = earlier or Earlier()
        self._by_record: dict[Record, str] = {}
        self._records: dict[str, Record] = {}

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts so far."""
        return tuple(self._facts.values())

    def fact(self, id: str) -> Fact:
        """The fact with this id. Raises `KeyError` where there is none."""
        return self._facts[id]

    def about(self, id: str) -> About | None:
        """What a fact is about; None for one that matters to its own brief only."""
        return self._abouts.get(id)

    def record(self, id: str) -> Record | None:
        """The record a fact was read from; None for a computed one."""
        return self._records.get(id)

    # --- facts ----------------------------------------------------------------------------------

    def money(
        self,
        id: str,
        label: str,
        amount: Money | Absence,
        *,
        read: Amount | None = None,
        formula: str = "",
        operation: Operation | None = None,
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        topic: str = "",
        address: str = "",
        about: About | None = None,
    ) -> Printed:
        """An amount of money, printed in Rs million."""
        origin = Origin(read, formula, operation, inputs, tuple(cite), topic, address, about)
        if isinstance(amount, Absence):
            return self._absent(id, label, amount, "Rs million", origin)
        printings = {
            "table": wording.money_in_table(amount),
            "prose": wording.money_in_prose(amount),
            "chart": wording.number(amount.million, wording.telling(amount.million, 1)),
            "plain": wording.as_reported(amount.million),
            "size": wording.money_in_prose(Money(rupees=abs(amount.rupees))),
        }
        return self._add(id, label, amount.million, "Rs million", printings, origin)

    def count(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        unit: str,
        decimals: int = 0,
        *,
        read: Reading | None = None,
        formula: str = "",
        operation: Operation | None = None,
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        topic: str = "",
        address: str = "",
        about: About | None = None,
        target: Target | None = None,
    ) -> Printed:
        """A count, or an amount in another unit than rupees; only for US$ does prose carry the unit."""
        origin = Origin(read, formula, operation, inputs, tuple(cite), topic, address, about, target)
        if isinstance(value, Absence):
            return self._absent(id, label, value, unit, origin)
        words = wording.number(value, wording.telling(value, decimals))
        plain = wording.as_published(value) if read is not None else words
        prose = f"US${wording.NBSP}{words}{wording.NBSP}million" if unit == "US$ million" else words
        printings = {"table": words, "prose": prose, "chart": words, "plain": plain}
        if read is not None and read.qualifier is not None:
            # "over 2,700" is not 2,700: the qualifier of the source goes wherever the number goes.
            printings = {name: f"{read.qualifier} {words}" for name, words in printings.items()}
        return self._add(id, label, value, unit, printings, origin)

    def how_many(
        self, id: str, label: str, unit: str, of: Sequence[str], *, formula: str = "count"
    ) -> Printed:
        """How many things there are; `of` names for each the fact it is counted by."""
        return self.count(
            id, label, Decimal(len(of)), unit, formula=formula, operation="count", inputs=tuple(of)
        )

    def percent(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        *,
        formula: str,
        operation: Operation | None = None,
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        address: str = "",
        decimals: int = 1,
        signed: bool = False,
        about: About | None = None,
    ) -> Printed:
        """A percentage, whose label names the denominator; `signed` prints it as a change, with its sign."""
        origin = Origin(None, formula, operation, inputs, tuple(cite), "", address, about)
        if isinstance(value, Absence):
            return self._absent(id, label, value, "%", origin)
        prose = (wording.change if signed else wording.percent_in_prose)(value, decimals)
        table = wording.signed(value, decimals) if signed else wording.percent(value, decimals)
        size = wording.percent_in_prose(abs(value), decimals)
        printings = {"table": table, "prose": prose, "chart": prose, "size": size}
        return self._add(id, label, value, "%", printings, origin)

    def signed(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        unit: str,
        decimals: int,
        *,
        inputs: tuple[str, ...],
        formula: str = "other figure − figure used",
    ) -> Printed:
        """A difference of two figures in `unit`, printed with its sign; of percentages in percentage points."""
        origin = Origin(None, formula, "difference", inputs)
        unit = wording.unit_of_change(unit)
        if isinstance(value, Absence):
            return self._absent(id, label, value, unit, origin)
        words = wording.difference(value, unit, decimals)
        return self._add(id, label, value, unit, {"table": words, "chart": words, "plain": words}, origin)

    def printed(self, id: str) -> Printed:
        """A fact that is already in the ledger."""
        fact = self._facts[id]
        value = None if fact.value is None else Decimal(fact.value)
        return Printed(id, value, dict(fact.printings), absent=fact.value is None)

    def take_in(self, other: "Ledger", id: str) -> None:
        """Take over a fact of another ledger of the same portfolio, with its inputs; its sources are cited here."""
        if id in self._facts:
            return
        fact = other.fact(id)
        for name in fact.inputs:
            self.take_in(other, name)
        sources = {entry.number: entry.source.id for entry in other.sources.listed}
        shown = _as_published(id, fact.printings)
        cited = [self.sources.cite(sources[number], fact.label, shown).words for number in fact.sources]
        self._keep(replace(fact, sources=tuple(cited)), other.about(id), other.record(id))

    def exact(self, id: str) -> Printed:
        """A fact with one printing more, its exact value and unit: what the annex of figures prints."""
        fact = self._facts[id]
        if "exact" not in fact.printings:
            words = (
                wording.exact(fact.number, fact.unit) if fact.number is not None else fact.printings["table"]
            )
            self._facts[id] = replace(fact, printings=fact.printings | {"exact": words})
        return self.printed(id)

    def before(self, fact: Fact) -> Printed:
        """What the earlier brief said of a figure of this one, whatever months it was about then."""
        before = self.earlier.by_id.get(fact.id)
        if before is not None:
            return self.printed(self._taken_over(before))
        id, label = f"{EARLIER}{fact.id}", f"{fact.label}, as in the {self.earlier.name}"
        return self._absent(id, label, Absence.NOT_REPORTED, fact.unit, Origin())

    def of(self, read: Amount | Reading | Progress) -> Printed | None:
        """The fact first made of a record, if there is one."""
        known = self._by_record.get(read)
        return None if known is None else self.printed(known)

    def not_applicable(self) -> Printed:
        """What is printed where no such figure can exist."""
        return self._absent(
            "not-applicable", "No such figure can exist", Absence.NOT_APPLICABLE, "", Origin()
        )

    def rule(self, id: str, label: str, value: Decimal, rule: Rule) -> Printed:
        """A number we judge by: a threshold, a share of a strategy. It is read from a register."""
        words = wording.as_reported(value)
        printings = {"table": words, "prose": f"{words}{wording.NBSP}%", "plain": words}
        fact = Fact(
            id=id,
            label=label,
            value=_exact(value),
            unit="%",
            printings=printings,
            formula=f"rule: {rule.source}",
            address=rule.address,
        )
        return self._keep(fact, None)

    def _add(
        self, id: str, label: str, value: Decimal, unit: str, printings: dict[str, str], origin: Origin
    ) -> Printed:
        if origin.operation is not None:
            word = carried(origin.operation, [self._facts[name] for name in origin.inputs])
            if word is None:
                return self._absent(id, label, Absence.NOT_APPLICABLE, unit, origin)
            if word:
                printings = {name: f"{word} {words}" for name, words in printings.items()}
        numbers = [self.sources.cite(id).words for id in origin.cite]
        read = origin.read
        if read is not None:
            self._by_record.setdefault(read, id)
            if read.printed:
                printings = printings | {"published": read.printed}
            elif "table" in printings:
                printings = printings | {"published": printings["plain"]}
            numbers.append(
                self.sources.cite(
                    read.source, origin.topic or label, Published(id, printings["published"])
                ).words
            )
        return self._keep(
            Fact(
                id=id,
                label=label,
                value=_exact(value),
                unit=unit,
                printings=printings,
                as_of=read.as_of.isoformat() if read else "",
                scope=str(read.scope or "") if isinstance(read, Reading) else "",
                rounding=wording.ROUNDING,
                sources=tuple(dict.fromkeys(numbers)),
                **origin.fields(),
            ),
            origin.about,
            origin.record,
        )

    def _absent(self, id: str, label: str, absence: Absence, unit: str, origin: Origin) -> Printed:
        words = wording.ABSENT[absence]
        printings = {"table": words, "prose": absence.value, "chart": words, "plain": words, "size": words}
        fact = Fact(
            id=id,
            label=label,
            value=None,
            absence=absence.value,
            unit=unit,
            printings=printings,
            as_of=origin.read.as_of.isoformat() if origin.read else "",
            **origin.fields(),
        )
        return self._keep(fact, origin.about, origin.record)

    def _keep(self, fact: Fact, about: About | None, record: Record | None = None) -> Printed:
        known = self._given.setdefault(fact.id, fact)
        if known != fact:
            raise ValueError(f"two different facts are called {fact.id}")
        if about is not None:
            self._abouts[fact.id] = about
        if record is not None:
            self._records[fact.id] = record
        if fact.id not in self._facts:
            before = self.earlier.differing(fact) if about else None
            if before is not None and about is not None:
                fact = self._restated(fact, before, about)
            self._facts[fact.id] = fact
        return self.printed(fact.id)

    def _restated(self, fact: Fact, before: Fact, about: About) -> Fact:
        """The fact with its mark; what was said before becomes a Fact of its own."""
        was = self._taken_over(before)
        chosen = self.earlier.choice(self.record(fact.id), before)
        reason = self.earlier.reason(about) or chosen or self._derived(fact)
        if before.value is None:
            reason = reason or wording.REPORTED_SINCE
        mark = Restated(fact=was, reason=reason, about=about.owner, figure=about.name)
        if before.value is None:
            return replace(fact, restated=mark)
        printings = fact.printings
        if fact.value is not None:
            printings = {name: wording.restated(name, words) for name, words in printings.items()}
        return replace(fact, restated=mark, printings=printings)

    def _taken_over(self, before: Fact) -> str:
        """A Fact of the earlier brief, with all it rests on, as facts of this one; the id of the first.

        The sources of previous returns are cited anew. Those of a previous brief are told there: its numbers
        mean others here.
        """
        id = f"{EARLIER}{before.id}"
        if id not in self._facts:
            known = self.earlier.by_id
            address = ", ".join(filter(None, (self.earlier.address, before.address)))
            printings = wording.unmarked(before.printings)
            shown = _as_published(id, printings)
            cited = [
                self.sources.cite(one, before.label, shown) for one in self.earlier.cited.get(before.id, ())
            ]
            changes: dict[str, object] = {
                "id": id,
                "label": f"{before.label}, as in the {self.earlier.name}",
                "printings": printings,
                "inputs": tuple(self._taken_over(known[name]) for name in before.inputs),
                "address": "" if before.inputs else printable(address),
                "sources": tuple(dict.fromkeys(one.words for one in cited)),
                "subject": "",
                "period": "",
                "restated": None,
            }
            self._facts[id] = replace(before, **changes)
        return id

    def _derived(self, fact: Fact) -> str:
        """The reason of a computed figure is that what it was computed from changed."""
        changed = [self._facts[name].label for name in fact.inputs if self._facts[name].restated]
        return f"computed from what was restated: {'; '.join(changed)}" if changed else ""


def _as_published(id: str, printings: Mapping[str, str]) -> Published | None:
    """A figure as its source printed it; None for one that was computed."""
    return Published(id, printings["published"]) if "published" in printings else None


def _exact(value: Decimal) -> str:
    """The value as plain digits; quotients keep 12 places, far beyond what is printed."""
    return f"{_WIDE.add(wording.rounded(value, 12).normalize(_WIDE), 0):f}"
