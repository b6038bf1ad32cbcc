"""The register: what was filed stays, in order, and a change from outside is seen. In both databases."""

import dataclasses
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from moitt_report.errors import InputError, OutputError, Problem, UsageError
from moitt_report.filing.databases import open_register
from moitt_report.filing.entry import Accepted, enter
from moitt_report.filing.record import Filing, broken_at, chained, problems_text
from moitt_report.filing.register import FilingRegister
from postgres_server import Server

AT = "2025-04-14T16:05:00+05:00"
WARNING = Problem("pseb.yaml:4", "more was utilised than released", "check both figures", "warning")


def made_up(number: int = 0, **changes: object) -> Filing:
    plain = Filing(
        number=number,
        filed_at=AT,
        filed_by="A. Khan",
        agency="pseb",
        period="2024-25-Q3",
        sent_as="PSEB Q3.xlsx",
        suffix=".xlsx",
        digest="0" * 64,
        problems=problems_text([WARNING]),
        supersedes=None,
        previous="",
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def chain(length: int) -> list[Filing]:
    filings: list[Filing] = []
    for _ in range(length):
        filings.append(chained(made_up(), filings))
    return filings


def filed(register: FilingRegister, folder: Path, *contents: bytes) -> None:
    for content in contents:
        enter(
            register,
            folder,
            "2024-25-Q3",
            [Accepted("pseb", "PSEB Q3.yaml", ".yaml", content, (WARNING,))],
            by="A. Khan",
            at=AT,
        )


def test_a_chain_holds_from_the_first_filing_to_the_last() -> None:
    assert broken_at([]) is None
    assert broken_at(chain(5)) is None


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(Filing)])
def test_a_change_to_any_field_breaks_the_chain_there(field: str) -> None:
    filings = chain(5)
    value = getattr(filings[2], field)
    other = 7 if value is None or isinstance(value, int) else f"{value[:-1]}~"
    filings[2] = dataclasses.replace(filings[2], **{field: other})
    assert broken_at(filings) == 3


def test_a_filing_removed_or_put_elsewhere_breaks_the_chain() -> None:
    one, two, three, four = chain(4)
    assert broken_at([one, three, four]) == 2
    assert broken_at([one, three, two, four]) == 2
    assert broken_at([two, three, four]) == 1


def test_a_filing_is_kept_with_its_bytes_its_problems_and_who_filed_it(
    register: FilingRegister, tmp_path: Path
) -> None:
    filed(register, tmp_path, b"one", b"two")
    first, second = register.filings()
    assert (first.number, first.filed_by, first.filed_at) == (1, "A. Khan", AT)
    assert (first.supersedes, second.supersedes) == (None, 1)
    assert (first.warnings, first.notes) == (1, 0)
    assert WARNING.what in first.problems
    assert register.content(first) == b"one"
    assert register.content(second) == b"two"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moitt_report_filings SET filed_by = 'nobody'",
        "DELETE FROM moitt_report_filings",
        "DELETE FROM moitt_report_filings WHERE number = 2",
    ],
)
def test_the_register_refuses_to_change_or_remove_what_was_filed(
    statement: str, register: FilingRegister, tmp_path: Path
) -> None:
    filed(register, tmp_path, b"one", b"two")
    before = register.filings()
    with pytest.raises(OutputError, match="append-only"), register.alone():
        register._connection.execute(statement)
    assert register.filings() == before


def test_sqlite_refuses_to_replace_a_filing(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "r.sqlite"), writable=True) as register:
        filed(register, tmp_path, b"one", b"two")
        columns = "1, filed_at, 'nobody', agency, period, sent_as, suffix, digest, problems, NULL, 'x', link, content"
        with pytest.raises(sqlite3.IntegrityError, match="follow one another"):
            register._connection.execute(
                f"INSERT OR REPLACE INTO moitt_report_filings SELECT {columns} FROM moitt_report_filings LIMIT 1"
            )


@pytest.mark.judge
def test_postgres_refuses_to_be_emptied(server: Server, tmp_path: Path) -> None:
    with open_register(server.new_database(), writable=True) as register:
        filed(register, tmp_path, b"one")
        with pytest.raises(OutputError, match="append-only"), register.alone():
            register._connection.execute("TRUNCATE moitt_report_filings")
        assert len(register.filings()) == 1


