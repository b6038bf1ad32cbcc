"""The styles of a workbook: as what a number is shown, which decides whether it is a date or a share."""

import re
from typing import Literal

from moitt_report.intake.preflight import Refusal

Shown = Literal["number", "share", "date", "month", "duration"]

# Formats that every workbook has without saying so (ECMA-376 part 1, 18.8.30), also those of East Asia.
_BUILT_IN: dict[int, Shown] = {
    9: "share",
    10: "share",
    17: "month",  # mmm-yy
    **dict.fromkeys((14, 15, 16, *range(18, 23), *range(27, 37), 45, 47, *range(50, 59)), "date"),
    46: "duration",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def shown_as(code: str) -> Shown:
    """As what the format `code` shows a number; only its part for positive numbers counts."""
    bare = _LITERAL.sub("", code[:500]).partition(";")[0]
    if _LENGTH.search(bare):
        return "duration"
    letters = set(bare.replace("General", "").lower())
    if letters & set("dmhys"):
        return "date" if letters & set("dhs") or "y" not in letters else "month"
    return "share" if "%" in bare else "number"


class StylesReader:
    """Takes in the part of the styles; `formats` holds one entry for each style a cell may have."""

    def __init__(self) -> None:
        self._codes: dict[str, Shown] = {}
        self._in_cells = False
        self._ids: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match tag.rpartition(" ")[2]:
            case "numFmt":
                self._codes[attributes.get("numFmtId", "")] = shown_as(attributes.get("formatCode", ""))
            case "cellXfs":
                self._in_cells = True
            case "xf" if self._in_cells:
                self._ids.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag.rpartition(" ")[2] == "cellXfs":
            self._in_cells = False

    def text(self, data: str) -> None:
        """Styles hold no characters."""

    @property
    def formats(self) -> list[Shown]:
        """As what each style shows a number."""
        return [self._codes.get(id) or _built_in(id) for id in self._ids] or ["number"]


def _built_in(id: str) -> Shown:
    if not id.isascii() or not id.isdigit() or len(id) > 9:
        raise Refusal("holds a format that is no number")
    return _BUILT_IN.get(int(id), "number")
