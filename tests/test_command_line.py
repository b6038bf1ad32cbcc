"""The command as an officer meets it: what it prints, what it writes, how it exits."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import moitt_report
from moitt_report.cli.check import command as check
from moitt_report.shipped import shipped


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "moitt_report", *words],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_build_without_input_writes_the_release_as_pdf_and_word(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 0
    assert "error" not in done.stderr
    assert [Path(line) for line in done.stdout.splitlines()] == [
        Path("out/2023-24_2024-25/completion.pdf"),
        Path("out/2023-24_2024-25/completion.docx"),
    ]
    assert sorted(digests(tmp_path)) == ["completion.docx", "completion.pdf"]


def test_a_built_in_quarter_is_built_by_name_and_by_folder(tmp_path: Path) -> None:
    by_name = run("build", "2024-25-Q2", cwd=tmp_path)
    named = digests(tmp_path)
    by_folder = run("build", str(shipped("data", "returns", "2024-25-Q2")), cwd=tmp_path)
    assert (by_name.returncode, by_folder.returncode) == (0, 0)
    assert named == digests(tmp_path)
    assert sorted(named) == ["quarterly.docx", "quarterly.pdf"]


def test_the_bytes_do_not_depend_on_seed_zone_locale_or_run(tmp_path: Path) -> None:
    made = []
    for n, environment in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "77", "TZ": "Asia/Karachi", "LC_ALL": "C"})
    ):
        folder = tmp_path / str(n)
        folder.mkdir()
        assert run("build", "2024-25-Q3", cwd=folder, **environment).returncode == 0
        made.append(digests(folder))
    assert made[0] == made[1]


def test_one_format_can_be_asked_for(tmp_path: Path) -> None:
    assert run("build", "--format", "docx", cwd=tmp_path).returncode == 0
    assert sorted(digests(tmp_path)) == ["completion.docx"]


def test_the_rows_of_a_table_in_the_word_file_are_a_setting(tmp_path: Path) -> None:
    assert run("build", "2024-25-Q2", "--format", "docx", "--word-rows", "10", cwd=tmp_path).returncode == 0
    with zipfile.ZipFile(tmp_path / "out" / "2024-25-Q2" / "quarterly.docx") as archive:
        assert b"Only the first rows are shown here." in archive.read("word/document.xml")
    assert run("build", "--word-rows", "0", cwd=tmp_path).returncode == 2


def test_a_mistyped_input_is_wrong_usage_with_a_suggestion(tmp_path: Path) -> None:
    done = run("build", "2024-25-Q4", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean “2024-25-Q" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["biuld"], "did you mean “build”?"),
        (["build", "--set", "file"], "not NAME=VALUE"),
        (["build", "--set", "filenumber=1"], "did you mean “file_number”?"),
        (["build", "--as-of", "31/12/2024"], "is not a date"),
        (["build", "--outline", "quaterly"], "did you mean “quarterly”?"),
        (["build", "--theme", "nowhere.toml"], "there is no theme file"),
        (["build", "--format", "odt"], "'odt'"),
        (["list", "agencys"], "did you mean “agency”?"),
        (["schema", "brie"], "brie"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_meant(words: list[str], said: str, tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def faulty(folder: Path) -> Path:
    target = folder / "2024-25-Q2"
    shutil.copytree(shipped("data", "returns", "2024-25-Q2"), target)
    file = target / "moitt.yaml"
    text = file.read_text("utf-8").replace("amount: Rs 2,243.6 million", "amount: Rs 44-4 million", 1)
    assert "44-4" in text
    file.write_text(text, "utf-8")
    return target


def test_an_error_in_the_input_is_printed_with_its_line_and_nothing_is_written(tmp_path: Path) -> None:
    target = faulty(tmp_path)
    done = run("build", str(target), "--out", "here", cwd=tmp_path)
    assert done.returncode == 3
    line = next(
        n for n, t in enumerate((target / "moitt.yaml").read_text("utf-8").splitlines(), 1) if "44-4" in t
    )
    assert f"2024-25-Q2/moitt.yaml:{line}" in done.stderr
    assert "nothing was written" in done.stderr
    assert not (tmp_path / "here").exists()


def test_check_prints_problems_as_text_and_as_objects(tmp_path: Path) -> None:
    target = faulty(tmp_path)
    text, objects = run("check", str(target), cwd=tmp_path), run("check", str(target), "--json", cwd=tmp_path)
    assert (text.returncode, objects.returncode) == (3, 3)
    (problem,) = json.loads(objects.stdout)
    assert set(problem) == {"severity", "file", "place", "also", "what", "remedy"}
    assert problem["file"] == "2024-25-Q2/moitt.yaml"
    assert problem["what"] in text.stdout
    assert text.stderr == ""


def test_on_a_terminal_check_counts_what_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(SystemExit):
        check([str(faulty(tmp_path))], standalone_mode=False)
    assert capsys.readouterr().out.endswith("\n1 error, 0 warnings\n")


def test_a_built_in_input_has_no_problems(tmp_path: Path) -> None:
    done = run("check", "2024-25-Q3", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "0 errors, 0 warnings")


@pytest.mark.parametrize(
    ("name", "warning"),
    [
        ("2024-25-Q2", "9.4 % of the allocation is utilised by December, less than 40 %"),
        ("2023-24_2024-25", "the figure is the same, 184 police stations, as for 2022-08"),
    ],
)
def test_a_built_in_input_has_the_one_warning_its_figures_deserve(
    name: str, warning: str, tmp_path: Path
) -> None:
    done = run("check", name, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.count("warning:") == 1
    assert warning in done.stdout


def test_a_final_brief_needs_every_field_of_the_title_block(tmp_path: Path) -> None:
    done = run("build", "--final", "--set", "to=The Secretary", cwd=tmp_path)
    assert done.returncode == 3
    for name in ("sender", "file_number", "date", "classification"):
        assert f"a final brief needs “{name}”" in done.stderr
    assert "error: 2023-24_2024-25/moitt.yaml:197: Police stations digitised" in done.stderr
    filled = run(
        "build", "2024-25-Q3", "--final", "--set", "to=The Secretary", "--set", "sender=Development Wing",
        "--set", "file_number=F. 1(2)/2025-Dev", "--set", "date=1 July 2025", "--set", "classification=RESTRICTED",
        cwd=tmp_path,
    )  # fmt: skip
    assert filled.returncode == 0, filled.stderr


def test_the_title_block_is_read_from_brief_yaml_and_overridden_by_set(tmp_path: Path) -> None:
    target = tmp_path / "2024-25-Q2"
    shutil.copytree(shipped("data", "returns", "2024-25-Q2"), target)
    (target / "brief.yaml").write_text("to: The Secretary\nsender: Development Wing\n", "utf-8")
    built = moitt_report.build([target], out=tmp_path / "out", settings={"to": "The Minister"})
    assert built.brief.author == "Development Wing"
    assert "The Minister" in built.brief.as_json
    assert "The Secretary" not in built.brief.as_json


def test_a_fault_in_brief_yaml_names_its_line(tmp_path: Path) -> None:
    target = tmp_path / "2024-25-Q2"
    shutil.copytree(shipped("data", "returns", "2024-25-Q2"), target)
    (target / "brief.yaml").write_text("to: The Secretary\nfrom: Development Wing\n", "utf-8")
    with pytest.raises(moitt_report.InputError) as caught:
        moitt_report.build([target], out=tmp_path / "out")
    assert [p.where for p in caught.value.problems] == ["brief.yaml:2"]


def test_an_output_that_cannot_be_written_exits_4_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file stands here", "utf-8")
    done = run("build", cwd=tmp_path)
    assert done.returncode == 4
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_an_earlier_file_survives_a_failed_build(tmp_path: Path) -> None:
    moitt_report.build(["2024-25-Q2"], out=tmp_path, formats=["pdf"])
    before = digests(tmp_path)
    with pytest.raises(moitt_report.InputError):
        moitt_report.build([faulty(tmp_path / "in")], out=tmp_path, formats=["pdf"])
    after = digests(tmp_path / "2024-25-Q2")
    assert before["quarterly.pdf"] == after["quarterly.pdf"]


def test_list_schema_version_and_help_work_from_anywhere(tmp_path: Path) -> None:
    assert "2024-25-Q2" in run("list", cwd=tmp_path).stdout
    assert "sco:" in run("list", "agency", cwd=tmp_path).stdout
    assert "utilised.of-authorised" in run("list", "tokens", cwd=tmp_path).stdout
    assert json.loads(run("schema", "return", cwd=tmp_path).stdout)["title"] == "AgencyReturn"
    assert json.loads(run("schema", "brief", cwd=tmp_path).stdout)["$ref"] == "#/$defs/Brief"
    assert run("--version", cwd=tmp_path).stdout.strip().endswith(moitt_report.__version__)
    assert "Examples:" in run("--help", cwd=tmp_path).stdout


def test_a_later_cut_off_changes_nothing_and_an_earlier_one_leaves_figures_out(tmp_path: Path) -> None:
    early, _ = moitt_report.load(["2024-25-Q2"], as_of=__import__("datetime").date(2024, 11, 30))
    brief = moitt_report.compose(early, moitt_report.load_outline("quarterly"))
    utilised = next(f for f in brief.facts if f.id == "utilised")
    assert utilised.absence == "not reported"
    assert brief.as_of == "2024-11-30"


def test_an_outline_of_ones_own_with_an_unknown_token_names_file_and_line(tmp_path: Path) -> None:
    text = shipped("templates", "quarterly.yaml").read_text("utf-8")
    line = next(n for n, t in enumerate(text.splitlines(), 1) if "{unutilised.left}" in t)
    mine = tmp_path / "mine.yaml"
    mine.write_text(text.replace("{unutilised.left}", "{unutilized.left}", 1), "utf-8")
    done = run("build", "2024-25-Q2", "--outline", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 3
    assert (
        f"mine.yaml:{line}: {{unutilized.left}} is not a known token; did you mean {{unutilised.left}}?"
        in done.stderr
    )


def test_a_numeral_typed_into_an_outline_is_refused_with_its_line(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    text = shipped("templates", "quarterly.yaml").read_text("utf-8")
    mine.write_text(text.replace("heading: Summary", "heading: Summary of 16 projects", 1), "utf-8")
    done = run("build", "2024-25-Q2", "--outline", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 3
    assert "has a numeral of its own" in done.stderr
    assert "mine.yaml:" in done.stderr


def test_edits_lists_what_was_changed_and_exits_with_its_own_code(tmp_path: Path) -> None:
    import docx

    built = moitt_report.build(["2024-25-Q2"], out=tmp_path, formats=["docx"]).files[0]
    document = docx.Document(str(built))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("1."))
    paragraph.add_run(" And more.")
    document.save(str(tmp_path / "back.docx"))

    same = run("edits", str(built), str(built), cwd=tmp_path)
    assert (same.returncode, same.stdout) == (0, "no figure and no paragraph was changed\n")
    done = run("edits", str(built), "back.docx", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (5, "")
    assert done.stdout.startswith("paragraph: “1. ")
    as_json = run("edits", str(built), "back.docx", "--json", cwd=tmp_path)
    assert as_json.returncode == 5
    assert [p["returned"].endswith(" And more.") for p in json.loads(as_json.stdout)["paragraphs"]] == [True]
    assert run("edits", str(built), "missing.docx", cwd=tmp_path).returncode == 2
