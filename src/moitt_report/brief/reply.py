"""A written reply to Parliament: the question in its own words, and what was reported as tables of plain figures."""

import re
from collections.abc import Iterator

from moitt_report.brief import wording
from moitt_report.brief.completion import (
    COMPLETED,
    NICS,
    has_parts,
    part_fact,
    part_words,
    parts_of,
    remainder,
)
from moitt_report.brief.composition import Composition, Maker, remark
from moitt_report.brief.content import Cell, Column, Paragraph, Row, Table
from moitt_report.brief.free_text import FreeText
from moitt_report.brief.kpis import KpiFacts
from moitt_report.brief.outline import AnswerPart, BlockPart, Outline, QuestionPart
from moitt_report.brief.printed import Printed
from moitt_report.brief.settings import ANSWER, Settings
from moitt_report.brief.sources import source_line
from moitt_report.brief.wording import dated, named, say
from moitt_report.errors import Problem, Severity
from moitt_report.model.kpi import Kpi

_LETTERED = re.compile(r"\s*\(([a-z])\)\s")


def is_reply(outline: Outline) -> bool:
    """Whether the outline answers a question."""
    return any(isinstance(part, QuestionPart) for section in outline.sections for part in section.parts)


def question_blocks(c: Composition, part: QuestionPart) -> Iterator[Paragraph]:
    """The question, each lettered part of it a paragraph; what `part` says while it is not set."""
    if c.settings.question is None:
        yield Paragraph(runs=c.speak(part.question))
        return
    for words in question_parts(c.settings.question):
        yield Paragraph(runs=remark(words))


def question_parts(question: str) -> list[str]:
    """The opening of a question and its parts (a), (b) …; a letter out of turn begins no part."""
    parts, start, due = [], 0, "a"
    for found in _LETTERED.finditer(f"{question} "):
        if found[1] == due:
            parts.append(question[start : found.start()])
            start, due = found.start(), chr(ord(due) + 1)
    parts.append(question[start:])
    return [words for part in parts if (words := part.strip())]


def letters(question: str | None) -> tuple[str, ...]:
    """The letters of its parts, in the order asked; none where it has no such parts."""
    found: list[str] = []
    for words in question_parts(question or ""):
        due = chr(ord("a") + len(found))
        if words.startswith(f"({due})"):
            found.append(due)
    return tuple(found)


def answer_blocks(c: Composition, part: AnswerPart) -> Iterator[Paragraph]:
    """What is answered under each letter of the question, in the order asked."""
    for letter in letters(c.settings.question):
        words = c.settings.answers.get(letter)
        said = c.quote(words, f"reply, part ({letter})") if words else c.speak(part.unanswered)
        yield Paragraph(runs=say(f"({letter}) ") + said)


def answer_texts(typed: Settings) -> Iterator[FreeText]:
    """The answers as words whose numerals and tokens are looked into."""
    for letter, words in typed.answers.items():
        yield FreeText(words, f"answer to part ({letter})", "reply")


def unanswered(outline: Outline, typed: Settings, severity: Severity = "error") -> Iterator[Problem]:
    """Each part of the question without an answer, and each answer to a part that was not asked."""
    if not is_reply(outline):
        return
    asked = letters(typed.question)
    for letter in asked:
        if _says_nothing(typed.answers.get(letter, "")):
            yield Problem(
                "reply",
                f"part ({letter}) of the question is not answered",
                f"answer it by --set {ANSWER}{letter}=… or under “answers” in brief.yaml",
                severity,
            )
    for letter in typed.answers:
        if letter not in asked:
            what = f"there is an answer to part ({letter}), which the question does not have"
            yield Problem("reply", what, "correct the letter, or remove the answer", severity)


def _says_nothing(words: str) -> bool:
    """Whether words stand only where an answer is to stand: `-`, `n/a`. “Nil.” and “No.” are answers."""
    return "".join(filter(str.isalnum, words)).casefold() in {"", "na", "nr", "nyd", "tbd"}


# --- the tables of the answer -------------------------------------------------------------------


def has_results(c: Composition) -> bool:
    """Whether any indicator is reported."""
    return bool(_counted(c))


