"""Two who file at the same moment: each return is looked at beside the other before it is entered."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moitt_report.errors import InputError
from moitt_report.filing import entry
from moitt_report.pipeline import filing
from moitt_report.pipeline.filing import Filed, file_returns, filing_status

NOW = dt.datetime(2025, 4, 14, 16, tzinfo=dt.UTC)


def put(agency: str, figures: str) -> None:
    """A return. ILLUSTRATIVE: its figures are made up."""
    Path(f"{agency}.yaml").write_text(
        f"""\
agency: {agency}
period: 2024-25-Q3
sources: [{{id: illustration, publisher: Invented for a test}}]
{figures}
""",
        "utf-8",
    )


def budget(covers: str, millions: int) -> str:
    return f"""\
budgets:
  - period: Jul-Mar FY2024-25
    covers: {covers}
    allocations: [{{kind: budget, amount: Rs {millions} million, as_of: 2024-07-01, source: illustration}}]"""


PROJECT = """\
projects:
  - project: e-office
    reported_as: E-office
    utilised: [{amount: Rs 10 million, as_of: 2025-03-31, source: illustration}]"""


@pytest.fixture
def file(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Filed]:
    monkeypatch.chdir(tmp_path)
    return lambda agency: file_returns([f"{agency}.yaml"], by=agency, at=NOW, register=where)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Has something done when the next return was looked at, and before it is entered."""

    def arrange(work: Callable[[], Any]) -> None:
        waiting, open_register = [work], filing._open

        def opened(*words: Any, **more: Any) -> Any:
            while waiting:
                waiting.pop()()
            return open_register(*words, **more)

        monkeypatch.setattr(filing, "_open", opened)

    return arrange


def filed_by(where: str) -> list[str]:
    status = filing_status("2024-25-Q3", today=NOW.date(), register=where)
    return [one.agency.id for one in status.duties if one.filings]


def test_what_a_sister_filed_meanwhile_is_refused_as_it_would_be_a_moment_later(
    where: str, file: Callable[[str], Filed], meanwhile: Callable[[Callable[[], Any]], None]
) -> None:
    put("pseb", PROJECT)
    put("nitb", PROJECT)
    meanwhile(lambda: file("pseb"))
    with pytest.raises(
        InputError, match=r"reported by two agencies; the other report is 2024-25-Q3/pseb\.yaml"
    ):
        file("nitb")
    assert filed_by(where) == ["pseb"]
    assert [one.name for one in Path("returns/2024-25-Q3").iterdir()] == ["pseb.yaml"]


def test_a_warning_that_a_sister_calls_for_is_told_and_kept_in_the_register(
    file: Callable[[str], Filed], meanwhile: Callable[[Callable[[], Any]], None]
) -> None:
    put("moitt", budget("The ministry", 100))
    put("pseb", budget("The board", 150))
    meanwhile(lambda: file("moitt"))
    done = file("pseb")
    (warning,) = done.problems
    assert "more than" in warning.what
    assert [one.filing.warnings for one in done.entered] == [1]


def test_a_sister_whose_filing_was_cut_off_before_it_reached_the_folder_is_looked_at_too(
    where: str,
    file: Callable[[str], Filed],
    meanwhile: Callable[[Callable[[], Any]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("pseb", PROJECT)
    put("nitb", PROJECT)

    def cut_off() -> None:
        with monkeypatch.context() as killed:
            killed.setattr(entry, "settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                file("pseb")

    meanwhile(cut_off)
    with pytest.raises(InputError, match="reported by two agencies"):
        file("nitb")
    assert filed_by(where) == ["pseb"]


def test_who_files_alone_is_looked_at_once(
    file: Callable[[str], Filed], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    check = filing._checked
    monkeypatch.setattr(filing, "_checked", lambda *words: looks.append(1) or check(*words))
    put("pseb", PROJECT)
    file("pseb")
    put("moitt", budget("The ministry", 100))
    file("moitt")
    assert len(looks) == 2
