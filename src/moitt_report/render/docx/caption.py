"""What stands around a table or a chart: its number, title and unit line; its notes and sources."""

from moitt_report.brief.content import Chart, Table, plain
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.inline import BOLD_PLACE, prose
from moitt_report.render.docx.markup import KEEP, field, para, run


def above(block: Chart | Table, context: Context) -> str:
    """Caption and unit line, kept with the block; only the place itself where the heading says it all."""
    if not block.number and not block.title and not block.unit:
        return context.place(block.anchor, "")
    number = _number(block.number, context) + run(". ") if block.number else ""
    words = number + prose(block.title, context, BOLD_PLACE)
    unit = para("UnitLine", prose(block.unit, context)) if block.unit else ""
    before = ' w:before="40"' if context.at_top else ""
    after = "" if block.unit else ' w:after="60"'
    props = f"<w:spacing{before}{after}/>" if before or after else ""
    return para("Caption", context.place(block.anchor, words), props) + unit


def _number(number: str, context: Context) -> str:
    """The number as a field that Word counts on with, so that a caption put in later gets the next one."""
    label, _, n = number.partition(" ")
    if label not in {"Table", "Chart"} or not (n.isascii() and n.isdigit()):
        return run(number)
    start = "" if context.next_caption(label, int(n)) == int(n) else f" \\r {n}"
    return run(f"{label} ") + field(f"SEQ {label} \\* ARABIC{start}", n)


def below(block: Chart | Table, context: Context) -> str:
    """Notes and sources."""
    texts = [*block.notes, *([block.sources] if block.sources else [])]
    last = len(texts) - 1
    return "".join(
        para("SourceNote", prose(runs, context), KEEP if n < last else "") for n, runs in enumerate(texts)
    )


AFTER_TABLE = para("AfterTable")
"""What Word demands in a cell after a table, and in a cell without anything."""


def spoken_title(block: Chart | Table) -> str:
    """Number and title as alternative text."""
    title = plain(block.title)
    return f"{block.number}. {title}" if block.number else title
