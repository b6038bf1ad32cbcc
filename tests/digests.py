"""What the files of a brief hold, as digests, to be compared between surroundings and Pythons.

    python tests/digests.py [SECONDS]

prints JSON for the sample brief, made by the interpreter that runs this, with the clock set on by SECONDS.
"""

import hashlib
import io
import json
import re
import sys
import time
import zipfile
import zlib
from pathlib import Path

_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_OF_THE_PACKING = re.compile(rb"/Length \d+|/ID\[[^\]]*\]|startxref\n\d+")
FORMATS = ("pdf", "docx", "xlsx")


def set_clock_on(seconds: float) -> None:
    """Let every clock of this process that Python code can read be `seconds` ahead."""
    real, gmtime, localtime = time.time, time.gmtime, time.localtime
    time.time = lambda: real() + seconds
    time.time_ns = lambda: int((real() + seconds) * 1e9)
    time.gmtime = lambda at=None: gmtime(real() + seconds if at is None else at)
    time.localtime = lambda at=None: localtime(real() + seconds if at is None else at)


def digests() -> dict[str, dict[str, str]]:
    """Of each format: the digest of the file and that of its content, unpacked."""
    sys.path.insert(0, str(Path(__file__).parent))
    from builders import sample_brief
    from moitt_report.pipeline.renderers import RENDERERS

    found = {}
    for name in FORMATS:
        data = RENDERERS[name](sample_brief(), None)
        found[name] = {"bytes": _digest(data), "content": _digest(unpacked(data))}
    return found


def unpacked(data: bytes) -> bytes:
    """All that `data` says, whatever build of zlib packed it."""
    if not data.startswith(b"%PDF"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return b"".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
    return _OF_THE_PACKING.sub(b"", _STREAM.sub(_opened, data))


def _opened(found: re.Match[bytes]) -> bytes:
    try:
        words = zlib.decompress(found[1])
    except zlib.error:
        return found[1]  # metadata, which are never packed
    # The table of places says where each object begins, which follows from the packing.
    return b"" if b"/Type/XRef" in found.string[max(0, found.start() - 300) : found.start()] else words


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    set_clock_on(float(sys.argv[1]) if len(sys.argv) > 1 else 0)
    made = {"python": sys.version.split()[0], "zlib": zlib.ZLIB_RUNTIME_VERSION, "files": digests()}
    sys.stdout.write(json.dumps(made))
