"""A brief as one Word file: body, heads and feet, properties."""

from moitt_report.brief.content import Brief, Heading, Link, PageBreak, Runs
from moitt_report.render.docx.blocks import block_text, heading
from moitt_report.render.docx.bound import SPACE as FIGURES
from moitt_report.render.docx.carried import SPACE as BRIEF
from moitt_report.render.docx.carried import pieces, store_id
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.house import paper
from moitt_report.render.docx.inline import one
from moitt_report.render.docx.markup import run
from moitt_report.render.docx.package import Package
from moitt_report.render.docx.shorten import MOST_ROWS
from moitt_report.render.docx.styles import styles_xml
from moitt_report.render.docx.template import refuse_unfit
from moitt_report.render.docx.watermark import watermark
from moitt_report.render.theme import Theme, default_theme
from moitt_report.shipped import shipped

_RULED = "_" * 22
"""Room to write a file number by hand."""


def render_docx(
    brief: Brief, theme: Theme | None = None, *, template: bytes | None = None, most_rows: int = MOST_ROWS
) -> bytes:
    """`brief` as the bytes of a Word file; the same brief always gives the same bytes.

    The house document carries the look of the built-in theme. Another `theme` brings its own
    styles. A `template`, the ministry's own Word document, brings its styles, heads and feet, and its
    paper; a style or a slot that it lacks is an `InputError`. A table of more than `most_rows` rows is cut.
    """
    own = template is None and theme is not None and theme != default_theme()
    package = Package(shipped("templates", "house.docx").read_bytes() if template is None else template)
    context = Context(brief, theme or default_theme(), package, most_rows=most_rows)
    body = _body(context)
    slots = _slots(context)
    if template is not None:
        refuse_unfit(package, body, slots, context.theme)
    package.add_properties(brief)
    _carry(context)
    return package.save(
        body,
        slots=slots,
        numberings=context.numberings(),
        styles=styles_xml(context.theme) if own else "",
        paper=paper(context.theme) if own else "",
    )


def _carry(context: Context) -> None:
    """What travels in the file besides its words: the bound figures, then the brief itself."""
    package, brief, digest = context.package, context.brief, context.brief.digest
    package.add_custom_xml(context.binder.part(), FIGURES, store_id(digest, 1))
    for n, piece in enumerate(pieces(brief.as_json, digest), 2):
        package.add_custom_xml(piece, BRIEF, store_id(digest, n))


def _body(context: Context) -> str:
    """All blocks; a page break is kept back for the block that it stands before."""
    out: list[str] = []
    new_page = False
    for section in context.brief.sections:
        for block in section.blocks:
            if isinstance(block, PageBreak):
                new_page = bool(out)
                continue
            if isinstance(block, Heading):
                out.append(heading(block, context, new_page=new_page))
            else:
                if new_page:
                    out.append(block_text(PageBreak(), context, context.width))
                    context.after_heading = True
                out.append(block_text(block, context, context.width))
            new_page = False
            context.after_heading = isinstance(block, Heading)
    return "".join(out)


def _slots(context: Context) -> dict[str, str]:
    """What stands in the slots of the house document's heads and feet."""
    brief = context.brief
    left, right = brief.running_head
    draft = brief.stage == "draft"
    marking = run(brief.classification) if brief.classification else ""
    return {
        "left": _running(left, context),
        "right": _running(right, context),
        "classification": marking,
        "classification-run": run(brief.classification, "Marking") if marking else "",
        "file-number": run(brief.file_number or _RULED),
        "watermark": watermark("DRAFT", 1) if draft else "",
        "watermark-first": watermark("DRAFT", 2) if draft else "",
    }


def _running(runs: Runs, context: Context) -> str:
    """Words of the head. A link to the web is words alone here: a head has no relationships."""
    return "".join(run(item.words) if isinstance(item, Link) else one(item, context) for item in runs)
