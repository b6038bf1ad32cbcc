"""How long a Word file takes, and how much memory: this project, plain python-docx, docxtpl, pandoc.

    python benchmarks/word.py [ROWS]...

Tables of 8 columns, and the built-in brief of six pages. Each method runs in a process of its own, once to warm up and
then several times; medians of processor time, that of children included, since the machine may be shared. docxtpl and pypandoc_binary are asked only where they are installed. The floor is the
finished parts of our file, put into a zip and nothing else, in turns with ours.
"""

import gc
import io
import json
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import docx

from moitt_report.brief.content import Brief, Cell, Column, Figure, Row, Section, Table, Text
from moitt_report.brief.fact import Fact
from moitt_report.render.docx.document import render_docx

COLUMNS = 8


def words(rows: int) -> list[list[str]]:
    """The cells."""
    return [[f"{y * x % 9973}.{x}" for x in range(1, COLUMNS + 1)] for y in range(rows)]


def brief(rows: int) -> Brief:
    """A brief of one such table."""
    facts: dict[str, Fact] = {}
    lines = []
    for line in words(rows):
        cells = []
        for each in line:
            name = f"f{each}"
            facts[name] = Fact(id=name, label="Made up", value=each, unit="", printings={"table": each})
            cells.append(Cell(runs=(Figure(fact=name, printing="table", words=each),)))
        lines.append(Row(cells=tuple(cells)))
    columns = tuple(Column(head=(Text(words="Head"),), width=20, align="right") for _ in range(COLUMNS))
    table = Table(anchor="t", title=(Text(words="Made up"),), columns=columns, rows=tuple(lines))
    side = (Text(words="Made up"),)
    return Brief(
        language="en-GB", outline="quarterly", period="2024-25-Q2", title="Made up", running_head=(side, side),
        stage="final", as_of="2024-12-31", author="Nobody", sections=(Section(id="s", blocks=(table,)),),
        facts=tuple(facts.values()),
    )  # fmt: skip


def with_rows(lines: list[list[str]]) -> None:
    """python-docx, the table made at once and filled in one pass over its rows."""
    document = docx.Document()
    table = document.add_table(len(lines), COLUMNS)
    for row, line in zip(table.rows, lines, strict=True):
        for cell, each in zip(row.cells, line, strict=True):
            cell.text = each
    document.save(io.BytesIO())


def with_add_row(lines: list[list[str]]) -> None:
    """python-docx, a row added for each line."""
    document = docx.Document()
    table = document.add_table(0, COLUMNS)
    for line in lines:
        for cell, each in zip(table.add_row().cells, line, strict=True):
            cell.text = each
    document.save(io.BytesIO())


def with_docxtpl(lines: list[list[str]]) -> None:
    """docxtpl, a row repeated by the template."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  asked only where it is installed

    document = docx.Document()
    table = document.add_table(3, COLUMNS)
    table.rows[0].cells[0].text = "{%tr for line in lines %}"
    for n in range(COLUMNS):
        table.rows[1].cells[n].text = f"{{{{ line[{n}] }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    made = io.BytesIO()
    document.save(made)
    template = DocxTemplate(made)
    template.render({"lines": lines})
    template.save(io.BytesIO())


def with_pandoc(lines: list[list[str]]) -> None:
    """pandoc, from a pipe table."""
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    import pypandoc  # noqa: PLC0415  asked only where it is installed

    bar = [["Head"] * COLUMNS, ["---"] * COLUMNS]
    text = "\n".join("|" + "|".join(line) + "|" for line in [*bar, *lines])
    with tempfile.TemporaryDirectory() as folder:
        pypandoc.convert_text(text, "docx", format="gfm", outputfile=str(Path(folder, "a.docx")))


def floor_of(data: bytes) -> Callable[[], None]:
    """The same parts, zipped again and nothing else."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def work() -> None:
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)

    return work


