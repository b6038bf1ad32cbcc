"""Facts: everything needed to defend one number, and the arithmetic that leads from one to another.

A Fact is read (it has the address of its cell), computed (it names its formula and its inputs), or
absent. A computed Fact whose formula is one of `Operation` can be computed anew from its inputs;
`faults_between_facts` does so for every brief that is made or read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Annotated, Literal, assert_never

from msgspec import Meta, Struct

# Control characters corrupt XML; bidirectional overrides make a line read other than it is stored.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# `$(?!\n)` is the end and nothing but the end, in Python as for the readers of our JSON Schema, who do not know `\Z`.
Words = Annotated[str, Meta(min_length=1, max_length=4000)]
ANCHOR = r"^[A-Za-z][A-Za-z0-9._-]{0,63}$(?!\n)"
Anchor = Annotated[str, Meta(pattern=ANCHOR)]
FactId = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9._-]{0,199}$(?!\n)")]
"""Long enough for a register's longest id with what is said of it: nothing is cut, so no two coincide."""
ExactNumber = Annotated[str, Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?$(?!\n)", max_length=60)]

Operation = Literal["sum", "difference", "share", "portion", "growth", "count", "equal"]
"""The arithmetic that can be done again from the inputs alone:

- `sum`: all inputs added
- `difference`: the first input less all others
- `share`: all inputs but the last added, ÷ the last, × 100
- `portion`: the first input × the second ÷ 100
- `growth`: the first input ÷ the second × 100 − 100
- `count`: how many inputs there are
- `equal`: the one input
"""

LONGEST_CHAIN = 100
"""How many facts may stand one on the other; ours come to half a dozen."""

_EXACT = Context(prec=150, rounding=ROUND_HALF_UP)
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)
_ADDED = frozenset({"sum", "difference", "count", "equal"})
_TOLERANCE = Decimal("1e-9")
"""A quotient is kept to 12 places; what is computed from quotients may be off by a little more."""


class Content(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Base of all content: frozen, closed to unknown fields, and unknown to the garbage collector.

    The last is safe because no content ever refers back to itself.
    """


class Restated(Content, frozen=True, kw_only=True):
    """That an earlier brief gave another value for the same thing and time."""

    fact: FactId
    """The Fact that holds what was printed before."""
    reason: str = ""
    """Why it changed; empty when nobody has said."""
    about: str = ""
    """What a waiver that gives the reason is about: the id of a KPI or a project, or `budget`."""
    figure: str = ""
    """The figure, as that waiver names it."""

    def __post_init__(self) -> None:
        if found := FORBIDDEN.search(self.reason + self.about + self.figure):
            raise ValueError(f"a reason holds the character U+{ord(found[0]):04X}, remove it")


class Fact(Content, frozen=True, kw_only=True):
    """Everything needed to defend one number: what it is, whence it came, how it was made."""

    id: FactId
    label: Words
    value: ExactNumber | None
    """The exact number before rounding; None when the figure is absent."""
    absence: Literal["not reported", "not yet due", "not applicable"] | None = None
    unit: str
    printings: dict[str, Words]
    """Named printings: `table`, `prose`, `chart`, `published` …"""
    scope: str = ""
    as_of: str = ""
    formula: str = ""
    """How it was computed, in words; empty when it was read from a source."""
    operation: Operation | None = None
    """The formula as arithmetic over the inputs, where it is one of a few kinds."""
    inputs: tuple[FactId, ...] = ()
    """Ids of the Facts it was computed from."""
    rounding: str = ""
    sources: tuple[str, ...] = ()
    """Numbers of entries in the list of sources: S1, S2 …"""
    address: str = ""
    """Where it was read: `file:line`."""
    note: str = ""
    """What whoever reported it adds to it, in their own words."""
    subject: str = ""
    """What it is about, whenever: `utilised: IT and Telecom Division, PSDP`. The same in every brief."""
    period: str = ""
    """The months it is about: `2024-25-Q2`. Subject and period together are the same thing in every
    brief, so that a value that differs from an earlier brief's is known to be restated."""
    restated: Restated | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.absence is None):
            raise ValueError(f"fact {self.id} needs either a value or an absence")
        said = (
            self.label,
            self.unit,
            self.scope,
            self.as_of,
            self.formula,
            self.rounding,
            self.address,
            self.note,
        )
        more = (self.subject, self.period, *self.sources, *self.printings, *self.printings.values())
        if found := FORBIDDEN.search("".join((*said, *more))):
            raise ValueError(f"fact {self.id} holds the character U+{ord(found[0]):04X}, remove it")
        if bool(self.subject) != bool(self.period):
            raise ValueError(f"fact {self.id} needs both a subject and a period, or neither")
        if self.value is not None:
            for words in {w: None for name, w in self.printings.items() if name != "published"}:
                if not _says(words, Decimal(self.value), self.unit):
                    raise ValueError(f"fact {self.id} prints “{words}” for {self.value} {self.unit}".rstrip())

    @property
    def identity(self) -> tuple[str, str] | None:
        """What is the same in every brief; None for a Fact that matters to its own brief only."""
        return (self.subject, self.period) if self.subject else None

    @property
    def basis(self) -> tuple[str, ...]:
        """Ids of the Facts it rests on: its inputs and, where it is restated, what was printed before."""
        return self.inputs if self.restated is None else (*self.inputs, self.restated.fact)

    @property
    def number(self) -> Decimal | None:
        """The exact value as a number."""
        return None if self.value is None else Decimal(self.value)

    @property
    def quotes(self) -> bool:
        """Whether the words of the source are on record, and not only the number they were read as."""
        published = self.printings.get("published")
        return published is not None and published != self.printings.get("plain")


