"""The annex workbook: every row of every table, every figure with what stands behind it, the data of every chart.

For whoever wants to compute with the brief. Words stay words: nothing becomes a formula, a link or a number
by looking like one. A value is written as a number where a spreadsheet holds it exactly, else as its text.
"""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from moitt_report.brief.content import Brief, Cell, Chart, Figure, Runs, Table, blocks, plain
from moitt_report.brief.fact import Fact
from moitt_report.render.theme import Theme, default_theme
from moitt_report.zipping import rezipped

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_MOST_DIGITS = 15
"""What a spreadsheet keeps of a number."""
_WIDEST = 60
_NARROWEST = 8
_LONGEST_CELL = 32_767

Value = str | Decimal
Line = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Faces:
    """The formats of the workbook."""

    title: Format
    head: Format
    words: Format
    number: Format


def render_xlsx(brief: Brief, theme: Theme | None = None) -> bytes:
    """`brief` as the bytes of a workbook; the same brief always gives the same bytes."""
    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    when = dt.datetime.fromisoformat(brief.as_of)
    book.set_properties(
        {"title": brief.title, "subject": brief.period, "author": brief.author, "created": when}
    )
    book.set_custom_property("Stage", brief.stage, "text")
    book.set_custom_property("SHA-256 of the brief", brief.digest, "text")
    faces = _faces(book, theme or default_theme())
    for name, title, lines in sheets(brief):
        _write(book.add_worksheet(name), faces, brief, title, lines)
    book.close()
    return rezipped(out.getvalue())


def sheets(brief: Brief) -> Iterator[tuple[str, str, list[Line]]]:
    """Each sheet's name, its title and its lines; the first line is the head."""
    names = sheet_names(brief)
    for block in blocks(brief):
        if isinstance(block, Table | Chart):
            number = f"{block.number}. " if block.number else ""
            title = " – ".join(filter(None, (number + plain(block.title), plain(block.unit))))
            lines = table_lines(block, brief) if isinstance(block, Table) else chart_lines(block)
            yield names[block.anchor], title, lines
    yield "Figures", "Every figure of the brief, and what stands behind it", figure_lines(brief)


def sheet_names(brief: Brief) -> dict[str, str]:
    """A legal name for the sheet of each table and chart: its number, else its anchor; no two alike."""
    names: dict[str, str] = {}
    taken = {"figures", "history"}
    for block in blocks(brief):
        if isinstance(block, Table | Chart):
            wanted = "".join(" " if c in "[]:*?/\\'" else c for c in block.number or block.anchor).strip()
            name, n = wanted[:31], 1
            while name.casefold() in taken:
                n += 1
                name = f"{wanted[:24]} ({n})"
            taken.add(name.casefold())
            names[block.anchor] = name
    return names


# --- lines --------------------------------------------------------------------------------------


def table_lines(table: Table, brief: Brief) -> list[Line]:
    """Head, all rows, notes and sources; a cell over several columns stands in the first of them."""
    facts = {fact.id: fact for fact in brief.facts}
    heads = [_headed(table, n) for n in range(len(table.columns))]
    lines: list[Line] = [heads]
    for row in table.rows:
        line: list[Value] = []
        for cell in row.cells:
            line += [_value(cell, facts), *[""] * (cell.span - 1)]
        lines.append(line)
    lines += [[plain(runs)] for runs in (*table.notes, table.sources) if runs]
    return lines


def _headed(table: Table, column: int) -> str:
    group = next((plain(g.runs) for g in table.groups if g.first <= column <= g.last), "")
    return ": ".join(filter(None, (group, plain(table.columns[column].head))))


def _value(cell: Cell, facts: dict[str, Fact]) -> Value:
    """The number as it is printed, where the cell is one figure and its words are one; else the words.

    The exact value, before rounding, stands on the sheet of figures.
    """
    words = plain(cell.runs)
    if (
        len(cell.runs) == 1
        and isinstance(cell.runs[0], Figure)
        and facts[cell.runs[0].fact].value is not None
    ):
        bare = words.replace(",", "").replace("\u2212", "-")
        if bare.lstrip("-").replace(".", "", 1).isdecimal() and bare.isascii():
            return Decimal(bare)
    return words


