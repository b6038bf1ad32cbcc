"""`file` and `status` as an officer meets them."""

import datetime as dt
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from links import link
from moitt_report.cli.main import main
from moitt_report.errors import Problem
from moitt_report.pipeline import filing
from moitt_report.pipeline.form import form
from moitt_report.shipped import shipped

not_on_windows = pytest.mark.skipif(os.name == "nt", reason="Windows has no file of this name")
Q3 = shipped("data", "returns", "2024-25-Q3", "moitt.yaml")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Said:
    """What a command printed, and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(words)
        out, err = (said.replace(os.sep, "/") for said in capsys.readouterr())
        return Said(int(ended.value.code or 0), out, err)

    return call


def names(folder: Path = Path()) -> list[str]:
    return sorted(f.as_posix() for f in folder.rglob("*") if f.is_file() and "register" not in f.name)


def minimal(agency: str, figure: int = 43, period: str = "2024-25-Q3") -> str:
    """The smallest return. ILLUSTRATIVE: its figure is made up."""
    return f"""\
format: moitt-report/return/1
agency: {agency}
period: {period}
sources:
  - id: illustration
    publisher: Invented for a test
readings:
  - kpi: stps-operating
    period: {period}
    value: {figure}
    as_of: 2025-03-31
    source: illustration
