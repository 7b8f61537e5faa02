"""Builds that are killed, run out of disk or find something in their way; and caches, clocks and names of all sorts.

Each leaves whole files, and the next build gives the right bytes; or the build stops with a clear message.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple
from unittest import mock

import pytest

from site_builder import fonts, pipeline
from tests.archives import write_archive
from tests.site.built import ROOT

ARTICLES = 24
KILLS = 16
FULL = 9
#: No font is so small: those are left in the cache, since other processes would cut real ones.
SMALL = 20_000
OTHER = "https://after.example/"
_OWN = ".site-"


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes, but for what the builder keeps there for itself."""
    files = (path for path in root.rglob("*") if path.is_file())
    named = {path.relative_to(root).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(_OWN)}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


class Builder:
    """Builds one archive by the command line, with a cache of its own."""

    def __init__(self, content: Path, cache: Path) -> None:
        self.content, self.cache = content, cache

    def start(self, output: Path, *more: str, **popen: Any) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "site_builder", "build", "--content", str(self.content), "--jobs", "2"]
        return subprocess.Popen(
            [*command, "--output", str(output), "--cache", str(self.cache), *more],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **popen,
        )

    def run(self, output: Path, *more: str, **popen: Any) -> tuple[int, str]:
        """Exit status, and what was said."""
        with self.start(output, *more, **popen) as process:
            said = process.communicate(timeout=120)[0]
            return process.returncode, said

    def good(self, output: Path, base_url: str | None = None) -> dict[str, bytes]:
        """The site of a build that has to succeed. It runs in this process, which saves the start of another."""
        options = pipeline.Options(content=self.content, output=output, cache=self.cache, base_url=base_url)
        report = pipeline.build(options)
        assert report.done, report.problems
        return tree(output)


def _write(content: Path) -> None:
    files = {"people/p.yaml": "name: {ar: شخص, en: Person}\n", "topics/t.yaml": "name: {ar: موضوع, en: Topic}\n"}
    for number in range(ARTICLES):
        head = f"date: 2016-05-{number % 28 + 1:02}\npeople: [p]\ntopics: [t]\n"
        files[f"articles/a{number}/index.ar.md"] = (
            f"---\ntitle: سجل {number}\nsummary: خلاصة\n{head}---\nنص {number}.\n"
        )
        files[f"articles/a{number}/index.en.md"] = f"---\ntitle: Record {number}\nsummary: S\n---\nText {number}, x.\n"
    write_archive(content.parent, files)


@pytest.fixture(scope="module", autouse=True)
def fonts_at_once() -> Iterator[None]:
    """Fonts take long to cut; here they are cut in no time, and larger than all else that a cache keeps."""
    with mock.patch.object(fonts, "subset", lambda face: face.file_name.encode().ljust(2 * SMALL)):
        yield


@pytest.fixture(scope="module")
def warm(fonts_at_once: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, `content`, and a `cache` in which the fonts are."""
    folder = tmp_path_factory.mktemp("warm")
    _write(folder / "content")
    Builder(folder / "content", folder / "cache").good(folder / "site")
    return folder


@pytest.fixture
def builder(warm: Path, tmp_path: Path) -> Builder:
    """A builder of a copy of that archive, with a copy of the filled cache."""
    for name in ("content", "cache"):
        shutil.copytree(warm / name, tmp_path / name)
    return Builder(tmp_path / "content", tmp_path / "cache")


# --- Killed, and out of room -----------------------------------------------------------------------------------------

#: Builds as the command line does, but something happens at the n-th of the calls that change the disk: with `kill` the
#: process is killed right after it (a file just opened is empty then), with `full` it and all that follow fail. With n
#: below zero nothing happens but that the number of calls is printed at the end.
_AT_A_CALL = """
import builtins, errno, io, os, signal, sys
what, at, count = sys.argv.pop(1), int(sys.argv.pop(1)), 0
def watched(real):
    def call(*args, **more):
        global count
        count += 1
        number = count
        if what == "full" and 0 <= at < number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))
        try:
            return real(*args, **more)
        finally:
            if what == "kill" and number == at:
                os.kill(os.getpid(), signal.SIGKILL)
    return call
