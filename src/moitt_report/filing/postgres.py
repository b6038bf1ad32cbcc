"""The register in a PostgreSQL database, for offices that file over a network: the extra `moitt-report[postgres]`.

A role that files needs SELECT and INSERT on the table, and the right to make it only the first time.
"""

from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from moitt_report.errors import MoittReportError, OutputError, UsageError
from moitt_report.filing.register import TABLE, FilingRegister

if TYPE_CHECKING:
    import psycopg

_LOCK = 0x4D495452
"""The number of the lock that writers take in turn; the same for all who file into one database."""

_UNREADABLE = (
    "the URL of the register cannot be read; write postgresql://USER@SERVER:PORT/DATABASE, "
    "and signs such as % and @ inside a part as %25 and %40"
)

_BEGIN = (
    "BEGIN",
    "SET LOCAL synchronous_commit = on",
    "SET LOCAL lock_timeout = '60s'",
    f"SELECT pg_advisory_xact_lock({_LOCK})",
)

_SCHEMA = (
    """CREATE TABLE moitt_report_filings (
        number bigint PRIMARY KEY,
        filed_at text NOT NULL,
        filed_by text NOT NULL,
        agency text NOT NULL,
        period text NOT NULL,
        sent_as text NOT NULL,
        suffix text NOT NULL,
        digest text NOT NULL,
        problems text NOT NULL,
        supersedes bigint UNIQUE REFERENCES moitt_report_filings,
        previous text NOT NULL UNIQUE,
        link text NOT NULL,
        content bytea NOT NULL
    )""",
    """CREATE FUNCTION moitt_report_filings_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the register is append-only'; END $$""",
    """CREATE TRIGGER filings_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON moitt_report_filings
        FOR EACH STATEMENT EXECUTE FUNCTION moitt_report_filings_append_only()""",
)


def open_postgres(url: str, *, writable: bool) -> FilingRegister:
    """The register in the database at `url`; a writable one is made when it is not there.

    Raises `UsageError` when psycopg is not installed or there is no register to read, `OutputError`
    when the server cannot be reached.
    """
    try:
        import psycopg  # noqa: PLC0415  an extra
    except ImportError:
        raise UsageError(
            'a register in PostgreSQL needs a further package: pip install "moitt-report[postgres]"'
        ) from None
    name = _name(url)
    try:
        connection = psycopg.connect(_sound(url), autocommit=True, connect_timeout=10)
        with ExitStack() as opened:
            opened.callback(connection.close)
            _prepare(connection, name, writable=writable)
            opened.pop_all()
    except psycopg.Error as fault:
        raise _explain(fault, name) from None
    return FilingRegister(connection, name, begin=_BEGIN, mark="%s", faults=psycopg.Error, explain=_explain)


def _sound(url: str) -> str:
    """`url` when it can be read. What psycopg says of one that cannot may quote the password."""
    import psycopg.conninfo  # noqa: PLC0415  an extra

    try:
        psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise UsageError(_UNREADABLE) from None
    return url


def _prepare(connection: "psycopg.Connection", name: str, *, writable: bool) -> None:
    if not _is_made(connection):
        if not writable:
            raise UsageError(f"{name} holds no register of filings yet; “moitt-report file” makes it")
        _make(connection)
    if not writable:
        connection.execute("SET default_transaction_read_only = on")


def _is_made(connection: "psycopg.Connection") -> bool:
    # Not `to_regclass`: it may remember that there was no table before another connection made it.
    rows = connection.execute(
        "SELECT FROM pg_catalog.pg_tables WHERE tablename = %s AND schemaname = ANY (current_schemas(false))",
        (TABLE,),
    )
    return rows.fetchone() is not None


def _make(connection: "psycopg.Connection") -> None:
    """Two first filings may come at once: one of them makes the table, in one piece."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        if not _is_made(connection):
            for statement in _SCHEMA:
                connection.execute(statement)


def _name(url: str) -> str:
    """The server and the database, without user and password."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise UsageError(_UNREADABLE) from None
    return f"postgresql://{parts.hostname or ''}{port}{parts.path}"


def _explain(fault: Exception, name: str) -> MoittReportError:
    said = str(fault).strip().splitlines()
    return OutputError(
        f"the register {name} cannot be used: {said[0] if said else type(fault).__name__}; when that is mended, "
        "give the same command again: what is already filed is not filed twice"
    )
