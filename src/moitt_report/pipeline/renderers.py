"""Each format and its renderer. A renderer is imported when it is used."""

from collections.abc import Callable, Mapping
from typing import Literal

from moitt_report.brief.content import Brief
from moitt_report.render.theme import Theme

Format = Literal["pdf", "docx", "xlsx"]


def render_pdf(brief: Brief, theme: Theme | None = None) -> bytes:
    """The brief as a PDF file. The renderer is imported when it is used."""
    from moitt_report.render.pdf import document  # noqa: PLC0415  ReportLab costs start-up time

    return document.render_pdf(brief, theme)


def render_docx(brief: Brief, theme: Theme | None = None, *, template: bytes | None = None) -> bytes:
    """The brief as a Word file, on the house document or on a `template` of the ministry's own."""
    from moitt_report.render.docx import document  # noqa: PLC0415  python-docx costs start-up time

    return document.render_docx(brief, theme, template=template)


def render_xlsx(brief: Brief, theme: Theme | None = None) -> bytes:
    """The annex workbook of the brief. The renderer is imported when it is used."""
    from moitt_report.render import workbook  # noqa: PLC0415  XlsxWriter costs start-up time

    return workbook.render_xlsx(brief, theme)


RENDERERS: Mapping[Format, Callable[[Brief, Theme | None], bytes]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "xlsx": render_xlsx,
}
DEFAULT_FORMATS: tuple[Format, ...] = ("pdf", "docx")
