"""Parts to a package of Office Open XML, the same bytes each time: neither clock nor machine gets in."""

import io
import zipfile
from collections.abc import Iterator, Mapping

CONTENT_TYPES = "[Content_Types].xml"
"""The part that says of what type each other part is; readers look for it first."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold."""


def rezipped(data: bytes, *, packed: bool = True) -> bytes:
    """The zip `data` with nothing in it of the clock or the system it was made on."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return zipped({name: made.read(name) for name in made.namelist()}, packed=packed)


def zipped(parts: Mapping[str, bytes | Iterator[bytes]], *, packed: bool = True) -> bytes:
    """The parts, whole or in pieces, as a zip with fixed dates: content types first, the rest by name.

    What is not `packed` lies open, to be packed with what it is put into.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in [CONTENT_TYPES, *sorted(parts.keys() - {CONTENT_TYPES})]:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            part = parts[name]
            with archive.open(info, "w") as opened:
                opened.writelines([part] if isinstance(part, bytes) else part)
    return out.getvalue()
