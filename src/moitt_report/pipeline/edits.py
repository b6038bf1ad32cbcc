"""What was changed in a Word file that came back."""

from pathlib import Path
from typing import TYPE_CHECKING

from moitt_report.pipeline.files import Input, bytes_of

if TYPE_CHECKING:
    from moitt_report.render.docx.readback import Edits


def edits(sent: Input, returned: Input) -> "Edits":
    """The figures and paragraphs that were changed in the Word file `returned` since `sent`.

    Raises `UsageError` where one of them is not there, `InputError` when one is not a Word file of ours or is not
    safe to read, and when the two were not built from the same data.
    """
    from moitt_report.render.docx import readback  # noqa: PLC0415  lxml costs start-up time

    files = [Path(sent), Path(returned)]
    first, second = (bytes_of(file) for file in files)
    return readback.edits(first, second, names=(files[0].name, files[1].name))
