"""Money is exact, has a unit, and reads back from what it prints."""

import operator
from decimal import Decimal
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from moitt_report.model.arithmetic import total_of
from moitt_report.model.money import SCALES, Money, parse_rupees
from strategies import moneys, paisas, rupees, signed_rupees

MILLION = Decimal(10) ** 6

# Forms found in the public record, with the rupees they mean.
PRINTED = {
    "Rs 6,330.696 million": "6330696000",
    "Rs. 221.042 million": "221042000",
    "Rs2,658.713 million": "2658713000",
    "Rs. 8.087 billion": "8087000000",
    "Rs4.21bn": "4210000000",
    "Rs12.06 billion": "12060000000",
    "PKR 8.6 billion": "8600000000",
    "Rs. 1984/-": "1984",
    "1,984 rupees": "1984",
    "23 arab 92 crore 90 lakh": "23929000000",
    "Rs 2 arab 24 crore 36 lakh": "2243600000",
    "14 crore 41 lakh 51 thousand": "144151000",
    "Rs 10.7 trillion": "10700000000000",
    "Rs 12,90,84,444": "129084444",
    "Rs\u00a05\u202fmillion": "5000000",
    "rs 5 MILLIONS": "5000000",
    "Rs -5 million": "-5000000",
    "Rs \u22125 million": "-5000000",
    "Rs (5 million)": "-5000000",
}

REFUSED = {
    "digits lost or joined by a dash": "Rs 44-4 million",
    "spaces after commas, thousands printed as millions": "Rs 12, 908, 444 million",
    "no unit": "12,060.000",
    "no unit but a scale in words of our own": "12 units",
    "another currency": "US$ 100 million",
    "commas that part nothing": "Rs 12,34 million",
    "a comma too many": "Rs 1,2345 million",
    "two points": "Rs 2.5.5 million",
    "two numbers": "Rs 5 6 million",
    "a smaller scale first": "90 lakh 23 crore",
    "the same scale twice": "5 million 6 million",
    "an exponent": "Rs 1e5",
    "a bracket left open": "Rs (5 million",
    "a comma with nothing before it": "Rs , 5 million",
    "letters that only look like ours": "Rs 5 m\u0131llion",
    "a long s": "Rs 5 thou\u017fand",
    "digits of another script": "Rs \u06f5 million",
    "not a number": "Rs NaN million",
    "infinite": "Rs Infinity",
    "empty": "",
    "a currency alone": "Rs",
    "more decimals than any source prints": "Rs 1.0000000000001 trillion",
    "longer than any amount": "Rs " + "9" * 1_000_001 + " million",
}


@pytest.mark.parametrize(("words", "rupees"), PRINTED.items(), ids=PRINTED)
def test_the_forms_of_the_public_record_are_read(words: str, rupees: str) -> None:
    assert parse_rupees(words) == Decimal(rupees)


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_what_can_be_read_in_two_ways_or_none_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(ValueError, match="is not an amount of money with its unit, such as") as refusal:
        parse_rupees(words)
    assert len(str(refusal.value)) < 200


@given(moneys())
def test_money_read_back_from_its_printed_form_is_the_same_money(money: Money) -> None:
    assert Money.model_validate(str(money)).rupees == money.rupees


@given(signed_rupees)
def test_what_is_owed_reads_back_as_owed(amount: Decimal) -> None:
    assert Money.model_validate(str(Money(rupees=amount))).rupees == amount


@given(moneys())
def test_the_same_amount_prints_the_same_however_it_is_stored(money: Money) -> None:
    padded = Money(rupees=money.rupees.quantize(Decimal("0.0001")))
    assert str(padded) == str(money)


@given(rupees, st.sampled_from(sorted(SCALES)))
def test_a_scale_multiplies_exactly(amount: Decimal, scale: str) -> None:
    assert parse_rupees(f"Rs {amount:f} {scale}") == amount * SCALES[scale]


@given(moneys(parted=True))
def test_components_add_up_to_the_total(money: Money) -> None:
    assert money.local is not None
    assert money.foreign is not None
    assert money.local + money.foreign == money.rupees


@given(rupees, rupees, paisas.filter(bool))
def test_components_that_do_not_add_up_are_refused(local: Decimal, foreign: Decimal, off: int) -> None:
    with pytest.raises(ValidationError, match="do not add up to the total"):
        Money(rupees=local + foreign + Decimal(off).scaleb(-2), local=local, foreign=foreign)


@given(moneys(), moneys(), moneys())
def test_addition_is_associative_and_exact(first: Money, second: Money, third: Money) -> None:
    assert (first + second) + third == first + (second + third)
    assert (first + second).rupees == first.rupees + second.rupees


@given(moneys(), moneys())
def test_addition_does_not_mind_the_order(first: Money, second: Money) -> None:
    assert first + second == second + first


@given(moneys(parted=True), moneys(parted=True))
def test_subtraction_undoes_addition(first: Money, second: Money) -> None:
    assert first + second - second == first


