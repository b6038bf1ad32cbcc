"""Outline to sections: each part of the plan as blocks, in its order."""

from collections.abc import Iterator
from itertools import chain
from typing import Literal, assert_never

from moitt_report.brief import wording
from moitt_report.brief.catalogue import block_of, is_borne
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import (
    Block,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    NoteItem,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Runs,
    Section,
    Signature,
    TitleBlock,
    TitleField,
    block_runs,
)
from moitt_report.brief.decisions import decision_blocks
from moitt_report.brief.outline import (
    AnswerPart,
    AnyPart,
    BlockPart,
    DecisionsPart,
    HeadingPart,
    KeyFiguresPart,
    NotesPart,
    OutlineSection,
    PairPart,
    ParagraphPart,
    QuestionPart,
    SignaturePart,
    TitleFieldItem,
)
from moitt_report.brief.reply import answer_blocks, question_blocks
from moitt_report.brief.wording import dated, furniture, named, say


def _figures(blocks: list[Block]) -> set[tuple[str, str]]:
    """The facts that `blocks` print, with the names of their printings."""
    halves = [half for block in blocks if isinstance(block, Pair) for half in (block.left, block.right)]
    printed = chain.from_iterable(map(block_runs, (*blocks, *halves)))
    return {(run.fact, run.printing) for run in printed if isinstance(run, Figure)}


class Writer:
    """Writes the sections of one composition, counting headings and paragraphs."""

    def __init__(self, c: Composition) -> None:
        self.c, self.typed = c, c.settings
        self.plans = [
            s for s in c.outline.sections if not s.needs or any(is_borne(c, name) for name in s.needs)
        ]
        self.headings = self.paragraphs = self.notes = 0

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
        title = named(self.typed.title) if self.typed.title else self.c.speak(outline.title)
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
        elif field.value is not None:
            value = self.c.speak(field.value)
        elif typed := getattr(self.typed, field.name, None):
            value = furniture(typed, "title block")
        return TitleField(label=say(field.label.text), runs=value, side=field.side)

    def _part(self, part: AnyPart, plan: OutlineSection) -> list[Block]:
        match part:
            case HeadingPart():
                return [self._heading(part, plan)]
            case ParagraphPart():
                return list(self._paragraph(part))
            case KeyFiguresPart():
                return [self._key_figures(part)]
            case DecisionsPart():
                return list(decision_blocks(self.c, part))
            case NotesPart():
                return [self._notes(part)]
            case SignaturePart():
                enclosure = self.c.speak(part.enclosure) if part.enclosure else ()
                return [Signature(caption=self.c.speak(part.signature), enclosure=enclosure)]
            case BlockPart():
                block = block_of(self.c, part)
                return [block] if block else []
            case PairPart():
                both = [b for b in (block_of(self.c, half) for half in part.pair) if b]
                return [Pair(left=both[0], right=both[1])] if len(both) == 2 else list(both)
            case QuestionPart():
                return list(question_blocks(self.c, part))
            case AnswerPart():
                whole = (block for one in part.answer for block in self._paragraph(one))
                return [*answer_blocks(self.c, part)] or [*whole]
            case _:
                assert_never(part)

    def _heading(self, part: HeadingPart, plan: OutlineSection) -> Heading:
        words = self.c.speak(part.heading)
        self.headings += 1
        if plan.numbered and part.level == 2:
            number = 1 + [s.id for s in self.plans if s.numbered].index(plan.id)
            words = furniture(f"{number}.", "number") + say(" ") + words
        return Heading(level=part.level, runs=words, anchor=f"h{self.headings}")

    def _paragraph(self, part: ParagraphPart) -> Iterator[Paragraph]:
        """The paragraph; none where every token of it is empty, so that there is nothing to say."""
        words = self.c.speak(part.paragraph)
        if not words:
            return
        role: Literal["body", "legend"] = "legend" if part.role == "legend" else "body"
        if part.role == "numbered":
            self.paragraphs += 1
            yield Paragraph(runs=words, number=self.paragraphs)
        else:
            yield Paragraph(runs=words, role=role)

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
