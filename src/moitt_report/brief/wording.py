"""Numbers and dates to the exact words printed. The only place that formats; English.

One rounding rule: half away from zero, from the unrounded value (ROUND_HALF_UP).
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from moitt_report.brief.content import Runs, Text
from moitt_report.brief.furniture import FurnitureKind
from moitt_report.model.budget import Allocation, AllocationKind, Stage
from moitt_report.model.kpi import Absence, Scope
from moitt_report.model.money import Money
from moitt_report.model.period import FiscalYear, Month, Period, Quarter, Span
from moitt_report.months import MONTHS, SHORT_MONTHS
from moitt_report.quantity import in_words

_WIDE = Context(prec=150, rounding=ROUND_HALF_UP)
NBSP = "\u00a0"
_MONTH_AND_YEAR = re.compile(r"(?<=[a-z]{2}) (?=\d{4}\b)")
"""The space between them."""
MINUS = "\u2212"
ROUNDING = "half away from zero"
ABSENT = {
    Absence.NOT_REPORTED: "n.r.",
    Absence.NOT_YET_DUE: "n.y.d.",
    Absence.NOT_APPLICABLE: "n.a.",
}
_ORDINALS = ("First", "Second", "Third", "Fourth")
_ALLOCATION_WORDS = {
    AllocationKind.DEMAND: "Demand",
    AllocationKind.PROPOSED: "Proposed allocation",
    AllocationKind.BUDGET: "Budget allocation",
    AllocationKind.REVISED: "Revised allocation",
    AllocationKind.NOT_STATED: "Allocation, kind not stated",
}


# --- numbers ------------------------------------------------------------------------------------


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` to `decimals` places, half away from zero, however many digits it has."""
    return _WIDE.quantize(value, Decimal(1).scaleb(-decimals))


def number(value: Decimal, decimals: int = 0) -> str:
    """`12345.678` as `12,346`: Western grouping, a true minus sign."""
    result = rounded(value, decimals)
    words = f"{abs(result):,.{decimals}f}"
    return f"{MINUS}{words}" if result < 0 else words


def as_reported(value: Decimal) -> str:
    """The digits that carry something, at most three decimals: `2,243.6`, `23,929`."""
    decimals = max(0, -int(rounded(value, telling(value, 3)).normalize(_WIDE).as_tuple().exponent))
    return number(value, decimals)


def telling(value: Decimal, decimals: int) -> int:
    """`decimals`, or as many as it takes that what is not zero is not printed as zero."""
    if value == 0 or rounded(value, decimals) != 0:
        return decimals
    return max(decimals, -value.adjusted())


def as_published(value: Decimal) -> str:
    """Every digit that was read, trailing zeros too: `224.950`."""
    return number(value, max(0, -int(value.as_tuple().exponent)))


def exact(value: Decimal, unit: str) -> str:
    """Every digit of a value, with its unit: `26.789253731343 %`, `Rs 2,243.6 million`, `1 project`."""
    return in_words(as_published(value), unit)


def money_in_table(money: Money) -> str:
    """Rs million with three decimals, as federal ministries print them; the unit stands in the caption."""
    return number(money.million, telling(money.million, 3))


def money_in_prose(money: Money) -> str:
    """`Rs 2,243.6 million` on one line; `Rs 450` where it would be nought million."""
    if money.rupees and not rounded(money.million, 3):
        return f"Rs{NBSP}{as_published(money.rupees.normalize(_WIDE))}"
    return f"Rs{NBSP}{as_reported(money.million)}{NBSP}million"


def percent(value: Decimal, decimals: int = 1) -> str:
    """`26.8` for a column headed %."""
    return number(value, decimals)


def percent_in_prose(value: Decimal, decimals: int = 1) -> str:
    """`26.8 %` on one line."""
    return f"{percent(value, decimals)}{NBSP}%"


def change(value: Decimal, decimals: int = 1) -> str:
    """A change with its sign: `+28.0 %`, `−3.1 %`."""
    sign = "+" if rounded(value, decimals) > 0 else ""
    return f"{sign}{percent_in_prose(value, decimals)}"


def signed(value: Decimal, decimals: int) -> str:
    """A difference with its sign."""
    return ("+" if rounded(value, decimals) > 0 else "") + number(value, decimals)


POINTS = "percentage points"
POINTS_IN_SHORT = "pp"
_PERCENTAGES = frozenset({"%", "percent", "per cent", "percentage"})


def unit_of_change(unit: str) -> str:
    """The unit of what two figures differ by: that of the figures, of percentages percentage points."""
    return POINTS if unit.casefold() in _PERCENTAGES else unit


def difference(value: Decimal, unit: str, decimals: int) -> str:
    """A difference with its sign, one in percentage points with its unit: `+1,250`, `+0.9 pp`."""
    words = signed(value, decimals)
    return f"{words}{NBSP}{POINTS_IN_SHORT}" if unit == POINTS else words


REPORTED_SINCE = "not reported in the earlier brief"
RESTATED = "r"
"""The mark of a restated figure in tables and charts, as statistical offices print it."""


def restated(printing: str, words: str) -> str:
    """A printing with the mark: `2,243.600 r` where space is short, spelt out in prose; a source's words stay."""
    match printing:
        case "published":
            return words
        case "prose" | "size":
            return f"{words} (restated)"
        case _:
            return f"{words}{NBSP}{RESTATED}"


def unmarked(printings: Mapping[str, str]) -> dict[str, str]:
    """The printings without that mark, and without what only an annex prints."""
    marks = (" (restated)", f"{NBSP}{RESTATED}")
    bare = {name: words for name, words in printings.items() if name != "exact"}
    return {name: words.removesuffix(marks[0]).removesuffix(marks[1]) for name, words in bare.items()}


