"""A brief in the making: the portfolio, the ledger of facts, the tokens that prose may use, the notes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypedDict, TypeVar, cast

from moitt_report.brief.content import Figure, Link, NoteRef, Run, Runs, Text
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.outline import TOKEN, BlockPart, Outline, Part, Prose, Saying
from moitt_report.brief.printed import Printed
from moitt_report.brief.settings import Settings
from moitt_report.brief.wording import dated, day, furniture, say
from moitt_report.errors import InputError, Problem
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.subject import Subject
from moitt_report.model.waiver import Override, Waiver

Token = Printed | Runs
Maker = Callable[[], Token]
Made = TypeVar("Made")
_OF_THE_BRIEF = ("conflicts", "ref.", "kpis.", "warnings", "flags.", "earlier", "restated")
ABSENT = "absent"
"""Written as a printing: `{authorised:absent}`. The words of an absence, and only where there is one."""
_SPLIT_TOKENS = re.compile(r"(\{[^}]*\})")
_SPLIT = re.compile(r"(\*\*|\*|\{[^}]*\})")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that disagree: what is used, what is also published, by how much, and why this one."""

    key: str
    what: Runs
    used: Runs
    also: Runs
    difference: Runs
    reason: Runs
    number: str = ""


class Frame(TypedDict):
    """What stands above a table or chart."""

    number: str
    title: Runs
    unit: Runs


