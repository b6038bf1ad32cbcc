"""Where a register is: in a file of this machine, or in a PostgreSQL database."""

from pathlib import Path

from moitt_report.errors import UsageError
from moitt_report.filing.register import FilingRegister
from moitt_report.filing.sqlite import open_sqlite

SCHEMES = ("postgresql://", "postgres://")


def open_register(where: str, *, writable: bool) -> FilingRegister:
    """The register at a path or URL; a writable one is made when it is not there.

    Raises `UsageError` when there is none to read or what is there is no register, `OutputError` when the
    database cannot be used.
    """
    if where.startswith(SCHEMES):
        from moitt_report.filing.postgres import open_postgres  # noqa: PLC0415  rarely needed

        return open_postgres(where, writable=writable)
    if "://" in where:
        raise UsageError(
            "a register is a file of this machine, or a PostgreSQL database: postgresql://SERVER/DATABASE"
        )
    return open_sqlite(Path(where), writable=writable)
