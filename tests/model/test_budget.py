"""Money by stages: each amount has a day and a source; absence is kept as absence."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from moitt_report.model.budget import Allocation, AllocationKind, Amount, Budget, Position, Stage
from moitt_report.model.kpi import Absence
from moitt_report.model.money import Money
from strategies import absences, amounts, moneys

DAY = dt.date(2016, 1, 31)


def amount(value: Any, **more: object) -> Amount:
    """An amount of one source on one day."""
    return Amount.model_validate({"amount": value, "as_of": DAY, "source": "propakistani", **more})


@given(moneys() | absences)
def test_an_amount_keeps_money_as_money_and_absence_as_absence(value: Money | Absence) -> None:
    assert amount(value).amount == value


@pytest.mark.parametrize("words", ["not reported", "Not Reported", " NOT APPLICABLE ", "not yet due"])
def test_an_absence_is_read_by_its_words(words: str) -> None:
    assert amount(words).amount is Absence(words.strip().lower())


@pytest.mark.parametrize("value", [0, 0.0, 5, True, None, "", "nil", "5000", "Rs 44-4 million", []], ids=repr)
def test_an_amount_without_a_unit_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        amount(value)


def test_an_amount_is_not_negative() -> None:
    assert amount("Rs 0").amount == Money(rupees=Decimal(0))
    with pytest.raises(ValidationError, match="not negative"):
        amount("Rs -1 million")


@pytest.mark.parametrize("part", ["local", "foreign"])
def test_a_component_is_not_negative_either(part: str) -> None:
    parts = {"local": "Rs 5 million", "foreign": "Rs 5 million", part: "Rs -1 million"}
    with pytest.raises(ValidationError, match="not negative"):
        amount(parts)


def test_more_released_than_allocated_is_reported_as_it_is() -> None:
    # FY 2015-16: 922.804 allocated, 1,342.549 released, of which 1,144.5 was foreign aid.
    position = Budget.model_validate(
        {
            "period": "Jul-Jan FY2015-16",
            "covers": "IT and Telecom Division, PSDP",
            "allocations": [{"kind": "budget", "amount": "Rs 922.804 million", "as_of": DAY, "source": "p"}],
            "released": [
                {
                    "amount": {"local": "Rs 198.049 million", "foreign": "Rs 1,144.5 million"},
                    "as_of": DAY,
                    "source": "p",
                }
            ],
        }
    )
    released = position.released[0].amount
    assert isinstance(released, Money)
    assert released.million == Decimal("1342.549")


@given(st.lists(amounts(), max_size=3), st.sampled_from(Stage))
def test_the_amounts_of_a_stage_are_those_reported_for_it(given_amounts: list[Amount], stage: Stage) -> None:
    position = Position(**{stage.field: tuple(given_amounts)})
    assert position.at(stage) == tuple(given_amounts)
    assert position.amounts == tuple(given_amounts)
    assert all(not position.at(other) for other in Stage if other is not stage)


def test_the_amounts_of_a_position_come_in_the_order_of_its_stages() -> None:
    allocation = Allocation(
        kind=AllocationKind.BUDGET, amount=Money(rupees=Decimal(9)), as_of=DAY, source="propakistani"
    )
    stages = {stage.field: (amount(f"Rs {n}"),) for n, stage in enumerate(Stage)}
    position = Position(allocations=(allocation,), **stages)
    assert position.amounts == (allocation, *(position.at(stage)[0] for stage in Stage))


@pytest.mark.parametrize("kind", ["initial", "Budget", "", "allocated"])
def test_an_allocation_is_of_a_known_version(kind: str) -> None:
    with pytest.raises(ValidationError, match="demand"):
        Allocation.model_validate({"kind": kind, "amount": "Rs 5 million", "as_of": DAY, "source": "p"})


@pytest.mark.parametrize(
    "hostile", ["\x00", "\x1b[31m", "\u202e", "\u2066", "\x85", "\ufffe", "\ud800"], ids=ascii
)
def test_words_that_corrupt_a_file_or_reorder_a_line_are_refused(hostile: str) -> None:
    with pytest.raises(ValidationError):
        amount("Rs 5 million", note=f"a{hostile}b")
