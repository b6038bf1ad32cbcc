"""The folder of returns: it follows the register, overwrites nothing it does not know, and fails whole."""

import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from filer import AT, PERIOD
from links import link
from moitt_report.errors import OutputError
from moitt_report.filing import folder as folder_module
from moitt_report.filing.databases import open_register
from moitt_report.filing.entry import Accepted, Entered, enter
from moitt_report.filing.register import FilingRegister


def file(register: FilingRegister, returns: Path, content: bytes, suffix: str = ".yaml") -> Entered:
    accepted = [Accepted("pseb", "made-up", suffix, content)]
    return enter(register, returns, PERIOD, accepted, by="A. Khan", at=AT)[0]


def files(returns: Path) -> dict[str, bytes]:
    """Every file of the returns, the register aside."""
    return {
        f.relative_to(returns).as_posix(): f.read_bytes()
        for f in sorted(returns.rglob("*"))
        if f.is_file() and "register" not in f.name
    }


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    return tmp_path / "returns"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[FilingRegister]:
    with open_register(str(tmp_path / "register.sqlite"), writable=True) as made:
        yield made


def test_a_refiled_return_takes_the_place_of_the_old_one_which_is_kept(
    register: FilingRegister, returns: Path
) -> None:
    file(register, returns, b"one")
    file(register, returns, b"two")
    assert files(returns) == {
        f"{PERIOD}/pseb.yaml": b"two",
        f"{PERIOD}/superseded/pseb-1.yaml": b"one",
    }


def test_a_refiled_return_in_another_format_leaves_one_return_in_force(
    register: FilingRegister, returns: Path
) -> None:
    file(register, returns, b"one", ".yaml")
    file(register, returns, b"two", ".xlsx")
    file(register, returns, b"three", ".yaml")
    assert files(returns) == {
        f"{PERIOD}/pseb.yaml": b"three",
        f"{PERIOD}/superseded/pseb-1.yaml": b"one",
        f"{PERIOD}/superseded/pseb-2.xlsx": b"two",
    }


def test_the_same_bytes_filed_twice_change_nothing(register: FilingRegister, returns: Path) -> None:
    assert file(register, returns, b"one").anew
    before = files(returns)
    assert not file(register, returns, b"one").anew
    assert len(register.filings()) == 1
    assert files(returns) == before


def test_an_older_return_filed_again_is_in_force_again(register: FilingRegister, returns: Path) -> None:
    for content in (b"one", b"two", b"one"):
        assert file(register, returns, content).anew
    assert files(returns)[f"{PERIOD}/pseb.yaml"] == b"one"
    assert [f.supersedes for f in register.filings()] == [None, 1, 2]


def test_a_file_changed_by_hand_is_not_overwritten(register: FilingRegister, returns: Path) -> None:
    file(register, returns, b"one")
    (returns / PERIOD / "pseb.yaml").write_bytes(b"changed by hand")
    before = files(returns)
    with pytest.raises(OutputError, match="is not what was filed"):
        file(register, returns, b"two")
    assert files(returns) == before
    assert len(register.filings()) == 1


def test_a_file_changed_by_hand_can_itself_be_filed(register: FilingRegister, returns: Path) -> None:
    file(register, returns, b"one")
    (returns / PERIOD / "pseb.yaml").write_bytes(b"corrected in place")
    file(register, returns, b"corrected in place")
    assert files(returns)[f"{PERIOD}/superseded/pseb-1.yaml"] == b"one"


def test_a_file_of_another_that_stands_in_the_way_is_not_overwritten(
    register: FilingRegister, returns: Path
) -> None:
    (returns / PERIOD).mkdir(parents=True)
    (returns / PERIOD / "pseb.yaml").write_bytes(b"never filed")
    with pytest.raises(OutputError, match="move it elsewhere, or file it"):
        file(register, returns, b"one")
    assert register.filings() == ()


def test_a_link_at_the_place_of_a_return_is_not_followed(register: FilingRegister, returns: Path) -> None:
    elsewhere = returns.parent / "elsewhere"
    elsewhere.write_bytes(b"precious")
    (returns / PERIOD).mkdir(parents=True)
    link(returns / PERIOD / "pseb.yaml", elsewhere)
    with pytest.raises(OutputError, match="is not what was filed"):
        file(register, returns, b"one")
    (returns / PERIOD / "pseb.yaml").unlink()
    link(returns / PERIOD / ".pseb.yaml.filing", elsewhere)
    file(register, returns, b"one")
    assert elsewhere.read_bytes() == b"precious"
    assert files(returns) == {f"{PERIOD}/pseb.yaml": b"one"}


def test_a_return_lost_from_the_folder_is_laid_out_again(register: FilingRegister, returns: Path) -> None:
    file(register, returns, b"one")
    file(register, returns, b"two")
    before = files(returns)
    shutil.rmtree(returns / PERIOD)
    assert not file(register, returns, b"two").anew
    assert files(returns) == before


# --- a disk that fails ----------------------------------------------------------------------------


