"""The PDF against its peers: `python benchmarks/pdf.py`.

The same words, set by this project, Typst, WeasyPrint and fpdf2, in turns, each in a process of its
own. Only we draw the charts and attach the data; the peers set headings, paragraphs and tables.
Needs `typst`, `weasyprint` and `fpdf2` besides the project.
"""

import argparse
import html
import importlib.metadata
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PEERS = {"ours": "moitt-report", "typst": "typst", "weasyprint": "weasyprint", "fpdf2": "fpdf2"}
FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
SLOW = {("weasyprint", "10000")}
"""Left out unless asked for: minutes and gigabytes."""


# --- what is set --------------------------------------------------------------------------------


def annex(rows: int) -> dict[str, Any]:
    """A brief of one table of eight columns, as JSON. All figures are made up."""
    facts, body = [], []
    for r in range(rows):
        cells = [[_text(str(r % 10000), "number")], [_text(f"Project {chr(65 + r % 26)} of the annex")]]
        for c in range(6):
            value = f"{(r * 7919 + c * 104729) % 9999999 / 1000:.3f}"
            name, words = f"f{r}-{c}", f"{float(value):,.3f}"
            facts.append(
                {"id": name, "label": "made up", "value": value, "unit": "Rs", "printings": {"table": words}}
            )
            cells.append([{"kind": "figure", "fact": name, "printing": "table", "words": words}])
        body.append({"cells": [{"runs": runs} for runs in cells]})
    columns: list[dict[str, Any]] = [
        {"head": [_text("No.")], "width": 10},
        {"head": [_text("Project")], "width": 50},
        *({"head": [_text(f"Head {c}")], "width": 18, "align": "right"} for c in "abcdef"),
    ]
    table = {"kind": "table", "anchor": "annex", "title": [_text("ILLUSTRATIVE annex")], "stub": 1}
    table |= {"columns": columns, "rows": body, "size": "dense"}
    head = {"kind": "heading", "level": 1, "runs": [_text("Annex")], "anchor": "head"}
    return {
        "language": "en", "outline": "annex", "period": "2024-25-Q2", "title": "ILLUSTRATIVE annex",
        "running_head": [[_text("Ministry")], [_text("Annex")]], "stage": "final", "as_of": "2024-12-31",
        "author": "Ministry", "sections": [{"id": "a", "blocks": [head, table]}], "facts": facts,
    }  # fmt: skip


def _text(words: str, furniture: str | None = None) -> dict[str, Any]:
    return {"kind": "text", "words": words, "furniture": furniture}


def _plain(runs: list[dict[str, Any]]) -> str:
    return "".join(run["words"] for run in runs)


Part = tuple[str, Any]


def parts(brief: dict[str, Any]) -> Iterator[Part]:
    """Headings, paragraphs and tables of the saved brief, for peers that know no more."""
    for section in brief["sections"]:
        for block in section["blocks"]:
            for one in (block["left"], block["right"]) if block["kind"] == "pair" else (block,):
                match one["kind"]:
                    case "heading":
                        yield "heading", _plain(one["runs"])
                    case "paragraph":
                        yield "paragraph", _plain(one["runs"])
                    case "list":
                        yield from (("paragraph", _plain(item)) for item in one["items"])
                    case "notes":
                        yield from (("paragraph", _plain(item["runs"])) for item in one["items"])
                    case "table":
                        yield "paragraph", _plain(one["title"])
                        yield "table", _grid(one)
                    case "chart":
                        yield "paragraph", _plain(one["alt"])


def _grid(table: dict[str, Any]) -> list[list[tuple[str, int]]]:
    head = [(_plain(column["head"]), 1) for column in table["columns"]]
    rows = [[(_plain(c.get("runs", [])), c.get("span", 1)) for c in row["cells"]] for row in table["rows"]]
    return [head, *rows]


# --- who sets it --------------------------------------------------------------------------------


def ours(saved: dict[str, Any]) -> Callable[[int], bytes]:
    """Our own renderer, charts, attachments and all."""
    from moitt_report.brief.content import Brief  # noqa: PLC0415  only what is measured is loaded
    from moitt_report.render.pdf.document import render_pdf  # noqa: PLC0415

    brief = Brief.model_validate(saved)
    return lambda _: render_pdf(brief)


def typst(saved: dict[str, Any]) -> Callable[[int], bytes]:
    """Typst, to the same two standards. A word differs each time, or its cache would answer."""
    import typst as compiler  # noqa: PLC0415

    def make(turn: int) -> bytes:
        lines = [
            '#set document(title: "Brief")\n#set text(lang: "en", font: "Moitt Sans", size: 9pt)',
            f"#{json.dumps(f'Turn {turn}')}",
        ]
        for kind, what in parts(saved):
            match kind:
                case "heading":
                    lines.append(f"#heading({json.dumps(what, ensure_ascii=False)})")
                case "paragraph":
                    lines.append(f"#par({json.dumps(what, ensure_ascii=False)})")
                case _:
                    lines.append(_typst_table(what))
        return bytes(
            compiler.compile(
                "\n\n".join(lines).encode(),
                format="pdf",
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
                pdf_standards=["a-3a", "ua-1"],
                timestamp=1735603200,
            )
        )

    return make


def _typst_table(grid: list[list[tuple[str, int]]]) -> str:
    def cell(words: str, span: int) -> str:
        quoted = json.dumps(words, ensure_ascii=False)
        return quoted if span == 1 else f"table.cell(colspan: {span}, {quoted})"

    head, *rows = [", ".join(cell(*one) for one in row) for row in grid]
    body = ",\n".join(rows)
    return f"#table(columns: {len(grid[0])}, stroke: 0.35pt, table.header({head}),\n{body})"


