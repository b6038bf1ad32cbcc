"""The same brief gives the same bytes in every format, whatever the process, the clock, the place or the order of hashes.

Between Pythons, `python dev.py pythons` compares them: each needs an environment of its own, which no test makes.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import moitt_report
from digests import digests, unpacked

SURROUNDINGS = {
    "Karachi": ({"PYTHONHASHSEED": "1", "TZ": "Asia/Karachi", "LC_ALL": "C"}, 0),
    "Los Angeles": ({"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "SOURCE_DATE_EPOCH": "1"}, 0),
    "twelve years on": ({"PYTHONHASHSEED": "7", "TZ": "UTC", "LC_ALL": "ur_PK.UTF-8"}, 12 * 365.25 * 86400),
}


@pytest.fixture(scope="module")
def here():
    return digests()


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings_do_not_change_a_byte(here, name):
    environment, later = SURROUNDINGS[name]
    tool = Path(__file__).parent / "digests.py"
    ran = subprocess.run(
        [sys.executable, str(tool), str(later)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout)["files"] == here


def test_what_is_compared_unpacked_is_all_but_the_packing(sample_files):
    for data in sample_files:
        assert len(unpacked(data)) > len(data)
    pdf = unpacked(sample_files[0])
    assert b"/StructElem" in pdf or b"/S/Document" in pdf
    assert unpacked(sample_files[0].replace(b"ILLUSTRATIVE", b"illustrative")) != pdf


@pytest.fixture(scope="module")
def sample_files():
    from builders import sample_brief

    brief = sample_brief()
    return [moitt_report.render_pdf(brief), moitt_report.render_docx(brief), moitt_report.render_xlsx(brief)]


def test_nothing_but_a_command_asks_what_time_it_is():
    home = Path(moitt_report.__file__).parent
    asks = re.compile(r"\b(?:utc)?now\(|\.today\(|time\.(?:time|gmtime|localtime)\(|uuid[14]\(|random\b")
    files = [file for file in home.rglob("*.py") if file.parent.name != "cli"]
    found = [f"{file.name}: {m[0]}" for file in files for m in asks.finditer(file.read_text("utf-8"))]
    assert found == []
