"""How wide words will be in Word, nearly: the advance widths of Calibri's bold, the wider face.

Word sets the type, not we. The widths only decide how much room names and labels are given.
"""

_FIRST = 32
_THOUSANDTHS = (
    226, 326, 438, 498, 507, 729, 705, 233, 312, 312, 498, 498, 258, 306, 267, 430, 507, 507, 507,
    507, 507, 507, 507, 507, 507, 507, 276, 276, 498, 498, 498, 463, 898, 606, 561, 529, 630, 488,
    459, 637, 631, 267, 331, 547, 423, 874, 659, 676, 532, 686, 563, 473, 495, 653, 591, 906, 551,
    520, 478, 325, 430, 325, 498, 498, 300, 494, 537, 418, 537, 503, 316, 474, 537, 246, 255, 480,
    246, 813, 537, 538, 537, 537, 355, 399, 347, 537, 473, 745, 459, 474, 397, 344, 475, 344, 498,
)  # fmt: skip
"""Of the characters from the space to the tilde, in thousandths of the size."""
_OTHER = 560
_ADVANCES = {chr(_FIRST + n): each for n, each in enumerate(_THOUSANDTHS)} | {"\u00a0": _THOUSANDTHS[0]}


def width_of(words: str, size: float) -> float:
    """The width of `words` in one line, in points."""
    return sum([_ADVANCES.get(letter, _OTHER) for letter in words]) * size / 1000


def lines_of(words: str, size: float, width: float) -> int:
    """The number of lines of `words` in `width` points; a word too long for a line is broken."""
    if not words:
        return 0
    space = width_of(" ", size)
    lines, used = 1, 0.0
    for word in words.split(" "):
        each = width_of(word, size)
        if used and used + space + each > width:
            lines, used = lines + 1, 0.0
        elif used:
            used += space
        used += each
        if used > width > 0:
            lines, used = lines + int(used // width), used % width
    return lines
