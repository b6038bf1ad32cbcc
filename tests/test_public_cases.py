"""What went wrong in public, with the figures as published: each case is warned of, refused, or printed as it is.

Sources are named with each case; figures in Rs million unless stated.
"""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from moitt_report.brief.compose import compose
from moitt_report.brief.content import Brief, Table, blocks
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.arithmetic import share
from moitt_report.model.assembly import assemble
from moitt_report.model.budget import Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money, parse_rupees
from moitt_report.model.period import Period
from moitt_report.model.period_names import parse_period
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.progress import financial_progress
from moitt_report.model.registers import ReleaseStrategy
from moitt_report.model.rules.check import findings
from moitt_report.model.waiver import RuleName
from moitt_report.pipeline.inputs import load_outline, load_registers
from moitt_report.pipeline.load import load

REGISTERS = load_registers()


def source(id: str, publisher: str, published: str | None = None) -> dict[str, Any]:
    return {"id": id, "publisher": publisher} | ({"published": published} if published else {})


def amount(words: Any, as_of: str, source: str, **more: Any) -> dict[str, Any]:
    return {"amount": words, "as_of": as_of, "source": source, "address": f"{source}.yaml:1"} | more


def filed(period: str, sources: list[dict[str, Any]], **parts: Any) -> AgencyReturn:
    return AgencyReturn.model_validate({"agency": "moitt", "period": period, "sources": sources} | parts)


def position(period: str, to_date: str, sources: list[dict[str, Any]], **stages: Any) -> AgencyReturn:
    budget = {"period": to_date, "covers": "IT and Telecom Division, PSDP"} | stages
    return filed(period, sources, budgets=[budget])


def warned(portfolio: Portfolio) -> dict[RuleName, str]:
    return {f.rule: f.problem.what for f in findings(portfolio)}


def brief_of(*returns: AgencyReturn, previous: tuple[AgencyReturn, ...] = ()) -> Brief:
    return compose(assemble(returns, REGISTERS, previous=previous), load_outline("quarterly"))


def rows(brief: Brief, anchor: str) -> dict[str, list[str]]:
    """The rows of a table by the words of their first cell."""
    table = next(b for b in blocks(brief) if isinstance(b, Table) and b.anchor == anchor)
    said = [
        ["".join(run.words for run in cell.runs).replace("\u00a0", " ") for cell in row.cells]
        for row in table.rows
    ]
    return {cells[0]: cells[1:] for cells in said}


# --- FY 2015-16: more released than allocated -----------------------------------------------------

PROPAKISTANI_2016 = source("propakistani-2016", "ProPakistani", "2016-02-17")
YEAR_2015 = position(
    "2015-16-Q3",
    "Jul-Mar FY2015-16",
    [PROPAKISTANI_2016],
    allocations=[amount("Rs 922.804 million", "2015-07-01", "propakistani-2016", kind="budget")],
    released=[
        amount(
            {"local": "Rs 198.049 million", "foreign": "Rs 1,144.5 million"},
            "2016-02-17",
            "propakistani-2016",
        )
    ],
)


def test_in_2015_16_more_was_released_than_allocated_and_foreign_aid_stands_apart() -> None:
    found = assemble([YEAR_2015], REGISTERS)
    assert warned(found) == {
        RuleName.RELEASED_ABOVE_ALLOCATION: (
            "IT and Telecom Division, PSDP: more was released (Rs 1,342.549 million) "
            "than allocated (Rs 922.804 million)"
        )
    }
    printed = rows(brief_of(YEAR_2015), "position")
    assert printed["Released (W1)"][:2] == ["1,342.549", "145.5"]
    assert printed["of which local"][0] == "198.049"
    assert printed["of which foreign"][0] == "1,144.500"
    assert printed["Authorised"][0] == "n.r."


def test_the_split_printed_in_2015_16_does_not_add_up_and_the_other_one_does() -> None:
    """ProPakistani prints 722.804 + 150; Jasarat 872.804 + 50."""
    whole = "Rs 922.804 million"
    with pytest.raises(ValidationError, match="do not add up"):
        Money.model_validate({"rupees": whole, "local": "Rs 722.804 million", "foreign": "Rs 150 million"})
    Money.model_validate({"rupees": whole, "local": "Rs 872.804 million", "foreign": "Rs 50 million"})


