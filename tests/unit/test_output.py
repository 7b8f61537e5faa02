from __future__ import annotations

import contextlib
import os
import threading
import zlib
from pathlib import Path

import pytest

from site_builder import output as output_module
from site_builder.output import MANIFEST, BusyError, make_ready, opened


def _build(root: Path, files: dict[str, bytes]) -> tuple[int, int]:
    """What a build does with its output: numbers of files written and removed."""
    with opened(root) as output:
        output.announce(files)
        written = sum(output.write(path, data) for path, data in files.items())
        return written, output.finish(set(files))


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert _build(tmp_path / "site", {"a/index.html": b"a", "b.html": b"b"}) == (2, 0)
    before = (tmp_path / "site/b.html").stat()
    assert _build(tmp_path / "site", {"a/index.html": b"A", "b.html": b"b"}) == (1, 0)
    after = (tmp_path / "site/b.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_is_no_longer_made_goes_with_its_empty_folders(tmp_path: Path) -> None:
    _build(tmp_path, {"a/b/index.html": b"a", "c.html": b"c"})
    assert _build(tmp_path, {"c.html": b"c"}) == (0, 1)
    assert _files(tmp_path) == {"c.html": b"c", MANIFEST: b"c.html\n"}
    assert not (tmp_path / "a").exists()


def test_where_all_is_taken_back_nothing_stays(tmp_path: Path) -> None:
    with opened(tmp_path) as output:
        output.announce(["a/index.html", "b.html"])
        output.write("a/index.html", b"a")
        output.finish(set())
    assert list(tmp_path.iterdir()) == []


def test_files_of_others_stay(tmp_path: Path) -> None:
    _build(tmp_path, {"a/index.html": b"a"})
    (tmp_path / "a/mine.txt").write_text("mine")
    (tmp_path / "CNAME").write_text("mine")
    _build(tmp_path, {"b.html": b"b"})
    assert set(_files(tmp_path)) == {"a/mine.txt", "CNAME", "b.html", MANIFEST}


def test_files_of_others_in_the_way_are_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with opened(tmp_path) as output:
        found = output.foreign({"index.html", "other.html"}, ["index.html"])
    assert [problem.code for problem in found] == ["foreign-file"]
    assert found[0].location.path.endswith("index.html")
    _build(tmp_path, {"own.html": b""})
    with opened(tmp_path) as output:
        assert output.foreign({"own.html"}, ["own.html"]) == []


def test_two_builds_at_once_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if output_module.fcntl is None:
        pytest.skip("no locks here")
    monkeypatch.setattr(output_module, "_PATIENCE", 0.1)
    with opened(tmp_path), pytest.raises(BusyError), opened(tmp_path):
        pass
    with opened(tmp_path):
        pass


def test_a_folder_is_waited_for_a_while(tmp_path: Path) -> None:
    """Whoever is killed leaves processes that hold the folder a moment longer."""
    if output_module.fcntl is None:
        pytest.skip("no locks here")
    with contextlib.ExitStack() as stack:
        stack.enter_context(opened(tmp_path))
        threading.Timer(0.3, stack.pop_all().close).start()
        with opened(tmp_path) as output:
            assert output.write("a.html", b"a")
    assert _files(tmp_path) == {"a.html": b"a"}


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), opened(tmp_path) as output:
        output.announce(["a.html", "b.html"])
        output.write("a.html", b"a")
        raise RuntimeError
    scratch = tmp_path / ".site-scratch"
    scratch.mkdir(exist_ok=True)
    (scratch / "file").write_bytes(b"half a fi")
    assert _build(tmp_path, {"c.html": b"c"}) == (1, 2)
    assert set(_files(tmp_path)) == {"c.html", MANIFEST}


def test_what_waits_is_put_in_its_place_or_thrown_away(tmp_path: Path) -> None:
    _build(tmp_path, {"a.html": b"a", "b.html": b"b"})
    with opened(tmp_path) as output:
        output.prepare()
        same, other = (make_ready(str(tmp_path), "a.html", data, str(data)) for data in (b"a", b"A"))
        assert same == ("", 1, (tmp_path / "a.html").stat().st_mtime_ns, zlib.crc32(b"a"))
        assert not output.place("a.html", same)
        assert (tmp_path / "a.html").read_bytes() == b"a"
        assert output.place("a.html", other)
        make_ready(str(tmp_path), "b.html", b"B", "never placed")
    assert _files(tmp_path) == {"a.html": b"A", "b.html": b"b", MANIFEST: b"a.html\nb.html\n"}
    assert (tmp_path / "a.html").stat().st_mtime_ns == other.time


def test_a_file_that_is_known_to_differ_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _build(tmp_path, {"a.html": b"a"})
    time = (tmp_path / "a.html").stat().st_mtime_ns
    read = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or b"a")
    with opened(tmp_path) as output:
        output.prepare()
        for data, left, looks in (
            (b"b", (1, time, zlib.crc32(b"a")), False),
            (b"a", (1, time, zlib.crc32(b"a")), True),
            (b"a", (1, time - 1, zlib.crc32(b"b")), True),
            (b"b", None, True),
        ):
            read.clear()
            assert bool(make_ready(str(tmp_path), "a.html", data, "x", left).waiting) == (data == b"b")
            assert bool(read) == looks


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _build(tmp_path, {"a.html": b"old"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with opened(tmp_path) as output:
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", full)
            with pytest.raises(OSError, match="No space"):
                output.write("a.html", b"new")
        assert (tmp_path / "a.html").read_bytes() == b"old"


def test_a_link_in_the_output_leads_no_file_out(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/ar").symlink_to(tmp_path / "outside")
    with opened(tmp_path / "site") as output, pytest.raises(OSError, match="leads out"):
        output.write("ar/index.html", b"x")
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("line", ["../outside.txt", "/etc/outside.txt", "a/../../outside.txt"])
def test_a_forged_list_of_files_removes_nothing_outside(line: str, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("mine")
    site = tmp_path / "site"
    site.mkdir()
    (site / MANIFEST).write_text(f"{line}\n")
    assert _build(site, {"a.html": b"a"}) == (1, 0)
    assert (tmp_path / "outside.txt").exists()


def test_a_damaged_list_of_files_is_as_none(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe")
    assert _build(tmp_path, {"a.html": b"a"}) == (1, 0)
