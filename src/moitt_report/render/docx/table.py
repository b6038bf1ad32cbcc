"""Tables of data: caption, grouped and repeated heads, rows, notes."""

from collections.abc import Iterator

from moitt_report.brief.content import Table, plain
from moitt_report.render.docx.caption import above, below, spoken_title
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.grid import Grid, grid_of
from moitt_report.render.docx.inline import BOLD_PLACE, inline
from moitt_report.render.docx.looks import rows_seen
from moitt_report.render.docx.markup import KEEP, data_table, edge, para, row, run, twips
from moitt_report.render.docx.rows import rows_text
from moitt_report.render.docx.shorten import cut
from moitt_report.render.docx.split import parts_of


def table_pieces(table: Table, context: Context, width: float) -> list[str]:
    """The table with its caption and notes, `width` points wide; in pieces, since it may be long.

    The caption is part of the first piece, what stands under the table part of the last. A table too wide for the
    page or for Word comes in parts, each with the stub repeated.
    """
    short = cut(table, context.most_rows, context.annex)
    drawn: list[str] = []
    for part in parts_of(short.table):
        drawn += (para("SpaceAfterTable"),) if drawn else ()
        drawn += _drawn(part, context, width)
    words = run(short.said)
    for anchor in short.anchors:
        words = context.place(anchor, words)
    said = para("SourceNote", words, KEEP if table.notes or table.sources else "") if short.said else ""
    drawn[0] = above(table, context) + drawn[0]
    drawn[-1] += said + below(table, context)
    return drawn


def _drawn(table: Table, context: Context, width: float) -> list[str]:
    seen = rows_seen(table)
    grid = grid_of(table, seen, twips(width), context.theme)
    # A small table under a heading has no title of its own; a screen reader then says what its columns are.
    heads = ", ".join(plain(column.head) for column in table.columns)
    return data_table(
        f"HouseTable{table.size.title()}",
        grid.widths,
        [*_heads(table, grid, context), *rows_text(table, seen, grid, context)],
        title=spoken_title(table) or heads,
        description=plain(table.unit) or spoken_title(table) or heads,
        stub_first=table.stub == 0,
    )


# --- heads --------------------------------------------------------------------------------------


def _heads(table: Table, grid: Grid, context: Context) -> Iterator[str]:
    if table.groups:
        yield row(_group_heads(table, grid, context), head=True)
    rule = '<w:top w:val="nil"/>' if table.groups else ""
    rule += edge("bottom", 4, context.theme.colours.ink)
    cells = []
    for n, column in enumerate(table.columns):
        style = "TableHeadNumber" if column.align == "right" else "TableHead"
        words = para(style, inline(column.head, context, BOLD_PLACE))
        cells.append(grid.boxed(n, 1, words, borders=rule, align="bottom"))
    yield row(cells, head=True)


def _group_heads(table: Table, grid: Grid, context: Context) -> Iterator[str]:
    groups = {group.first: group for group in table.groups}
    rule = '<w:bottom w:val="nil"/>'
    at = 0
    while at < len(table.columns):
        group = groups.get(at)
        span = group.last - group.first + 1 if group else 1
        style = "TableGroupHead" if group else "TableHead"
        words = inline(group.runs, context, BOLD_PLACE) if group else ""
        yield grid.boxed(at, span, para(style, words), borders=rule, align="bottom")
        at += span