# --- FY 2019-20 -----------------------------------------------------------------------------------


def test_in_2019_20_more_was_released_than_the_revised_allocation() -> None:
    """Phoneworld, 2 June 2020: revised Rs 4.7 billion, released Rs 5.17 billion."""
    year = position(
        "2019-20-Q4",
        "2019-20",
        [source("phoneworld", "Phoneworld", "2020-06-02"), source("app", "APP", "2019-06-11")],
        allocations=[
            amount("Rs 7,341.617 million", "2019-06-11", "app", kind="budget"),
            amount("Rs 4.7 billion", "2020-06-02", "phoneworld", kind="revised"),
        ],
        released=[amount("Rs 5.17 billion", "2020-06-02", "phoneworld")],
    )
    assert warned(assemble([year], REGISTERS)) == {
        RuleName.RELEASED_ABOVE_ALLOCATION: (
            "IT and Telecom Division, PSDP: more was released (Rs 5,170 million) than allocated (Rs 4,700 million)"
        )
    }
    printed = rows(brief_of(year), "position")
    assert printed["Budget allocation"][0] == "7,341.617"
    assert printed["Revised allocation (used here) (W1)"][0] == "4,700.000"


def test_the_components_of_2019_20_do_not_add_up() -> None:
    with pytest.raises(ValidationError, match="do not add up"):
        Money.model_validate(
            {"rupees": "Rs 5.17 billion", "local": "Rs 4.2 billion", "foreign": "Rs 878 million"}
        )


def test_two_demands_for_the_same_year_need_a_reason() -> None:
    """FY 2019-20, 23 schemes: 16,475 (Senate, 2 April 2019) and 8,635.2 (Jang, 25 March 2019)."""
    year = position(
        "2019-20-Q4",
        "2019-20",
        [source("senate", "Senate of Pakistan", "2019-04-02"), source("jang", "Jang", "2019-03-25")],
        allocations=[
            amount("Rs 16,475 million", "2019-04-02", "senate", kind="demand"),
            amount("Rs 8,635.2 million", "2019-03-25", "jang", kind="demand"),
        ],
    )
    assert RuleName.SOURCES_DISAGREE in warned(assemble([year], REGISTERS))


def test_urdu_amounts_are_read_to_the_last_digit() -> None:
    """lahore24news.com: the allocation of FY 2019-20 in arab, crore, lakh and thousand; APP: 7,341.617."""
    assert parse_rupees("7 arab 34 crore 16 lakh 17 thousand rupees") == Decimal(7341617000)
    assert parse_rupees("Rs 87 crore 28 lakh 4 thousand") == Decimal(872804000)


# --- FY 2022-23: four months, one after the other -------------------------------------------------

SERIES = {
    "Jul-Oct FY2022-23": ("2022-10-31", "5,731.70", "4,211.21", "3,487.32", "73.5", "60.8", "82.8"),
    "Jul-Nov FY2022-23": ("2022-11-30", "5,731.70", "4,211.21", "3,579.25", "73.5", "62.4", "85.0"),
    "Jul-Dec FY2022-23": ("2022-12-31", "6,330.70", "4,211.21", "3,662.30", "66.5", "57.8", "87.0"),
    "Jul-Jan FY2022-23": ("2023-01-31", "6,330.70", "5,156.57", "3,747.87", "81.5", "59.2", "72.7"),
}
"""UrduPoint and Technology Times, December 2022 to March 2023: allocation, authorised, utilised; then authorised
as % of allocation, utilised as % of allocation and of authorised."""


def month(to_date: str) -> AgencyReturn:
    day, allocation, authorised, utilised, *_ = SERIES[to_date]
    return position(
        to_date,
        to_date,
        [source("urdupoint", "UrduPoint")],
        allocations=[amount(f"Rs {allocation} million", day, "urdupoint", kind="not stated")],
        authorised=[amount(f"Rs {authorised} million", day, "urdupoint")],
        utilised=[amount(f"Rs {utilised} million", day, "urdupoint")],
    )


