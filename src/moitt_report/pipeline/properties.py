"""What an Office file says of its stage in its properties. Apart, since a brief in JSON needs no archive."""

import io
import re
import zipfile
from contextlib import suppress

from moitt_report.unzipping import UNSOUND

_LONGEST = 1024 * 1024
_IN_CORE = re.compile(rb"<(?:\w+:)?contentStatus>([^<]{1,40})<")
_IN_CUSTOM = re.compile(rb"name=\"Stage\"[^>]*>\s*<vt:lpwstr>([^<]{1,40})<")


def stages_in(data: bytes) -> list[bytes]:
    """The stages that the properties of the Word file or workbook `data` name; none of a file that is damaged."""
    found: list[bytes] = []
    with suppress(*UNSOUND), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, words in (("docProps/core.xml", _IN_CORE), ("docProps/custom.xml", _IN_CUSTOM)):
            if name in archive.namelist() and archive.getinfo(name).file_size <= _LONGEST:
                found += words.findall(archive.read(name))
    return found