def weasyprint(saved: dict[str, Any]) -> Callable[[int], bytes]:
    """WeasyPrint, tagged."""
    from weasyprint import HTML  # noqa: PLC0415

    def make(_turn: int) -> bytes:
        lines = ["<html lang=en><title>Brief</title><style>body{font:9pt sans-serif}</style><body>"]
        for kind, what in parts(saved):
            if kind == "table":
                rows = [
                    "<tr>" + "".join(f"<td colspan={s}>{html.escape(w)}</td>" for w, s in row) + "</tr>"
                    for row in what
                ]
                lines.append(
                    f"<table><thead>{rows[0].replace('td', 'th')}</thead><tbody>{''.join(rows[1:])}</table>"
                )
            else:
                tag = "h1" if kind == "heading" else "p"
                lines.append(f"<{tag}>{html.escape(what)}</{tag}>")
        return bytes(HTML(string="".join(lines)).write_pdf(pdf_variant="pdf/ua-1"))

    return make


def fpdf2(saved: dict[str, Any]) -> Callable[[int], bytes]:
    """fpdf2, which writes no tags."""
    from fpdf import FPDF  # noqa: PLC0415

    def make(_turn: int) -> bytes:
        pdf = FPDF()
        pdf.add_font("M", "", str(FONTS / "MoittSans-Regular.ttf"))
        pdf.add_font("M", "B", str(FONTS / "MoittSans-Bold.ttf"))
        pdf.set_font("M", size=9)
        pdf.add_page()
        for kind, what in parts(saved):
            if kind == "table":
                with pdf.table() as table:
                    for line in what:
                        row = table.row()
                        for words, span in line:
                            row.cell(words, colspan=span)
            elif what:
                pdf.multi_cell(0, text=what, new_x="LMARGIN", new_y="NEXT")
        return bytes(pdf.output())

    return make


# --- measuring ----------------------------------------------------------------------------------


def child(peer: str, file: str) -> None:
    """Read the saved brief and render it twice; print times, peak memory and size."""
    saved = json.loads(Path(file).read_text("utf-8"))
    make = {"ours": ours, "typst": typst, "weasyprint": weasyprint, "fpdf2": fpdf2}[peer]
    render = make(saved)
    size = len(render(0))
    peak = _peak()
    cold = time.time() - float(os.environ["STARTED"])
    start = time.perf_counter()
    render(1)
    print(json.dumps({"cold": cold, "warm": time.perf_counter() - start, "peak": peak, "size": size / 1e3}))


def _peak() -> float:
    """Most memory held so far, in MB. The usual count begins with that of the parent process."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measure(peer: str, file: Path) -> dict[str, float] | None:
    """One process of `peer`; none when it failed."""
    ran = subprocess.run(
        [sys.executable, __file__, "--child", peer, str(file)],
        env=os.environ | {"STARTED": str(time.time())},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        print(f"{peer} failed: {ran.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def main() -> None:
    """Measure in turns, and print a table of medians and their ratios to Typst."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long-rounds", type=int, default=3, help="rounds of 10,000 rows")
    parser.add_argument("--all", action="store_true", help="also what takes minutes")
    parser.add_argument("--child", nargs=2, metavar=("PEER", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(*asked.child)
        return
    print(platform.python_version(), platform.platform(), f"{os.cpu_count()} cores")
    print(*(f"{name} {importlib.metadata.version(name)}" for name in list(PEERS.values())[1:]), sep=", ")
    print("\n| set | by | warm s | of Typst | cold s | of Typst | peak MB | of Typst | file kB |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for what, saved in (("brief", None), *((str(n), annex(n)) for n in (100, 1000, 10000))):
            file = Path(folder) / f"{what}.json"
            file.write_text(json.dumps(saved) if saved else _builtin(), "utf-8")
            rounds = asked.long_rounds if what == "10000" else asked.rounds
            peers = [p for p in PEERS if asked.all or (p, what) not in SLOW]
            found: dict[str, list[dict[str, float]]] = {peer: [] for peer in peers}
            for _ in range(rounds):
                for peer in peers:
                    if one := measure(peer, file):
                        found[peer].append(one)
            show(what, found)


def _builtin() -> str:
    import moitt_report  # noqa: PLC0415

    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    return moitt_report.compose(portfolio, moitt_report.load_outline("quarterly")).model_dump_json()


def show(what: str, found: dict[str, list[dict[str, float]]]) -> None:
    """The medians of one set of words."""
    names = ("warm", "cold", "peak", "size")
    medians = {
        peer: {name: statistics.median(one[name] for one in times) for name in names}
        for peer, times in found.items()
        if times
    }
    base = medians.get("typst", {})
    for peer, of in medians.items():
        cells = [f"{of['warm']:.3f}", _ratio(of, base, "warm"), f"{of['cold']:.2f}", _ratio(of, base, "cold")]
        cells += [f"{of['peak']:.0f}", _ratio(of, base, "peak"), f"{of['size']:,.0f}"]
        print(f"| {what} | {peer} | {' | '.join(cells)} |", flush=True)


def _ratio(of: dict[str, float], base: dict[str, float], name: str) -> str:
    return f"{of[name] / base[name]:.2f}" if base else ""


if __name__ == "__main__":
    main()
