"""Figures side by side: sources are settled in the open, sums are whole or nothing."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moitt_report.model.agency_return import AgencyReturn, Choice
from moitt_report.model.arithmetic import million
from moitt_report.model.assembly import assemble
from moitt_report.model.budget import Amount, Stage
from moitt_report.model.counts import stands
from moitt_report.model.kpi import Absence, Reading, Scope, Target
from moitt_report.model.money import Money
from moitt_report.model.period_names import parse_period
from moitt_report.model.portfolio import Portfolio
from moitt_report.model.rules.check import faults_between
from moitt_report.model.settled import settle
from moitt_report.pipeline.inputs import load_registers
from strategies import (
    absences,
    amounts,
    days,
    reading,
    source_ids,
)

REGISTERS = load_registers()
EXPORTS = "it-export-remittances"
# Published: July to December 2024, US$ million; the half-year was published as 1,864.
HALF_YEAR = {"2024-07": 286, "2024-08": 298, "2024-09": 292, "2024-10": 330, "2024-11": 310, "2024-12": 348}
SO_FAR = parse_period("Jul-Dec FY2024-25")
END = dt.date(2024, 12, 31)


def portfolio(period: str = "2024-25-Q2", as_of: dt.date | None = None, **parts: Any) -> Portfolio:
    """The portfolio of one return of the ministry that holds `parts`."""
    filed = AgencyReturn.model_validate({"agency": "moitt", "period": period, "sources": []} | parts)
    return assemble([filed], REGISTERS, as_of=as_of)


def budget(**stages: Any) -> Portfolio:
    """A portfolio with one budget, its stages given as words of money by source."""
    listed = {
        name: [
            {"amount": words, "as_of": END, "source": source, "address": f"a.yaml:{name}"}
            | ({"kind": source} if name == "allocations" else {})
            for source, words in given_amounts.items()
        ]
        for name, given_amounts in stages.items()
    }
    return portfolio(budgets=[{"period": "Jul-Dec FY2024-25", "covers": "PSDP", **listed}])


# --- settling between sources ---------------------------------------------------------------------


def choose(source: str) -> Choice:
    """A choice of `source`, with a reason."""
    return Choice(figure="released", period=SO_FAR, source=source, reason="It is signed.")


given_amounts = st.lists(amounts(), min_size=1, max_size=6)


def plain(amount: Amount) -> object:
    """What an amount says."""
    return amount.amount


@given(given_amounts)
def test_without_a_choice_the_latest_is_used_and_no_reason_is_given(given_list: list[Amount]) -> None:
    settled = settle(given_list)
    assert settled is not None
    assert settled.used.as_of == max(a.as_of for a in given_list)
    assert settled.reason is None


@given(given_amounts, source_ids)
def test_a_chosen_source_is_used_with_its_reason_where_it_gives_a_figure(
    given_list: list[Amount], source: str
) -> None:
    settled = settle(given_list, choose(source))
    assert settled is not None
    if any(a.source == source for a in given_list):
        assert settled.used.source == source
        assert settled.reason == "It is signed."
    else:
        assert settled == settle(given_list)


@given(given_amounts, source_ids)
def test_of_two_figures_of_a_chosen_source_the_later_is_used(given_list: list[Amount], source: str) -> None:
    settled = settle(given_list, choose(source))
    assert settled is not None
    its_days = [a.as_of for a in given_list if a.source == source]
    assert not its_days or settled.used.as_of == max(its_days)


@given(given_amounts, st.none() | source_ids.map(choose))
def test_exactly_those_that_differ_from_what_is_used_are_listed(
    given_list: list[Amount], choice: Choice | None
) -> None:
    settled = settle(given_list, choice)
    assert settled is not None
    assert list(settled.others) == [a for a in given_list if plain(a) != plain(settled.used)]


@given(amounts(), st.lists(source_ids, min_size=1, max_size=4))
def test_sources_that_agree_leave_nothing_to_list(amount: Amount, sources: list[str]) -> None:
    same = [Amount(amount=amount.amount, as_of=amount.as_of, source=source) for source in sources]
    settled = settle(same)
    assert settled is not None
    assert settled.others == ()
    assert settled.used is same[0]


def test_nothing_given_is_nothing_settled() -> None:
    assert settle([]) is None


@given(st.permutations([0, 1, 2]), days)
def test_readings_are_settled_like_amounts(order: list[int], day: dt.date) -> None:
    three = [reading(EXPORTS, "2024-12", str(n), as_of=day + dt.timedelta(days=n)) for n in order]
    settled = settle(three)
    assert settled is not None
    assert settled.used.value == 2
    assert {r.value for r in settled.others} == {0, 1}


# --- money ----------------------------------------------------------------------------------------


def test_the_later_version_of_an_allocation_is_used_and_the_others_are_kept() -> None:
    found = budget(
        allocations={
            "proposed": "Rs 23,530 million",
            "revised": "Rs 8,590 million",
            "budget": "Rs 21,430 million",
        }
    )
    assert found.standing is not None
    assert str(found.standing.amount()) == "Rs 8,590 million"
    assert found.standing.allocation is not None
    assert [o.kind for o in found.standing.allocation.others] == ["budget"]
    assert {v.kind for v in found.standing.versions} == {"proposed", "budget", "revised"}


def test_a_stage_that_nobody_reports_is_not_reported_and_not_zero() -> None:
    found = budget(utilised={"jang": "Rs 2,243.6 million"})
    assert found.standing is not None
    assert found.standing.amount(Stage.RELEASED) is Absence.NOT_REPORTED
    assert found.standing.amount() is Absence.NOT_REPORTED
    assert found.standing.read(Stage.RELEASED) is None


def test_what_became_known_after_the_cut_off_is_not_used() -> None:
    late = [
        {"amount": "Rs 8,375 million", "as_of": "2024-12-31", "source": "profit"},
        {"amount": "Rs 11,375 million", "as_of": "2025-05-31", "source": "profit"},
    ]
    found = portfolio(budgets=[{"period": "Jul-Dec FY2024-25", "covers": "PSDP", "authorised": late}])
    assert found.as_of == END
    assert found.standing is not None
    assert str(found.standing.amount(Stage.AUTHORISED)) == "Rs 8,375 million"


def test_projects_come_by_allocation_and_those_without_one_last() -> None:
    def project(id: str, words: str) -> dict[str, Any]:
        return {
            "project": id,
            "reported_as": id,
            "allocations": [{"kind": "budget", "amount": words, "as_of": END, "source": "p"}],
        }

    found = portfolio(
        projects=[
            project("small", "Rs 1 million"),
            project("unknown", "not reported"),
            {"project": "silent", "reported_as": "silent"},
            project("large", "Rs 8 billion"),
            project("nothing", "Rs 0"),
        ]
    )
    assert [p.project for p in found.projects] == ["large", "small", "nothing", "unknown", "silent"]


# --- KPIs -----------------------------------------------------------------------------------------


def of_months(values: dict[str, Any]) -> list[Reading]:
    """A reading of the exports of each month."""
    return [reading(EXPORTS, month, str(value), scope="in period") for month, value in values.items()]


def test_the_months_of_the_record_add_up_to_the_half_year() -> None:
    found = portfolio(readings=of_months(HALF_YEAR))
    assert found.sum_of_months(EXPORTS, SO_FAR) == 1864
    assert found.sum_of_months(EXPORTS, found.period) == 330 + 310 + 348


@given(st.lists(st.integers(0, 10**6), min_size=6, max_size=6))
def test_the_sum_of_the_months_is_the_sum_of_the_months(values: list[int]) -> None:
    found = portfolio(readings=of_months(dict(zip(HALF_YEAR, values, strict=True))))
    assert found.sum_of_months(EXPORTS, SO_FAR) == sum(values)


@given(st.sampled_from(sorted(HALF_YEAR)), absences | st.none())
def test_a_sum_over_a_month_that_is_absent_is_absent(month: str, absence: Absence | None) -> None:
    values: dict[str, Any] = {m: v for m, v in HALF_YEAR.items() if m != month or absence is not None}
    if absence is not None:
        values[month] = absence
    assert portfolio(readings=of_months(values)).sum_of_months(EXPORTS, SO_FAR) is Absence.NOT_REPORTED


def test_a_month_that_is_zero_is_counted_as_zero() -> None:
    found = portfolio(readings=of_months(HALF_YEAR | {"2024-08": 0}))
    assert found.sum_of_months(EXPORTS, SO_FAR) == 1864 - 298


def test_a_part_of_a_total_is_not_the_total() -> None:
    part = reading("interns-placed", "2024-25-Q2", "9", place="Lahore")
    found = portfolio(readings=[part])
    assert found.value("interns-placed", part.period) is Absence.NOT_REPORTED
    assert found.parts("interns-placed", part.period) == (part,)
    assert stands(found, REGISTERS.kpis.get("interns-placed")) is None


def test_a_reading_since_inception_is_not_one_of_the_period() -> None:
    since = reading("interns-placed", "2024-25-Q2", "2700", scope="since inception")
    found = portfolio(readings=[since])
    assert found.value("interns-placed", since.period, (Scope.IN_PERIOD,)) is Absence.NOT_REPORTED
    assert found.value("interns-placed", since.period) == 2700


def test_a_reading_known_after_the_cut_off_is_not_used() -> None:
    found = portfolio(readings=of_months(HALF_YEAR), as_of=dt.date(2024, 11, 30))
    assert found.sum_of_months(EXPORTS, SO_FAR) is Absence.NOT_REPORTED


def target(value: Decimal, **changes: Any) -> Target:
    """A target for FY 2024-25, known when the year began."""
    given_target = {
        "kpi": EXPORTS,
        "period": "2024-25",
        "value": value,
        "as_of": dt.date(2024, 7, 1),
        "source": "jang",
    }
    return Target.model_validate(given_target | changes)


@given(st.integers(1, 10**9), st.integers(1, 12))
def test_a_target_for_the_year_falls_due_evenly_by_month(value: int, elapsed: int) -> None:
    months = parse_period("2024-25").months[:elapsed]
    found = portfolio(
        str(
            parse_period("2024-07")
            if elapsed == 1
            else f"{months[0].year}-07_{months[-1].year}-{months[-1].month:02d}"
        )
    )
    due = found.due(target(Decimal(value)))
    assert isinstance(due, Decimal)
    assert abs(due * 12 - value * elapsed) < Decimal("1e-9")


def test_a_target_is_wholly_due_when_its_year_ends() -> None:
    assert portfolio("2024-25-Q4").due(target(Decimal("1864.3"))) == Decimal("1864.3")
    assert portfolio("2024-25-Q2").due(target(Decimal(3800))) == 1900


def test_a_target_with_a_day_is_due_whole_on_that_day_and_not_before() -> None:
    dated = target(Decimal(31), due="2024-12-31")
    assert portfolio(as_of=dt.date(2024, 12, 30)).due(dated) is Absence.NOT_YET_DUE
    assert portfolio(as_of=END).due(dated) == 31


def test_a_target_that_does_not_cover_the_period_is_not_its_target() -> None:
    old = target(Decimal(5), period="2023-24")
    assert portfolio(targets=[old]).target(EXPORTS) is None
    new = target(Decimal(5))
    assert portfolio(targets=[old, new]).target(EXPORTS) == new


def test_a_target_belongs_to_the_period_it_covers_whenever_it_was_set() -> None:
    late = target(Decimal(5), as_of=dt.date(2025, 3, 1))
    assert portfolio(targets=[late]).target(EXPORTS) == late


def certified(count: str, **more: Any) -> Reading:
    """So many boot camp professionals certified."""
    return reading("boot-camp-certified", "2024-25-Q2", count, address="a.yaml:9", **more)


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_part_above_its_whole_is_an_error_and_nothing_else_is(part: int, whole: int) -> None:
    found = portfolio(readings=[certified(str(part)), reading("boot-camp-trained", "2024-25-Q2", str(whole))])
    problems = list(faults_between(found))
    assert len(problems) == (part > whole)
    assert all(p.severity == "error" and p.where == "a.yaml:9" for p in problems)


@given(absences, st.booleans())
def test_an_absence_is_never_above_or_below_anything(absence: Absence, swapped: bool) -> None:
    part, whole = (absence.value, "5") if swapped else ("5", absence.value)
    found = portfolio(readings=[certified(part), reading("boot-camp-trained", "2024-25-Q2", whole)])
    assert list(faults_between(found)) == []


def test_a_count_since_inception_is_not_set_against_one_of_the_period() -> None:
    found = portfolio(
        readings=[
            certified("900", scope="since inception"),
            reading("boot-camp-trained", "2024-25-Q2", "300", scope="in period"),
        ]
    )
    assert list(faults_between(found)) == []


def test_a_portfolio_needs_a_return() -> None:
    with pytest.raises(ValueError, match="at least one"):
        assemble([], REGISTERS)


@given(st.lists(days, min_size=1, max_size=4))
def test_the_cut_off_is_the_latest_day_that_lies_in_the_period(given_days: list[dt.date]) -> None:
    found = portfolio(readings=[reading(EXPORTS, "2024-07", "1", as_of=day) for day in given_days])
    assert found.as_of == max((d for d in given_days if d <= END), default=END)


@given(st.integers(0, 10**9))
def test_a_million_is_a_million(value: int) -> None:
    assert million(Money(rupees=Decimal(value))) == Decimal(value) / 10**6


# --- several agencies -----------------------------------------------------------------------------


def of(agency: str, value: str, kpi: str = "interns-placed", **more: Any) -> AgencyReturn:
    counted = reading(kpi, "Jul-Dec FY2024-25", value, scope=Scope.YEAR_TO_DATE, **more)
    return AgencyReturn.model_validate(
        {"agency": agency, "period": "2024-25-Q2", "sources": [], "readings": [counted]}
    )


def test_what_an_agency_counts_of_somebody_elses_kpi_is_its_own_part() -> None:
    found = assemble([of("sco", "30"), of("vu", "12")], REGISTERS)
    assert found.reading("interns-placed", SO_FAR) is None
    count = stands(found, REGISTERS.kpis.get("interns-placed"))
    assert count is not None
    assert count.value == 42
    assert {agency for agency, _ in count.agencies} == {"sco", "vu"}


@pytest.mark.parametrize("whole", ["pseb", "moitt"])
def test_the_owner_and_the_ministry_give_the_total(whole: str) -> None:
    found = assemble([of(whole, "40"), of("sco", "30")], REGISTERS)
    assert found.value("interns-placed", SO_FAR) == 40
    assert [r.agency for r in found.parts("interns-placed", SO_FAR)] == ["sco"]


def test_the_sum_of_agencies_is_absent_when_one_of_them_is() -> None:
    found = assemble([of("sco", "30"), of("vu", "not reported")], REGISTERS)
    count = stands(found, REGISTERS.kpis.get("interns-placed"))
    assert count is not None
    assert count.value is Absence.NOT_REPORTED


def test_who_filed_before_and_not_now_is_missed() -> None:
    found = assemble([of("sco", "30")], REGISTERS, previous=[of("vu", "12"), of("sco", "20")])
    assert found.not_filed == ("vu",)


def letter(agency: str, publisher: str) -> AgencyReturn:
    """A return whose one source is called `jang`, as the source of every reading here."""
    return AgencyReturn.model_validate(
        of(agency, "30").model_dump()
        | {"sources": [{"id": "jang", "publisher": publisher, "address": f"{agency}.yaml:1"}]}
    )


def test_two_sources_of_one_id_stay_two_sources() -> None:
    found = assemble(
        [letter("sco", "SCO"), letter("vu", "Virtual University"), letter("nitb", "SCO")], REGISTERS
    )
    assert [(s.id, s.publisher) for s in found.sources] == [
        ("jang", "SCO"),
        ("jang-vu", "Virtual University"),
        ("jang", "SCO"),
    ]
    assert [r.source for f in found.returns for r in f.readings] == ["jang", "jang-vu", "jang"]


def test_an_agency_may_call_its_source_of_every_quarter_the_same() -> None:
    now = [letter("sco", "SCO"), letter("vu", "VU, letter of March")]
    found = assemble(now, REGISTERS, previous=[letter("vu", "VU, letter of December")])
    assert [(s.id, s.publisher) for s in found.sources] == [
        ("jang", "SCO"),
        ("jang-vu", "VU, letter of March"),
        ("jang-vu-2", "VU, letter of December"),
    ]


def test_a_long_id_stays_an_id_and_its_own() -> None:
    def long(agency: str) -> AgencyReturn:
        source = {"id": "a" * 60, "publisher": agency}
        return AgencyReturn.model_validate({"agency": agency, "period": "2024-25-Q2", "sources": [source]})

    found = assemble([long("sco"), long("vu"), long("nitb")], REGISTERS)
    assert len({s.id for s in found.sources}) == 3
    assert all(len(s.id) <= 60 for s in found.sources)
