"""Pieces of PDF syntax, written as they stand in the file."""

import zlib
from codecs import utf_16_be_encode
from typing import Any

from reportlab.pdfbase import pdfdoc

ESCAPED = {ord("\\"): "\\\\", ord("("): "\\(", ord(")"): "\\)"}
"""Characters that would end a string or change it, and what stands for them."""


_EFFORT = 3
"""Of the packing: two steps up it takes two thirds longer, to save a tenth."""


def text_string(words: str) -> str:
    """`words` as a text string: ASCII as it is, all else in UTF-16 (ISO 32000-1, 7.9.2.2)."""
    if words.isascii():
        return f"({words.translate(ESCAPED)})"
    return f"<FEFF{utf_16_be_encode(words)[0].hex()}>"


class Ready(pdfdoc.PDFObject):
    """An object of its own whose syntax needs nothing more than the numbers of those it refers to."""

    __RefOnly__ = 1

    def __init__(self, *parts: Any) -> None:
        self._parts = parts

    def format(self, document: Any) -> bytes:
        """The object as it stands in the file."""
        return b"".join(
            part.encode("latin-1") if isinstance(part, str) else pdfdoc.format(part, document)
            for part in self._parts
        )


class Stream(pdfdoc.PDFObject):
    """A stream that holds its data packed from the start; but metadata stay as they are, for archives."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, entries: str = "", *, pack: bool = True) -> None:
        self._data = packed(data) if pack else data
        self._entries = (entries + "/Filter/FlateDecode" * pack).encode()

    def format(self, _document: Any) -> bytes:
        """The object as it stands in the file."""
        return stream(self._entries, self._data)


def packed(data: bytes) -> bytes:
    """`data` as the filter FlateDecode reads it."""
    return zlib.compress(data, _EFFORT)


def stream(entries: bytes, data: bytes) -> bytes:
    """The syntax of a stream, with the end of line before its end that archives want."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)
