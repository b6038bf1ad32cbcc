"""What people type, as the models read it: each change is told, and what can be read in two ways is refused.

Absences by rule: “N/A” is not applicable, “TBD”, “awaited” and “pending” are not reported, “nil” is zero,
because nothing was done is a count. A lone dash may mean any of these and is refused.
"""

import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches

from moitt_report.errors import shown
from moitt_report.intake.dates import read_date
from moitt_report.intake.grid import CellKind, Raw
from moitt_report.intake.reading import Fault, Read, changed
from moitt_report.intake.units import Unit
from moitt_report.layout import Column
from moitt_report.model.money import SCALES, parse_rupees

_ABSENT: Mapping[str, str] = {
    "not reported": "not reported",
    "not yet due": "not yet due",
    "not due": "not yet due",
    "not applicable": "not applicable",
    "n/a": "not applicable",
    "n.a.": "not applicable",
    "na": "not applicable",
    "tbd": "not reported",
    "tbc": "not reported",
    "awaited": "not reported",
    "pending": "not reported",
    "not available": "not reported",
}
_NIL = {"nil", "zero", "none"}
_DASHES = set("-–—−_.")
_DIGITS = {ord(d): str(n % 10) for n, d in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PLAIN = re.compile(r"\d+(\.\d+)?", re.ASCII)
_TYPED = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_WESTERN = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_LAKH = re.compile(r"\d{1,2}(,\d{2})+,\d{3}(\.\d+)?", re.ASCII)
_SPACED = re.compile(r"\d{1,3}( \d{3})+(\.\d+)?", re.ASCII)
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_NEGATIVE = re.compile(r"\(\s*(.+?)\s*\)|[-−–]\s*(.+)")
_CURRENCY = re.compile(r"^(?:rs\.?|pkr|rupees|₨)\s*|\s*(?:rupees|/-)$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|٪|percent|per cent|pc)$", re.IGNORECASE)
_SCALE = re.compile(rf"[\d)]\s*(?:{'|'.join(SCALES)})s?\b", re.IGNORECASE)
_MOST_DIGITS = 15
"""So many digits Excel keeps of a number."""
_NOT_AS_SEEN: Mapping[CellKind, tuple[str, str]] = {
    "unseen": (
        "“{}” stands here, but its number format hides it",
        "give the cell the format General; clear it if nothing is meant",
    ),
    "struck": ("“{}” is struck out", "clear the cell, or take the line away if it stands"),
    "scaled": (
        "{} stands here, but its number format shows it divided by thousands",
        "give the cell the format General, and type the figure in the unit of its column",
    ),
}
"""What nobody who looks at the sheet would read from it."""


def read_cell(raw: Raw, column: Column, unit: Unit, *, epoch_1904: bool = False) -> Read:
    """The text of `raw` that the models accept for `column`. Raises `Fault` when there is none."""
    if raw.kind == "error":
        raise Fault(f"holds the error {raw.text}", "mend the formula, or type the value")
    if raw.kind == "uncached":
        raise Fault(
            "is a formula whose value was not saved", "open the file in Excel and save it, or type the value"
        )
    if raw.kind in _NOT_AS_SEEN:
        what, remedy = _NOT_AS_SEEN[raw.kind]
        raise Fault(what.format(shown(raw.text)), remedy)
    match column.kind:
        case "date":
            return read_date(raw, epoch_1904=epoch_1904)
        case "number" | "percent" | "money":
            return _quantity(raw, column, unit)
        case "choice":
            return _choice(raw, column)
        case "text" | "name":
            if raw.kind in {"date", "month", "moment"}:
                raise Fault(
                    f"is a date ({raw.text}) where text is expected",
                    "format the cell as Text and type it again",
                )
            text = " ".join(raw.text.split()) if column.kind == "name" else raw.text.strip()
            return Read(text)


def _choice(raw: Raw, column: Column) -> Read:
    known = _known(column)
    words = _folded(raw.text)
    if words in known:
        return Read(known[words])
    near = get_close_matches(words, known, n=1, cutoff=0.75)
    listed = ", ".join(column.choices)
    raise Fault(
        f"“{shown(raw.text)}” is not a known {column.head.lower()}",
        f"did you mean “{near[0]}”?" if near else f"choose one of: {listed}",
    )


@functools.cache
def _known(column: Column) -> Mapping[str, str]:
    """What may be written in a column of choices, and what it stands for."""
    words = {_folded(word): value for word, value in column.choices.items()}
    return words | {_folded(value): value for value in column.choices.values()}


def _folded(text: str) -> str:
    return " ".join(_SPACES.sub(" ", text).casefold().replace("-", " ").split())[:80]


def _quantity(raw: Raw, column: Column, unit: Unit) -> Read:
    if raw.kind in {"date", "month", "moment"}:
        raise Fault(
            f"is formatted as a date ({raw.text})", "format the cell as Number and type the figure again"
        )
    if raw.kind in {"number", "share"}:
        return _typed_number(raw, column, unit)
    text = _clean(raw.text)
    lowered = " ".join(text.lower().split())
    if lowered in _ABSENT:
        return changed(raw.text, _ABSENT[lowered])
    if set(text) <= _DASHES:
        raise Fault(
            f"“{text}” may mean zero or no figure",
            "write 0, “not reported”, “not yet due” or “not applicable”",
        )
    if lowered in _NIL:
        return changed(raw.text, _with_unit("0", column, unit, bare=True))
    return _money(raw, text, column, unit) if column.kind == "money" else _number(raw, text, column)


def _typed_number(raw: Raw, column: Column, unit: Unit) -> Read:
    """A cell that Excel holds as a number: nothing in it can be read in two ways but a share."""
    digits = raw.text.lstrip("-").replace(".", "").strip("0")
    if not _TYPED.fullmatch(raw.text) or len(digits) > _MOST_DIGITS + 2:
        raise Fault(f"“{shown(raw.text)}” is too large or too fine to be a figure", "correct the number")
    if column.kind == "percent" or (raw.kind == "share" and column.kind == "number"):
        return _percent(raw.text, raw.text, column, share=raw.kind == "share")
    if raw.kind == "share":
        raise Fault("is shown as a percentage where an amount is expected", "format the cell as Number")
    return Read(_with_unit(raw.text, column, unit, bare=True))


def _percent(found: str, number: str, column: Column, *, share: bool) -> Read:
    value = Decimal(number)
    if share:
        return changed(f"{found} shown as %", _plain(value * 100))
    if column.kind == "percent" and value == 1:
        raise Fault("“1” may be 1 % or, as a share, 100 %", "write “1 %” or “100 %”")
    if column.kind == "percent" and 0 < value < 1:
        return changed(found, _plain(value * 100), "warning")
    return Read(number)


def _number(raw: Raw, text: str, column: Column) -> Read:
    body, percent = _PERCENT.subn("", text)
    if _SCALE.search(body) or _CURRENCY.search(body):
        raise Fault(f"“{shown(text)}” has a unit of its own", "write digits only, in the unit of the KPI")
    digits = _digits(body, raw)
    if column.kind == "percent" and not percent:
        return _percent(raw.text, digits, column, share=False)
    if column.kind == "percent" and body.strip() == digits:
        return Read(digits)  # the sign says what the cell asks for
    return changed(raw.text, digits)


def _money(raw: Raw, text: str, column: Column, unit: Unit) -> Read:
    if _PERCENT.search(text):
        raise Fault(f"“{shown(text)}” is a percentage where an amount is expected", "write the amount")
    if _SCALE.search(text):
        words = text.replace("₨", "Rs ")
        try:
            parse_rupees(words)
        except ValueError as fault:
            raise Fault(str(fault), "write the amount in the unit of the column") from None
        return changed(raw.text, words)
    body, marked = _CURRENCY.subn("", _signless(text))
    digits = _digits(("-" if _negative(text) else "") + body, raw)
    if marked and unit.words:
        raise Fault(
            f"“{shown(text)}” may be rupees or Rs {unit.words}",
            f"write “{shown(text)} {unit.words}”, or the number alone",
        )
    return changed(raw.text, _with_unit(digits, column, unit, bare=not marked))


def _with_unit(number: str, column: Column, unit: Unit, *, bare: bool) -> str:
    if column.kind != "money":
        return number
    if bare and unit.words is None:
        raise Fault(
            f"“{number}” has no unit, and the head of its column names none, or none that is plain",
            "write “(Rs million)” in the head",
        )
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    return f"Rs {sign}{digits} {unit.words or ''}".strip()


def _negative(text: str) -> bool:
    return bool(_NEGATIVE.fullmatch(_CURRENCY.sub("", text)))


def _signless(text: str) -> str:
    bare = _CURRENCY.sub("", text)
    found = _NEGATIVE.fullmatch(bare)
    if not found:
        return text
    return (
        text[: len(text) - len(bare)] + (found[1] or found[2])
        if text.endswith(bare)
        else found[1] or found[2]
    )


def _digits(body: str, raw: Raw) -> str:
    """The digits of a number with one reading. Raises `Fault` for none or two."""
    text = body.strip()
    found = _NEGATIVE.fullmatch(text)
    sign, text = ("-", (found[1] or found[2]).strip()) if found else ("", text)
    # In a workbook, a bare number that is text was not understood by the Excel it was typed into:
    # its point may be a thousands separator. In CSV the point is the decimal mark, by our rule.
    if _TWO_WAYS.fullmatch(text) and (raw.kind == "typed" or "," in text):
        thousands, decimals = re.sub("[.,]", "", text), text.replace(",", ".")
        raise Fault(
            f"“{text}” may be {thousands} or {decimals}0",
            f"write “{thousands}” or “{decimals}0”, or type it as a number",
        )
    for form in (_PLAIN, _WESTERN, _LAKH, _SPACED):
        if form.fullmatch(text):
            return sign + re.sub("[ ,]", "", text)
    raise Fault(f"“{shown(raw.text)}” is not a number", "write digits, or “not reported”")


def _clean(text: str) -> str:
    hidden = _INVISIBLE.search(text)
    if hidden:
        raise Fault(
            f"holds the character U+{ord(hidden[0]):04X}, which cannot be seen", "type the figure again"
        )
    scripts = {ord(c) >> 4 for c in text if c.isdecimal()}
    if len(scripts) > 1:
        raise Fault(f"“{shown(text)}” mixes digits of two scripts", "type the figure again")
    western = text.translate(_DIGITS).replace("٫", ".").replace("٬", ",")
    return _SPACES.sub(" ", western).strip()


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text
