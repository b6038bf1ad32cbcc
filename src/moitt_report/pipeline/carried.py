"""A brief that was made before: from its JSON, or from the PDF or Word file that carries it."""

import re
from contextlib import suppress
from pathlib import Path

from msgspec import DecodeError, ValidationError

from moitt_report.brief.content import Brief
from moitt_report.errors import InputError, OutputError, Problem, shown
from moitt_report.pipeline.files import Input, bytes_of
from moitt_report.undisturbed import undisturbed

MOST_JSON = 64 * 1024 * 1024
"""The longest JSON that is read, in bytes."""

SUFFIXES = {".json", ".pdf", ".docx", ".xlsx"}
"""How the names of files end that are taken for a brief where a folder of returns may stand too."""

ARCHIVE = b"PK"
"""How a Word file or a workbook begins."""


def read_brief(given: Input) -> Brief:
    """The brief in the file `given`, told by what is in it and not by its name.

    Raises `UsageError` when there is no such file, `InputError` when it holds no sound brief.
    """
    path = Path(given)
    data = bytes_of(path)
    if b"%PDF-" in data[:1024]:
        from moitt_report.render.pdf import carried as pdf  # noqa: PLC0415  only a PDF needs it

        json: str | bytes = pdf.carried_json(data, path.name)
    elif data.startswith(ARCHIVE):
        json = _from_archive(data, path.name)
    else:
        json = data
    if len(json) > MOST_JSON:
        raise _refusal(path.name, f"is larger than {MOST_JSON // 1024**2} MB")
    try:
        with undisturbed():
            return Brief.from_json(json)
    except ValidationError as fault:
        raise _refusal(path.name, f"is not a sound brief: {_placed(str(fault))}") from None
    except (DecodeError, UnicodeDecodeError, RecursionError):
        raise _refusal(path.name, "is not a brief: it is not JSON, nor a PDF or Word file") from None


def keep_final(brief: Brief, out: Path) -> None:
    """See that no draft takes the place of the final brief of its name, which may have been sent.

    Raises `OutputError` when one stands in the folder of its period under `out`, and when a file of its name stands
    there that cannot be shown to be a draft.
    """
    if brief.stage == "final":
        return
    for suffix in sorted(SUFFIXES):
        path = out / brief.period / f"{brief.stem}{suffix}"
        if not path.is_file():
            continue
        stages = _stages(path)
        if stages == {"draft"}:
            continue
        what = "is the final brief" if "final" in stages else "cannot be shown to be a draft of a brief"
        raise OutputError(
            f"{path} {what}, which a draft does not replace; "
            "choose another folder with --out, or move that file away"
        )


_IN_PDF = re.compile(rb"<pdf:Keywords>[^<,]{1,99}, [^<,]{1,99}, (draft|final), data as of ")
_IN_JSON = re.compile(rb'"stage":\s*"([a-z]{1,9})"')
"""The head of a brief stands before its sections, and in its words quotation marks are escaped."""


def _stages(path: Path) -> set[str]:
    """What the file says its stage is, in its properties and in the brief it carries; a long brief is not carried."""
    try:
        data = bytes_of(path)
    except InputError:
        return set()
    if b"%PDF-" in data[:1024]:
        found = _IN_PDF.findall(data)
    elif data.startswith(ARCHIVE):
        from moitt_report.pipeline.properties import stages_in  # noqa: PLC0415  only an archive needs zipfile

        found = stages_in(data)
    else:
        head = data.partition(b'"sections"')[0]
        found = _IN_JSON.findall(head) if b'"moitt-report/brief/' in head else []
    said = {words.decode("ascii", "replace") for words in found}
    if "final" not in said:
        # What raises is a workbook or a long brief, which the file does not carry, or nothing of ours.
        with suppress(InputError):
            said.add(read_brief(path).stage)
    return said


def _from_archive(data: bytes, name: str) -> str:
    if name.lower().endswith(".xlsx"):
        raise _refusal(name, "is a workbook, which does not carry the brief")
    from moitt_report.render.docx import carried, opened  # noqa: PLC0415  lxml costs start-up time

    return carried.carried_json(opened.Opened(data, name))


def _placed(said: str) -> str:
    """The place first: msgspec puts it at the end, as ` - at `$.sections[0].id``."""
    what, _, where = said.rpartition(" - at `$")
    return f"{shown(where.strip('`.'))}: {shown(what)}" if what else shown(said)


def _refusal(name: str, what: str) -> InputError:
    return InputError([Problem(name, what, "give the brief as PDF, as Word or as JSON")])
