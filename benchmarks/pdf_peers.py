"""One process that sets one saved brief: `python benchmarks/pdf_peers.py PEER BRIEF.json ROUNDS FILE`.

Only what the peer needs is imported, for the start counts: not even `typing`. Prints the seconds to the first file written
to FILE, those of each further rendering, the peak of memory up to the first, and the size. With PROCESSOR in
the environment it is processor time, all threads together, which says more on a machine that does other work.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Part = tuple[str, Any]

FONTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "templates", "fonts")


def _read(file: str) -> dict[str, Any]:
    import json

    with open(file, encoding="utf-8") as opened:
        saved: dict[str, Any] = json.load(opened)
    return saved


def _plain(runs: list[dict[str, Any]]) -> str:
    return "".join(run["words"] for run in runs)


def parts(brief: dict[str, Any]) -> Iterator[Part]:
    """Headings, paragraphs and tables of the saved brief, and charts in words."""
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


def ours(file: str) -> Callable[[int], bytes]:
    """What this project makes of it."""
    import moitt_report

    with open(file, "rb") as opened:
        brief = moitt_report.Brief.from_json(opened.read())
    return lambda _: moitt_report.render_pdf(brief)


def typst(file: str) -> Callable[[int], bytes]:
    """Typst, the same brief: words, look, charts, notes, links, contents and attachments, to the same two standards.

    `brief.typ` reads the saved brief. A number differs each time, or its cache would answer.
    """
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "brief.typ"), "rb") as opened:
        template = opened.read()
    return _typst(file, lambda turn: (template, {"turn": str(turn)}))


def typst_words(file: str) -> Callable[[int], bytes]:
    """Typst, headings, paragraphs and tables in one type, nothing attached but the brief; written out as its source."""
    import json

    def quoted(words: str) -> str:
        return json.dumps(words, ensure_ascii=False)

    def source(turn: int) -> tuple[bytes, dict[str, str]]:
        lines = [
            '#set document(title: "Brief")\n#set text(lang: "en", font: "Moitt Sans", size: 9pt)',
            f"#{quoted(f'Turn {turn}')}",
            '#pdf.attach(sys.inputs.brief, relationship: "data", mime-type: "application/json", description: "Data")',
        ]
        for kind, what in parts(saved):
            if kind == "table":
                lines.append(_typst_table(what, quoted))
            else:
                lines.append(f"#{'heading' if kind == 'heading' else 'par'}({quoted(what)})")
        return "\n\n".join(lines).encode(), {}

    saved = _read(file)
    return _typst(file, source)


def _typst(file: str, source: Callable[[int], tuple[bytes, dict[str, str]]]) -> Callable[[int], bytes]:
    import typst as compiler

    folder, name = os.path.split(os.path.abspath(file))

    def make(turn: int) -> bytes:
        text, inputs = source(turn)
        return bytes(
            compiler.compile(
                text,
                root=folder,
                format="pdf",
                font_paths=[FONTS],
                ignore_system_fonts=True,
                pdf_standards=["a-3a", "ua-1"],
                timestamp=1735603200,
                sys_inputs={"brief": f"/{name}"} | inputs,
            )
        )

    return make


def _typst_table(grid: list[list[tuple[str, int]]], quoted: Callable[[str], str]) -> str:
    def cell(words: str, span: int) -> str:
        return quoted(words) if span == 1 else f"table.cell(colspan: {span}, {quoted(words)})"

    head, *rows = [", ".join(cell(*one) for one in row) for row in grid]
    body = ",\n".join(rows)
    return f"#table(columns: {len(grid[0])}, stroke: 0.35pt, table.header({head}),\n{body})"


def weasyprint(file: str) -> Callable[[int], bytes]:
    """WeasyPrint, tagged."""
    import html

    from weasyprint import HTML

    saved = _read(file)

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


def fpdf2(file: str) -> Callable[[int], bytes]:
    """fpdf2, which writes no tags."""
    from fpdf import FPDF

    saved = _read(file)

    def make(_turn: int) -> bytes:
        pdf = FPDF()
        pdf.add_font("M", "", os.path.join(FONTS, "MoittSans-Regular.ttf"))
        pdf.add_font("M", "B", os.path.join(FONTS, "MoittSans-Bold.ttf"))
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


def _peak() -> float:
    """Most memory held so far, in MB. The usual count begins with that of the parent process."""
    if not os.path.isfile("/proc/self/status"):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open("/proc/self/status", encoding="utf-8") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(peer: str, file: str, rounds: int, out: str) -> None:
    """Set the brief once, then `rounds` times more."""
    peers = {
        "ours": ours,
        "typst": typst,
        "typst-words": typst_words,
        "weasyprint": weasyprint,
        "fpdf2": fpdf2,
    }
    render = peers[peer](file)
    made = render(0)
    with open(out, "wb") as written:
        written.write(made)
    busy = "PROCESSOR" in os.environ
    cold = time.process_time() if busy else time.time() - float(os.environ["STARTED"])
    clock = time.process_time if busy else time.perf_counter
    peak, size = _peak(), len(made)
    del made
    warm = []
    for turn in range(1, rounds + 1):
        start = clock()
        render(turn)
        warm.append(clock() - start)
    import json

    print(json.dumps({"cold": [cold], "warm": warm, "peak": [peak], "size": [size / 1e3]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
