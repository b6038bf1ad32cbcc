"""The one door for people who build this: sets up `.venv` by itself, then runs what is asked.

    python dev.py build    make the built-in brief
    python dev.py test     run the tests, counted for coverage; with further words, pytest with these words
    python dev.py lint     look without running: format, lint, types, floors
    python dev.py check    both
    python dev.py fuzz     read damaged returns for ten minutes; with a number, for so many seconds
    python dev.py fix      put the code in order (format, and lint where it can mend)
    python dev.py pythons  compare the files made by each Python from 3.11 to 3.13 that this machine has

Needs Python 3.11 to 3.13 and nothing else. Works on Linux, macOS and Windows.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / ("python.exe" if os.name == "nt" else "python"))
STAMP = VENV / ".moitt-report"

LINT: tuple[tuple[str, ...], ...] = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("importlinter",),
)
TESTS = ("pytest", "-n", "auto", "--dist", "loadfile", "--cov", "--cov-report", "term:skip-covered")
"""All tests, a process for each core; the floor of coverage stands in pyproject.toml."""


def run(*command: str) -> None:
    """Run a module in the environment; stop with its exit code when it fails."""
    print("$", " ".join(command), flush=True)
    line = [str(BIN / "lint-imports")] if command == ("importlinter",) else [PYTHON, "-m", *command]
    code = subprocess.run(line, cwd=HOME, check=False).returncode
    if code:
        sys.exit(code)


def set_up(*, developer: bool) -> None:
    """Make the environment, or leave it alone when it already fits."""
    wanted = hashlib.sha256((HOME / "pyproject.toml").read_bytes()).hexdigest()
    wanted += " developer" if developer else ""
    if STAMP.is_file() and STAMP.read_text("utf-8").startswith(wanted):
        return
    if not VENV.is_dir():
        try:
            venv.create(VENV, with_pip=True)
        except (OSError, subprocess.CalledProcessError):
            shutil.rmtree(VENV, ignore_errors=True)  # a half-made environment would be trusted next time
            sys.exit("Python cannot make an environment with pip; on Debian and Ubuntu install python3-venv")
    run("pip", "install", "--quiet", "--upgrade", "pip>=25.1")
    parts = (".[postgres]", "--group", "dev") if developer else (".",)
    run("pip", "install", "--quiet", "--editable", *parts)
    STAMP.write_text(wanted, "utf-8")


def pythons() -> dict[str, str]:
    """The interpreters that this project supports and this machine has: one for each version."""
    found = {}
    for version in ("3.11", "3.12", "3.13"):
        kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
        one = shutil.which(f"python{version}") or (str(kept[-1]) if kept else "")
        # A name on the path may be a stand-in for a version that is not there.
        if one and subprocess.run([one, "-c", ""], capture_output=True, check=False).returncode:
            one = str(kept[-1]) if kept else ""
        if one:
            found[version] = one
    return found


def compare_pythons() -> None:
    """Make the files of the sample brief with each Python; stop when they differ.

    Where the builds of zlib differ, what is packed is compared.
    """
    made = {}
    for version, python in pythons().items():
        home = HOME / f".venv-{version}"
        inside = str(home / BIN.name / Path(PYTHON).name)
        if not Path(inside).exists():
            subprocess.run([python, "-m", "venv", str(home)], check=True)
        subprocess.run([inside, "-m", "pip", "install", "--quiet", "--editable", str(HOME)], check=True)
        ran = subprocess.run(
            [inside, str(HOME / "tests" / "digests.py")], capture_output=True, text=True, check=True
        )
        made[version] = json.loads(ran.stdout)
    same_zlib = len({one["zlib"] for one in made.values()}) == 1
    for one in made.values():
        print(f"Python {one['python']}, zlib {one['zlib']}")
        for name, digest in one["files"].items():
            print(f"  {name:5} bytes {digest['bytes'][:16]}  unpacked {digest['content'][:16]}")
    kind = "bytes" if same_zlib else "content"
    different = [
        name
        for name in ("pdf", "docx", "xlsx")
        if len({one["files"][name][kind] for one in made.values()}) > 1
    ]
    if len(made) < 2 or different:
        sys.exit(f"different: {', '.join(different)}" if different else "there is only one Python here")
    print("the same bytes" if same_zlib else "the same content; zlib differs, so the bytes may")


def main(words: list[str]) -> None:
    """Do what the first word says; further words go to the tool."""
    verb, *rest = words or ["help"]
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit("dev.py needs Python 3.11, 3.12 or 3.13")
    if verb == "build":
        set_up(developer=False)
        run("moitt_report", "build", *rest)
    elif verb == "test":
        set_up(developer=True)
        run(*(("pytest", *rest) if rest else TESTS))
    elif verb == "lint":
        set_up(developer=True)
        for command in LINT:
            run(*command)
    elif verb == "check":
        set_up(developer=True)
        for command in (*LINT, TESTS):
            run(*command)
    elif verb == "fuzz":
        set_up(developer=True)
        os.environ["PYTHONPATH"] = os.pathsep.join((str(HOME / "tests"), str(HOME / "tests" / "intake")))
        run("fuzz", *rest)
    elif verb == "fix":
        set_up(developer=True)
        run("ruff", "check", "--fix", ".")
        run("ruff", "format", ".")
    elif verb == "pythons":
        compare_pythons()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
