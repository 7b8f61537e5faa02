from __future__ import annotations

import contextlib
import io
import pickle
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from site_builder import cache as cache_module
from site_builder.cache import Cache, digest
from site_builder.problems import Location, error

VALUE = {"a": (error("code", "نص", Location("x", 1, 2)), frozenset({"b"}), None, 1.5)}
KEY = digest("key")


def _filled(root: Path, key: str = KEY) -> Path:
    """A cache that holds VALUE, closed: its file."""
    with Cache(root).closing() as cache:
        cache.save("shelf", key, VALUE)
    return root / "kept.sqlite"


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    _filled(tmp_path)
    with Cache(tmp_path).closing() as cache:
        cache.put("shelf", digest("bytes"), b"data")
    assert Cache(tmp_path).load("shelf", KEY) == VALUE
    assert Cache(tmp_path).get("shelf", digest("bytes")) == b"data"
    assert Cache(tmp_path).load("other", KEY) is None


def test_another_process_finds_what_was_committed(tmp_path: Path) -> None:
    with Cache(tmp_path).closing() as cache:
        cache.save("shelf", KEY, VALUE)
        cache.commit()
        assert pickle.loads(pickle.dumps(cache)).load("shelf", KEY) == VALUE


def test_digests_depend_on_every_part_and_its_bounds() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest(b"abc", "d")}) == 5
    assert digest("ab", b"c") == digest(b"ab", "c")


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_short_counts_for_nothing_and_is_begun_anew(part: float, tmp_path: Path) -> None:
    path = _filled(tmp_path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    with Cache(tmp_path).closing() as cache:
        assert cache.load("shelf", KEY) in (None, VALUE)
        cache.save("shelf", KEY, VALUE)
        cache.save("shelf", digest("more"), VALUE)
    assert Cache(tmp_path).load("shelf", digest("more")) in (None, VALUE)
    _filled(tmp_path)
    assert Cache(tmp_path).load("shelf", KEY) == VALUE, "at the latest the second time"


@pytest.mark.parametrize("data", [b"", b"not a database", bytes(8192), b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_foreign_file_is_replaced(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite").write_bytes(data)
    _filled(tmp_path)
    assert Cache(tmp_path).load("shelf", KEY) == VALUE


def test_a_database_of_another_make_is_replaced(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite")) as other:
        other.execute("CREATE TABLE kept (a)")
    _filled(tmp_path)
    assert Cache(tmp_path).load("shelf", KEY) == VALUE


def test_entries_with_a_changed_bit_count_for_nothing(tmp_path: Path) -> None:
    path = _filled(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as file:
        ((value,),) = file.execute("SELECT value FROM kept").fetchall()
        damaged = bytes([*value[:-5], value[-5] ^ 1, *value[-4:]])
        file.execute("UPDATE kept SET value = ?", (damaged,))
        file.commit()
    assert Cache(tmp_path).load("shelf", KEY) is None


class _Runs:
    def __reduce__(self) -> tuple[Any, ...]:
        return (print, ("run",))


@pytest.mark.parametrize(
    "pickled",
    [
        pickle.dumps(_Runs()),
        b"csite_builder.cache\nos.getcwd\n(tR.",
        b"\x80\x04\x8c\x12site_builder.cache\x8c\x09os.getcwd\x93)R.",
        b"\x80\x04\x8c\x12site_builder.cache\x8c\x06digest\x93)R.",
        b"\x80\x04\x8c\x12site_builder.cache\x8c\x04Path\x93)R.",
        b"cbuiltins\neval\n(V1\ntR.",
        b"cbuiltins\ngetattr\n(cbuiltins\ntuple\nV__class__\ntR.",
        b"cbuiltins\ngetattr\n(csite_builder.cache\nCache\nV__new__\ntR.",
        b"not a pickle",
        b"",
    ],
)
def test_nothing_but_plain_values_of_this_package_is_unpickled(
    pickled: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Cache(tmp_path).closing() as cache:
        cache.put("shelf", KEY, pickled)
    assert Cache(tmp_path).load("shelf", KEY) is None
    assert capsys.readouterr().out == ""
    with pytest.raises((pickle.UnpicklingError, EOFError)):
        cache_module._Unpickler(io.BytesIO(pickled)).load()


def test_what_a_build_did_not_use_is_thrown_away(tmp_path: Path) -> None:
    with Cache(tmp_path).closing() as first:
        for shelf, name in ("shelf", "a"), ("shelf", "b"), ("shelf", "d"), ("other", "c"):
            first.put(shelf, digest(name), name.encode())
    with Cache(tmp_path).closing() as second:
        second.get("shelf", digest("a"))
        second.use("shelf", [digest("d")])
        second.collect(["shelf"])
    third = Cache(tmp_path)
    found = [third.get(shelf, digest(name)) for shelf, name in (("shelf", "a"), ("shelf", "b"), ("other", "c"))]
    assert found == [b"a", None, b"c"]
    assert third.get("shelf", digest("d")) == b"d"


def test_without_a_folder_nothing_is_kept() -> None:
    none = Cache(None)
    none.put("shelf", KEY, b"x")
    none.collect(["shelf"])
    assert none.get("shelf", KEY) is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = Cache(tmp_path / "file")
    blocked.put("shelf", KEY, b"x")
    blocked.collect(["shelf"])
    assert blocked.get("shelf", KEY) is None
    (tmp_path / "kept.sqlite").mkdir()
    taken = Cache(tmp_path)
    taken.put("shelf", KEY, b"x")
    assert taken.get("shelf", KEY) is None
    Cache(tmp_path).collect(["shelf"])
