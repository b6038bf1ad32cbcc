"""A real PostgreSQL server of the tests' own, without a network."""

import shutil
import subprocess
from pathlib import Path


def server_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; Debian keeps them off the search path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda p: int(p.parent.name))


class Server:
    """A PostgreSQL server that listens on a socket in its own folder."""

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self.programs, self.folder, self.user = programs, folder, user
        self.databases = 0
        self.run("initdb", "--auth=trust", "--username=filer", "--encoding=UTF8", "--no-sync")

    def run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self.programs / program, "--pgdata", self.folder / "data", *words],
            cwd=self.folder,
            user=self.user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def start(self) -> None:
        # Without fsync it is quick; the kernel outlives every crash that the tests bring about.
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self.run("pg_ctl", "start", "--wait", f"--log={self.folder}/log", f"--options={options}")

    def crash(self) -> None:
        """Stop as a loss of power would: no checkpoint, no farewell."""
        self.run("pg_ctl", "stop", "--mode=immediate")

    def url(self, database: str = "postgres") -> str:
        return f"postgresql:///{database}?host={self.folder}&user=filer"

    def new_database(self) -> str:
        import psycopg

        self.databases += 1
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE register{self.databases}")
        return self.url(f"register{self.databases}")
