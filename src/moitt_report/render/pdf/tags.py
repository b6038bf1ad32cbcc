"""The structure tree: what each mark on a page is, in reading order, for those who cannot see it.

Elements are made when blocks become strips, so the order of the tree is the order of the brief,
whatever the layout does. Painting only hangs numbered pieces of marked content into them.
"""

from collections.abc import Callable
from typing import Any

from reportlab.pdfbase import pdfdoc

_WORDS = ("Alt", "Lang")


class Element:
    """A structure element. Its attributes are PDF syntax, except `Alt` and `Lang`, which are words."""

    __slots__ = ("attributes", "kids", "number", "parent", "role")

    def __init__(self, role: str, parent: "Element | None" = None, **attributes: str) -> None:
        self.role, self.parent, self.attributes = role, parent, attributes
        self.kids: list[Element | tuple[int, int] | tuple[int, str]] = []
        """Elements, marked content as page and number, annotations as page and name."""
        self.number = 0
        if parent is not None:
            parent.kids.append(self)


class StructureTree:
    """The elements of one document, and which of them owns each piece of each page."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._owners: dict[int, list[Element]] = {}
        self._linked: list[Element] = []
        self._named: list[Element] = []

    def page(self, page: int) -> list[Element]:
        """The owners of the marked content of `page`, by its number."""
        return self._owners.setdefault(page, [])

    def mark(self, element: Element, page: int) -> int:
        """The number of a new piece of marked content of `element`."""
        owners = self.page(page)
        element.kids.append((page, len(owners)))
        owners.append(element)
        return len(owners) - 1

    def annotate(self, element: Element, page: int) -> tuple[str, Any]:
        """A name for an annotation of `element`, and its key in the parent tree."""
        self._linked.append(element)
        at = len(self._linked) - 1
        name = f"L{at}"
        element.kids.append((page, name))
        # The keys of pages come first, and how many there are is known only at the end.
        return name, _Written(lambda: str(len(self._owners) + at))

    def close(self, document: Any) -> None:
        """Give each element its object in `document`; nothing may be painted after this."""
        numbers = document.idToObjectNumberAndVersion
        pages = [0, *(numbers[page.__InternalName__][0] for page in document.Pages.pages)]
        document.Catalog.StructTreeRoot = tree = _Object(self._tree)
        document.Reference(tree)
        root = document.objectcounter
        waiting = [self.root]
        while waiting:
            element = waiting.pop()
            document.Reference(_Object(_writer(element, document, pages, root)))
            element.number = document.objectcounter
            if "ID" in element.attributes:
                self._named.append(element)
            waiting += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]

    def _tree(self) -> str:
        marked = [
            f"{page - 1}[{' '.join(f'{owner.number} 0 R' for owner in owners)}]"
            for page, owners in sorted(self._owners.items())
        ]
        linked = [f"{len(marked) + n} {e.number} 0 R" for n, e in enumerate(self._linked)]
        numbers = "\n".join(marked + linked)
        named = sorted((e.attributes["ID"], e.number) for e in self._named)
        names = " ".join(f"{name} {number} 0 R" for name, number in named)
        return (
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R/ParentTree<</Nums[{numbers}]>>"
            f"/ParentTreeNextKey {len(marked) + len(linked)}"
            f"{f'/IDTree<</Names[{names}]>>' if named else ''}>>"
        )


def _writer(element: Element, document: Any, pages: list[int], root: int) -> Callable[[], str]:
    """A function that gives the PDF syntax of `element`, once all elements have their numbers."""

    def write() -> str:
        home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), 0)
        kids = [_kid(kid, home, document, pages) for kid in element.kids]
        parent = element.parent.number if element.parent else root
        words = f"<</S/{element.role}/P {parent} 0 R"
        words += f"/Pg {pages[home]} 0 R" * bool(home) + f"/K[{' '.join(kids)}]" * bool(kids)
        for name, value in element.attributes.items():
            words += f"/{name}{_string(value) if name in _WORDS else value}"
        return words + ">>"

    return write


def _kid(kid: Element | tuple[int, int] | tuple[int, str], home: int, document: Any, pages: list[int]) -> str:
    if isinstance(kid, Element):
        return f"{kid.number} 0 R"
    page, piece = kid
    if isinstance(piece, str):
        annotation = document.refAnnotation(piece).format(document).decode()
        return f"<</Type/OBJR/Obj {annotation}/Pg {pages[page]} 0 R>>"
    return str(piece) if page == home else f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {piece}>>"


def _string(words: str) -> str:
    text: bytes = pdfdoc.PDFString(words).format(pdfdoc.DummyDoc())
    return text.decode("latin-1")


class _Written(pdfdoc.PDFObject):
    """A value whose PDF syntax is asked for only when the file is written."""

    def __init__(self, write: Callable[[], str]) -> None:
        self.write = write

    def format(self, _document: Any) -> bytes:
        return self.write().encode("latin-1")


class _Object(_Written):
    """The same as an object of its own, referred to by its number."""

    __RefOnly__ = 1
