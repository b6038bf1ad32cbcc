"""Symbolic links, for the tests of what must not follow them."""

from pathlib import Path

import pytest


def link(place: Path, to: Path) -> None:
    """Put a link at `place`; where the system makes none, as Windows for most people, the test is skipped."""
    try:
        place.symlink_to(to)
    except OSError as fault:
        pytest.skip(f"this system makes no links: {fault}")
    if not place.is_symlink():
        pytest.skip("this system makes no links")
