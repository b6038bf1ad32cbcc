"""One process that sets one saved brief: `python benchmarks/pdf_peers.py PEER BRIEF.json ROUNDS FILE`.

Only what the peer needs is imported, for the start counts. Prints the seconds to the first file written
to FILE, those of each further rendering, the peak of memory up to the first, and the size. With PROCESSOR in
the environment it is processor time, all threads together, which says more on a machine that does other work.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

FONTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "templates", "fonts")


def _read(file: str) -> dict[str, Any]:
    with open(file, encoding="utf-8") as opened:
        saved: dict[str, Any] = json.load(opened)
    return saved


def _plain(runs: list[dict[str, Any]]) -> str:
    return "".join(run["words"] for run in runs)


Part = tuple[str, Any]


def parts(brief: dict[str, Any], *, charts: bool = False) -> Iterator[Part]:
    """Headings, paragraphs and tables of the saved brief; a chart in words for peers that draw no `charts`."""
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
                    case "chart" if charts:
                        yield "paragraph", _plain(one["title"])
                        yield "chart", one
                    case "chart":
                        yield "paragraph", _plain(one["alt"])


def _grid(table: dict[str, Any]) -> list[list[tuple[str, int]]]:
    head = [(_plain(column["head"]), 1) for column in table["columns"]]
    rows = [[(_plain(c.get("runs", [])), c.get("span", 1)) for c in row["cells"]] for row in table["rows"]]
    return [head, *rows]


def ours(file: str) -> Callable[[int], bytes]:
    """Our own renderer, charts, attachments and all."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # as the command does

    from moitt_report.pipeline.carried import read_brief
    from moitt_report.render.pdf.document import render_pdf

    brief = read_brief(file)
    return lambda _: render_pdf(brief)


def typst(file: str) -> Callable[[int], bytes]:
    """Typst, to the same two standards and with the same data attached: the brief as the file it was saved in,
    each table and chart as CSV. Of a chart it draws the bars and says the values, no more.
    A word differs each time, or its cache would answer.
    """
    import typst as compiler

    saved = _read(file)
    folder, name = os.path.split(os.path.abspath(file))

    def make(turn: int) -> bytes:
        lines = [
            '#set document(title: "Brief")\n#set text(lang: "en", font: "Moitt Sans", size: 9pt)',
            f"#{json.dumps(f'Turn {turn}')}",
            _typst_attached(f"/{name}", "", "application/json"),
        ]
        for n, (kind, what) in enumerate(parts(saved, charts=True)):
            if kind in {"table", "chart"}:
                lines.append(_typst_attached(f"data-{n}.csv", _csv(kind, what), "text/csv"))
            match kind:
                case "heading":
                    lines.append(f"#heading({json.dumps(what, ensure_ascii=False)})")
                case "paragraph":
                    lines.append(f"#par({json.dumps(what, ensure_ascii=False)})")
                case "chart":
                    lines.append(_typst_chart(what))
                case _:
                    lines.append(_typst_table(what))
        return bytes(
            compiler.compile(
                "\n\n".join(lines).encode(),
                root=folder,
                format="pdf",
                font_paths=[FONTS],
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


def _typst_attached(name: str, data: str, kind: str) -> str:
    bytes_ = f", bytes({json.dumps(data, ensure_ascii=False)})" if data else ""
    about = 'relationship: "data", description: "Data of this document"'
    return f'#pdf.attach({json.dumps(name)}{bytes_}, mime-type: "{kind}", {about})'


def _values(chart: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each point of a chart: what it is about, its value, which may be absent, and its words."""
    for n, category in enumerate(chart["categories"]):
        for series in chart["series"]:
            point = series["points"][n]
            yield _plain(category["label"]), point["value"] or "", point["label"]["words"]


def _typst_chart(chart: dict[str, Any]) -> str:
    values = list(_values(chart))
    most = max((abs(float(value)) for _, value, _ in values if value), default=0.0) or 1.0
    cells = [
        f"{json.dumps(about, ensure_ascii=False)}, "
        f"rect(width: {abs(float(value or 0)) / most * 200:.2f}pt, height: 7pt, fill: gray), "
        f"{json.dumps(words, ensure_ascii=False)}"
        for about, value, words in values
    ]
    alt = json.dumps(_plain(chart["alt"]), ensure_ascii=False)
    return f"#figure(alt: {alt}, grid(columns: 3, gutter: 3pt, {', '.join(cells)}))"


def _csv(kind: str, what: Any) -> str:
    rows = _values(what) if kind == "chart" else ([words for words, _ in row] for row in what)
    return "\r\n".join([",".join(['"' + words.replace('"', '""') + '"' for words in row]) for row in rows])


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
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(peer: str, file: str, rounds: int, out: str) -> None:
    """Set the brief once, then `rounds` times more."""
    render = {"ours": ours, "typst": typst, "weasyprint": weasyprint, "fpdf2": fpdf2}[peer](file)
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
    print(json.dumps({"cold": [cold], "warm": warm, "peak": [peak], "size": [size / 1e3]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
