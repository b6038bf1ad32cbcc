"""How long a table of 8 columns takes as a Word file: this project, plain python-docx, docxtpl, pandoc.

    python benchmarks/word.py [ROWS]...

One run, one machine. docxtpl and pypandoc_binary are asked only where they are installed. The floor is the
finished document text, put into a zip and nothing else.
"""

import io
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import docx

from moitt_report.brief.content import Brief, Cell, Column, Fact, Figure, Row, Section, Table, Text
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


def timed(work: Callable[[], object], times: int) -> float:
    """The median in ms."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def main(counts: list[int]) -> None:
    """Print one table."""
    print("| rows | method | ms | times this project |\n| --- | --- | --- | --- |")
    for rows in counts:
        lines, made = words(rows), brief(rows)
        times = 5 if rows <= 1000 else 1
        data = render_docx(made, most_rows=rows)
        methods: dict[str, Callable[[], object]] = {
            "moitt-report": lambda made=made, rows=rows: render_docx(made, most_rows=rows),
            "floor: text to zip": floor_of(data),
            "python-docx, one pass over rows": lambda lines=lines: with_rows(lines),
            "python-docx, add_row": lambda lines=lines: with_add_row(lines),
            "docxtpl": lambda lines=lines: with_docxtpl(lines),
            "pandoc": lambda lines=lines: with_pandoc(lines),
        }
        ours = 0.0
        for name, work in methods.items():
            try:
                took = timed(work, times)
            except ImportError:
                print(f"| {rows:,} | {name} | not installed | |")
                continue
            ours = ours or took
            print(f"| {rows:,} | {name} | {took:,.1f} | {took / ours:.2f} |", flush=True)
    names = ("python-docx", "docxtpl", "pypandoc_binary", "lxml")
    print(f"\nPython {sys.version.split()[0]}; " + ", ".join(f"{n} {_version(n)}" for n in names))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [100, 1000, 10_000])
