"""veraPDF finds nothing wrong: archive (PDF/A-3a) and accessibility (PDF/UA-1), every rule."""

from pathlib import Path

import pytest

from builders import sample_brief
from conftest import INPUTS, compose_builtin
from judges import verapdf
from judges.generated import generated
from judges.spoiled import CONTROLS, spoiled
from moitt_report.render.pdf.document import render_pdf

GENERATED = 200
RULES = {"3a": 155, "ua1": 106}

pytestmark = [pytest.mark.judge, pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing())]


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    """The built-in briefs, the sample as draft and final, and the generated briefs."""
    folder = tmp_path_factory.mktemp("ours")
    for name in INPUTS:
        (folder / f"{name}.pdf").write_bytes(render_pdf(compose_builtin(name)))
    for stage in ("draft", "final"):
        (folder / f"sample-{stage}.pdf").write_bytes(render_pdf(sample_brief(stage=stage)))
    for n, brief in enumerate(generated(GENERATED)):
        (folder / f"generated-{n:03}.pdf").write_bytes(render_pdf(brief))
    return folder


@pytest.mark.parametrize("flavour", verapdf.FLAVOURS)
def test_no_rule_fails_on_any_brief(ours, flavour):
    verdicts = verapdf.judge(ours, flavour)
    assert len(verdicts) >= len(INPUTS) + 2 + GENERATED
    assert {name: verdict.failed for name, verdict in verdicts.items() if verdict.failed} == {}
    assert {verdict.rules for verdict in verdicts.values()} == {RULES[flavour]}


@pytest.fixture(scope="module")
def refused(tmp_path_factory) -> dict[str, set[str]]:
    """The spoiled files and the rules each breaks, of both flavours."""
    folder = tmp_path_factory.mktemp("spoiled")
    names = {}
    for n, (name, data) in enumerate(spoiled(render_pdf(sample_brief(stage="final")))):
        names[f"{n:02}.pdf"] = name
        (folder / f"{n:02}.pdf").write_bytes(data)
    found: dict[str, set[str]] = {name: set() for name in CONTROLS}
    for flavour in verapdf.FLAVOURS:
        for file, verdict in verapdf.judge(folder, flavour).items():
            found[names[file]] |= set(verdict.failed)
    return found


@pytest.mark.parametrize("name", CONTROLS)
def test_a_spoiled_file_is_refused(refused, name):
    assert refused[name]
