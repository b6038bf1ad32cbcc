"""A brief that was made before: from its JSON, or from the PDF or Word file that carries it."""

from pathlib import Path

from pydantic import ValidationError

from moitt_report.brief.content import Brief
from moitt_report.errors import InputError, Problem, shown
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
            return Brief.model_validate_json(json)
    except ValidationError as fault:
        raise _refusal(path.name, _what(fault)) from None


def _from_archive(data: bytes, name: str) -> str:
    if name.lower().endswith(".xlsx"):
        raise _refusal(name, "is a workbook, which does not carry the brief")
    from moitt_report.render.docx import carried, opened  # noqa: PLC0415  lxml costs start-up time

    return carried.carried_json(opened.Opened(data, name))


def _what(fault: ValidationError) -> str:
    first = fault.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        return "is not a brief: it is not JSON, nor a PDF or Word file"
    where = ".".join(map(str, first["loc"]))
    said = str(first["msg"]).removeprefix("Value error, ")
    return (
        f"is not a sound brief: {shown(where)}: {shown(said)}" if where else f"is not a sound brief: {said}"
    )


def _refusal(name: str, what: str) -> InputError:
    return InputError([Problem(name, what, "give the brief as PDF, as Word or as JSON")])
