"""Work shared out among processes, with results in the order of the items or as they come."""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import multiprocessing.context
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.pool import IMapIterator
from typing import Any, TypeVar

Setup = TypeVar("Setup")
Item = TypeVar("Item")
Result = TypeVar("Result")

#: Below so many items a process costs more than it saves; one that is no fork has to load everything anew.
_FEWEST, _FEWEST_ANEW = 64, 1024
#: Garbage in circles is looked for so rarely (objects, and rounds of the younger ones): what a process makes of an item
#: is thousands of values, and few are in circles.
_RARELY = (20_000, 20, 20)


def default_jobs() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    make: Callable[[Setup], Callable[[Item], Result]],
    setup: Setup,
    items: Sequence[Item],
    jobs: int,
    fewest: int = 0,
) -> Generator[Result, None, None]:
    """Apply the function that `make(setup)` gives to every item.

    `make` runs once in each process; it is a function of a module, and `setup`, items and results can be pickled.
    With one job, or with fewer items than `fewest` (or than pay, where that is 0), everything happens in this process.
    """
    if jobs <= 1 or len(items) < max(2, fewest or _fewest()):
        yield from map(make(setup), items)
        return
    size = max(1, min(32, len(items) // (jobs * 4)))
    with _context().Pool(min(jobs, len(items)), _start, (make, setup)) as workers:
        yield from workers.imap(_call, items, chunksize=size)


def in_runs(
    make: Callable[[Setup], Callable[[Item], Result]],
    setup: Setup,
    items: Sequence[Item],
    jobs: int,
    fewest: int = 0,
) -> Generator[tuple[int, Result], None, None]:
    """As `each`, but every process takes neighbours as far as it can: what they have in common, it works out once.

    The results come as they are ready, each with the number of its item. Those that nobody has asked for yet are few,
    however many there will be.
    """
    if jobs <= 1 or len(items) < max(2, fewest or _fewest()):
        yield from enumerate(map(make(setup), items))
        return
    jobs, context = min(jobs, len(items)), _context()
    runs = _Runs(context, len(items), jobs)
    # Where the processes are forks, this one is one of those that work: one copy fewer of all that is known.
    here = context.get_start_method() == "fork"
    with context.Pool(jobs - here, _start_run, (make, setup, items, runs)) as workers:
        results = workers.imap_unordered(_call_next, range(runs.portions))
        if here:
            yield from _worked(make(setup), items, runs, results)
        for found in results:
            yield from found
            runs.room.release()


def _worked(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    runs: _Runs,
    results: IMapIterator[list[tuple[int, Result]]],
) -> Iterator[tuple[int, Result]]:
    """What this process does of a run of its own, and what the others have done by then."""
    runs.begin()
    while numbers := runs.take():
        for number in numbers:
            yield number, work(items[number])
        with contextlib.suppress(multiprocessing.TimeoutError, StopIteration):
            while True:
                yield from results.next(timeout=0)
                runs.room.release()


class _Runs:
    """What is left to do: for each process a run of neighbours, from which those that are done first take the end.

    `portions` is how often something can be taken at most. There is `room` for so many results that nobody has taken.
    """

    def __init__(self, context: multiprocessing.context.BaseContext, total: int, jobs: int) -> None:
        """All of the items."""
        self._size = max(1, min(16, total // (jobs * 8)))
        bounds = [total * number // jobs for number in range(jobs + 1)]
        self._left = context.Array("q", [*itertools.chain.from_iterable(itertools.pairwise(bounds)), 0])
        self._own = -1
        self.portions = sum(-(-(stop - start) // self._size) for start, stop in itertools.pairwise(bounds))
        self.room = context.Semaphore(jobs * 4)

    def begin(self) -> None:
        """Take over a run of one's own."""
        with self._left.get_lock():
            self._own = self._left[-1] % (len(self._left) // 2)
            self._left[-1] += 1

    def take(self) -> range:
        """The numbers of the next items."""
        with self._left.get_lock():
            left: list[int] = self._left[:-1]
            run = 2 * self._own
            if left[run] < left[run + 1]:
                start, stop = left[run], min(left[run] + self._size, left[run + 1])
                self._left[run] = stop
            else:
                run = max(range(0, len(left), 2), key=lambda at: left[at + 1] - left[at])
                start, stop = max(left[run], left[run + 1] - self._size), left[run + 1]
                self._left[run + 1] = start
        return range(start, stop)


def _fewest() -> int:
    return _FEWEST if _context().get_start_method() == "fork" else _FEWEST_ANEW


def _context() -> multiprocessing.context.BaseContext:
    """Forking shares what is loaded already, but only a process without threads may fork; a fork server may always."""
    if sys.platform != "linux":
        return multiprocessing.get_context()
    if threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["site_builder.producing"])
    return context


_worker: Callable[[Any], Any]


def _start(make: Callable[[Any], Callable[[Any], Any]], setup: object) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.enable()
    gc.freeze()  # looking through what was inherited costs time, and memory that is shared otherwise
    gc.set_threshold(*_RARELY)
    _worker = make(setup)


def _end_with_parent() -> None:
    """End this process when the one that began it is gone: it may be killed, and then nobody takes what is made here
    or gives back a lock."""
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _call(item: object) -> object:
    return _worker(item)


_items: Sequence[Any]
_runs: _Runs


def _start_run(
    make: Callable[[Any], Callable[[Any], Any]], setup: object, items: Sequence[object], runs: _Runs
) -> None:
    global _items, _runs
    _start(make, setup)
    _items, _runs = items, runs
    runs.begin()


def _call_next(_: int) -> list[tuple[int, Any]]:
    _runs.room.acquire()
    return [(number, _worker(_items[number])) for number in _runs.take()]
