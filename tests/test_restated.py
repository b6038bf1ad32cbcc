"""History is not rewritten silently: what an earlier brief gave otherwise is marked, listed and explained."""

from pathlib import Path

import pytest

import moitt_report
from moitt_report.brief.content import Brief, Table, blocks, plain
from moitt_report.brief.fact import Fact
from moitt_report.errors import InputError, Problem

SET = dict.fromkeys(("to", "sender", "file_number", "classification"), "x") | {"date": "1 July 2026"}


def filed(folder: Path, period: str, *, october: int, utilised: str, more: str = "") -> Path:
    """ILLUSTRATIVE returns of one agency: exports by month, and the money of the year to date."""
    home = folder / period
    home.mkdir(parents=True, exist_ok=True)
    last = {"2025-26-Q2": "2025-12-31", "2025-26-Q3": "2026-03-31"}[period]
    to_date = {"2025-26-Q2": "Jul-Dec FY2025-26", "2025-26-Q3": "Jul-Mar FY2025-26"}[period]
    (home / "moitt.yaml").write_text(
        f"""\
# ILLUSTRATIVE: every figure in this file is made up.
agency: moitt
period: {period}
sources: [{{id: letter, publisher: The ministry}}]
budgets:
  - period: {to_date}
    covers: The division
    allocations: [{{kind: budget, amount: "Rs 20,000 million", as_of: 2025-07-01, source: letter}}]
    authorised: [{{amount: "Rs 9,000 million", as_of: {last}, source: letter}}]
    utilised: [{{amount: "{utilised}", as_of: {last}, source: letter}}]
readings:
  - {{kpi: it-export-remittances, period: October 2025, value: {october}, scope: in period, as_of: 2025-10-31, source: letter}}
{more}
""",
        "utf-8",
    )
    return home


WAIVER = """\
waivers:
  - {rule: restated, about: it-export-remittances, figure: reading 2025-10, who: A. Officer, when: 2026-04-02, why: The bank corrected its count}
"""


@pytest.fixture
def before(tmp_path: Path) -> dict[str, Path]:
    """The brief of the second quarter, in each form that carries it."""
    home = filed(tmp_path / "then", "2025-26-Q2", october=330, utilised="Rs 5,000 million")
    built = moitt_report.build([home], out=tmp_path / "sent")
    files = {file.suffix[1:]: file for file in built.files}
    files["json"] = tmp_path / "sent" / "brief.json"
    files["json"].write_text(built.brief.as_json, "utf-8")
    return files | {"returns": home}


def build(home: Path, previous: Path, **more: object) -> moitt_report.Built:
    return moitt_report.build([home], out=home.parent / "out", previous=previous, formats=["pdf"], **more)  # type: ignore[arg-type]


def table(brief: Brief, anchor: str) -> list[list[str]] | None:
    found = next((b for b in blocks(brief) if isinstance(b, Table) and b.anchor == anchor), None)
    return None if found is None else [[plain(cell.runs) for cell in row.cells] for row in found.rows]


def fact(brief: Brief, id: str) -> Fact:
    return next(fact for fact in brief.facts if fact.id == id)


def about_restated(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if "in an earlier brief" in problem.what]


@pytest.mark.parametrize("form", ["pdf", "docx", "json", "returns"])
def test_a_month_given_otherwise_before_is_marked_and_listed(before, tmp_path: Path, form: str) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million")
    built = build(home, before[form])
    assert table(built.brief, "restated") == [
        [
            "ICT export remittances, October 2025",
            "US$ million",
            "330",
            "335\u00a0r",
            "+5",
            "No reason is on record",
        ]
    ]
    restated = fact(built.brief, "kpi.it-export-remittances.2025-10")
    assert restated.printings["prose"] == "US$\u00a0335\u00a0million (restated)"
    assert restated.value == "335"
    (problem,) = about_restated(built.problems)
    assert (problem.severity, problem.file) == ("warning", "2025-26-Q3/moitt.yaml")
    assert "was US$ 330 million in an earlier brief and is US$ 335 million now" in problem.what