@pytest.mark.parametrize("to_date", SERIES)
def test_each_month_of_2022_23_prints_both_denominators(to_date: str) -> None:
    _, _, authorised, utilised, given, of_allocation, of_authorised = SERIES[to_date]
    printed = rows(brief_of(month(to_date)), "position")
    assert printed["Authorised"][:2] == [f"{authorised}0", given]
    assert printed["Utilised"][:3] == [f"{utilised}0", of_allocation, of_authorised]


def test_the_months_of_2022_23_never_fall_and_the_revised_allocation_is_seen() -> None:
    series = [month(to_date) for to_date in SERIES]
    for earlier, later in itertools.pairwise(series):
        found = assemble([later], REGISTERS, previous=[earlier])
        assert warned(found) == {}
    turned = assemble([series[2]], REGISTERS, previous=[series[1]])
    assert str(turned.standings[0].amount()) == "Rs 6,330.7 million"


def test_a_month_of_2022_23_that_fell_would_be_found() -> None:
    """The same series with the figures of October under December."""
    day, allocation, authorised, utilised, *_ = SERIES["Jul-Oct FY2022-23"]
    wrong = position(
        "Jul-Dec FY2022-23",
        "Jul-Dec FY2022-23",
        [source("urdupoint", "UrduPoint")],
        allocations=[amount(f"Rs {allocation} million", day, "urdupoint", kind="not stated")],
        authorised=[amount(f"Rs {authorised} million", "2022-12-31", "urdupoint")],
        utilised=[amount(f"Rs {utilised} million", "2022-12-31", "urdupoint")],
    )
    found = assemble([wrong], REGISTERS, previous=[month("Jul-Nov FY2022-23")])
    assert warned(found) == {
        RuleName.CUMULATIVE_FALLS: (
            "IT and Telecom Division, PSDP: the amount utilised falls from Rs 3,579.25 million on 2022-11-30 "
            "to Rs 3,487.32 million on 2022-12-31"
        )
    }


# --- FY 2024-25: sources that disagree ------------------------------------------------------------


@pytest.fixture(scope="module")
def second_quarter() -> Brief:
    portfolio, _ = load(["2024-25-Q2"])
    return compose(portfolio, load_outline("quarterly"))


def test_the_conflicting_allocations_of_2024_25_stand_side_by_side(second_quarter: Brief) -> None:
    notes = rows(second_quarter, "reconciliation")
    assert notes["R1"][:4] == [
        "Allocation FY 2024-25, Rs million",
        "23,929.000",
        "21,430.000 (S2)",
        "−2,499.000",
    ]
    printed = rows(second_quarter, "position")
    assert printed["Proposed allocation"][0] == "23,530.000"
    assert printed["Budget allocation"][0] == "21,430.000"


def test_authorised_is_not_spent(second_quarter: Brief) -> None:
    """Half of FY 2024-25: 35.0 % authorised, 15 + 20 by the release strategy; 9.4 % spent."""
    printed = rows(second_quarter, "position")
    assert printed["Authorised"][:2] == ["8,375.000", "35.0"]
    assert printed["Utilised (W1)"][:3] == ["2,243.600", "9.4", "26.8"]


def test_spending_of_that_half_year_is_under_the_limit_of_the_finance_division(second_quarter: Brief) -> None:
    assert "9.4 % of the allocation is utilised by December, less than 40 %" in " ".join(
        rows(second_quarter, "warnings")["W1"]
    )


def test_the_sixteen_rows_add_up_to_what_the_paper_rounds(second_quarter: Brief) -> None:
    """ProPakistani, 13 June 2024: "Rs. 23.53 billion"; its rows make 23,533.351."""
    notes = rows(second_quarter, "reconciliation")
    assert notes["R2"][1:4] == ["23,929.000", "23,533.351 (16 rows, S3)", "−395.649"]


