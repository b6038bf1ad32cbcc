"""A brief that was made before: from its JSON, or from the PDF or Word file that carries it."""

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

_ARCHIVE = b"PK"


def read_brief(given: Input) -> Brief:
    """The brief in the file `given`, told by what is in it and not by its name.

    Raises `UsageError` when there is no such file, `InputError` when it holds no sound brief.
    """
    path = Path(given)
    data = bytes_of(path)
    if b"%PDF-" in data[:1024]:
        from moitt_report.render.pdf import carried as pdf  # noqa: PLC0415  only a PDF needs it

        json: str | bytes = pdf.carried_json(data, path.name)
    elif data.startswith(_ARCHIVE):
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

    Raises `OutputError` when one stands in the folder of its period under `out`.
    """
    if brief.stage == "final":
        return
    for suffix in sorted(SUFFIXES):
        path = out / brief.period / f"{brief.stem}{suffix}"
        if path.is_file() and _is_final(path):
            raise OutputError(
                f"{path} is the final brief, which a draft does not replace; "
                "choose another folder with --out, or move the final one away"
            )


def _is_final(path: Path) -> bool:
    try:
        return read_brief(path).stage == "final"
    except InputError:  # a workbook, or nothing of ours
        return False


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
