"""The one shape in which values come out of files, whatever the format, each with its address."""

from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """One value as the text that stood there; None where the file has an empty value.

    There are very many: a named tuple is made sooner than a frozen class.
    """

    text: str | None
    where: str
    told: bool = False
    """Whether what is wrong with it has been said already, so that nobody says it twice."""


@dataclass(frozen=True, slots=True)
class Items:
    """Values in order."""

    values: tuple["Tree", ...]
    where: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Values by name; `keys` gives the address of each name."""

    values: dict[str, "Tree"]
    keys: dict[str, str]
    where: str


Tree = Cell | Items | Fields
