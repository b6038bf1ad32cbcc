"""A written reply to Parliament: the question in its own words, and what was reported as tables of plain figures."""

import re
from collections.abc import Iterator

from moitt_report.brief.composition import Composition, remark
from moitt_report.brief.content import Paragraph, Runs
from moitt_report.brief.outline import Outline, QuestionPart

# A quotation is set in runs no longer than `content.FURNITURE` lets one be.
LONGEST_RUN = 600
_LETTERED = re.compile(r"\s*\(([a-z])\)\s")


def answers(outline: Outline) -> bool:
    """Whether the outline answers a question."""
    return any(isinstance(part, QuestionPart) for section in outline.sections for part in section.parts)


def question_blocks(c: Composition, part: QuestionPart) -> Iterator[Paragraph]:
    """The question, each lettered part of it a paragraph; what `part` says while it is not set."""
    if c.settings.question is None:
        yield Paragraph(runs=c.speak(part.question))
        return
    for words in question_parts(c.settings.question):
        yield Paragraph(runs=_quoted(words))


def question_parts(question: str) -> list[str]:
    """The opening of a question and its parts (a), (b) …; a letter out of turn begins no part."""
    parts, start, due = [], 0, "a"
    for found in _LETTERED.finditer(f"{question} "):
        if found[1] == due:
            parts.append(question[start : found.start()])
            start, due = found.start(), chr(ord(due) + 1)
    parts.append(question[start:])
    return [words for part in parts if (words := part.strip())]


def _quoted(words: str) -> Runs:
    runs: Runs = ()
    while words:
        cut = len(words) if len(words) <= LONGEST_RUN else words.rfind(" ", 0, LONGEST_RUN) + 1 or LONGEST_RUN
        runs, words = runs + remark(words[:cut]), words[cut:]
    return runs
