"""Reading a PDF back: its words, the boxes of its words, its structure tree."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
import pypdfium2
import pytest

from builders import Facts, sample_brief, say
from moitt_report.brief.content import Block, Brief, Heading, Section, TitleBlock
from moitt_report.render.pdf.document import render_pdf

Box = tuple[float, float, float, float]


@pytest.fixture
def facts() -> Facts:
    return Facts()


@pytest.fixture
def brief_of(facts: Facts) -> Callable[..., Brief]:
    """A final brief of the given blocks under one heading, with the facts collected so far."""

    def make(*blocks: Block, **changes: object) -> Brief:
        front = TitleBlock(letterhead=(say("LETTERHEAD"),), title=say("T"), period=say("P"), fields=())
        head = Heading(level=2, runs=say("Heading"), anchor="head")
        section = Section(id="only", blocks=(front, head, *blocks))
        given = {"sections": (section,), "facts": tuple(facts.facts.values()), "stage": "final"}
        return sample_brief(**(given | changes))

    return make


@pytest.fixture(scope="session")
def sample() -> Brief:
    return sample_brief()


@pytest.fixture(scope="session")
def sample_pdf(sample: Brief) -> bytes:
    return render_pdf(sample)


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    """All words of a PDF, white space as single spaces."""

    def read(pdf: bytes) -> str:
        pages = pypdfium2.PdfDocument(pdf)
        return " ".join(" ".join(p.get_textpage().get_text_range() for p in pages).split())

    return read


@pytest.fixture
def boxes_of() -> Callable[[bytes], list[list[Box]]]:
    """For each page the boxes (left, bottom, right, top) of its pieces of text."""

    def read(pdf: bytes) -> list[list[Box]]:
        pages = pypdfium2.PdfDocument(pdf)
        kind = pypdfium2.raw.FPDF_PAGEOBJ_TEXT
        return [[o.get_bounds() for o in p.get_objects(filter=[kind])] for p in pages]

    return read


class Node:
    """An element of the structure tree as a reader meets it."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.role = str(raw["/S"])[1:]
        kids = raw.get("/K", [])
        kids = list(kids) if isinstance(kids, pypdf.generic.ArrayObject) else [kids]
        self.kids = [Node(k) for k in map(_resolved, kids) if isinstance(k, dict) and "/S" in k]
        self.objects = [k for k in map(_resolved, kids) if isinstance(k, dict) and "/Obj" in k]

    def attribute(self, name: str) -> Any:
        return self.raw.get("/A", {}).get(name)

    def all(self, role: str = "") -> "Iterator[Node]":
        if not role or self.role == role:
            yield self
        for kid in self.kids:
            yield from kid.all(role)

    def outline(self, depth: int = 0) -> Iterator[str]:
        yield "  " * depth + self.role
        for kid in self.kids:
            yield from kid.outline(depth + 1)


def _resolved(kid: Any) -> Any:
    return kid.get_object() if hasattr(kid, "get_object") else kid


@pytest.fixture
def tree_of() -> Callable[[bytes], Node]:
    def read(pdf: bytes) -> Node:
        root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
        return Node(root["/StructTreeRoot"]["/K"].get_object())

    return read
