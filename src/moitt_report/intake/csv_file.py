"""CSV returns: one file, in which each sheet is a block that begins with a line of the sheet's name alone.

The encoding is never guessed: UTF-8, UTF-16 when a byte-order mark says so, anything else by name.
The separator is the one of comma, semicolon and tab that the line of the first heads uses.
"""

import codecs
import csv
import io

from moitt_report.errors import Problem
from moitt_report.intake.grid import Grid, Raw
from moitt_report.intake.manner import Manner
from moitt_report.layout import COVER, TABLES

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_NAMES = {name.casefold(): name for name in (COVER, *(t.name for t in TABLES))}


def read_csv(raw: bytes, name: str, manner: Manner) -> tuple[list[Grid], list[Problem]]:
    """The blocks of the CSV file `raw` as sheets; rows keep the number they have in the file."""
    text, problem = _decoded(raw, name, manner)
    if problem is not None:
        return [], [problem]
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return [], [Problem(f"{name}:{line}", "holds a NUL character", "save the file as CSV UTF-8")]
    grids: dict[str, Grid] = {}
    grid: Grid | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    cells = 0
    try:
        for number, fields in enumerate(reader, 1):
            cells += sum(1 for field in fields if field.strip())
            fault = _excess(fields, number, cells, manner)
            if fault:
                return [], [Problem(f"{name}:{number}", *fault)]
            filled = [(n, field) for n, field in enumerate(fields, 1) if field.strip()]
            if len(filled) == 1 and filled[0][1].rstrip().casefold() in _NAMES:
                title = _NAMES[filled[0][1].rstrip().casefold()]
                if title in grids:
                    twice = Problem(f"{name}:{number}", f"the block “{title}” begins twice", "join the two")
                    return [], [twice]
                grid = grids[title] = Grid(title, name, {})
            elif filled and grid is None:
                return [], [_no_block(name, number)]
            elif filled and grid is not None:
                grid.rows[number] = {n: Raw(f, "plain", grid.where(number, n)) for n, f in filled}
    except csv.Error as fault:
        what = f"is not proper CSV: {fault}"
        return [], [Problem(f"{name}:{reader.line_num}", what, "look for a quotation mark left open")]
    if not grids:
        return [], [Problem(f"{name}:1", "the file is empty", "fill it in, or leave it out")]
    return list(grids.values()), []


def _no_block(name: str, line: int) -> Problem:
    return Problem(
        f"{name}:{line}",
        "stands before the first block",
        f"begin each block with a line of its name alone: {', '.join(_NAMES.values())}",
    )


def _excess(fields: list[str], row: int, cells: int, manner: Manner) -> tuple[str, str] | None:
    if row > manner.rows:
        return f"has more than {manner.rows:,} lines", "delete empty lines, or raise the limit “rows”"
    if len(fields) > manner.columns:
        return f"has more than {manner.columns:,} columns", "mend the line, or raise the limit “columns”"
    if cells > manner.cells:
        return f"has more than {manner.cells:,} cells", "shorten it, or raise the limit “cells”"
    longest = max(map(len, fields), default=0)
    if longest > manner.cell_characters:
        return f"holds a cell of {longest:,} characters", f"shorten it to {manner.cell_characters:,}"
    return None


def _decoded(raw: bytes, name: str, manner: Manner) -> tuple[str, Problem | None]:
    encoding = "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif manner.encoding and not raw.startswith(codecs.BOM_UTF8):
        encoding = manner.encoding
    try:
        return raw.decode(encoding), None
    except (UnicodeDecodeError, UnicodeError):
        what = f"is not {encoding.removesuffix('-sig').upper()} text"
        remedy = "save it as CSV UTF-8, or name its encoding: --encoding cp1252"
        return "", Problem(f"{name}:1", what, remedy)


def _separator(text: str) -> str:
    """The separator of the first line that has one; no line of a name alone has any but trailing ones."""
    for line in text.splitlines()[:50]:
        bare = line.rstrip(",;\t ")
        counts = {separator: bare.count(separator) for separator in SEPARATORS}
        if any(counts.values()):
            return max(counts, key=lambda separator: counts[separator])
    trailing = [separator for separator in SEPARATORS if separator in text]
    return trailing[0] if trailing else ","
