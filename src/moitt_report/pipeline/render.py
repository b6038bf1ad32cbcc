"""A brief that was made before to files. Nothing of the way from returns to a brief is imported here."""

from collections.abc import Sequence
from pathlib import Path

from moitt_report.pipeline.carried import keep_final, read_brief
from moitt_report.pipeline.files import Input, bytes_of, load_theme
from moitt_report.pipeline.output import write_all
from moitt_report.pipeline.renderers import DEFAULT_FORMATS, Format, rendered
from moitt_report.render.theme import MOST_ROWS


def render(
    brief: Input,
    *,
    out: Input = "out",
    formats: Sequence[Format] = DEFAULT_FORMATS,
    theme: Input | None = None,
    template: Input | None = None,
    word_rows: int = MOST_ROWS,
) -> tuple[Path, ...]:
    """Write one file per format of the brief that the file `brief` is or carries, under `out`: the same
    bytes as `build` made.

    Raises `InputError` when it is not a sound brief, `UsageError` for a name that is not there,
    `OutputError` when a file cannot be written or a draft would replace a final brief. In each case nothing is written.
    """
    content = read_brief(brief)
    keep_final(content, Path(out))
    house = None if template is None else bytes_of(Path(template))
    return write_all(rendered(content, formats, Path(out), load_theme(theme), house, word_rows))
