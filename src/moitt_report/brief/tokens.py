"""The tokens that prose may use, and what stands behind each."""

from functools import partial

from moitt_report.brief import (
    about,
    changes,
    completion,
    conflicts,
    decisions,
    exports,
    flags,
    kpi_table,
    money_tokens,
    needs,
    project_page,
    projects,
    reply,
    returns,
    warnings,
    wording,
)
from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Runs
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.outline import Outline
from moitt_report.brief.settings import Settings
from moitt_report.brief.wording import dated, furniture, named, say
from moitt_report.model.portfolio import Portfolio


def all_tokens(c: Composition) -> dict[str, Maker]:
    """Every token by its name."""
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
        about.about_tokens,
        settings_tokens,
        money_tokens.money_tokens,
        projects.project_tokens,
        kpi_table.kpi_tokens,
        exports.export_tokens,
        completion.completion_tokens,
        project_page.project_page_tokens,
        decisions.decision_tokens,
        needs.need_tokens,
        reply.reply_tokens,
        warnings.warning_tokens,
        flags.flag_tokens,
        returns.return_tokens,
    ):
        tokens |= make(c)
    return tokens


def settings_tokens(c: Composition) -> dict[str, Maker]:
    """What the officer typed, by `set.NAME`; empty words for what is not filled in."""
    return {
        f"set.{name.replace('_', '-')}": partial(_typed, c, name)
        for name in Settings.model_fields
        if name not in {"question", "answers"}
    }


def _typed(c: Composition, name: str) -> Runs:
    typed = getattr(c.settings, name)
    return furniture(typed, "title block") if typed else ()


def token_names(portfolio: Portfolio, outline: Outline) -> list[str]:
    """Every token that prose may use."""
    return sorted(all_tokens(Composition(portfolio, Ledger(()), outline)))