def chart_lines(chart: Chart) -> list[Line]:
    """One line for a category: its name, then of each series the value and the words at it."""
    names = [plain(s.name) or s.role for s in chart.series]
    lines: list[Line] = [["", *(head for name in names for head in (name, f"{name}, as printed")), "Note"]]
    for n, category in enumerate(chart.categories):
        line: list[Value] = [_joined(category.label, category.sublabel)]
        for series in chart.series:
            point = series.points[n]
            line += [Decimal(point.value) if point.value is not None else "", point.label.words]
        lines.append([*line, plain(category.note)])
    lines += [[plain(runs)] for runs in (*chart.notes, chart.sources) if runs]
    return lines


def _joined(*parts: Runs) -> str:
    return ", ".join(filter(None, map(plain, parts)))


_HEADS = (
    "Id", "Label", "Value", "Unit", "Absence", "As printed", "Formula", "Inputs", "Rounding", "Scope", "As of",
    "Sources", "Address", "Note",
)  # fmt: skip


def figure_lines(brief: Brief) -> list[Line]:
    """One line for each Fact."""
    lines: list[Line] = [_HEADS]
    for fact in brief.facts:
        printed = "; ".join(f"{name}: {words}" for name, words in fact.printings.items())
        lines.append(
            (
                fact.id, fact.label, Decimal(fact.value) if fact.value is not None else "", fact.unit,
                fact.absence or "", printed, fact.formula, ", ".join(fact.inputs), fact.rounding, fact.scope,
                fact.as_of, ", ".join(fact.sources), fact.address, fact.note,
            )
        )  # fmt: skip
    return lines


# --- sheets -------------------------------------------------------------------------------------


def _faces(book: Workbook, theme: Theme) -> Faces:
    face = {"font_name": theme.fonts.word, "font_size": 10, "valign": "top"}
    head = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": theme.colours.band}
    return Faces(
        title=book.add_format(face | {"bold": True, "font_size": 12}),
        head=book.add_format(face | head),
        words=book.add_format(face | {"text_wrap": True}),
        number=book.add_format(face | {"num_format": "General"}),
    )


def _write(sheet: Worksheet, faces: Faces, brief: Brief, title: str, lines: Sequence[Line]) -> None:
    sheet.write_string(0, 0, _fitting(title), faces.title)
    for y, line in enumerate(lines, 2):
        for x, value in enumerate(line):
            _put(sheet, y, x, value, faces.head if y == 2 else faces.words, faces.number)
    for x, width in enumerate(_widths(lines)):
        sheet.set_column(x, x, width)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_in_foot(brief.classification)}&C{_in_foot(brief.title)}&RPage &P of &N")


def _put(sheet: Worksheet, y: int, x: int, value: Value, words: Format, number: Format) -> None:
    if isinstance(value, Decimal):
        if len(value.normalize().as_tuple().digits) <= _MOST_DIGITS:
            sheet.write_number(y, x, float(value), number)
            return
        value = str(value)
    if value:
        sheet.write_string(y, x, _fitting(value), words)


def _fitting(words: str) -> str:
    """What a cell can hold."""
    return words if len(words) <= _LONGEST_CELL else words[: _LONGEST_CELL - 1] + "…"


def _in_foot(words: str) -> str:
    """Words that a page's foot does not take for its own codes, and no more than it holds."""
    return words[:80].replace("&", "&&")


def _widths(lines: Sequence[Line]) -> Iterable[int]:
    """Columns as wide as their longest words, within reason; a line of one cell is a note and counts not."""
    columns = max(map(len, lines))
    for x in range(columns):
        longest = max((len(str(line[x])) for line in lines if len(line) > max(x, 1)), default=0)
        yield min(max(longest + 2, _NARROWEST), _WIDEST)
