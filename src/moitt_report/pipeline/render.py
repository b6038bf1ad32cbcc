"""A brief that was made before to files. Nothing of the way from returns to a brief is imported here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from moitt_report.errors import InputError, Problem
from moitt_report.pipeline.carried import ARCHIVE, keep_final, read_brief
from moitt_report.pipeline.files import Input, bytes_of, load_theme
from moitt_report.pipeline.output import write_all
from moitt_report.pipeline.renderers import DEFAULT_FORMATS, Format, render_docx, rendered
from moitt_report.render.theme import MOST_ROWS


def render(
    brief: Input,
    *,
    out: Input = "out",
    formats: Sequence[Format] = DEFAULT_FORMATS,
    theme: Input | None = None,
    template: Input | None = None,
    word_rows: int = MOST_ROWS,
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Write one file per format of the brief that the file `brief` is or carries, to the folder `out/PERIOD`.

    They have the same bytes as those that `build` made. Gives the files, and a warning when `brief` is a Word file
    whose words are no longer those of the brief it carries.

    Raises `InputError` when it is not a sound brief, `UsageError` for a name that is not there,
    `OutputError` when a file cannot be written or a draft would replace a final brief. In each case nothing is written.
    """
    content = read_brief(brief)
    keep_final(content, Path(out))
    house = None if template is None else bytes_of(Path(template))
    look = load_theme(theme)
    files = rendered(content, formats, Path(out), look, house, word_rows)
    told: tuple[Problem, ...] = ()
    data = bytes_of(Path(brief))
    if data.startswith(ARCHIVE):
        anew = next((made for path, made in files if path.suffix == ".docx"), None)
        anew = anew or render_docx(content, look, template=house, most_rows=word_rows)
        told = tuple(_altered(anew, data, Path(brief).name))
    return write_all(files), told


def _altered(anew: bytes, given: bytes, name: str) -> Iterator[Problem]:
    """Whether the Word file `given` says what its brief does: it is held against the one made `anew` of that brief."""
    from moitt_report.render.docx.readback import edits  # noqa: PLC0415  lxml costs start-up time

    try:
        changes = len(edits(anew, given, names=(name, name)).lines())
    except InputError as fault:
        yield from (replace(problem, severity="warning") for problem in fault.problems)
        return
    if changes:
        places = "1 place" if changes == 1 else f"{changes} places"
        what = f"its words differ in {places} from the brief it carries; what is made is that brief"
        remedy = f"see what was changed: moitt-report edits SENT {name}"
        yield Problem(name, what, remedy, "warning")
