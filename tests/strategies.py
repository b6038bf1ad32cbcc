"""Values for properties: amounts, months, periods, readings, JSON. All figures are made up."""

import datetime as dt
import json
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from moitt_report.model.budget import Amount
from moitt_report.model.kpi import Absence, Reading
from moitt_report.model.money import Money
from moitt_report.model.period import Month, Period, fiscal_year, period_of, quarter

# Few enough to run at every save; without a deadline, for a busy machine is no fault of ours.
settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")

# --- money and numbers ----------------------------------------------------------------------------

paisas = st.integers(min_value=0, max_value=10**15)
"""Whole paisas: up to ten trillion rupees, so that sums of a hundred stay within the bounds of `Money`."""

rupees = paisas.map(lambda n: Decimal(n).scaleb(-2))
signed_rupees = st.integers(min_value=-(10**15), max_value=10**15).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def moneys(draw: st.DrawFn, *, parted: bool | None = None) -> Money:
    """An amount, with its components when `parted`, at random when that is None."""
    if draw(st.booleans()) if parted is None else parted:
        return Money.model_validate({"local": draw(rupees), "foreign": draw(rupees)})
    return Money(rupees=draw(rupees))


absences = st.sampled_from(Absence)
numbers = st.integers(min_value=-(10**12), max_value=10**12).map(lambda n: Decimal(n).scaleb(-3))
positive_numbers = st.integers(min_value=1, max_value=10**12).map(lambda n: Decimal(n).scaleb(-3))
numbers_or_absences = numbers | absences

# --- time -----------------------------------------------------------------------------------------

months = st.builds(Month, year=st.integers(1950, 2190), month=st.integers(1, 12))
fiscal_years = st.integers(1950, 2190).map(fiscal_year)
quarters = st.builds(quarter, st.integers(1950, 2190), st.integers(1, 4))


@st.composite
def ranges(draw: st.DrawFn) -> Period:
    """Any run of up to sixty months, in its most particular kind."""
    first = draw(months)
    return period_of(first, first.shifted(draw(st.integers(0, 59))))


@st.composite
def spans(draw: st.DrawFn) -> Period:
    """Two to six whole fiscal years."""
    start = draw(st.integers(1950, 2180))
    return period_of(fiscal_year(start).first, fiscal_year(start + draw(st.integers(1, 5))).last)


periods = fiscal_years | quarters | spans() | ranges()


# --- reports --------------------------------------------------------------------------------------

days = st.dates(dt.date(2024, 7, 1), dt.date(2025, 6, 30))
source_ids = st.sampled_from(["jang", "app", "profit", "dawn"])


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """One amount of one of a few sources, on a day of FY 2024-25."""
    value = draw(st.integers(0, 5).map(lambda n: Money(rupees=Decimal(n))) | absences)
    return Amount(amount=value, as_of=draw(days), source=draw(source_ids))


def reading(kpi: str, period: str, value: object, **more: object) -> Reading:
    """A reading, dated to the last day of its period unless `as_of` says otherwise."""
    parsed = Reading.model_validate(
        {"kpi": kpi, "period": period, "value": value, "as_of": dt.date(2024, 7, 1), "source": "jang", **more}
    )
    if "as_of" in more:
        return parsed
    return Reading.model_validate({**parsed.model_dump(), "as_of": parsed.period.last_day})


# --- JSON -----------------------------------------------------------------------------------------

json_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
)
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def json_texts(draw: st.DrawFn) -> str:
    """A JSON document in one of the layouts the standard library writes."""
    return json.dumps(
        draw(json_values), ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 0, 2]))
    )
