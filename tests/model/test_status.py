"""A status follows its direction from baseline to target. All figures are ILLUSTRATIVE."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from moitt_report.model.kpi import Absence, Kpi, Target
from moitt_report.model.status import Ground, Status, achieved, judge, rate
from moitt_report.pipeline.inputs import load_registers
from strategies import absences, numbers

RULE = load_registers().rules.status
DAY = dt.date(2024, 12, 31)
small = st.integers(0, 1000).map(Decimal)


def kpi(direction: str = "higher", **more: Any) -> Kpi:
    base = {"id": "k", "name": "K", "unit": "u", "owner": "moitt", "definition": "d", "direction": direction}
    return Kpi.model_validate(base | more)


def target(**more: Any) -> Target:
    return Target.model_validate({"kpi": "k", "period": "2024-25", "as_of": DAY, "source": "s"} | more)


def stands(direction: str, value: str, aim: dict[str, Any], due: str | None = None) -> tuple[Status, Ground]:
    wanted = target(**aim)
    part = Decimal(due) if due else wanted.value or Absence.NOT_APPLICABLE
    judgement = judge(kpi(direction), wanted, part, Decimal(value), None, RULE, DAY)
    return judgement.status, judgement.ground


@pytest.mark.parametrize(
    ("value", "status"),
    [("90", Status.ON_TARGET), ("89", Status.WATCH), ("75", Status.WATCH), ("74", Status.BEHIND)],
)
def test_higher_is_better_up_to_the_target(value: str, status: Status) -> None:
    assert stands("higher", value, {"value": "100"}) == (status, Ground.SHARE)


def test_the_way_begins_at_the_baseline() -> None:
    assert stands("higher", "90", {"value": "100", "baseline": "50"}) == (Status.WATCH, Ground.SHARE)
    assert stands("higher", "60", {"value": "100", "baseline": "50"}) == (Status.BEHIND, Ground.SHARE)


def test_a_limit_is_kept_at_or_below_it() -> None:
    assert stands("lower", "48", {"value": "48", "baseline": "96"}) == (Status.ON_TARGET, Ground.KEPT)
    assert stands("lower", "10", {"value": "48"}) == (Status.ON_TARGET, Ground.KEPT)


def test_above_a_limit_the_way_down_from_the_baseline_counts() -> None:
    assert stands("lower", "60", {"value": "50", "baseline": "100"}) == (Status.WATCH, Ground.SHARE)
    assert stands("lower", "90", {"value": "50", "baseline": "100"}) == (Status.BEHIND, Ground.SHARE)


def test_above_a_limit_without_a_baseline_is_behind() -> None:
    assert stands("lower", "60", {"value": "50"}) == (Status.BEHIND, Ground.EXCEEDED)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("10", (Status.ON_TARGET, Ground.INSIDE)),
        ("20", (Status.ON_TARGET, Ground.INSIDE)),
        ("9.9", (Status.WATCH, Ground.OUTSIDE)),
        ("7.497", (Status.WATCH, Ground.OUTSIDE)),  # printed as 75.0 %
        ("7.494", (Status.BEHIND, Ground.OUTSIDE)),  # printed as 74.9 %
        ("5", (Status.BEHIND, Ground.OUTSIDE)),
        ("22", (Status.WATCH, Ground.OUTSIDE)),
        ("40", (Status.BEHIND, Ground.OUTSIDE)),
    ],
)
def test_a_band_has_two_ends(value: str, found: tuple[Status, Ground]) -> None:
    assert stands("band", value, {"value": "10", "upper": "20"}) == found


def step(word: str | None, due: str, steps: tuple[str, ...] = ("planned", "built", "running")) -> Status:
    wanted = target(milestone="built", due=due)
    silent = Absence.NOT_REPORTED
    return judge(
        kpi("milestone", steps=steps), wanted, Absence.NOT_APPLICABLE, silent, word, RULE, DAY
    ).status


def test_a_milestone_is_reached_open_or_overdue() -> None:
    assert step("built", "2024-06-30") is Status.ON_TARGET
    assert step("Running", "2024-06-30") is Status.ON_TARGET
    assert step("planned", "2025-06-30") is Status.NOT_YET_DUE
    assert step("planned", "2024-06-30") is Status.BEHIND
    assert step(None, "2024-06-30") is Status.NOT_RATED
    assert step("somewhere", "2024-06-30") is Status.NOT_RATED


def test_without_a_target_or_a_reading_nothing_is_rated() -> None:
    one, silent = Decimal(1), Absence.NOT_REPORTED
    assert judge(kpi(), None, one, one, None, RULE, DAY).ground is Ground.NO_TARGET
    assert judge(kpi(), target(value="1"), one, silent, None, RULE, DAY).ground is Ground.NO_READING


@given(small, small, small)
def test_the_whole_way_is_a_hundred_percent_in_both_directions(
    start: Decimal, end: Decimal, at: Decimal
) -> None:
    whole = achieved(end, end, start)
    assert whole == (Absence.NOT_APPLICABLE if start == end else 100)
    assert achieved(start, end, start) == (Absence.NOT_APPLICABLE if start == end else 0)
    if start != end and isinstance(part := achieved(at, end, start), Decimal):
        assert abs(part * (end - start) / 100 + start - at) < Decimal("0.0000001")


@given(small, small, st.sampled_from(["higher", "lower"]))
def test_doing_better_never_worsens_a_status(one: Decimal, other: Decimal, direction: str) -> None:
    order = [Status.BEHIND, Status.WATCH, Status.ON_TARGET]
    better, worse = max(one, other), min(one, other)
    if direction == "lower":
        better, worse = worse, better
    aim = {"value": "50", "baseline": "900"} if direction == "lower" else {"value": "900"}
    assert order.index(stands(direction, str(better), aim)[0]) >= order.index(
        stands(direction, str(worse), aim)[0]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"value": "5", "milestone": "built"},
        {"value": "-1"},
        {"value": "5", "upper": "5"},
        {"milestone": "built", "upper": "5"},
        {"value": "5", "baseline": "5"},
        {"value": "5", "baseline": "-5"},
    ],
)
def test_a_target_that_makes_no_sense_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        target(**wrong)


# --- a share achieved ---------------------------------------------------------------------------

RANK = [Status.BEHIND, Status.WATCH, Status.ON_TARGET]


@given(numbers, numbers)
def test_more_achieved_is_never_a_worse_status(first: Decimal, second: Decimal) -> None:
    less, more = sorted((first, second))
    assert RANK.index(rate(less, RULE)) <= RANK.index(rate(more, RULE))


def test_a_status_begins_exactly_at_its_bound() -> None:
    little = Decimal("0.0501")  # what is nearer is printed as the bound itself
    assert rate(RULE.on_target, RULE) is Status.ON_TARGET
    assert rate(RULE.on_target - little, RULE) is Status.WATCH
    assert rate(RULE.watch, RULE) is Status.WATCH
    assert rate(RULE.watch - little, RULE) is Status.BEHIND


@given(absences)
def test_what_is_absent_has_no_colour(absence: Absence) -> None:
    expected = Status.NOT_YET_DUE if absence is Absence.NOT_YET_DUE else Status.NOT_RATED
    assert rate(absence, RULE) is expected
