"""Portfolio and outline to Brief: sections written, contents added where it is long, unused facts dropped."""

from typing import Literal

from msgspec.structs import replace

from moitt_report.brief import changes, conflicts, fact_annex, final, wording
from moitt_report.brief.about import book_of, file_name
from moitt_report.brief.catalogue import unknown_blocks
from moitt_report.brief.composition import Composition, unknown_tokens
from moitt_report.brief.content import (
    Brief,
    Contents,
    Figure,
    PageBreak,
    Section,
    StructureError,
    plain,
    runs,
)
from moitt_report.brief.earlier import Earlier
from moitt_report.brief.fact import Fact, chain
from moitt_report.brief.free_text import free_texts, stray_braces, unknown_tokens_of
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.length import pages
from moitt_report.brief.outline import Outline
from moitt_report.brief.reply import answer_texts, is_reply
from moitt_report.brief.settings import Settings
from moitt_report.brief.tokens import all_tokens
from moitt_report.brief.wording import dated, say
from moitt_report.brief.writer import Writer
from moitt_report.errors import InputError, Problem, file_of
from moitt_report.model.portfolio import Portfolio

_DEFAULT_AUTHOR = "Ministry of Information Technology and Telecommunication"
MOST_PAGES_WITHOUT_CONTENTS = 4
_FITTING = (
    "let each block stand once, a heading follow one of the level above, and the lists stand in the outline that notes refer to: "
    "sources (S), reconciliation (R), warnings (W), notes on method (M), decisions (D)"
)


def compose(
    portfolio: Portfolio,
    outline: Outline,
    settings: Settings | None = None,
    stage: Literal["draft", "final"] = "draft",
    previous: Earlier | None = None,
    about: str | None = None,
) -> Brief:
    """The brief of `portfolio` by the plan `outline`: the same content for every renderer.

    `settings` is what stands in the title block. `about` names the agency or project the brief is about, for an
    outline that is about one. Figures that `previous`, or else the returns of the previous period, gave another
    value for are marked as restated.

    Raises `InputError` for a token or block that is not known, and for a line of the title block that a final brief
    lacks; `UsageError` where the outline needs `about` and it is not given, or the returns say nothing of it.
    """
    typed = settings or Settings()
    book, subject = book_of(portfolio, outline, about)
    earlier = changes.what_was_said(book, outline, previous)
    c = Composition(book, Ledger(book.sources, earlier), outline, typed, subject)
    c.tokens |= all_tokens(c)
    problems = [*unknown_tokens(outline, set(c.tokens)), *unknown_blocks(outline)]
    problems += unknown_tokens_of((*free_texts(book), *answer_texts(typed)), c.quotable)
    problems += stray_braces(answer_texts(typed))
    problems += final.faults_of_title_block(outline, typed, portfolio) if stage == "final" else ()
    if problems:
        raise InputError(problems)
    c.conflicts = conflicts.find_conflicts(c)
    sections = Writer(c).sections()
    if stage == "final" and (problems := list(final.dated_before_sources(typed, c.ledger))):
        raise InputError(problems)
    changes.take_in_restated(c)
    if _looks_back(c):
        c.begin_again()
        sections = Writer(c).sections()
    try:
        brief = _titled(c, stage, sections)
    except StructureError as fault:
        where = file_of(outline.title[0].where)
        raise InputError([Problem(where, str(fault), _FITTING)]) from None
    if pages(brief) > MOST_PAGES_WITHOUT_CONTENTS:
        brief = replace(brief, sections=_with_contents(brief.sections))
    return replace(brief, facts=_printed_facts(brief)).read_back()


def _titled(c: Composition, stage: Literal["draft", "final"], sections: tuple[Section, ...]) -> Brief:
    """The sections with what stands around them: title, heads, and what the officer typed."""
    outline, portfolio, typed, subject = c.outline, c.portfolio, c.settings, c.about
    title = typed.title or plain(c.speak(outline.title))
    return Brief(
        language="en-GB",
        outline=outline.outline,
        about=file_name(subject.id if subject else "", typed.question_number if is_reply(outline) else ""),
        period=str(portfolio.period),
        title=f"{title}, {wording.period_name(portfolio.period)}".replace(wording.NBSP, " "),
        running_head=(
            say("Ministry of IT and Telecommunication"),
            c.speak(outline.running_head) + say(", ") + dated(wording.period_name(portfolio.period)),
        ),
        file_number=typed.file_number or "",
        classification=typed.classification or "",
        stage=stage,
        as_of=portfolio.as_of.isoformat(),
        author=typed.sender or _DEFAULT_AUTHOR,
        sections=sections,
        facts=c.ledger.facts,
    )


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
    printed = (run.fact for run in runs(brief) if isinstance(run, Figure))
    kept = set(chain(printed, {fact.id: fact for fact in brief.facts}))
    return tuple(fact for fact in brief.facts if fact.id in kept)


def _looks_back(c: Composition) -> bool:
    """Whether a block tells of the whole brief, wherever it stands: the brief is then written again, knowing all."""
    return fact_annex.BLOCK in c.outline.blocks or changes.has_restated(c)
