"""Every number on its way to the page becomes a Fact here, with its printings, formula and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief import wording
from moitt_report.brief.content import Fact, Figure, NoteRef, Point, Runs
from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Absence, Reading
from moitt_report.model.money import Money
from moitt_report.model.project import Progress
from moitt_report.model.record import Record
from moitt_report.model.source import Source


@dataclass(frozen=True, slots=True)
class Printed:
    """A Fact in the ledger, ready to be placed."""

    fact: str
    value: Decimal | None
    printings: dict[str, str]
    absent: bool = False

    def run(self, printing: str = "table", *, bold: bool = False, italic: bool = False) -> Runs:
        """One printing of the fact."""
        words = self.printings[printing]
        return (
            Figure(
                fact=self.fact, printing=printing, words=words, bold=bold, italic=italic, absent=self.absent
            ),
        )

    def figure(self, printing: str = "table") -> Figure:
        """The same as a single run, for a chart label or a key figure."""
        return Figure(fact=self.fact, printing=printing, words=self.printings[printing], absent=self.absent)

    def point(self) -> Point:
        """The fact as a point of a chart."""
        return Point(value=None if self.value is None else f"{self.value:f}", label=self.figure("chart"))


@dataclass(slots=True)
class _Listed:
    source: Source
    number: str
    what: list[str]
    published: list[tuple[str, str]]


class Ledger:
    """Collects the facts of one brief, and the sources they come from, in order of first use."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._known = {source.id: source for source in sources}
        self._listed: dict[str, _Listed] = {}
        self._facts: dict[str, Fact] = {}
        self._by_record: dict[Record, str] = {}

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts so far."""
        return tuple(self._facts.values())

    @property
    def listed(self) -> tuple[_Listed, ...]:
        """All sources used so far, in the order of their numbers."""
        return tuple(self._listed.values())

    # --- sources --------------------------------------------------------------------------------

    def cite(self, id: str, what: str = "", published: tuple[str, str] | None = None) -> NoteRef:
        """The reference to a source, which gets its number at first use."""
        source = self._known[id]
        key = source.url or id
        entry = self._listed.get(key)
        if entry is None:
            entry = self._listed[key] = _Listed(source, f"S{len(self._listed) + 1}", [], [])
        if what and what not in entry.what:
            entry.what.append(what)
        if published and published not in entry.published:
            entry.published.append(published)
        return NoteRef(words=entry.number)

    def cite_all(self, ids: Iterable[str]) -> Runs:
        """References in the order of their numbers: `S1, S2`."""
        numbers = sorted({self.cite(id).words for id in ids}, key=lambda n: int(n[1:]))
        return wording.joined([(NoteRef(words=n),) for n in numbers], ", ", ", ")

    # --- facts ----------------------------------------------------------------------------------

    def money(
        self,
        id: str,
        label: str,
        amount: Money | Absence,
        *,
        read: Amount | None = None,
        formula: str = "",
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        topic: str = "",
    ) -> Printed:
        """An amount of money; `read` is the record it stood in, if it was not computed."""
        if isinstance(amount, Absence):
            return self._absent(id, label, amount, "Rs million", read, formula, inputs)
        printings = {
            "table": wording.money_in_table(amount),
            "prose": wording.money_in_prose(amount),
            "chart": wording.number(amount.million, 1),
            "plain": wording.as_reported(amount.million),
            "size": wording.money_in_prose(Money(rupees=abs(amount.rupees))),
        }
        return self._add(
            id, label, amount.million, "Rs million", printings, read, formula, inputs, cite, topic
        )

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
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        topic: str = "",
    ) -> Printed:
        """A count, or an amount in a unit other than rupees. Prose carries the unit for US$ only."""
        if isinstance(value, Absence):
            return self._absent(id, label, value, unit, read, formula, inputs)
        words = wording.number(value, decimals)
        plain = wording.as_published(value) if read is not None else words
        prose = f"US${wording.NBSP}{words}{wording.NBSP}million" if unit == "US$ million" else words
        printings = {"table": words, "prose": prose, "chart": words, "plain": plain}
        if read is not None and read.qualifier is not None:
            # "over 2,700" is not 2,700: the qualifier of the source goes wherever the number goes.
            printings = {name: f"{read.qualifier} {words}" for name, words in printings.items()}
        return self._add(id, label, value, unit, printings, read, formula, inputs, cite, topic)

    def percent(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        *,
        formula: str,
        inputs: tuple[str, ...] = (),
        cite: Iterable[str] = (),
        decimals: int = 1,
        signed: bool = False,
    ) -> Printed:
        """A percentage; its label names the denominator."""
        if isinstance(value, Absence):
            return self._absent(id, label, value, "%", None, formula, inputs)
        prose = (wording.change if signed else wording.percent_in_prose)(value, decimals)
        table = wording.signed(value, decimals) if signed else wording.percent(value, decimals)
        size = wording.percent_in_prose(abs(value), decimals)
        printings = {"table": table, "prose": prose, "chart": prose, "size": size}
        return self._add(id, label, value, "%", printings, None, formula, inputs, cite, "")

    def signed(
        self,
        id: str,
        label: str,
        value: Decimal | Absence,
        unit: str,
        decimals: int,
        *,
        inputs: tuple[str, ...] = (),
    ) -> Printed:
        """A difference, printed with its sign."""
        formula = "other figure − figure used"
        if isinstance(value, Absence):
            return self._absent(id, label, value, unit, None, formula, inputs)
        words = wording.signed(value, decimals)
        return self._add(
            id, label, value, unit, {"table": words, "plain": words}, None, formula, inputs, (), ""
        )

    def printed(self, id: str) -> Printed:
        """A fact that is already in the ledger."""
        fact = self._facts[id]
        value = None if fact.value is None else Decimal(fact.value)
        return Printed(id, value, dict(fact.printings), absent=fact.value is None)

    def of(self, read: Amount | Reading | Progress) -> Printed | None:
        """The fact first made of a record, if there is one."""
        known = self._by_record.get(read)
        return None if known is None else self.printed(known)

    def not_applicable(self) -> Printed:
        """What is printed where no such figure can exist."""
        return self._absent(
            "not-applicable", "No such figure can exist", Absence.NOT_APPLICABLE, "", None, "", ()
        )

    def rule(self, id: str, label: str, value: Decimal, source: str) -> Printed:
        """A number we judge by: a threshold, a share of a strategy."""
        words = wording.as_reported(value)
        printings = {"table": words, "prose": f"{words}{wording.NBSP}%", "plain": words}
        fact = Fact(
            id=id, label=label, value=_exact(value), unit="%", printings=printings, formula=f"rule: {source}"
        )
        return self._keep(fact)

    def _add(
        self,
        id: str,
        label: str,
        value: Decimal,
        unit: str,
        printings: dict[str, str],
        read: Amount | Reading | None,
        formula: str,
        inputs: tuple[str, ...],
        cite: Iterable[str],
        topic: str,
    ) -> Printed:
        numbers = [self.cite(id).words for id in cite]
        if read is not None:
            self._by_record.setdefault(read, id)
            if read.printed:
                printings = printings | {"published": read.printed}
            elif "table" in printings:
                printings = printings | {"published": printings["plain"]}
            numbers.append(self.cite(read.source, topic or label, (id, printings["published"])).words)
        return self._keep(
            Fact(
                id=id,
                label=label,
                value=_exact(value),
                unit=unit,
                printings=printings,
                as_of=read.as_of.isoformat() if read else "",
                scope=str(read.scope or "") if isinstance(read, Reading) else "",
                formula=formula,
                inputs=inputs,
                rounding=wording.ROUNDING,
                sources=tuple(dict.fromkeys(numbers)),
                address=read.address if read else "",
            )
        )

    def _absent(
        self,
        id: str,
        label: str,
        absence: Absence,
        unit: str,
        read: Amount | Reading | None,
        formula: str,
        inputs: tuple[str, ...],
    ) -> Printed:
        words = wording.ABSENT[absence]
        return self._keep(
            Fact(
                id=id,
                label=label,
                value=None,
                absence=absence.value,
                unit=unit,
                printings={
                    "table": words,
                    "prose": absence.value,
                    "chart": words,
                    "plain": words,
                    "size": words,
                },
                formula=formula,
                inputs=inputs,
                address=read.address if read else "",
            )
        )

    def _keep(self, fact: Fact) -> Printed:
        known = self._facts.setdefault(fact.id, fact)
        if known != fact:
            raise ValueError(f"two different facts are called {fact.id}")
        value = None if fact.value is None else Decimal(fact.value)
        return Printed(fact.id, value, dict(fact.printings), absent=fact.value is None)


def _exact(value: Decimal) -> str:
    """The value as plain digits; quotients keep 12 places, far beyond what is printed."""
    exact = value if value == value.to_integral_value() else wording.rounded(value, 12).normalize()
    return f"{exact:f}"
