"""Decisions, zero expenditure and what is ahead: derived from the returns, and never invented. Figures ILLUSTRATIVE."""

import pytest

import moitt_report
from conftest import ILLUSTRATIVE
from moitt_report.brief.content import Brief, Paragraph, Table, blocks, plain
from moitt_report.model.portfolio import Portfolio


@pytest.fixture(scope="module")
def illustrative() -> Portfolio:
    return moitt_report.load([ILLUSTRATIVE])[0]


@pytest.fixture(scope="module")
def brief(illustrative: Portfolio) -> Brief:
    return moitt_report.compose(illustrative, moitt_report.load_outline("quarterly"))


def table(brief: Brief, anchor: str) -> Table | None:
    return next((b for b in blocks(brief) if isinstance(b, Table) and b.anchor == anchor), None)


def rows(brief: Brief, anchor: str) -> list[list[str]]:
    found = table(brief, anchor)
    assert found is not None, anchor
    return [[plain(cell.runs) for cell in row.cells] for row in found.rows]


def text(brief: Brief) -> str:
    return "\n".join(plain(b.runs) for b in blocks(brief) if isinstance(b, Paragraph))


def changed(portfolio: Portfolio, **fields: object) -> Portfolio:
    """The portfolio with the first return changed."""
    first, *others = portfolio.returns
    filed = moitt_report.AgencyReturn.model_validate({**dict(first), **fields})
    return moitt_report.assemble((filed, *others), portfolio.registers)


def test_the_most_money_at_risk_comes_first_and_then_the_earlier_day(brief: Brief) -> None:
    assert [(row[0], row[1], row[6]) for row in rows(brief, "bottlenecks")] == [
        ("D1", "Karachi IT Park", "31\u00a0Jan\u00a02026"),
        ("D2", "Hybrid Power Solutions in AJK", "28\u00a0Feb\u00a02026"),
        ("D3", "Hybrid Power Solutions in AJK", "28\u00a0Mar\u00a02026"),
        ("D4", "Hybrid Power Solutions in AJK", "28\u00a0Apr\u00a02026"),
        ("D5", "Hybrid Power Solutions in GB", "15\u00a0Mar\u00a02026"),
        ("D6", "ICT Internship Program", "15\u00a0Feb\u00a02026"),
        ("–", "25 Software Technology Parks (STPs) - first phase", "n.a."),
    ]


def test_the_front_page_holds_five_and_says_how_many_more_there_are(brief: Brief) -> None:
    assert [row[0] for row in rows(brief, "decisions")] == ["D1", "D2", "D3", "D4", "D5"]
    assert "More decisions sought: 1, in the table of bottlenecks." in text(brief)


def test_a_decision_says_from_whom_it_is_sought_and_by_when(brief: Brief) -> None:
    assert rows(brief, "decisions")[0][1:] == [
        "Allow clearance against an undertaking for duties of Rs 14 million.",
        "Karachi IT Park: Customs clearance of lift equipment has been pending since October 2025.",
        "Federal Board of Revenue",
        "31\u00a0Jan\u00a02026",
    ]


def test_decisions_from_the_figures_come_before_those_of_the_returns(illustrative: Portfolio) -> None:
    first = illustrative.returns[0]
    silent = tuple(
        moitt_report.ProjectReport.model_validate(
            {**dict(p), "authorised": (), "released": (), "utilised": ()}
        )
        for p in first.projects
    )
    made = moitt_report.compose(
        changed(illustrative, projects=silent), moitt_report.load_outline("quarterly")
    )
    decisions = rows(made, "decisions")
    assert decisions[0][1].startswith("Direct every executing agency to report")
    assert decisions[1][1].startswith("Allow clearance")
    assert [row[0] for row in decisions] == ["D1", "D2", "D3", "D4", "D5"]
    assert [row[0] for row in rows(made, "bottlenecks")][:2] == ["D2", "D3"]
    assert "More decisions sought: 2" in text(made)


def test_a_bottleneck_known_only_later_is_left_out(illustrative: Portfolio) -> None:
    late = tuple(
        type(issue).model_validate({**dict(issue), "as_of": "2026-01-05"})
        for issue in illustrative.returns[0].issues
    )
    made = moitt_report.compose(changed(illustrative, issues=late), moitt_report.load_outline("quarterly"))
    assert {row[1] for row in rows(made, "bottlenecks")} == {
        "Hybrid Power Solutions in AJK",
        "Hybrid Power Solutions in GB",
    }


