"""Room for words is measured before Word sets them."""

import pytest

from moitt_report.render.docx.measure import lines_of, width_of


def test_digits_are_as_wide_as_one_another() -> None:
    assert width_of("000", 10) == width_of("719", 10) == pytest.approx(15.21)


@pytest.mark.parametrize(
    ("words", "lines"),
    [("", 0), ("one", 1), ("one two", 1), ("one two three four", 2), ("W" * 80, 15)],
)
def test_words_go_to_the_next_line_whole_and_long_ones_are_broken(words: str, lines: int) -> None:
    assert lines_of(words, 10, 50) == lines
