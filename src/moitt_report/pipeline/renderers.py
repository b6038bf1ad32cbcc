"""Each format and its renderer. A renderer is imported when it is used."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from moitt_report.brief.content import Brief
from moitt_report.render.theme import MOST_ROWS, Theme
from moitt_report.undisturbed import importing

Format = Literal["pdf", "docx", "xlsx", "json"]


def render_pdf(brief: Brief, theme: Theme | None = None) -> bytes:
    """The brief as a PDF file. The renderer is imported when it is used."""
    with importing():
        from moitt_report.render.pdf import document  # noqa: PLC0415  ReportLab costs start-up time

    return document.render_pdf(brief, theme)


def render_docx(
    brief: Brief, theme: Theme | None = None, *, template: bytes | None = None, most_rows: int = MOST_ROWS
) -> bytes:
    """The brief as a Word file, on the house document or on a `template` of the ministry's own.

    A table of more than `most_rows` rows is cut, and says so.
    """
    with importing():
        from moitt_report.render.docx import document  # noqa: PLC0415  python-docx costs start-up time

    return document.render_docx(brief, theme, template=template, most_rows=most_rows)


def render_xlsx(brief: Brief, theme: Theme | None = None) -> bytes:
    """The annex workbook of the brief. The renderer is imported when it is used."""
    with importing():
        from moitt_report.render import workbook  # noqa: PLC0415  XlsxWriter costs start-up time

    return workbook.render_xlsx(brief, theme)


def render_json(brief: Brief, _theme: Theme | None = None) -> bytes:
    """The brief itself, to be rendered another time: the same as is attached to the PDF."""
    return brief.saved


RENDERERS: Mapping[Format, Callable[[Brief, Theme | None], bytes]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "xlsx": render_xlsx,
    "json": render_json,
}
DEFAULT_FORMATS: tuple[Format, ...] = ("pdf", "docx")


def rendered(
    brief: Brief,
    formats: Sequence[Format],
    out: Path,
    theme: Theme,
    template: bytes | None = None,
    word_rows: int = MOST_ROWS,
) -> list[tuple[Path, bytes]]:
    """The files of `brief` in the folder of its period under `out`; nothing is written yet."""
    renderers = dict(RENDERERS) | {"docx": partial(render_docx, template=template, most_rows=word_rows)}
    place = out / brief.period
    return [(place / f"{brief.stem}.{one}", renderers[one](brief, theme)) for one in dict.fromkeys(formats)]
