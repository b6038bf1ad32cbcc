"""Work on very many objects with the garbage collector paused."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Pause the garbage collector: a long table is a million objects, all of them in use, and
    searching them again and again takes longer than reading or setting them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
