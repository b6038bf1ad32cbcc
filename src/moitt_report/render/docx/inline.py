"""Runs as text of the Word file: each face is a character style, each reference a link."""

from typing import assert_never

from moitt_report.brief.content import Figure, Link, NoteRef, Run, Runs, Text
from moitt_report.render.docx.context import Context
from moitt_report.render.docx.markup import escape, field, link_inside, link_outside, run

BOLD_PLACE = "bold place"
"""The paragraph style is bold already. A bold run in it would turn regular: Word toggles."""

_BOLDER = {"": "Strong", "Muted": "Strong", "Emphasis": "StrongEmphasis"}
_SLANTED = {"": "Emphasis", "Muted": "Emphasis", "Strong": "StrongEmphasis"}


def inline(runs: Runs, context: Context, base: str = "") -> str:
    """`runs` in the character style `base`, each in its own face."""
    return "".join([one(item, context, base) for item in runs])


def prose(runs: Runs, context: Context, base: str = "") -> str:
    """`runs` as in `inline`, each figure in a control that is bound to its printing."""
    return "".join([_bound(item, context, base) for item in runs])


def _bound(item: Run, context: Context, base: str) -> str:
    shown = one(item, context, base)
    if not isinstance(item, Figure):
        return shown
    return context.binder.control(item, shown, _figure_face(item, base))


def one(item: Run, context: Context, base: str = "") -> str:
    """One run."""
    face = _face(item, base)
    match item:
        case Text():
            return run(item.words, face, _language(item.language))
        case Figure():
            return run(item.words, _figure_face(item, base))
        case Link():
            linked = "HyperlinkStrong" if face.startswith("Strong") else "Hyperlink"
            inner = run(item.words, linked)
            if item.target.startswith("#"):
                return link_inside(context.name_of(item.target[1:]), inner)
            return link_outside(context.package.link(item.target), inner)
        case NoteRef():
            name = context.name_of(item.words)
            if item.words in context.numbered:
                return field(f"REF {name} \\h \\* MERGEFORMAT", item.words, face)
            return link_inside(name, run(item.words, face))
        case _:
            assert_never(item)


def _figure_face(item: Figure, base: str) -> str:
    if item.absent and base != BOLD_PLACE:
        return "AbsentEmphasis" if item.italic or base == "Emphasis" else "Absent"
    return _face(item, base)


def _face(item: Run, base: str) -> str:
    if base == BOLD_PLACE:
        return "Emphasis" if item.italic else ""
    face = base
    if item.bold:
        face = _BOLDER.get(face, face)
    if item.italic:
        face = _SLANTED.get(face, face)
    return face


def _language(language: str | None) -> str:
    """Proofing language, and the direction of Urdu; the only properties a run carries itself."""
    if language is None:
        return ""
    if language.split("-")[0] in {"ur", "ar", "fa", "ps", "sd"}:
        return f'<w:rtl/><w:lang w:bidi="{escape(language)}"/>'
    return f'<w:lang w:val="{escape(language)}"/>'
