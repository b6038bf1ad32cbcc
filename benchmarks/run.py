"""How long a brief takes: `python benchmarks/run.py`.

Cold: a fresh process from command to finished file. Warm: rendering alone, the brief already made.
Beside them, as peers: plain ReportLab and plain python-docx setting the same words in paragraphs
and tables, without tags, charts, layout or any check. Writes nothing unless `--json FILE` is given.
"""

import argparse
import gc
import importlib.metadata
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph as Plain
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as Grid

import moitt_report
from moitt_report.brief.content import Brief, Heading, Paragraph, Table, blocks, plain
from moitt_report.pipeline.inputs import builtin_inputs, default_outline

WARM_UPS = 2
LIBRARIES = ("moitt-report", "reportlab", "python-docx", "python-pptx", "XlsxWriter", "lxml", "pydantic")
IMPORT = """
import sys, time
start = time.perf_counter()
import moitt_report
took = time.perf_counter() - start
heavy = [name for name in ("reportlab", "docx", "pptx", "xlsxwriter") if name in sys.modules]
print(took, ",".join(heavy) or "none")
"""

Times = list[float]


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each warm measurement")
    parser.add_argument("--cold-rounds", type=int, default=7, help="fresh processes per cold measurement")
    parser.add_argument("--json", metavar="FILE", help="also write every single time to FILE")
    asked = parser.parse_args()
    about, (import_times, heavy) = surroundings(), importing(asked.cold_rounds)
    print(*(f"{name}: {value}" for name, value in about.items()), sep="\n")
    print(f"loaded by “import moitt_report” of ReportLab, python-docx, python-pptx, XlsxWriter: {heavy}\n")
    measured: dict[str, Times] = {"import moitt_report, cold": import_times}
    show_head()
    show("import moitt_report, cold", import_times)
    for name in builtin_inputs():
        measured |= measure(name, asked.rounds, asked.cold_rounds)
    if asked.json:
        result = {"about": about, "loaded by import": heavy, "seconds": measured}
        Path(asked.json).write_text(json.dumps(result, indent=1, ensure_ascii=False), "utf-8")


def measure(name: str, rounds: int, cold_rounds: int) -> dict[str, Times]:
    """All measurements of one built-in brief, each shown as it is done."""
    brief = brief_of(name)
    work: dict[str, Callable[[], object]] = {
        f"{name}: read, check, compose, warm": lambda: brief_of(name),
        f"{name}: PDF, warm": lambda: moitt_report.render_pdf(brief),
        f"{name}: PDF, peer: plain ReportLab, warm": lambda: plain_pdf(brief),
        f"{name}: Word, warm": lambda: moitt_report.render_docx(brief),
        f"{name}: Word, peer: plain python-docx, warm": lambda: plain_docx(brief),
    }
    measured = {}
    for what, job in work.items():
        measured[what] = timed(job, rounds, WARM_UPS)
        show(what, measured[what])
    for form, label in (("pdf", "PDF"), ("docx", "Word"), (None, "both")):
        what = f"{name}: {label}, cold"
        measured[what] = timed(lambda form=form: cold(name, form), cold_rounds, 1)
        show(what, measured[what])
    return measured


def brief_of(name: str) -> Brief:
    """The brief of a built-in input, made from its files."""
    portfolio, _ = moitt_report.load([name])
    return moitt_report.compose(portfolio, moitt_report.load_outline(default_outline(portfolio)))


def cold(name: str, form: str | None) -> None:
    """The command in a fresh process, its files thrown away."""
    with tempfile.TemporaryDirectory() as out:
        line = [sys.executable, "-m", "moitt_report", "build", name, "--out", out]
        line += ["--format", form] if form else []
        subprocess.run(line, check=True, capture_output=True)


def importing(rounds: int) -> tuple[Times, str]:
    """The times of importing the package in fresh processes, and which heavy libraries came with it."""
    times, heavy = [], ""
    for n in range(rounds + 1):
        said = subprocess.run(
            [sys.executable, "-c", IMPORT], check=True, capture_output=True, text=True
        ).stdout
        took, heavy = said.split()
        times += [float(took)] if n else []  # the first one fills the caches of the disk
    return times, heavy


def timed(job: Callable[[], object], rounds: int, warm_ups: int) -> Times:
    """Seconds of each round, after the warm-ups."""
    for _ in range(warm_ups):
        job()
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return times


# --- peers: the same words by the bare libraries ---------------------------------------------------


def texts(brief: Brief) -> list[str | list[list[str]]]:
    """The words of the brief's headings and paragraphs, and its tables as rows of words."""
    found: list[str | list[list[str]]] = []
    for block in blocks(brief):
        if isinstance(block, Heading | Paragraph):
            found.append(plain(block.runs))
        elif isinstance(block, Table):
            head = [plain(column.head) for column in block.columns]
            found.append(
                [head, *(_padded([plain(c.runs) for c in row.cells], len(head)) for row in block.rows)]
            )
    return found


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def plain_pdf(brief: Brief) -> bytes:
    """The words by ReportLab's own paragraphs and tables."""
    file, styles = io.BytesIO(), getSampleStyleSheet()
    story = [
        Plain(_escaped(one), styles["BodyText"])
        if isinstance(one, str)
        else Grid([[Plain(_escaped(cell), styles["BodyText"]) for cell in row] for row in one], repeatRows=1)
        for one in texts(brief)
    ]
    SimpleDocTemplate(file).build(story)
    return file.getvalue()


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def plain_docx(brief: Brief) -> bytes:
    """The words by python-docx's own paragraphs and tables."""
    file, document = io.BytesIO(), docx.Document()
    for one in texts(brief):
        if isinstance(one, str):
            document.add_paragraph(one)
            continue
        table = document.add_table(rows=len(one), cols=len(one[0]))
        for row, words in zip(table.rows, one, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
    document.save(file)
    return file.getvalue()


# --- telling ---------------------------------------------------------------------------------------


def surroundings() -> dict[str, str]:
    """What the numbers depend on."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "load when started": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known",
        "libraries": ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES),
    }


def show_head() -> None:
    """The heads of the table."""
    print(f"{'seconds':<64}{'median':>9}{'least':>9}{'rounds':>8}")


def show(what: str, times: Times) -> None:
    """One line of the table."""
    print(f"{what:<64}{statistics.median(times):>9.3f}{min(times):>9.3f}{len(times):>8}", flush=True)


if __name__ == "__main__":
    main()
