"""ReportLab without Pillow, until somebody wants a picture.

ReportLab imports Pillow whenever it is imported. Our files hold no pictures, and with the libraries it brings along
Pillow takes as long to load as two pages to set.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def pillow_put_off() -> Iterator[None]:
    """What says `from PIL import Image` meanwhile gets a stand-in, which loads Pillow when it is first used.

    Changes nothing where Pillow is loaded already or is not there. Afterwards whoever imports Pillow gets Pillow.
    """
    if "PIL.Image" in sys.modules:
        yield
        return
    try:
        package: Any = import_module("PIL")
    except ModuleNotFoundError:
        yield  # ReportLab itself will say what it lacks
        return
    stand_in: Any = ModuleType("PIL.Image")
    stand_in.__getattr__ = lambda name: getattr(import_module("PIL.Image"), name)
    package.Image = stand_in
    try:
        yield
    finally:
        if package.Image is stand_in:
            del package.Image
