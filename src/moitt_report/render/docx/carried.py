"""The brief itself, travelling in the Word file, so that the file can be checked and made anew from itself.

It is its JSON in custom XML parts. Each stays below the size at which ONLYOFFICE begins to fail
(`bound.MOST_BYTES`), so a long brief comes in pieces. A brief of more than `MOST_JSON` is not carried:
Word for the web stops reading custom XML, and then the properties too, at 1 MB. The digest in the
properties of the file always says which brief it is.
"""

import hashlib
import re
import uuid
from collections.abc import Iterator

from msgspec import Struct

from moitt_report.render.docx.bound import MOST_BYTES
from moitt_report.render.docx.markup import DECLARATION, escape
from moitt_report.render.docx.opened import Opened

SPACE = "urn:moitt-report:brief:1"
"""The namespace of the pieces."""

MOST_JSON = 900_000
"""The longest JSON, in bytes, that travels in the file."""

_ROOM = MOST_BYTES - 256
"""What a piece holds besides its root element."""

_LONGEST_REFERENCE = len("&amp;")
_ITEM = re.compile(r"customXml/item\d+\.xml")
_GIVE = "give the file as moitt-report made it, the PDF, or the brief as JSON"


def pieces(json: str, digest: str) -> list[bytes]:
    """The parts that carry `json`, in order; none when it is too long to travel."""
    if len(json) > MOST_JSON or len(json.encode()) > MOST_JSON:
        return []
    texts = list(_cut(json))
    return [
        (
            f'{DECLARATION}<brief xmlns="{SPACE}" digest="{digest}" piece="{n}" pieces="{len(texts)}">'
            f"{text}</brief>"
        ).encode()
        for n, text in enumerate(texts, 1)
    ]


def _cut(json: str) -> Iterator[str]:
    """`json` as XML text in pieces that fit; no letter and no character reference is ever cut in two."""
    data = escape(json).replace("&quot;", '"').encode()
    start = 0
    while len(data) - start > _ROOM:
        end = start + _ROOM
        while data[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        reference = data.rfind(b"&", end - _LONGEST_REFERENCE + 1, end)
        if reference >= 0 and b";" not in data[reference:end]:
            end = reference
        yield data[start:end].decode()
        start = end
    yield data[start:].decode()


def store_id(digest: str, number: int) -> str:
    """A name for the custom part `number`, made from the digest: neither clock nor chance."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:moitt-report:{digest}:{number}')}}}".upper()


class _Piece(Struct, frozen=True):
    """One piece as it was read, and what it says of the whole."""

    digest: str
    of: str
    """How many pieces there are."""
    text: str


def carried_json(file: Opened) -> str:
    """The JSON of the brief that travels in the Word file.

    Raises `InputError` when there is none, or when it is not whole.
    """
    found: dict[int, _Piece] = {}
    for name in file.names:
        if _ITEM.fullmatch(name):
            root = file.xml(name)
            if root.tag == f"{{{SPACE}}}brief" and (number := root.get("piece", "")).isdecimal():
                piece = _Piece(root.get("digest", ""), root.get("pieces", ""), "".join(root.itertext()))
                if found.setdefault(int(number), piece) != piece:
                    raise file.refusal("carries a brief twice", _GIVE)
    if not found:
        raise file.refusal(
            "carries no brief: it was not made by moitt-report, its brief was too long to travel, "
            "or a program removed it",
            _GIVE,
        )
    json = "".join(found[number].text for number in sorted(found))
    digest = hashlib.sha256(json.encode()).hexdigest()
    if any((piece.digest, piece.of) != (digest, str(len(found))) for piece in found.values()):
        raise file.refusal("carries a brief that is not whole, or was altered", _GIVE)
    return json
