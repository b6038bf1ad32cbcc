"""Writing: all files or none."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from moitt_report.errors import OutputError


def write_all(files: Sequence[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """All files or none: each is written under a temporary name first, then all are renamed."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_written(path, data), path))
        for temporary, path in waiting:
            os.replace(temporary, path)
    except OSError as fault:
        raise OutputError(
            f"{fault.filename or 'the output'} cannot be written: {fault.strerror}; "
            "close the file if it is open elsewhere, or choose another folder with --out"
        ) from None
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return tuple(path for path, _ in files)


def _written(path: Path, data: bytes) -> Path:
    """A temporary file beside `path` with `data`, safely on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if hasattr(os, "umask"):
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    return Path(name)
