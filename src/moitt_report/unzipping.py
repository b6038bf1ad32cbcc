"""What can go wrong where a zip archive from outside is opened or a part of it unpacked."""

import zipfile
import zlib

UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of packing that is not known here
    OSError,
    RuntimeError,  # encrypted
    ValueError,
)
"""All that the standard library raises over an archive that is damaged, encrypted, or none at all."""
