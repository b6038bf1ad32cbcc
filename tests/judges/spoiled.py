"""Seventeen ways to spoil a good file, each a fault that a renderer could make. A judge that lets one
pass judges nothing."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

Spoil = Callable[[pikepdf.Pdf], None]


def spoiled(good: bytes) -> Iterator[tuple[str, bytes]]:
    """Each control by name, made of the `good` file."""
    for name, spoil in CONTROLS.items():
        with pikepdf.open(io.BytesIO(good)) as pdf:
            spoil(pdf)
            file = io.BytesIO()
            pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        yield name, file.getvalue()


def _elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    waiting, found = [pdf.Root.StructTreeRoot.K], []
    while waiting:
        element = waiting.pop(0)
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        if str(element.S) == role:
            found.append(element)
        kids = element.get("/K")
        waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found


def _annotation(pdf: pikepdf.Pdf) -> Any:
    return next(page.Annots[0] for page in pdf.pages if "/Annots" in page)


def _code(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def _scopes(pdf: pikepdf.Pdf) -> None:
    for element in _elements(pdf, "/TH"):
        for name in ("/A", "/ID"):
            if name in element:
                del element[name]
    for element in _elements(pdf, "/TD"):
        if "/A" in element:
            del element["/A"]


def _unmapped(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            if "/ToUnicode" in font:
                del font["/ToUnicode"]


def _transparent(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5, BM=Name("/Foo")))
    _code(pdf, lambda code: b"/G gs\n" + code)


def _loose_text(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.keys())).encode()
    _code(pdf, lambda code: code + b"\nBT " + font + b" 9 Tf 50 50 Td (loose) Tj ET")


CONTROLS: dict[str, Spoil] = {
    "a figure without words": lambda p: _elements(p, "/Figure")[0].__delitem__("/Alt"),
    "heads without scope": _scopes,
    "no language": lambda p: p.Root.__delitem__("/Lang"),
    "the title is not shown": lambda p: p.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False),
    "a link without words": lambda p: _annotation(p).__delitem__("/Contents"),
    "a link outside the tree": lambda p: _annotation(p).__delitem__("/StructParent"),
    "no order of tabs": lambda p: next(q for q in p.pages if "/Annots" in q).__delitem__("/Tabs"),
    "text outside the tree": _loose_text,
    "a heading level skipped": lambda p: _elements(p, "/H2")[0].__setitem__("/S", Name("/H4")),
    "a short row": lambda p: _elements(p, "/TBody")[0].K[1].K.__delitem__(-1),
    "an item in a paragraph's place": lambda p: _elements(p, "/Lbl")[0].__setitem__("/S", Name("/LI")),
    "a colour for print": lambda p: _code(p, lambda c: b"/Artifact BMC 0 0 0 1 k 0 0 1 1 re f EMC\n" + c),
    "no colour space": lambda p: p.Root.__delitem__("/OutputIntents"),
    "an attachment of no relation": lambda p: p.Root.AF[0].__delitem__("/AFRelationship"),
    "a link that may be hidden": lambda p: _annotation(p).__delitem__("/F"),
    "letters of no meaning": _unmapped,
    "a blend of no known kind": _transparent,
}
