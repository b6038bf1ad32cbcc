"""Registers in both databases."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from moitt_report.filing.databases import open_register
from moitt_report.filing.register import FilingRegister
from postgres_server import Server, server_programs


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    programs = server_programs()
    if programs is None or os.name == "nt":
        pytest.skip("no PostgreSQL server is installed here")
    # The server refuses to run as root, and a socket's path must be short.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="moitt-pg-", dir="/tmp"))
    if user is not None:
        shutil.chown(folder, user)
    try:
        made = Server(programs, folder, user)
        made.start()
        yield made
        made.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.judge)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register may be made, in each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "returns" / "register.sqlite")
    made: Server = request.getfixturevalue("server")
    return made.new_database()


@pytest.fixture
def register(where: str) -> Iterator[FilingRegister]:
    with open_register(where, writable=True) as made:
        yield made
