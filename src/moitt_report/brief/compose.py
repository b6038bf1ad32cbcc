"""Portfolio and outline to Brief: the title block, then each part of the outline in its order."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, ConfigDict, StringConstraints

from moitt_report.brief import (
    agencies,
    budgets,
    changes,
    completion,
    conflicts,
    exports,
    fact_annex,
    flags,
    kpi_table,
    legends,
    money,
    position,
    progress,
    projects,
    reconciliation,
    returns,
    sources,
    stages,
    warnings,
    wording,
)
from moitt_report.brief.composition import Composition, Maker, unknown_tokens
from moitt_report.brief.content import (
    Block,
    Brief,
    Cell,
    Chart,
    Column,
    Contents,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    NoteItem,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Row,
    Runs,
    Section,
    Signature,
    Table,
    TitleBlock,
    TitleField,
    block_runs,
    runs,
)
from moitt_report.brief.earlier import Earlier
from moitt_report.brief.fact import Fact
from moitt_report.brief.free_text import unknown_tokens_of
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.length import pages
from moitt_report.brief.outline import (
    AnyPart,
    BlockPart,
    DecisionsPart,
    HeadingPart,
    KeyFiguresPart,
    NotesPart,
    Outline,
    OutlineSection,
    PairPart,
    ParagraphPart,
    SignaturePart,
    TitleFieldItem,
)
from moitt_report.brief.wording import dated, furniture, named, say
from moitt_report.errors import InputError, Problem
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.record import Name

MINISTRY = "Ministry of Information Technology and Telecommunication"
MOST_PAGES_WITHOUT_CONTENTS = 4
Typed = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class Settings(BaseModel):
    """The title block as the officer fills it: by `--set NAME=VALUE`, or in `brief.yaml` beside the returns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name | None = None
    to: Name | None = None
    sender: Name | None = None
    file_number: Name | None = None
    date: Name | None = None
    classification: Name | None = None


Composer = Callable[[Composition, BlockPart], Table | Chart]

BLOCKS: Mapping[str, Composer] = {
    "position": position.position_table,
    "position-chart": position.position_chart,
    "budgets": budgets.budget_table,
    "returns": returns.return_table,
    "stages": stages.stage_table,
    "projects": projects.project_table,
    "agencies": agencies.agency_table,
    "kpis": kpi_table.kpi_table,
    "exports-months": exports.months_chart,
    "exports-year": exports.year_chart,
    "exports-target": exports.target_chart,
    "progress": progress.progress_table,
    "flags": flags.flag_table,
    "completed-by-agency": completion.completed_chart,
    "nics-by-place": completion.places_chart,
    "kpi-list": completion.kpi_list,
    "milestones": completion.milestone_table,
    "reconciliation": reconciliation.reconciliation_table,
    "changes": changes.change_table,
    "restated": changes.restated_table,
    "warnings": warnings.warning_table,
    "status-rule": legends.status_table,
    "absences": legends.absence_table,
    "sources": sources.source_table,
    fact_annex.BLOCK: fact_annex.fact_table,
}
"""The tables and charts an outline may name."""

_BORNE: Mapping[str, Callable[[Composition], bool]] = {
    "position-chart": lambda c: any(standing.stages for standing, _ in c.portfolio.standings),
    "budgets": budgets.has_several,
    "returns": returns.has_several,
    "stages": stages.has_stages,
    "projects": lambda c: bool(c.portfolio.projects),
    "agencies": lambda c: bool(c.portfolio.projects),
    "progress": lambda c: bool(c.portfolio.projects),
    "kpis": lambda c: bool(c.portfolio.kpis),
    "exports-months": lambda c: any(k.id == exports.EXPORTS for k in c.portfolio.kpis),
    # Up to half a year the months of the quarter say it all.
    "exports-year": lambda c: (
        len(c.portfolio.to_date) > 6 and any(k.id == exports.EXPORTS for k in c.portfolio.kpis)
    ),
    "exports-target": lambda c: any(k.id == exports.EXPORTS for k in c.portfolio.kpis),
    "completed-by-agency": lambda c: completion.has_parts(c, completion.COMPLETED),
    "nics-by-place": lambda c: completion.has_parts(c, completion.NICS),
    "reconciliation": lambda c: bool(c.conflicts),
    "changes": changes.has_earlier,
    "restated": changes.has_restated,
    "warnings": lambda c: bool(warnings.found(c)),
    "flags": lambda c: bool(flags.found(c)),
}
"""What the data must hold for a block to be printed; a block not named here is always printed."""