class Failing:
    """Lets the first calls of some functions through and fails all the later ones, as a full disk does."""

    def __init__(self, through: int) -> None:
        self.left = through
        self.failed = False

    def wrap(self, function: Callable[..., object]) -> Callable[..., object]:
        def call(*words: object, **named: object) -> object:
            if self.left == 0:
                self.failed = True
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self.left -= 1
            return function(*words, **named)

        return call


def test_whatever_write_fails_the_state_is_the_earlier_or_ends_by_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = []
    for through in range(40):
        place = tmp_path / str(through)
        returns = place / "returns"
        with open_register(str(place / "register.sqlite"), writable=True) as register:
            file(register, returns, b"one", ".csv")
            before, old = files(returns), register.filings()
            fails = Failing(through)
            with monkeypatch.context() as patched:
                patched.setattr(folder_module, "_write", fails.wrap(folder_module._write))
                patched.setattr(folder_module, "sync_folder", fails.wrap(folder_module.sync_folder))
                patched.setattr(Path, "mkdir", fails.wrap(Path.mkdir))
                patched.setattr(os, "replace", fails.wrap(os.replace))
                try:
                    file(register, returns, b"two", ".yaml")
                except OutputError as said:
                    if "are in the register" not in str(said):
                        assert (files(returns), register.filings()) == (before, old)
                        assert not (returns / PERIOD / "superseded").exists()
                        outcomes.append("earlier")
                    else:
                        outcomes.append("to be ended")
            file(register, returns, b"two", ".yaml")
            assert len(register.filings()) == 2
            assert files(returns) == {
                f"{PERIOD}/pseb.yaml": b"two",
                f"{PERIOD}/superseded/pseb-1.csv": b"one",
            }
        if not fails.failed:
            break
    else:
        pytest.fail("no number of calls was enough")
    assert set(outcomes) == {"earlier", "to be ended"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_file_system_that_takes_no_more_leaves_the_earlier_state(
    register: FilingRegister, returns: Path
) -> None:
    import resource

    file(register, returns, b"one")
    before, old = files(returns), register.filings()
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, most[1]))
    try:
        with pytest.raises(OutputError):
            file(register, returns, bytes(300_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert (files(returns), register.filings()) == (before, old)
    file(register, returns, bytes(300_000))
    assert len(register.filings()) == 2


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that an ordinary user can reach; pytest's own are closed to all but root."""
    made = Path(tempfile.mkdtemp(prefix="moitt-filing-"))
    made.chmod(0o777)
    yield made
    for one in [made, *made.rglob("*")]:
        if one.is_dir():
            one.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Nothing is closed to root: for a while, be somebody else."""
    if not hasattr(os, "setresuid") or os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    yield
    os.setresuid(0, 0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows closes folders in another way")
@pytest.mark.parametrize("closed", ["returns", f"returns/{PERIOD}", "register"])
def test_a_closed_folder_leaves_the_earlier_state(
    closed: str, open_to_all: Path, ordinary_user: None
) -> None:
    returns = open_to_all / "returns"
    where = str(open_to_all / "register" / "register.sqlite")
    with open_register(where, writable=True) as register:
        file(register, returns, b"one")
        old = register.filings()
    before = files(returns)
    shut(open_to_all / closed)
    period = "2024-25-Q4" if closed == "returns" else PERIOD
    other = [Accepted("ignite", "made-up", ".yaml", b"new")]
    with pytest.raises(OutputError), open_register(where, writable=True) as register:
        enter(register, returns, period, other, by="x", at=AT)
    with open_register(where, writable=False) as register:
        assert register.filings() == old
    assert files(returns) == before


def shut(folder: Path) -> None:
    for one in [folder, *folder.iterdir()]:
        one.chmod(one.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def test_what_another_filing_has_prepared_stays_when_this_one_fails(
    register: FilingRegister, returns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(register, returns, b"one")
    other = returns / PERIOD / ".ignite.yaml.filing"
    other.write_bytes(b"of another filing")
    write = folder_module._write

    def fill(part: Path, content: bytes) -> None:
        write(part, content)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(folder_module, "_write", fill)
        with pytest.raises(OutputError, match="No space left"):
            file(register, returns, b"two")
    assert files(returns) == {
        f"{PERIOD}/pseb.yaml": b"one",
        f"{PERIOD}/.ignite.yaml.filing": b"of another filing",
    }


def test_a_folder_that_another_filing_makes_stays_when_this_one_fails(
    register: FilingRegister, returns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = register.alone

    @contextmanager
    def followed() -> Iterator[None]:
        try:
            with alone():
                yield
        finally:  # the next filing has the register now, and makes its folder
            (returns / PERIOD).mkdir(parents=True)

    def full(part: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(register, "alone", followed)
    monkeypatch.setattr(folder_module, "_write", full)
    with pytest.raises(OutputError, match="No space left"):
        file(register, returns, b"one")
    assert (returns / PERIOD).is_dir()
