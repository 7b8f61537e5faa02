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
from collections.abc import Callable, Iterator, Sequence
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
) -> Iterator[Result]:
    """Apply the function that `make(setup)` gives to every item.

    `make` runs once in each process; it is a function of a module, and `setup`, items and results can be pickled.
    With one job, or with fewer items than `fewest` (or than pay, where that is 0), everything happens in this process.
    """
    if jobs <= 1 or len(items) < (fewest or _fewest()):
        yield from map(make(setup), items)
        return
    early: dict[int, list[Result]] = {}
    number = 0
    for start, found in _portions(make, setup, items, jobs, runs=1):
        early[start] = found
        while number in early:
            results = early.pop(number)
            number += len(results)
            yield from results


def in_runs(
    make: Callable[[Setup], Callable[[Item], Result]],
    setup: Setup,
    items: Sequence[Item],
    jobs: int,
    fewest: int = 0,
) -> Iterator[tuple[int, Result]]:
    """As `each`, but every process takes neighbours as far as it can: what they have in common, it works out once.

    The results come as they are ready, each with the number of its item. Those that nobody has asked for yet are few,
    however many there will be.
    """
    if jobs <= 1 or len(items) < (fewest or _fewest()):
        yield from enumerate(map(make(setup), items))
        return
    for start, found in _portions(make, setup, items, jobs, runs=jobs):
        yield from enumerate(found, start)


def _portions(
    make: Callable[[Setup], Callable[[Item], Result]], setup: Setup, items: Sequence[Item], jobs: int, runs: int
) -> Iterator[tuple[int, list[Result]]]:
    """The results of some neighbours, with the number of the first of them, and so on until all are done.

    Where each has a run of neighbours, and they are forks, this process has one too: it need not be copied once more.
    (What a process learns by heart is gone with it: with a run for all, this one stays as small as it is. And where
    they are no forks, this one has threads that want to go on.)
    """
    context = _context()
    left = _Runs(context, len(items), jobs, runs)
    here = runs > 1 and context.get_start_method() == "fork"
    with context.Pool(jobs - here, _start, (make, setup, items, left)) as workers:
        results = workers.imap_unordered(_call_next, range(left.portions))
        if here:
            yield from _worked(make, setup, items, left, results)
        for found in results:
            left.room.release()
            yield found


def _worked(
    make: Callable[[Setup], Callable[[Item], Result]],
    setup: Setup,
    items: Sequence[Item],
    left: _Runs,
    results: IMapIterator[tuple[int, list[Result]]],
) -> Iterator[tuple[int, list[Result]]]:
    """The portions that this process does, and those of the others that are ready by then."""
    with _collecting():
        work = make(setup)
        left.begin()
        while numbers := left.take():
            yield numbers.start, [work(items[number]) for number in numbers]
            with contextlib.suppress(multiprocessing.TimeoutError, StopIteration):
                while True:
                    found = results.next(timeout=0)
                    left.room.release()
                    yield found


@contextlib.contextmanager
def _collecting() -> Iterator[None]:
    on, thresholds = gc.isenabled(), gc.get_threshold()
    _collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        if not on:
            gc.disable()


def _collect_rarely() -> None:
    """Look for garbage, but never through what is known already: that costs time, and memory that is shared else."""
    gc.freeze()
    gc.set_threshold(*_RARELY)
    gc.enable()


class _Runs:
    """What is left to do: runs of neighbours, one that all processes share or one for each, from which those that are
    done first take the end.

    `portions` is how often something can be taken at most. There is `room` for so many results that nobody has taken.
    """

    def __init__(self, context: multiprocessing.context.BaseContext, total: int, jobs: int, runs: int) -> None:
        """All of the items."""
        self._size = max(1, min(16, total // (jobs * 8)))
        bounds = [total * number // runs for number in range(runs + 1)]
        self._left = context.Array("q", [*itertools.chain.from_iterable(itertools.pairwise(bounds)), 0])
        self._own = -1
        self.portions = sum(-(-(stop - start) // self._size) for start, stop in itertools.pairwise(bounds))
        self.room = context.Semaphore(jobs * 4)

    def begin(self) -> None:
        """Take over a run."""
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


_work: Callable[[Any], Any]
_items: Sequence[Any]
_runs: _Runs


def _start(make: Callable[[Any], Callable[[Any], Any]], setup: object, items: Sequence[object], runs: _Runs) -> None:
    global _work, _items, _runs
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer
    _collect_rarely()
    _work, _items, _runs = make(setup), items, runs
    runs.begin()


def _call_next(_: int) -> tuple[int, list[Any]]:
    while not _runs.room.acquire(timeout=0.5):
        parent = multiprocessing.parent_process()
        if parent and not parent.is_alive():
            raise SystemExit  # nobody will make room any more
    numbers = _runs.take()
    return numbers.start, [_work(_items[number]) for number in numbers]