def compose(
    portfolio: Portfolio,
    outline: Outline,
    settings: Settings | None = None,
    stage: Literal["draft", "final"] = "draft",
    previous: Earlier | None = None,
) -> Brief:
    """The brief of `portfolio` by `outline`.

    Figures that `previous`, or else the previous returns, gave another value for are marked as restated.
    Raises `InputError` for an unknown token or block, and for a field that a final brief lacks.
    """
    typed = settings or Settings()
    earlier = changes.what_was_said(portfolio, outline, previous)
    c = Composition(portfolio, Ledger(portfolio.sources, earlier), outline)
    c.tokens |= _tokens(c)
    problems = [*unknown_tokens(outline, set(c.tokens)), *_unknown_blocks(outline)]
    problems += unknown_tokens_of(portfolio, set(c.tokens))
    problems += _missing_fields(outline, typed) if stage == "final" else ()
    if problems:
        raise InputError(problems)
    c.conflicts = conflicts.find_conflicts(c)
    sections = _Writer(c, typed).sections()
    if _look_back(c):
        c.begin_again()
        sections = _Writer(c, typed).sections()
    title = typed.title or c.outline.title.text
    brief = Brief(
        language="en-GB",
        outline=outline.outline,
        period=str(portfolio.period),
        title=f"{title}, {wording.period_name(portfolio.period)}".replace(wording.NBSP, " "),
        running_head=(
            say("Ministry of IT and Telecommunication"),
            say(f"{outline.running_head.text}, ") + dated(wording.period_name(portfolio.period)),
        ),
        file_number=typed.file_number or "",
        classification=typed.classification or "",
        stage=stage,
        as_of=portfolio.as_of.isoformat(),
        author=typed.sender or MINISTRY,
        sections=sections,
        facts=c.ledger.facts,
    )
    if pages(brief) > MOST_PAGES_WITHOUT_CONTENTS:
        brief = _rebuilt(brief, sections=_with_contents(brief.sections))
    return _rebuilt(brief, facts=_printed_facts(brief))


def _rebuilt(brief: Brief, **changes: object) -> Brief:
    """The brief with changes, validated anew (a copy with updates would not be)."""
    return Brief(**({name: getattr(brief, name) for name in Brief.model_fields} | changes))


