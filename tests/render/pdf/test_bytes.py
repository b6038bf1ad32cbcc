"""The same brief gives the same bytes, whatever the clock, the place or the order of hashes."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from builders import sample_brief
from moitt_report.render.pdf.document import render_pdf

SCRIPT = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from builders import sample_brief
from moitt_report.render.pdf.document import render_pdf
print(hashlib.sha256(render_pdf(sample_brief())).hexdigest())
"""
TESTS = str(Path(__file__).resolve().parents[2])


def test_two_renderings_in_a_row_are_equal(sample, sample_pdf):
    assert render_pdf(sample) == sample_pdf


def test_a_rendering_between_leaves_no_trace(sample, sample_pdf):
    render_pdf(sample_brief(title="Another", classification="Žluťoučký"))
    assert render_pdf(sample) == sample_pdf


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Karachi", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "SOURCE_DATE_EPOCH": "1"},
    ],
)
def test_surroundings_do_not_change_a_byte(sample_pdf, surroundings):
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(tests=TESTS)],
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == hashlib.sha256(sample_pdf).hexdigest()


def test_other_content_gives_another_identifier(sample_pdf):
    other = render_pdf(sample_brief(file_number="F. 2"))
    assert identifier(other) != identifier(sample_pdf)


def identifier(pdf):
    return pdf.split(b"/ID[<")[1][:32]


def test_the_dates_in_the_file_are_the_briefs(sample_pdf):
    assert b"2024-12-31T00:00:00Z" in sample_pdf
    assert b"2000-01-01" not in sample_pdf


def test_renderings_at_the_same_time_do_not_disturb_each_other(sample, sample_pdf):
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render_pdf(sample), range(8))) == {sample_pdf}