"""


def standing(run, agency: str) -> dict[str, Any]:
    agencies = json.loads(run("status", "--period", "2024-25-Q3", "--json").out)["agencies"]
    return next(one for one in agencies if one["agency"] == agency)


# --- file -----------------------------------------------------------------------------------------


def test_a_return_is_filed_where_build_finds_it_and_who_when_and_what_are_kept(run) -> None:
    done = run("file", "2024-25-Q3", "--by", "A. Khan")
    assert done.code == 0
    assert done.out.startswith(
        "filed: returns/2024-25-Q3/moitt.yaml (filing 1)\nthe register holds 1 filing; "
    )
    assert names() == ["returns/2024-25-Q3/moitt.yaml"]
    assert Path("returns/2024-25-Q3/moitt.yaml").read_bytes() == Q3.read_bytes()
    assert run("build", "returns/2024-25-Q3").code == 0
    (filing,) = standing(run, "moitt")["filings"]
    assert (filing["filed_by"], filing["sent_as"]) == ("A. Khan", "moitt.yaml")
    when = dt.datetime.fromisoformat(filing["filed_at"])
    assert abs(dt.datetime.now(dt.UTC) - when) < dt.timedelta(minutes=1)


def test_who_files_is_by_default_who_is_logged_in(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "akhan")
    run("file", "2024-25-Q3")
    assert "by akhan" in run("status", "--period", "2024-25-Q3").out


@pytest.mark.parametrize("name", ["", "a\u202eb", "x" * 300])
def test_a_name_that_cannot_be_printed_is_wrong_usage(
    name: str, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "")
    done = run("file", "2024-25-Q3", "--by", name)
    assert (done.code, names()) == (2, [])
    assert "cannot be kept" in done.err


def test_with_an_error_in_one_return_none_is_filed_and_no_folder_is_made(run) -> None:
    Path("pseb.yaml").write_text(minimal("pseb"), encoding="utf-8")
    Path("nitb.yaml").write_text(minimal("nitb").replace("stps-operating", "stps-operatin"), encoding="utf-8")
    done = run("file", "pseb.yaml", "nitb.yaml")
    assert done.code == 3
    assert "error: nitb.yaml:8: “stps-operatin” is not a known KPI" in done.err
    assert not Path("returns").exists()


def test_two_returns_of_one_agency_or_of_two_periods_are_not_filed_together(run) -> None:
    Path("a.yaml").write_text(minimal("pseb"), encoding="utf-8")
    Path("b.yaml").write_text(minimal("pseb", 44), encoding="utf-8")
    Path("c.yaml").write_text(
        minimal("nitb", period="2024-25-Q2").replace("2025-03-31", "2024-12-31"), encoding="utf-8"
    )
    assert "has filed twice" in run("file", "a.yaml", "b.yaml").err
    assert "one period at a time" in run("file", "a.yaml", "c.yaml").err
    assert not Path("returns").exists()


def test_returns_of_the_same_name_from_several_folders_are_filed_each_with_its_own_warnings(run) -> None:
    for agency, figure in (("pseb", 43), ("ignite", 44)):
        Path(agency).mkdir()
        Path(agency, "return.yaml").write_text(minimal(agency, figure), encoding="utf-8")
    unused = "  - id: unused\n    publisher: Invented for a test\nreadings:"
    Path("pseb", "return.yaml").write_text(minimal("pseb").replace("readings:", unused), encoding="utf-8")
    done = run("file", "pseb/return.yaml", "ignite/return.yaml")
    assert done.code == 0
    assert "pseb.yaml (filing 1, 1 warning)\n" in done.out
    assert "ignite.yaml (filing 2)\n" in done.out
    (kept,) = standing(run, "pseb")["filings"][0]["problems"]
    assert (kept["severity"], kept["what"]) == ("warning", "no figure uses the source “unused”")
    assert names(Path("returns")) == ["returns/2024-25-Q3/ignite.yaml", "returns/2024-25-Q3/pseb.yaml"]
    assert Path("returns/2024-25-Q3/ignite.yaml").read_text(encoding="utf-8") == minimal("ignite", 44)


def test_a_refiled_return_supersedes_the_old_one_which_is_kept(run) -> None:
    Path("pseb.yaml").write_text(minimal("pseb"), encoding="utf-8")
    run("file", "pseb.yaml")
    Path("pseb.yaml").write_text(minimal("pseb", 45), encoding="utf-8")
    done = run("file", "pseb.yaml")
    assert "(filing 2, supersedes filing 1)" in done.out
    assert names(Path("returns")) == [
        "returns/2024-25-Q3/pseb.yaml",
        "returns/2024-25-Q3/superseded/pseb-1.yaml",
    ]
    again = standing(run, "pseb")["filings"]
    assert [(f["supersedes"], f["superseded_by"]) for f in again] == [(None, 2), (1, None)]


def test_the_same_return_filed_twice_is_said_plainly(run) -> None:
    run("file", "2024-25-Q3", "--by", "A. Khan")
    again = run("file", "2024-25-Q3", "--by", "B. Shah")
    assert again.code == 0
    assert again.out.startswith(
        "already filed: returns/2024-25-Q3/moitt.yaml is these very bytes (filing 1, "
    )
    assert "by A. Khan); nothing was done" in again.out
    assert "the register holds 1 filing;" in again.out


@pytest.mark.parametrize(
    "name",
    [
        "-rf.yaml",
        ".hidden..yaml",
        f"{'x' * 240}.yaml",
        *(
            pytest.param(name, marks=not_on_windows)
            for name in ("..\\..\\..\\out.yaml", "a\u202eb\n.yaml", "CON.YAML")
        ),
    ],
)
def test_the_name_of_a_file_is_never_part_of_a_path(name: str, run) -> None:
    Path("sent").mkdir()
    Path("sent", name).write_text(minimal("pseb"), encoding="utf-8")
    done = run("file", f"sent/{name}")
    assert done.code == 0
    assert names(Path("returns")) == ["returns/2024-25-Q3/pseb.yaml"]
    assert names() == ["returns/2024-25-Q3/pseb.yaml", f"sent/{name}"]


def test_an_agency_that_is_a_path_is_no_agency(run) -> None:
    Path("pseb.yaml").write_text(minimal("../../pseb"), encoding="utf-8")
    done = run("file", "pseb.yaml")
    assert done.code == 3
    assert "is not a known agency" in done.err


def test_a_return_that_build_would_pass_over_by_its_name_is_refused(run) -> None:
    Path("return.txt").write_text(minimal("pseb"), encoding="utf-8")
    done = run("file", "return.txt")
    assert done.code == 3
    assert "let its name end in .xlsx, .csv, .yaml or .json" in done.err


def test_a_link_is_not_filed(run) -> None:
    link(Path("link.yaml"), Q3)
    assert run("file", "link.yaml").code == 3


def test_a_return_in_the_folder_that_nobody_filed_is_said(run) -> None:
    Path("pseb.yaml").write_text(minimal("pseb"), encoding="utf-8")
    Path("returns/2024-25-Q3").mkdir(parents=True)
    Path("returns/2024-25-Q3/PSEB final.yaml").write_text(minimal("pseb"), encoding="utf-8")
    done = run("file", "pseb.yaml")
    assert done.code == 0
    assert "warning: returns/2024-25-Q3/PSEB final.yaml: was not filed" in done.err


def test_a_folder_that_cannot_be_made_is_exit_code_4(run) -> None:
    Path("returns").write_text("a file stands here", encoding="utf-8")
    done = run("file", "2024-25-Q3")
    assert done.code == 4
    assert "returns" in done.err
    assert Path("returns").read_text(encoding="utf-8") == "a file stands here"


def test_two_commands_at_once_do_not_clash() -> None:
    agencies = ["pseb", "ignite", "nitb", "sco"]
    for agency in agencies:
        Path(f"{agency}.yaml").write_text(minimal(agency), encoding="utf-8")
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "moitt_report", "file", f"{agency}.yaml"],
            stderr=subprocess.PIPE,
            text=True,
        )
        for agency in agencies
    ]
    for one in started:
        assert (one.wait(), one.stderr.read()) == (0, "")
        one.stderr.close()
    assert names(Path("returns")) == sorted(f"returns/2024-25-Q3/{agency}.yaml" for agency in agencies)


def test_what_another_command_files_meanwhile_is_not_told_as_a_stranger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for agency in ("pseb", "sco"):
        Path(f"{agency}.yaml").write_text(minimal(agency), encoding="utf-8")
    now = dt.datetime.now(dt.UTC)
    other = threading.Thread(target=lambda: filing.file_returns(["sco.yaml"], by="another", at=now))
    look = filing._folder_problems

    def look_late(*about: Any) -> tuple[Problem, ...]:
        if not other.ident:  # the first look: the other command has a second to get in between
            other.start()
            other.join(1)
        return look(*about)

    monkeypatch.setattr(filing, "_folder_problems", look_late)
    assert filing.file_returns(["pseb.yaml"], by="one", at=now).problems == ()
    other.join()
    assert names(Path("returns")) == ["returns/2024-25-Q3/pseb.yaml", "returns/2024-25-Q3/sco.yaml"]


@pytest.mark.judge
def test_the_register_can_be_in_postgres(server, run) -> None:
    url = server.new_database()
    assert run("file", "2024-25-Q3", "--register", url).code == 0
    assert names() == ["returns/2024-25-Q3/moitt.yaml"]
    assert not list(Path().rglob("*.sqlite"))
    assert (
        "1 of 7 expected agencies have filed"
        in run("status", "--period", "2024-25-Q3", "--register", url).out
    )


# --- status ---------------------------------------------------------------------------------------


def test_status_says_who_has_filed_who_was_late_and_who_has_not_filed(run) -> None:
    run("file", "2024-25-Q3", "--by", "A. Khan")
    in_time = run("status", "--period", "2024-25-Q3", "--deadline", "2999-12-31")
    assert re.search(
        r"^MoITT\tfiled\t\d{4}-\d\d-\d\d \d\d:\d\d by A. Khan\t0 warnings$", in_time.out, re.MULTILINE
    )
    assert "PSEB\tnot filed yet\n" in in_time.out
    assert "2024-25-Q3, due 2999-12-31: 1 of 7 expected agencies have filed, 0 late; 0 overdue" in in_time.out
    assert "Expected: the agencies to which the registers give a KPI or a project" in in_time.out
    late = run("status", "--period", "Q3 FY2024-25").out
    assert re.search(r"^MoITT\tfiled \d+ days late\t", late, re.MULTILINE)
    assert re.search(r"^PSEB\tnot filed, \d+ days overdue$", late, re.MULTILINE)
    assert "due 2025-04-15: 1 of 7 expected agencies have filed, 1 late; 6 overdue" in late


def test_status_counts_the_warnings_and_how_often_a_return_was_filed_again(run) -> None:
    text = Q3.read_text("utf-8")
    for n in range(3):
        Path("moitt.yaml").write_text(text + f"# {n}\n", encoding="utf-8")
        run("file", "moitt.yaml")
    assert "filed again 2 times" in run("status", "--period", "2024-25-Q3").out


def test_status_of_a_register_that_is_not_there_is_wrong_usage(run) -> None:
    done = run("status", "--period", "2024-25-Q3")
    assert done.code == 2
    assert "there is no register of filings at returns/register.sqlite" in done.err
    assert run("status", "--period", "third quarter").code == 2
    assert names() == []


def test_status_says_which_filed_return_was_changed_by_hand(run) -> None:
    run("file", "2024-25-Q3")
    with Path("returns/2024-25-Q3/moitt.yaml").open("a", encoding="utf-8") as filed:
        filed.write("# changed\n")
    done = run("status", "--period", "2024-25-Q3")
    assert done.code == 3
    assert "error: returns/2024-25-Q3/moitt.yaml: is not what was filed" in done.err


def test_status_says_when_a_filing_was_cut_off_and_the_same_command_ends_it(run) -> None:
    run("file", "2024-25-Q3")
    Path("returns/2024-25-Q3/moitt.yaml").unlink()
    cut_off = run("status", "--period", "2024-25-Q3")
    assert cut_off.code == 0
    assert "in the register but not in the folder: a filing was cut off" in cut_off.err
    assert run("file", "2024-25-Q3").out.startswith("already filed")
    assert run("status", "--period", "2024-25-Q3").err == ""


def test_status_and_file_refuse_a_register_that_was_changed_from_outside(run) -> None:
    run("file", "2024-25-Q3")
    connection = sqlite3.connect("returns/register.sqlite")
    connection.execute("DROP TRIGGER filings_are_not_changed")
    connection.execute("UPDATE moitt_report_filings SET filed_by = 'somebody else'")
    connection.commit()
    connection.close()
    for words in (("status", "--period", "2024-25-Q3"), ("file", "2024-25-Q3")):
        done = run(*words)
        assert done.code == 3
        assert "the register was changed from outside: filing 1 does not follow" in done.err


def test_a_form_that_nobody_filled_in_is_not_filed(run) -> None:
    form("pseb", "2024-25-Q3")
    refused = run("file", "pseb-2024-25-Q3.xlsx")
    assert refused.code == 3
    assert "holds no figure and no word of the agency" in refused.err
    assert not Path("returns").exists()


def with_project(agency: str, figure: int = 43) -> str:
    report = "projects:\n  - project: e-office\n    reported_as: E-office\n    utilised:\n"
    amount = "      - {amount: Rs 10 million, as_of: 2025-03-31, source: illustration}\n"
    return minimal(agency, figure) + report + amount


def test_a_project_that_a_sister_has_filed_already_is_refused_when_it_is_filed_again(run) -> None:
    Path("a.yaml").write_text(with_project("pseb"), encoding="utf-8")
    Path("b.yaml").write_text(with_project("nitb"), encoding="utf-8")
    assert run("file", "a.yaml").code == 0
    said = run("file", "b.yaml")
    assert (said.code, names(Path("returns"))) == (3, ["returns/2024-25-Q3/pseb.yaml"])
    assert "error: b.yaml:" in said.err
    assert "is reported by two agencies; the other report is 2024-25-Q3/pseb.yaml" in said.err
    Path("a.yaml").write_text(with_project("pseb", 44), encoding="utf-8")
    assert run("file", "a.yaml").code == 0, "an agency is no sister of itself"
    Path("b.yaml").write_text(minimal("nitb"), encoding="utf-8")
    assert run("file", "b.yaml").code == 0
    assert run("check", "returns/2024-25-Q3").code == 0


def test_an_empty_folder_of_the_period_before_is_as_none(run) -> None:
    Path("returns/2024-25-Q2").mkdir(parents=True)
    Path("a.yaml").write_text(minimal("pseb"), encoding="utf-8")
    assert run("file", "a.yaml").code == 0
    assert run("build", "returns/2024-25-Q3", "--format", "json").code == 0
