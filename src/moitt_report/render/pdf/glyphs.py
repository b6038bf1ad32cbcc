"""Refuses a brief with a character that the fonts cannot draw: a black square says nothing."""

import unicodedata
from collections.abc import Iterator

from moitt_report.brief.content import Block, Brief, Chart, Heading, Table, block_runs, blocks
from moitt_report.errors import InputError, Problem
from moitt_report.render.pdf.text import Setter


def refuse_missing_glyphs(brief: Brief, setter: Setter) -> None:
    """Raise `InputError` naming each character of `brief` that a face of the theme lacks."""
    name = setter.theme.fonts.pdf
    fine: set[str] = set()
    told: set[str] = set()
    problems: list[Problem] = []
    for where, words in _printed(brief):
        if fine.issuperset(words):
            continue
        for character in sorted(set(words) - fine):
            if all(face.has(character) for face in setter.faces):
                fine.add(character)
            elif character not in told:
                told.add(character)
                title = unicodedata.name(character, "a character without a name").lower()
                problems.append(
                    Problem(
                        where,
                        f"the font {name} cannot draw U+{ord(character):04X} ({title}) in “{words[:60]}”",
                        "write it without this character; words in another script in Latin letters",
                    )
                )
    if problems:
        raise InputError(problems)


def _printed(brief: Brief) -> Iterator[tuple[str, str]]:
    yield "the file number", brief.file_number
    yield "the classification", brief.classification
    for side in brief.running_head:
        for run in side:
            yield "the running head", run.words
    where = "the front"
    for block in blocks(brief):
        where = _place(block) or where
        spoken = {id(run) for run in block.alt} if isinstance(block, Chart) else set()
        for run in block_runs(block):
            if id(run) not in spoken:
                yield where, run.words


def _place(block: Block) -> str:
    """The anchor of a block that has one; the blocks after it are found under it."""
    return block.anchor if isinstance(block, Heading | Table | Chart) else ""
