"""The unit of money that the head of a column names."""

import functools
import re
from dataclasses import dataclass

from moitt_report.model.money import SCALES

_HEAD_WORD = re.compile(r"[^\W\d_]+|[$€£¥₨]|(?<![\d,.])000(?![\d,.])")
_RUPEES = {"rs", "₨", "pkr", "rupee", "rupees"}
_OTHER_MONEY = {
    "$", "€", "£", "¥", "us", "usd", "dollar", "dollars", "eur", "euro", "euros", "gbp", "pound", "pounds", "jpy", "yen",
    "cny", "rmb", "yuan", "aed", "sar", "inr",
}  # fmt: skip
_OF_NO_SCALE = {"in", "of", "only", "whole", "full", "total", "amount", "the"}
_ROUND = re.compile(r"\d(?:,0{2,3})*,000")
"""A round number in a head: “Rs 100,000” says another unit than rupees."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of bare numbers in a column of money."""

    words: str | None = None
    """The scale in words, such as “million”; empty for whole rupees; None when the head does not say plainly."""


@functools.lru_cache(maxsize=1_000)
def unit_of(head: str) -> Unit:
    """The unit of money that a head names, currency and scale wherever they stand: “Total (Rs, million)” is Rs million.

    Its `words` are None where it names another currency, several scales, or a word beside the currency that is neither.
    """
    words = _HEAD_WORD.findall(head.casefold())
    scales = [scale for word in words if (scale := _scale(word))]
    if not _OTHER_MONEY.isdisjoint(words) or _ROUND.search(head) or len({SCALES[s] for s in scales}) > 1:
        return Unit()
    if scales:
        return Unit(scales[0])
    if _RUPEES.isdisjoint(words):
        return Unit()
    bracket = head.casefold().partition("(")[2]
    first = min(n for n, word in enumerate(words) if word in _RUPEES)
    beside = _HEAD_WORD.findall(bracket) if bracket else words[first:]
    return Unit("") if _RUPEES.union(_OF_NO_SCALE).issuperset(beside) else Unit()


def _scale(word: str) -> str | None:
    """The scale that a word of a head is: million, of “millions”; thousand, of “000”."""
    if word == "000":
        return "thousand"
    return next((one for one in (word, word.removesuffix("s")) if one in SCALES), None)
