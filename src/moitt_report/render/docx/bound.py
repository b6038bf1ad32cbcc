"""Figures in prose as content controls that show what a part of the package says.

Two places that show one printing of a Fact are bound to one node, so they change together when an
officer retypes either. The node keeps the printed words beside the raw value, because Word shows
the text of the node as it stands. The part stays small: ONLYOFFICE fails to open a document whose
bound part has 32 KiB or more (its issue 3787, sizes of about every second kind). Figures are
therefore bound in reading order until the part is full; the rest are plain words.

A control is not locked. The officer may retype it, and may delete the sentence it stands in.
"""

from functools import cached_property

from moitt_report.brief.content import Brief, Figure
from moitt_report.brief.fact import Fact
from moitt_report.render.docx.markup import DECLARATION, escape

SPACE = "urn:moitt-report:figures:1"
"""The namespace of the part; reading back looks for it."""

MOST_BYTES = 32 * 1024 - 1
"""The size that no custom part of ours exceeds."""

_LONGEST = 64
"""Word's bound for the name and the tag of a control."""


class Binder:
    """Gives out controls, and keeps the nodes that they are bound to."""

    def __init__(self, brief: Brief, store: str) -> None:
        self._brief = brief
        self._head = f'{DECLARATION}<brief xmlns="{SPACE}" digest="{brief.digest}">'
        self._store = store
        self._nodes: list[str] = []
        self._places: dict[tuple[str, str], int] = {}
        self._size = len(self._head.encode()) + len(b"</brief>")
        self._full = False
        self._controls = 0

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self._brief.facts}

    def control(self, figure: Figure, shown: str, style: str) -> str:
        """The run `shown` in a control bound to the figure's node; the run alone when the part is full."""
        place = self._place(figure)
        if not place:
            return shown
        self._controls += 1
        fact = self._facts[figure.fact]
        face = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
        return (
            f'<w:sdt><w:sdtPr>{face}<w:alias w:val="{escape(fact.label[:_LONGEST])}"/>'
            f'<w:tag w:val="{escape(f"{figure.fact} {figure.printing}"[:_LONGEST])}"/>'
            f'<w:id w:val="{self._controls}"/>'
            f"<w:dataBinding w:prefixMappings=\"xmlns:f='{SPACE}'\""
            f' w:xpath="/f:brief[1]/f:figure[{place}]/f:shown[1]" w:storeItemID="{self._store}"/>'
            f"<w:text/></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"
        )

    def part(self) -> bytes:
        """The part that carries the raw values and the printed words."""
        return f"{self._head}{''.join(self._nodes)}</brief>".encode()

    def _place(self, figure: Figure) -> int:
        """The position of the figure's node, counted from 1; 0 when there is no room for one."""
        key = (figure.fact, figure.printing)
        if key not in self._places and not self._full:
            node = self._node(figure)
            size = len(node.encode())
            self._full = self._size + size > MOST_BYTES
            if not self._full:
                self._size += size
                self._nodes.append(node)
                self._places[key] = len(self._nodes)
        return self._places.get(key, 0)

    def _node(self, figure: Figure) -> str:
        fact = self._facts[figure.fact]
        raw = f' value="{fact.value}"' if fact.value is not None else f' absence="{fact.absence}"'
        return (
            f'<figure fact="{escape(fact.id)}" printing="{escape(figure.printing)}"{raw}'
            f' unit="{escape(fact.unit)}"><shown>{escape(figure.words)}</shown></figure>'
        )
