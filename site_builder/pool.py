"""Work shared out among processes, with results in the order of the items."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.context
import os
import signal
import sys
import threading
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
    size = max(1, min(32, len(items) // (jobs * 4)))
    with _context().Pool(jobs, _start, (make, setup)) as workers:
        yield from workers.imap(_call, items, chunksize=size)


def _context() -> multiprocessing.context.BaseContext:
    """Forking shares what is loaded already, but only a process without threads may fork; a fork server may always."""
    if sys.platform != "linux":
        return multiprocessing.get_context()
    if threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["site_builder.producing"])
    return context


def _start(make: Callable[[Any], Callable[[Any], Any]], setup: object) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer
    gc.enable()
    gc.freeze()  # looking through what was inherited costs time, and memory that is shared otherwise
    _worker = make(setup)


def _call(item: object) -> object:
    return _worker(item)
