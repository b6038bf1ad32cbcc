"""The garbage collector is paused where it would only search, and is as it was afterwards."""

import gc
from contextlib import suppress

import pytest

from moitt_report.undisturbed import importing, undisturbed


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize("paused", [undisturbed, importing])
@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_it_was_afterwards(paused, was_on):
    (gc.enable if was_on else gc.disable)()
    paused_on = True
    with suppress(KeyError), paused():
        paused_on = gc.isenabled()
        raise KeyError
    assert not paused_on
    assert gc.isenabled() is was_on


def test_what_an_import_made_is_counted_among_the_old():
    gc.collect()
    with importing():
        made = [[] for _ in range(5_000)]
    old = {id(one) for one in gc.get_objects(generation=2)}
    assert id(made) in old
    assert gc.get_freeze_count() == 0


def test_what_somebody_else_put_aside_stays_there():
    theirs: list[None] = []
    gc.freeze()
    with importing():
        pass
    # by itself, not by how many there are: what else was put aside may end meanwhile
    assert id(theirs) not in {id(one) for one in gc.get_objects()}


def test_what_is_dropped_while_undisturbed_is_found_soon():
    class Circle:
        def __init__(self):
            self.self = self

    gc.collect()
    with undisturbed():
        for _ in range(5_000):
            Circle()
    more = [[] for _ in range(5_000)]
    assert len(more) == 5_000
    assert not [one for one in gc.get_objects() if isinstance(one, Circle)]
