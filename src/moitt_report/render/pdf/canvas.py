"""The painting surface: every mark on a page belongs to a structure element or is an artifact.

Text without an element is refused, as is each ReportLab painter that knows nothing of elements, so
an untagged page cannot be made. Lengths are points from the top left of the page.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NoReturn

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from moitt_report.render.pdf.fonts import EmbeddedFont, FontInUse
from moitt_report.render.pdf.pieces import Line, Mark, Piece
from moitt_report.render.pdf.syntax import Ready, text_string
from moitt_report.render.pdf.tags import Element, StructureTree


class UntaggedError(Exception):
    """Something was painted that no reader of the tags would ever meet: a fault of ours."""


class TaggedCanvas(Canvas):
    """ReportLab's canvas, reduced to painters that know their element."""

    def __init__(self, file: Any, root: Element, size: tuple[float, float], language: str) -> None:
        self.tree = StructureTree(root)
        self._marked = 0
        self._fonts: dict[EmbeddedFont, FontInUse] = {}
        super().__init__(
            file, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang=language
        )

    def _make_preamble(self) -> None:
        # ReportLab's own preamble selects Helvetica, which would not be embedded.
        self._preamble = "1 0 0 1 0 0 cm"

    @property
    def page_height(self) -> float:
        """From the top of the page down to where PDF counts from."""
        height: float = self._pagesize[1]
        return height

    # --- marked content ---------------------------------------------------------------------

    def _begin(self, element: Element) -> str:
        return f"/{element.role}<</MCID {self.tree.mark(element)}>>BDC"

    @contextmanager
    def figure(self, element: Element) -> Iterator[None]:
        """Everything painted inside is one picture, which `element` describes."""
        if self._marked:
            raise UntaggedError("a figure inside a figure or an artifact")
        with self._sequence(self._begin(element)):
            yield

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """Everything painted inside is decoration or page furniture, never read aloud."""
        named = f"/Artifact<</Type/{kind}{'/Subtype/' if subtype else ''}{subtype}>>BDC"
        with self._sequence("" if self._marked else named):
            yield

    @contextmanager
    def _sequence(self, begin: str) -> Iterator[None]:
        if begin:
            self._code.append(begin)
        self._marked += 1
        try:
            yield
        finally:
            self._marked -= 1
            if begin:
                self._code.append("EMC")

    # --- text -------------------------------------------------------------------------------

    def text(self, element: Element | None, line: Line, x: float, y: float) -> None:
        """Paint `line` from `x` on the baseline `y`, as content of `element`."""
        if element is None and not self._marked:
            raise UntaggedError(f"“{line.words}” would be painted outside any structure element")
        if not line.pieces:
            return
        code = [f"BT 1 0 0 1 {x:.2f} {self.page_height - y:.2f} Tm"]
        current: Element | None = None
        before: Piece | None = None
        rules: list[tuple[Piece, float]] = []
        for piece in line.pieces:
            if not self._marked and element is not None:
                owner = self._owner(element, piece.mark)
                if owner is not current:
                    code += ["EMC"] * (current is not None)
                    code.append(self._begin(owner))
                    current = owner
            code.append(self._shown(piece, before))
            before = piece
            if piece.mark is not None and piece.mark.target:
                rules.append((piece, x))
            x += piece.width
        code += ["EMC"] * (current is not None)
        self._code.append(" ".join([*code, "ET"]))
        for piece, start in rules:
            self._lead(piece, start, y)

    def row(self, cells: Iterable[tuple[Element, Piece, float]], y: float) -> None:
        """Paint cells that are one piece each, without marks, from their left edges on the baseline `y`."""
        base = f"{self.page_height - y:.2f} Tm"
        code = ["BT"]
        before: Piece | None = None
        for element, piece, x in cells:
            code.append(f"{self._begin(element)} 1 0 0 1 {x:.2f} {base} {self._shown(piece, before)} EMC")
            before = piece
        self._code.append(" ".join([*code, "ET"]))

    def _shown(self, piece: Piece, before: Piece | None) -> str:
        """What shows `piece`; its face and colour stay as they are where those of `before` are the same."""
        style, font = piece.style, piece.face.font
        used = self._fonts.get(font)
        if used is None:
            used = self._fonts[font] = FontInUse(font, self._doc)
        if piece.words.isascii() or font.usual.issuperset(piece.words):  # no control character gets this far
            words = f"({piece.words.translate(font.codes)}) Tj"
            if before and before.style is style and before.face is piece.face:
                return words
            colour = _rgb(style.colour)
            return f"{colour} rg {style.tracking:g} Tc {used.name} {style.size:g} Tf {words}"
        parts = [f"{_rgb(style.colour)} rg {style.tracking:g} Tc"]
        for name, codes in used.coded(piece.words):
            parts.append(f"{name} {style.size:g} Tf <{codes.hex()}> Tj")
        # It ends in the face it began with: the next piece may take it for granted.
        return " ".join([*parts, f"{used.name} {style.size:g} Tf"])

    def _owner(self, element: Element, mark: Mark | None) -> Element:
        if mark is None:
            return element
        if mark.element is None:
            attributes = f"/Lang{text_string(mark.language)}" if mark.language else ""
            parent = Element("Reference", element) if mark.cites else element
            mark.element = Element("Link" if mark.target else "Span", parent, attributes=attributes)
        made: Element = mark.element
        return made

    def _lead(self, piece: Piece, x: float, y: float) -> None:
        mark, size = piece.mark, piece.style.size
        if mark is None or self._marked:  # nobody can follow a link in a picture or in what is repeated
            return
        if mark.underlined:
            self.rule(x, y + 1.4, x + piece.width, y + 1.4, 0.4, piece.style.colour)
        if mark.element is not None:
            box = (x, y - 0.8 * size, x + piece.width, y + 0.25 * size)
            self.link(mark.element, mark.target, mark.words, box)

    def link(self, element: Element, target: str, words: str, box: tuple[float, float, float, float]) -> None:
        """Make the `box` (left, top, right, bottom) lead to `target`; `words` say where, or else it itself."""
        left, top, right, bottom = box
        height = self.page_height
        name, key = self.tree.annotate(element)
        annotation = (
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Contents{text_string(words.strip() or target)}"
            f"/Rect[{left:.2f} {height - bottom:.2f} {right:.2f} {height - top:.2f}]/StructParent "
        )
        if target.startswith("#"):
            leads = Ready(annotation, key, "/Dest", self._bookmarkReference(target[1:]), ">>")
        else:
            leads = Ready(annotation, key, f"/A<</S/URI/URI{text_string(target)}>>>>")
        self._addAnnotation(leads, name)

    def anchor(self, name: str, x: float, y: float) -> None:
        """Let links to `#name` lead here."""
        place = self._bookmarkReference(name)
        page = self._doc.thisPageRef()
        place.fmt = Ready("[", page, f"/XYZ {x:.2f} {self.page_height - y:.2f} 0]")
        place.setPage(page)

    # --- shapes: always decoration, or part of the figure that is open ------------------------

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float, colour: str) -> None:
        """A straight line."""
        height = self.page_height
        self._stroke(f"{x0:.2f} {height - y0:.2f} m {x1:.2f} {height - y1:.2f} l", "", colour, width, "")

    def box(self, x: float, y: float, width: float, height: float, **paint: Any) -> None:
        """A rectangle with its top left corner at `x`, `y`; `paint` as in `path`."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.path(corners, closed=True, **paint)

    def path(
        self,
        points: tuple[tuple[float, float], ...],
        *,
        closed: bool = False,
        fill: str = "",
        stroke: str = "",
        pen: float = 0.5,
        dash: str = "",
    ) -> None:
        """Straight lines through `points`, filled, stroked or both."""
        height = self.page_height
        steps = " ".join(f"{x:.2f} {height - y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
        self._stroke(steps + " h" * closed, fill, stroke, pen, dash)

    def disc(self, x: float, y: float, radius: float, **paint: Any) -> None:
        """A circle about `x`, `y`, drawn as four curves; `paint` is `fill`, `stroke`, `pen`."""
        y = self.page_height - y
        arm = 0.5523 * radius  # the handle that makes a cubic curve a quarter of a circle
        quarters = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
        steps = [f"{x + radius:.2f} {y:.2f} m"]
        for ax, ay, bx, by in quarters:
            ends = ((ax, ay, bx, by), (bx, by, ax, ay), (bx, by, 0, 0))
            steps += [
                f"{x + radius * px + arm * qx:.2f} {y + radius * py + arm * qy:.2f}"
                for px, py, qx, qy in ends
            ]
            steps.append("c")
        fill, stroke = paint.get("fill", ""), paint.get("stroke", "")
        self._stroke(" ".join(steps) + " h", fill, stroke, paint.get("pen", 0.5), "")

    def _stroke(self, steps: str, fill: str, stroke: str, pen: float, dash: str) -> None:
        parts = [
            f"{_rgb(fill)} rg" if fill else "",
            f"{_rgb(stroke)} RG {pen:g} w" if stroke else "",
        ]
        parts += [f"[{dash}] 0 d" * bool(dash), steps]
        parts.append("B" if fill and stroke else "f" if fill else "S")
        parts.append("[] 0 d" * bool(dash))
        painted = " ".join([part for part in parts if part])
        self._code.append(painted if self._marked else f"/Artifact<</Type/Layout>>BDC {painted} EMC")

    # --- pages ------------------------------------------------------------------------------

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802  # ReportLab's hook in showPage
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self._pageNumber - 1
        page.Tabs = pdfdoc.PDFName("S")
        self.tree.turn()

    def close_tree(self) -> None:
        """Put the finished structure tree into the catalog; no painting after this."""
        catalog = self._doc.Catalog
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        inline = ("MarkInfo", "ViewerPreferences")
        catalog.__Refs__ = [name for name in catalog.__Refs__ if name not in inline]
        self.tree.close(self._doc)


@lru_cache(maxsize=64)
def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


def _refusing(name: str) -> Any:
    def refuse(_self: TaggedCanvas, *_args: Any, **_named: Any) -> NoReturn:
        raise UntaggedError(f"{name} paints without a structure element; use text, path or box")

    return refuse


for _name in [
    "beginText",
    "drawString",
    "drawRightString",
    "drawCentredString",
    "drawAlignedString",
    "drawText",
    "line",
    "lines",
    "grid",
    "bezier",
    "arc",
    "rect",
    "ellipse",
    "wedge",
    "circle",
    "roundRect",
    "drawPath",
    "drawImage",
    "drawInlineImage",
    "doForm",
    "linearGradient",
    "radialGradient",
    "shade",
    "linkURL",
    "linkRect",
]:
    setattr(TaggedCanvas, _name, _refusing(_name))
