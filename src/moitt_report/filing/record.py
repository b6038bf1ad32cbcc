"""One filing as the register keeps it, chained to the one before, so that no past one can be changed unseen."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from moitt_report.errors import Problem

BEGINNING = "0" * 64
"""What the first filing is chained to."""


@dataclass(frozen=True, slots=True)
class Filing:
    """Who filed what and when. The fields are as stored, so that the chain is over what the register holds."""

    number: int
    """1, 2, 3 … without a gap."""
    filed_at: str
    """Day, time and offset from UTC of the filer's clock, to the second: `2025-04-14T16:05:00+05:00`."""
    filed_by: str
    agency: str
    period: str
    sent_as: str
    """The name of the file as it came; shown, never used as a path."""
    suffix: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    problems: str
    """Warnings and notes at the time, as a JSON list."""
    supersedes: int | None
    """The number of the filing that this one replaces."""
    previous: str
    """The link of the filing before."""
    link: str = ""
    """SHA-256 over all fields above."""

    @property
    def day(self) -> dt.date:
        """The day of filing, where it was filed."""
        return dt.datetime.fromisoformat(self.filed_at).date()

    @property
    def warnings(self) -> int:
        """How many warnings stood at the time."""
        return self._count("warning")

    @property
    def notes(self) -> int:
        """How many notes stood at the time."""
        return self._count("note")

    def _count(self, severity: str) -> int:
        return sum(problem["severity"] == severity for problem in json.loads(self.problems))


def chained(filing: Filing, before: Sequence[Filing]) -> Filing:
    """`filing` as the next one after those `before`: with its number and its links."""
    previous = before[-1].link if before else BEGINNING
    numbered = replace(filing, number=len(before) + 1, previous=previous)
    return replace(numbered, link=_link(numbered))


def broken_at(filings: Iterable[Filing]) -> int | None:
    """The number of the first filing that does not follow from those before it, or None when all do.

    A register whose last filings were cut off is a shorter good one: only a head noted elsewhere shows that.
    """
    previous = BEGINNING
    for number, filing in enumerate(filings, 1):
        if (filing.number, filing.previous, filing.link) != (number, previous, _link(filing)):
            return number
        previous = filing.link
    return None


def superseded_by(filings: Iterable[Filing]) -> dict[int, int]:
    """The number of each superseded filing, with the number of the one that superseded it."""
    return {f.supersedes: f.number for f in filings if f.supersedes is not None}


def problems_text(problems: Iterable[Problem]) -> str:
    """The problems as they are kept."""
    return _json(
        [{"severity": p.severity, "where": p.where, "what": p.what, "remedy": p.remedy} for p in problems]
    )


def _link(filing: Filing) -> str:
    return hashlib.sha256(_json(astuple(filing)[:-1]).encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
