"""Files that the user names, whatever they hold: bytes, text, a theme."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from moitt_report.errors import InputError, Problem, UsageError

if TYPE_CHECKING:
    from moitt_report.render.theme import Theme

Input = str | os.PathLike[str]
"""What the user names: the path of a file or folder, or the name of something built in."""


def bytes_of(path: Path) -> bytes:
    """The bytes of the file at `path`, which the user named.

    Raises `UsageError` where there is none, `InputError` where it cannot be read.
    """
    if not path.is_file():
        raise UsageError(f"there is no file “{path}”")
    try:
        return path.read_bytes()
    except OSError as fault:
        raise InputError(
            [Problem(path.name, f"cannot be read: {fault.strerror}", "check the file")]
        ) from None


def text_of(path: Path) -> str:
    """The text of the file at `path`, which the user named. Raises `InputError` where it is not UTF-8 text."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(
            [Problem(path.name, f"cannot be read as UTF-8 text: {fault}", "check the file")]
        ) from None


def load_theme(given: Input | None) -> "Theme":
    """A theme by the path of its file; the built-in one when none is given.

    Raises `UsageError` where there is no such file, `InputError` with every fault in it.
    """
    from moitt_report.render.theme import default_theme, read_theme  # noqa: PLC0415  a check needs none of it

    if given is None:
        return default_theme()
    path = Path(given)
    if not path.is_file():
        raise UsageError(
            f"there is no theme file “{given}”; save the built-in one with “moitt-report show theme” and change it"
        )
    return read_theme(text_of(path), path.name)
