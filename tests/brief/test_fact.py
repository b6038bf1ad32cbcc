"""A Fact defends its number: it adds up, it ends somewhere, and it says one thing only."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import replace

from builders import sample_brief
from moitt_report.brief.fact import LONGEST_CHAIN, Fact, Restated, computed, faults_between_facts
from strategies import numbers


def fact(id: str, value: str | None = "1", **more: object) -> Fact:
    given = {"label": "Illustrative", "unit": "Rs million", "printings": {"table": value or "n.r."}}
    absence = None if value is not None else "not reported"
    return convert({"id": id, "value": value, "absence": absence} | given | more, Fact)


def faults(*facts: Fact) -> list[str]:
    return list(faults_between_facts(facts))


# --- the arithmetic -------------------------------------------------------------------------------


@given(st.lists(numbers, min_size=1, max_size=8))
def test_a_sum_is_the_sum_whatever_the_order(parts: list[Decimal]) -> None:
    assert computed("sum", parts) == sum(parts) == computed("sum", parts[::-1])


@given(st.lists(numbers, min_size=1, max_size=8))
def test_what_a_difference_takes_away_makes_up_the_whole_again(parts: list[Decimal]) -> None:
    left = computed("difference", parts)
    assert left is not None
    assert computed("sum", [left, *parts[1:]]) == parts[0]


@given(st.lists(numbers, min_size=1, max_size=6), numbers.filter(bool))
def test_the_shares_of_the_parts_add_up_to_the_share_of_all(parts: list[Decimal], whole: Decimal) -> None:
    shares = [computed("share", [part, whole]) for part in parts]
    together = computed("share", [*parts, whole])
    assert together is not None
    with localcontext(prec=150):
        apart = sum(s for s in shares if s is not None) - together
    assert abs(apart) <= Decimal("1e-20")


@given(numbers, numbers.filter(bool))
def test_growth_is_the_share_less_a_hundred(now: Decimal, then: Decimal) -> None:
    share = computed("share", [now, then])
    assert share is not None
    assert computed("growth", [now, then]) == pytest.approx(share - 100)


@pytest.mark.parametrize("operation", ["sum", "difference", "share", "portion", "growth", "equal"])
def test_nothing_is_made_of_an_absent_figure_or_of_none(operation: str) -> None:
    assert computed(operation, [Decimal(1), None]) is None  # type: ignore[arg-type]
    assert computed(operation, []) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("operation", ["share", "growth"])
def test_nothing_is_a_part_of_zero(operation: str) -> None:
    assert computed(operation, [Decimal(1), Decimal(0)]) is None  # type: ignore[arg-type]


def test_a_count_counts_what_is_absent_too() -> None:
    assert computed("count", [None, None, Decimal(3)]) == 3


# --- between facts --------------------------------------------------------------------------------


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    parts = fact("a", "7"), fact("b", "6")
    assert faults(*parts, fact("total", "13", operation="sum", inputs=("a", "b"))) == []
    assert faults(*parts, fact("total", "19", operation="sum", inputs=("a", "b"))) == [
        "fact total is not the sum of its inputs"
    ]


def test_a_value_over_an_absent_input_is_refused() -> None:
    assert faults(fact("a", None), fact("t", "1", operation="sum", inputs=("a",))) == [
        "fact t is not the sum of its inputs"
    ]
    assert faults(fact("a", None), fact("t", None, operation="sum", inputs=("a",))) == []


def test_a_quotient_is_kept_to_twelve_places_and_no_fewer() -> None:
    sixth = {"operation": "share", "inputs": ("a", "b")}
    parts = fact("a", "1"), fact("b", "600")
    assert faults(*parts, fact("s", "0.166666666667", **sixth)) == []
    assert faults(*parts, fact("s", "0.1667", **sixth)) == ["fact s is not the share of its inputs"]


def test_a_figure_computed_from_itself_is_refused() -> None:
    circle = fact("a", inputs=("b",)), fact("b", inputs=("c",)), fact("c", inputs=("a",))
    assert faults(*circle) == ["fact a is computed from itself"]
    assert faults(fact("a", inputs=("a",))) == ["fact a is computed from itself"]


def test_a_chain_that_never_seems_to_end_is_refused_and_not_followed() -> None:
    def chain(length: int) -> list[Fact]:
        return [fact(f"f{n}", inputs=(f"f{n + 1}",) if n < length else ()) for n in range(length + 1)]

    assert faults(*chain(LONGEST_CHAIN)) == []
    assert "rests on a chain of more than" in faults(*chain(50_000))[0]


def test_many_ways_to_one_figure_cost_no_time() -> None:
    ladder = [fact(f"f{n}", inputs=(f"f{n + 1}", f"f{n + 1}")) for n in range(90)]
    assert faults(*ladder, fact("f90")) == []


def test_missing_inputs_and_ids_that_coincide_are_all_named() -> None:
    assert faults(fact("a", inputs=("b", "c")), fact("a")) == [
        "two facts share an id",
        "fact a is computed from b, which is missing",
        "fact a is computed from c, which is missing",
    ]
    assert faults(fact("a", restated=Restated(fact="was"))) == [
        "fact a is computed from was, which is missing"
    ]


def test_one_thing_has_one_value_in_one_brief() -> None:
    about = {"subject": "utilised of the division", "period": "2024-25-Q2"}
    assert faults(fact("a", "2243.6", **about), fact("b", "2243.60", **about)) == []
    assert faults(fact("a", "2243.6", **about), fact("b", "2244", **about)) == [
        "facts a and b give two values for utilised of the division in 2024-25-Q2"
    ]
    assert len(faults(fact("a", "1", **about), fact("b", None, **about))) == 1


def test_a_brief_whose_arithmetic_does_not_hold_cannot_exist() -> None:
    brief = sample_brief()
    wrong = replace(brief.facts[0], operation="sum", inputs=(brief.facts[1].id,))
    with pytest.raises(ValueError, match="is not the sum of its inputs"):
        sample_brief(facts=(wrong, *brief.facts[1:]))


@pytest.mark.parametrize("field", ["label", "unit", "formula", "address", "subject", "scope"])
def test_a_fact_holds_no_character_that_misleads_a_console_or_a_page(field: str) -> None:
    about = {"period": "2024-25"} if field == "subject" else {}
    with pytest.raises(ValueError, match=r"U\+001B"):
        fact("a", **{field: "x\x1b[2J"}, **about)


def test_the_reason_of_a_restatement_holds_no_such_character_either() -> None:
    with pytest.raises(ValueError, match=r"U\+009B, remove it"):
        fact("f", restated={"fact": "before.f", "reason": "revised \u009b2J"})


def test_our_plain_number_is_not_passed_off_as_the_words_of_the_source() -> None:
    def printed(**printings: str) -> Fact:
        return fact("f", "2243.6", printings={"table": "2,243.600", "plain": "2,243.6"} | printings)

    assert printed(published="2 arab 24 crore 36 lakh").quotes
    assert not printed(published="2,243.6").quotes
    assert not printed().quotes


def test_a_sum_that_is_off_by_one_is_refused_however_large_it_is() -> None:
    many = fact("a", "2000000000"), fact("b", "3000000000")
    assert faults(*many, fact("t", "5000000000", operation="sum", inputs=("a", "b"))) == []
    for operation, inputs, wrong in (
        ("sum", ("a", "b"), "5000000001"),
        ("difference", ("b", "a"), "1000000001"),
        ("equal", ("a",), "2000000001"),
    ):
        assert len(faults(*many, fact("t", wrong, operation=operation, inputs=inputs))) == 1


def test_sums_of_very_long_numbers_are_exact() -> None:
    long = Decimal("123456789012345678901234567890.123456789012")
    assert computed("sum", [long, Decimal("0.000000000001")]) == Decimal(
        "123456789012345678901234567890.123456789013"
    )


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("2,243.600", "2243.6", "Rs million"), ("Rs 2,243.6 million", "2243.55", "Rs million"), ("9.4 %", "9.376071", "%"),
        ("4.5 %", "-4.5", "%"), ("\u22124.5", "-4.5", "%"), ("over 2,700", "2700", ""), ("Rs 450", "0.00045", "Rs million"),
        ("n.r.", "5", ""),
    ],
)  # fmt: skip
def test_a_printing_says_the_value_as_rounded(words: str, value: str, unit: str) -> None:
    assert fact("f", value, unit=unit, printings={"prose": words}).printings["prose"] == words


@pytest.mark.parametrize(
    ("words", "value"), [("Rs 1,111.6 million", "2243.6"), ("9.3 %", "9.376"), ("0", "0.6")]
)
def test_a_printing_that_says_another_number_is_refused(words: str, value: str) -> None:
    with pytest.raises(ValueError, match=rf"fact f prints “{words}” for {value}"):
        fact("f", value, printings={"prose": words})
    fact("f", value, printings={"published": words})  # a source says what it says
