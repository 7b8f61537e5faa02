from __future__ import annotations

from typing import Any

from site_builder.kept import Kept, changed, part_of, parts_for, whole

VALUES = {("person", f"p{number}"): number for number in reversed(range(200))}
PARTS = 4


class _Loaded:
    def __init__(self) -> None:
        self.numbers: list[int] = []

    def __call__(self, number: int) -> Any:
        self.numbers.append(number)
        if number == PARTS:
            return tuple(VALUES)
        return {key: value for key, value in VALUES.items() if part_of(key, PARTS) == number}


def test_only_what_is_looked_up_is_loaded_and_only_once() -> None:
    loaded = _Loaded()
    kept = Kept[Any, int](loaded, PARTS)
    key = ("person", "p7")
    assert loaded.numbers == []
    assert kept[key] == 7
    assert key in kept
    assert kept.get(("person", "nobody")) is None or len(loaded.numbers) == 2
    assert loaded.numbers.count(part_of(key, PARTS)) == 1


def test_the_order_is_kept_and_changes_are_seen_in_the_new_one_alone() -> None:
    kept = Kept[Any, int](_Loaded(), PARTS)
    other = changed(changed(kept, {("person", "p3"): -3}), {("person", "p5"): -5})
    assert list(kept) == list(other) == list(whole(other)) == list(VALUES)
    assert dict(kept) == whole(kept) == VALUES
    assert whole(other) == dict(other) == {**VALUES, ("person", "p3"): -3, ("person", "p5"): -5}
    assert isinstance(other, Kept)
    number = part_of(("person", "p3"), PARTS)
    assert other.part(number)["person", "p3"] == -3
    assert kept.part(number)["person", "p3"] == 3


def test_a_dictionary_is_changed_likewise() -> None:
    assert changed({"a": 1, "b": 2}, {"b": 3}) == {"a": 1, "b": 3}


def test_few_items_are_one_part_and_parts_are_bounded() -> None:
    assert parts_for(0) == parts_for(63) == 1
    assert parts_for(10_000_000) == 256
