"""Work shared out among processes, with results in the order of the items."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Setup = TypeVar("Setup")
Item = TypeVar("Item")
Result = TypeVar("Result")

#: Below so many items a process costs more than it saves.
_FEWEST = 64
_worker: Callable[[Any], Any]


def default_jobs() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    make: Callable[[Setup], Callable[[Item], Result]],
    setup: Setup,
    items: Sequence[Item],
    jobs: int,
    fewest: int = _FEWEST,
) -> Iterator[Result]:
    """Apply the function that `make(setup)` gives to every item.

    `make` runs once in each process; it is a function of a module, and `setup`, items and results can be pickled.
    With one job, or with fewer items than `fewest`, everything happens in this process.
    """
    if jobs <= 1 or len(items) < fewest:
        yield from map(make(setup), items)
        return
    # Forking shares what is loaded already; where it is not safe (macOS, Windows) the default start method is used.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux" else None
    context = multiprocessing.get_context(method)
    size = max(1, min(32, len(items) // (jobs * 4)))
    with context.Pool(jobs, _start, (make, setup)) as workers:
        yield from workers.imap(_call, items, chunksize=size)


def _start(make: Callable[[Any], Callable[[Any], Any]], setup: object) -> None:
    global _worker
    _worker = make(setup)


def _call(item: object) -> object:
    return _worker(item)
