"""The brief that travels in a PDF of ours, read with care.

A PDF that comes from outside may be anything. This reads one thing only, the attached `brief.json`: each
embedded file is a stream of its own, also after a signature was added or the file was packed anew. Nothing
else is parsed, no reference is followed, and nothing is unpacked beyond `MOST_JSON`.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator

from moitt_report.errors import InputError, Problem

MOST_FILE = 256 * 1024 * 1024
"""The largest file that is looked into, in bytes."""

MOST_JSON = 32 * 1024 * 1024
"""What one attachment may come to when it is unpacked."""

MOST_ATTACHED = 2000
"""The most attachments that are looked at; a long brief has some hundred."""

_MARK = b"/EmbeddedFile"
_REACH = 2000
"""How far from its mark the dictionary of a stream may reach, in bytes."""
_FORMAT = re.compile(rb'\s*\{\s*"format"\s*:\s*"moitt-report/brief/')
_STREAM = re.compile(rb">>\s*stream\r?\n")
_DIGEST = re.compile(rb"<moitt:dataDigest>([0-9a-f]{64})</moitt:dataDigest>")
_SEND_AGAIN = "give the file as moitt-report made it, the Word file, or the brief as JSON"


def carried_json(data: bytes, where: str) -> bytes:
    """The JSON of the brief attached to the PDF `data`; `where` names the file in problems.

    Raises `InputError` when there is none, when there are two, when it is not the one that the file says
    it was made with, and when it is not safe to unpack.
    """
    if len(data) > MOST_FILE:
        raise _refusal(where, f"is larger than {MOST_FILE // 1024**2} MB")
    if b"%PDF-" not in data[:1024]:
        raise _refusal(where, "is not a PDF file")
    briefs = {one for one in _attached(data, where) if _FORMAT.match(one)}
    if not briefs:
        what = "carries no brief: it was not made by moitt-report, or a program removed its attachments"
        raise _refusal(where, what)
    if len(briefs) > 1:
        raise _refusal(where, "carries two briefs that differ")
    brief = briefs.pop()
    digests = set(_DIGEST.findall(data))
    if digests and hashlib.sha256(brief).hexdigest().encode() not in digests:
        raise _refusal(where, "carries a brief that is not the one it was made with")
    return brief


def _attached(data: bytes, where: str) -> Iterator[bytes]:
    """Each attachment that begins like JSON, unpacked."""
    at = data.find(_MARK)
    for _ in range(MOST_ATTACHED):
        if at < 0:
            return
        start = _STREAM.search(data, at, at + _REACH)
        if start is not None:
            head = data[max(data.rfind(b"obj", max(0, at - _REACH), at), 0) : start.start()]
            if b"FlateDecode" in head:
                yield _unpacked(data, start.end(), where)
        at = data.find(_MARK, at + len(_MARK))
    raise _refusal(where, f"has more than {MOST_ATTACHED} attachments")


def _unpacked(data: bytes, start: int, where: str) -> bytes:
    """The stream that begins at `start`; an empty one when it is no sound stream or no JSON."""
    inflater = zlib.decompressobj()
    window = memoryview(data)[start:]
    try:
        first = inflater.decompress(window[:4096], 4096)
        if not first.lstrip().startswith(b"{"):
            return b""
        rest = inflater.decompress(inflater.unconsumed_tail + bytes(window[4096:]), MOST_JSON)
    except zlib.error:
        return b""
    if not inflater.eof and len(rest) >= MOST_JSON:
        raise _refusal(where, "is not safe to read: an attachment unpacks to an absurd size")
    return first + rest if inflater.eof else b""


def _refusal(where: str, what: str) -> InputError:
    return InputError([Problem(where, what, _SEND_AGAIN)])
