"""The register of filings: append-only, in a database that makes each filing whole or not at all.

The bytes of every return are kept in the register itself. A filing is therefore one transaction, and the
folder of returns can be laid out again from the register whatever happened to it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, fields
from hashlib import sha256
from typing import Any, Protocol, Self

from moitt_report.errors import InputError, MoittReportError, Problem
from moitt_report.filing.record import Filing, broken_at

TABLE = "moitt_report_filings"
COLUMNS = tuple(field.name for field in fields(Filing))


class Connection(Protocol):
    """What the databases have in common."""

    def execute(self, sql: Any, parameters: Any = ..., /) -> Any:
        """Run one statement."""

    def close(self) -> None:
        """Let go of the database."""


class FilingRegister:
    """The filings in one database. Every method raises an error of ours when the database cannot do it."""

    def __init__(
        self,
        connection: Connection,
        name: str,
        *,
        begin: Sequence[str],
        mark: str,
        faults: type[Exception],
        explain: Callable[[Exception, str], MoittReportError],
    ) -> None:
        self.name = name
        """What it is called in messages; holds no password."""
        self._connection = connection
        self._begin = begin
        self._mark = mark
        self._faults = faults
        self._explain = explain

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A transaction that no other writer can be in; what was added is on the disk when it ends."""
        with self._explained():
            for statement in self._begin:
                self._connection.execute(statement)
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(self._faults):  # a database that failed may have rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    def filings(self) -> tuple[Filing, ...]:
        """All filings in order. Raises `InputError` when the chain over them is broken."""
        with self._explained():
            rows = self._connection.execute(f"SELECT {', '.join(COLUMNS)} FROM {TABLE} ORDER BY number")  # noqa: S608
            found = tuple(Filing(*row) for row in rows.fetchall())
        broken = broken_at(found)
        if broken is not None:
            raise InputError([_changed(self.name, f"filing {broken} does not follow from those before it")])
        return found

    def add(self, filing: Filing, content: bytes) -> None:
        """Enter the next filing, with the bytes of its return."""
        marks = ", ".join([self._mark] * (len(COLUMNS) + 1))
        with self._explained():
            self._connection.execute(
                f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}, content) VALUES ({marks})",  # noqa: S608
                (*astuple(filing), content),
            )

    def content(self, filing: Filing) -> bytes:
        """The bytes of a return that was filed."""
        with self._explained():
            rows = self._connection.execute(
                f"SELECT content FROM {TABLE} WHERE number = {self._mark}",  # noqa: S608
                (filing.number,),
            )
            content = bytes(rows.fetchone()[0])
        if sha256(content).hexdigest() != filing.digest:
            raise InputError([_changed(self.name, f"the return kept with filing {filing.number} is another")])
        return content

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except self._faults as fault:
            raise self._explain(fault, self.name) from fault


def _changed(name: str, how: str) -> Problem:
    return Problem(
        name,
        f"the register was changed from outside: {how}",
        "put a copy from before the change in its place, and find out who changed it",
    )
