"""The PDF against its peers: `python benchmarks/pdf.py`.

The same saved brief, set by this project, Typst, WeasyPrint and fpdf2, in turns, each in a process of its
own. Typst sets it as we do, with charts, notes, links, contents and attachments (`brief.typ`), and once more as mere
words; WeasyPrint and fpdf2 set headings, paragraphs and tables.
Needs `typst`, `weasyprint` and `fpdf2` besides the project.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PEERS = {
    "ours": "moitt-report",
    "typst": "typst",
    "typst-words": "typst",
    "weasyprint": "weasyprint",
    "fpdf2": "fpdf2",
}
"""Each with the package it is of."""
HOME = Path(__file__).resolve().parents[1]
CHILD = Path(__file__).with_name("pdf_peers.py")
SETS = ("brief", "100", "1000", "10000")
WARM = {"10000": 2}
"""Renderings after the first in each process; five where nothing is said."""
SLOW = {("weasyprint", "10000"), ("fpdf2", "10000")}
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


# --- measuring ----------------------------------------------------------------------------------


Times = dict[str, list[float]]
"""What was measured of one peer, all rounds together."""


def measure(peer: str, file: Path, warm: int) -> Times:
    """One process of `peer`; nothing when it failed. Modules are compiled, as they are in an installed copy."""
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run(
        [sys.executable, CHILD, peer, file, str(warm), file.with_suffix(".out")],
        env=surroundings | {"STARTED": str(time.time()), "PYTHONPATH": str(HOME / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        print(f"{peer} failed: {ran.stderr.strip()[-300:]}", file=sys.stderr)
        return {}
    found: Times = json.loads(ran.stdout)
    return found


def main() -> None:
    """Measure in turns, and print a table of medians and their ratios to Typst."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", nargs="*", choices=SETS, default=SETS)
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long-rounds", type=int, default=3, help="rounds of 10,000 rows")
    parser.add_argument("--all", action="store_true", help="also what takes minutes")
    parser.add_argument("--processor", action="store_true", help="processor time, not time on the clock")
    asked = parser.parse_args()
    if asked.processor:
        os.environ["PROCESSOR"] = "yes"
    print(platform.python_version(), platform.platform(), f"{os.cpu_count()} cores")
    print(*(f"{name} {importlib.metadata.version(name)}" for name in sorted({*PEERS.values()})), sep=", ")
    print("\n| set | by | warm s | of Typst | cold s | of Typst | peak MB | of Typst | file kB |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for what in asked.sets:
            file = Path(folder) / f"{what}.json"
            file.write_text(_saved(annex(int(what))) if what.isdigit() else _builtin(), "utf-8")
            peers = [p for p in asked.peers if asked.all or (p, what) not in SLOW]
            if what == asked.sets[0]:
                for peer in peers:
                    measure(peer, file, 1)  # so that all that can be compiled or cached on disk is
            found: dict[str, Times] = {peer: {} for peer in peers}
            for _ in range(asked.long_rounds if what == "10000" else asked.rounds):
                for peer in peers:
                    for name, values in measure(peer, file, WARM.get(what, 5)).items():
                        found[peer].setdefault(name, []).extend(values)
            show(what, found)


def _saved(brief: dict[str, Any]) -> str:
    import moitt_report  # noqa: PLC0415

    return moitt_report.Brief.from_json(json.dumps(brief)).as_json


def _builtin() -> str:
    import moitt_report  # noqa: PLC0415

    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    return moitt_report.compose(portfolio, moitt_report.load_outline("quarterly")).as_json


def show(what: str, found: dict[str, Times]) -> None:
    """The medians of one set of words, and their ratios; in brackets the ratios of the least times."""
    base = found.get("typst", {})
    for peer, of in found.items():
        if of:
            middle = {name: statistics.median(values) for name, values in of.items()}
            cells = [f"{middle['warm']:.3f}", _ratio(of, base, "warm"), f"{middle['cold']:.2f}"]
            cells += [
                _ratio(of, base, "cold"),
                f"{middle['peak']:.0f}",
                _ratio(of, base, "peak", least=False),
            ]
            print(f"| {what} | {peer} | {' | '.join(cells)} | {middle['size']:,.0f} |", flush=True)


def _ratio(of: Times, base: Times, name: str, *, least: bool = True) -> str:
    if not base:
        return ""
    middle = statistics.median(of[name]) / statistics.median(base[name])
    return f"{middle:.2f} ({min(of[name]) / min(base[name]):.2f})" if least else f"{middle:.2f}"


if __name__ == "__main__":
    main()
