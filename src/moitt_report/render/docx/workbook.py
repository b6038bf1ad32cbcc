"""The workbook inside a native chart: what "Edit Data" opens in Word."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from moitt_report.zipping import rezipped

_NO_CLOCK = dt.datetime(1980, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_WORDS_STAY_WORDS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""A name that begins with "=" must not become a formula in the officer's Excel."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of values with the workbook's addresses of its name and its numbers."""

    name: str
    values: tuple[float | None, ...]
    name_at: str = ""
    values_at: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook's bytes and where in it the chart finds its data."""

    data: bytes
    categories: tuple[str, ...]
    categories_at: str
    lines: tuple[Line, ...]


class _Fixed(CategoryWorkbookWriter):
    """python-pptx's workbook without the clock and with words left as words."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Workbook, Worksheet]]:
        workbook = Workbook(xlsx_file, _WORDS_STAY_WORDS)
        workbook.set_properties({"created": _NO_CLOCK})
        yield workbook, workbook.add_worksheet()
        workbook.close()


def book(categories: Sequence[str], lines: Sequence[Line]) -> Book:
    """The workbook of `lines` over `categories`."""
    data: Any = CategoryChartData(number_format="General")
    data.categories = categories
    for line in lines:
        data.add_series(line.name, line.values)
    writer: Any = _Fixed(data)
    placed = tuple(
        Line(
            line.name,
            line.values,
            writer.series_name_ref(series),
            writer.values_ref(series),
        )
        for line, series in zip(lines, data, strict=True)
    )
    # Open, for the Word file packs it: once, with the same bytes on every system.
    return Book(rezipped(writer.xlsx_blob, packed=False), tuple(categories), writer.categories_ref, placed)
