"""The columns of Word's grid: as wide as their figures need. A column of the table whose cells have bars takes two,
the bar's and the number's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moitt_report.brief.content import Cell, Row, Table, plain
from moitt_report.render.docx.looks import Seen
from moitt_report.render.docx.markup import (
    FLUSH_LEFT,
    MOST_GRID_COLUMNS,
    TWIPS_PER_POINT,
    cell,
    margin,
    shares,
    twips,
)
from moitt_report.render.docx.measure import width_of
from moitt_report.render.theme import Theme
from moitt_report.render.widths import (
    BESIDE_TRACK,
    MARK,
    PAD,
    TRACK,
    WHOLE_FIGURE,
    Want,
    fitted,
    floor_of,
    pad_before,
)

TRACK_TWIPS = twips(TRACK)
CELL_MARGIN = twips(PAD)
"""The left margin of a cell by its style."""
_NOUGHTS = dict.fromkeys(range(ord("1"), ord("9") + 1), "0")
_SLACK = 1.0
"""What Word may need beyond what was measured."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How wide the columns of the grid are, and to which columns of the table they belong."""

    widths: tuple[int, ...]
    starts: tuple[int, ...]
    """For each column of the table the first of its grid columns; one more for the end."""
    barred: frozenset[int]
    margins: dict[int, str]
    """The left margins that differ from the style's: none at the edge of the text block, more
    where words follow figures."""
    stub: int
    """The column that heads the rows."""

    def boxed(
        self, at: int, span: int, content: str, *, borders: str = "", fill: str = "", align: str = ""
    ) -> str:
        """A cell over `span` columns of the table from `at`; the first stands flush with the text block.

        The words of one over serial number and stub begin where the stub does.
        """
        first, last = self.starts[at], self.starts[at + span]
        return cell(
            sum(self.widths[first:last]),
            content,
            span=last - first,
            borders=borders,
            fill=fill,
            margins=self._set_in(at) if at < self.stub < at + span else self.margins.get(at, ""),
            align=align,
        )

    def room(self, at: int, span: int) -> float:
        """The width for the words of a cell, in points."""
        width = sum(self.widths[self.starts[at] : self.starts[at + span]]) / TWIPS_PER_POINT
        return max(1.0, width - (PAD if at else 0.0))

    def _set_in(self, at: int) -> str:
        before = sum(self.widths[self.starts[at] : self.starts[self.stub]])
        return margin("left", before + CELL_MARGIN)


def grid_of(table: Table, seen: Sequence[Seen | None], width: int, theme: Theme) -> Grid:
    """Column widths that fill `width`; bars are left out where Word has no room for their columns."""
    size = theme.styles[f"table_{table.size}"].size
    held = _held(table, seen)
    columns = shares(_fitted(table, held, width / TWIPS_PER_POINT, theme), width)
    numbers = {n: twips(_widest(each, size) + BESIDE_TRACK) for n, each in enumerate(held) if each.bars}
    barred = {n for n, number in numbers.items() if columns[n] >= TRACK_TWIPS + CELL_MARGIN + number}
    if len(columns) + len(barred) > MOST_GRID_COLUMNS:
        barred = set()
    widths: list[int] = []
    starts = [0]
    for n, column in enumerate(columns):
        widths += [column - numbers[n], numbers[n]] if n in barred else [column]
        starts.append(len(widths))
    return Grid(tuple(widths), tuple(starts), frozenset(barred), _margins(table), table.stub)


def placed(item: Row) -> Iterator[tuple[int, Cell]]:
    """The cells of a row with the column at which each begins."""
    at = 0
    for each in item.cells:
        yield at, each
        at += each.span


@dataclass(frozen=True, slots=True)
class _Held:
    """What the cells of a column hold; one over several columns can wrap and needs no room of its own."""

    words: set[str]
    """With a nought for each digit, since digits are as wide as one another: so a long column is soon measured."""
    bars: bool
    marks: bool
    figures: bool


def _held(table: Table, seen: Sequence[Seen | None]) -> list[_Held]:
    columns = [list(words) for words in zip(*(row.words for row in seen if row), strict=True)]
    columns = columns or [[] for _ in table.columns]
    marks = {look.at for row in seen if row for look in row.looks if look.tone}
    bars = set()
    for item, row in zip(table.rows, seen, strict=True):
        if row is None:
            for at, each in placed(item):
                if each.span == 1:
                    columns[at].append(plain(each.runs))
                    bars |= {at} if each.bar is not None else set()
                    marks |= {at} if each.tone is not None else set()
    return [
        _Held(
            set("\n".join(words).translate(_NOUGHTS).split("\n")),
            n in bars,
            n in marks,
            column.align == "right",
        )
        for n, (words, column) in enumerate(zip(columns, table.columns, strict=True))
    ]


def _fitted(table: Table, held: list[_Held], width: float, theme: Theme) -> list[float]:
    """The widths of the columns of the table, in points."""
    size, head = theme.styles[f"table_{table.size}"].size, theme.styles["table_head"].size
    proportion = width / sum(column.width for column in table.columns)
    wants = []
    for n, (column, each) in enumerate(zip(table.columns, held, strict=True)):
        beside = (TRACK + BESIDE_TRACK) * each.bars + MARK * each.marks
        widest = max(_widest(each, size) + beside, _widest_word([plain(column.head)], head))
        pad = pad_before(table, n)
        need = widest + pad + _SLACK
        floor = floor_of(need, pad, figures=each.figures)
        wants.append(Want(column.width * proportion, need, floor, each.figures))
    return fitted(wants, width)


def _widest(held: _Held, size: float) -> float:
    """The width of the widest words or figure that is not to be broken."""
    if not held.figures:
        return _widest_word(held.words, size)
    wholes = {words: width_of(words, size) for words in held.words}
    kept = max((whole for whole in wholes.values() if whole <= WHOLE_FIGURE), default=0.0)
    return max(kept, _widest_word((words for words, whole in wholes.items() if whole > WHOLE_FIGURE), size))


def _widest_word(words: Iterable[str], size: float) -> float:
    parts = set(" ".join(words).split(" "))
    return max(width_of(part, size) for part in parts)


def _margins(table: Table) -> dict[int, str]:
    pads = {n: pad_before(table, n) for n in range(1, len(table.columns))}
    return {n: margin("left", twips(pad)) for n, pad in pads.items() if pad != PAD} | {0: FLUSH_LEFT}
