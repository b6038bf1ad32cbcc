"""What agencies say in their own words, and the numerals in it that no figure of the brief stands behind.

An officer who signs answers for those too. A numeral is accounted for when a Fact is printed so, when it
is bound to one by a {token}, when it stands in quotation marks or in a remark marked as quoted, when it is
a date, or when it is part of a registered name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from moitt_report.brief.composition import token_remedy
from moitt_report.brief.content import Brief
from moitt_report.brief.fact import Fact
from moitt_report.brief.furniture import FURNITURE
from moitt_report.brief.outline import TOKEN
from moitt_report.errors import Problem, Severity, shown
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.registers import Registers, names

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_NUMERAL = re.compile(r"(?<![\w.,])(?<![A-Za-z]-)\d[\d,]*(?:\.\d+)?(?![\d\w])")
_DATES = re.compile(rf"(?<!\w)(?:{FURNITURE['date'].pattern}|\d{{4}}-\d{{2}}-\d{{2}})(?!\w)")
_GAP = " \u2022 "
"""Stands where something was taken out, so that what stood around it does not join."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words of an agency, or of an answer, that are printed or may be."""

    words: str
    what: str
    where: str


def free_texts(portfolio: Portfolio) -> Iterator[FreeText]:
    """All words of the returns that a brief prints as they stand, but for remarks marked as quoted."""
    for filed in portfolio.returns:
        for remark in filed.remarks:
            if not remark.quoted:
                yield FreeText(remark.text, "remark", remark.address)
        for choice in filed.choices:
            yield FreeText(choice.reason, "reason of the choice", choice.address)
        for issue in filed.issues:
            for words, what in ((issue.bottleneck, "bottleneck"), (issue.decision, "decision sought")):
                if words:
                    yield FreeText(words, what, issue.address)
        for waiver in filed.waivers:
            yield FreeText(waiver.why, "reason of the waiver", waiver.address)
        for override in filed.overrides:
            yield FreeText(override.why, "reason of the override", override.address)


def faults_of_words(
    texts: Iterable[FreeText], registers: Registers, brief: Brief, severity: Severity = "warning"
) -> Iterator[Problem]:
    """Each numeral in free text that nothing accounts for in `brief`."""
    known = printed_numbers(brief.facts)
    registered = _registered(registers)
    for text in texts:
        for numeral in numerals(registered.sub(_GAP, text.words)):
            if Decimal(numeral.replace(",", "")) not in known:
                yield Problem(
                    text.where,
                    f"“{shown(numeral)}” in the {text.what} “{shown(text.words)}” is no figure of the brief",
                    "bind it to a figure by a {token}, or put it in quotation marks if it is somebody’s words",
                    severity,
                )


def unknown_tokens_of(texts: Iterable[FreeText], tokens: set[str]) -> Iterator[Problem]:
    """An error for each {token} in free text that is none, with the nearest known one."""
    for text in texts:
        yield from _unknown_tokens(text, tokens)


def stray_braces(texts: Iterable[FreeText]) -> Iterator[Problem]:
    """An error for each text with a brace that no token stands in: it would be printed as it is."""
    for text in texts:
        if set("{}") & set(TOKEN.sub("", text.words)):
            yield Problem(
                text.where,
                f"a brace in the {text.what} “{shown(text.words)}” holds no token",
                "write a token in braces, as {utilised}, or leave the brace out; see: moitt-report list tokens",
            )


def numerals(words: str) -> list[str]:
    """The numerals in `words` that say how much: none in quotation marks, in a date, in a token, in a word."""
    bare = " ".join(words.replace("\u00a0", " ").split())
    for kind in (_QUOTED, TOKEN, _DATES):
        bare = kind.sub(_GAP, bare)
    return [numeral.rstrip(",") for numeral in _NUMERAL.findall(bare)]


def printed_numbers(facts: tuple[Fact, ...]) -> set[Decimal]:
    """Every number that a Fact is printed with, and its exact value."""
    found = {abs(fact.number) for fact in facts if fact.number is not None}
    for fact in facts:
        for words in fact.printings.values():
            found |= {Decimal(n.replace(",", "")) for n in _NUMERAL.findall(words.replace("\u2212", " "))}
    return found


def _registered(registers: Registers) -> re.Pattern[str]:
    """Names that may hold a numeral: `25 Software Technology Parks`."""
    known = {name for agency in registers.agencies.entries for name in names(agency)}
    known |= {name for kpi in registers.kpis.entries for name in names(kpi)}
    known |= {name for project in registers.projects.entries for name in names(project)}
    known |= {citation.name for citation in registers.rules.citations}
    counted = sorted((n for n in known if any(c.isdigit() for c in n)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, counted)) or r"(?!)", re.IGNORECASE)


def _unknown_tokens(text: FreeText, tokens: set[str]) -> Iterator[Problem]:
    for found in TOKEN.finditer(text.words):
        if found[1] not in tokens:
            what = f"{{{shown(found[1])}}} in the {text.what} is not a known token"
            yield Problem(text.where, what, token_remedy(found[1], tokens))
