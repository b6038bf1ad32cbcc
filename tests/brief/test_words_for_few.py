"""One is not many, none is not some, and a figure says what it counts. All figures are ILLUSTRATIVE."""

from typing import Any

import pytest

import moitt_report
from conftest import ILLUSTRATIVE
from moitt_report.brief.content import Brief, KeyFigures, Table, TitleBlock, block_runs, blocks, plain
from moitt_report.brief.fact_annex import with_fact_annex
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.quantity import in_words

REGISTERS = moitt_report.load_registers()
EXPORTS = "it-export-remittances"
VU_PROJECT = "vu-blended-education"


def money(amount: str, **more: str) -> dict[str, str]:
    return {"amount": amount, "as_of": "2024-12-31", "source": "s"} | more


def project(id: str, **more: Any) -> dict[str, Any]:
    allocation = money("Rs 150 million", kind="proposed", as_of="2024-07-01")
    return {"project": id, "reported_as": f"Work {id}", "allocations": [allocation]} | more


def reading(kpi: str, period: str, value: str, **more: str) -> dict[str, str]:
    return {"kpi": kpi, "period": period, "value": value, "as_of": "2024-12-31", "source": "s"} | more


def composed(
    outline: str = "quarterly", about: str | None = None, period: str = "2024-25-Q2", **parts: Any
) -> Brief:
    sources = [{"id": id, "publisher": f"ILLUSTRATIVE {id}"} for id in ("s", "other")]
    filed = AgencyReturn.model_validate({"agency": "moitt", "period": period, "sources": sources} | parts)
    return moitt_report.compose(
        moitt_report.assemble((filed,), REGISTERS), moitt_report.load_outline(outline), about=about
    )


def words(brief: Brief) -> str:
    said = "\n".join(plain(block_runs(block)) for block in blocks(brief))
    return said.replace("\u00a0", " ")


def table(brief: Brief, anchor: str) -> Table | None:
    return next((b for b in blocks(brief) if isinstance(b, Table) and b.anchor == anchor), None)


def rows(brief: Brief, anchor: str) -> list[list[str]]:
    found = table(brief, anchor)
    assert found is not None
    return [[plain(cell.runs).replace("\u00a0", " ") for cell in row.cells] for row in found.rows]


@pytest.mark.parametrize(
    ("outline", "about"), [("agency", "vu"), ("parliament", "vu"), ("quarterly", None), ("agency", "pseb")]
)
def test_one_project_is_not_called_projects(outline: str, about: str | None) -> None:
    said = words(
        composed(
            outline,
            about,
            projects=[project(VU_PROJECT), project("karachi-it-park")][: 2 if about == "pseb" else 1],
        )
    )
    assert "1 projects" not in said
    assert "the 1 " not in said
    assert f"Work {VU_PROJECT if about != 'pseb' else 'karachi-it-park'}" in said


def test_the_sum_of_what_is_ahead_says_once_how_many_report_both() -> None:
    ahead = {"expected_surrender": [money("Rs 5 million")], "needed_next_quarter": [money("Rs 9 million")]}
    made = composed(projects=[project(VU_PROJECT, **ahead), project("karachi-it-park")])
    assert rows(made, "ahead")[-1][0] == "Sum, reported by 1 of 2 projects"
    made = composed(projects=[project(VU_PROJECT, expected_surrender=ahead["expected_surrender"])])
    assert rows(made, "ahead")[-1][0] == "Sum, reported by 1 and by 0 of 1 project"


def test_an_indicator_nobody_reports_is_listed_and_not_called_reported() -> None:
    target = {
        "kpi": "interns-placed",
        "period": "2024-25",
        "value": "10",
        "as_of": "2024-07-01",
        "source": "s",
    }
    strip = next(b for b in blocks(composed("agency", "pseb", targets=[target])) if isinstance(b, KeyFigures))
    assert plain(strip.items[3].unit) == "listed"


def exports_title(*months: tuple[str, str, str]) -> str:
    """The title of the months of exports: each month of 2024, its value, and that of a year before."""
    readings = [
        reading(EXPORTS, f"{year}-{month}", value, as_of=f"{year}-{month}-28", scope="in period")
        for month, now, then in months
        for year, value in ((2024, now), (2023, then))
    ]
    return words(composed(readings=readings))


@pytest.mark.parametrize(
    ("months", "title"),
    [
        ([("10", "5", "4")], "Exports rose in the one month that can be compared"),
        ([("10", "4", "5")], "Exports did not rise in the one month that can be compared"),
        ([("10", "4", "5"), ("11", "4", "5")], "Exports rose in none of the 2 months that can be compared"),
        ([("10", "5", "4"), ("11", "4", "5")], "Exports rose in 1 of the 2 months that can be compared"),
        ([("10", "5", "4"), ("11", "6", "5")], "Exports rose in each of the 2 months that can be compared"),
    ],
)
def test_the_title_of_the_months_counts_them_in_words_that_fit(
    months: list[tuple[str, str, str]], title: str
) -> None:
    assert title in exports_title(*months)


