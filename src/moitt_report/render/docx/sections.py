"""Blocks one below another: where a page starts, what parts two tables, and lying pages for wide tables.

Word keeps the set-up of pages at the end of a section, in its last paragraph; that of the last section stands at
the end of the body.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from moitt_report.brief.content import Block, Heading, PageBreak, Table
from moitt_report.render.docx.blocks import block_text, heading
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.markup import para
from moitt_report.render.docx.table import table_pieces

_SQUEEZED = 1.2
"""A table that asks for up to a fifth more than the text block is squeezed into it."""
_BETWEEN_TABLES = para("SpaceAfterTable")
"""Word makes one of two tables that touch."""
_TABLE_AHEAD = re.compile(r"(?:<w:bookmark(?:Start|End) [^>]*/>)*<w:tbl>")
_FIRST_PARAGRAPH = re.compile(r'<w:p><w:pPr><w:pStyle w:val="[^"]+"/>(?:<w:keepNext/>)?(?:<w:keepLines/>)?')
_TIGHT = re.compile(
    r'<w:p><w:pPr><w:pStyle w:val="(?:BodyText|NumberedParagraph|ListBullet|ListNumber|NoteItem)"/>'
    r"(?:<w:numPr>(?:(?!</w:numPr>).)*</w:numPr>)?(?!<w:pageBreakBefore/>)"
)
"""The begin of a paragraph whose style has no space above, unless a page starts with it."""
_SOURCE_NOTE = '<w:p><w:pPr><w:pStyle w:val="SourceNote"/>'
_UNDER_TABLE = '<w:spacing w:before="160"/>'


def body_pieces(context: Context) -> list[str]:
    """All blocks, and the set-up of their pages; in pieces, since a table may be long."""
    blocks = [block for section in context.brief.sections for block in section.blocks]
    parts = list(_by_page(blocks, context))
    out: list[str] = []
    for n, pages in enumerate(parts):
        out += _section(pages, context, first=n == 0)
        set_up = context.package.page(lying=pages.lying, first=n == 0)
        out.append(set_up if n == len(parts) - 1 else _closing(out.pop(), set_up))
    return out


def is_wide(block: Block, context: Context) -> bool:
    """Whether `block` is a table that asks for more than the text block of an upright page."""
    page = context.theme.page
    room = (page.width - page.left - page.right) * _SQUEEZED
    return isinstance(block, Table) and sum(column.width for column in block.columns) > room


class _Pages(Struct, frozen=True):
    """Blocks one below another on pages of one kind."""

    lying: bool
    blocks: list[Block]


def _by_page(blocks: Sequence[Block], context: Context) -> Iterator[_Pages]:
    """The blocks by the pages they stand on; the headings over a wide table go with it."""
    kinds: list[bool] = []
    lying = False
    for block in reversed(blocks):
        lying = is_wide(block, context) or (lying and isinstance(block, Heading | PageBreak))
        kinds.append(lying)
    pairs = zip(reversed(kinds), blocks, strict=True)
    for kind, run in groupby(pairs, key=itemgetter(0)):
        yield _Pages(kind, [block for _, block in run])


def _section(pages: _Pages, context: Context, *, first: bool) -> list[str]:
    """The text of the blocks of `pages`; a page break is kept back for the block that it stands before."""
    width = context.width_of(lying=pages.lying)
    out: list[str] = []
    new_page, top = False, not first
    for block in pages.blocks:
        if isinstance(block, PageBreak):
            new_page = bool(out)
            continue
        context.at_top = context.at_top or new_page or top
        if isinstance(block, Heading):
            pieces = [heading(block, context, top=new_page or top)]
        elif isinstance(block, Table):
            pieces = table_pieces(block, context, width)
        else:
            pieces = [block_text(block, context, width)]
        if not any(pieces):
            continue
        if new_page:
            pieces[0] = _FIRST_PARAGRAPH.sub(r"\g<0><w:pageBreakBefore/>", pieces[0], count=1)
        pieces[0] = _below(out[-1] if out else "", pieces[0])
        out += pieces
        new_page = top = False
        context.at_top = isinstance(block, Heading)
    return out or [""]


def _below(above: str, text: str) -> str:
    """`text` with what it needs to stand under `above`."""
    table = above.endswith("</w:tbl>")
    if not table and not above[above.rfind("<w:p>") :].startswith(_SOURCE_NOTE):
        return text
    if _TABLE_AHEAD.match(text):
        return _BETWEEN_TABLES + text if table else text
    return _TIGHT.sub(rf"\g<0>{_UNDER_TABLE}", text, count=1) if _TIGHT.match(text) else text


def _closing(text: str, set_up: str) -> str:
    """The end of a section: `text` with the set-up of its pages in its last paragraph, or in one more after a table."""
    if not text.endswith("</w:p>"):
        return text + para("AfterTable", props=set_up)
    end = text.index("</w:pPr>", text.rindex("<w:p><w:pPr>"))
    return f"{text[:end]}{set_up}{text[end:]}"
