"""What the reader will see, whatever the format: the closed set of things a brief is made of.

Everything here is plain words and exact numbers kept as text. Nothing here computes, formats or
reads a file. A `Brief` that exists is fit to print: each printed figure belongs to a `Fact`, each
reference has a target, heading levels do not skip, tables are rectangular, and a digit that no
Fact stands behind is one of the few kinds of furniture.

The records are structures of msgspec: a long annex is a hundred thousand of them, and one takes a quarter of the
room of a Pydantic model. What an object may not be is refused when it is made; the lengths and patterns that stand
in the types are held when a brief is read and, for what is composed, by `Brief.saved`, without which no file is made.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Annotated, Literal, Self

from msgspec import Meta
from msgspec.json import decode, encode

from moitt_report.brief.fact import (
    FORBIDDEN,
    Anchor,
    Content,
    ExactNumber,
    Fact,
    Words,
    faults_between_facts,
)
from moitt_report.brief.furniture import FURNITURE, FurnitureKind

Tone = Literal["good", "watch", "bad", "open", "none"]
SeriesRole = Literal["actual", "previous", "authorised", "target", "due"]

Number = Annotated[str, Meta(pattern=r"^([A-Za-z][A-Za-z0-9 .-]{0,39})?$(?!\n)")]
"""The number of a table or chart, such as `Table 1`; empty for one that is not numbered."""
Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$(?!\n)")]
"""A language as BCP 47 names it: `en-GB`, `ur`."""

_TARGET = re.compile(r"(https?://|#)\S+\Z")


class Variant(Content, frozen=True, tag_field="kind", tag=str.lower):
    """Base of what may stand where others may: in JSON its `kind` is its name in small letters."""


class StructureError(ValueError):
    """The parts of a brief do not fit together; the outline may be at fault."""


# --- runs ---------------------------------------------------------------------------------------


class Text(Variant, frozen=True, kw_only=True):
    """Words in one face. A digit among them needs a `furniture` kind and must look like it."""

    words: Words
    bold: bool = False
    italic: bool = False
    furniture: FurnitureKind | None = None
    language: Language | None = None
    """None for that of the brief."""

    def __post_init__(self) -> None:
        _refuse_forbidden(self.words)
        if any(map(str.isdigit, self.words)):
            if self.furniture is None:
                raise ValueError(
                    f"the numeral in “{self.words}” belongs to no Fact; "
                    "bind it to one or mark what kind of furniture it is"
                )
            if not FURNITURE[self.furniture].fullmatch(self.words.replace("\u00a0", " ")):
                raise ValueError(f"“{self.words}” does not look like a {self.furniture}")


class Figure(Variant, frozen=True, kw_only=True):
    """One printing of a Fact: the exact words, and whose they are."""

    fact: str
    printing: str
    words: Words
    bold: bool = False
    italic: bool = False
    absent: bool = False
    """True when the words stand for an absence (n.r., n.y.d., n.a.); set in the muted colour."""


class Link(Variant, frozen=True, kw_only=True):
    """Words that lead to an address on the web, or to an anchor in this brief (`#anchor`)."""

    words: Words
    target: Annotated[str, Meta(pattern=r"^(https?://|#)\S+$(?!\n)", max_length=2000)]
    bold: bool = False
    italic: bool = False

    def __post_init__(self) -> None:
        _refuse_forbidden(self.words + self.target)
        if not _TARGET.match(self.target):
            raise ValueError(f"a link leads to the web or into this brief, not to “{self.target}”")


class NoteRef(Variant, frozen=True, kw_only=True):
    """A reference to a note, source or decision of this brief by its number: R1, M2, S3."""

    words: Annotated[str, Meta(pattern=r"^[RMSDW][0-9]+$(?!\n)")]
    bold: bool = False
    italic: bool = False


Run = Text | Figure | Link | NoteRef
Runs = tuple[Run, ...]


# --- blocks -------------------------------------------------------------------------------------


class Heading(Variant, frozen=True, kw_only=True):
    """A heading; level 1 is the title of the brief, level 2 a section."""

    level: Annotated[int, Meta(ge=1, le=4)]
    runs: Runs
    anchor: Anchor


class Paragraph(Variant, frozen=True, kw_only=True):
    """A paragraph; `number` prints in the margin ("3.")."""

    runs: Runs
    number: int | None = None
    role: Literal["body", "legend"] = "body"


class List(Variant, frozen=True, kw_only=True):
    """A list with bullets, or numbered from 1."""

    items: tuple[Runs, ...]
    ordered: bool = False


class Column(Content, frozen=True, kw_only=True):
    """A column of a table. `width` is in mm and is scaled to the width of the text block."""

    head: Runs
    align: Literal["left", "right"] = "left"
    width: Annotated[float, Meta(gt=0)]
    muted: bool = False


class HeadGroup(Content, frozen=True, kw_only=True):
    """A head over the columns `first` to `last` (counted from 0, both included)."""

    runs: Runs
    first: int
    last: int


class Cell(Content, frozen=True, kw_only=True):
    """A cell. `bar` is a share in percent drawn beside the number; `blank` is a ruled space to fill."""

    runs: Runs = ()
    span: Annotated[int, Meta(ge=1)] = 1
    tone: Tone | None = None
    bar: ExactNumber | None = None
    blank: bool = False

    def __post_init__(self) -> None:
        if not self.runs and not self.blank and self.tone is None:
            raise ValueError("a cell is never empty: print the absence, or rule a blank")
        if self.tone is not None and not self.runs:
            raise ValueError("a status mark needs its word")


class Row(Content, frozen=True, kw_only=True):
    """A row. Its kind says what it is in the sum, and with that how it is set."""

    cells: tuple[Cell, ...]
    role: Literal["body", "subtotal", "total", "comparison", "later"] = "body"
    anchor: Annotated[str, Meta(pattern=r"^([A-Za-z][A-Za-z0-9._-]{0,63})?$(?!\n)")] = ""
    """Number of the note or source this row is, so that references can lead to it: R1, S3."""


class Table(Variant, frozen=True, kw_only=True):
    """A table with its parts named: title, unit line, grouped heads, stub, rows, notes, sources."""

    anchor: Anchor
    number: Number = ""
    title: Runs
    unit: Runs = ()
    columns: Annotated[tuple[Column, ...], Meta(min_length=1, max_length=60)]
    groups: tuple[HeadGroup, ...] = ()
    stub: int = 0
    """Index of the column whose cells head their rows."""
    rows: tuple[Row, ...]
    notes: tuple[Runs, ...] = ()
    sources: Runs = ()
    size: Literal["money", "dense", "roomy"] = "money"

    def __post_init__(self) -> None:
        width = len(self.columns)
        for n, row in enumerate(self.rows, 1):
            if sum(cell.span for cell in row.cells) != width:
                raise ValueError(f"row {n} of {self.anchor} does not fill its {width} columns")
        taken: set[int] = set()
        for group in self.groups:
            span = set(range(group.first, group.last + 1))
            if not span or not span <= set(range(width)) or span & taken:
                raise ValueError(f"the grouped heads of {self.anchor} overlap or leave the table")
            taken |= span
        if not 0 <= self.stub < width:
            raise ValueError(f"{self.anchor} names a stub column it does not have")


class Point(Content, frozen=True, kw_only=True):
    """One value of a chart and the words printed at it; an absent value has no bar, only words."""

    value: ExactNumber | None
    label: Figure


class Series(Content, frozen=True, kw_only=True):
    """One value for each category. The role decides the shape and colour, the same everywhere."""

    name: Runs = ()
    """Empty where one series stands alone: the title says what it is."""
    role: SeriesRole
    points: tuple[Point, ...]


class Category(Content, frozen=True, kw_only=True):
    """What one group of bars, or one row, stands for. `note` is a change or a remark beside it."""

    label: Runs
    sublabel: Runs = ()
    note: Runs = ()
    earlier: bool = False
    """An earlier year: the same shapes in the muted colours."""


class ChartColumn(Content, frozen=True, kw_only=True):
    """A column of numbers beside a progress chart; `role` draws the swatch before its head."""

    head: Runs
    role: SeriesRole | None = None
    cells: tuple[Runs, ...]


class Chart(Variant, frozen=True, kw_only=True):
    """A chart as data: every point a value and its words. Renderers draw; they never format.

    `columns`: upright bars, one group a category. `bars`: lying bars for long names.
    `line`: one line a series, broken at an absence. `progress`: one row a category, with
    target as outline, authorised as tint, actual as solid bar, due as tick; an optional
    table of numbers stands at its right.
    """

    form: Literal["columns", "bars", "line", "progress"]
    anchor: Anchor
    number: Number
    title: Runs
    unit: Runs
    categories: Annotated[tuple[Category, ...], Meta(min_length=1)]
    series: Annotated[tuple[Series, ...], Meta(min_length=1)]
    columns: tuple[ChartColumn, ...] = ()
    alt: Runs
    """The chart in words: title, every value, the gaps. Screen readers speak it."""
    notes: tuple[Runs, ...] = ()
    sources: Runs = ()

    def __post_init__(self) -> None:
        if not plain(self.alt).strip():
            raise ValueError(f"{self.anchor} needs words for those who do not see it")
        n = len(self.categories)
        if any(len(s.points) != n for s in self.series):
            raise ValueError(f"each series of {self.anchor} needs one point for each category")
        if any(len(c.cells) != n for c in self.columns):
            raise ValueError(f"each number column of {self.anchor} needs one cell for each row")


class KeyFigure(Content, frozen=True, kw_only=True):
    """One headline number: label with period, value, unit or denominator, comparisons."""

    label: Runs
    value: Figure
    unit: Runs
    comparisons: tuple[Runs, ...] = ()


class KeyFigures(Variant, frozen=True, kw_only=True):
    """The band of headline numbers; two to four of them."""

    items: Annotated[tuple[KeyFigure, ...], Meta(min_length=1, max_length=4)]


class NoteItem(Content, frozen=True, kw_only=True):
    """One note that the text refers to by number."""

    number: Annotated[str, Meta(pattern=r"^[RMSDW][0-9]+$(?!\n)")]
    title: Runs
    runs: Runs


class Notes(Variant, frozen=True, kw_only=True):
    """A list of numbered notes, each the target of its references."""

    items: tuple[NoteItem, ...]


class Pair(Variant, frozen=True, kw_only=True):
    """Two blocks side by side, read left first."""

    left: "Chart | Table"
    right: "Chart | Table"


class TitleField(Content, frozen=True, kw_only=True):
    """A line of the title block; without runs, which only a draft may have, it prints as a ruled blank."""

    label: Runs
    runs: Runs = ()
    side: Literal["left", "right"] = "left"


class TitleBlock(Variant, frozen=True, kw_only=True):
    """The head of page 1: letterhead, title, period, and the fields of the file."""

    letterhead: tuple[Runs, ...]
    title: Runs
    period: Runs
    fields: tuple[TitleField, ...]


class Signature(Variant, frozen=True, kw_only=True):
    """Room for a signature, with what is enclosed at its left."""

    caption: Runs
    enclosure: Runs = ()


class Contents(Variant, frozen=True, kw_only=True):
    """The list of sections, each leading to its heading."""

    title: Runs


class PageBreak(Variant, frozen=True, kw_only=True):
    """What follows starts on a new page."""


Block = (
    Heading
    | Paragraph
    | List
    | Table
    | Chart
    | KeyFigures
    | Notes
    | Pair
    | TitleBlock
    | Signature
    | Contents
    | PageBreak
)


class Section(Content, frozen=True, kw_only=True):
    """Blocks under one heading."""

    id: Anchor
    blocks: tuple[Block, ...]


class Brief(Content, dict=True, gc=True, frozen=True, kw_only=True):
    """The whole briefing, ready for any renderer."""

    format: Literal["moitt-report/brief/1"] = "moitt-report/brief/1"
    language: Language
    direction: Literal["ltr"] = "ltr"
    """Lines run from left to right; there is no other value while neither renderer can set another."""
    outline: Anchor
    about: Annotated[str, Meta(pattern=r"^([a-z0-9][a-z0-9-]{0,99})?$(?!\n)")] = ""
    """Whom it is about, as part of a file name: `pseb`; empty for the whole portfolio."""
    period: Annotated[str, Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$(?!\n)")]
    """The period's file name: `2024-25-Q2`."""
    title: Words
    running_head: tuple[Runs, Runs]
    """Left and right words at the head of each page after the first."""
    file_number: Annotated[str, Meta(max_length=200)] = ""
    classification: Annotated[str, Meta(max_length=200)] = ""
    stage: Literal["draft", "final"]
    as_of: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
    author: Words
    sections: Annotated[tuple[Section, ...], Meta(min_length=1)]
    facts: tuple[Fact, ...]

    @property
    def stem(self) -> str:
        """The name of its files without their ending: `quarterly`, `agency-pseb`."""
        return f"{self.outline}-{self.about}" if self.about else self.outline

    def __post_init__(self) -> None:
        """Refuse what is not fit to print."""
        _refuse_forbidden(self.title + self.file_number + self.classification + self.author)
        if not _is_day(self.as_of):
            raise ValueError(f"the cut-off {self.as_of} is not a day, written as 2024-12-31")
        for fault in faults_between_facts(self.facts):
            raise ValueError(fault)
        facts = {fact.id: fact for fact in self.facts}
        known: set[str] = set()
        for place in anchors(self):
            if place in known:
                raise StructureError(f"“{place}” stands for two places")
            known.add(place)
        missing = dict.fromkeys(run.words for run in runs(self) if not _checked(run, facts, known))
        if missing:
            raise StructureError(f"notes that are referred to are not there: {', '.join(missing)}")
        level = 0
        for block in blocks(self):
            if isinstance(block, Chart):
                _check_points(block, facts)
            elif isinstance(block, TitleBlock):
                level = 1
                if self.stage == "final" and not all(field.runs for field in block.fields):
                    raise StructureError("a final brief leaves no line of its title block blank")
            elif isinstance(block, Heading):
                if block.level > level + 1:
                    raise StructureError(f"the heading level skips at {block.anchor}")
                level = block.level

    @cached_property
    def saved(self) -> bytes:
        """The brief as JSON, in UTF-8; made once, since every file carries it. Raises `ValueError` as `read_back` does."""
        return self.read_back().saved

    @cached_property
    def as_json(self) -> str:
        """The same as text."""
        return self.saved.decode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the JSON: it says which brief a file was made from."""
        return hashlib.sha256(self.saved).hexdigest()

    @classmethod
    def from_json(cls, json: bytes | str) -> Self:
        """The brief in its JSON.

        Raises `ValueError`: `msgspec.DecodeError` when it is not JSON, `msgspec.ValidationError` with the place
        when it is no sound brief; and `RecursionError` for a nesting without end.
        """
        brief = decode(json, type=cls)
        brief.__dict__["saved"] = encode(brief)
        return brief

    def read_back(self) -> Self:
        """The brief as anyone will read it from a file that carries it.

        Raises `ValueError` when nobody could: a word is too long, an anchor is misspelt.
        """
        return self.from_json(encode(self))


# --- walking ------------------------------------------------------------------------------------


def blocks(brief: Brief) -> Iterator[Block]:
    """All blocks in reading order; a `Pair` is followed by its two halves."""
    for section in brief.sections:
        for block in section.blocks:
            yield block
            if isinstance(block, Pair):
                yield block.left
                yield block.right


def runs(brief: Brief) -> Iterator[Run]:
    """All runs that are printed or spoken, in reading order."""
    yield from chain.from_iterable(brief.running_head)
    for block in blocks(brief):
        yield from block_runs(block)


def block_runs(block: Block) -> Iterator[Run]:
    """The runs of one block in reading order, alternative text included; a `Pair` has none itself."""
    match block:
        case Heading() | Paragraph():
            yield from block.runs
        case List():
            yield from chain.from_iterable(block.items)
        case Table():
            yield from chain(block.title, block.unit)
            yield from chain.from_iterable(g.runs for g in block.groups)
            yield from chain.from_iterable(c.head for c in block.columns)
            yield from chain.from_iterable(c.runs for row in block.rows for c in row.cells)
            yield from chain.from_iterable(block.notes)
            yield from block.sources
        case Chart():
            yield from chain(block.title, block.unit)
            for series in block.series:
                yield from series.name
                yield from (point.label for point in series.points)
            for category in block.categories:
                yield from chain(category.label, category.sublabel, category.note)
            for column in block.columns:
                yield from column.head
                yield from chain.from_iterable(column.cells)
            yield from block.alt
            yield from chain.from_iterable(block.notes)
            yield from block.sources
        case KeyFigures():
            for item in block.items:
                yield from item.label
                yield item.value
                yield from item.unit
                yield from chain.from_iterable(item.comparisons)
        case Notes():
            for note in block.items:
                yield from chain(note.title, note.runs)
        case TitleBlock():
            yield from chain.from_iterable(block.letterhead)
            yield from chain(block.title, block.period)
            for field in block.fields:
                yield from chain(field.label, field.runs)
        case Signature():
            yield from chain(block.caption, block.enclosure)
        case Contents():
            yield from block.title
        case PageBreak() | Pair():
            return


def anchors(brief: Brief) -> Iterator[str]:
    """All places that references can lead to, in reading order."""
    for block in blocks(brief):
        match block:
            case Heading() | Chart():
                yield block.anchor
            case Table():
                yield block.anchor
                yield from (row.anchor for row in block.rows if row.anchor)
            case Notes():
                yield from (item.number for item in block.items)
            case (
                Paragraph()
                | List()
                | KeyFigures()
                | Pair()
                | TitleBlock()
                | Signature()
                | Contents()
                | PageBreak()
            ):
                pass


def plain(runs: Runs) -> str:
    """The words of `runs` as one string."""
    return "".join(run.words for run in runs)


def _checked(run: Run, facts: Mapping[str, Fact], anchors: set[str]) -> bool:
    """False for a reference to a note that is not there; what else is wrong with `run` is raised."""
    match run:
        case Figure():
            fact = facts.get(run.fact)
            if fact is None:
                raise ValueError(f"“{run.words}” belongs to the fact {run.fact}, which is missing")
            if fact.printings.get(run.printing) != run.words:
                raise ValueError(f"“{run.words}” is not the printing “{run.printing}” of the fact {run.fact}")
        case NoteRef():
            return run.words in anchors
        case Link():
            if run.target.startswith("#") and run.target[1:] not in anchors:
                raise StructureError(f"the link to {run.target} has no target")
        case Text():
            pass
    return True


def _check_points(chart: Chart, facts: Mapping[str, Fact]) -> None:
    """What is drawn is what is said: a bar of another length would be a figure without a Fact."""
    for point in (point for series in chart.series for point in series.points):
        drawn = None if point.value is None else Decimal(point.value)
        if drawn != facts[point.label.fact].number:
            raise ValueError(f"{chart.anchor} draws {point.value} where it says “{point.label.words}”")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse_forbidden(words: str) -> None:
    found = FORBIDDEN.search(words)
    if found:
        raise ValueError(f"the character U+{ord(found[0]):04X} cannot be printed; remove it")
