"""The styles of a workbook: as what a number is shown, and whether what stands in a cell is seen as it stands."""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from moitt_report.intake.counted import Refusal

Shown = Literal["number", "share", "date", "month", "duration"]
"""As what a number is shown: as it is, as a percentage, as a day, as a month alone, as hours that go on past a day."""

# Formats that every workbook has without saying so (ECMA-376 part 1, 18.8.30), also those of East Asia.
_BUILT_IN: dict[int, Shown] = {
    9: "share",
    10: "share",
    17: "month",  # mmm-yy
    **dict.fromkeys((14, 15, 16, *range(18, 23), *range(27, 37), 45, 47, *range(50, 59)), "date"),
    46: "duration",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
"""Words in a format, room left free, and brackets: all that stands for no part of the number."""
_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_PIECES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|;|[^;]', re.DOTALL)
_NOTHING = re.compile(r'"\s*"|\\\s|_.|\*\s|\[(?!(?:h+|m+|s+)\])[^\]]*\]|\s', re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]", re.ASCII)
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
"""Commas behind the last digit, each of which divides by a thousand."""
_ROUNDED_AWAY = frozenset("#?,")
"""What a format of nothing else shows of less than a half: nothing."""
_LONGEST_CODE = 500
"""So many characters of a format are looked at."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one style shows what stands in a cell."""

    shown: Shown = "number"
    code: str = ""
    """The format of numbers; empty for one that every workbook has."""
    struck: bool = False
    """Whether a line is drawn through it."""

    def hides(self, number: float | None) -> bool:
        """Whether a cell with `number` in it, or with a text for None, looks empty."""
        return _may_hide(self.code) and _looks_empty(self.code, number)

    def scales(self, number: float) -> bool:
        """Whether `number` is shown divided by thousands, as by `0.0,,`."""
        if not _may_scale(self.code):
            return False
        section = _section(self.code, number)
        return section is not None and section.scaled


def shown_as(code: str) -> Shown:
    """As what the format `code` shows a number; only its part for positive numbers counts."""
    bare = _LITERAL.sub("", code[:_LONGEST_CODE]).partition(";")[0]
    if _LENGTH.search(bare):
        return "duration"
    letters = set(bare.replace("General", "").lower())
    if letters & set("dmhys"):
        return "date" if letters & set("dhs") or "y" not in letters else "month"
    return "share" if "%" in bare else "number"


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of a format, for numbers of one sign or under one condition."""

    condition: re.Match[str] | None
    visible: str
    scaled: bool


@functools.lru_cache(maxsize=1_000)  # few formats do either, and they are asked for every cell
def _may_hide(code: str) -> bool:
    return code != "" and any(set(section.visible) <= _ROUNDED_AWAY for section in _sections(code))


@functools.lru_cache(maxsize=1_000)
def _may_scale(code: str) -> bool:
    return any(section.scaled for section in _sections(code))


def _looks_empty(code: str, number: float | None) -> bool:
    section = _section(code, number)
    if section is None:
        return False
    rounds_away = number is not None and abs(number) < 0.5 and set(section.visible) <= _ROUNDED_AWAY
    return not section.visible or rounds_away


def _section(code: str, number: float | None) -> _Section | None:
    """The part of a format that shows `number`, or a text for None; None when it is shown whatever the format."""
    sections = _sections(code)
    if number is None:
        return sections[3] if len(sections) == 4 else None
    numbers = sections[:3]
    if any(section.condition for section in numbers):
        return next((s for s in numbers if s.condition is None or _holds(s.condition, number)), None)
    if len(sections) > 1 and number < 0:
        return sections[1]
    return sections[2] if len(sections) > 2 and number == 0 else sections[0]


@functools.lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[_Section, ...]:
    parts = [""]
    for piece in _PIECES.findall(code[:_LONGEST_CODE]):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return tuple(
        _Section(_CONDITION.search(p), _NOTHING.sub("", p), _SCALED.search(_LITERAL.sub("", p)) is not None)
        for p in parts
    )


def _holds(condition: re.Match[str], number: float) -> bool:
    limit = float(condition[2])
    match condition[1]:
        case "<":
            return number < limit
        case "<=":
            return number <= limit
        case ">":
            return number > limit
        case ">=":
            return number >= limit
        case "<>":
            return number != limit
        case _:
            return number == limit


class StylesReader:
    """Takes in the part of the styles; `styles` holds one entry for each style a cell may have."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._fonts: list[bool] = []
        self._cells: list[tuple[str, str]] = []
        self._within = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match tag.rpartition(" ")[2]:
            case "numFmt":
                self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "fonts" | "cellXfs" as part:
                self._within = part
            case "font" if self._within == "fonts":
                self._fonts.append(False)
            case "strike" if self._within == "fonts" and self._fonts:
                self._fonts[-1] = is_struck(attributes)
            case "xf" if self._within == "cellXfs":
                self._cells.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag.rpartition(" ")[2] == self._within:
            self._within = ""

    def text(self, data: str) -> None:
        """Styles hold no characters."""

    @property
    def styles(self) -> list[Style]:
        """How each style shows what stands in a cell."""
        return [self._style(format, font) for format, font in self._cells] or [Style()]

    def _style(self, format: str, font: str) -> Style:
        struck = (
            font.isascii() and font.isdigit() and int(font[:9]) < len(self._fonts) and self._fonts[int(font)]
        )
        if format in self._codes:
            return Style(shown_as(self._codes[format]), self._codes[format], struck)
        return Style(_built_in(format), struck=struck)


def is_struck(attributes: dict[str, str]) -> bool:
    """Whether an element `strike` with these attributes draws a line."""
    return attributes.get("val", "1") not in {"0", "false"}


def _built_in(id: str) -> Shown:
    if not id.isascii() or not id.isdigit() or len(id) > 9:
        raise Refusal("holds a format that is no number")
    return _BUILT_IN.get(int(id), "number")
