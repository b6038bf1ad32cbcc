"""Whom a brief is about: the agency or project that `--about` names, and what prose may say of it."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from moitt_report.brief.composition import Composition, Maker
from moitt_report.brief.content import Runs
from moitt_report.brief.outline import Outline
from moitt_report.brief.wording import named, say
from moitt_report.errors import UsageError
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.project import Agency, Project
from moitt_report.model.registers import Register, names
from moitt_report.model.subject import Subject, narrowed, speaks, subjects

MOST_LISTED = 12


def find_subject(portfolio: Portfolio, outline: Outline, name: str | None) -> Subject | None:
    """The agency or project that `name` stands for, by the kind that `outline` asks for; None for the whole.

    Raises `UsageError` when the outline needs a name and none is given, when it takes none, when
    nobody goes by the name, and when no return of the period says anything of the subject.
    """
    if name is None:
        if outline.about in {"agency", "project"}:
            raise UsageError(
                f"the outline “{outline.outline}” is about one {outline.about}: name it by --about"
                f"{_listed(_ids(portfolio, outline))}"
            )
        return None
    if outline.about is None:
        raise UsageError(
            f"the outline “{outline.outline}” is about the whole portfolio and takes no --about; "
            "use --outline agency or --outline project, or leave --about out"
        )
    found = next((f for register in _registers(portfolio, outline) if (f := register.find(name))), None)
    if found is None:
        raise UsageError(_unknown(portfolio, outline, name))
    if not speaks(narrowed(portfolio, found)):
        raise UsageError(
            f"no return of {portfolio.period} says anything of “{found.name}”"
            f"{_listed(_ids(portfolio, outline))}"
        )
    return found


def book_of(portfolio: Portfolio, outline: Outline, name: str | None) -> tuple[Portfolio, Subject | None]:
    """The portfolio that the brief is made of, narrowed to the subject `name`, and the subject.

    Raises `UsageError` as `find_subject` does.
    """
    subject = find_subject(portfolio, outline, name)
    return (portfolio if subject is None else narrowed(portfolio, subject)), subject


def kind_of(portfolio: Portfolio, name: str) -> str:
    """The built-in outline for the subject `name`: `agency` or `project`. Raises `UsageError` for neither."""
    if portfolio.registers.agencies.find(name):
        return "agency"
    if portfolio.registers.projects.find(name):
        return "project"
    known = [n for e in _entries(portfolio) for n in names(e)]
    raise UsageError(f"there is no agency and no project “{name}”{_nearest(name, known)}")


def _registers(portfolio: Portfolio, outline: Outline) -> tuple[Register[Agency] | Register[Project], ...]:
    agencies, projects = portfolio.registers.agencies, portfolio.registers.projects
    match outline.about:
        case "agency":
            return (agencies,)
        case "project":
            return (projects,)
        case "optional" | None:
            return (agencies, projects)


def _entries(portfolio: Portfolio) -> tuple[Subject, ...]:
    return (*portfolio.registers.agencies.entries, *portfolio.registers.projects.entries)


def _unknown(portfolio: Portfolio, outline: Outline, name: str) -> str:
    registers = _registers(portfolio, outline)
    what = outline.about if outline.about in {"agency", "project"} else "agency and no project"
    known = [n for register in registers for e in register.entries for n in names(e)]
    other = next((e for e in _entries(portfolio) if name in names(e)), None)
    if other is not None:
        kind = "an agency" if isinstance(other, Agency) else "a project"
        return f"“{name}” is {kind}, and the outline “{outline.outline}” is about one {outline.about}"
    return f"there is no {what} “{name}”{_nearest(name, known)}{_listed(_ids(portfolio, outline))}"


def _nearest(name: str, known: Iterable[str]) -> str:
    folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    return f"; did you mean “{folded[near[0]]}”?" if near else ""


def _ids(portfolio: Portfolio, outline: Outline) -> list[str]:
    """The subjects that the outline could be about in this period."""
    wanted = {"agency": Agency, "project": Project}.get(outline.about or "", (Agency, Project))
    return [s.id for s in subjects(portfolio) if isinstance(s, wanted)]


def _listed(ids: list[str]) -> str:
    if not ids:
        return ""
    more = f" and {len(ids) - MOST_LISTED} more" if len(ids) > MOST_LISTED else ""
    return f"; the returns speak of {', '.join(ids[:MOST_LISTED])}{more}"


def file_name(*parts: str | None) -> str:
    """What of `parts` can stand in a file name: `Starred Question No. 121` as `starred-question-no-121`."""
    words = "-".join(part for part in parts if part).lower()
    return "-".join(re.findall(r"[a-z0-9]+", words))[:100].strip("-")


# --- prose --------------------------------------------------------------------------------------


def about_tokens(c: Composition) -> dict[str, Maker]:
    """What prose may say of the subject; empty words where the brief has none, or the register gives none."""
    return {
        "about": lambda: _name(c.about),
        "about.short": lambda: _short(c.about),
        "about.agency": lambda: _executing(c),
        "about.filed": lambda: _filed(c),
    }


def _name(subject: Subject | None) -> Runs:
    match subject:
        case Agency():
            return named(subject.in_full)
        case Project():
            return named(subject.name)
        case None:
            return ()


def _short(subject: Subject | None) -> Runs:
    return named(subject.short) if isinstance(subject, Agency) else ()


def _executing(c: Composition) -> Runs:
    """The agency that executes the project, where the register names one."""
    if isinstance(c.about, Project) and c.about.agency is not None:
        return named(c.portfolio.registers.agencies.get(c.about.agency).in_full)
    return ()


def _filed(c: Composition) -> Runs:
    """Whether the agency itself filed a return for the period; empty words when it did not."""
    if isinstance(c.about, Agency) and c.about.id in {f.agency for f in c.portfolio.returns}:
        return say("filed")
    return ()