def test_what_is_the_same_is_not_restated(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=330, utilised="Rs 7,000 million")
    built = build(home, before["pdf"])
    assert table(built.brief, "restated") is None
    assert about_restated(built.problems) == []
    assert not any(" (restated)" in words for f in built.brief.facts for words in f.printings.values())


def test_other_months_are_a_movement_and_no_restatement(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=330, utilised="Rs 7,000 million")
    rows = table(build(home, before["docx"]).brief, "changes") or []
    row = next(row for row in rows if row[0] == "Utilised")
    assert row == [
        "Utilised",
        "Rs million",
        "Jul–Dec\u00a02025",
        "5,000.000",
        "Jul\u00a02025–Mar\u00a02026",
        "7,000.000",
        "+2,000.000",
    ]
    allocation = next(row for row in rows if row[0].startswith("Allocation"))
    assert allocation[-1] == "0.000"


def test_a_reason_is_printed_with_who_gave_it_and_when(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=WAIVER)
    built = build(home, before["json"])
    rows = table(built.brief, "restated") or []
    assert rows[0][-1] == "The bank corrected its count (A. Officer, 2\u00a0April 2026)"
    assert about_restated(built.problems) == []


def test_the_warning_names_the_figure_as_a_reason_has_to(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million")
    (problem,) = about_restated(build(home, before["json"]).problems)
    assert problem.remedy.endswith("about it-export-remittances, figure reading 2025-10")


def test_a_reason_answers_for_the_figure_it_names_and_for_no_other(before, tmp_path: Path) -> None:
    other = WAIVER.replace("reading 2025-10", "reading 2025-11")
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=other)
    built = build(home, before["json"])
    assert len(about_restated(built.problems)) == 1
    (idle,) = [p for p in built.problems if "is restated in this brief" in p.what]
    assert idle.what.startswith("no figure reading 2025-11 about it-export-remittances")
    assert idle.remedy == "name the one that is: reading 2025-10"


def test_a_reason_for_a_restatement_that_names_no_figure_is_refused(before, tmp_path: Path) -> None:
    unnamed = WAIVER.replace("figure: reading 2025-10, ", "")
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=unnamed)
    with pytest.raises(InputError, match="names it: give “figure” as the warning does"):
        build(home, before["json"])


PARKS = (
    "  - {{kpi: stps-operating, period: {}, value: {}, scope: since inception, as_of: {}, source: letter}}"
)


def test_a_quarter_of_before_given_otherwise_now_is_told_though_no_page_prints_it(tmp_path: Path) -> None:
    then = PARKS.format("2025-26-Q2", 45, "2025-12-31")
    again = PARKS.format("2025-26-Q2", 48, "2025-12-31") + "\n" + PARKS.format("2025-26-Q3", 50, "2026-03-31")
    before = filed(tmp_path / "then", "2025-26-Q2", october=330, utilised="Rs 5,000 million", more=then)
    home = filed(tmp_path / "now", "2025-26-Q3", october=330, utilised="Rs 7,000 million", more=again)
    built = build(home, before)
    assert [row[:5] for row in table(built.brief, "restated") or []] == [
        ["Software Technology Parks operating, October–December 2025", "parks", "45", "48\u00a0r", "+3"]
    ]
    (problem,) = about_restated(built.problems)
    assert problem.remedy.endswith("about stps-operating, figure reading 2025-26-Q2")


SPENT_BEFORE = """\
projects:
  - project: karachi-it-park
    reported_as: Karachi IT Park
    to_last_june: [{{amount: "{}", as_of: 2025-06-30, source: letter}}]
"""


def with_spent_before(folder: Path, period: str, amount: str, more: str = "") -> Path:
    """The same returns, with what the budget and a project had utilised to 30 June 2025."""
    spent = SPENT_BEFORE.format(amount) + more
    home = filed(folder, period, october=330, utilised="Rs 7,000 million", more=spent)
    text, file = (home / "moitt.yaml").read_text("utf-8"), home / "moitt.yaml"
    given = f'    to_last_june: [{{amount: "{amount}", as_of: 2025-06-30, source: letter}}]\n    utilised:'
    file.write_text(text.replace("    utilised:", given), "utf-8")
    return home


