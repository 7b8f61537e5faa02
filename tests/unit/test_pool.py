from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.pool import default_jobs, each, in_runs


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
    assert (os.getpid() in {process for _, (_, process) in results}) == (jobs == 1)


def test_who_is_done_first_helps_the_others() -> None:
    results = list(in_runs(_slow_at_first, None, list(range(100)), 2, fewest=1))
    of_process = dict(results)
    assert of_process[0] != of_process[99] == of_process[49], "of the first half, the end is done by the other process"


def test_results_wait_until_they_are_asked_for(tmp_path: Path) -> None:
    results = in_runs(_leaving_traces, str(tmp_path), list(range(2000)), 2, fewest=1)
    next(results)
    time.sleep(0.5)
    assert len(list(tmp_path.iterdir())) < 500
    assert len(list(results)) == 1999


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_in_a_run_are_raised_here(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_runs(_failing, None, [1, 0, 1], jobs, fewest=1))


def test_there_is_a_processor() -> None:
    assert default_jobs() >= 1
