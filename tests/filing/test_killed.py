"""Two filers at once, both killed at a random moment, again and again: no return is lost or half-filed.

`python3 dev.py test tests/filing/test_killed.py --kills 1000` is the long run; ten kills are the usual one.
"""

import hashlib
import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import moitt_report
from filer import PERIOD
from moitt_report.filing.databases import open_register
from moitt_report.filing.entry import settle
from moitt_report.filing.folder import SUPERSEDED, layout
from moitt_report.filing.record import Filing

FILER = Path(__file__).parents[1] / "filer.py"
LONGEST = 0.02
"""Seconds at most from what a filer said last until the kill; a filing takes some milliseconds."""

FRESH = 20
"""After so many kills, a new folder and a new register: their making is to be killed too."""


def started(where: str, folder: Path, seed: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, FILER, where, folder, seed],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        env=os.environ | {"PYTHONPATH": str(Path(moitt_report.__file__).parents[1])},
    )


def killed(where: str, folder: Path, chance: random.Random) -> set[str]:
    """The links of the filings that two filers had said to be filed when they were killed.

    The kill comes while the register is opened or made, or while some filing after the first is under way.
    """
    filers = [started(where, folder, f"filer {chance.random()}") for _ in range(2)]
    try:
        voices = [one.stdout for one in filers if one.stdout is not None]
        said = b"".join(voice.readline() for voice in voices)
        for _ in range(chance.randrange(5)):
            said += select.select(voices, [], [])[0][0].readline()
        time.sleep(chance.uniform(0, LONGEST))
    finally:
        for one in filers:
            one.kill()
        ends = [one.communicate() for one in filers]
    for one, (out, fault) in zip(filers, ends, strict=True):
        assert one.returncode == -signal.SIGKILL, fault.decode()
        said += out
    links = {line.strip().decode() for line in said.splitlines(keepends=True) if line.endswith(b"\n")}
    return links - {"ready"}


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def seen(folder: Path) -> dict[str, str]:
    """Every file in the folder of the period that is no temporary one, by name, with its digest."""
    files = [f for f in folder.rglob("*") if f.is_file() and not f.name.startswith(".")]
    return {f.relative_to(folder).as_posix(): digest(f) for f in files}


def look(filings: tuple[Filing, ...], said: set[str], folder: Path) -> None:
    """What must hold at any moment, before anything is mended."""
    assert said <= {f.link for f in filings}, "a return that was said to be filed is lost"
    whole = {(f.agency, f.digest) for f in filings}
    stands = seen(folder)
    for name, found in stands.items():
        agency = Path(name).stem if SUPERSEDED not in name else Path(name).stem.rpartition("-")[0]
        assert (agency, found) in whole, f"{name} is torn, or nobody filed it"
    for agency in {f.agency for f in filings if f.link in said}:
        assert any(Path(name).stem == agency for name in stands), f"no return of {agency} is in force"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill -9")
def test_killed_at_any_moment_no_return_is_lost_or_half_filed(
    where: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(2025)
    for run in range(request.config.getoption("--kills")):
        if run % FRESH == 0:
            said: set[str] = set()
            returns = tmp_path / f"returns-{run}"
            place = fresh(where, returns, request)
        said |= killed(place, returns, chance)
        with open_register(place, writable=True) as register:
            filings = register.filings()
            look(filings, said, returns / PERIOD)
            for filing in filings[-3:]:
                register.content(filing)
            if chance.random() < 0.2:
                settle(register, returns, PERIOD)
                assert seen(returns / PERIOD) == {n: f.digest for n, f in layout(filings).items()}
                assert not list(returns.rglob(".*"))


def fresh(where: str, returns: Path, request: pytest.FixtureRequest) -> str:
    if where.startswith("postgres"):
        made: str = request.getfixturevalue("server").new_database()
        return made
    return str(returns / "register.sqlite")
