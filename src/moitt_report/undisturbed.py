"""Work on very many objects without a search for garbage in between."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for garbage meanwhile: a long table is a million objects that are all in use, and
    looking through them again and again takes longer than reading or setting them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
