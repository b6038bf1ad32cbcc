"""A reading of which a brief prints fewer decimals is told by `check`, and by nothing that asks for a reason."""

from pathlib import Path

import pytest

import moitt_report
from moitt_report.errors import Problem


def filed(folder: Path, value: str, kpi: str = "interns-placed", period: str = "2025-26-Q2") -> Path:
    """A return. ILLUSTRATIVE: its figure is made up."""
    home = folder / period
    home.mkdir(parents=True)
    (home / "ignite.yaml").write_text(
        f"""\
# ILLUSTRATIVE: the figure in this file is made up.
agency: ignite
period: {period}
sources: [{{id: letter, publisher: Ignite}}]
readings:
  - {{kpi: {kpi}, period: {period}, value: "{value}", as_of: {period[:4]}-12-31, source: letter}}
""",
        "utf-8",
    )
    return home


def notes(home: Path) -> list[Problem]:
    return [problem for problem in moitt_report.check([home]) if "is printed" in problem.what]


def test_what_was_read_what_is_printed_and_where_to_change_that_are_told(tmp_path: Path) -> None:
    (note,) = notes(filed(tmp_path, "270.5"))
    assert str(note) == (
        "note: 2025-26-Q2/ignite.yaml:6: ICT interns placed: 270.5 is read, and 271 is printed; "
        "nothing to do; to print it whole, raise “decimals” of interns-placed to 1 in the register of KPIs"
    )


@pytest.mark.parametrize("value", ["270", "270.000", "0", "0.4", "not reported"])
def test_what_is_printed_whole_but_for_trailing_zeros_is_not_told(value: str, tmp_path: Path) -> None:
    assert notes(filed(tmp_path, value)) == []


def test_a_reading_with_no_more_decimals_than_its_kpi_is_not_told(tmp_path: Path) -> None:
    assert notes(filed(tmp_path / "one", "61.5", "teledensity")) == []
    (note,) = notes(filed(tmp_path / "two", "61.57", "teledensity"))
    assert "61.57 is read, and 61.6 is printed" in note.what
    assert "raise “decimals” of teledensity to 2" in note.remedy


def test_more_decimals_than_the_register_allows_for_are_told_as_that(tmp_path: Path) -> None:
    (note,) = notes(filed(tmp_path, "270.1234567"))
    assert note.remedy.endswith("the register of KPIs allows for 6 decimals at most")


def test_a_very_large_number_is_read_and_told(tmp_path: Path) -> None:
    (note,) = notes(filed(tmp_path, "999999999999.125"))
    assert "999,999,999,999.125 is read" in note.what
    assert "“decimals” of interns-placed to 3" in note.remedy


def test_the_returns_of_the_periods_before_are_not_looked_at(tmp_path: Path) -> None:
    filed(tmp_path, "270.5", period="2025-26-Q1")
    assert notes(filed(tmp_path, "300")) == []


def test_the_built_in_quarter_has_two_and_a_build_of_it_prints_none(tmp_path: Path) -> None:
    told = [p for p in moitt_report.check(["2024-25-Q2"]) if p.severity == "note"]
    assert [p.what.partition(": ")[2] for p in told] == [
        "224.950 is read, and 225 is printed",
        "892.972 is read, and 893 is printed",
    ]
    built = moitt_report.build(["2024-25-Q2"], out=tmp_path, formats=["json"])
    assert [p for p in built.problems if p.severity == "note"] == []