def ours(rows: int) -> list[Callable[[], object]]:
    """Our own way, and the floor under it."""
    made = brief(rows)
    return [lambda: render_docx(made, most_rows=rows), floor_of(render_docx(made, most_rows=rows))]


def six_pages(_: int) -> list[Callable[[], object]]:
    """The built-in brief with its charts, and the floor under it."""
    import moitt_report  # noqa: PLC0415  its reading is not measured with the tables

    portfolio, _warnings = moitt_report.load(["2024-25-Q2"])
    made = moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))
    return [lambda: render_docx(made), floor_of(render_docx(made))]


def json_of(rows: int) -> list[Callable[[], object]]:
    """The JSON and the digest that every file of a brief carries; made once for all of them."""
    made = brief(rows)
    return [lambda: made.read_back().digest]


def peer(work: Callable[[list[list[str]]], None]) -> Callable[[int], list[Callable[[], object]]]:
    """Another maker of Word files."""

    def prepared(rows: int) -> list[Callable[[], object]]:
        lines = words(rows)
        return [lambda: work(lines)]

    return prepared


METHODS: dict[str, Callable[[int], list[Callable[[], object]]]] = {
    "moitt-report": ours,
    "JSON and digest of the brief": json_of,
    "python-docx, one pass over rows": peer(with_rows),
    "python-docx, add_row": peer(with_add_row),
    "docxtpl": peer(with_docxtpl),
    "pandoc": peer(with_pandoc),
}
BRIEF = "six pages"


def one(name: str, rows: int) -> None:
    """Measure one method in this process, and print times in ms and the peak in MB."""
    works = (six_pages if name == BRIEF else METHODS[name])(rows)
    before = _peak()
    times: list[list[float]] = [[] for _ in works]
    start = time.perf_counter()
    works[0]()
    rounds = 3 if time.perf_counter() - start > 1 else 11
    for _ in range(rounds):
        for took, work in zip(times, works, strict=True):
            gc.collect()
            start = _spent()
            work()
            took.append((_spent() - start) * 1000)
    print(json.dumps({"ms": [statistics.median(each) for each in times], "mb": [before, _peak()]}))


def _spent() -> float:
    """Seconds of processor time of this process and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _peak() -> int:
    """The most memory this process had so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def asked(name: str, rows: int) -> dict[str, list[float]] | None:
    """What `one` measured in a process of its own; None where the method is not installed."""
    line = [sys.executable, __file__, "--one", name, str(rows)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(counts: list[int]) -> None:
    """Print two tables."""
    print(
        "| rows | method | ms | of ours | of the floor | peak MB |\n| ---: | --- | ---: | ---: | ---: | ---: |"
    )
    for rows in counts:
        mine, floor = 0.0, 0.0
        for name in METHODS:
            found = asked(name, rows)
            if found is None:
                print(f"| {rows:,} | {name} | not installed | | | |")
                continue
            if name == "moitt-report":
                mine, floor = found["ms"]
                print(f"| {rows:,} | floor: parts to zip | {floor:,.1f} | {floor / mine:.2f} | 1.00 | |")
            took = found["ms"][0]
            ratios = f"{took / mine:.2f} | {took / floor:.2f}"
            print(f"| {rows:,} | {name} | {took:,.1f} | {ratios} | {found['mb'][1]} |", flush=True)
            if name == "moitt-report":
                print(f"| {rows:,} | of which the brief itself | | | | {found['mb'][0]} |")
    found = asked(BRIEF, 0)
    if found:
        took, floor = found["ms"]
        print(f"\nSix pages with charts: {took:.1f} ms, floor {floor:.1f} ms, peak {found['mb'][1]} MB")
    names = ("python-docx", "docxtpl", "pypandoc_binary", "XlsxWriter", "lxml", "pydantic")
    print(f"\nPython {sys.version.split()[0]}; " + ", ".join(f"{n} {_version(n)}" for n in names))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(each) for each in sys.argv[1:]] or [100, 1000, 10_000])