def opening(real):
    writing = watched(real)
    def call(file, mode="r", *args, **more):
        return (writing if isinstance(mode, str) and set(mode) & set("wax+") else real)(file, mode, *args, **more)
    return call
builtins.open = io.open = opening(io.open)
os.fdopen = opening(os.fdopen)
for name in ("write", "replace", "rename", "mkdir", "unlink", "rmdir", "link", "truncate", "ftruncate"):
    setattr(os, name, watched(getattr(os, name)))
from site_builder.cli import main
status = main()
print("calls", count)
sys.exit(status)
"""


def _at_a_call(builder: Builder, site: Path, what: str, call: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _AT_A_CALL, what, str(call), "build", "--content", str(builder.content)]
    return subprocess.run(
        [*command, "--jobs", "1", "--output", str(site), "--cache", str(builder.cache), "--base-url", OTHER],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


class Moments(NamedTuple):
    """A site before and after a build of it, and numbers of calls spread over that build."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: list[int]


def _moments(builder: Builder, site: Path, number: int) -> Moments:
    builder.good(site.with_name("counted"))
    done = _at_a_call(builder, site.with_name("counted"), "kill", -1)
    calls = re.search(r"^calls (\d+)$", done.stdout, re.MULTILINE)
    assert calls, done.stdout + done.stderr
    after = tree(site.with_name("counted"))
    before = builder.good(site)
    assert differing(before, after)
    last = int(calls[1])
    draw = random.Random(number)
    return Moments(before, after, [1, 2, 3, *sorted(draw.sample(range(4, last), number - 4)), last])


def _check_left(left: dict[str, bytes], moments: Moments) -> None:
    """Each file is there, and is as before or as after."""
    assert sorted(left) == sorted(moments.before)
    assert [p for p, data in left.items() if data not in (moments.before.get(p), moments.after.get(p))] == []


def test_killed_at_a_call(builder: Builder, tmp_path: Path) -> None:
    """Whole files are left, each as before or as after, and the next build mends the rest."""
    site = tmp_path / "site"
    moments = _moments(builder, site, KILLS)
    killed = 0
    for call in moments.calls:
        builder.good(site)
        done = _at_a_call(builder, site, "kill", call)
        killed += done.returncode == -signal.SIGKILL
        _check_left(tree(site), moments)
        assert not differing(builder.good(site, OTHER), moments.after)
    assert killed > KILLS / 2


@pytest.mark.parametrize("kill", [os.killpg, os.kill])
def test_killed_at_any_time(builder: Builder, tmp_path: Path, kill: Callable[[int, int], None]) -> None:
    """The same of a build in several processes: all are killed, or only the first of them."""
    site = tmp_path / "site"
    moments = Moments(builder.good(site), builder.good(tmp_path / "after", OTHER), [])
    begun = time.monotonic()
    assert builder.run(tmp_path / "timed", "--base-url", OTHER)[0] == 0
    lasts = time.monotonic() - begun
    for part in (0.4, 0.6, 0.75, 0.9):
        builder.good(site)
        with builder.start(site, "--base-url", OTHER) as process:
            time.sleep(part * lasts)
            with contextlib.suppress(ProcessLookupError):  # it was done before
                kill(process.pid, signal.SIGKILL)
        _check_left(tree(site), moments)
        assert not differing(builder.good(site, OTHER), moments.after)


def test_the_disk_is_full(builder: Builder, tmp_path: Path) -> None:
    """A cache that cannot be written costs nothing; what a site lacks is told."""
    site = tmp_path / "site"
    moments = _moments(builder, site, FULL)
    stopped = 0
    for call in (0, *moments.calls):
        builder.good(site)
        done = _at_a_call(builder, site, "full", call)
        assert "Traceback" not in done.stderr
        if done.returncode:
            stopped += 1
            assert done.returncode == 1
            assert os.strerror(errno.ENOSPC) in done.stderr
        else:
            assert not differing(tree(site), moments.after)
        _check_left(tree(site), moments)
        assert not differing(builder.good(site, OTHER), moments.after)
    assert stopped > FULL / 2


