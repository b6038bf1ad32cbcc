"""What a screen reader is given, in its order: a space at every line end, no word glued or broken."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from builders import sample_brief
from moitt_report.brief.content import Brief, Chart, Paragraph, block_runs, blocks, plain
from moitt_report.render.pdf.document import render_pdf

GOLDEN = Path(__file__).parent / "structure.txt"

pytestmark = [
    pytest.mark.judge,
    pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo is not installed"),
]


def structure_text(brief: Brief, folder: Path) -> str:
    file = folder / "brief.pdf"
    file.write_bytes(render_pdf(brief))
    ran = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, check=True)
    return re.sub(r"Object \d+ 0", "Object", ran.stdout.decode())


def test_the_structure_reads_as_it_was_reviewed(tmp_path, regenerate):
    text = structure_text(sample_brief(), tmp_path)
    if regenerate:
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def spoken(text: str) -> str:
    """The words of the structure text, quotes and line breaks of its own taken away."""
    return re.sub(r"\s+", " ", "".join(re.findall(r'"(.*)"$', text, re.MULTILINE)))


def test_no_word_of_a_paragraph_is_glued_or_broken(builtin, tmp_path):
    text = spoken(structure_text(builtin, tmp_path))
    for block in blocks(builtin):
        if isinstance(block, Paragraph):
            assert re.sub(r"\s+", " ", plain(tuple(block_runs(block)))).strip() in text


def test_no_figure_of_a_chart_runs_into_another(builtin, tmp_path):
    text = re.sub(r"[\s\u00a0]+", " ", spoken(structure_text(builtin, tmp_path)))
    words = {word.strip("();:,") for word in text.split(" ")}
    for block in blocks(builtin):
        if isinstance(block, Chart):
            labels = [point.label.words for series in block.series for point in series.points]
            assert set(labels) <= words
