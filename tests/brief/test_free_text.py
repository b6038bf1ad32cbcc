"""An agency's own words: a numeral in them that no figure stands behind is warned of, with its place."""

from pathlib import Path

import pytest

import moitt_report
from moitt_report.brief.composition import Composition
from moitt_report.brief.content import Figure, plain
from moitt_report.brief.free_text import numerals
from moitt_report.brief.ledger import Ledger
from moitt_report.errors import Problem
from moitt_report.pipeline.inputs import load_outline

RETURN = """\
# ILLUSTRATIVE: every figure in this file is made up.
agency: moitt
period: 2025-26-Q2
sources: [{id: letter, publisher: The ministry}]
readings:
  - {kpi: interns-placed, period: 2025-26-Q2, value: 1200, scope: in period, as_of: 2025-12-31, source: letter}
remarks:
"""


def warned(tmp_path: Path, remark: str) -> list[Problem]:
    home = tmp_path / "2025-26-Q2"
    home.mkdir(exist_ok=True)
    (home / "moitt.yaml").write_text(f"{RETURN}  - {remark}\n", "utf-8")
    return list(moitt_report.check([home]))


@pytest.mark.parametrize(
    "remark",
    [
        "We placed 1,200 interns",
        "We placed {kpi.interns-placed} interns",
        "{text: The paper says that 999 were placed, quoted: true}",
        "The Chairman spoke of “999 interns”",
        "'The Chairman spoke of \"999 interns\"'",
        "Work began on 3 March 2025 and ends in FY 2026-27",
        "The 25 Software Technology Parks project goes on; see ISO 27001",
        "5G and 4G sites, the G-8 office, Q3 and H1",
    ],
)
def test_what_is_accounted_for_is_not_warned_of(tmp_path: Path, remark: str) -> None:
    assert warned(tmp_path, remark) == []


@pytest.mark.parametrize(
    ("remark", "numeral"),
    [
        ("We placed 1,300 interns", "1,300"),
        ("We placed 1,200 interns, and 77 later", "77"),
        ("{text: We placed 1300 interns, quoted: false}", "1300"),
        ("Rs 4.5 billion was promised", "4.5"),
        ("45% of the work is done", "45"),
        ("The “999 interns” were 1,300", "1,300"),
    ],
)
def test_a_numeral_that_matches_no_figure_is_warned_of_with_its_line(
    tmp_path: Path, remark: str, numeral: str
) -> None:
    (problem,) = warned(tmp_path, remark)
    assert problem.severity == "warning"
    assert problem.where == "2025-26-Q2/moitt.yaml:8"
    assert problem.what.startswith(f"“{numeral}” in the remark")
    assert problem.remedy


def test_a_token_that_is_none_is_an_error_with_the_nearest_known_one(tmp_path: Path) -> None:
    (problem,) = warned(tmp_path, "We placed {kpi.interns-plcaed} interns")
    assert problem.severity == "error"
    assert problem.where == "2025-26-Q2/moitt.yaml:8"
    assert problem.remedy == "did you mean {kpi.interns-placed}?"


def test_a_token_that_counts_what_the_brief_says_is_not_for_an_agency(tmp_path: Path) -> None:
    (problem,) = warned(tmp_path, "There are {conflicts} conflicts")
    assert problem.what == "{conflicts} in the remark is not a known token"


def test_the_words_of_a_choice_are_scanned_as_well(tmp_path: Path) -> None:
    home = tmp_path / "2025-26-Q2"
    home.mkdir()
    choice = (
        "  - {figure: interns-placed, period: 2025-26-Q2, source: letter, reason: The list has 1250 names}"
    )
    (home / "moitt.yaml").write_text(RETURN.replace("remarks:\n", f"choices:\n{choice}\n"), "utf-8")
    (problem,) = moitt_report.check([home])
    assert problem.what.startswith("“1250” in the reason of the choice")


@pytest.mark.parametrize(
    ("words", "found"),
    [("1,200, 1,300 and 7.", ["1,200", "1,300", "7"]), ("no numeral", []), ("in 2024 and May 2025", [])],
)
def test_numerals_are_found_whole(words: str, found: list[str]) -> None:
    assert numerals(words) == found


def test_a_token_in_an_agencys_words_becomes_the_figure_and_the_rest_stays_as_it_is() -> None:
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    c = Composition(portfolio, Ledger(portfolio.sources), load_outline("quarterly"))
    from moitt_report.brief.money_tokens import money_tokens

    c.tokens |= money_tokens(c)
    runs = c.quote("Of {utilised}, 12 went to **tea** {and} <b>")
    assert plain(runs) == "Of Rs\u00a02,243.6\u00a0million, 12 went to **tea** {and} <b>"
    (figure,) = (run for run in runs if isinstance(run, Figure))
    assert figure.fact == "utilised"
