"""Writing: all files or none."""

import errno
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from moitt_report.errors import OutputError


def write_all(files: Sequence[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """All files or none: each is written under a temporary name first, then all are put in their places.

    Where one cannot be put there, the others are put back as they were. Raises `OutputError`, which names it.
    """
    waiting: list[tuple[Path, Path]] = []
    aside: dict[Path, Path] = {}
    done: list[Path] = []
    about = Path()
    try:
        for path, data in files:
            about = path
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_written(path, data), path))
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder stands at its place")
            if len(files) > 1 and path.exists():
                aside[path] = _written(path, path.read_bytes())
        for temporary, path in waiting:
            about = path
            os.replace(temporary, path)
            done.append(path)
    except OSError as fault:
        lost = [(path, aside.pop(path, None)) for path in done if not _put_back(path, aside.get(path))]
        raise OutputError(
            f"{about} cannot be written: {fault.strerror or fault}; "
            "close the file if it is open elsewhere, or choose another folder with --out"
            + "".join(
                f"; {path} is the new one by now" + (f", the one before is in {old}" if old else "")
                for path, old in lost
            )
        ) from None
    finally:
        for temporary in (*(one for one, _ in waiting), *aside.values()):
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(path for path, _ in files)


def _put_back(path: Path, before: Path | None) -> bool:
    """Put what stood at `path` before there again; whether it could be done."""
    try:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            os.replace(before, path)
    except OSError:
        return False
    return True


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