@given(moneys(parted=True), moneys(parted=False))
def test_a_sum_has_components_only_where_all_its_parts_have(whole: Money, plain: Money) -> None:
    assert (whole + plain).local is None
    assert (whole + plain).foreign is None
    assert (whole + whole).local is not None


@given(st.lists(moneys(), min_size=1, max_size=20))
def test_a_total_is_the_sum_of_its_parts(parts: list[Money]) -> None:
    assert reduce(operator.add, parts).rupees == sum((p.rupees for p in parts), Decimal(0))


@given(st.lists(moneys(parted=True), min_size=1, max_size=8))
def test_a_total_of_amounts_with_components_keeps_them(parts: list[Money]) -> None:
    total = reduce(operator.add, parts)
    assert total.local == sum((p.local or Decimal(0) for p in parts), Decimal(0))
    assert total.foreign == sum((p.foreign or Decimal(0) for p in parts), Decimal(0))


def test_the_sixteen_projects_of_june_2024_add_up_to_the_printed_total() -> None:
    printed = "300 100 80 1,000 175 8,087 80 221.042 206.097 35 100 10,630 169.212 150 200 2,000".split()
    total = reduce(operator.add, (Money.model_validate(f"Rs {one} million") for one in printed))
    assert str(total) == "Rs 23,533.351 million"


@given(moneys(), moneys())
def test_the_order_of_money_is_the_order_of_its_rupees(first: Money, second: Money) -> None:
    assert (first < second) == (first.rupees < second.rupees)


@given(moneys())
def test_millions_are_rupees_with_the_point_moved(money: Money) -> None:
    assert money.million * MILLION == money.rupees


@pytest.mark.parametrize(
    "value", [0.1, 5.0, float("nan"), float("inf"), True, None, b"Rs 5", ["Rs 5"], Decimal(5)], ids=repr
)
def test_money_is_not_made_from_what_has_no_unit_or_is_not_exact(value: Any) -> None:
    with pytest.raises(ValidationError):
        Money.model_validate(value)


@pytest.mark.parametrize("field", ["rupees", "local", "foreign"])
@pytest.mark.parametrize(
    "value",
    [0.1, True, "Rs five", Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity")],
    ids=repr,
)
def test_no_part_of_money_is_a_float_a_boolean_or_endless(field: str, value: Any) -> None:
    parts = {"rupees": Decimal(2), "local": Decimal(1), "foreign": Decimal(1), field: value}
    with pytest.raises(ValidationError):
        Money.model_validate(parts)


@pytest.mark.parametrize(
    "value", [0.1, True, None, "x", Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")], ids=repr
)
def test_components_without_a_total_must_be_sound_too(value: Any) -> None:
    with pytest.raises(ValidationError):
        Money.model_validate({"local": value, "foreign": Decimal(1)})


def test_one_component_alone_makes_no_total() -> None:
    with pytest.raises(ValidationError, match="give “rupees”, or both “local” and “foreign”"):
        Money.model_validate({"local": "Rs 5 million"})


def test_the_components_of_the_record_make_the_total() -> None:
    money = Money.model_validate({"local": "Rs 198.049 million", "foreign": "Rs 1,144.5 million"})
    assert str(money) == "Rs 1,342.549 million"


def test_money_beyond_a_thousand_trillion_is_a_slip_of_the_unit() -> None:
    assert Money.model_validate("Rs 1000000000000000").rupees == 10**15
    for words in ("Rs 1000000000000001", {"local": "Rs 600 trillion", "foreign": "Rs 600 trillion"}):
        with pytest.raises(ValidationError, match="check the unit"):
            Money.model_validate(words)
    with pytest.raises(ValidationError, match="check the unit"):
        Money(rupees=Decimal("1E+999999"))


def test_money_finer_than_a_millionth_of_a_rupee_is_refused_for_sums_of_it_would_round() -> None:
    assert Money(rupees=Decimal("0.000001")).rupees == Decimal("0.000001")
    for finer in ("0.0000001", "1000000000000000.0000001", "1E-999999"):
        with pytest.raises(ValidationError, match="check the unit"):
            Money(rupees=Decimal(finer))


def test_a_sum_may_be_larger_than_anything_that_is_read() -> None:
    most = Money.model_validate({"local": "Rs 400 trillion", "foreign": "Rs 600 trillion"})
    assert total_of([most] * 100) == Money(
        rupees=Decimal(10) ** 17, local=Decimal(4) * 10**16, foreign=Decimal(6) * 10**16
    )


def test_money_is_frozen_and_closed() -> None:
    money = Money.model_validate("Rs 5 million")
    with pytest.raises(ValidationError):
        money.rupees = Decimal(6)  # type: ignore[misc]
    with pytest.raises(ValidationError, match="dollars"):
        Money.model_validate({"rupees": "Rs 5 million", "dollars": "Rs 5"})
