"""What keeps a brief from being final: blanks in the title block, and a date on which it could not be signed."""

import datetime as dt
from collections.abc import Iterator

from moitt_report.brief import wording
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.outline import Outline
from moitt_report.brief.reply import is_reply, unanswered
from moitt_report.brief.settings import Settings, day_of
from moitt_report.errors import Problem, shown
from moitt_report.model.portfolio import Portfolio


def faults_of_title_block(outline: Outline, typed: Settings, portfolio: Portfolio) -> Iterator[Problem]:
    """Every line of the title block that is missing, each part of a question without an answer, and a date that is none or is before the data."""
    yield from _missing_fields(outline, typed)
    yield from unanswered(outline, typed)
    yield from _wrong_date(typed, portfolio)


def _missing_fields(outline: Outline, typed: Settings) -> Iterator[Problem]:
    asked = ("question",) if is_reply(outline) else ()
    for name in (*(f.name for f in outline.fields if f.value is None), *asked, "classification"):
        if name in Settings.model_fields and getattr(typed, name) is None:
            yield Problem(
                "title block", f"a final brief needs “{name}”", f"give it by --set {name}=… or in brief.yaml"
            )


def _wrong_date(typed: Settings, portfolio: Portfolio) -> Iterator[Problem]:
    """A final brief says on which day it was made, and that is no day before its data."""
    if typed.date is None:
        return
    day = day_of(typed.date)
    if day is None:
        what = f"“{shown(typed.date)}” is not a date that can be read"
        yield Problem("title block", what, "write it as 15 January 2026")
    elif day < portfolio.as_of:
        what = f"the date {typed.date} is before {_plain(portfolio.as_of)}, of which the data are"
        yield Problem("title block", what, "give the day on which the brief is signed")


def dated_before_sources(typed: Settings, ledger: Ledger) -> Iterator[Problem]:
    """A fault for each source that was published after the date of the brief: nobody could have cited it then."""
    day = day_of(typed.date or "")
    for one in ledger.sources.listed:
        published = one.source.published
        if day is not None and published is not None and published > day:
            what = (
                f"the date {typed.date} is before {_plain(published)}, when source {one.number} was published"
            )
            yield Problem("title block", what, "give the day on which the brief is signed")


def _plain(day: dt.date) -> str:
    """As problems say it: without spaces that only a page needs."""
    return wording.day(day).replace(wording.NBSP, " ")
