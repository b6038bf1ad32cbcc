"""The sources of a brief, numbered S1, S2 … in the order of first use, with what was taken from each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from moitt_report.brief import wording
from moitt_report.brief.content import NoteRef, Runs
from moitt_report.model.source import Source


class Published(NamedTuple):
    """A figure as its source printed it: the id of the fact, and the words."""

    fact: str
    words: str


@dataclass(slots=True)
class Cited:
    """A source that a figure of the brief comes from, as the list of sources will show it."""

    source: Source
    number: str
    """S1, S2 …, in the order of first use."""
    what: list[str]
    """What was taken from it."""
    published: list[Published]
    """The figures taken from it."""


class Citations:
    """Gives each source its number when it is first cited."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._known = {source.id: source for source in sources}
        self._listed: dict[str, Cited] = {}

    @property
    def listed(self) -> tuple[Cited, ...]:
        """All sources used so far, in the order of their numbers."""
        return tuple(self._listed.values())

    def cite(self, id: str, what: str = "", published: Published | None = None) -> NoteRef:
        """The reference to the source with this id, which gets its number at first use.

        `what` and `published` are added to what the list of sources says of it. Raises `KeyError` for an unknown id.
        """
        source = self._known[id]
        key = source.url or id
        entry = self._listed.get(key)
        if entry is None:
            entry = self._listed[key] = Cited(source, f"S{len(self._listed) + 1}", [], [])
        if what and what not in entry.what:
            entry.what.append(what)
        if published and published not in entry.published:
            entry.published.append(published)
        return NoteRef(words=entry.number)

    def cite_all(self, ids: Iterable[str]) -> Runs:
        """References in the order of their numbers: `S1, S2`."""
        numbers = sorted({self.cite(id).words for id in ids}, key=lambda n: int(n[1:]))
        return wording.joined([(NoteRef(words=n),) for n in numbers], ", ", ", ")