def test_what_was_utilised_to_the_last_june_is_restated_when_it_changes_within_the_year(
    tmp_path: Path,
) -> None:
    then = with_spent_before(tmp_path / "then", "2025-26-Q2", "Rs 4,500 million")
    now = with_spent_before(tmp_path / "now", "2025-26-Q3", "Rs 4,650 million")
    built = build(now, then)
    rows = [row for row in table(built.brief, "restated") or [] if "30" in row[0]]
    assert [row[0] for row in rows] == [
        "Utilised to 30\u00a0June 2025",
        "Utilised to the last 30 June, Karachi IT Park",
    ]
    for row in rows:
        assert row[2:] == ["4,500.000", "4,650.000\u00a0r", "+150.000", "No reason is on record"]
    asked = [p.remedy for p in about_restated(built.problems)]
    assert [remedy.rpartition("about ")[2] for remedy in asked] == [
        "budget, figure to-last-june 2024-25 of The division",
        "karachi-it-park, figure to-last-june 2024-25",
    ]


def test_the_reason_for_what_was_utilised_to_the_last_june_is_printed(tmp_path: Path) -> None:
    reason = """\
waivers:
  - {rule: restated, about: karachi-it-park, figure: to-last-june 2024-25, who: A. Officer, when: 2026-04-02, why: The audit of June is done}
"""
    then = with_spent_before(tmp_path / "then", "2025-26-Q2", "Rs 4,500 million")
    now = with_spent_before(tmp_path / "now", "2025-26-Q3", "Rs 4,650 million", reason)
    rows = {row[0]: row[-1] for row in table(build(now, then).brief, "restated") or []}
    assert rows["Utilised to the last 30 June, Karachi IT Park"].startswith("The audit of June is done (A. O")
    assert rows["Utilised to 30\u00a0June 2025"] == "No reason is on record"


def test_the_last_june_of_another_year_is_no_restatement(tmp_path: Path) -> None:
    then = with_spent_before(tmp_path / "then", "2025-26-Q2", "Rs 4,500 million")
    text = (then / "moitt.yaml").read_text("utf-8")
    for was, earlier in (("2025-12", "2024-12"), ("2025-06", "2024-06"), ("2025-07", "2024-07"),
                         ("2025-10", "2024-10"), ("October 2025", "October 2024"), ("2025-26", "2024-25")):  # fmt: skip
        text = text.replace(was, earlier)
    (then / "moitt.yaml").write_text(text, "utf-8")
    then = then.rename(then.parent / "2024-25-Q2")
    now = with_spent_before(tmp_path / "now", "2025-26-Q3", "Rs 4,650 million")
    assert table(build(now, then).brief, "restated") is None


def test_months_of_before_given_otherwise_now_are_told_though_no_page_prints_them(
    before, tmp_path: Path
) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=330, utilised="Rs 7,000 million")
    text = (home / "moitt.yaml").read_text("utf-8")
    again = """\
budgets:
  - period: Jul-Dec FY2025-26
    covers: The division
    utilised: [{amount: "Rs 1,000 million", as_of: 2025-12-31, source: letter}]
"""
    (home / "moitt.yaml").write_text(text.replace("budgets:\n", again), "utf-8")
    built = build(home, before["json"])
    said = [p.what for p in built.problems if "in an earlier brief" in p.what]
    assert said == [
        "“Utilised, July–December 2025” was Rs 5,000 million in an earlier brief and is Rs 1,000 million now"
    ]
    (row,) = table(built.brief, "restated") or []
    assert row[2] == "5,000.000"
    assert row[3].startswith("1,000.000")


def test_a_reason_for_what_is_not_restated_is_told(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=330, utilised="Rs 7,000 million", more=WAIVER)
    said = [p.what for p in build(home, before["json"]).problems]
    assert "no figure reading 2025-10 about it-export-remittances is restated in this brief" in said
    filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=WAIVER)
    assert not any("is restated in this brief" in p.what for p in build(home, before["json"]).problems)