def test_six_months_of_exports_add_up_and_the_odd_story_is_noted(second_quarter: Brief) -> None:
    portfolio, _ = load(["2024-25-Q2"])
    assert portfolio.sum_of_months("it-export-remittances", parse_period("Jul-Dec FY2024-25")) == 1864
    notes = rows(second_quarter, "reconciliation")
    assert notes["R4"][:4] == ["ICT export remittances, US$ million, October 2024", "330", "324 (S7)", "−6"]
    assert notes["R5"][:4] == ["ICT export remittances, US$ million, November 2024", "310", "318 (S7)", "+8"]


# --- the reply of 13 November 2025 ----------------------------------------------------------------


@pytest.fixture(scope="module")
def completion() -> Brief:
    portfolio, _ = load(["2023-24_2024-25"])
    return compose(portfolio, load_outline("completion"))


def test_six_completed_projects_belong_to_nobody(completion: Brief) -> None:
    """19 = 7 (SCO) + 6 (PSEB) + 6 that the reply does not break down."""
    assert rows(completion, "reconciliation")["R1"][1:4] == ["19", "SCO 7 and PSEB 6 (S1)", "−6"]


def test_2700_interns_are_counted_over_two_spans(completion: Brief) -> None:
    assert rows(completion, "reconciliation")["R2"][1:3] == ["2,700", "over 2,700 for Jul 2024–Mar 2025 (S3)"]


def test_184_police_stations_were_184_three_years_before(completion: Brief) -> None:
    assert rows(completion, "reconciliation")["R3"][1:3] == ["184", "184 for Aug 2022 (S4)"]
    assert "The figure is the same, 184, as for August 2022" in " ".join(rows(completion, "warnings")["W1"])


def test_the_reply_used_95_percent_and_its_centres_are_thirteen() -> None:
    portfolio, _ = load(["2023-24_2024-25"])
    assert portfolio.standing is not None
    used = portfolio.standing.amount(Stage.UTILISED), portfolio.standing.amount()
    spent, given = (a.million for a in used if isinstance(a, Money))
    rate = share(spent, given)
    assert (spent, given) == (12060, 12650)
    assert isinstance(rate, Decimal)
    assert round(rate, 1) == Decimal("95.3")
    centres = [r.value for r in portfolio.parts("nics-established", portfolio.period)]
    assert sorted(c for c in centres if isinstance(c, Decimal)) == [1, 1, 2, 2, 3, 4]
    assert portfolio.value("nics-established", portfolio.period) == 13


def test_a_reply_in_dollars_is_refused() -> None:
    """The News on the same reply: $100m and $95m, which makes Rs 127 to the dollar."""
    for words in ("$100 million", "US$ 95 million"):
        with pytest.raises(ValueError, match="is not an amount of money with its unit"):
            parse_rupees(words)


# --- slips of the unit and of the pen -------------------------------------------------------------


def of_project(name: str, *allocations: dict[str, Any]) -> Portfolio:
    report = {
        "project": REGISTERS.projects.find(name).id,
        "reported_as": name,
        "allocations": list(allocations),
    }  # type: ignore[union-attr]
    return assemble([filed("2024-25-Q4", [], projects=[report])], REGISTERS)


def test_the_karachi_park_is_not_worth_eleven_and_a_half_million() -> None:
    """11.500 million and 11.5 billion within days."""
    found = of_project(
        "Karachi IT Park",
        amount("Rs 11.500 million", "2025-06-02", "one", kind="budget"),
        amount("Rs 11.5 billion", "2025-06-04", "other", kind="proposed"),
    )
    assert "the unit may be wrong" in warned(found)[RuleName.MAGNITUDE_JUMPS]


def test_a_jump_is_told_of_an_amount_and_not_of_an_adjective() -> None:
    """ILLUSTRATIVE figures."""
    report = {"project": "karachi-it-park", "reported_as": "Karachi IT Park"}
    for stage, said in (("released", "the amount released is"), ("approved_cost", "the approved cost is")):
        given = [amount("Rs 9 million", "2025-06-30", "one"), amount("Rs 9 billion", "2025-05-31", "other")]
        found = assemble([filed("2024-25-Q4", [], projects=[report | {stage: given}])], REGISTERS)
        assert warned(found)[RuleName.MAGNITUDE_JUMPS].startswith(f"Karachi IT Park: {said} ")