def reply_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of the results; empty words in the one case or in the other."""
    return {
        "results.any": lambda: _result_count(c).if_any(),
        "results.none": lambda: () if c.portfolio.kpis else say("No indicator is reported."),
    }


def _result_count(c: Composition) -> Printed:
    kpis = _counted(c)
    return c.ledger.how_many(
        "results", "Results reported", "indicators", [KpiFacts(c, kpi).reported().fact for kpi in kpis]
    )


def _counted(c: Composition) -> list[Kpi]:
    """The indicators reported, without those whose parts stand in a table of their own."""
    apart = {id for id in (COMPLETED, NICS) if has_parts(c, id)}
    return [k for k in c.portfolio.kpis if k.id not in apart and KpiFacts(c, k).is_reported]


def results_table(c: Composition, part: BlockPart) -> Table:
    """Every indicator reported: who reports it, for which months, and the figure or milestone."""
    kpis = _counted(c)
    return _table(
        c,
        part,
        "results",
        (
            ("Indicator", 54),
            ("Unit", 22),
            ("Agency", 18),
            ("Months", 30),
            ("Scope", 24),
            ("Reported", 20),
        ),
        [_result_row(c, kpi) for kpi in kpis],
        [source for kpi in kpis for source in _sources(c, kpi)],
    )


def _sources(c: Composition, kpi: Kpi) -> list[str]:
    facts = KpiFacts(c, kpi)
    return [facts.latest.source] if facts.latest else list(facts.sources)


def _result_row(c: Composition, kpi: Kpi) -> Row:
    facts = KpiFacts(c, kpi)
    main, latest = facts.main, facts.latest
    milestone = main.used.milestone if main else None
    scope = facts.stands.scope if facts.stands else kpi.scope
    months = facts.months
    if latest is not None:
        scope, months = c.portfolio.scope_of(latest), c.portfolio.months_of(latest)
    return Row(
        cells=(
            Cell(runs=named(kpi.name)),
            Cell(runs=named(kpi.unit)),
            Cell(runs=named(c.portfolio.registers.agencies.get(kpi.owner).short)),
            Cell(runs=dated(wording.short_months(months))),
            Cell(runs=say(wording.scope_words(scope))),
            Cell(runs=named(milestone) if milestone else facts.reported().run()),
        )
    )


def completed_table(c: Composition, part: BlockPart) -> Table:
    """Completed projects by agency, what the source does not break down, and the total."""
    return _parts_table(c, part, COMPLETED, "completed", "Agency")


def nics_table(c: Composition, part: BlockPart) -> Table:
    """National Incubation Centers by province or area, and the total."""
    return _parts_table(c, part, NICS, "nics", "Province or area")


def _parts_table(c: Composition, part: BlockPart, id: str, anchor: str, head: str) -> Table:
    kpi = c.portfolio.registers.kpis.get(id)
    readings = parts_of(c, kpi)
    rows = [
        Row(cells=(Cell(runs=named(part_words(c, r))), Cell(runs=part_fact(c, kpi, r).run())))
        for r in readings
    ]
    left = remainder(c, kpi)
    if left.value:
        rows.append(Row(cells=(Cell(runs=say("Not broken down by the source")), Cell(runs=left.run()))))
    total = KpiFacts(c, kpi).cumulative()
    rows.append(
        Row(role="total", cells=(Cell(runs=say("Total", bold=True)), Cell(runs=total.run(bold=True))))
    )
    heads = ((head, 130), ("Number", 38))
    return _table(c, part, anchor, heads, rows, [r.source for r in readings])


def _table(
    c: Composition,
    part: BlockPart,
    anchor: str,
    heads: tuple[tuple[str, float], ...],
    rows: list[Row],
    sources: list[str],
) -> Table:
    """A table whose last column is of figures."""
    return Table(
        anchor=anchor,
        **c.frame(part, c.next_table()),
        columns=tuple(
            Column(head=say(head), width=width, align="right" if head == heads[-1][0] else "left")
            for head, width in heads
        ),
        rows=tuple(rows),
        notes=c.notes(part),
        sources=source_line(c, sources),
        size="dense",
    )