def _with_contents(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The list of contents at the head of the first section after the front page."""
    front, *rest = sections
    contents = Contents(title=say("Contents"))
    if not rest:
        return (Section(id=front.id, blocks=(*front.blocks, contents)),)
    starts = isinstance(rest[0].blocks[0], PageBreak)
    blocks = (*rest[0].blocks[:starts], contents, *rest[0].blocks[starts:])
    return (front, Section(id=rest[0].id, blocks=blocks), *rest[1:])


def _printed_facts(brief: Brief) -> tuple[Fact, ...]:
    """The facts on the page and all that they were computed from."""
    facts = {fact.id: fact for fact in brief.facts}
    wanted = [run.fact for run in runs(brief) if isinstance(run, Figure)]
    kept: set[str] = set()
    while wanted:
        id = wanted.pop()
        if id not in kept:
            kept.add(id)
            before = facts[id].restated
            wanted += (*facts[id].inputs, *((before.fact,) if before else ()))
    return tuple(fact for fact in brief.facts if fact.id in kept)


def _tokens(c: Composition) -> dict[str, Maker]:
    period, to_date = c.portfolio.period, c.portfolio.to_date
    year_end = period.year.last_day
    tokens: dict[str, Maker] = {
        "as-of": lambda: dated(wording.day(c.portfolio.as_of)),
        "period": lambda: dated(wording.period_name(period)),
        "months": lambda: dated(wording.months(period)),
        "year": lambda: dated(wording.fiscal(period.year)),
        "year-end": lambda: dated(wording.day(year_end)),
        "to-date": lambda: dated(wording.months(to_date)),
        "to-date.short": lambda: dated(wording.short_months(to_date)),
        "to-date.y1": lambda: dated(wording.months(to_date.year_earlier)),
        "to-date.y1.short": lambda: dated(wording.short_months(to_date.year_earlier)),
        "to-date.y2.short": lambda: dated(wording.short_months(to_date.before(24))),
        "conflicts": lambda: conflicts.conflict_count(c),
        "restated": lambda: say(wording.RESTATED) if changes.has_restated(c) else (),
        "earlier": lambda: changes.earlier_name(c),
        "ref.allocation": lambda: c.reference("allocation"),
        "ref.projects": lambda: c.reference("projects"),
        "ref.completed": lambda: c.reference(f"{completion.COMPLETED}.parts"),
        "ref.exports": lambda: c.reference("exports.sum"),
    }
    for citation in c.portfolio.registers.rules.citations:
        tokens[f"name.{citation.id}"] = partial(named, citation.name)
    for make in (
        money.money_tokens,
        projects.project_tokens,
        kpi_table.kpi_tokens,
        exports.export_tokens,
        completion.completion_tokens,
        warnings.warning_tokens,
        flags.flag_tokens,
        returns.return_tokens,
    ):
        tokens |= make(c)
    return tokens


def token_names(portfolio: Portfolio, outline: Outline) -> list[str]:
    """Every token that prose may use."""
    return sorted(_tokens(Composition(portfolio, Ledger(()), outline)))


def _parts(outline: Outline) -> Iterator[AnyPart]:
    for section in outline.sections:
        yield from section.parts


def _block_parts(outline: Outline) -> Iterator[BlockPart]:
    for part in _parts(outline):
        for block in part.pair if isinstance(part, PairPart) else (part,):
            if isinstance(block, BlockPart):
                yield block


def _unknown_blocks(outline: Outline) -> Iterator[Problem]:
    names = [(block.block, block.title[0].where) for block in _block_parts(outline)]
    names += [(s.needs, f"section {s.id}") for s in outline.sections if s.needs is not None]
    for name, where in names:
        if name not in BLOCKS:
            yield Problem(where, f"“{name}” is not a known block", f"use one of {', '.join(BLOCKS)}")


def _look_back(c: Composition) -> bool:
    """Whether something tells of the whole brief, wherever it stands: then it is written anew, knowing all."""
    asked = {part.block for part in _block_parts(c.outline)}
    return fact_annex.BLOCK in asked or changes.has_restated(c)


def _borne(c: Composition, block: str) -> bool:
    """Whether the data hold what a block prints."""
    borne = _BORNE.get(block)
    return borne is None or borne(c)


def _missing_fields(outline: Outline, typed: Settings) -> Iterator[Problem]:
    for name in (*(f.name for f in outline.fields), "classification"):
        if name in Settings.model_fields and getattr(typed, name) is None:
            yield Problem(
                "title block", f"a final brief needs “{name}”", f"give it by --set {name}=… or in brief.yaml"
            )


def _figures(blocks: list[Block]) -> set[tuple[str, str]]:
    """The facts that `blocks` print, with the names of their printings."""
    halves = [half for block in blocks if isinstance(block, Pair) for half in (block.left, block.right)]
    printed = chain.from_iterable(map(block_runs, (*blocks, *halves)))
    return {(run.fact, run.printing) for run in printed if isinstance(run, Figure)}


class _Writer:
    """Writes the sections of one composition, counting headings and paragraphs."""

    def __init__(self, c: Composition, typed: Settings) -> None:
        self.c, self.typed = c, typed
        self.plans = [s for s in c.outline.sections if s.needs is None or _borne(c, s.needs)]
        self.headings = self.paragraphs = self.notes = self.decisions = 0

    def sections(self) -> tuple[Section, ...]:
        """All sections, the title block at the head of the first."""
        written = []
        for n, plan in enumerate(self.plans):
            blocks: list[Block] = [PageBreak()] if plan.new_page and n else []
            if n == 0:
                blocks.append(self._title_block())
            for part in plan.parts:
                made = self._part(part, plan)
                self.c.printed |= _figures(made)
                blocks += made
            written.append(Section(id=plan.id, blocks=tuple(blocks)))
        return tuple(written)

    def _title_block(self) -> TitleBlock:
        outline = self.c.outline
        title = named(self.typed.title) if self.typed.title else say(outline.title.text)
        return TitleBlock(
            letterhead=tuple(say(line.text) for line in outline.letterhead),
            title=title,
            period=wording.period_title(self.c.portfolio.period),
            fields=tuple(self._field(field) for field in outline.fields),
        )

    def _field(self, field: TitleFieldItem) -> TitleField:
        value: Runs = ()
        if field.name == "as_of":
            value = dated(wording.day(self.c.portfolio.as_of))
        elif typed := getattr(self.typed, field.name, None):
            value = furniture(typed, "title block")
        return TitleField(label=say(field.label.text), runs=value, side=field.side)

    def _part(self, part: AnyPart, plan: OutlineSection) -> list[Block]:
        match part:
            case HeadingPart():
                return [self._heading(part, plan)]
            case ParagraphPart():
                return [self._paragraph(part)]
            case KeyFiguresPart():
                return [self._key_figures(part)]
            case DecisionsPart():
                return [self._decisions(part)]
            case NotesPart():
                return [self._notes(part)]
            case SignaturePart():
                enclosure = self.c.speak(part.enclosure) if part.enclosure else ()
                return [Signature(caption=self.c.speak(part.signature), enclosure=enclosure)]
            case BlockPart():
                block = self._block(part)
                return [block] if block else []
            case PairPart():
                both = [b for b in map(self._block, part.pair) if b]
                return [Pair(left=both[0], right=both[1])] if len(both) == 2 else list(both)
            case _:
                assert_never(part)

    def _heading(self, part: HeadingPart, plan: OutlineSection) -> Heading:
        words = self.c.speak(part.heading)
        self.headings += 1
        if plan.numbered and part.level == 2:
            number = 1 + [s.id for s in self.plans if s.numbered].index(plan.id)
            words = furniture(f"{number}.", "number") + say(" ") + words
        return Heading(level=part.level, runs=words, anchor=f"h{self.headings}")

    def _paragraph(self, part: ParagraphPart) -> Paragraph:
        role: Literal["body", "legend"] = "legend" if part.role == "legend" else "body"
        if part.role != "numbered":
            return Paragraph(runs=self.c.speak(part.paragraph), role=role)
        self.paragraphs += 1
        return Paragraph(runs=self.c.speak(part.paragraph), number=self.paragraphs)

    def _key_figures(self, part: KeyFiguresPart) -> KeyFigures:
        items = tuple(
            KeyFigure(
                label=self.c.speak(item.label),
                value=self.c.figure(item.value),
                unit=self.c.speak(item.unit),
                comparisons=tuple(self.c.speak(words) for words in item.comparisons),
            )
            for item in part.key_figures
        )
        return KeyFigures(items=items)

    def _decisions(self, part: DecisionsPart) -> Block:
        due = [item for item in part.decisions if self.c.speakable(item.decision)]
        if not due:
            return Paragraph(runs=say("None arises from the figures of this period."), role="legend")
        rows = []
        for item in due:
            self.decisions += 1
            number = f"D{self.decisions}"
            rows.append(
                Row(
                    anchor=number,
                    cells=(
                        Cell(runs=furniture(number, "number")),
                        Cell(runs=self.c.speak((item.decision,))),
                        Cell(runs=self.c.speak(item.basis)),
                        Cell(blank=True),
                        Cell(blank=True),
                    ),
                )
            )
        heads = ("No.", "Decision", "Basis", "Responsible", "By")
        widths = (9, 71, 42, 24, 22)
        return Table(
            anchor="decisions",
            title=(),
            columns=tuple(
                Column(head=say(h), width=w, muted=h == "No.") for h, w in zip(heads, widths, strict=True)
            ),
            stub=1,
            rows=tuple(rows),
            size="roomy",
        )

    def _notes(self, part: NotesPart) -> Notes:
        items = []
        for note in part.notes:
            self.notes += 1
            items.append(
                NoteItem(
                    number=f"M{self.notes}", title=self.c.speak((note.title,)), runs=self.c.speak(note.text)
                )
            )
        return Notes(items=tuple(items))

    def _block(self, part: BlockPart) -> Table | Chart | None:
        return BLOCKS[part.block](self.c, part) if _borne(self.c, part.block) else None
