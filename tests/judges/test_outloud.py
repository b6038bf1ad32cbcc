"""outloud, which asks what a validator cannot: whether what is read aloud makes sense."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from builders import sample_brief
from conftest import compose_builtin
from judges.spoiled import spoiled
from moitt_report.render.pdf.document import render_pdf

MISTAKEN = {
    "TBL-004": "it does not count a head of one column that reaches over both rows of heads",
    "TBL-010": "it takes a table of few rows, whose columns all have heads, for one with broken heads",
    "TAG-002": "it takes a running head, or a head repeated on the next page, for text that is never read",
}
"""Rules of outloud that find what is not so, and why; the structure of tables is judged by veraPDF."""

SPOILED = "a figure without words"
_RUN = "from outloud.cli import main; main()"

pytestmark = [
    pytest.mark.judge,
    pytest.mark.skipif(importlib.util.find_spec("outloud") is None, reason="outloud is not installed"),
]


@pytest.fixture(scope="module")
def errors(tmp_path_factory) -> dict[str, set[str]]:
    """The rules that each file breaks, in one call: starting outloud takes long."""
    folder = tmp_path_factory.mktemp("outloud")
    final = render_pdf(sample_brief(stage="final"))
    (folder / "sample.pdf").write_bytes(final)
    (folder / "completion.pdf").write_bytes(render_pdf(compose_builtin("2023-24_2024-25")))
    (folder / "spoiled.pdf").write_bytes(dict(spoiled(final))[SPOILED])
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, "--json", "-", "--quiet", "--fail-on", "never", *folder.iterdir()],
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        Path(one["path"]).stem: {f["rule"] for f in one["findings"] if f["severity"] == "error"}
        for one in json.loads(ran.stdout)["results"]
    }


@pytest.mark.parametrize("name", ["sample", "completion"])
def test_outloud_finds_no_error_but_those_it_is_mistaken_in(errors, name):
    assert errors[name] - set(MISTAKEN) == set()


def test_outloud_finds_a_figure_without_words(errors):
    assert errors["spoiled"] - set(MISTAKEN)
