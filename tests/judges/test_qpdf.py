"""qpdf reads the whole file and finds nothing to mend: structure, tables of places, streams."""

import shutil
import subprocess

import pytest

from builders import sample_brief
from conftest import INPUTS, compose_builtin
from judges.generated import generated
from moitt_report.render.pdf.document import render_pdf

GENERATED = 20

pytestmark = [
    pytest.mark.judge,
    pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("qpdf")
    made = {name: compose_builtin(name) for name in INPUTS}
    made |= {f"sample-{stage}": sample_brief(stage=stage) for stage in ("draft", "final")}
    made |= {f"generated-{n}": brief for n, brief in enumerate(generated(GENERATED))}
    for name, brief in made.items():
        (folder / f"{name}.pdf").write_bytes(render_pdf(brief))
    return sorted(folder.iterdir())


def check(file):
    return subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)


def test_qpdf_finds_nothing_in_any_brief(files):
    assert len(files) >= len(INPUTS) + 2 + GENERATED
    found = {file.name: ran.stdout + ran.stderr for file in files if (ran := check(file)).returncode}
    assert found == {}


def test_qpdf_finds_a_table_of_places_that_is_off(files, tmp_path):
    spoiled = tmp_path / "spoiled.pdf"
    spoiled.write_bytes(files[0].read_bytes().replace(b"%PDF-1.7\n", b"%PDF-1.7\n\n\n", 1))
    assert check(spoiled).returncode