@dataclass(slots=True)
class Composition:
    """Everything the parts of a brief share while it is composed."""

    portfolio: Portfolio
    ledger: Ledger
    outline: Outline
    settings: Settings = field(default_factory=Settings)
    about: Subject | None = None
    """Whom the brief is about; the portfolio is narrowed to it."""
    tokens: dict[str, Maker] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    printed: set[tuple[str, str]] = field(default_factory=set)
    """What stands on the pages written so far: each fact by id, with the name of its printing."""
    tables: int = 0
    charts: int = 0
    _made: dict[str, Token] = field(default_factory=dict)
    _kept: dict[str, object] = field(default_factory=dict)

    def next_table(self) -> str:
        """The number of the next table."""
        self.tables += 1
        return f"Table {self.tables}"

    def next_chart(self) -> str:
        """The number of the next chart."""
        self.charts += 1
        return f"Chart {self.charts}"

    def begin_again(self) -> None:
        """Forget the numbers of tables and charts and the values of tokens, to write the brief anew; facts stay."""
        self.tables = self.charts = 0
        self._made.clear()

    def once(self, key: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made at the first call for `key` and kept for the others."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(Made, self._kept[key])

    def token(self, name: str) -> Token:
        """The value of a token, made once. Raises `KeyError` for an unknown name."""
        if name not in self._made:
            self._made[name] = self.tokens[name]()
        return self._made[name]

    def speak(self, saying: Saying) -> Runs:
        """The first alternative that `fits`, as runs; the last one where none does."""
        return self._runs(next(filter(self.fits, saying), saying[-1]))

    def fits(self, prose: Prose) -> bool:
        """Whether all figures that `prose` names are there, and those it names as `{token:absent}` are absent."""
        for name, printing in prose.tokens:
            token = self.token(name)
            absent = not token or (isinstance(token, Printed) and token.absent)
            if absent != (printing == ABSENT):
                return False
        return True

    def frame(self, part: BlockPart, number: str) -> Frame:
        """What stands above a table or chart: its number, title and unit, in this order."""
        return {"number": number, "title": self.speak(part.title), "unit": self.unit(part)}

    def unit(self, part: BlockPart) -> Runs:
        """The unit line of a table or chart; empty where the outline gives none."""
        return self.speak(part.unit) if part.unit else ()

    def notes(self, part: BlockPart) -> tuple[Runs, ...]:
        """The notes under a table or chart."""
        return tuple(self.speak(note) for note in part.notes)

    def figure(self, prose: Prose) -> Figure:
        """The single figure that `prose` names, as for a key figure."""
        runs = self._runs(prose)
        if len(runs) != 1 or not isinstance(runs[0], Figure):
            raise InputError(
                [
                    Problem(
                        prose.where,
                        f"“{prose.text}” is not one figure",
                        "write a single {token} that is a number",
                    )
                ]
            )
        return runs[0]

    @property
    def quotable(self) -> set[str]:
        """The tokens that an agency's words may name; not those that count what only the whole brief shows."""
        return {name for name in self.tokens if not name.startswith(_OF_THE_BRIEF)}

    def quote(self, words: str, where: str = "the words of a return") -> Runs:
        """Somebody else's words as they stand, except that each known {token} becomes a figure of the brief.

        Raises `InputError` for a token that stands for nothing in this brief, such as {exports.fell} where they rose.
        """
        runs: Runs = ()
        for piece in _SPLIT_TOKENS.split(words):
            found = TOKEN.fullmatch(piece)
            if found and found[1] in self.quotable:
                runs += self._quoted_token(Prose(text=piece, where=where), found[1], found[2])
            elif piece:
                runs += remark(piece)
        return runs

    def _quoted_token(self, prose: Prose, name: str, printing: str | None) -> Runs:
        runs = self._token_runs(prose, name, printing, bold=False, italic=False)
        if not runs:
            remedy = "name a figure that this brief has; see: moitt-report list tokens"
            raise InputError([Problem(prose.where, f"{{{name}}} stands for nothing in this brief", remedy)])
        return runs

    def answered_for(self, reason: Waiver | Override, set_by: str = "") -> Runs:
        """A reason in the words of whoever gave it, with who and when: `Payments fall in spring (A. Khan, 9 May 2025)`.

        `set_by` are words of ours before the name.
        """
        return (
            self.quote(reason.why)
            + say(f" ({set_by}")
            + furniture(reason.who, "title block")
            + say(", ")
            + dated(day(reason.when))
            + say(")")
        )

    def reference(self, key: str) -> Runs:
        """The reference to a reconciliation note; empty when nothing disagrees there."""
        return next(((NoteRef(words=c.number),) for c in self.conflicts if c.key == key), ())

    def _runs(self, prose: Prose) -> Runs:
        runs: Runs = ()
        bold = italic = False
        for piece in _SPLIT.split(" ".join(prose.text.split())):
            found = TOKEN.fullmatch(piece)
            if piece == "**":
                bold = not bold
            elif piece == "*":
                italic = not italic
            elif found:
                runs += self._token_runs(prose, found[1], found[2], bold=bold, italic=italic)
            elif piece:
                runs += say(piece, bold=bold, italic=italic)
        return runs

    def _token_runs(self, prose: Prose, name: str, printing: str | None, *, bold: bool, italic: bool) -> Runs:
        token = self.token(name)
        if isinstance(token, Printed) and printing == ABSENT:
            printing = "prose"  # of a figure that is absent, the words of its absence
        if not isinstance(token, Printed):
            return tuple(restyled(run, bold=bold, italic=italic) for run in token)
        if printing is not None and printing not in token.printings:
            raise InputError(
                [
                    Problem(
                        prose.where,
                        f"“{name}” has no printing “{printing}”",
                        f"use one of {', '.join(token.printings)}",
                    )
                ]
            )
        return token.run(printing or "prose", bold=bold, italic=italic)


def restyled(run: Run, *, bold: bool, italic: bool) -> Run:
    """The same run in another face; what is bold already stays bold."""
    face = {"bold": run.bold or bold, "italic": run.italic or italic}
    match run:
        case Text():
            return Text(words=run.words, furniture=run.furniture, language=run.language, **face)
        case Figure():
            return Figure(fact=run.fact, printing=run.printing, words=run.words, absent=run.absent, **face)
        case Link():
            return Link(words=run.words, target=run.target, **face)
        case NoteRef():
            return NoteRef(words=run.words, **face)


# No longer than `furniture.FURNITURE` lets a quotation be.
LONGEST_RUN = 600


def remark(words: str) -> Runs:
    """Somebody else's words: shown as they stand, their numerals theirs; in runs no longer than a quotation may be."""
    runs: Runs = ()
    while words:
        cut = len(words) if len(words) <= LONGEST_RUN else words.rfind(" ", 0, LONGEST_RUN) + 1 or LONGEST_RUN
        piece, words = words[:cut], words[cut:]
        runs += furniture(piece, "quoted") if any(c.isdigit() for c in piece) else say(piece)
    return runs


def unknown_tokens(outline: Outline, known: set[str]) -> list[Problem]:
    """Every token of the outline that nothing stands behind, with the nearest known one."""
    problems = []
    for prose in _proses(outline):
        for name, _ in prose.tokens:
            if name not in known:
                problems.append(
                    Problem(prose.where, f"{{{name}}} is not a known token", token_remedy(name, known))
                )
    return problems


def token_remedy(name: str, known: set[str]) -> str:
    """What to do about a token that is not one of the `known`: take the nearest, or look them up."""
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {{{near[0]}}}?" if near else "see the known ones: moitt-report list tokens"


def _proses(part: object) -> Iterator[Prose]:
    match part:
        case Prose():
            yield part
        case tuple():
            for one in part:
                yield from _proses(one)
        case Part():
            for name in type(part).model_fields:
                yield from _proses(getattr(part, name))
        case _:
            return
