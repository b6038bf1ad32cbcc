"""Portfolio and outline to Brief: sections written, contents added where it is long, unused facts dropped."""

from collections.abc import Iterator
from typing import Literal

from moitt_report.brief import conflicts, wording
from moitt_report.brief.catalogue import unknown_blocks
from moitt_report.brief.composition import Composition, unknown_tokens
from moitt_report.brief.content import Brief, Contents, Fact, Figure, PageBreak, Section, runs
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.length import pages
from moitt_report.brief.outline import Outline
from moitt_report.brief.settings import Settings
from moitt_report.brief.tokens import all_tokens
from moitt_report.brief.wording import dated, say
from moitt_report.brief.writer import Writer
from moitt_report.errors import InputError, Problem
from moitt_report.model.portfolio import Portfolio

MINISTRY = "Ministry of Information Technology and Telecommunication"
MOST_PAGES_WITHOUT_CONTENTS = 4


def compose(
    portfolio: Portfolio,
    outline: Outline,
    settings: Settings | None = None,
    stage: Literal["draft", "final"] = "draft",
) -> Brief:
    """The brief of `portfolio` by `outline`.

    Raises `InputError` for an unknown token or block, and for a field that a final brief lacks.
    """
    typed = settings or Settings()
    c = Composition(portfolio, Ledger(portfolio.sources), outline)
    c.tokens |= all_tokens(c)
    problems = [*unknown_tokens(outline, set(c.tokens)), *unknown_blocks(outline)]
    problems += _missing_fields(outline, typed) if stage == "final" else ()
    if problems:
        raise InputError(problems)
    c.conflicts = conflicts.find_conflicts(c)
    sections = Writer(c, typed).sections()
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
            wanted += facts[id].inputs
    return tuple(fact for fact in brief.facts if fact.id in kept)


def _missing_fields(outline: Outline, typed: Settings) -> Iterator[Problem]:
    for name in (*(f.name for f in outline.fields), "classification"):
        if name in Settings.model_fields and getattr(typed, name) is None:
            yield Problem(
                "title block", f"a final brief needs “{name}”", f"give it by --set {name}=… or in brief.yaml"
            )
