"""What was changed in a Word file that came back: bytes in, changes out.

A figure is found by the path of its binding, never by the tag or the number of its control: LibreOffice
drops the one and renumbers the other. Word writes a retyped figure into the bound part, LibreOffice only
into the text, so both places are read. Paragraphs are compared as words; what was struck out with
tracked changes is gone, what was put in is there.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from operator import attrgetter
from typing import Literal, TypeVar

from lxml import etree
from msgspec import Struct

from moitt_report.errors import printable
from moitt_report.render.docx.bound import SPACE
from moitt_report.render.docx.charted import NAME, Charted, charts_of
from moitt_report.render.docx.opened import Opened
from moitt_report.render.docx.places import place_of
from moitt_report.render.docx.spoken import W, body_texts, edge_texts, words_in

_FIGURES = f"{{{SPACE}}}"
_PATH = re.compile(r"/(\w+):brief\[1\]/\1:figure\[(\d{1,6})\]/\1:shown\[1\]")
Said = TypeVar("Said")
_DIGEST_PROPERTY = "SHA-256 of the brief"


@dataclass(frozen=True, slots=True)
class FigureEdit:
    """A figure that is not as it was sent; without `returned`, it was taken out."""

    fact: str
    printing: str
    sent: tuple[str, ...]
    returned: tuple[str, ...]

    def __str__(self) -> str:
        return f"figure {self.fact} ({self.printing}): {_quoted(self.sent)} is now {_quoted(self.returned)}"


@dataclass(frozen=True, slots=True)
class ParagraphEdit:
    """A paragraph that changed; without `sent` it was added, without `returned` it was removed."""

    sent: str
    returned: str
    place: str = ""
    """Where it stands in a table of data: its title, row and column."""

    def __str__(self) -> str:
        if not self.sent:
            return f"{self.place or 'paragraph'} added: “{self.returned}”"
        if not self.returned:
            return f"{self.place or 'paragraph'} removed: “{self.sent}”"
        return f"{self.place or 'paragraph'}: “{self.sent}” is now “{self.returned}”"


@dataclass(frozen=True, slots=True)
class ChartEdit:
    """A value, a name or a label that changed in chart number `chart`, counted from 1; 0 when charts were taken out."""

    chart: int
    what: str
    sent: str
    returned: str
    where: Literal["chart", "workbook", "chart and workbook"]

    def __str__(self) -> str:
        if not self.chart:
            return f"charts: there were {_said(self.sent)}, there are now {_said(self.returned)}"
        place = " in its workbook" if self.where == "workbook" else ""
        return f"chart {self.chart}{place}, {self.what}: {_said(self.sent)} is now {_said(self.returned)}"


@dataclass(frozen=True, slots=True)
class Edits:
    """All changes. `linked` is false where the program that saved the file cut the figures' bindings."""

    figures: tuple[FigureEdit, ...]
    paragraphs: tuple[ParagraphEdit, ...]
    linked: bool = True
    charts: tuple[ChartEdit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.paragraphs or self.charts)

    def lines(self) -> list[str]:
        """One line of plain English for each change, and one where figures could not be followed.

        What the file says is hostile: a character that could steer a terminal is given by its number.
        """
        told = [printable(str(one)) for one in (*self.figures, *self.charts, *self.paragraphs)]
        cut = "the program that saved this file cut the links of its figures; only words were compared"
        return told if self.linked else [*told, cut]


def _quoted(words: Sequence[str]) -> str:
    return " and ".join(f"“{one}”" for one in words) or "no longer in the text"


def _said(words: str) -> str:
    return f"“{' '.join(words.split())}”" if words else "nothing"


def edits(sent: bytes, returned: bytes, *, names: tuple[str, str] = ("SENT", "RETURNED")) -> Edits:
    """What differs in `returned` from `sent`; `names` are what problems call the two.

    Raises `InputError` when a file is not one of ours, is not safe to read, or when the two were not
    built from the same data.
    """
    first, second = Opened(sent, names[0]), Opened(returned, names[1])
    if _digest(first) != _digest(second):
        raise second.refusal(
            f"was not built from the same data as {names[0]}",
            f"give the file that was sent; both carry the same “{_DIGEST_PROPERTY}” in their properties",
        )
    linked = _figures_root(second) is not None
    return Edits(
        tuple(_figure_edits(first, second)) if linked else (),
        tuple(_paragraph_edits(first, second)),
        linked,
        tuple(_chart_edits(charts_of(first), charts_of(second))),
    )


# --- which brief --------------------------------------------------------------------------------


def _figures_root(file: Opened) -> etree._Element | None:
    for name in file.names:
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            root = file.xml(name)
            if root.tag == f"{_FIGURES}brief":
                return root
    return None


def _digest(file: Opened) -> str:
    root = _figures_root(file)
    found = root.get("digest") if root is not None else _property(file)
    if not found:
        raise file.refusal(
            "was not made by moitt-report, or was saved by a program that removed what tells",
            "compare it by eye, or ask for a copy saved by Word or LibreOffice",
        )
    return found


