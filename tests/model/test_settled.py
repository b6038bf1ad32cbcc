"""Which version of an allocation stands for it, and what it goes before the others for. All figures are ILLUSTRATIVE."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moitt_report.model.agency_return import Choice
from moitt_report.model.budget import ASKED, Allocation, AllocationKind
from moitt_report.model.settled import Precedence, Settled, settle_allocation

JULY, OCTOBER, DECEMBER = "2024-07-01", "2024-10-01", "2024-12-31"


def version(kind: str, crore: int, day: str = JULY, source: str = "s") -> Allocation:
    given_words = {"kind": kind, "amount": f"Rs {crore} crore", "as_of": day, "source": source}
    return Allocation.model_validate(given_words)


def choose(source: str) -> Choice:
    return Choice.model_validate(
        {"figure": "allocation", "period": "Jul-Dec FY2024-25", "source": source, "reason": "It is signed."}
    )


def settled(
    *versions: Allocation, choice: Choice | None = None, proposals: bool = False
) -> Settled[Allocation]:
    found = settle_allocation(versions, choice, proposals=proposals)
    assert found is not None
    return found


def test_a_demand_is_never_the_allocation() -> None:
    assert settle_allocation([version("demand", 90)], proposals=True) is None
    assert settle_allocation([version("demand", 90, source="x")], choose("x"), proposals=True) is None
    assert settled(version("demand", 90, DECEMBER), version("budget", 50)).used.kind == "budget"


def test_a_demand_is_no_rival_of_the_allocation() -> None:
    assert settled(version("demand", 90), version("budget", 50)).others == ()


def test_a_proposal_stands_only_where_it_may_and_nothing_else_does() -> None:
    assert settle_allocation([version("proposed", 60)]) is None
    assert settled(version("proposed", 60), proposals=True).used.kind == "proposed"
    assert (
        settled(version("proposed", 60, DECEMBER), version("budget", 50), proposals=True).used.kind
        == "budget"
    )


def test_a_revised_allocation_replaces_that_of_the_budget_however_late_the_budget_was_printed() -> None:
    found = settled(version("budget", 50, DECEMBER), version("revised", 40, OCTOBER))
    assert found.used.kind == "revised"
    assert found.precedence == (Precedence.REVISED,)


@pytest.mark.parametrize(("day", "used"), [(JULY, "revised"), (DECEMBER, "not stated")])
def test_a_version_whose_kind_is_not_stated_ranks_by_its_date(day: str, used: str) -> None:
    found = settled(version("not stated", 50, day), version("revised", 40, OCTOBER))
    assert found.used.kind == used
    assert found.precedence == (Precedence.LATEST,)


def test_of_versions_of_one_date_the_first_listed_is_used_and_nothing_else_is_claimed() -> None:
    found = settled(version("not stated", 50), version("budget", 40))
    assert found.used.kind == "not stated"
    assert found.precedence == (Precedence.FIRST,)


def test_a_choice_goes_before_all() -> None:
    found = settled(version("budget", 50, source="b"), version("revised", 40, DECEMBER), choice=choose("b"))
    assert (found.used.kind, found.reason, found.precedence) == (
        "budget",
        "It is signed.",
        (Precedence.CHOSEN,),
    )


versions = st.builds(
    version,
    st.sampled_from([kind.value for kind in AllocationKind]),
    st.integers(1, 5),
    st.sampled_from([JULY, OCTOBER, DECEMBER]),
    st.sampled_from(["s", "t"]),
)


@given(st.lists(versions, max_size=6))
def test_what_is_used_differs_from_each_rival_and_goes_before_it_for_a_true_reason(
    listed: list[Allocation],
) -> None:
    found = settle_allocation(listed)
    assert (found is None) == all(v.kind in ASKED for v in listed)
    if found is None:
        return
    assert bool(found.others) == bool(found.precedence)
    for other in found.others:
        assert other.amount != found.used.amount
        replaced = other.kind == "budget" and any(v.kind == "revised" for v in listed)
        assert replaced or found.used.as_of >= other.as_of
