"""Files made to harm: each ends as a clear problem, soon, and nothing in it is run, followed or fetched."""

import io
import os
import re
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from links import link
from moitt_report.errors import UsageError
from moitt_report.intake.files import USUAL
from moitt_report.intake.manner import raised, with_encoding
from sheets import csv_text, read, without, workbook

SHEET = "xl/worksheets/sheet3.xml"
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(body: str, lead: str = "") -> bytes:
    xml = f"{lead}<worksheet {_NS}>{body}</worksheet>"
    return without(workbook(), part=SHEET, change=lambda _: xml.encode())


def rows(body: str) -> bytes:
    return sheet(f"<sheetData>{body}</sheetData>")


def archive(name: str, content: bytes = b"x", mode: int = 0) -> bytes:
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as book:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = mode << 16
        book.writestr(member, content)
    return made.getvalue()


def many(number: int) -> bytes:
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as book:
        for n in range(number):
            book.writestr(f"xl/media/{n}.bin", b"")
    return made.getvalue()


def cells(number: int) -> bytes:
    return rows("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, number)))


LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a 'lol'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def hostile_workbooks() -> Iterator[tuple[str, bytes, str]]:
    good = workbook()
    for size in (0, 1, 4, 100, len(good) // 2, len(good) - 30):
        yield f"cut at {size}", good[:size], "damaged"
    yield "old format", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"
    yield "an archive of nothing", b"PK\x05\x06" + b"\0" * 18, "not an Excel workbook"
    yield "a page", b"<html><table><tr><td>1</td></tr></table></html>", "damaged"
    for name in ("../out.xml", "/etc/passwd", "xl/../../x", "..\\x", "C:/x"):
        yield f"path {name}", archive(name), "leads out"
    if os.sep == "/":  # elsewhere the backslash parts folders, and zipfile reads it so
        yield "path xl\\x", archive("xl\\x"), "leads out"
    yield "link", archive("xl/link.xml", b"/etc/passwd", stat.S_IFLNK | 0o777), "link to another file"
    yield "part twice in other case", archive("XL/Workbook.XML"), "twice"
    yield "too many parts", many(400), "parts"
    yield "bomb of spaces", archive("xl/sharedStrings2.xml", b" " * 200_000_000), "unpacked"
    yield "bomb of noughts", archive("xl/media/a.bin", bytes(100_000_000)), "unpacked"
    yield "tight packing", archive("xl/media/a.bin", bytes(8_000_000)), "times"
    yield "laughs", sheet("", LAUGHS), "document type"
    yield "outside entity", sheet("<x>&x;</x>", OUTSIDE), "document type"
    yield "empty document type", sheet("", "<!DOCTYPE w>"), "document type"
    for ref in ("XFD1048576", "A1048576", "XFD1", "ZZZ1", "A9999999", "A5001", "GS1"):
        yield f"far cell {ref}", rows(f'<row r="1"><c r="{ref}"><v>1</v></c></row>'), "outside the first"
    for ref in ("A0x", "1A", "", "AAAA1", "A-1", "١A1"):
        yield f"no address {ref}", rows(f'<row r="1"><c r="{ref}"><v>1</v></c></row>'), "proper address"
    far = "&#88;FD1048576"
    yield "far cell in disguise", rows(f'<row r="1"><c r="{far}"><v>1</v></c></row>'), "outside the first"
    yield "far row", rows('<row r="1048576"/>'), "outside the first"
    yield (
        "too many cells",
        cells(4_900) and rows("".join(f'<row r="{n}">' + "<c/>" * 10 + "</row>" for n in range(1, 3_000))),
        "cells",
    )
    for ref in ("A1:XFD1048576", "A1:GR5000", "A1:A1048576"):
        yield (
            f"merged {ref}",
            sheet(f'<sheetData/><mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'),
            "",
        )
    yield "many elements", sheet("<sheetData/>" + "".join(f"<x{n}/>" for n in range(160_000))), "elements"
    yield "deep", sheet("<x>" * 5_000 + "</x>" * 5_000), "nests them deeper"
    yield "not XML", without(workbook(), part=SHEET, change=lambda _: b"<a><b></a>"), "not XML"
    yield "no sheet", without(workbook(), part=SHEET, change=lambda _: b""), "not XML"
    yield "no book", without(workbook(), part="xl/workbook.xml", change=lambda _: b"<x/>"), "holds no sheet"
    yield (
        "one part as a thousand sheets",
        without(workbook(), part="xl/workbook.xml", change=_thousandfold),
        "twice",
    )
    yield "comments of one sheet at twenty", shared_comments(), "refers twice to the same part"
    yield "encoding", sheet("", '<?xml version="1.0" encoding="utf-7"?>'), "encoding"
    yield "cell twice", rows('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "twice"
    for what in ("wide heads", "unknown names", "unreadable figures"):
        yield what, workbook(partial(_filled, what=what)), "known" if what == "unknown names" else ""
    yield "number of many digits", rows(f'<row r="1"><c r="A1"><v>{"9" * 400}</v></c></row>'), ""
    yield "number of huge exponent", rows('<row r="1"><c r="A1"><v>1e400</v></c></row>'), ""
    yield "broken type", rows('<row r="1"><c r="A1" t="d"><v>never</v></c></row>'), ""
    yield "unknown style", rows('<row r="1"><c r="A1" s="9999"><v>1</v></c></row>'), ""
    yield "unknown text", rows('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), ""


def shared_comments() -> bytes:
    """A workbook whose sheets all refer to the comments of one of them, of which there are a thousand."""

    def commented(book: Workbook) -> None:
        for n in range(20):
            book.create_sheet(f"Sheet {n}")["A1"].comment = Comment("a", "b")

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(commented))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = re.sub(rb"/comments/comment\d+\.xml", b"/comments/comment1.xml", old.read(name))
            if name == "xl/comments/comment1.xml":
                one = re.search(rb"<comment .*?</comment>", content)[0]
                content = content.replace(
                    one, b"".join(one.replace(b'"A1"', b'"A%d"' % n) for n in range(1, 1_001))
                )
            new.writestr(name, content)
    return made.getvalue()


def _thousandfold(book: bytes) -> bytes:
    """The list of sheets with one of them under a thousand names."""
    one = re.search(rb'<sheet [^>]*name="KPIs"[^>]*/>', book)[0]
    return book.replace(one, b"".join(one.replace(b"KPIs", b"K%d" % n) for n in range(1_000)))


def _filled(book: Workbook, what: str) -> None:
    """The sheet of KPIs filled to the limits with what takes a reader longest."""
    sheet = book["KPIs"]
    for row in range(1, 95) if what == "wide heads" else range(4, 4_500):
        for column in range(1, 200 if what == "wide heads" else 4):
            sheet.cell(row, column, f"actual peried {row}.{column} ach")
        if what == "unreadable figures":
            sheet.cell(row, 1, "teledensity")


def hostile_csv() -> Iterator[tuple[str, bytes, str]]:
    good = csv_text().encode()
    yield "quote left open", good + b'"and so on', "quotation mark"
    yield "NUL", good.replace(b"2700", b"27\x0000"), "NUL"
    yield "not UTF-8", good.replace(b"PSDP", b"\xff\xfe\xfd"), "not UTF-8"
    yield "half of UTF-16", b"\xff\xfeC\x00o\x00v", "not UTF-16"
    yield "wide", good + b"," * 100_000, "columns"
    yield "long", good + b"1\n" * 6_000, "lines"
    yield "one long cell", good + b"x" * 100_000, "characters"
    yield "very long cell", good + b"x" * 1_000_000, "limit"
    yield "too large", good + b"\n" * 6_000_000, "larger than"
    yield "no block", b"a,b\n1,2\n", "before the first block"
    yield "empty", b"", "empty"
    yield "block twice", good + b"\r\nKPIs\r\n", "twice"
    yield "override", good.replace(b"2700", "\u202e2700".encode()), "U+202E"
    yield "zero width", good.replace(b"2700", "27\u200b00".encode()), "U+200B"
    yield "exponent", good.replace(b"2700", b"1e999999"), "not a number"
    yield "many digits", good.replace(b"2700", b"9" * 4_000), ""


def hostile_texts() -> Iterator[tuple[str, bytes, str]]:
    yield "aliases", b"a: &a [x]\nb: *a\n", "anchor"
    yield "deep list", b"[" * 100_000, "nested"
    entry = "  - {{kpi: unknown {0}, period: 2024-12, value: 1, as_of: 2024-12-31, source: a}}\n"
    lines = "".join(entry.format(n) for n in range(2_700))
    yield (
        "unknown names",
        f"agency: pseb\nperiod: 2024-12\nsources: []\nreadings:\n{lines}".encode(),
        "not a known KPI",
    )
    yield "unknown keys", "".join(f"key number {n}: 1\n" for n in range(13_000)).encode(), "not a known name"
    yield "tag", b"a: !!python/object/apply:os.system [x]\n", "tag"


CASES = [
    *((f"{name}.xlsx", data, said) for name, data, said in hostile_workbooks()),
    *((f"{name}.csv", data, said) for name, data, said in hostile_csv()),
    *((f"{name}.yaml", data, said) for name, data, said in hostile_texts()),
]


def test_there_are_sixty_hostile_files() -> None:
    assert len(CASES) >= 60


@contextmanager
def uncounted() -> Iterator[None]:
    """Without counting lines for coverage, which takes several times as long as what is counted."""
    counter = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(counter)


@pytest.mark.parametrize(("name", "data", "said"), CASES, ids=[name for name, _, _ in CASES])
def test_a_hostile_file_ends_in_a_clear_problem_soon(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    with uncounted():
        begin = time.process_time()
        filed, problems = read(data, tmp_path, f"return{Path(name).suffix}")
        taken = time.process_time() - begin
    assert taken < 10  # ten times what the slowest takes; what grows with the square takes minutes
    assert filed is None or problems
    errors = [str(p) for p in problems if p.severity != "note"]
    assert errors
    assert any(said in error for error in errors), errors
    assert all(len(error) < 400 for error in errors)
    assert [p.name for p in tmp_path.iterdir()] == [f"return{Path(name).suffix}"]


READ_ALL = """
import re, sys
from pathlib import Path
from moitt_report.intake.annotate import annotated_copies
from moitt_report.intake.returns import read_returns
from moitt_report.pipeline.inputs import load_registers

registers = load_registers()
for file in Path(sys.argv[1]).iterdir():
    _, problems = read_returns([file], registers)
    list(annotated_copies([file], problems))
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak of a process is read from /proc")
def test_no_hostile_file_takes_more_than_300_mb_read_or_marked(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (name, data, _) in enumerate(CASES):
        (folder / f"{number}{Path(name).suffix}").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, folder], check=True, capture_output=True, text=True
    )
    assert int(done.stdout) < 300_000


def test_macros_are_ignored_and_said(tmp_path: Path) -> None:
    filed, problems = read(archive("xl/vbaProject.bin"), tmp_path)
    assert filed is not None
    assert any("macros" in p.what for p in problems)


def test_links_to_other_workbooks_are_not_followed_and_said(tmp_path: Path) -> None:
    _, problems = read(archive("xl/externalLinks/externalLink1.xml", b"<x/>"), tmp_path)
    assert any("not followed" in p.what for p in problems)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    from moitt_report.intake.returns import read_returns
    from moitt_report.pipeline.inputs import load_registers

    (tmp_path / "real.txt").write_bytes(workbook())
    folder = tmp_path / "in"
    folder.mkdir()
    link(folder / "pseb.xlsx", tmp_path / "real.txt")
    filed, (problem,) = read_returns([folder], load_registers())
    assert filed == []
    assert "is a link" in problem.what


def test_a_limit_can_be_raised_by_name(tmp_path: Path) -> None:
    data = cells(4_000)
    tight = raised(USUAL, {"cells": "100"})
    assert any("cells" in p.what for p in read(data, tmp_path, manner=tight)[1])
    assert not any("has more than" in p.what for p in read(data, tmp_path)[1])


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: raised(USUAL, {"cell": "5"}),
        lambda: raised(USUAL, {"cells": "many"}),
        lambda: with_encoding(USUAL, "utf-99"),
    ],
)
def test_a_wrong_limit_or_encoding_is_wrong_usage(wrong: Callable[[], object]) -> None:
    with pytest.raises(UsageError):
        wrong()
