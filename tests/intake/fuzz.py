"""Damaged files of every format, without end: `python dev.py fuzz [SECONDS]`, ten minutes when nothing is said.

Each example is a sound file, changed at its bytes or in its structure, and read to the end: checked, and where it
is a workbook with problems, marked. Nothing but problems may come out, within two seconds of processor time.
"""

import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from moitt_report.forms.plain import csv_form
from moitt_report.forms.rows import rows_of
from moitt_report.forms.workbook import workbook_form
from moitt_report.forms.yaml_form import yaml_form
from moitt_report.intake.annotate import annotated_copies
from moitt_report.intake.returns import read_returns
from moitt_report.pipeline.form import form
from moitt_report.pipeline.inputs import find_input, load_registers
from sheets import csv_text, workbook

REGISTERS = load_registers()
MOST_SECONDS = 2.0
TOKENS = (
    b"<", b">", b"/>", b'"', b"'", b"&", b"&amp;", b"&#0;", b"&#x110000;", b"<!DOCTYPE x>", b"<![CDATA[", b"<!--", b"]]>",
    b"<?xml version='1.0' encoding='utf-7'?>", b"xmlns=''", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80",
    b"-1", b"0", b"1e999", b"9" * 400, b"A1048576", b"XFD1", b"A0", b"1.5", b"nan", b"=1+1", b"#REF!", b"\n", b"\r\n",
    b"\t", b";", b",", b":", b"- ", b"? ", b"&a ", b"*a", b"!!x ", b"%YAML 9.9\n", b"---\n", b"...\n", b"{", b"}", b"[", b"]",
    b"| ", b"> ", b"null", b"~", b"\\u0000", b"\\ud800", b"\\UFFFFFFFF", "\u202e".encode(), "\u0660".encode(), b"Budget",
    b"KPIs", b"Cover", b"Remark", b"not reported", b"TBD", b"03/04/2025", b"31 March 2025", b"Rs 1 crore", b"(5)", b"50 %",
)  # fmt: skip
ATTRIBUTES = re.compile(rb'(\w+)="([^"]*)"')
ELEMENTS = re.compile(rb"<[^>]{1,80}>")


def seeds() -> dict[str, list[bytes]]:
    """Sound files to damage, by the ending of their name."""
    filed, _ = read_returns([find_input("2024-25-Q2")], REGISTERS)
    rows = rows_of(filed[0])
    named = (filed[0].agency, str(filed[0].period))
    with tempfile.TemporaryDirectory() as folder:
        blank = form("pseb", "2024-25-Q3", out=folder)[0].read_bytes()
    texts = [path.read_bytes() for path in (Path(__file__).parent / "returns").glob("*good*.yaml")]
    return {
        ".xlsx": [
            workbook(),
            blank,
            workbook_form(*named, rows, REGISTERS, filed[0], filed[0].period.last_day),
        ],
        ".csv": [csv_text().encode(), csv_text(";").encode("utf-16"), csv_form(*named, rows)],
        ".yaml": [yaml_form(*named, rows), *texts],
        ".json": [path.read_bytes() for path in (Path(__file__).parent / "returns").glob("json-good*.json")],
    }


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed, cut, doubled, moved, or replaced by what readers stumble over."""
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at, span = rng.randrange(len(data) + 1), rng.choice((1, 1, 4, 30, 500))
        match rng.randrange(6):
            case 0:
                data = data[:at] + data[at + span :]
            case 1:
                data = data[:at] + rng.choice(TOKENS) + data[at:]
            case 2:
                data = data[:at] + rng.choice(TOKENS) + data[at + span :]
            case 3:
                data = data[:at] + data[at : at + span] * rng.choice((2, 3, 50)) + data[at + span :]
            case 4:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case _:
                to = rng.randrange(len(data) + 1)
                piece = data[at : at + span]
                data = data[:to] + piece + data[to:]
    return data


def restructured(data: bytes, rng: random.Random) -> bytes:
    """A workbook, sound as an archive, with its parts damaged, swapped, doubled or gone, or their XML changed in place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(rng.choice((1, 1, 2, 4))):
        name = rng.choice(list(parts))
        match rng.randrange(6):
            case 0:
                parts[name] = damaged(parts[name], rng)
            case 1:
                parts[name] = parts[rng.choice(list(parts))]
            case 2:
                del parts[name]
                if not parts:
                    return b""
            case 3:
                parts[name] = _changed(
                    ATTRIBUTES, parts[name], rng, lambda m: m[1] + b'="' + rng.choice(TOKENS) + b'"'
                )
            case 4:
                parts[name] = _changed(
                    ATTRIBUTES, parts[name], rng, lambda m: m[1] + b'="' + _other(parts, rng) + b'"'
                )
            case _:
                parts[name] = _changed(ELEMENTS, parts[name], rng, lambda m: m[0] * rng.choice((0, 2, 30)))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _changed(
    pattern: re.Pattern[bytes], data: bytes, rng: random.Random, change: Callable[..., bytes]
) -> bytes:
    places = list(pattern.finditer(data))
    if not places:
        return data
    found = rng.choice(places)
    return data[: found.start()] + change(found) + data[found.end() :]


def _other(parts: dict[str, bytes], rng: random.Random) -> bytes:
    """A value of another attribute somewhere in the workbook."""
    values = ATTRIBUTES.findall(rng.choice(list(parts.values())))
    return rng.choice(values)[1] if values else b""


def one(seed: int, folder: Path, sound: dict[str, list[bytes]]) -> tuple[float, int]:
    """Read the damaged file of this seed. Gives the seconds it took and how many problems were found."""
    rng = random.Random(seed)
    suffix = rng.choice((".xlsx", ".xlsx", ".csv", ".yaml", ".json"))
    data = rng.choice(sound[suffix])
    data = restructured(data, rng) if suffix == ".xlsx" and rng.random() < 0.9 else damaged(data, rng)
    file = folder / f"return{suffix}"
    file.write_bytes(data)
    begin = time.process_time()
    filed, problems = read_returns([file], REGISTERS)
    taken = time.process_time() - begin
    assert filed or any(p.severity == "error" for p in problems), (
        f"seed {seed}: neither a return nor an error"
    )
    for problem in problems:
        said = str(problem)
        assert said.isprintable(), f"seed {seed}: {said!r}"
        assert len(said) < 700, f"seed {seed}: {said[:300]}"
    assert taken < MOST_SECONDS, f"seed {seed}: {taken:.1f} s"
    if suffix == ".xlsx" and seed % 4 == 0:
        list(annotated_copies([file], problems))
    return taken, len(problems)


def run(seconds: float, seeds_from: int, sound: dict[str, list[bytes]] | None = None) -> tuple[int, float]:
    """As many examples as fit; the first fault ends it. Gives their number and the longest time of one."""
    sound = sound or seeds()
    longest, seed, end = 0.0, seeds_from, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            try:
                taken, _ = one(seed, Path(folder), sound)
            except Exception as fault:
                fault.add_note(f"seed {seed}: see it again with: python dev.py fuzz seed {seed}")
                raise
            longest, seed = max(longest, taken), seed + 1
    return seed - seeds_from, longest


def main(words: Sequence[str]) -> None:
    """`SECONDS`, or `seed NUMBER` to read one example again."""
    if words[:1] == ["seed"]:
        with tempfile.TemporaryDirectory() as folder:
            print(one(int(words[1]), Path(folder), seeds()))
        return
    seconds = float(words[0]) if words else 600.0
    begin = random.SystemRandom().randrange(10**9)
    number, longest = run(seconds, begin)
    print(f"{number:,} damaged files from seed {begin}: no traceback; the longest took {longest:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
