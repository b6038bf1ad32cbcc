"""Outlines: which sections stand in a brief, in what order, with what prose. Edited as YAML, without touching Python.

Prose takes figures only by named token, `{utilised}`; `{utilised:table}` names another printing.
`**bold**` and `*italic*` are the only markup. Where a text is a list, the first alternative whose
tokens are all reported is printed. A digit outside a token is an error: it would be an orphan.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from moitt_report.brief.fact import ANCHOR, FORBIDDEN
from moitt_report.errors import shown

_END_OF_LINE = re.compile(r"[ \t]*\n[ \t]*")


def _sound(id: str) -> str:
    if not re.match(ANCHOR, id):
        raise ValueError(
            f"“{shown(id)}” is no id: a letter, then at most 63 letters, digits, full stops, hyphens and underscores"
        )
    return id


Id = Annotated[str, AfterValidator(_sound)]
"""What stands in addresses, and the name of the outline in names of files."""

TOKEN = re.compile(r"\{([a-zA-Z][a-zA-Z0-9._-]*)(?::([a-z_]+))?\}")


def _in_one_line(text: str) -> str:
    return _END_OF_LINE.sub(" ", text.strip("\n"))


class Part(BaseModel):
    """Base of what an outline is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Prose(Part):
    """One text with tokens, and where it stands."""

    text: Annotated[str, AfterValidator(_in_one_line)]
    where: str

    @model_validator(mode="after")
    def _only_tokens_count(self) -> Self:
        bare = TOKEN.sub("", self.text)
        if any(c.isdigit() for c in bare):
            raise ValueError(
                f"“{self.text.strip()}” has a numeral of its own; take the figure by a {{token}}"
            )
        if "{" in bare or "}" in bare:
            raise ValueError(f"“{self.text.strip()}” has a brace that is no {{token}}")
        if bare.count("**") % 2 or bare.replace("**", "").count("*") % 2:
            raise ValueError(f"“{self.text.strip()}” has an asterisk without its partner")
        if FORBIDDEN.search(self.text):
            raise ValueError("the text holds a character that cannot be printed")
        return self

    @property
    def tokens(self) -> Iterator[tuple[str, str | None]]:
        """The tokens of the text: name, and printing if one is asked for."""
        for found in TOKEN.finditer(self.text):
            yield found[1], found[2]


def _alternatives(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Saying = Annotated[tuple[Prose, ...], BeforeValidator(_alternatives), Field(min_length=1)]
"""Alternatives, the most telling first."""


class HeadingPart(Part):
    """A heading of a section, or inside one."""

    heading: Saying
    level: Annotated[int, Field(ge=2, le=3)] = 2


class ParagraphPart(Part):
    """A paragraph; numbered unless it is a legend."""

    paragraph: Saying
    role: Literal["numbered", "plain", "legend"] = "numbered"


class KeyFigureItem(Part):
    """One entry of the band: the value is a token."""

    label: Saying
    value: Prose
    unit: Saying
    comparisons: tuple[Saying, ...] = ()


class KeyFiguresPart(Part):
    """The band of headline figures."""

    key_figures: Annotated[tuple[KeyFigureItem, ...], Field(min_length=1, max_length=4)]


class DecisionItem(Part):
    """A decision sought and its basis; left out when a token of `decision` is absent."""

    decision: Prose
    basis: Saying


class DecisionsPart(Part):
    """The decisions sought: those of the outline, and then those the returns ask for, `most` in all."""

    decisions: tuple[DecisionItem, ...] = ()
    most: Annotated[int, Field(ge=1)] = 5


class MethodNote(Part):
    """A note on method; they are numbered M1, M2 … in their order."""

    title: Prose
    text: Saying


class NotesPart(Part):
    """The notes on method."""

    notes: tuple[MethodNote, ...]


class SignaturePart(Part):
    """Room for the signature."""

    signature: Saying
    enclosure: Saying | None = None


class BlockPart(Part):
    """A table or chart by name, with its title, unit line and notes."""

    block: Id
    title: Saying
    unit: Saying | None = None
    notes: tuple[Saying, ...] = ()


class QuestionPart(Part):
    """The question that is answered, as the officer set it; the words printed while it is not set."""

    question: Saying


class AnswerPart(Part):
    """The answer: under each letter of the question what the officer answers, else the paragraphs given here."""

    answer: tuple[ParagraphPart, ...]
    unanswered: Saying
    """What a draft prints under a letter that is not answered yet."""


class PairPart(Part):
    """Two blocks side by side."""

    pair: tuple[BlockPart, BlockPart]


_KINDS = (
    "heading",
    "paragraph",
    "key_figures",
    "decisions",
    "notes",
    "signature",
    "block",
    "pair",
    "question",
    "answer",
)


def _kind(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((name for name in value if name in _KINDS), None)
    return next((name for name in _KINDS if hasattr(value, name)), None)


AnyPart = (
    Annotated[HeadingPart, Tag("heading")]
    | Annotated[ParagraphPart, Tag("paragraph")]
    | Annotated[KeyFiguresPart, Tag("key_figures")]
    | Annotated[DecisionsPart, Tag("decisions")]
    | Annotated[NotesPart, Tag("notes")]
    | Annotated[SignaturePart, Tag("signature")]
    | Annotated[BlockPart, Tag("block")]
    | Annotated[PairPart, Tag("pair")]
    | Annotated[QuestionPart, Tag("question")]
    | Annotated[AnswerPart, Tag("answer")]
)
TaggedPart = Annotated[
    AnyPart,
    Discriminator(
        _kind,
        custom_error_type="part",
        custom_error_message=f"begin each part with one of {', '.join(_KINDS)}",
    ),
]


class OutlineSection(Part):
    """A section; `new_page` starts it on a new page, `numbered` counts it."""

    id: Id
    parts: tuple[TaggedPart, ...]
    new_page: bool = False
    numbered: bool = False
    needs: tuple[Id, ...] = ()
    """Blocks: when the data hold nothing for any of them, the whole section is left out."""


class TitleFieldItem(Part):
    """A line of the title block. `--set NAME=VALUE` fills it, or `value` says what stands in it."""

    name: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")]
    label: Prose
    side: Literal["left", "right"] = "left"
    value: Saying | None = None


class Outline(Part):
    """The plan of a brief."""

    outline: Id
    about: Literal["agency", "project", "optional"] | None = None
    """Whom `--about` names: one agency, one project, or either or nobody; None where the whole is meant."""
    title: Saying
    running_head: Saying
    letterhead: tuple[Prose, ...]
    fields: tuple[TitleFieldItem, ...]
    sections: Annotated[tuple[OutlineSection, ...], Field(min_length=1)]

    @property
    def blocks(self) -> frozenset[str]:
        """The names of all blocks it asks for."""
        parts = [part for section in self.sections for part in section.parts]
        pairs = [block for part in parts if isinstance(part, PairPart) for block in part.pair]
        return frozenset(part.block for part in (*parts, *pairs) if isinstance(part, BlockPart))