def _says(words: str, value: Decimal, unit: str) -> bool:
    """Whether the first numeral of `words` is `value`, rounded half away from zero to the places it shows.

    The sign may stand in a word ("fell by"). Words without a numeral say nothing wrong.
    """
    found = _NUMERAL.search(words)
    if found is None:
        return True
    shown = Decimal(found[0].replace(",", ""))
    exact = value.copy_abs()  # `abs` would round to the 28 digits of the context that happens to be set
    if unit == "Rs million" and "Rs" in words and "million" not in words:
        exact = exact.scaleb(6, _EXACT)
    return shown == _EXACT.quantize(exact, shown)  # to the places of `shown`


def chain(start: Iterable[str], facts: Mapping[str, Fact]) -> Iterator[str]:
    """The ids in `start` and those of all Facts they rest on, each once; a Fact comes before its basis.

    Raises `KeyError` for an id that is not in `facts`.
    """
    seen: set[str] = set()
    wanted = [*start][::-1]
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            yield name
            wanted += reversed(facts[name].basis)


def faults_between_facts(facts: Sequence[Fact]) -> Iterator[str]:
    """What is wrong between facts: ids that coincide, missing inputs, circles, arithmetic that does not hold."""
    known = {fact.id: fact for fact in facts}
    if len(known) != len(facts):
        yield "two facts share an id"
    missing = False
    for fact in facts:
        for name in fact.basis:
            if name not in known:
                missing = True
                yield f"fact {fact.id} is computed from {name}, which is missing"
    if missing:
        return
    if wrong := _in_a_circle(known):
        yield wrong
        return
    for fact in facts:
        if not holds(fact, known):
            yield f"fact {fact.id} is not the {fact.operation} of its inputs"
    yield from _two_values(facts)


def holds(fact: Fact, facts: Mapping[str, Fact]) -> bool:
    """Whether the value is what its operation makes of its inputs; true where there is nothing to do again."""
    if fact.operation is None or fact.value is None:
        return True
    value = computed(fact.operation, [facts[name].number for name in fact.inputs])
    if value is None:
        return False
    # What is added stays as near as the parts were kept; what is divided may be off in proportion.
    size = Decimal(1) if fact.operation in _ADDED else max(Decimal(1), abs(value))
    return abs(_EXACT.subtract(value, Decimal(fact.value))) <= _TOLERANCE * size


def computed(operation: Operation, inputs: Sequence[Decimal | None]) -> Decimal | None:
    """What `operation` makes of `inputs`; None over an absent input, a zero denominator or too few inputs."""
    if operation == "count":
        return Decimal(len(inputs))
    numbers = [number for number in inputs if number is not None]
    if not numbers or len(numbers) < len(inputs):
        return None
    first, last = numbers[0], numbers[-1]
    match operation:
        case "sum":
            return _total(numbers)
        case "difference":
            return _EXACT.subtract(first, _total(numbers[1:]))
        case "share":
            part = _total(numbers[:-1])
            return None if last == 0 or len(numbers) < 2 else _EXACT.divide(_EXACT.multiply(part, 100), last)
        case "portion":
            whole = _EXACT.multiply(first, last)
            return _EXACT.divide(whole, 100) if len(numbers) == 2 else None
        case "growth":
            if last == 0 or len(numbers) != 2:
                return None
            return _EXACT.subtract(_EXACT.divide(_EXACT.multiply(first, 100), last), 100)
        case "equal":
            return first if len(numbers) == 1 else None
        case _:
            assert_never(operation)


def _total(numbers: Sequence[Decimal]) -> Decimal:
    # Not `sum`: it would round to the 28 digits of the context that happens to be set.
    return reduce(_EXACT.add, numbers, Decimal(0))


def _in_a_circle(facts: Mapping[str, Fact]) -> str | None:
    """What is wrong with a Fact whose inputs lead back to it, or never seem to end; walked without recursion."""
    done: set[str] = set()
    for start in facts:
        path: dict[str, Iterator[str]] = {} if start in done else {start: iter(facts[start].inputs)}
        while path:
            name, inputs = next(reversed(path.items()))
            following = next((one for one in inputs if one not in done), None)
            if following is None:
                done.add(name)
                del path[name]
            elif following in path:
                return f"fact {following} is computed from itself"
            elif len(path) > LONGEST_CHAIN:
                return f"fact {start} rests on a chain of more than {LONGEST_CHAIN} facts"
            else:
                path[following] = iter(facts[following].inputs)
    return None


def _two_values(facts: Sequence[Fact]) -> Iterator[str]:
    seen: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        if fact.identity is not None:
            first = seen.setdefault(fact.identity, fact)
            if first.number != fact.number or first.absence != fact.absence:
                yield (f"facts {first.id} and {fact.id} give two values for {fact.subject} in {fact.period}")
