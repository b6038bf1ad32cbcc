"""A few hundred damaged files, the same each time; `python dev.py fuzz` goes on for ten minutes with others."""

from pathlib import Path

import pytest
from fuzz import one, seeds


@pytest.fixture(scope="module")
def sound() -> dict[str, list[bytes]]:
    return seeds()


@pytest.mark.parametrize("portion", range(8))
def test_a_damaged_file_gives_problems_and_no_traceback(
    portion: int, sound: dict[str, list[bytes]], tmp_path: Path
) -> None:
    for seed in range(portion * 40, portion * 40 + 40):
        one(seed, tmp_path, sound)
