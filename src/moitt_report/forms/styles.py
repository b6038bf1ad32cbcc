"""How the cells of a form look: what is known is grey, what is to be filled in is pale yellow and open."""

from typing import Any

from moitt_report.layout import Kind

_BASE = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
_RULED = {**_BASE, "border": 1, "border_color": "#A6A6A6"}
_NUMBERS: dict[Kind, str] = {
    # Any other format would print “50.” for 50, and keep out of sight that Excel took 3/4 for a date.
    "number": "General",
    "percent": "General",
    "money": "#,##0.000###",
    "date": "d mmmm yyyy",
}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        line = {**_BASE, "text_wrap": False}
        self.office = book.add_format({**line, "bold": True, "font_size": 11, "font_color": "#404040"})
        self.title = book.add_format({**line, "bold": True, "font_size": 15, "valign": "vcenter"})
        self.part = book.add_format({**line, "bold": True, "font_size": 11})
        self.text = book.add_format(line)
        self.wrapped = book.add_format(_BASE)
        self.head = book.add_format({**_RULED, "bold": True, "bg_color": "#D9E1F2", "valign": "vcenter"})
        self.known = book.add_format({**_RULED, "bg_color": "#F2F2F2"})
        opened = {**_RULED, "bg_color": "#FFFBE6", "locked": False}
        self.open = book.add_format({**opened, "num_format": "@"})
        self._by_kind = {
            kind: book.add_format({**opened, "num_format": code}) for kind, code in _NUMBERS.items()
        }

    def of_kind(self, kind: Kind) -> Any:
        """The format of a cell to be filled in with such a value."""
        return self._by_kind.get(kind, self.open)
