"""One page on one project: what each progress is made of, and the columns of PC-IV. Figures ILLUSTRATIVE."""

import pypdfium2
import pytest

import moitt_report
from conftest import ILLUSTRATIVE
from moitt_report.brief.content import Brief, Table, blocks, plain
from moitt_report.model.portfolio import Portfolio


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return moitt_report.load([ILLUSTRATIVE])[0]


def page(portfolio: Portfolio, about: str) -> Brief:
    return moitt_report.compose(portfolio, moitt_report.load_outline("project"), about=about)


def rows(brief: Brief, anchor: str) -> list[list[str]]:
    found = next(b for b in blocks(brief) if isinstance(b, Table) and b.anchor == anchor)
    return [[plain(cell.runs) for cell in row.cells] for row in found.rows]


def changed(portfolio: Portfolio, **fields: object) -> Portfolio:
    """The portfolio with the report on the Karachi park changed."""
    first, *others = portfolio.returns
    park, *rest = first.projects
    report = moitt_report.ProjectReport.model_validate({**dict(park), **fields})
    filed = moitt_report.AgencyReturn.model_validate({**dict(first), "projects": (report, *rest)})
    return moitt_report.assemble((filed, *others), portfolio.registers)


def test_physical_financial_and_time_progress_stand_side_by_side(portfolio: Portfolio) -> None:
    """6,700 of 30,000 is 22.3 %; 1,279 of 2,009 days are 63.7 %."""
    made = rows(page(portfolio, "karachi-it-park"), "side-by-side")
    assert [row[:3] for row in made] == [
        ["Physical", "21.5", "As reported"],
        ["Financial", "22.3", "6,700 utilised since the start, of an approved cost of 30,000"],
        [
            "Time",
            "63.7",
            "1\u00a0July\u00a02022 to 31\u00a0December\u00a02027; completion moved from 30\u00a0June\u00a02026",
        ],
    ]


def test_each_progress_without_its_data_says_what_is_missing(portfolio: Portfolio) -> None:
    bare = changed(portfolio, physical=(), schedule=None, approved_cost=())
    made = rows(page(bare, "karachi-it-park"), "side-by-side")
    assert [row[1:3] for row in made] == [
        ["n.r.", "No physical progress is on record"],
        ["n.r.", "Utilised since the start 6,700; approved cost n.r."],
        ["n.r.", "No dates of begin and completion are on record"],
    ]


def test_a_reported_financial_progress_stands_beside_the_computed_one(portfolio: Portfolio) -> None:
    reported = ({"percent": "24", "as_of": "2025-12-31", "source": "illustration"},)
    with_both = rows(page(changed(portfolio, financial=reported), "karachi-it-park"), "side-by-side")
    assert with_both[1][1:3] == [
        "22.3",
        "6,700 utilised since the start, of an approved cost of 30,000; reported: 24.0\u00a0%",
    ]
    alone = rows(
        page(changed(portfolio, financial=reported, approved_cost=()), "karachi-it-park"), "side-by-side"
    )
    assert alone[1][1:3] == ["24.0", "As reported; approved cost or expenditure is not"]


def test_finance_by_year_has_the_columns_of_pc_iv(portfolio: Portfolio) -> None:
    made = page(portfolio, "karachi-it-park")
    table = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "phasing")
    assert [plain(g.runs) for g in table.groups] == [
        "Funds requirement",
        "PSDP allocation",
        "Releases",
        "Expenditure",
    ]
    assert [plain(column.head) for column in table.columns] == ["Year", *["Total", "FEC"] * 4]
    assert rows(made, "phasing") == [
        ["To 30\u00a0June\u00a02025", *["n.r."] * 6, "4,500.000", "2,600.000"],
        [
            "Jul–Dec\u00a02025",
            *["9,600.000", "6,000.000", "8,000.000", "5,000.000", "2,500.000", "1,400.000"],
            *["2,200.000", "1,240.000"],
        ],
        ["Since the start", *["n.r."] * 6, "6,700.000", "3,840.000"],
    ]


def test_physical_targets_stand_beside_what_was_achieved(portfolio: Portfolio) -> None:
    assert rows(page(portfolio, "karachi-it-park"), "physical-targets") == [
        ["1", "Software Technology Parks operating", "parks", "6", "2", "33.3"]
    ]


def test_a_milestone_says_how_late_it_is(portfolio: Portfolio) -> None:
    assert [row[2] for row in rows(page(portfolio, "karachi-it-park"), "project-milestones")] == [
        "Reached 50 days late",
        "16 days overdue",
        "Not yet due",
    ]


def test_a_milestone_reached_after_the_cut_off_is_still_open(portfolio: Portfolio) -> None:
    park = portfolio.returns[0].projects[0]
    first = type(park.milestones[0]).model_validate({**dict(park.milestones[0]), "reached": "2026-01-02"})
    made = page(changed(portfolio, milestones=(first,)), "karachi-it-park")
    assert rows(made, "project-milestones")[0][2] == "275 days overdue"


def test_a_project_of_the_record_that_has_an_allocation_only_gets_an_honest_page() -> None:
    book, _ = moitt_report.load(["2024-25-Q2"])
    made = page(book, "Islamabad IT Park")
    words = "\n".join(plain(tuple(b.runs)) for b in blocks(made) if hasattr(b, "runs"))
    assert (
        "10,630\u00a0million is the proposed allocation of 13\u00a0June\u00a02024 for FY\u00a02024-25. What was utilised of it is not reported."
        in words
    )
    assert "No return reports a bottleneck or seeks a decision." in words
    assert [row[1] for row in rows(made, "side-by-side")] == ["n.r.", "n.r.", "n.r."]


@pytest.mark.parametrize("about", ["karachi-it-park", "software-technology-parks", "hybrid-power-gb"])
def test_it_is_one_page(portfolio: Portfolio, about: str) -> None:
    assert len(pypdfium2.PdfDocument(moitt_report.render_pdf(page(portfolio, about)))) == 1


@pytest.mark.parametrize(("outline", "about"), [("quarterly", None), ("agency", "pseb")])
def test_no_table_calls_a_reported_financial_progress_computed(
    portfolio: Portfolio, outline: str, about: str | None
) -> None:
    reported = [{"percent": "19.5", "as_of": portfolio.as_of, "source": "illustration"}]
    book = changed(portfolio, financial=reported, approved_cost=())
    made = moitt_report.compose(book, moitt_report.load_outline(outline), about=about)
    table = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "progress")
    assert "19.5" in [plain(cell.runs) for row in table.rows for cell in row.cells]
    assert "computed" not in plain(table.title)
    assert "or as reported where one of the two is not on record" in " ".join(map(plain, table.notes))
