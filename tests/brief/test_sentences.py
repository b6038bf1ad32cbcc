"""What page 1 says of money and exports is true for every mixture of figures, noughts and absences."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import moitt_report
from moitt_report.brief.content import Brief, Paragraph, blocks, plain
from moitt_report.model.agency_return import AgencyReturn

REGISTERS = moitt_report.load_registers()
QUARTERLY = moitt_report.load_outline("quarterly")
AMOUNTS = ("Rs 80 million", "Rs 40 million", "Rs 0 million", "not reported", "not yet due", None)
STAGES = ("authorised", "released", "utilised")


def composed(**parts: object) -> Brief:
    """The quarterly brief of an ILLUSTRATIVE return of the ministry."""
    filed = {"agency": "moitt", "period": "2024-25-Q2", "sources": [{"id": "made-up", "publisher": "Nobody"}]}
    return moitt_report.compose(
        moitt_report.assemble((AgencyReturn.model_validate(filed | parts),), REGISTERS), QUARTERLY
    )


def paragraphs(brief: Brief) -> list[str]:
    return [
        plain(b.runs).replace("\u00a0", " ") for b in blocks(brief) if isinstance(b, Paragraph) and b.number
    ]


def amounts(amount: str | None, **more: object) -> list[dict[str, object]]:
    return [{"amount": amount, "as_of": "2024-12-31", "source": "made-up"} | more] if amount else []


def of_money(given: dict[str, str | None]) -> str:
    budget = {"period": "Jul-Dec FY2024-25", "covers": "Everything"} | {s: amounts(given[s]) for s in STAGES}
    budget["allocations"] = amounts(given["allocation"], kind="budget")
    return paragraphs(composed(budgets=[budget]))[0]


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(("allocation", *STAGES), st.sampled_from(AMOUNTS))))
def test_nothing_that_is_reported_is_called_unreported(given: dict[str, str | None]) -> None:
    said = of_money(given)
    for name, amount in given.items():
        if amount and amount.startswith("Rs"):
            for missing in (f"{name} not ", f"{name} is not ", f"amount {name} is not "):
                assert missing not in said, (given, said)
    if all(amount and amount.startswith("Rs") for amount in given.values()):
        assert "not reported" not in said


@pytest.mark.parametrize("absence", ["not reported", "not yet due", "not applicable"])
def test_an_absence_is_told_as_what_it_is(absence: str) -> None:
    given = {
        "allocation": "Rs 80 million",
        "authorised": absence,
        "released": None,
        "utilised": "Rs 40 million",
    }
    assert f"The amount authorised is {absence}." in of_money(given)


def of_exports(now: str | None, then: str | None, target: str | None) -> str:
    def reading(value: str, period: str, as_of: str) -> dict[str, str]:
        kpi = {"kpi": "it-export-remittances", "scope": "in period", "source": "made-up"}
        return kpi | {"value": value, "period": period, "as_of": as_of}

    readings = [reading(now, "Jul-Dec FY2024-25", "2024-12-31")] if now else []
    readings += [reading(then, "Jul-Dec FY2023-24", "2023-12-31")] if then else []
    aims = [{"kpi": "it-export-remittances", "period": "FY 2024-25", "value": target, "as_of": "2024-07-31", "source": "made-up"}]  # fmt: skip
    return paragraphs(composed(readings=readings, targets=aims if target else []))[1]


@pytest.mark.parametrize("target", ["3500", None])
@pytest.mark.parametrize("then", ["1454", "2000", "1000", "0", None])
@pytest.mark.parametrize("now", ["1454", "0", None])
def test_the_sentence_on_exports_is_true(now: str | None, then: str | None, target: str | None) -> None:
    said = of_exports(now, then, target)
    assert ("not reported" in said or "not on record" in said) <= (None in {now, then, target})
    assert ("target of the year is" in said) <= (target is None)
    assert ("a year before are" in said) <= (then is None)
    if now and then:
        difference = Decimal(now) - Decimal(then)
        assert ("rose" in said) <= (difference > 0)
        assert ("fell" in said) <= (difference < 0)
