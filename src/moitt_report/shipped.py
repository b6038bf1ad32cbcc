"""Where the files that travel with the package are: beside the code in an installed copy, at the top
of the tree in a checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent
_HOME = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parents[1]


def shipped(folder: Literal["data", "templates"], *names: str) -> Path:
    """The path of a shipped file or folder."""
    return _HOME.joinpath(folder, *names)
