"""A brief as one Word file: body, heads and feet, properties."""

from moitt_report.brief.content import Brief, Link, Runs
from moitt_report.render.docx.bound import SPACE as FIGURES
from moitt_report.render.docx.carried import SPACE as BRIEF
from moitt_report.render.docx.carried import pieces, store_id
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.house import paper
from moitt_report.render.docx.inline import one
from moitt_report.render.docx.markup import run
from moitt_report.render.docx.package import Package
from moitt_report.render.docx.sections import body_pieces
from moitt_report.render.docx.styles import styles_xml
from moitt_report.render.docx.template import refuse_unfit
from moitt_report.render.docx.watermark import watermark
from moitt_report.render.theme import MOST_ROWS, Theme, default_theme
from moitt_report.shipped import shipped
from moitt_report.undisturbed import undisturbed

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
    with undisturbed():
        return _rendered(brief, theme or default_theme(), template, most_rows)


def _rendered(brief: Brief, look: Theme, template: bytes | None, most_rows: int) -> bytes:
    own = template is None and look != default_theme()
    package = Package(shipped("templates", "house.docx").read_bytes() if template is None else template)
    if own:
        package.set_paper(paper(look), paper(look, lying=True))
    context = Context(brief, look, package, most_rows=most_rows)
    body = body_pieces(context)
    slots = _slots(context)
    if template is not None:
        refuse_unfit(package, "".join(body), slots, look)
    package.add_properties(brief)
    _carry(context)
    return package.save(
        body,
        slots=slots,
        numberings=context.numberings(),
        styles=styles_xml(look) if own else "",
    )


def _carry(context: Context) -> None:
    """What travels in the file besides its words: the bound figures, then the brief itself."""
    package, brief, digest = context.package, context.brief, context.brief.digest
    package.add_custom_xml(context.binder.part(), FIGURES, store_id(digest, 1))
    for n, piece in enumerate(pieces(brief.as_json, digest), 2):
        package.add_custom_xml(piece, BRIEF, store_id(digest, n))


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
        "watermark": watermark(1) if draft else "",
        "watermark-first": watermark(2) if draft else "",
        "watermark-lying": watermark(3) if draft else "",
    }


def _running(runs: Runs, context: Context) -> str:
    """Words of the head. A link to the web is words alone here: a head has no relationships."""
    return "".join(run(item.words) if isinstance(item, Link) else one(item, context) for item in runs)