def test_a_disagreement_on_an_indicator_names_its_unit_once() -> None:
    made = composed(
        readings=[
            reading("interns-placed", "Jul-Dec FY2024-25", "70", scope="year to date"),
            reading("interns-placed", "Jul-Dec FY2024-25", "75.50", scope="year to date", source="other"),
            reading("police-stations-digitised", "Jul-Dec FY2024-25", "8", scope="year to date"),
            reading(
                "police-stations-digitised", "Jul-Dec FY2024-25", "9", scope="year to date", source="other"
            ),
        ]
    )
    assert [row[1:5:3] for row in rows(made, "reconciliation")] == [
        ["ICT interns placed, persons, July–December 2024", "+5.50"],
        ["Police stations digitised, July–December 2024", "+1"],
    ]


def test_the_difference_of_a_total_from_its_parts_has_the_sign_that_the_caption_tells() -> None:
    """The difference is the other figure less the one used: the parts are less than the total."""
    made = composed(
        "completion",
        period="2023-24_2024-25",
        readings=[
            reading(
                "projects-completed", "2023-24_2024-25", value, as_of="2025-06-30", scope="in period", **part
            )
            for value, part in (("9", {}), ("4", {"agency": "sco"}), ("3", {"agency": "pseb"}))
        ],
    )
    assert rows(made, "reconciliation")[0][1:5] == [
        "Development projects completed, total against its parts",
        "9",
        "SCO 4 and PSEB 3 (S1)",
        "−2",
    ]


def test_a_reference_to_a_warning_stands_in_brackets_and_is_explained() -> None:
    utilised = [money("Rs 0 million")]
    made = composed(projects=[project(VU_PROJECT, released=[money("Rs 9 million")], utilised=utilised)])
    assert rows(made, "projects")[0][1] == f"Work {VU_PROJECT} (W1)"
    assert ["W1", "number of a figure that needs a reason"] in rows(made, "absences")


def test_many_projects_with_zero_expenditure_are_counted_in_the_title_and_not_named() -> None:
    ids = [VU_PROJECT, "karachi-it-park", "e-office", "one-patient-one-id"]
    made = composed(projects=[project(id, utilised=[money("Rs 0 million")]) for id in ids])
    found = table(made, "zero-expenditure")
    assert found is not None
    assert plain(found.title) == "Projects with zero expenditure: 4"


def test_the_flags_name_their_sources() -> None:
    made = composed(projects=[project(VU_PROJECT, approved_cost=[money("Rs 9 billion")])])
    found = table(made, "flags")
    assert found is not None
    assert plain(found.sources).startswith("Sources: S1. ")


def test_a_project_of_which_only_results_are_reported_shows_them() -> None:
    made = composed(
        "project",
        "software-technology-parks",
        "2023-24_2024-25",
        readings=[
            reading(
                "stps-established",
                "2023-24_2024-25",
                "25",
                as_of="2025-06-30",
                project="software-technology-parks",
            )
        ],
    )
    assert rows(made, "physical-targets") == [
        ["1", "Software Technology Parks established", "parks", "n.r.", "25", "n.r."]
    ]
    assert rows(made, "sources")


def test_a_list_of_no_sources_is_left_out() -> None:
    assert table(composed(), "sources") is None


def test_the_stage_of_a_project_is_not_printed_as_its_agency() -> None:
    made = composed("project", VU_PROJECT, projects=[project(VU_PROJECT, stage="ongoing")])
    title = next(b for b in blocks(made) if isinstance(b, TitleBlock))
    told = {plain(field.label): plain(field.runs or ()) for field in title.fields}
    assert told["Agency"] == "Virtual University of Pakistan (VU)"
    assert told["Stage"] == "ongoing"


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        ("1", "persons", "1 person"),
        ("1", "companies", "1 company"),
        ("2", "persons", "2 persons"),
        ("0", "persons", "0 persons"),
        ("1", "million sq ft", "1 million sq ft"),
        ("12", "Rs billion", "Rs 12 billion"),
        ("1", "US$ million", "US$ 1 million"),
        ("4", "%", "4 %"),
    ],
)
def test_a_number_and_its_unit_agree(number: str, unit: str, said: str) -> None:
    assert in_words(number, unit) == said


def test_the_annex_has_no_one_projects() -> None:
    portfolio, _ = moitt_report.load([ILLUSTRATIVE])
    made = moitt_report.compose(portfolio, with_fact_annex(moitt_report.load_outline("quarterly")))
    said = words(made)
    assert "1 project" in said
    assert "1 projects" not in said
    assert "Approved-cost" not in said


def test_the_money_of_the_projects_of_an_agency_is_not_headed_as_its_whole_budget() -> None:
    portfolio, _ = moitt_report.load([ILLUSTRATIVE])
    made = moitt_report.compose(portfolio, moitt_report.load_outline("agency"), about="pseb")
    strip = next(b for b in blocks(made) if isinstance(b, KeyFigures))
    heads = [plain(item.label).replace("\u00a0", " ") for item in strip.items]
    assert heads[1:3] == ["Allocated to projects, FY 2025-26", "Utilised on projects, Jul–Dec 2025"]


def test_the_headline_of_one_project_says_project() -> None:
    made = composed("agency", "vu", projects=[project(VU_PROJECT)])
    strip = next(b for b in blocks(made) if isinstance(b, KeyFigures))
    assert plain(strip.items[0].unit) == "project"
