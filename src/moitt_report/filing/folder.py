"""The folder of one period as the register wants it: the returns in force, and those they superseded.

`returns/2024-25-Q3/pseb.xlsx` is in force and is what a brief is built from;
`returns/2024-25-Q3/superseded/pseb-3.xlsx` was filing 3. All names are made of ids of the registers; the name of
a file that was sent in is never part of a path.

Files are changed by rename only, each written beside its place and synced first: at any moment a name holds one
whole return or another. A file that the register does not know is never overwritten.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from moitt_report.filing.record import Filing, superseded_by

SUPERSEDED = "superseded"
_PART = ".filing"
"""The end of temporary names; nothing reads such a file as a return."""


def layout(filings: Iterable[Filing]) -> dict[str, Filing]:
    """The files that should stand in the folder of one period, by their names in it; superseded ones first."""
    filings = tuple(filings)
    old = superseded_by(filings)
    names = {
        f"{SUPERSEDED}/{f.agency}-{f.number}{f.suffix}" if f.number in old else f"{f.agency}{f.suffix}": f
        for f in filings
    }
    return dict(sorted(names.items(), key=lambda item: (not item[0].startswith(SUPERSEDED), item[0])))


class PeriodFolder:
    """The folder of one period, beside the filings for it."""

    def __init__(self, path: Path, filings: Sequence[Filing]) -> None:
        self.path = path
        self.wanted = layout(filings)
        """The file names that should stand here, each with its filing."""
        self._known = {(f.agency, f.digest) for f in filings}
        self._made: list[Path] = []
        self._prepared: list[Path] = []

    def missing(self) -> list[str]:
        """Names at which nothing stands, or an earlier return of the same agency: a filing was cut off."""
        return [name for name, filing in self.wanted.items() if self._state(name, filing) == "missing"]

    def changed(self) -> list[str]:
        """Names at which a file stands that was never filed: put there or changed by hand."""
        return [name for name, filing in self.wanted.items() if self._state(name, filing) == "changed"]

    def left(self) -> list[str]:
        """Returns that were in force in another format and are kept among the superseded ones by now."""
        agencies = {f.agency for f in self.wanted.values()}
        return [
            file.name
            for file in (sorted(self.path.iterdir()) if self.path.is_dir() else ())
            if file.stem in agencies
            and file.name not in self.wanted
            and (file.stem, digest_of(file)) in self._known
        ]

    def prepare(self, content: Callable[[Filing], bytes]) -> None:
        """Write what is missing under temporary names: all of it, or none. Raises `OSError`."""
        try:
            for name in self.missing():
                part, filing = _part(self.path / name), self.wanted[name]
                if digest_of(part) == filing.digest:  # of a filing that is not settled yet
                    continue
                self._made += make_folder(part.parent)
                self._prepared.append(part)
                _write(part, content(filing))
        except BaseException:
            self.undo()
            raise

    def undo(self) -> None:
        """Take back what was prepared here, and nothing of another filing. Done again, it does nothing."""
        for part in self._prepared:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        self._prepared.clear()
        for folder in reversed(self._made):
            with suppress(OSError):  # another filing may have begun to use it
                folder.rmdir()
        self._made.clear()

    def settle(self, content: Callable[[Filing], bytes]) -> None:
        """Put everything in its place, superseded returns first. What was prepared needs no more room."""
        for name in self.missing():
            file, filing = self.path / name, self.wanted[name]
            self._made += make_folder(file.parent)
            if digest_of(_part(file)) != filing.digest:
                _write(_part(file), content(filing))
            os.replace(_part(file), file)
            sync_folder(file.parent)
        for name in self.left():
            (self.path / name).unlink()
        self._clear()

    def _clear(self) -> None:
        """Remove temporary files, also those of a filing that was cut off."""
        for folder in (self.path, self.path / SUPERSEDED):
            for file in folder.glob(f".*{_PART}"):
                with suppress(OSError):
                    file.unlink(missing_ok=True)

    def _state(self, name: str, filing: Filing) -> str:
        file = self.path / name
        found = digest_of(file)
        if found == filing.digest:
            return "right"
        if found is None:
            return "missing"
        in_force = not name.startswith(SUPERSEDED)
        return "missing" if in_force and (filing.agency, found) in self._known else "changed"


def digest_of(file: Path) -> str | None:
    """The SHA-256 of a file; None when there is none. A link or a folder is a file that nobody filed."""
    if file.is_symlink() or file.is_dir():
        return "not a file"
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def make_folder(folder: Path) -> Iterator[Path]:
    """Make `folder` with those above it, for good; gives the ones made, outermost first."""
    for one in (*reversed(folder.parents), folder):
        if not one.is_dir():
            one.mkdir(exist_ok=True)
            yield one
            sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last through a loss of power. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}{_PART}")


def _write(file: Path, content: bytes) -> None:
    """A new file, never through a link that stands at its name."""
    file.unlink(missing_ok=True)
    with file.open("xb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