# --- dates and periods --------------------------------------------------------------------------


def day(date: dt.date) -> str:
    """`31 December 2024`, day and month on one line."""
    return f"{date.day}{NBSP}{MONTHS[date.month - 1]} {date.year}"


def short_day(date: dt.date) -> str:
    """`31 Dec 2024` on one line."""
    return f"{date.day}{NBSP}{SHORT_MONTHS[date.month - 1]}{NBSP}{date.year}"


def fiscal(year: Period) -> str:
    """`FY 2024-25` on one line."""
    return f"FY{NBSP}{year}"


def months(period: Period) -> str:
    """`July–December 2024`, `July 2024–March 2025`, `December 2024`."""
    return _months(period.first, period.last, MONTHS)


def short_months(period: Period) -> str:
    """`Jul–Dec 2024`."""
    return _months(period.first, period.last, SHORT_MONTHS)


def _months(first: Month, last: Month, names: Sequence[str]) -> str:
    begin, end = names[first.month - 1], names[last.month - 1]
    if first == last:
        return f"{begin} {first.year}"
    if first.year == last.year:
        return f"{begin}–{end} {last.year}"
    return f"{begin} {first.year}–{end} {last.year}"


def period_name(period: Period) -> str:
    """`FY 2024-25 Q2`, `FY 2023-24 to FY 2024-25`, `FY 2024-25`, `December 2024`."""
    match period:
        case Quarter():
            return f"{fiscal(period.year)} Q{period.number}"
        case Span():
            return f"{fiscal(period.years[0])} to {fiscal(period.years[-1])}"
        case FiscalYear():
            return fiscal(period)
        case _:
            return months(period)


def period_title(period: Period) -> Runs:
    """The period line under the title: `Second quarter, FY 2024-25 (October to December 2024)`."""
    long = MONTHS[period.first.month - 1], MONTHS[period.last.month - 1]
    match period:
        case Quarter():
            return (
                *say(f"{_ORDINALS[period.number - 1]} quarter, "),
                *furniture(fiscal(period.year), "date"),
                *say(" ("),
                *furniture(f"{long[0]} to {long[1]} {period.last.year}", "date"),
                *say(")"),
            )
        case Span():
            years = f"{period.years[0]} to {period.years[-1]}"
            whole = f"{long[0]} {period.first.year} to {long[1]} {period.last.year}"
            return (
                *say("Fiscal years "),
                *furniture(years, "date"),
                *say(" ("),
                *furniture(whole, "date"),
                *say(")"),
            )
        case FiscalYear():
            whole = f"{long[0]} {period.first.year} to {long[1]} {period.last.year}"
            return (
                *say("Fiscal year "),
                *furniture(str(period), "date"),
                *say(" ("),
                *furniture(whole, "date"),
                *say(")"),
            )
        case _:
            return furniture(months(period), "date")


# --- fixed words --------------------------------------------------------------------------------


def scope_words(scope: Scope) -> str:
    """How a scope is printed."""
    return {
        Scope.IN_PERIOD: "In period",
        Scope.YEAR_TO_DATE: "Year to date",
        Scope.SINCE_INCEPTION: "Since inception",
        Scope.NOT_STATED: "Not stated",
    }[scope]


def allocation_words(kind: AllocationKind) -> str:
    """How a version of an allocation is printed."""
    return _ALLOCATION_WORDS[kind]


def stage_words(stage: Stage | None) -> Runs:
    """What an amount of a stage is called within a sentence; None is the allocation."""
    return say("allocation") if stage is None else named(stage.words)


def version_words(versions: Iterable[Allocation]) -> Runs:
    """`proposed allocation of 13 June 2024`; the bare word where several versions stand together."""
    kinds = {(version.kind, version.as_of) for version in versions}
    if len(kinds) != 1:
        proposed = {kind is AllocationKind.PROPOSED for kind, _ in kinds}
        if True in proposed:
            return say("allocation, in part proposed," if False in proposed else "proposed allocation")
        return say("allocation")
    kind, as_of = next(iter(kinds))
    words = "allocation" if kind is AllocationKind.NOT_STATED else allocation_words(kind).lower()
    return say(f"{words} of ") + dated(day(as_of))


# --- runs ---------------------------------------------------------------------------------------


def say(words: str, *, bold: bool = False, italic: bool = False) -> Runs:
    """Our own words; a digit in them is refused."""
    return (Text(words=words, bold=bold, italic=italic),)


def capitalised(runs: Runs) -> Runs:
    """The same runs with a capital at the beginning, where that is a word of ours."""
    first, *rest = runs
    if not isinstance(first, Text) or first.furniture:
        return runs
    return (*say(first.words[:1].upper() + first.words[1:], bold=first.bold), *rest)


def furniture(words: str, kind: FurnitureKind, *, bold: bool = False, italic: bool = False) -> Runs:
    """Words whose numerals are no figures: a date, a name, a note's number."""
    return (Text(words=words, bold=bold, italic=italic, furniture=kind),)


def named(words: str, *, bold: bool = False, italic: bool = False) -> Runs:
    """A registered name: of a project, an agency, a KPI."""
    return furniture(words, "name", bold=bold, italic=italic)


def dated(words: str, *, bold: bool = False) -> Runs:
    """A date or the name of a period, each month on one line with its year."""
    return furniture(_MONTH_AND_YEAR.sub(NBSP, words), "date", bold=bold)


def joined(parts: list[Runs], between: str = ", ", last: str = " and ") -> Runs:
    """Runs in a row: `a, b and c`."""
    result: Runs = ()
    for n, part in enumerate(parts):
        if n:
            result += say(last if n == len(parts) - 1 else between)
        result += part
    return result
