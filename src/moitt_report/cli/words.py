"""Words that several commands print."""


def counted(number: int, noun: str) -> str:
    """`1 filing`, `2 filings`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
