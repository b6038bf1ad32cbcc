"""Money: exact rupees, read from the forms in which ministries and newspapers print them."""

import re
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, field_validator, model_serializer, model_validator

# South Asian and Western scales. A lakh is 10^5, a crore 10^7, an arab 10^9.
SCALES = {
    "thousand": Decimal(10) ** 3,
    "lakh": Decimal(10) ** 5,
    "lac": Decimal(10) ** 5,
    "million": Decimal(10) ** 6,
    "mn": Decimal(10) ** 6,
    "m": Decimal(10) ** 6,
    "crore": Decimal(10) ** 7,
    "billion": Decimal(10) ** 9,
    "bn": Decimal(10) ** 9,
    "arab": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
_CURRENCY = r"(?:Rs\.?|PKR|Rupees)"
_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
# ASCII: without it, letters that only look like ours ("mıllion", "thouſand") would pass.
_FLAGS = re.IGNORECASE | re.ASCII
_PART = re.compile(rf"({_NUMBER})\s*({_SCALE})s?\b", _FLAGS)
_PARTS = re.compile(rf"{_PART.pattern}(?:,?\s*{_PART.pattern})*", _FLAGS)
_WHOLE = re.compile(rf"({_NUMBER})(?:/-)?", re.ASCII)
_NEGATIVE = re.compile(r"[-\u2212]\s*(.+)|\(\s*(.+?)\s*\)")
# Commas between thousands, as in the West; or South Asian: the last three digits, then pairs. Nothing else.
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,2}(,\d{2})*,\d{3}(\.\d+)?|\d+(\.\d+)?")
# What is read is within these two and has at most 22 digits; Decimal's 28 hold every sum of it exactly.
_LARGEST = Decimal(10) ** 15
_LARGEST_SUM = Decimal(10) ** 21
_FINEST = Decimal(10) ** -6
_TOO_LARGE = "the amount is larger than a thousand trillion rupees: check the unit"
_LONGEST = 100
_MOST_DECIMALS = 12


class Money(BaseModel):
    """An amount in rupees, exact. `local` and `foreign` are its components where they are known.

    Made from text that names its unit ("Rs 2,243.6 million"), from a mapping with `local` and
    `foreign`, or from a Decimal number of rupees. Binary floats are refused: they are not exact.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rupees: Decimal
    local: Decimal | None = None
    foreign: Decimal | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _within({"rupees": parse_rupees(value)})
        if isinstance(value, dict):
            value = {k: v for k, v in value.items() if k != "address"}
            parts = {k: parse_rupees(v) if isinstance(v, str) else v for k, v in value.items()}
            whole = parts if "rupees" in parts else {**parts, "rupees": _total(parts)}
            return _within(whole) if any(isinstance(v, str) for v in value.values()) else whole
        if isinstance(value, Money):
            return value
        raise ValueError(_advice(value))

    @field_validator("rupees", "local", "foreign", mode="before")
    @classmethod
    def _exact(cls, value: Any) -> Any:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        raise ValueError(f"{value!r} is not an exact number; give text or a Decimal")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for amount in (self.rupees, self.local, self.foreign):
            if amount is None:
                continue
            if not amount.is_finite():
                raise ValueError("an amount of money is a finite number")
            if amount.copy_abs() > _LARGEST_SUM:
                raise ValueError(_TOO_LARGE)
            if amount != amount.quantize(_FINEST):
                raise ValueError("the amount is finer than a millionth of a rupee: check the unit")
        whole = self.local is not None and self.foreign is not None
        if whole and _both(self.local, self.foreign, 1) != self.rupees:
            raise ValueError(
                "the local and foreign components do not add up to the total: "
                f"{_written(self.local)} and {_written(self.foreign)} are not {_written(self.rupees)}"
            )
        return self

    @model_serializer(mode="plain", when_used="json")
    def written(self) -> str | dict[str, str]:
        """As its own reader takes it: text with its unit."""
        if self.local is None or self.foreign is None:
            return str(self)
        return {"local": str(Money(rupees=self.local)), "foreign": str(Money(rupees=self.foreign))}

    @property
    def million(self) -> Decimal:
        """The amount in Rs million, exact."""
        return self.rupees.scaleb(-6)

    def __add__(self, other: "Money") -> "Money":
        return Money(
            rupees=self.rupees + other.rupees,
            local=_both(self.local, other.local, 1),
            foreign=_both(self.foreign, other.foreign, 1),
        )

    def __sub__(self, other: "Money") -> "Money":
        return Money(
            rupees=self.rupees - other.rupees,
            local=_both(self.local, other.local, -1),
            foreign=_both(self.foreign, other.foreign, -1),
        )

    def __lt__(self, other: "Money") -> bool:
        return self.rupees < other.rupees

    def __str__(self) -> str:
        return _written(self.rupees)


def _written(rupees: Decimal | None) -> str:
    return "nothing" if rupees is None else f"Rs {rupees.scaleb(-6).normalize():,f} million"


def parse_rupees(text: str) -> Decimal:
    """The rupees in `text`: "Rs. 8.087 billion", "Rs2,658.713 million", "23 crore 50 lakh".

    Raises `ValueError` when the unit is missing or the number can be read in two ways.
    """
    words = re.sub(r"[\u00a0\u2009\u202f]", " ", text).strip()
    if len(words) > _LONGEST:
        raise ValueError(_advice(text))
    body, found = re.subn(rf"^{_CURRENCY}\s*", "", words, flags=_FLAGS)
    if not found:
        body, found = re.subn(r"\s*rupees$", "", words, flags=_FLAGS)
    negative = _NEGATIVE.fullmatch(body)
    sign, body = (-1, negative[1] or negative[2]) if negative else (1, body)
    if _PARTS.fullmatch(body):
        parts = _PART.findall(body)
        scales = [SCALES[scale.lower()] for _, scale in parts]
        if scales != sorted(scales, reverse=True) or len(set(scales)) != len(scales):
            raise ValueError(_advice(text))
        return sign * sum((_number(n, text) * s for (n, _), s in zip(parts, scales, strict=True)), Decimal(0))
    whole = _WHOLE.fullmatch(body)
    if found and whole:
        return sign * _number(whole[1], text)
    raise ValueError(_advice(text))


def _number(digits: str, text: str) -> Decimal:
    if not _GROUPED.fullmatch(digits) or len(digits.partition(".")[2]) > _MOST_DECIMALS:
        raise ValueError(_advice(text))
    return Decimal(digits.replace(",", ""))


def _within(parts: dict[str, Any]) -> dict[str, Any]:
    """What was read, where it is no larger than anyone reports. A sum of it may be."""
    if any(isinstance(amount, Decimal) and amount.copy_abs() > _LARGEST for amount in parts.values()):
        raise ValueError(_TOO_LARGE)
    return parts


def _total(parts: dict[str, Any]) -> Decimal:
    """The total of the two components, for when it is not given."""
    if parts.get("local") is None or parts.get("foreign") is None:
        raise ValueError("the total is missing: give “rupees”, or both “local” and “foreign”")
    for amount in (parts["local"], parts["foreign"]):
        if not isinstance(amount, Decimal) or not amount.is_finite():
            raise ValueError(_advice(amount))
    return Decimal(parts["local"] + parts["foreign"])


def _both(first: Decimal | None, second: Decimal | None, sign: int) -> Decimal | None:
    return None if first is None or second is None else first + sign * second


def _advice(value: object) -> str:
    words = str(value)
    shown = words if len(words) <= 60 else words[:57] + "…"
    return f"“{shown}” is not an amount of money with its unit, such as “Rs 2,658.713 million”"
