"""How files are read: the limits, each of which can be raised, and what a file does not say of itself."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moitt_report.errors import UsageError


@dataclass(frozen=True, slots=True)
class Manner:
    """Limits on what is opened, so that no file can hold the machine; and the encoding of CSV files.

    A usual return has fewer than 3,000 cells; the limits stand far above it and far below what hurts.
    """

    file_bytes: int = 5_000_000
    """The largest workbook or CSV file."""
    text_bytes: int = 250_000
    """The largest file of YAML or JSON."""
    unpacked_bytes: int = 12_000_000
    """The largest workbook when its archive is unpacked."""
    members: int = 300
    """The most parts in the archive of a workbook."""
    ratio: int = 400
    """How many times larger than packed one part of a workbook may be, above 100,000 bytes."""
    elements: int = 150_000
    """The most XML elements in a workbook."""
    cells: int = 20_000
    """The most filled cells in a workbook or CSV file."""
    rows: int = 5_000
    """The last row of a sheet in which a cell may stand."""
    columns: int = 200
    """The last column of a sheet in which a cell may stand."""
    cell_characters: int = 5_000
    """The longest text in a cell."""
    encoding: str | None = None
    """The encoding of CSV files that are neither UTF-8 nor begin with a byte-order mark."""


def raised(manner: Manner, limits: Mapping[str, str]) -> Manner:
    """`manner` with other limits, by name. Raises `UsageError` for a name or value that is none."""
    known = [f.name for f in dataclasses.fields(Manner) if f.name != "encoding"]
    for name, value in limits.items():
        if name not in known:
            raise UsageError(f"there is no limit “{name}”; the limits are {', '.join(known)}")
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= 10**12):
            raise UsageError(f"the limit “{name}” must be a whole number above zero")
    changes: dict[str, Any] = {name: int(value) for name, value in limits.items()}
    return dataclasses.replace(manner, **changes)


def with_encoding(manner: Manner, name: str | None) -> Manner:
    """`manner` with the encoding of CSV files. Raises `UsageError` for a name that is none of text."""
    if name is None:
        return manner
    try:
        "".encode(name)
        b"".decode(name)
    except (LookupError, ValueError, AttributeError, TypeError):
        raise UsageError(f"“{name}” is not the name of an encoding such as cp1252 or cp1256") from None
    return dataclasses.replace(manner, encoding=name)
