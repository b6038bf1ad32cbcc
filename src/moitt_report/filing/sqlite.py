"""The register as one SQLite file: the standard library's, write-ahead log, synced at every commit.

The write-ahead log needs a disk of this machine. Offices that share a register over a network use PostgreSQL.
"""

import os
import sqlite3
import time
from contextlib import ExitStack
from pathlib import Path

from moitt_report.errors import InputError, MoittReportError, OutputError, Problem, UsageError
from moitt_report.filing.folder import make_folder
from moitt_report.filing.register import FilingRegister

_OURS = 0x4D495452
"""Marks the file as a register of filings ("MITR"); SQLite calls it the application id."""

_PATIENCE = 60.0
"""Seconds to wait for another filing to end."""
_PAUSE = 0.02

_SCHEMA = (
    """CREATE TABLE moitt_report_filings (
        number INTEGER PRIMARY KEY,
        filed_at TEXT NOT NULL,
        filed_by TEXT NOT NULL,
        agency TEXT NOT NULL,
        period TEXT NOT NULL,
        sent_as TEXT NOT NULL,
        suffix TEXT NOT NULL,
        digest TEXT NOT NULL,
        problems TEXT NOT NULL,
        supersedes INTEGER UNIQUE REFERENCES moitt_report_filings,
        previous TEXT NOT NULL UNIQUE,
        link TEXT NOT NULL,
        content BLOB NOT NULL
    ) STRICT""",
    # INSERT OR REPLACE deletes without asking the trigger on DELETE: it is stopped here.
    """CREATE TRIGGER filings_follow_one_another BEFORE INSERT ON moitt_report_filings
        WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM moitt_report_filings)
        BEGIN SELECT RAISE(ABORT, 'filings follow one another'); END""",
    """CREATE TRIGGER filings_are_not_changed BEFORE UPDATE ON moitt_report_filings
        BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END""",
    """CREATE TRIGGER filings_are_not_removed BEFORE DELETE ON moitt_report_filings
        BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END""",
    f"PRAGMA application_id = {_OURS}",
)


def open_sqlite(path: Path, *, writable: bool) -> FilingRegister:
    """The register at `path`; a writable one is made when it is not there.

    Raises `UsageError` when there is none to read or the file is no register, `OutputError` when
    it cannot be opened.
    """
    name = str(path)
    if not writable and not path.is_file():
        raise UsageError(
            f"there is no register of filings at {name}; name its folder with --in or the register with "
            "--register; the first “moitt-report file” makes it"
        )
    try:
        list(make_folder(path.parent))
        connection = sqlite3.connect(_uri(path, writable), timeout=_PATIENCE, isolation_level=None, uri=True)
        with ExitStack() as opened:
            opened.callback(connection.close)
            _prepare(connection, name, writable=writable)
            opened.pop_all()
    except OSError as fault:
        raise OutputError(f"{path.parent} cannot be made: {fault.strerror}; nothing was filed") from None
    except sqlite3.Error as fault:
        raise _explain(fault, name) from fault
    return FilingRegister(
        connection, name, begin=("BEGIN IMMEDIATE",), mark="?", faults=sqlite3.Error, explain=_explain
    )


def _uri(path: Path, writable: bool) -> str:
    whole = path.absolute().as_uri()
    if writable:
        return f"{whole}?mode=rwc"
    # Readers of a write-ahead log write an index beside it. Where they may not, and no log is left
    # to be read, the file is all there is.
    log = path.with_name(f"{path.name}-wal")
    if not os.access(path.parent, os.W_OK) and not log.exists():
        return f"{whole}?mode=ro&immutable=1"
    return f"{whole}?mode=ro"


def _prepare(connection: sqlite3.Connection, name: str, *, writable: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    made = _is_ours(connection, name)
    if not writable:
        if not made:
            raise UsageError(f"{name} holds no register of filings yet; “moitt-report file” makes it")
        return
    if not made:
        # Two first filings may come at once: one of them makes the schema, in one piece.
        connection.execute("BEGIN IMMEDIATE")
        if not _is_ours(connection, name):
            for statement in _SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")
    _write_ahead(connection, name)


def _is_ours(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the register has been made; False for an empty file. Raises `UsageError` for another's file."""
    # Asked in this order: what is made between the two questions is made with its mark.
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if tables and mark != _OURS:
        raise UsageError(
            f"{name} is a database of something else; name the register of filings with --register"
        )
    return bool(tables)


def _write_ahead(connection: sqlite3.Connection, name: str) -> None:
    """Keep a write-ahead log. For this one statement SQLite does not wait for others by itself."""
    mode = ""
    for left in reversed(range(int(_PATIENCE / _PAUSE))):
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as fault:
            if not left or fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE)
    if mode != "wal":
        raise OutputError(
            f"{name}: this disk cannot keep a write-ahead log; choose a folder of this machine with "
            "--register, or a PostgreSQL server"
        )


def _explain(fault: Exception, name: str) -> MoittReportError:
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return UsageError(f"{name} is not a register of filings; name it with --register")
    if code == sqlite3.SQLITE_CORRUPT:
        return InputError([Problem(name, "the register is damaged", "put a sound copy in its place")])
    if code == sqlite3.SQLITE_BUSY:
        return OutputError(f"{name}: another filing has held the register for too long; try again")
    return OutputError(
        f"the register {name} cannot be used: {fault}; what this command did not call filed is not filed"
    )
