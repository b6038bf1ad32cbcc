"""Registers: whatever name a source uses, the same entry is found; rules add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from moitt_report.model.project import Agency
from moitt_report.model.registers import (
    Register,
    Registers,
    ReleaseStrategy,
    StatusRule,
    UtilisationRule,
    names,
)
from moitt_report.pipeline.inputs import load_registers

REGISTERS: Registers = load_registers()
BOOT_CAMP = "high-impact-boot-camp"


@given(
    st.sampled_from([e for r in (REGISTERS.agencies, REGISTERS.kpis, REGISTERS.projects) for e in r.entries])
)
def test_every_entry_is_found_by_each_of_its_names_in_any_case_and_spacing(entry: object) -> None:
    register = next(r for r in (REGISTERS.agencies, REGISTERS.kpis, REGISTERS.projects) if entry in r.entries)
    for name in names(entry):  # type: ignore[arg-type]
        assert register.find(name) == entry
        assert register.find(f"  {name.upper().replace(' ', '   ')} ") == entry


@pytest.mark.parametrize(
    ("written", "project"),
    [
        ("E-office", "e-office"),
        ("Smart Office", "e-office"),
        ("E office", "e-office"),
        ("High Impact Skill Boot Camp", BOOT_CAMP),
        ("High Impact Skills Bootcamp", BOOT_CAMP),
        ("CASPP", "crime-analytics-smart-policing"),
    ],
)
def test_the_drifting_names_of_the_record_mean_one_project(written: str, project: str) -> None:
    found = REGISTERS.projects.find(written)
    assert found is not None
    assert found.id == project


@pytest.mark.parametrize("name", ["", " ", "Ministry of Magic", "moitt2"])
def test_an_unknown_name_finds_nothing(name: str) -> None:
    assert REGISTERS.agencies.find(name) is None


def test_the_nearest_name_is_given_by_its_id_and_nothing_far_is_near() -> None:
    assert REGISTERS.agencies.nearest("mointt") == "moitt"
    assert REGISTERS.projects.nearest("Hihg Impact Skills Boot Camp") == BOOT_CAMP
    assert REGISTERS.kpis.nearest("zzzzqqqq") is None


def test_an_id_that_is_not_there_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        REGISTERS.kpis.get("nothing")


@given(st.text(max_size=40))
def test_any_words_can_be_looked_up(words: str) -> None:
    register = Register([Agency(id="moitt", short="MoITT", name="Ministry of IT")])
    found = register.find(words)
    assert found is None or found.id == "moitt"
    assert register.nearest(words) in {None, "moitt"}


shares = (
    st.lists(st.integers(0, 100), min_size=3, max_size=3)
    .map(sorted)
    .map(lambda cuts: [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]])
)


def strategy(parts: list[int]) -> ReleaseStrategy:
    """A release strategy with these shares."""
    return ReleaseStrategy.model_validate(
        {"year": "2024-25", "shares": [str(p) for p in parts], "source": "made up", "published": "made up"}
    )


@given(shares)
def test_what_is_due_by_a_quarter_only_grows_and_ends_at_the_whole(parts: list[int]) -> None:
    due = [strategy(parts).due_by(quarter) for quarter in (0, 1, 2, 3, 4)]
    assert due == sorted(due)
    assert due[0] == 0
    assert due[4] == 100


@given(shares, st.integers(0, 3), st.integers(1, 50))
def test_shares_that_do_not_make_a_hundred_are_refused(parts: list[int], which: int, off: int) -> None:
    with pytest.raises(ValidationError, match="not to 100"):
        strategy([part + off * (n == which) for n, part in enumerate(parts)])


@pytest.mark.parametrize("parts", [[20, 25, 30, 20], [15, 20, 20, 40]])
def test_the_misprinted_strategies_of_the_press_are_refused(parts: list[int]) -> None:
    with pytest.raises(ValidationError, match="add up to 95"):
        strategy(parts)


def test_half_of_fy_2024_25_has_thirty_five_percent_authorised() -> None:
    found = next(s for s in REGISTERS.rules.release_strategies if str(s.year) == "2024-25")
    assert found.due_by(2) == 35
    assert REGISTERS.strategy(found.year) == found


@given(st.integers(1, 100), st.integers(1, 100))
def test_the_bounds_of_the_status_are_in_order(on_target: int, watch: int) -> None:
    given_rule = {"on_target": str(on_target), "watch": str(watch), "source": "made up"}
    if watch < on_target:
        assert StatusRule.model_validate(given_rule).watch == watch
    else:
        with pytest.raises(ValidationError, match="below"):
            StatusRule.model_validate(given_rule)


@pytest.mark.parametrize("share", ["0", "-1", "101", "NaN", 40.0])
def test_a_share_is_above_zero_and_at_most_the_whole(share: object) -> None:
    with pytest.raises(ValidationError):
        UtilisationRule.model_validate({"least_by_december": share, "source": "made up"})


def test_the_rules_shipped_have_whole_shares_and_say_where_they_come_from() -> None:
    versions = [(str(s.year), s.since) for s in REGISTERS.rules.release_strategies]
    assert len(versions) == len(set(versions))
    assert {year for year, since in versions if since} <= {year for year, since in versions if not since}
    assert all(sum(s.shares) == Decimal(100) and s.source for s in REGISTERS.rules.release_strategies)