def test_no_final_brief_restates_without_a_reason(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million")
    with pytest.raises(InputError) as caught:
        build(home, before["pdf"], stage="final", settings=SET)
    assert about_restated(caught.value.problems)
    assert not (home.parent / "out").exists()
    filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=WAIVER)
    assert build(home, before["pdf"], stage="final", settings=SET).files


def test_a_corrected_return_of_the_same_quarter_restates_the_brief_of_that_quarter(
    before, tmp_path: Path
) -> None:
    home = filed(tmp_path / "now", "2025-26-Q2", october=330, utilised="Rs 5,500 million")
    built = build(home, before["pdf"])
    rows = {row[0]: row for row in table(built.brief, "restated") or []}
    assert rows["Utilised, July–December 2025"][2:5] == ["5,000.000", "5,500.000\u00a0r", "+500.000"]
    share = rows["Utilised as a percentage of the allocation, July–December 2025"]
    assert share[2:4] == ["25.0", "27.5\u00a0r"]
    assert share[-1] == "computed from what was restated: Utilised, July–December 2025"
    assert any("Utilised, July" in problem.what for problem in about_restated(built.problems))
    assert not any("percentage" in problem.what for problem in about_restated(built.problems))


def test_a_figure_that_is_no_longer_reported_is_listed(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q2", october=330, utilised="not reported")
    rows = {row[0]: row for row in table(build(home, before["pdf"]).brief, "restated") or []}
    assert rows["Utilised, July–December 2025"][2:5] == ["5,000.000", "n.r.", "n.a."]


def test_the_earlier_figure_is_explained_down_to_its_cell(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million")
    brief = build(home, before["pdf"]).brief
    restated = fact(brief, "kpi.it-export-remittances.2025-10").restated
    assert restated is not None
    was = fact(brief, restated.fact)
    assert was.value == "330"
    assert was.address.startswith("quarterly.pdf, 2025-26-Q2/moitt.yaml:")


def test_a_brief_that_was_restated_is_compared_without_its_marks(before, tmp_path: Path) -> None:
    home = filed(tmp_path / "now", "2025-26-Q2", october=330, utilised="Rs 5,500 million")
    second = build(home, before["pdf"]).files[0]
    third = filed(tmp_path / "later", "2025-26-Q2", october=330, utilised="Rs 5,600 million")
    rows = {row[0]: row for row in table(build(third, second).brief, "restated") or []}
    assert rows["Utilised, July–December 2025"][2:4] == ["5,500.000", "5,600.000\u00a0r"]


def test_a_later_brief_is_no_previous_one(before, tmp_path: Path) -> None:
    later = filed(tmp_path / "later", "2025-26-Q3", october=330, utilised="Rs 7,000 million")
    sent = build(later, before["pdf"]).files[0]
    with pytest.raises(InputError, match="is later than 2025-26-Q2"):
        build(before["returns"], sent)


def test_a_json_return_is_still_taken_for_returns(before, tmp_path: Path) -> None:
    import json

    filed_then = tmp_path / "then.json"
    given = {
        "agency": "moitt",
        "period": "2025-26-Q2",
        "sources": [{"id": "letter", "publisher": "The ministry"}],
        "readings": [
            {"kpi": "it-export-remittances", "period": "October 2025", "value": "331", "scope": "in period",
             "as_of": "2025-10-31", "source": "letter"}
        ],
    }  # fmt: skip
    filed_then.write_text(json.dumps(given), "utf-8")
    home = filed(tmp_path / "now", "2025-26-Q3", october=335, utilised="Rs 7,000 million")
    rows = table(build(home, filed_then).brief, "restated") or []
    assert rows[0][2:4] == ["331", "335\u00a0r"]


@pytest.mark.parametrize("later", ["2024-25-Q2", "2024-25-Q3"])
def test_what_is_given_as_the_previous_returns_is_of_an_earlier_period(later: str) -> None:
    with pytest.raises(moitt_report.InputError) as caught:
        moitt_report.load(["2024-25-Q2"], previous=later)
    assert f"the return is for {later}, which is not before 2024-25-Q2" in {
        p.what for p in caught.value.problems
    }
