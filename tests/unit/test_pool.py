from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from site_builder.pool import default_jobs, each, in_runs
from tests.site.built import ROOT


def _adder(number: int) -> Callable[[int], tuple[int, int]]:
    return lambda item: (item + number, os.getpid())


def _failing(_: None) -> Callable[[int], int]:
    return lambda item: 1 // item


def _slow_at_first(_: None) -> Callable[[int], int]:
    def work(item: int) -> int:
        time.sleep(0.02 if item < 50 else 0)
        return os.getpid()

    return work


def _leaving_traces(folder: str) -> Callable[[int], None]:
    return lambda item: (Path(folder) / str(item)).touch()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_are_in_the_order_of_the_items(jobs: int) -> None:
    results = list(each(_adder, 10, list(range(200)), jobs, fewest=1))
    assert [result for result, _ in results] == list(range(10, 210))
    assert (os.getpid() in {process for _, process in results}) == (jobs == 1)


def test_a_few_items_need_no_process() -> None:
    assert list(each(_adder, 1, [1, 2], 4)) == [(2, os.getpid()), (3, os.getpid())]
    assert list(each(_adder, 1, [], 4)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_are_raised_here(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(each(_failing, None, [1, 0, 1], jobs, fewest=1))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("total", [1, 2, 7, 200])
def test_every_item_is_done_once_by_whoever_has_its_neighbours(jobs: int, total: int) -> None:
    results = list(in_runs(_adder, 10, list(range(total)), jobs, fewest=1))
    assert sorted((number, result) for number, (result, _) in results) == [(at, at + 10) for at in range(total)]
    processes = {process for _, (_, process) in results}
    assert len(processes) <= jobs
    assert jobs > 1 or processes == {os.getpid()}


def test_who_is_done_first_helps_the_others() -> None:
    results = list(in_runs(_slow_at_first, None, list(range(100)), 2, fewest=1))
    of_process = dict(results)
    assert of_process[0] != of_process[99] == of_process[49], "of the first half, the end is done by the other process"


def test_a_process_with_threads_leaves_the_work_to_others() -> None:
    with mock.patch("threading.active_count", return_value=2):
        results = list(in_runs(_slow_at_first, None, list(range(50)), 2, fewest=1))
    assert os.getpid() not in {process for _, process in results}


_WORKS_TOO = """
import gc, os
from tests.unit.test_pool import _slow_at_first, in_runs
if __name__ == "__main__":
    gc.disable()
    results = dict(in_runs(_slow_at_first, None, list(range(50)), 2, fewest=1))
    assert sorted(results) == list(range(50))
    print(os.getpid() in results.values(), len({*results.values()}), gc.isenabled())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are no forks here")
def test_a_process_without_threads_works_too() -> None:
    """One of two, then: the other is a fork."""
    assert _run(_WORKS_TOO) == "True 2 False\n"


def _run(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def test_results_wait_until_they_are_asked_for(tmp_path: Path) -> None:
    results = in_runs(_leaving_traces, str(tmp_path), list(range(2000)), 2, fewest=1)
    next(results)
    time.sleep(0.5)
    assert len(list(tmp_path.iterdir())) < 500
    assert len(list(results)) == 1999


#: A process that asks for the first of many results, tells which processes work, and takes no more.
_ASKS_ONCE = """
import multiprocessing, time
from tests.unit.test_pool import _leaving_traces
from site_builder.pool import in_runs
if __name__ == "__main__":
    results = in_runs(_leaving_traces, {folder!r}, list(range(2000)), 3, fewest=1)
    next(results)
    time.sleep(0.5)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no list of processes here")
def test_no_process_outlives_who_asked(tmp_path: Path) -> None:
    """Not even those that wait for room which nobody will make any more."""
    code = _ASKS_ONCE.format(folder=str(tmp_path))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        workers = process.stdout.readline().split()
        process.kill()
    assert len(workers) == 2
    last = time.monotonic() + 20
    while left := [pid for pid in workers if _runs(pid)]:
        assert time.monotonic() < last, left
        time.sleep(0.05)


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_in_a_run_are_raised_here(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_runs(_failing, None, [1, 0, 1], jobs, fewest=1))


def test_there_is_a_processor() -> None:
    assert default_jobs() >= 1
