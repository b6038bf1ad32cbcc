"""JSON read with line numbers, numbers kept as their text. The standard library's reader has neither."""

import json
import re
from collections.abc import Iterator
from typing import Literal

_TOKEN = re.compile(
    r'[ \t\r\n]*(?:(?P<mark>[{}\[\]:,])|(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")'
    r"|(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<word>true|false|null))"
)
_END = re.compile(r"[ \t\r\n]*")

Kind = Literal["scalar", "items", "fields", "end"]
"""A value, the begin of a list, the begin of a group of named values, or the end of either."""
Step = tuple[Kind, int, str | None]
"""What comes next, its line, and the text of a scalar; None for null."""


class JsonError(Exception):
    """What is wrong, and in which line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line, self.what = line, what


def scan_json(text: str) -> Iterator[Step]:
    """The values of a JSON document in order: scalars as text, begins and ends of collections.

    Raises `JsonError` where the text is not JSON (RFC 8259).
    """
    tokens = _Tokens(text)
    yield from _value(tokens)
    tokens.finish()


class _Tokens:
    """The tokens of a text, with the line of the latest."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1

    def take(self) -> tuple[str, str]:
        """Kind and text of the next token."""
        found = _TOKEN.match(self.text, self.at)
        if found is None or found.lastgroup is None:
            start = _END.match(self.text, self.at)
            self._advance(start.end() if start else self.at)
            raise self.fault(self._unreadable())
        self._advance(found.start(found.lastgroup))
        self.at = found.end()
        return found.lastgroup, found[found.lastgroup]

    def _unreadable(self) -> str:
        """What is wrong where no token begins."""
        rest = self.text[self.at : self.at + 40]
        if not rest:
            return "the file ends before all brackets are closed"
        if rest[0] == '"':
            return "a text that begins here does not end in its line"
        word = re.match(r".[^\s,:{}\[\]]*", rest)
        return f"“{word[0] if word else rest[0]}” cannot stand here"

    def expect(self, *marks: str) -> str:
        """The next token, which must be one of `marks`."""
        _, token = self.take()
        if token not in marks:
            raise self.fault(f"expected {' or '.join(marks)}, found {token[:40]}")
        return token

    def peek(self) -> str:
        """The first character of the next token."""
        found = _TOKEN.match(self.text, self.at)
        return found[found.lastgroup][0] if found and found.lastgroup else ""

    def finish(self) -> None:
        """Refuse anything after the document."""
        end = _END.match(self.text, self.at)
        if end and end.end() != len(self.text):
            self._advance(end.end())
            raise self.fault("text after the end of the document")

    def fault(self, what: str) -> JsonError:
        """A fault at the latest token."""
        return JsonError(self.line, what)

    def _advance(self, to: int) -> None:
        self.line += self.text.count("\n", self.at, to)
        self.at = to


def _value(tokens: _Tokens) -> Iterator[Step]:
    kind, token = tokens.take()
    line = tokens.line
    if token == "{":
        yield "fields", line, None
        yield from _members(tokens)
    elif token == "[":
        yield "items", line, None
        yield from _elements(tokens)
    elif kind == "text":
        yield "scalar", line, _unquote(token, tokens)
    elif kind == "mark":
        raise tokens.fault(f"expected a value, found {token}")
    else:
        yield "scalar", line, None if token == "null" else token


def _members(tokens: _Tokens) -> Iterator[Step]:
    if tokens.peek() == "}":
        tokens.take()
    else:
        while True:
            kind, token = tokens.take()
            if kind != "text":
                raise tokens.fault(f"expected a name in quotation marks, found {token[:40]}")
            yield "scalar", tokens.line, _unquote(token, tokens)
            tokens.expect(":")
            yield from _value(tokens)
            if tokens.expect(",", "}") == "}":
                break
    yield "end", tokens.line, None


def _elements(tokens: _Tokens) -> Iterator[Step]:
    if tokens.peek() == "]":
        tokens.take()
    else:
        while True:
            yield from _value(tokens)
            if tokens.expect(",", "]") == "]":
                break
    yield "end", tokens.line, None


def _unquote(token: str, tokens: _Tokens) -> str:
    try:
        words: str = json.loads(token)
    except ValueError:
        raise tokens.fault(f"a broken escape in {token[:40]}") from None
    return words
