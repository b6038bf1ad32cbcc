"""Files in: whatever the format, values come out in one shape, each with the address it stood at.

Files are data: they are read within stated limits, and nothing in them is run, followed or guessed.
"""

from pathlib import Path

from moitt_report.errors import Problem, errors_in, shown
from moitt_report.intake.csv_file import read_csv
from moitt_report.intake.manner import Manner
from moitt_report.intake.sheets import tree_of
from moitt_report.intake.tree import Tree
from moitt_report.intake.yaml_json import read_text

WORKBOOKS = {".xlsx", ".xlsm"}
_OLD_WORKBOOKS = {".xls", ".xlsb", ".ods"}
_TEXTS = {".yaml", ".yml", ".json"}
SUFFIXES = {*_TEXTS, ".csv", *WORKBOOKS, *_OLD_WORKBOOKS}
USUAL = Manner()


def read_tree(path: Path, name: str, manner: Manner = USUAL) -> tuple[Tree | None, list[Problem]]:
    """The content of a file as a tree, and the problems found on the way.

    `name` is the file's name in addresses. The tree is None when nothing of it can be used.
    """
    raw, problem = read_bytes(path, name, manner)
    if raw is None:
        return None, [problem] if problem else []
    return tree_of_bytes(raw, path.suffix.lower(), name, manner)


def tree_of_bytes(raw: bytes, suffix: str, name: str, manner: Manner) -> tuple[Tree | None, list[Problem]]:
    """The tree in the bytes of a file whose name ends in `suffix` (in lower case)."""
    if suffix not in SUFFIXES:
        what = f"is not a file of a return ({shown(suffix) or 'its name has no ending'}); it is not read"
        return None, [Problem(name, what, "let its name end in .xlsx, .csv, .yaml or .json if it is one")]
    if raw[:4] == b"PK\x03\x04" and suffix not in WORKBOOKS | _OLD_WORKBOOKS:
        return None, [Problem(name, f"is a workbook, whatever “{suffix}” says", "give it the ending .xlsx")]
    if suffix in _OLD_WORKBOOKS:
        return None, [Problem(name, f"is a workbook of the kind {suffix}", "save it in Excel as .xlsx")]
    if suffix in WORKBOOKS:
        from moitt_report.intake.xlsx import read_xlsx  # noqa: PLC0415  only workbooks need it

        grids, problems = read_xlsx(raw, name, manner)
    elif suffix == ".csv":
        grids, problems = read_csv(raw, name, manner)
    else:
        return _text(raw, name, json=suffix == ".json")
    if errors_in(problems):
        return None, problems
    tree, found = tree_of(grids, name)
    return tree, problems + found


def read_bytes(path: Path, name: str, manner: Manner) -> tuple[bytes | None, Problem | None]:
    """The bytes of a file within the limit on its size, or why there are none."""
    largest = manner.text_bytes if path.suffix.lower() in _TEXTS else manner.file_bytes
    try:
        if path.exists() and not path.is_file():
            return None, Problem(name, "is not a file", "name a file of a return")
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as fault:
        return None, Problem(name, f"cannot be read: {fault.strerror}", "check the name and the permissions")
    if len(raw) > largest:
        what = f"is larger than {largest:,} bytes"
        return None, Problem(name, what, "send the figures without attachments")
    return raw, None


def _text(raw: bytes, name: str, *, json: bool) -> tuple[Tree | None, list[Problem]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        return None, [Problem(f"{name}:{line}", "is not UTF-8 text", "save the file as UTF-8")]
    return read_text(text, name, json=json)