def test_651_million_does_not_shrink_to_six() -> None:
    """The 5G testing centre: PID, press release 28 of 4 March 2021, against UrduPoint."""
    costs = [amount("Rs 651 million", "2021-03-04", "pid"), amount("Rs 6 million", "2021-03-05", "urdupoint")]
    report = {
        "project": "cyber-efficient-parliament",
        "reported_as": "5G testing centre",
        "approved_cost": costs,
    }
    found = assemble([filed("2020-21-Q3", [], projects=[report])], REGISTERS)
    assert RuleName.MAGNITUDE_JUMPS in warned(found)


def test_two_papers_give_one_project_4906_and_500() -> None:
    """Technology Park Islamabad, FY 2025-26: Daily Times and Phoneworld."""
    found = of_project(
        "Technology Park Islamabad",
        amount("Rs 4,906 million", "2025-06-10", "dailytimes", kind="budget"),
        amount("Rs 500 million", "2025-06-10", "phoneworld", kind="budget"),
    )
    assert RuleName.SOURCES_DISAGREE in warned(found)


def test_17_billion_authorised_and_6_million_spent_is_asked_about() -> None:
    """Cabinet Division in Profit, 9 January 2025: "Rs 17.77 bn authorised … Rs 6.79 million expended"."""
    half = position(
        "2024-25-Q2",
        "Jul-Dec FY2024-25",
        [source("profit", "Profit", "2025-01-09")],
        allocations=[amount("Rs 17.77 billion", "2024-12-31", "profit", kind="not stated")],
        authorised=[amount("Rs 17.77 billion", "2024-12-31", "profit")],
        utilised=[amount("Rs 6.79 million", "2024-12-31", "profit")],
    )
    assert RuleName.LOW_UTILISATION in warned(assemble([half], REGISTERS))


@pytest.mark.parametrize("words", ["Rs 12, 908, 444 million", "Rs 368, 671", "Rs 44-4 million", "1400"])
def test_amounts_that_newspapers_broke_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="is not an amount of money with its unit"):
        parse_rupees(words)


@pytest.mark.parametrize("words", ["FY 2022-24", "2024-26", "10 months (July-May)", "July-May"])
def test_years_and_months_that_contradict_themselves_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (period|fiscal year)"):
        parse_period(words)


# --- progress and KPIs ----------------------------------------------------------------------------


def test_the_islamabad_park_went_from_over_90_to_72_percent() -> None:
    """ "> 90 %" in December 2025, 72 % and Rs 14.5 billion in February 2026."""
    steps = [
        {"percent": "71", "as_of": "2025-09-30", "source": "s"},
        {"percent": "90", "as_of": "2025-12-31", "source": "s"},
        {"percent": "72", "as_of": "2026-02-13", "source": "s"},
    ]
    report = {"project": "technology-park-islamabad", "reported_as": "IT Park Islamabad", "physical": steps}
    found = assemble([filed("2025-26-Q3", [], projects=[report])], REGISTERS)
    assert warned(found) == {
        RuleName.PHYSICAL_PROGRESS_FALLS: (
            "IT Park Islamabad: physical progress falls from 90 % on 2025-12-31 to 72 % on 2026-02-13"
        )
    }
    progress = financial_progress(Money(rupees=Decimal("23.3e9")), Money(rupees=Decimal("14.5e9")))
    assert isinstance(progress, Decimal)
    assert round(progress, 1) == Decimal("62.2")


def reading(value: str, period: str, as_of: str, source: str, **more: Any) -> dict[str, Any]:
    return {
        "kpi": "it-export-remittances",
        "period": period,
        "value": value,
        "as_of": as_of,
        "source": source,
    } | more


def test_nine_months_of_exports_are_not_the_fiscal_year() -> None:
    """Economic Survey, July to March: US$ 2.825 billion; printed as "during the fiscal year" (Daily Times)."""
    readings = [
        reading("2825", "2024-25", "2025-06-30", "dailytimes"),
        reading("2825", "Jul-Mar FY2024-25", "2025-03-31", "survey"),
    ]
    found = assemble([filed("2024-25-Q4", [], readings=readings)], REGISTERS)
    assert RuleName.PART_YEAR_AS_YEAR in warned(found)


