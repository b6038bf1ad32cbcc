"""Copies of workbooks to send back: each faulty cell coloured and commented, all problems on a first sheet.

The agency's own values stay as they are; a formula becomes its value, so that nothing in the copy runs.
"""

import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import defusedxml  # noqa: F401  openpyxl refuses entities only when it finds this
import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from moitt_report.errors import Problem, place_of
from moitt_report.intake.files import USUAL, WORKBOOKS, read_bytes
from moitt_report.intake.folders import ReturnFile, files_at
from moitt_report.intake.grid import named
from moitt_report.intake.manner import Manner
from moitt_report.intake.xlsx import read_xlsx
from moitt_report.zipping import CONTENT_TYPES, zipped

_COLOURS = {"error": "F8CBAD", "warning": "FFE699", "note": "DDEBF7"}
_RANK = ("note", "warning", "error")
_HEADS = (("Kind", 10), ("Sheet", 16), ("Cell", 8), ("What is wrong", 70), ("What to do", 70))
_MOST = 2_000
"""More problems than anybody mends from one list; beyond them a copy takes long to make and to open."""
_LINE = 13.5
"""The height of a line of the list, in points."""
_LIST_HEAD = 4
"""The row of the heads of the list."""


def annotated_copies(
    paths: Sequence[Path], problems: Sequence[Problem], manner: Manner = USUAL
) -> Iterator[tuple[str, bytes] | Problem]:
    """A marked copy of each workbook at `paths` that can be opened and has a problem: the name of the copy, its bytes.

    Where no copy can be made, a note that says so.
    """
    taken: Counter[str] = Counter()
    for one in files_at(paths):
        if (
            not isinstance(one, ReturnFile)
            or one.file.suffix.lower() not in WORKBOOKS
            or one.file.is_symlink()
        ):
            continue
        mine = [p for p in problems if p.file == one.name]
        raw, _ = read_bytes(one.file, one.name, manner)
        # Looked at again: a copy is made only of a workbook that is not refused, for openpyxl opens anything.
        if raw is None or not mine or not read_xlsx(raw, one.name, manner)[0]:
            continue
        stem = named(one.file.stem)
        taken[stem.casefold()] += 1
        number = f"-{taken[stem.casefold()]}" if taken[stem.casefold()] > 1 else ""
        try:
            yield f"{stem}{number}-checked.xlsx", annotated(raw, mine)
        except Exception as fault:  # noqa: BLE001  openpyxl, which makes the copy, raises anything
            what = f"no marked copy can be made of it ({type(fault).__name__})"
            yield Problem(one.name, what, "send the list of problems instead", "note")


def annotated(raw: bytes, problems: Iterable[Problem]) -> bytes:
    """The workbook `raw`, which has been read without being refused, with `problems` marked in it.

    When they are very many, some are left out, errors last of all, and the list says so.
    """
    found = sorted(problems, key=lambda problem: -_RANK.index(problem.severity))
    listed = sorted(found[:_MOST], key=lambda problem: problem.order)
    book, values = _opened(raw, values=False), _opened(raw, values=True)
    by_name = {}
    for sheet in book.worksheets:
        by_name[named(sheet.title)] = sheet
        _stilled(sheet, values[sheet.title])
        sheet.protection.sheet = False  # the agency is to mend it
    for name in list(book.defined_names):
        del book.defined_names[name]
    _mark(by_name, listed)
    _list(book, listed, found)
    made = io.BytesIO()
    book.save(made)
    return _same_each_time(made.getvalue())


