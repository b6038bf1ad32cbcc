"""What came before: the returns of the previous period, or the brief that was made of them."""

import re
from pathlib import Path

from moitt_report.brief import wording
from moitt_report.brief.content import Brief
from moitt_report.brief.earlier import Earlier
from moitt_report.errors import InputError, Problem
from moitt_report.model.period import Period
from moitt_report.model.period_names import parse_period
from moitt_report.pipeline.carried import read_brief
from moitt_report.pipeline.files import Input

_BRIEF = re.compile(rb"\s*\{\s*\"format\"\s*:\s*\"moitt-report/brief/")


def is_brief(given: Input | None) -> bool:
    """Whether `given` is a file that carries a brief; returns are never PDF or Word files."""
    if given is None or not Path(given).is_file():
        return False
    path = Path(given)
    if path.suffix.lower() in {".pdf", ".docx"}:
        return True
    with path.open("rb") as file:
        return (
            path.suffix.lower() == ".json"
            and _BRIEF.match(file.read(256).removeprefix(b"\xef\xbb\xbf")) is not None
        )


def read_earlier(given: Input, period: Period) -> Earlier:
    """The facts of the brief in the file `given`, to be compared with a brief of `period`.

    Raises `InputError` when it holds no sound brief, or one of a later period.
    """
    name, brief = Path(given).name, read_brief(given)
    about = _period(brief, name)
    if about.last_day > period.last_day:
        what = f"is a brief of {about}, which is later than {period}"
        raise InputError([Problem(name, what, "give the brief that was made before this one")])
    if not any(fact.subject for fact in brief.facts):
        what = "does not say what its figures are about, so nothing can be compared with it"
        raise InputError([Problem(name, what, "make it anew from its returns with this version")])
    said = f"brief of {wording.period_name(about)}"
    if about == period:
        said = f"earlier {said}"
    return Earlier.of(said, name, brief.facts)


def _period(brief: Brief, name: str) -> Period:
    try:
        return parse_period(brief.period)
    except ValueError as fault:
        raise InputError([Problem(name, f"names no period: {fault}", "give another file")]) from None