@pytest.mark.judge
def test_what_was_filed_outlives_a_crash_of_the_server(server: Server, tmp_path: Path) -> None:
    database = server.new_database()
    with open_register(database, writable=True) as register:
        filed(register, tmp_path, b"one")
        server.crash()
        with pytest.raises(OutputError, match="give the same command again"):
            filed(register, tmp_path, b"two")
        server.start()
    with open_register(database, writable=True) as register:
        filed(register, tmp_path, b"two")
        assert [register.content(f) for f in register.filings()] == [b"one", b"two"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE moitt_report_filings SET filed_by = 'nobody' WHERE number = 2", "filing 2 does not follow"),
        ("UPDATE moitt_report_filings SET problems = '[]' WHERE number = 1", "filing 1 does not follow"),
        ("DELETE FROM moitt_report_filings WHERE number = 2", "filing 2 does not follow"),
    ],
)
def test_a_change_by_somebody_who_removed_the_triggers_is_seen(
    change: str, said: str, register: FilingRegister, where: str, tmp_path: Path
) -> None:
    filed(register, tmp_path, b"one", b"two", b"three")
    break_open(register, where)
    if "DELETE" in change:
        register._connection.execute("UPDATE moitt_report_filings SET supersedes = NULL WHERE number = 3")
    register._connection.execute(change)
    with pytest.raises(InputError, match=said):
        register.filings()
    with pytest.raises(InputError, match="changed from outside"):
        filed(register, tmp_path, b"four")


def break_open(register: FilingRegister, where: str) -> None:
    for name in ("filings_are_not_changed", "filings_are_not_removed"):
        on = " ON moitt_report_filings" if where.startswith("postgres") else ""
        register._connection.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def test_a_return_exchanged_in_the_register_is_not_laid_out(
    register: FilingRegister, where: str, tmp_path: Path
) -> None:
    filed(register, tmp_path, b"one")
    break_open(register, where)
    register._connection.execute(
        "UPDATE moitt_report_filings SET content = (CAST('another' AS {}))".format(
            "bytea" if where.startswith("postgres") else "BLOB"
        )
    )
    (tmp_path / "2024-25-Q3" / "pseb.yaml").unlink()
    with pytest.raises(InputError, match="the return kept with filing 1 is another"):
        filed(register, tmp_path, b"one")
    assert not (tmp_path / "2024-25-Q3" / "pseb.yaml").exists()


def test_a_register_that_many_make_at_once_is_made_once(where: str, tmp_path: Path) -> None:
    def file(number: int) -> None:
        with open_register(where, writable=True) as register:
            filed(register, tmp_path, str(number).encode())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(file, range(8)))
    with open_register(where, writable=False) as register:
        assert len(register.filings()) == 8


def test_sqlite_registers_made_at_the_same_moment_are_whole(tmp_path: Path) -> None:
    """Many rounds: what went wrong here once went wrong in one of two hundred."""
    start = Barrier(8)

    def make(number: int) -> None:
        start.wait(timeout=20)
        open_register(str(tmp_path / f"{number // 8}.sqlite"), writable=True).close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(8 * 50)))
    for file in tmp_path.glob("*.sqlite"):
        with open_register(str(file), writable=False) as register:
            assert register.filings() == ()


def test_reading_makes_no_register(where: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no register of filings"):
        open_register(where, writable=False)
    assert list(tmp_path.iterdir()) == []


def test_a_register_is_read_without_writing(register: FilingRegister, where: str, tmp_path: Path) -> None:
    filed(register, tmp_path, b"one")
    with open_register(where, writable=False) as reader:
        assert reader.filings() == register.filings()
        with pytest.raises(OutputError, match=r"read-?only"), reader.alone():
            reader.add(chained(made_up(), reader.filings()), b"")


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, and long enough to be taken for one" * 20)
    with pytest.raises(UsageError, match="is not a register"):
        open_register(str(text), writable=True)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE accounts (name)")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(UsageError, match="a database of something else"):
        open_register(str(other), writable=True)
    assert other.read_bytes() == before


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(OutputError) as said:
        open_register("postgresql://filer:SECRET@127.0.0.1:1/none", writable=True)
    assert "postgresql://127.0.0.1:1/none" in str(said.value)
    assert "SECRET" not in str(said.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://filer:SEC%ZZRET@localhost/none",
        "postgresql://filer:SECRET@[bad/none",
        "postgresql://filer:SECRET@localhost:port/none",
        "postgresql://filer:SECRET@localhost/none?colour=red",
    ],
)
def test_a_url_that_cannot_be_read_is_said_without_the_password(url: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(UsageError, match="cannot be read") as said:
        open_register(url, writable=True)
    assert "SEC" not in str(said.value)


def test_without_psycopg_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"pip install \"moitt-report\[postgres\]\""):
        open_register("postgresql://localhost/none", writable=True)


def test_another_kind_of_url_is_refused() -> None:
    with pytest.raises(UsageError, match="postgresql://"):
        open_register("mysql://localhost/none", writable=True)
