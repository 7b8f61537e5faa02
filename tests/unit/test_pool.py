from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from site_builder.pool import default_jobs, each


def _adder(number: int) -> Callable[[int], tuple[int, int]]:
    return lambda item: (item + number, os.getpid())


def _failing(_: None) -> Callable[[int], int]:
    return lambda item: 1 // item


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


def test_there_is_a_processor() -> None:
    assert default_jobs() >= 1