# --- rules kept as data ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "shares"),
    [("2024-25", (15, 20, 20, 40)), ("2022-23", (20, 25, 30, 20))],
    ids=["The News on 2024-25", "ProPakistani on 2022-23"],
)
def test_release_shares_that_make_95_are_refused(year: str, shares: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match="add up to 95, not to 100"):
        ReleaseStrategy.model_validate({"year": year, "shares": shares, "source": "s", "published": "p"})


def test_release_strategies_are_known_by_year_and_the_coming_year_is_unknown() -> None:
    def shares(year: str) -> tuple[Decimal, ...] | None:
        strategy = REGISTERS.strategy(period(year))
        return strategy.shares if strategy else None

    def period(words: str) -> Period:
        return parse_period(words)

    assert shares("2022-23") == (10, 20, 30, 40)
    in_december = REGISTERS.strategy(period("2022-23"), dt.date(2022, 12, 31))
    assert in_december is not None
    assert in_december.shares == (20, 25, 30, 25)
    assert shares("2024-25") == (15, 20, 25, 40)
    assert shares("2026-27") is None


def test_two_months_of_2025_26_are_authorised_to_the_letter_of_the_strategy() -> None:
    """July and August: Rs 2.434 billion of 16,227.493 is the 15 % of the first quarter."""
    rate = share(parse_rupees("Rs 2.434 billion"), parse_rupees("Rs 16,227.493 million"))
    assert isinstance(rate, Decimal)
    strategy = REGISTERS.strategy(parse_period("2025-26"))
    assert strategy is not None
    assert round(rate, 1) == strategy.due_by(1)


def test_four_years_used_72_percent() -> None:
    """Jang: 24,014 of 33,364.736 in FY 2020-21 to FY 2023-24."""
    portfolio, _ = load(["2024-25-Q2"])
    years = next(s for s in portfolio.earlier_standings if len(s.budget.period) == 48)
    spent, given = years.amount(Stage.UTILISED), years.amount()
    assert isinstance(spent, Money)
    assert isinstance(given, Money)
    rate = share(spent.million, given.million)
    assert isinstance(rate, Decimal)
    assert round(rate, 1) == Decimal("72.0")


# --- names that drift -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Smart Office", "e-office"),
        ("E-office", "e-office"),
        ("Certification of IT professionals", "certification-of-it-professionals"),
        ("Crime Analytics and smart policing", "crime-analytics-smart-policing"),
        ("High Impact Skill Bootcamp Islamabad and Karachi", "high-impact-boot-camp"),
    ],
)
def test_a_project_is_found_by_every_name_it_was_printed_under(words: str, id: str) -> None:
    found = REGISTERS.projects.find(words)
    assert found is not None
    assert found.id == id


def test_an_unknown_name_has_a_nearest_known_one() -> None:
    assert REGISTERS.projects.find("High Impact Skils Boot-camp") is None
    assert REGISTERS.projects.nearest("High Impact Skils Boot-camp") == "high-impact-boot-camp"


@pytest.mark.parametrize(
    ("ongoing", "new", "total"),
    [("872.804", "50", "922.804"), ("5,380.696", "950", "6,330.696")],
    ids=["2015-16", "2022-23"],
)
def test_ongoing_and_new_schemes_make_the_total(ongoing: str, new: str, total: str) -> None:
    """Jasarat, June 2015; UrduPoint, 10 June 2022."""
    parts = parse_rupees(f"Rs {ongoing} million") + parse_rupees(f"Rs {new} million")
    assert parts == parse_rupees(f"Rs {total} million")


def test_what_is_not_in_the_record_is_not_in_the_brief() -> None:
    """The amount released in half of FY 2024-25 is in no source; no rate of it is printed."""
    portfolio, _ = load(["2024-25-Q2"])
    assert portfolio.standing is not None
    assert portfolio.standing.amount(Stage.RELEASED) is Absence.NOT_REPORTED
    assert portfolio.as_of == dt.date(2024, 12, 31)
