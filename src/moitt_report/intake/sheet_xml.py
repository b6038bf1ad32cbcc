"""One sheet of a workbook, element by element, to its cells: what stands in each, and as what it is shown.

A formula keeps its mark and the value Excel saved with it; nothing is calculated.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from moitt_report.intake.counted import DEEPEST, Counted, Refusal, corners, places, within
from moitt_report.intake.grid import CellKind, Grid, Raw, letters, named
from moitt_report.intake.manner import Manner
from moitt_report.intake.number_formats import Style, is_struck

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SCALE_LIMIT = 40
_LAST_DAY = 2_958_465
"""The serial number of 31 December 9999, the last day of Excel."""
_YES = {"1", "true"}


Text = tuple[str, CellKind]
"""What a cell holds, and as what."""


class SheetReader:
    """Takes in the part of one sheet and gives its `Grid`. It counts by itself, for it sees nearly all elements."""

    def __init__(
        self,
        name: str,
        file: str,
        strings: Sequence[Text],
        styles: Sequence[Style],
        manner: Manner,
        counted: Counted,
        *,
        epoch_1904: bool,
    ) -> None:
        self._name, self._file = name, file
        self._address = f"{file}!{named(name)}!"
        self._strings, self._styles, self._manner, self._counted = strings, styles, manner, counted
        self._epoch_1904 = epoch_1904
        self._place = places(manner)
        self._namespace = self._cell = ""
        self._style_of: dict[str, Style] = {}
        self._rows: dict[int, dict[int, Raw]] = {}
        self._merged: list[tuple[int, int, int, int, str]] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._at = (0, 0)
        self._in_cell = self._phonetic = self._formula = False
        self._struck = self._struck_run = False
        self._attributes: dict[str, str] = {}
        self._value: list[str] | None = None
        self._collecting: list[str] | None = None

    # --- what expat calls: most elements are cells, and most of those blank ---------------------

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        counted = self._counted
        counted.depth += 1
        counted.elements += 1
        if counted.elements > counted.most or counted.depth > DEEPEST:
            raise counted.too_deep()
        if not self._namespace:
            self._namespace = tag.rpartition(" ")[0] + " "
            self._cell = self._namespace + "c"
        if tag == self._cell:
            counted.count(1)
            if "r" in attributes:
                self._at = self._place(attributes["r"])
            else:
                self._at = within(self._at[0], self._at[1] + 1, self._manner)
            self._attributes, self._in_cell = attributes, True
            self._formula, self._value = False, None
            self._struck = self._struck_run = False
            return
        match tag.removeprefix(self._namespace):
            case "v" if self._in_cell:
                self._value = self._collecting = []
            case "t" if self._in_cell and self._attributes.get("t") == "inlineStr" and not self._phonetic:
                self._value = self._collecting = self._value if self._value is not None else []
                self._struck |= self._struck_run
            case "r" if self._in_cell:
                self._struck_run = False
            case "strike" if self._in_cell:
                self._struck_run = is_struck(attributes)
            case "f" if self._in_cell:
                self._formula = True
            case "rPh":
                self._phonetic = True
            case "row":
                self._begin_row(attributes)
            case "mergeCell":
                (r1, c1), (r2, c2) = corners(attributes.get("ref", ""), self._place)
                top, bottom, left, right = min(r1, r2), max(r1, r2), min(c1, c2), max(c1, c2)
                counted.count((bottom - top + 1) * (right - left + 1))
                self._merged.append((top, bottom, left, right, attributes["ref"].replace("$", "")))
            case "col" if attributes.get("hidden") in _YES or attributes.get("width") == "0":
                first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
                self._hidden_columns |= set(range(first, min(last, self._manner.columns) + 1))

    def end(self, tag: str) -> None:
        """An element ends."""
        self._counted.depth -= 1
        if tag == self._cell:
            if self._in_cell and (self._value is not None or self._formula):
                self._end_cell()
            self._in_cell = False
            return
        kind = tag.removeprefix(self._namespace)
        if kind in {"v", "t"}:
            self._collecting = None
        elif kind == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        """Characters between the two."""
        if self._collecting is not None:
            self._collecting.append(data)

    # --- rows and cells -------------------------------------------------------------------------

    def _begin_row(self, attributes: dict[str, str]) -> None:
        row = _whole(attributes["r"]) if "r" in attributes else self._at[0] + 1
        self._at = row, 0
        within(row, 1, self._manner)
        if attributes.get("hidden") in _YES:
            self._hidden_rows.add(row)

    def _end_cell(self) -> None:
        style = self._style()
        found: Text = ("", "uncached")
        if self._value is not None:
            found = self._content("".join(self._value), style)
        text, kind = found
        if kind != "uncached" and not text.strip():
            return
        if style.struck and kind not in {"error", "uncached"}:
            kind = "struck"
        elif kind == "typed" and style.hides(None):
            kind = "unseen"
        number, column = self._at
        row = self._rows.setdefault(number, {})
        if column in row:
            raise Refusal(f"holds the cell {letters(column)}{number} twice")
        row[column] = Raw(text, kind, f"{self._address}{letters(column)}{number}", self._formula)

    def _style(self) -> Style:
        name = self._attributes.get("s", "0")
        found = self._style_of.get(name)
        if found is None:
            number = _whole(name)
            if number >= len(self._styles):
                raise Refusal("refers to a format that is not in it")
            found = self._style_of[name] = self._styles[number]
        return found

    def _content(self, text: str, style: Style) -> Text:
        match self._attributes.get("t", "n"):
            case "s":
                number = _whole(text.strip())
                if number >= len(self._strings):
                    raise Refusal("refers to a text that is not in it")
                return self._strings[number]
            case "str":
                return clipped(text, self._manner), "typed"
            case "inlineStr":
                return clipped(text, self._manner), "struck" if self._struck else "typed"
            case "n":
                # Excel saves an empty value only for a formula it has not calculated.
                return (
                    self._number(text.strip(), style)
                    if text.strip()
                    else ("", "uncached" if self._formula else "typed")
                )
            case "b":
                return "TRUE" if text.strip() in _YES else "FALSE", "typed"
            case "e":
                return clipped(text.strip(), self._manner), "error"
            case "d":
                return _written_day(text.strip())
            case _:
                return clipped(text, self._manner), "typed"

    def _number(self, text: str, style: Style) -> Text:
        if not _NUMBER.fullmatch(text) or len(text) > self._manner.cell_characters:
            where = f"{letters(self._at[1])}{self._at[0]}"
            raise Refusal(f"holds a number that cannot be read in the cell {where}")
        if style.hides(float(text)):
            return exact(text), "unseen"
        match style.shown:
            case "date" | "month" as shown:
                day, kind = _day(float(text), epoch_1904=self._epoch_1904)
                return day, "month" if kind == "date" and shown == "month" else kind
            case "duration":
                return _length(float(text))
            case "share":
                return exact(text), "share"
            case "number":
                return exact(text), "scaled" if style.scales(float(text)) else "number"

    def grid(self, *, hidden: bool) -> Grid:
        """The sheet, its rows and columns in order."""
        rows = {row: dict(sorted(cells.items())) for row, cells in sorted(self._rows.items())}
        return Grid(
            self._name, self._file, rows, frozenset(self._hidden_rows), frozenset(self._hidden_columns), hidden,
            tuple(self._merged), self._epoch_1904,
        )  # fmt: skip


def unescaped(text: str) -> str:
    """Text with the characters that a workbook writes by number, as _x000D_ (ECMA-376, ST_Xstring)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def clipped(text: str, manner: Manner) -> str:
    """Text as it was meant, at most one character longer than is read: enough to see that it is too long."""
    return unescaped(text)[: manner.cell_characters + 1]