def _property(file: Opened) -> str:
    if "docProps/custom.xml" not in file.names:
        return ""
    for each in file.xml("docProps/custom.xml"):
        if each.get("name") == _DIGEST_PROPERTY:
            return "".join(each.itertext()).strip()
    return ""


# --- figures ------------------------------------------------------------------------------------


def _figure_edits(first: Opened, second: Opened) -> Iterator[FigureEdit]:
    before, after = _bound(first), _bound(second)
    if [figure.name for figure in before] != [figure.name for figure in after]:
        raise second.refusal("has a list of figures that was altered", "ask for the file again")
    for was, now in zip(before, after, strict=True):
        if was.words != now.words:
            returned = tuple(sorted(now.words - was.words))
            yield FigureEdit(*was.name, tuple(sorted(was.words)), returned)


class _Bound(Struct, frozen=True):
    """A figure that controls are bound to."""

    name: tuple[str, str]
    """The id of its Fact, and the name of the printing."""
    words: set[str]
    """Those that its controls and its node hold. None once no control is left: it is no longer in the text."""


def _bound(file: Opened) -> list[_Bound]:
    """The figures of the bound part, in its order."""
    root = _figures_root(file)
    nodes = [] if root is None else list(root)
    shown: dict[int, set[str]] = defaultdict(set)
    for control in file.xml("word/document.xml").iter(f"{W}sdt"):
        bound = control.find(f"{W}sdtPr/{W}dataBinding")
        content = control.find(f"{W}sdtContent")
        if bound is None or content is None or SPACE not in bound.get(f"{W}prefixMappings", SPACE):
            continue
        if path := _PATH.fullmatch(bound.get(f"{W}xpath", "")):
            shown[int(path[2])].add(words_in(content))
    for n, node in enumerate(nodes, 1):
        if n in shown:
            shown[n].add(" ".join("".join(node.itertext()).split()))
    names = [(node.get("fact", ""), node.get("printing", "")) for node in nodes]
    return [_Bound(name, shown[n]) for n, name in enumerate(names, 1)]


# --- charts -------------------------------------------------------------------------------------


def _chart_edits(before: Sequence[Charted], after: Sequence[Charted]) -> Iterator[ChartEdit]:
    if len(before) != len(after):
        yield ChartEdit(0, "the number of charts", str(len(before)), str(len(after)), "chart")
        return
    for n, (was, now) in enumerate(zip(before, after, strict=True), 1):
        yield from _edits_of_chart(n, was, now)


def _edits_of_chart(n: int, was: Charted, now: Charted) -> Iterator[ChartEdit]:
    """What changed in the chart number `n`: at its points, and then in cells that no changed point came from."""
    told: set[str] = set()
    for place in dict.fromkeys([*was.shown, *now.shown]):
        old, new = was.shown.get(place, ""), now.shown.get(place, "")
        if not old and place.kind == NAME:
            continue  # LibreOffice gives a series without a name one of its own
        address = was.addresses.get(place, "")
        in_book = now.cells.get(address, "") if address else old
        if not old == new == in_book:
            told.add(address)
            what = f"{place.kind} ({was.whose(place)})"
            if old == new:
                yield ChartEdit(n, what, old, in_book, "workbook")
            else:
                yield ChartEdit(n, what, old, new, "chart and workbook" if in_book == new else "chart")
    for address in sorted((was.cells.keys() | now.cells.keys()) - told):
        old, new = was.cells.get(address, ""), now.cells.get(address, "")
        if old != new:
            yield ChartEdit(n, f"cell {address}", old, new, "workbook")


# --- paragraphs ---------------------------------------------------------------------------------


def _paragraph_edits(first: Opened, second: Opened) -> Iterator[ParagraphEdit]:
    before, after = body_texts(first), body_texts(second)
    for was, now in _differences(before, after, attrgetter("words")):
        either = next(filter(None, (was, now)))
        yield ParagraphEdit(was.words if was else "", now.words if now else "", place_of(either.paragraph))
    # Programs keep heads and feet in one part or in several; only what they say is compared.
    for old, new in _differences(edge_texts(first), edge_texts(second), str):
        yield ParagraphEdit(old or "", new or "")


def _differences(
    before: Sequence[Said], after: Sequence[Said], words_of: Callable[[Said], str]
) -> Iterator[tuple[Said | None, Said | None]]:
    """What changed, as it was and as it is now, in order; None where something was added or removed.

    Equal ends are cut off first, which is nearly all.
    """
    was, now = list(map(words_of, before)), list(map(words_of, after))
    start = next(
        (n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
    )
    room = min(len(was), len(now)) - start
    end = next((n for n in range(room) if was[-1 - n] != now[-1 - n]), room)
    inner = SequenceMatcher(None, was[start : len(was) - end], now[start : len(now) - end])
    for kind, a, b, c, d in inner.get_opcodes():
        if kind != "equal":
            yield from zip_longest(before[start + a : start + b], after[start + c : start + d])
