from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

import pytest

from site_builder import cache as cache_module
from site_builder.cache import Cache, digest
from site_builder.problems import Location, error

VALUE = {"a": (error("code", "نص", Location("x", 1, 2)), frozenset({"b"}), None, 1.5)}
KEY = digest("key")


def _entry(root: Path) -> Path:
    return next(path for path in root.rglob("*") if path.is_file())


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    Cache(tmp_path).save("shelf", KEY, VALUE)
    Cache(tmp_path).put("shelf", digest("bytes"), b"data")
    assert Cache(tmp_path).load("shelf", KEY) == VALUE
    assert Cache(tmp_path).get("shelf", digest("bytes")) == b"data"
    assert Cache(tmp_path).load("other", KEY) is None


def test_digests_depend_on_every_part_and_its_bounds() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest(b"abc", "d")}) == 5
    assert digest("ab", b"c") == digest(b"ab", "c")


@pytest.mark.parametrize("cut", [0, 1, 15, 16, 17, -1])
def test_entries_that_are_cut_short_count_for_nothing(cut: int, tmp_path: Path) -> None:
    Cache(tmp_path).save("shelf", KEY, VALUE)
    path = _entry(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    assert Cache(tmp_path).load("shelf", KEY) is None


def test_entries_with_a_changed_bit_count_for_nothing(tmp_path: Path) -> None:
    Cache(tmp_path).save("shelf", KEY, VALUE)
    path = _entry(tmp_path)
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)
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
        b"not a pickle",
        b"",
    ],
)
def test_nothing_but_plain_values_of_this_package_is_unpickled(
    pickled: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Cache(tmp_path).put("shelf", KEY, pickled)
    assert Cache(tmp_path).load("shelf", KEY) is None
    assert capsys.readouterr().out == ""
    with pytest.raises((pickle.UnpicklingError, EOFError)):
        cache_module._Unpickler(io.BytesIO(pickled)).load()


def test_what_a_build_did_not_use_is_thrown_away(tmp_path: Path) -> None:
    first = Cache(tmp_path)
    first.put("shelf", digest("a"), b"a")
    first.put("shelf", digest("b"), b"b")
    first.put("other", digest("c"), b"c")
    second = Cache(tmp_path)
    second.get("shelf", digest("a"))
    second.collect(["shelf"])
    third = Cache(tmp_path)
    found = third.get("shelf", digest("a")), third.get("shelf", digest("b")), third.get("other", digest("c"))
    assert found == (b"a", None, b"c")


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
    (tmp_path / "shelf" / KEY[:2] / KEY[2:]).mkdir(parents=True)
    taken = Cache(tmp_path)
    taken.put("shelf", KEY, b"x")
    assert taken.get("shelf", KEY) is None
    Cache(tmp_path).collect(["shelf"])
