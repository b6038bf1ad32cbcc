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


@contextmanager
def importing() -> Iterator[None]:
    """Pause the garbage collector during imports. What modules are made of stays, so it is counted among the old
    without being searched, which would take a thirtieth of the time of a small command.
    """
    with undisturbed():
        yield
        if not gc.get_freeze_count():  # else somebody has put objects aside, and they would come back
            gc.freeze()
            gc.unfreeze()