def _limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.parametrize("size", [0, 700, 20_000])
def test_no_file_may_be_so_large(builder: Builder, tmp_path: Path, size: int) -> None:
    """The system refuses to write more than some bytes of a file: half of it may be there by then."""
    site = tmp_path / "site"
    moments = Moments(builder.good(site), builder.good(tmp_path / "after", OTHER), [])
    status, said = builder.run(site, "--base-url", OTHER, preexec_fn=_limited(size))
    assert "Traceback" not in said
    if status:
        assert status == 1, said
        told = (os.strerror(errno.EFBIG), "cannot be kept", "No usable temporary directory")
        assert any(words in said for words in told), said
    else:
        assert size > max(map(len, moments.after.values())) or not differing(tree(site), moments.after)
    _check_left(tree(site), moments)
    assert not differing(builder.good(site, OTHER), moments.after)


# --- Things in the way -----------------------------------------------------------------------------------------------


def _in_the_way(site: Path) -> list[tuple[str, Path]]:
    return [("folder", site / "en/people/p/index.html"), ("file", site / "en/people")]


@pytest.mark.parametrize("which", [0, 1])
def test_something_of_another_kind_is_in_the_way(builder: Builder, tmp_path: Path, which: int) -> None:
    """A folder where a page has to go, or a file where a folder has to be."""
    site = tmp_path / "site"
    expected = builder.good(site)
    kind, place = _in_the_way(site)[which]
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    if kind == "folder":
        place.mkdir()
        (place / "mine.txt").write_text("mine")
    else:
        place.write_text("mine")
    status, said = builder.run(site, "--base-url", OTHER)
    assert status == 1
    assert str(place.relative_to(site)) in said
    assert "Traceback" not in said
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert not differing(builder.good(site), expected)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written(builder: Builder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    expected = builder.good(site)
    (site / "en").chmod(0o500)
    try:
        status, said = builder.run(site, "--base-url", OTHER)
    finally:
        (site / "en").chmod(0o700)
    assert status == 1
    assert "Traceback" not in said
    assert not differing(builder.good(site), expected)


# --- Caches ----------------------------------------------------------------------------------------------------------


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _shortened(file: Path, draw: random.Random) -> None:
    file.write_bytes(file.read_bytes()[: draw.randrange(file.stat().st_size or 1)])


def _garbage(file: Path, draw: random.Random) -> None:
    file.write_bytes(draw.randbytes(draw.randrange(5000)))


def _some_bits(file: Path, draw: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(100 if data else 0):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    file.write_bytes(data)


def _emptied(file: Path, _draw: random.Random) -> None:
    file.write_bytes(b"")


def _a_folder(file: Path, _draw: random.Random) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("harm", [_shortened, _garbage, _some_bits, _emptied, _a_folder])
def test_a_spoilt_cache(
    warm: Path, builder: Builder, tmp_path: Path, harm: Callable[[Path, random.Random], None], seed: int
) -> None:
    """It is as if what is spoilt had never been kept; what it says of the output is not believed either."""
    site = tmp_path / "site"
    expected = builder.good(tmp_path / "expected", OTHER)
    builder.good(site)
    draw = random.Random(seed)
    spoilt = _files(builder.cache)
    assert spoilt
    for file in spoilt:
        harm(file, draw)
    assert not differing(builder.good(site, OTHER), expected)
    assert not differing(builder.good(site, OTHER), expected)


def test_a_cache_of_another_version(builder: Builder, tmp_path: Path) -> None:
    """A builder whose source differs by one comment does not use what this one kept."""
    changed = tmp_path / "other"
    for name in ("site_builder", "templates"):
        shutil.copytree(ROOT / name, changed / name, ignore=shutil.ignore_patterns("__pycache__"))
    source = changed / "site_builder" / "reading" / "markdown.py"
    source.write_text(
        source.read_text("utf-8").replace('"<sup', '"<sup data-other="1"') + "\n# another version\n", "utf-8"
    )
    render = changed / "site_builder" / "render.py"
    render.write_text(
        render.read_text("utf-8").replace('text.encode("utf-8")', '(text + "<!-- x -->").encode("utf-8")'), "utf-8"
    )
    site = tmp_path / "site"
    builder.good(site)
    command = [sys.executable, "-m", "site_builder", "build", "--content", str(builder.content), "--jobs", "1"]
    done = subprocess.run(
        [*command, "--output", str(site), "--cache", str(builder.cache)],
        env={**os.environ, "PYTHONPATH": str(changed)},
        cwd=changed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path: data for path, data in tree(site).items() if path.endswith(".html")}
    assert [path for path, data in pages.items() if not data.endswith(b"<!-- x -->")] == []
    assert not differing(builder.good(site), builder.good(tmp_path / "again"))


def test_a_cache_that_cannot_be_written(builder: Builder, tmp_path: Path) -> None:
    """The cache costs the build nothing but time, whatever stands where it should be."""
    expected = builder.good(tmp_path / "expected")
    shutil.rmtree(builder.cache)
    builder.cache.write_text("a file")
    assert not differing(builder.good(tmp_path / "site"), expected)
    assert builder.cache.read_text() == "a file"


def test_the_cache_does_not_grow_for_ever(builder: Builder, tmp_path: Path) -> None:
    """What a hundred edits leave behind is collected."""
    builder.good(tmp_path / "site")
    before = sum(file.stat().st_size for file in _files(builder.cache))
    article = builder.content / "articles/a1/index.en.md"
    for number in range(6):
        article.write_text(article.read_text("utf-8") + f"\nMore, {number}.\n", "utf-8")
        builder.good(tmp_path / "site")
    assert sum(file.stat().st_size for file in _files(builder.cache)) < before * 1.1 + 20_000


# --- Clocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, 86_400, 4 * 10**9])
def test_a_clock_that_jumps(builder: Builder, tmp_path: Path, seconds: int) -> None:
    """Times of files tell nothing: an edited file may be older than the build, or from the future."""
    site = tmp_path / "site"
    builder.good(site)
    article = builder.content / "articles/a3/index.en.md"
    article.write_text(article.read_text("utf-8").replace("Text 3", "Words 3"), "utf-8")
    for file in _files(builder.content):
        os.utime(file, (seconds, seconds))
    left = builder.good(site)
    assert b"Words 3" in left["en/articles/a3/index.html"]
    assert not differing(left, builder.good(tmp_path / "fresh"))


def test_an_edit_that_keeps_size_and_time(builder: Builder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    builder.good(site)
    edited = {"articles/a3/index.en.md": ("Text 3, x", "Text 3, y"), "people/p.yaml": ("Person", "Nosrep")}
    for path, (old, new) in edited.items():
        file = builder.content / path
        stat = file.stat()
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert (file.stat().st_size, file.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
    left = builder.good(site)
    assert b"Text 3, y" in left["en/articles/a3/index.html"]
    assert b"Nosrep" in left["en/people/p/index.html"]


def test_a_template_edit_that_keeps_size_and_time(builder: Builder, tmp_path: Path) -> None:
    site, own = tmp_path / "site", builder.content.parent / "templates"
    own.mkdir()
    theme = (ROOT / "templates/base.html").read_text("utf-8")
    (own / "base.html").write_text(theme.replace("</body>", "<p>x</p></body>"), "utf-8")
    builder.good(site)
    stat = (own / "base.html").stat()
    (own / "base.html").write_text(theme.replace("</body>", "<p>y</p></body>"), "utf-8")
    os.utime(own / "base.html", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert b"<p>y</p>" in builder.good(site)["en/articles/a3/index.html"]


# --- Two at once -----------------------------------------------------------------------------------------------------


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """An output folder that another build holds."""
    site = tmp_path / "site"
    code = "import sys; from pathlib import Path; from site_builder.output import opened\n"
    code += "with opened(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(site)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        said: IO[str] | None = process.stdout
        assert said is not None
        assert said.readline() == "held\n"
        yield site
        process.communicate()


def test_a_second_build_says_that_the_first_is_busy(builder: Builder, held: Path) -> None:
    status, said = builder.run(held)
    assert status == 1
    assert "another build is writing to this folder" in said
    assert str(held) in said
    assert tree(held) == {}


def test_two_builds_share_a_cache(builder: Builder, tmp_path: Path) -> None:
    """Each has its own output; neither spoils what the other keeps."""
    expected = builder.good(tmp_path / "expected")
    for file in _files(builder.cache):
        if file.stat().st_size < SMALL:
            file.unlink()
    running = [builder.start(tmp_path / name) for name in ("one", "two")]
    for process in running:
        with process:
            said = process.communicate(timeout=120)[0]
            assert process.returncode == 0, said
    for name in ("one", "two"):
        assert not differing(tree(tmp_path / name), expected)
    assert not differing(builder.good(tmp_path / "three"), expected)


# --- Names -----------------------------------------------------------------------------------------------------------


def _article(content: Path, slug: str) -> Path:
    folder = content / "articles" / slug
    folder.mkdir(parents=True)
    (folder / "index.en.md").write_text(f"---\ntitle: {slug[:20]}\nsummary: S\ndate: 2016\n---\nText.\n", "utf-8")
    return folder


def test_names_as_long_as_may_be(builder: Builder, tmp_path: Path) -> None:
    """An id of 255 letters, the most that file systems take, is written, kept and removed like others."""
    folder = _article(builder.content, "a" * 255)
    (folder / ("b" * 251 + ".png")).write_bytes(b"picture")
    site = tmp_path / "site"
    left = builder.good(site)
    assert f"en/articles/{'a' * 255}/index.html" in left
    assert f"files/articles/{'a' * 255}/{'b' * 251}.png" in left
    assert not differing(builder.good(site), left)
    shutil.rmtree(folder)
    assert not [path for path in builder.good(site) if "aaa" in path]


def test_an_old_address_too_long_for_a_file(builder: Builder, tmp_path: Path) -> None:
    """It is a problem of the content, told with its place, and no fault of the system in the midst of writing."""
    article = builder.content / "articles/a0/index.en.md"
    parts = "/".join("x" * 120 for _ in range(40))
    article.write_text(
        article.read_text("utf-8").replace("summary: S", f"summary: S\nredirect_from: [/{parts}/]"), "utf-8"
    )
    site = tmp_path / "site"
    status, said = builder.run(site)
    assert status == 1
    assert "articles/a0/index.en.md:4" in said, said
    assert tree(site) == {}


def test_names_that_differ_in_case_alone(builder: Builder, tmp_path: Path) -> None:
    """Where a file system takes them for one, one would overwrite the other: the build says so."""
    folder = builder.content / "articles" / "a1"
    (folder / "Map.png").write_bytes(b"one")
    (folder / "map.png").write_bytes(b"other")
    if len(list(folder.glob("*.png"))) < 2:
        pytest.skip("this file system takes them for one")
    status, said = builder.run(tmp_path / "site")
    assert status == 1
    assert "Map.png" in said
    assert tree(tmp_path / "site") == {}


def test_old_addresses_that_differ_in_case_alone(builder: Builder, tmp_path: Path) -> None:
    for number, old in ((0, "/Old/"), (1, "/old/")):
        article = builder.content / f"articles/a{number}/index.en.md"
        text = article.read_text("utf-8").replace("summary: S", f"summary: S\nredirect_from: [{old}]")
        article.write_text(text, "utf-8")
    status, said = builder.run(tmp_path / "site")
    assert status == 1
    assert "address" in said
    assert tree(tmp_path / "site") == {}
