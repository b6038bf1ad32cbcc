"""The structure tree: what each mark on a page is, in reading order, for those who cannot see it.

The order of the tree is the order of the brief, whatever the layout does. Painting hangs numbered
pieces of marked content into it. A long table has an element for each cell, so the tree writes its
objects by itself, one after the other, rather than through objects of ReportLab.
"""

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase import pdfdoc


class Element:
    """A structure element. `name` is what other elements call it by; `attributes` are PDF syntax."""

    __slots__ = ("attributes", "kids", "name", "number", "parent", "role")

    def __init__(
        self, role: str, parent: "Element | None" = None, *, name: str = "", attributes: str = ""
    ) -> None:
        self.role, self.parent, self.name, self.attributes = role, parent, name, attributes
        self.kids: list[Element | tuple[int, int] | tuple[int, str]] = []
        """Elements, marked content as page and number, annotations as page and name."""
        self.number = 0
        if parent is not None:
            parent.kids.append(self)


class StructureTree:
    """The elements of one document, and which of them owns each piece of each page."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._owners: list[list[Element]] = []
        """Of the marked content of each page that is done, by its number."""
        self._now: list[Element] = []
        """The same of the page that is being painted."""
        self._page = 1
        self._linked: list[Element] = []
        self._elements: list[Element] = []
        self._pages: list[int] = []
        self._trunk = 0

    def turn(self) -> None:
        """Begin the next page; one without words has a place in the tree as well."""
        self._owners.append(self._now)
        self._now = []
        self._page += 1

    def mark(self, element: Element) -> int:
        """The number of a new piece of marked content of `element` on this page."""
        number = len(self._now)
        element.kids.append((self._page, number))
        self._now.append(element)
        return number

    def annotate(self, element: Element) -> tuple[str, Any]:
        """A name for an annotation of `element` on this page, and its key in the parent tree."""
        self._linked.append(element)
        at = len(self._linked) - 1
        name = f"L{at}"
        element.kids.append((self._page, name))
        # The keys of pages come first, and how many there are is known only at the end.
        return name, _Key(self._owners, at)

    def close(self, document: Any) -> None:
        """Take a number in `document` for each element; nothing may be painted after this."""
        numbers = document.idToObjectNumberAndVersion
        self._pages = [0, *(numbers[page.__InternalName__][0] for page in document.Pages.pages)]
        document.Catalog.StructTreeRoot = tree = _Root(self)
        document.Reference(tree)
        self._elements = list(_in_order(self.root))
        self._trunk = document.objectcounter
        for number, element in enumerate(self._elements, self._trunk + 1):
            element.number = number
        document.objectcounter += len(self._elements)

    def objects(self, document: Any) -> Iterator[tuple[int, bytes]]:
        """The number and the PDF syntax of each element, in reading order; the tree is taken apart meanwhile.

        An element knows its parent and its kids, so only a long search for garbage would find them all afterwards.
        """
        pages = self._pages
        for element in self._elements:
            home = 0
            kids: list[str] = []
            for kid in element.kids:
                if isinstance(kid, Element):
                    kids.append(f"{kid.number} 0 R")
                    continue
                page, piece = kid
                home = home or page
                if isinstance(piece, str):
                    annotation = document.refAnnotation(piece).format(document).decode()
                    kids.append(f"<</Type/OBJR/Obj {annotation}/Pg {pages[page]} 0 R>>")
                elif page == home:
                    kids.append(str(piece))
                else:
                    kids.append(f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {piece}>>")
            joined = " ".join(kids)
            parent = element.parent.number if element.parent else self._trunk
            words = (
                f"<</S/{element.role}/P {parent} 0 R{f'/Pg {pages[home]} 0 R' if home else ''}"
                f"{f'/K[{joined}]' if kids else ''}{f'/ID({element.name})' if element.name else ''}"
                f"{element.attributes}>>"
            )
            yield element.number, words.encode("latin-1")
            element.kids.clear()
        self._elements.clear()
        self._owners.clear()

    def trunk(self) -> str:
        """The PDF syntax of the root of the tree."""
        marked = [
            f"{n}[{' '.join([f'{owner.number} 0 R' for owner in owners])}]"
            for n, owners in enumerate(self._owners)
        ]
        linked = [f"{len(marked) + n} {e.number} 0 R" for n, e in enumerate(self._linked)]
        numbers = "\n".join(marked + linked)
        named = sorted((e.name, e.number) for e in self._elements if e.name)
        names = " ".join(f"({name}) {number} 0 R" for name, number in named)
        return (
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R/ParentTree<</Nums[{numbers}]>>"
            f"/ParentTreeNextKey {len(marked) + len(linked)}"
            f"{f'/IDTree<</Names[{names}]>>' if named else ''}>>"
        )


def _in_order(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]


class _Root(pdfdoc.PDFObject):
    """The root of the tree as an object of the document, written when all numbers are known."""

    __RefOnly__ = 1

    def __init__(self, tree: StructureTree) -> None:
        self.tree = tree

    def format(self, _document: Any) -> bytes:
        return self.tree.trunk().encode("latin-1")


class _Key(pdfdoc.PDFObject):
    """The key of an annotation in the parent tree: they are counted on after the pages."""

    def __init__(self, pages: list[list[Element]], at: int) -> None:
        self.pages, self.at = pages, at

    def format(self, _document: Any) -> bytes:
        return b"%d" % (len(self.pages) + self.at)
