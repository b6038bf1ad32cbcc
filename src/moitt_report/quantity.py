"""A number and what it counts, as one says it."""


def in_words(number: str, unit: str) -> str:
    """A printed number with its unit: `1 person`, `2 persons`, `Rs 12 billion`, `US$ 330 million`."""
    currency, _, scale = unit.partition(" ")
    if currency in {"Rs", "US$"}:
        return f"{currency} {number} {scale}".strip()
    if number == "1":
        unit = f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")
    return f"{number} {unit}".strip()