def exact(text: str) -> str:
    """The digits of a number as Excel shows it: a binary one to fifteen, so that 0.1 + 0.2 is 0.3 and no dust stays."""
    if len(text) < 16 and text.isdigit() and text[0] != "0":
        return text
    binary = "." in text or "e" in text.lower()
    number = Decimal(f"{float(text):.15g}" if binary else text)
    if not number.is_finite():
        return str(float(text))
    return format(number.normalize(), "f") if abs(number.adjusted()) < _SCALE_LIMIT else str(number)


def _whole(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Refusal("holds a count or an address that is no number")
    return int(text)


def _day(serial: float, *, epoch_1904: bool) -> Text:
    """The day of a serial number; Excel counts from one of two beginnings, and shows # where it has no day."""
    if not 0 <= serial <= _LAST_DAY:
        return "####", "error"
    begin = dt.datetime(1904, 1, 1) if epoch_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001  Excel knows none
    days = int(serial)
    if not days:
        return str(_rounded(serial)), "moment"
    if not epoch_1904 and days < 60:  # 60 is 29 February 1900, a day that never was
        days += 1
    moment = begin + dt.timedelta(days=days) + _rounded(serial - int(serial))
    whole = moment.time() == dt.time()
    return (moment.date().isoformat(), "date") if whole else (moment.isoformat(" ", "minutes"), "moment")


def _length(serial: float) -> Text:
    return (str(_rounded(serial)), "moment") if abs(serial) <= _LAST_DAY else ("####", "error")


def _rounded(days: float) -> dt.timedelta:
    return dt.timedelta(seconds=round(days * 86_400))


def _written_day(text: str) -> Text:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text[:60], "error"
    if moment.time() == dt.time():
        return moment.date().isoformat(), "date"
    return moment.replace(tzinfo=None).isoformat(" ", "minutes"), "moment"
