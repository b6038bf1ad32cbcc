"""How long returns take to check: `python benchmarks/returns.py`.

A usual return (20 KPIs, 10 projects with their money) is made by our own form and filled in by script.
Cold: the command in a fresh process, less what the interpreter alone takes. Many: a folder of copies.
Peers open the same file and check nothing: openpyxl, for values and for formulas, and pandas if it is there.
Writes nothing.
"""

import argparse
import datetime as dt
import importlib.metadata
import importlib.util
import io
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from moitt_report.forms.asked import asked_of
from moitt_report.forms.workbook import workbook_form
from moitt_report.intake.returns import read_returns
from moitt_report.model.period_names import parse_period
from moitt_report.model.registers import Register, Registers
from moitt_report.pipeline.inputs import load_registers

AGENCY, PERIOD, KPIS, PROJECTS = "pseb", "2024-25-Q3", 20, 10
DAY = dt.date(2025, 3, 31)
LIBRARIES = ("moitt-report", "openpyxl", "pydantic", "pandas")


def usual_return() -> bytes:
    """A filled-in form of 20 KPIs and 10 projects. ILLUSTRATIVE: the figures are made up."""
    registers = _owned(load_registers())
    rows = asked_of(AGENCY, parse_period(PERIOD), registers, None)
    form = workbook_form(AGENCY, PERIOD, rows, registers, None, dt.date(2025, 4, 15))
    book = load_workbook(io.BytesIO(form))
    _fill(book["Sources"], [{"Source id": "letter", "Publisher": "PSEB"}])
    asked = len(rows["KPIs"])
    _fill(book["KPIs"], [{"Actual": 100, "As of": DAY, "Source": "letter"} for n in range(asked)])
    _fill(book["Projects"], [
        {"Physical progress": 40 + n, "As of": DAY, "Source": "letter", "Note": "made up"}
        for n in range(PROJECTS)
    ])  # fmt: skip
    _fill(book["Budget"], [
        {"Total": 120.5 - n, "As of": DAY, "Source": "letter"} for n in range(len(rows["Budget"]))
    ])  # fmt: skip
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _owned(registers: Registers) -> Registers:
    """The registers, with twenty KPIs counted in numbers and ten projects given to one agency."""
    kpis = [k for k in registers.kpis.entries if k.direction != "milestone"][:KPIS]
    projects = registers.projects.entries[:PROJECTS]
    return registers.model_copy(
        update={
            "kpis": Register([k.model_copy(update={"owner": AGENCY}) for k in kpis]),
            "projects": Register([p.model_copy(update={"agency": AGENCY}) for p in projects]),
        }
    )


def _fill(sheet: object, rows: list[dict[str, object]]) -> None:
    heads = {str(cell.value).partition(" (")[0]: cell.column for cell in sheet[3] if cell.value}
    for n, row in enumerate(rows, 4):
        for head, value in row.items():
            sheet.cell(n, heads[head]).value = value


PEERS = {
    "openpyxl, for values and for formulas": (
        "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]); openpyxl.load_workbook(sys.argv[1], data_only=True)"
    ),
    "pandas, all sheets": "import pandas, sys; pandas.read_excel(sys.argv[1], sheet_name=None)",
}


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=11, help="rounds of each cold measurement")
    parser.add_argument("--many", type=int, default=1_000, help="returns in the folder")
    asked = parser.parse_args()
    for name, value in surroundings().items():
        print(f"{name}: {value}")
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "usual.xlsx"
        file.write_bytes(usual_return())
        print(f"a usual return: {file.stat().st_size:,} bytes\n")
        show_cold(file, asked.rounds)
        show_warm(file)
        show_many(file, Path(place) / PERIOD, asked.many)


def show_cold(file: Path, rounds: int) -> None:
    """Fresh processes, in turns, so that what else the machine does falls on all alike."""
    lines = {
        "interpreter alone": ["-c", "pass"],
        "check": ["-m", "moitt_report", "check", str(file)],
    } | {name: ["-c", code, str(file)] for name, code in PEERS.items() if _there(name)}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in lines}
    for turn in range(rounds + 1):
        for name, words in lines.items():
            taken = timed(lambda words=words: run(words))
            if turn:  # the first fills the caches of the disk, and compiles
                times[name].append(taken)
    print(f"{'cold, a process each':<46}{'clock s':>9}{'less start':>11}{'processor s':>12}{'least':>8}")
    start = statistics.median(t for t, _ in times["interpreter alone"])
    for name, taken in times.items():
        clock, processor = (statistics.median(t[n] for t in taken) for n in (0, 1))
        least = min(t for t, _ in taken)
        print(f"{name:<46}{clock:>9.3f}{clock - start:>11.3f}{processor:>12.3f}{least:>8.3f}")


def _there(peer: str) -> bool:
    return importlib.util.find_spec(peer.partition(",")[0]) is not None


def run(words: list[str]) -> None:
    """A fresh Python with these words; the outcome of a check is no concern here.

    As on a user's machine it keeps what it has compiled: where that is forbidden, each process compiles anew.
    """
    keeping = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *words], check=False, capture_output=True, env=keeping)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor in the processes that `work` started."""
    begin, used = time.perf_counter(), _children()
    work()
    return time.perf_counter() - begin, _children() - used


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def show_warm(file: Path) -> None:
    """Reading alone, in a process that has read others before."""
    registers = load_registers()
    data = file.read_bytes()

    def peer() -> None:
        load_workbook(io.BytesIO(data))
        load_workbook(io.BytesIO(data), data_only=True)

    print(f"\n{'warm, one return':<46}{'processor s':>12}{'least':>8}")
    for name, work in (
        ("read and validate", lambda: read_returns([file], registers)),
        ("openpyxl, twice", peer),
    ):
        times = []
        for _ in range(15):
            begin = time.process_time()
            work()
            times.append(time.process_time() - begin)
        print(f"{name:<46}{statistics.median(times[3:]):>12.4f}{min(times):>8.4f}")


def show_many(file: Path, folder: Path, number: int) -> None:
    """A folder of copies. Each but the first is filed twice, which is said of it and costs next to nothing."""
    folder.mkdir()
    for n in range(number):
        (folder / f"return-{n:05}.xlsx").write_bytes(file.read_bytes())
    clock, processor = timed(lambda: run(["-m", "moitt_report", "check", str(folder)]))
    print(f"\n{number:,} returns in a folder: {clock:.1f} s by the clock, {processor:.1f} s of processors")


def surroundings() -> dict[str, str]:
    """What the numbers depend on."""
    found = {
        name: importlib.metadata.version(name)
        for name in LIBRARIES
        if importlib.util.find_spec(name.replace("-", "_"))
    }
    return {
        "date": time.strftime("%Y-%m-%d"),
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "load when started": f"{os.getloadavg()[0]:.1f}",
        "libraries": ", ".join(f"{name} {version}" for name, version in found.items()),
    }


if __name__ == "__main__":
    main()
