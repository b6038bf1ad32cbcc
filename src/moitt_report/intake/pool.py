"""Many files read at once, in several processes; what comes back is in order, as if they had been read one by one.

A file that stops the process it is read in is a problem of that file; the others are read all the same.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from moitt_report.undisturbed import undisturbed

Job = TypeVar("Job")
Result = TypeVar("Result")

_AT_ONCE = 8


def each(
    work: Callable[..., Result],
    jobs: Sequence[Job],
    shared: tuple[Any, ...],
    workers: int,
    lost: Callable[[Job], Result],
) -> Iterator[Result]:
    """What `work(job, *shared)` gives for each of `jobs`, in order; `lost(job)` for one that ends its process.

    `work` is a function of a module, and everything given and returned can be pickled.
    """
    portions = [jobs[n : n + _AT_ONCE] for n in range(0, len(jobs), _AT_ONCE)]
    with _pool(workers, shared) as pool:
        running = [pool.submit(_portion, work, portion) for portion in portions]
        for portion, future in zip(portions, running, strict=True):
            done = _result(future)
            yield from done if done is not None else _alone(work, portion, shared, lost)


def _alone(
    work: Callable[..., Result], jobs: Sequence[Job], shared: tuple[Any, ...], lost: Callable[[Job], Result]
) -> Iterator[Result]:
    """One after the other, each in reach of a process that it alone can end."""
    pool = _pool(1, shared)
    for job in jobs:
        done = _result(pool.submit(_portion, work, [job]))
        if done is None:
            pool.shutdown()
            pool = _pool(1, shared)
        yield lost(job) if done is None else done[0]
    pool.shutdown()


def _result(future: "Future[list[Result]]") -> list[Result] | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _pool(workers: int, shared: tuple[Any, ...]) -> ProcessPoolExecutor:
    # Started anew, not forked: a fork of a program with threads may stand still for ever.
    return ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_keep, initargs=(shared,)
    )


_SHARED: tuple[Any, ...] = ()


def _keep(shared: tuple[Any, ...]) -> None:
    """Once in each process: what all jobs need."""
    global _SHARED  # noqa: PLW0603  a process of a pool has no other place
    _SHARED = shared


def _portion(work: Callable[..., Result], jobs: Sequence[Job]) -> list[Result]:
    with undisturbed():
        return [work(job, *_SHARED) for job in jobs]
