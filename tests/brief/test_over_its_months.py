"""A figure is called cumulative, rated or compared over its own months only. All figures are ILLUSTRATIVE."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import moitt_report
from moitt_report.brief.content import Brief, Chart, Table, block_runs, blocks, plain
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.kpi import Direction
from moitt_report.model.period_names import parse_period
from moitt_report.model.registers import Register, Registers
from moitt_report.pipeline.explain import explained
from moitt_report.pipeline.inputs import load_registers

REGISTERS = load_registers()
EXPORTS = "it-export-remittances"
INTERNS = "interns-placed"
SOURCES = [{"id": one, "publisher": "ILLUSTRATIVE"} for one in "ab"]


def read(kpi: str, period: str, value: str, as_of: str, **more: str) -> dict[str, str]:
    return {"kpi": kpi, "period": period, "value": value, "as_of": as_of, "source": "a"} | more


def aim(kpi: str, value: str, **more: str) -> dict[str, str]:
    given = {"kpi": kpi, "period": "2024-25", "value": value, "as_of": "2024-07-31", "source": "b"}
    return given | more


def brief(
    *readings: Mapping[str, str],
    targets: list[dict[str, str]],
    agency: str = "moitt",
    period: str = "2024-25-Q2",
    registers: Registers = REGISTERS,
    **more: Any,
) -> Brief:
    given = {"agency": agency, "period": period, "sources": SOURCES, "readings": readings, "targets": targets}
    portfolio = assemble([AgencyReturn.model_validate(given | more)], registers)
    return moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))


def words(made: Brief) -> str:
    """Everything the brief says."""
    return "\n".join(plain(block_runs(block)).replace("\u00a0", " ") for block in blocks(made))


def row(made: Brief, name: str) -> list[str]:
    """The cells of the table of indicators for one of them, from the scope on."""
    tables = [b for b in blocks(made) if isinstance(b, Table) and b.anchor == "kpis"]
    rows = [[plain(cell.runs).replace("\u00a0", " ") for cell in r.cells] for t in tables for r in t.rows]
    return next(cells for cells in rows if cells[0] == name)[2:]


DECEMBER = read(EXPORTS, "2024-12", "348", "2024-12-31")
HALF_YEAR_BEFORE = read(EXPORTS, "Jul-Dec FY2023-24", "1454", "2023-12-31")


def test_one_month_is_neither_the_half_year_nor_grown_against_one() -> None:
    made = brief(DECEMBER, HALF_YEAR_BEFORE, targets=[aim(EXPORTS, "3500")])
    assert "not reported for July–December 2024" in words(made)
    assert "76.1" not in words(made)
    assert row(made, "ICT export remittances")[1:] == [
        "1,750", "n.r.", "n.r.", "n.r.", "Not rated: not all months that the target counts are on record",
    ]  # fmt: skip


def test_a_quarter_is_not_printed_as_the_half_year() -> None:
    made = brief(read(EXPORTS, "2024-25-Q2", "2200", "2024-12-31"), targets=[])
    assert "2,200 million in July" not in words(made)
    assert row(made, "ICT export remittances")[2:4] == ["2,200", "n.r."]


def test_quarters_filed_as_the_form_asks_for_them_are_added_up_and_rated() -> None:
    quarters = [
        read(INTERNS, "2024-25-Q1", "2000", "2024-09-30", scope="in period"),
        read(INTERNS, "2024-25-Q2", "3000", "2024-12-31", scope="in period"),
    ]
    made = brief(*quarters, targets=[aim(INTERNS, "10000")], agency="pseb")
    assert row(made, "ICT interns placed") == [
        "Year to date", "5,000", "3,000", "5,000", "100.0",
        "On target: 100.0 % of the target due; on target is 90 % or more",
    ]  # fmt: skip
    fact = next(f for f in made.facts if f.id == f"kpi.{INTERNS}")
    assert (fact.operation, len(fact.inputs)) == ("sum", 2)


def test_a_count_since_inception_is_printed_and_not_rated_against_a_year() -> None:
    since = read(INTERNS, "2024-25-Q2", "50000", "2024-12-31", scope="since inception")
    cells = row(brief(since, targets=[aim(INTERNS, "10000")]), "ICT interns placed")
    assert cells[3:] == [
        "50,000", "n.r.", "Not rated: counted since inception, the target to date in the year",
    ]  # fmt: skip


def test_four_months_are_rated_and_grown_over_four_months() -> None:
    made = brief(
        read(EXPORTS, "Jul-Oct FY2024-25", "1206", "2024-10-31"),
        read(EXPORTS, "Jul-Oct FY2023-24", "1000", "2023-10-31"),
        HALF_YEAR_BEFORE,
        targets=[aim(EXPORTS, "3600")],
    )
    assert "rose 20.6 % on July–October 2023" in words(made)
    assert "an even pace gives US$ 1,200 million by 31 October 2024" in words(made)
    assert row(made, "ICT export remittances") == [
        "In period, to Oct 2024", "1,200", "n.r.", "1,206", "100.5",
        "On target: 100.5 % of the target due by 31 October 2024; on target is 90 % or more",
    ]  # fmt: skip


def test_the_reported_total_is_used_and_its_difference_from_the_sum_is_a_note() -> None:
    made = brief(
        read(INTERNS, "2024-25-Q1", "2000", "2024-09-30", scope="in period"),
        read(INTERNS, "2024-25-Q2", "3000", "2024-12-31", scope="in period"),
        read(INTERNS, "Jul-Dec FY2024-25", "5200", "2024-12-31", scope="year to date"),
        targets=[aim(INTERNS, "10000")],
    )
    assert row(made, "ICT interns placed")[3] == "5,200"
    note = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "reconciliation").rows[0]
    assert [plain(cell.runs) for cell in note.cells[2:5]] == [
        "5,200", "5,000 (sum of the readings within these months)", "−200",
    ]  # fmt: skip


def test_a_target_of_two_years_says_its_own_months() -> None:
    half = read(INTERNS, "Jul-Dec FY2024-25", "3000", "2024-12-31", scope="year to date")
    year = read(INTERNS, "2023-24", "4000", "2024-06-30", scope="in period")
    both = aim(INTERNS, "10000", period="2023-24 to 2024-25")
    alone = row(brief(half, targets=[both]), "ICT interns placed")
    assert alone[4:] == ["n.r.", "Not rated: counted from Jul 2024, the target from Jul 2023"]
    made = brief(half, year, targets=[both])
    due = next(f for f in made.facts if f.id == f"kpi.{INTERNS}.due")
    assert (due.value, due.formula) == ("7500", "target × months elapsed ÷ months of the target")
    assert row(made, "ICT interns placed")[4:] == [
        "93.3",
        "On target: 93.3 % of the target due, from 7,000 in Jul 2023–Dec 2024; on target is 90 % or more",
    ]


def test_of_two_targets_the_later_is_used_and_the_other_is_a_note() -> None:
    half = read(INTERNS, "Jul-Dec FY2024-25", "3000", "2024-12-31", scope="year to date")
    first, later = aim(INTERNS, "10000"), aim(INTERNS, "9000", as_of="2024-11-30", source="a")
    for targets in ([first, later], [later, first]):
        made = brief(half, targets=targets)
        assert row(made, "ICT interns placed")[1] == "4,500"
        note = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "reconciliation").rows[0]
        assert [plain(cell.runs) for cell in note.cells[1:5]] == [
            "Target of ICT interns placed, persons, July\u00a02024–June\u00a02025", "9,000", "10,000 (S2)", "+1,000",
        ]  # fmt: skip


def test_of_two_targets_the_chosen_one_is_used_and_its_reason_printed() -> None:
    half = read(INTERNS, "Jul-Dec FY2024-25", "3000", "2024-12-31", scope="year to date")
    first, later = aim(INTERNS, "10000"), aim(INTERNS, "9000", as_of="2024-11-30", source="a")
    choice = {"figure": "target", "kpi": INTERNS, "period": "2024-25", "source": "b"}
    made = brief(half, targets=[first, later], choices=[choice | {"reason": "The board approved it."}])
    assert row(made, "ICT interns placed")[1] == "5,000"
    note = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "reconciliation").rows[0]
    assert [plain(cell.runs) for cell in note.cells[2:]] == [
        "10,000", "9,000 (S2)", "−1,000", "The board approved it.",
    ]  # fmt: skip


def test_a_choice_of_a_target_is_none_of_a_reading() -> None:
    pair = [read(INTERNS, "2024-25-Q2", value, "2024-12-31", scope="since inception", source=source)
            for value, source in (("3000", "a"), ("3100", "b"))]  # fmt: skip
    target = aim(INTERNS, "10000", period="2024-25-Q2", scope="since inception")
    choice = {"figure": "target", "kpi": INTERNS, "period": "2024-25-Q2", "source": "b"}
    made = brief(*pair, targets=[target], choices=[choice | {"reason": "The board approved it."}])
    assert row(made, "ICT interns placed (W1)")[3] == "3,000"  # the disagreement is still asked about


def test_a_target_set_after_the_cut_off_gives_way_to_one_known_then() -> None:
    half = read(INTERNS, "Jul-Dec FY2024-25", "3000", "2024-12-31", scope="year to date")
    made = brief(half, targets=[aim(INTERNS, "10000"), aim(INTERNS, "9000", as_of="2025-03-31", source="a")])
    assert row(made, "ICT interns placed")[1] == "5,000"


def test_outside_a_band_the_rule_that_is_printed_is_the_one_that_was_applied() -> None:
    kpi = REGISTERS.kpis.get(INTERNS)
    band = kpi.model_copy(update={"direction": Direction.BAND})
    kpis = Register([band if one is kpi else one for one in REGISTERS.kpis.entries])
    registers = REGISTERS.model_copy(update={"kpis": kpis})
    half = read(INTERNS, "Jul-Dec FY2024-25", "95", "2024-12-31", scope="year to date")
    made = brief(half, targets=[aim(INTERNS, "100", upper="200")], registers=registers)
    assert row(made, "ICT interns placed")[5] == (
        "Watch: outside the band; within 95.0 % of its nearest end; watch is 75 % or more"
    )


def test_a_chart_of_months_needs_a_month() -> None:
    half = read(EXPORTS, "Jul-Dec FY2024-25", "1864", "2024-12-31")
    assert "exports-months" not in anchors(brief(half, targets=[]))
    made = brief(half, DECEMBER, targets=[])
    assert "exports-months" in anchors(made)
    assert "none can be compared with the year before" in words(made)


def anchors(made: Brief) -> set[str]:
    return {block.anchor for block in blocks(made) if isinstance(block, Chart)}


def in_quarter(period: str, *readings: Mapping[str, str], utilised: str | None = None) -> AgencyReturn:
    day = str(parse_period(period).last_day)
    money = {"period": str(parse_period(period).year_to_date), "covers": "ILLUSTRATIVE"}
    amounts = [{"amount": utilised, "as_of": day, "source": "a"}]
    budgets = [money | {"utilised": amounts}] if utilised else []
    given = {"agency": "pseb", "period": period, "sources": SOURCES}
    return AgencyReturn.model_validate(given | {"readings": readings, "budgets": budgets})


OPERATING = read("stps-operating", "2024-25-Q3", "43", "2025-03-31")


def composed(now: AgencyReturn, *before: AgencyReturn) -> Brief:
    portfolio = assemble([now], REGISTERS, previous=before)
    return moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))


def test_an_indicator_reported_the_last_time_and_left_blank_now_does_not_vanish() -> None:
    before = in_quarter("2024-25-Q2", read(INTERNS, "Jul-Dec FY2024-25", "3000", "2024-12-31"))
    made = composed(in_quarter("2024-25-Q3", OPERATING), before)
    assert row(made, "ICT interns placed")[1:6] == ["n.r.", "3,000", "n.r.", "n.r.", "n.r."]
    asked = len([k for k in REGISTERS.kpis.entries if k.owner == "pseb"])
    table = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "kpis")
    assert plain(table.notes[-1]).endswith(f"not reported and not listed: {asked - 2}.")


def test_the_amount_utilised_is_not_rated_without_a_rule_and_does_not_vanish() -> None:
    before = in_quarter("2024-25-Q2", utilised="Rs 20 million")
    made = composed(in_quarter("2024-25-Q3", OPERATING, utilised="Rs 30 million"), before)
    assert row(made, "PSDP amount utilised") == [
        "Year to date", "n.a.", "20.0", "n.r.", "30.0", "n.a.",
        "Not rated: the only rule on record is for December",
    ]  # fmt: skip
    silent = composed(in_quarter("2024-25-Q3", OPERATING), before)
    assert row(silent, "PSDP amount utilised")[2:] == [
        "20.0", "n.r.", "n.r.", "n.a.", "Not rated: the amount is not reported",
    ]  # fmt: skip


def monthly(*months: str, agency: str | None = None) -> list[dict[str, str]]:
    more = {"agency": agency} if agency else {}
    return [
        read(INTERNS, month, "100", str(parse_period(month).last_day), scope="in period", **more)
        for month in months
    ]


FOUR = ("2024-07", "2024-08", "2024-09", "2024-10")


def formula(made: Brief, id: str) -> str:
    return next(fact.formula for fact in made.facts if fact.id == id)


def notes(made: Brief) -> list[str]:
    table = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "kpis")
    return [plain(note).replace("\u00a0", " ") for note in table.notes]


def test_a_sum_names_the_months_behind_it() -> None:
    made = brief(*monthly(*FOUR), targets=[])
    assert row(made, "ICT interns placed")[3] == "400"
    assert formula(made, f"kpi.{INTERNS}") == (
        "sum of the readings that follow each other: Jul 2024 + Aug 2024 + Sep 2024 + Oct 2024"
    )
    assert not any("lacking" in note for note in notes(made))


def test_a_sum_of_agencies_names_the_agencies_and_the_months_of_each() -> None:
    made = brief(*monthly(*FOUR, agency="pseb"), *monthly(*FOUR, agency="usf"), targets=[])
    assert row(made, "ICT interns placed")[3] == "800"
    id = f"kpi.{INTERNS}"
    assert formula(made, id) == "sum of the agencies that report: PSEB, Jul–Oct 2024 + USF, Jul–Oct 2024"
    assert formula(made, f"{id}.pseb").endswith("Jul 2024 + Aug 2024 + Sep 2024 + Oct 2024")
    told = explained(made, id).facts
    assert [fact.label for fact in told.values()][:3] == [
        "ICT interns placed",
        "ICT interns placed, PSEB, July–October 2024",
        "ICT interns placed, PSEB, July 2024",
    ]


def test_a_month_that_lacks_is_named_below_the_table() -> None:
    made = brief(*monthly("2024-07", "2024-09", "2024-10"), targets=[])
    assert row(made, "ICT interns placed")[3] == "n.r."
    assert "Not added up, since months are lacking: ICT interns placed (Aug 2024)." in notes(made)


def test_the_months_that_lack_are_named_for_the_agency_that_lacks_them() -> None:
    both = (*monthly(*FOUR, agency="pseb"), *monthly("2024-07", "2024-10", agency="usf"))
    made = brief(*both, targets=[aim(INTERNS, "9000")])
    assert row(made, "ICT interns placed")[3:] == [
        "n.r.", "n.r.", "Not rated: not all months that the target counts are on record",
    ]  # fmt: skip
    assert "Not added up, since months are lacking: ICT interns placed, USF (Aug–Sep 2024)." in notes(made)
    assert formula(made, f"kpi.{INTERNS}").endswith("PSEB, Jul–Oct 2024 + USF, not reported")


def test_what_was_said_before_and_what_is_said_now_are_kept_apart() -> None:
    def quarters(*values: str) -> list[dict[str, str]]:
        ends = ("2024-09-30", "2024-12-31", "2025-03-31")
        return [
            read(INTERNS, f"2024-25-Q{n}", value, day, scope="in period")
            for n, (value, day) in enumerate(zip(values, ends, strict=False), 1)
        ]

    before = in_quarter("2024-25-Q2", *quarters("2000", "3000"), utilised="Rs 20 million")
    now = in_quarter("2024-25-Q3", *quarters("2100", "3000", "400"), utilised="Rs 30 million")
    once_more = {"period": "Jul-Dec FY2024-25", "covers": "ILLUSTRATIVE",
                 "utilised": [{"amount": "Rs 18 million", "as_of": "2024-12-31", "source": "a"}]}  # fmt: skip
    now = AgencyReturn.model_validate(dict(now) | {"budgets": [*now.budgets, once_more]})
    made = composed(now, before)
    assert row(made, "ICT interns placed")[2:5] == ["5,000", "400", "5,500"]
    assert row(made, "PSDP amount utilised")[2:5] == ["20.0", "n.r.", "30.0"]


def test_three_quarters_each_filed_in_its_own_return_make_the_year_to_date(tmp_path: Path) -> None:
    for n, day in enumerate(("2024-09-30", "2024-12-31", "2025-03-31"), 1):
        name = f"2024-25-Q{n}"
        counted = read(INTERNS, name, f"{n}000", day, scope="in period")
        given = {"agency": "pseb", "period": name, "sources": SOURCES[:1], "readings": [counted]}
        (tmp_path / name).mkdir()
        (tmp_path / name / "pseb.json").write_text(json.dumps(given), "utf-8")
    portfolio, _ = moitt_report.load([tmp_path / "2024-25-Q3"])
    made = moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))
    assert row(made, "ICT interns placed")[2:5] == ["3,000", "3,000", "6,000"]


def test_those_in_progress_on_a_day_are_not_added_to_those_of_the_day_before() -> None:
    """The form asks for them quarter by quarter; who was in progress in September may still be in December."""
    kpi = "it-certifications-in-progress"
    readings = (
        read(kpi, "2024-25-Q1", "200", "2024-09-30", scope="in period"),
        read(kpi, "2024-25-Q2", "210", "2024-12-31", scope="in period"),
    )
    made = brief(*readings, targets=[], agency="pseb")
    assert row(made, "IT professionals with certification in progress")[1:4] == ["n.r.", "210", "210"]


def before_and_now(*before: dict[str, str], now: list[dict[str, str]]) -> Brief:
    """The brief of the second quarter, with the returns of the first."""
    returns = [
        AgencyReturn.model_validate(
            {"agency": "pseb", "period": period, "sources": SOURCES, "readings": readings}
        )
        for period, readings in (("2024-25-Q1", before), ("2024-25-Q2", now))
    ]
    book = assemble(returns[1:], REGISTERS, previous=returns[:1])
    return moitt_report.compose(book, moitt_report.load_outline("quarterly"))


def month(name: str, value: str, day: str) -> dict[str, str]:
    return read(INTERNS, name, value, day, scope="in period")


def test_the_column_of_the_previous_quarter_says_that_it_is_cumulative_and_as_it_was_said() -> None:
    """July to September stood at 2,100; since then July is given otherwise, and the sum to date follows it."""
    before = [month(f"2024-0{n}", value, "2024-09-30") for n, value in ((7, "500"), (8, "1000"), (9, "600"))]
    after = [month(f"2024-{n}", value, "2024-12-31") for n, value in ((10, "50"), (11, "60"), (12, "70"))]
    made = before_and_now(*before, now=[month("2024-07", "400", "2024-12-31"), *after])
    assert row(made, "ICT interns placed")[2:5] == ["2,100", "180", "2,180"]
    table = next(b for b in blocks(made) if isinstance(b, Table) and b.anchor == "kpis")
    assert (
        "Previous quarter = cumulative, or as held, to 30 September 2024 or the month named, "
        "as the returns filed for it gave it; what is restated since is not in it."
    ) in [plain(note).replace("\u00a0", " ") for note in table.notes]


def test_the_column_of_the_previous_quarter_names_a_month_that_is_not_its_last() -> None:
    before = [month(f"2024-0{n}", value, "2024-09-30") for n, value in ((7, "500"), (8, "1000"))]
    made = before_and_now(*before, now=[month("2024-10", "50", "2024-12-31")])
    assert row(made, "ICT interns placed")[2] == "1,500 to Aug 2024"


def test_the_scope_of_a_figure_that_stands_alone_is_that_of_its_source() -> None:
    """A quarter whose year to date lacks months is not cumulative; its source says all the same how it counts."""
    made = brief(month("2024-25-Q2", "12", "2024-12-31"), targets=[], agency="pseb")
    assert row(made, "ICT interns placed") == [
        "In period", "n.r.", "12", "n.r.", "n.r.", "Not rated: no target on record",
    ]  # fmt: skip
