"""A saved brief becomes the files it was made with, and nothing is loaded that this does not need."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import moitt_report
from builders import sample_brief
from moitt_report.errors import InputError, UsageError
from moitt_report.pipeline.render import render


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "brief.json"
    file.write_text(sample_brief().as_json, "utf-8")
    return file


def test_a_saved_brief_gives_the_bytes_that_build_made(tmp_path):
    built = moitt_report.build(
        ["2024-25-Q2"], out=tmp_path / "built", formats=["json", "pdf", "docx", "xlsx"]
    )
    (json_file,) = (file for file in built.files if file.suffix == ".json")
    made = render(json_file, out=tmp_path / "made", formats=["pdf", "docx", "xlsx"])[0]
    assert [file.name for file in made] == ["quarterly.pdf", "quarterly.docx", "quarterly.xlsx"]
    for file in made:
        assert file.read_bytes() == (tmp_path / "built" / "2024-25-Q2" / file.name).read_bytes()


def test_the_command_prints_the_names_of_the_files(saved, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "moitt_report", "render", "brief.json", "--format", "pdf"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / done.stdout.strip()).read_bytes().startswith(b"%PDF-1.7")


def test_rendering_a_pdf_loads_nothing_of_the_way_to_a_brief(saved, tmp_path):
    code = (
        "import sys\n"
        "from moitt_report.pipeline.render import render\n"
        f"render({str(saved)!r}, out={str(tmp_path)!r}, formats=['pdf'])\n"
        "print(*sorted(sys.modules), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "reportlab" in loaded
    unwanted = {
        "docx",
        "pptx",
        "lxml",
        "xlsxwriter",
        "openpyxl",
        "ruamel",
        "click",
        "rich",
        "pydantic",
        "PIL.Image",
        "zipfile",
    }
    assert not loaded & unwanted
    ours = {name for name in loaded if name.startswith("moitt_report.")}
    unused = (
        "model",
        "intake",
        "forms",
        "layout",
        "brief.compose",
        "brief.wording",
        "brief.outline",
        "render.docx",
    )
    assert not {name for name in ours for part in unused if name.startswith(f"moitt_report.{part}")}


def test_what_is_no_sound_brief_is_refused_and_nothing_is_written(saved, tmp_path):
    spoiled = json.loads(saved.read_text("utf-8"))
    spoiled["as_of"] = "yesterday"
    saved.write_text(json.dumps(spoiled), "utf-8")
    with pytest.raises(InputError, match=r"brief\.json: is not a sound brief: as_of"):
        render(saved, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_file_that_carries_its_brief_is_made_anew_from_itself(saved, tmp_path, suffix):
    (first,) = render(saved, out=tmp_path / "first", formats=[suffix])[0]
    (second,) = render(first, out=tmp_path / "second", formats=[suffix])[0]
    assert first.read_bytes() == second.read_bytes()


def test_a_brief_whose_figure_was_changed_by_hand_is_refused(saved, tmp_path):
    saved.write_text(saved.read_text("utf-8").replace('"1,063.000"', '"1,064.000"', 1), "utf-8")
    with pytest.raises(InputError):
        render(saved, out=tmp_path / "out")


def test_a_draft_with_blanks_that_was_called_final_by_hand_is_refused(saved, tmp_path):
    saved.write_text(saved.read_text("utf-8").replace('"stage":"draft"', '"stage":"final"', 1), "utf-8")
    with pytest.raises(InputError, match="a final brief leaves no line of its title block blank"):
        render(saved, out=tmp_path / "out")


@pytest.mark.parametrize("words", ["", "{", "[]", "\x00"])
def test_what_is_no_brief_at_all_is_refused(words, saved, tmp_path):
    saved.write_text(words, "utf-8")
    with pytest.raises(InputError, match=r"brief\.json"):
        render(saved, out=tmp_path / "out")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"there is no file “.*lost\.json”"):
        render(tmp_path / "lost.json")


def retyped(file: Path) -> bytes:
    """The Word file after a person put in a word."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                assert b"was utilised" in content
                content = content.replace(b"was utilised", b"was hardly utilised", 1)
            new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("formats", [["pdf"], ["pdf", "docx"]])
def test_a_word_file_that_was_altered_is_told_and_what_is_made_is_its_brief(formats, tmp_path):
    (made,) = moitt_report.build(["2024-25-Q2"], out=tmp_path / "built", formats=["docx"]).files
    altered = tmp_path / "back.docx"
    altered.write_bytes(retyped(made))
    files, (told,) = render(altered, out=tmp_path / "anew", formats=formats)
    assert (told.where, told.severity) == ("back.docx", "warning")
    assert told.what.startswith("its words differ in 1 place from the brief it carries")
    assert [file.suffix for file in files] == [f".{suffix}" for suffix in formats]
    assert render(made, out=tmp_path / "anew", formats=formats)[1] == ()
