"""The wheel as a stranger gets it: installed in a clean environment, run from an empty folder."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(HOME)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_data_the_templates_and_the_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "moitt_report/py.typed",
        "moitt_report/data/returns/2024-25-Q2/moitt.yaml",
        "moitt_report/data/registers/kpis.yaml",
        "moitt_report/templates/quarterly.yaml",
        "moitt_report/templates/theme.toml",
        "moitt_report/templates/theme.json",
        "moitt_report/templates/house.docx",
        "moitt_report/templates/fonts/OFL.txt",
    ):
        assert name in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any("test" in name.lower() for name in names)


def test_an_installed_copy_builds_a_brief_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [str(python.parent / "moitt-report"), "build"]
    first = subprocess.run(command, cwd=empty, env=clean, capture_output=True, encoding="utf-8", check=False)
    assert first.returncode == 0, first.stderr
    assert {line.partition(":")[0] for line in first.stderr.splitlines()} <= {"warning"}
    made = {p.name: p.read_bytes() for p in empty.rglob("*") if p.is_file()}
    assert sorted(made) == ["completion.docx", "completion.pdf"]
    subprocess.run(command, cwd=empty, env=clean, check=True, capture_output=True)
    assert made == {p.name: p.read_bytes() for p in empty.rglob("*") if p.is_file()}