def test_an_issue_of_the_agency_as_a_whole_bears_its_name(illustrative: Portfolio) -> None:
    (first, *_) = illustrative.returns[0].issues
    whole = type(first).model_validate({**dict(first), "project": None, "by": None})
    made = moitt_report.compose(
        changed(illustrative, issues=(whole,)), moitt_report.load_outline("quarterly")
    )
    row = next(row for row in rows(made, "bottlenecks") if row[3].startswith("Allow"))
    assert (row[1], row[6]) == ("PSEB", "not given")


def test_zero_expenditure_is_a_report_of_zero_and_not_a_silence(brief: Brief) -> None:
    """Hybrid Power in GB reports nothing utilised at all: it is not listed."""
    assert [row[0] for row in rows(brief, "zero-expenditure")] == ["ICT Internship Program"]
    assert "Zero expenditure: reported by 1 of 6 projects." in text(brief)


def test_the_sum_of_what_is_ahead_says_how_many_of_how_many_report(brief: Brief) -> None:
    assert rows(brief, "ahead")[-1] == [
        "Sum, reported by 2 and by 4 of 6 projects",
        "150.000",
        "1,970.000",
    ]


def test_where_nothing_is_reported_the_brief_says_so_and_shows_no_empty_table() -> None:
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    made = moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))
    assert "Bottlenecks: no return of FY\u00a02024-25 Q2 reports one or seeks a decision." in text(made)
    assert "Zero expenditure: no project reports it; 16 of 16 without an amount" in text(made)
    assert "Next quarter: no project reports what it needs or expects to surrender." in text(made)
    assert all(table(made, anchor) is None for anchor in ("bottlenecks", "zero-expenditure", "ahead"))


def test_hostile_words_of_an_issue_are_printed_as_they_stand(illustrative: Portfolio) -> None:
    (first, *_) = illustrative.returns[0].issues
    words = "=HYPERLINK(1) <b>bold</b> **2,243.6** & “Rs 5”"
    hostile = type(first).model_validate({**dict(first), "bottleneck": words, "decision": words})
    made = moitt_report.compose(
        changed(illustrative, issues=(hostile,)), moitt_report.load_outline("quarterly")
    )
    assert words in [row[2] for row in rows(made, "bottlenecks")]


def test_a_token_in_the_words_of_an_issue_becomes_the_figure_of_the_brief(illustrative: Portfolio) -> None:
    (first, *_) = illustrative.returns[0].issues
    bound = type(first).model_validate(
        {**dict(first), "bottleneck": "For {projects} projects nothing moves."}
    )
    made = moitt_report.compose(
        changed(illustrative, issues=(bound,)), moitt_report.load_outline("quarterly")
    )
    assert "For 6 projects nothing moves." in [row[2] for row in rows(made, "bottlenecks")]


CHOICE = {
    "figure": "allocation",
    "period": "Jul-Dec FY2025-26",
    "source": "t",
    "reason": "The printed book is in force.",
}


@pytest.mark.parametrize(
    ("second", "choices", "asked"),
    [
        ({"kind": "budget", "source": "t"}, [], True),
        ({"kind": "not stated", "source": "s"}, [], True),
        ({"kind": "revised", "source": "s"}, [], False),
        ({"kind": "budget", "source": "t"}, [CHOICE], True),  # our choice is not yet the office's
    ],
)
def test_nobody_is_asked_to_decide_between_an_allocation_and_its_revision(
    second: dict[str, str], choices: list[dict[str, str]], asked: bool
) -> None:
    first = {"kind": "budget", "amount": "Rs 500 million", "as_of": "2025-07-01", "source": "s"}
    other = {"amount": "Rs 450 million", "as_of": "2025-09-01"} | second
    filed = moitt_report.AgencyReturn.model_validate(
        {
            "agency": "moitt",
            "period": "2025-26-Q2",
            "sources": [{"id": id, "publisher": "ILLUSTRATIVE"} for id in "st"],
            "budgets": [{"period": "Jul-Dec FY2025-26", "covers": "PSDP", "allocations": [first, other]}],
            "choices": choices,
        }
    )
    book = moitt_report.assemble([filed], moitt_report.load_registers())
    made = moitt_report.compose(book, moitt_report.load_outline("quarterly"))
    found = table(made, "decisions")
    decisions = [] if found is None else rows(made, "decisions")
    assert any("Confirm the one allocation" in row[1] for row in decisions) == asked
    assert len(rows(made, "reconciliation")) == 1  # what was published besides is listed all the same