def _opened(raw: bytes, *, values: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out is not ours to mark
        return openpyxl.load_workbook(io.BytesIO(raw), data_only=values, keep_links=False, keep_vba=False)


def _stilled(sheet: Worksheet, values: Worksheet) -> None:
    """Take out what would run or lead elsewhere: formulas become their values, or their text when there is none."""
    for place, cell in sheet._cells.items():  # noqa: SLF001  a rectangle around far cells would be endless
        if cell.data_type == "f":
            valued = values._cells.get(place)  # noqa: SLF001
            found = None if valued is None else valued.value
            if found is None:
                cell.value, cell.data_type = None, "s"
                cell._value = f"formula without a value: {sheet.title}!{cell.coordinate}"  # noqa: SLF001
            else:
                cell.value = found
        if isinstance(cell.value, str):
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
        if getattr(cell, "hyperlink", None) is not None:
            cell.hyperlink = None


def _mark(sheets: dict[str, Worksheet], problems: list[Problem]) -> None:
    told: dict[tuple[str, str], list[Problem]] = {}
    first = ((problem, problem.place) for problem in problems)
    others = ((problem, place_of(address)) for problem in problems for address in problem.also)
    for problem, place in islice(chain(first, others), _MOST):
        sheet, _, cell = place.rpartition("!")
        if sheet in sheets:
            told.setdefault((sheet, cell), []).append(problem)
    for (sheet, place), several in told.items():
        letters, row = coordinate_from_string(place)
        cell = sheets[sheet][f"{letters}{row}"]
        worst = max((p.severity for p in several), key=_RANK.index)
        if not hasattr(cell, "fill") or type(cell).__name__ == "MergedCell":
            continue
        cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
        text = "\n".join(f"{p.severity}: {p.what}. {p.remedy}." for p in several)
        cell.comment = Comment(text, "moitt-report", height=120, width=320)


def _list(book: Any, listed: list[Problem], found: list[Problem]) -> None:
    title = "Problems" if "Problems" not in book.sheetnames else "Problems found"
    if title in book.sheetnames:
        del book[title]
    sheet = book.create_sheet(title, 0)
    counts = [(kind, sum(p.severity == kind for p in found)) for kind in ("error", "warning", "note")]
    told = ", ".join(f"{n} {kind if n == 1 else kind + 's'}" for kind, n in counts if n)
    _write(sheet.cell(1, 1), f"Found in this return: {told}", bold=True, wrapped=False)
    told = "Errors must be mended; warnings need a look; notes say how something was read."
    if len(found) > len(listed):
        told = f"{len(listed):,} of them are marked and listed: mend those, and have the return checked again. {told}"
    _write(sheet.cell(2, 1), told, wrapped=False)
    for n, (head, width) in enumerate(_HEADS, 1):
        _write(sheet.cell(_LIST_HEAD, n), head, bold=True, colour="D9E1F2")
        sheet.column_dimensions["ABCDE"[n - 1]].width = width
    for row, problem in enumerate(listed, _LIST_HEAD + 1):
        name, _, place = problem.place.rpartition("!")
        said = (problem.severity, name, place, problem.what, problem.remedy)
        for n, text in enumerate(said, 1):
            _write(sheet.cell(row, n), text, colour=_COLOURS[problem.severity] if n == 1 else None)
        # Said, for on paper a line may be cut off where the height is left to the program.
        lines = max(-(-len(text) // width) for text, (_, width) in zip(said, _HEADS, strict=True))
        sheet.row_dimensions[row].height = max(1, lines) * _LINE
    sheet.freeze_panes = f"A{_LIST_HEAD + 1}"
    sheet.print_title_rows = f"{_LIST_HEAD}:{_LIST_HEAD}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    for other in book.worksheets:  # one sheet alone is selected, or Excel would edit several at once
        other.sheet_view.tabSelected = False
    book.active = 0


def _write(
    cell: Any, text: str, *, bold: bool = False, colour: str | None = None, wrapped: bool = True
) -> None:
    cell._value, cell.data_type = text, "s"  # noqa: SLF001  text, even when it begins like a formula
    cell.font = Font(name="Calibri", size=10, bold=bold)
    cell.alignment = Alignment(wrap_text=wrapped, vertical="top")
    if colour is not None:
        cell.fill = PatternFill("solid", fgColor=colour)


def _same_each_time(data: bytes) -> bytes:
    """The archive without the time of day, which is of no use to its reader."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: _without_core(name, old.read(name)) for name in old.namelist()}
    parts.pop("docProps/core.xml", None)
    return zipped(parts)


def _without_core(name: str, content: bytes) -> bytes:
    """A list of parts without the part that holds the time."""
    if name == CONTENT_TYPES:
        begin = content.find(b'<Override PartName="/docProps/core.xml"')
    elif name == "_rels/.rels":
        found = content.find(b'Target="docProps/core.xml"')
        begin = content.rfind(b"<Relationship ", 0, found) if found >= 0 else -1
    else:
        return content
    return content if begin < 0 else content[:begin] + content[content.find(b"/>", begin) + 2 :]
