"""A choice on record is the reason of the restatement that it causes, and of no other."""

from pathlib import Path

import pytest

import moitt_report
from moitt_report.brief.content import Brief
from test_restated import about_restated, build, fact, table

NOW = "2025-26-Q3"


def filed(folder: Path, period: str, figures: str, choices: str = "") -> Path:
    """ILLUSTRATIVE returns: the ministry's, with two sources."""
    home = folder / period
    home.mkdir(parents=True)
    (home / "moitt.yaml").write_text(
        f"""\
# ILLUSTRATIVE: every figure in this file is made up.
agency: moitt
period: {period}
sources: [{{id: letter, publisher: The ministry}}, {{id: bank, publisher: The bank}}]
{figures}
{choices and "choices:"}
{choices}
""",
        "utf-8",
    )
    return home


def october(value: int, source: str, day: str = "2025-10-31") -> str:
    return (
        f"  - {{kpi: it-export-remittances, period: October 2025, value: {value}, scope: in period, "
        f"as_of: {day}, source: {source}}}\n"
    )


def spent(source: str, amount: int) -> str:
    return f"      - {{amount: Rs {amount} million, as_of: 2025-12-31, source: {source}}}\n"


def of_project(*amounts: str) -> str:
    return (
        "projects:\n  - project: karachi-it-park\n    reported_as: Karachi IT Park\n    to_last_june:\n"
        + "".join(amounts).replace("2025-12-31", "2025-06-30")
    )


def of_budget(*amounts: str) -> str:
    return "budgets:\n  - period: Jul-Dec FY2025-26\n    covers: The division\n    utilised:\n" + "".join(
        amounts
    )


def target(source: str, value: int) -> str:
    return (
        f"  - {{kpi: it-export-remittances, period: 2025-26, value: {value}, scope: year to date, "
        f"as_of: 2025-07-01, source: {source}}}\n"
    )


READINGS, TARGETS = "readings:\n", "targets:\n"
WHY = "The bank alone counts what arrived"
CHOSEN = f"{WHY} (choice on record)"
CASES = {
    "a reading": (
        READINGS + october(330, "letter"),
        READINGS + october(330, "letter", "2025-11-30") + october(335, "bank"),
        f"  - {{figure: it-export-remittances, period: October 2025, source: bank, reason: {WHY}}}",
        "ICT export remittances, October 2025",
    ),
    "the money of a project": (
        of_project(spent("letter", 4500)),
        of_project(spent("letter", 4500), spent("bank", 4650)),
        "  - {figure: to-last-june, project: karachi-it-park, period: Jul-Mar FY2025-26, source: bank, "
        f"reason: {WHY}}}",
        "Utilised to the last 30 June, Karachi IT Park",
    ),
    "the money of a budget": (
        of_budget(spent("letter", 5000)),
        of_budget(spent("letter", 5000), spent("bank", 5100)),
        f"  - {{figure: utilised, period: Jul-Dec FY2025-26, source: bank, reason: {WHY}}}",
        "Utilised, July–December 2025",
    ),
    "a target": (
        READINGS + october(330, "letter") + TARGETS + target("letter", 4000),
        READINGS + october(330, "letter") + TARGETS + target("letter", 4000) + target("bank", 4200),
        f"  - {{figure: target, kpi: it-export-remittances, period: 2025-26, source: bank, reason: {WHY}}}",
        "Target of ICT export remittances",
    ),
}


def reasons(brief: Brief) -> dict[str, str]:
    return {row[0]: row[-1] for row in table(brief, "restated") or []}


@pytest.mark.parametrize("case", list(CASES))
@pytest.mark.parametrize("previous", ["returns", "json"])
def test_the_reason_of_the_choice_is_that_of_the_restatement_it_causes(
    case: str, previous: str, tmp_path: Path
) -> None:
    then, now, choice, name = CASES[case]
    before = filed(tmp_path / "then", "2025-26-Q2", then)
    if previous == "json":
        sent = moitt_report.build([before], out=tmp_path / "sent", formats=["json"])
        before = sent.files[0]
    built = build(filed(tmp_path / "now", NOW, now, choice), before)
    assert reasons(built.brief)[name] == CHOSEN
    assert about_restated(built.problems) == []


@pytest.mark.parametrize("case", list(CASES))
def test_where_no_source_gives_any_longer_what_was_printed_the_choice_is_not_the_cause(
    case: str, tmp_path: Path
) -> None:
    then, now, choice, name = CASES[case]
    before = filed(tmp_path / "then", "2025-26-Q2", then)
    for was, then_given in (("330", "331"), ("4500", "4501"), ("5000", "5001"), ("4000", "4001")):
        now = now.replace(was, then_given)
    built = build(filed(tmp_path / "now", NOW, now, choice), before)
    printed = reasons(built.brief)
    if case == "a target":  # the readings are not chosen here
        printed.pop("ICT export remittances, October 2025", None)
    assert printed[name] == "No reason is on record"
    assert len(about_restated(built.problems)) >= 1


def test_a_waiver_of_the_restatement_goes_before_the_reason_of_the_choice(tmp_path: Path) -> None:
    then, now, choice, name = CASES["a reading"]
    before = filed(tmp_path / "then", "2025-26-Q2", then)
    waiver = (
        "\nwaivers:\n  - {rule: restated, about: it-export-remittances, figure: reading 2025-10, "
        "who: A. Officer, when: 2026-04-02, why: The bank corrected its count}"
    )
    built = build(filed(tmp_path / "now", NOW, now, choice + waiver), before)
    assert reasons(built.brief)[name] == "The bank corrected its count (A. Officer, 2\u00a0April 2026)"
    assert not [p for p in built.problems if "is restated in this brief" in p.what]


def test_the_figure_that_a_choice_changed_keeps_its_mark(tmp_path: Path) -> None:
    then, now, choice, _ = CASES["a reading"]
    before = filed(tmp_path / "then", "2025-26-Q2", then)
    brief = build(filed(tmp_path / "now", NOW, now, choice), before).brief
    month = fact(brief, "kpi.it-export-remittances.2025-10")
    assert month.printings["prose"] == "US$\u00a0335\u00a0million (restated)"
    assert month.restated is not None
    assert month.restated.reason == CHOSEN
