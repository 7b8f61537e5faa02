"""The same inputs give the same bytes, and the output folder holds what the build made, whatever happened before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import output as outputs
from site_builder import pool
from site_builder.cache import Cache
from tests.site.built import ROOT, SITES, build

ARTICLES = 40


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _times(root: Path) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with so many texts that reading, rendering and drawing are shared out among processes."""
    content = tmp_path_factory.mktemp("large") / "content"
    _write(
        content / "site.yaml",
        "title: {ar: أرشيف, en: Archive}\nlanguages: [ar, en]\ndefault_language: ar\nbase_url: https://example.org/\n"
        "months: {ar: both}\ncalendars: {ar: [gregorian, hijri]}\n",
    )
    for number in range(ARTICLES):
        date = f"{2015 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}"
        shared = f"date: {date}\npeople: [p{number % 7}]\ntopics: [t{number % 5}]\n"
        head = f"---\ntitle: سجل رقم {number}\nsummary: خلاصة {number}\n{shared}---\n"
        _write(
            content / f"articles/a{number}/index.ar.md",
            f"{head}نص فيه [[p{number % 7}]] وكلمة Geneva.[^1]\n\n[^1]: حاشية.\n",
        )
        _write(
            content / f"articles/a{number}/index.en.md",
            f"---\ntitle: Record {number}\nsummary: S {number}\n---\nText with [[t{number % 5}]].\n",
        )
    for number in range(7):
        _write(content / f"people/p{number}.yaml", f"name: {{ar: شخص {number}, en: Person {number}}}\n")
    for number in range(5):
        _write(content / f"topics/t{number}.yaml", f"name: {{ar: موضوع {number}, en: Topic {number}}}\n")
    return content


def _command(content: Path, output: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "site_builder", "build", "--content", str(content), "--output", str(output), *more]


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def _run(content: Path, output: Path, *more: str, **environment: str) -> None:
    done = subprocess.run(
        _command(content, output, *more),
        env=_environment(**environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def warm(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `site`, built by two processes, and the `cache` that this build filled."""
    folder = tmp_path_factory.mktemp("warm")
    place = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "ar_SA.UTF-8", "LANG": "ar_SA.UTF-8"}
    _run(large, folder / "site", "--cache", str(folder / "cache"), "--jobs", "2", **place)
    return folder


@pytest.fixture
def cache(warm: Path, tmp_path: Path) -> Path:
    """A copy of the filled cache, so that fonts and cards need not be made again."""
    return Path(shutil.copytree(warm / "cache", tmp_path / "cache"))


def test_machine_and_processes_leave_no_trace(large: Path, warm: Path, cache: Path, tmp_path: Path) -> None:
    """Number of processes, hash seed, time zone, locale, working folder and cache change no byte."""
    assert 2 * ARTICLES >= pool._FEWEST, "too few texts to be shared out"
    one, cached = tmp_path / "one", tmp_path / "deeper" / "folder" / "cached"
    _run(large, one, "--fresh", "--jobs", "1", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C", LANG="C")
    place = {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8"}
    _run(large, cached, "--cache", str(cache), "--jobs", "2", **place)
    expected = _tree(one)
    assert len(expected) > 2 * pool._FEWEST
    assert not _differences(expected, _tree(warm / "site"))
    assert not _differences(expected, _tree(cached))


def test_cards_that_other_processes_find_are_kept(large: Path, cache: Path, tmp_path: Path) -> None:
    """A build of all pages leaves the cards for the next, whichever process looked for them."""

    def kept() -> set[str]:
        return {key for key, _ in Cache(cache).items("cards")}

    before = kept()
    _run(large, tmp_path / "site", "--cache", str(cache), "--jobs", "2")
    assert kept() == before != set()


def test_two_builds_at_once_do_not_mix(large: Path, cache: Path, tmp_path: Path) -> None:
    """Either both run one after the other, or one gives way; what is left is the whole of one."""
    target, alone = tmp_path / "site", {}
    for name in ("first", "second"):
        _run(large, tmp_path / name, "--cache", str(cache), "--base-url", f"https://{name}.example/")
        alone[name] = _tree(tmp_path / name)
    running = {}
    for name in alone:
        command = _command(large, target, "--cache", str(cache), "--base-url", f"https://{name}.example/")
        running[name] = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, text=True)
    said = {name: process.communicate(timeout=120)[0] for name, process in running.items()}
    assert 0 in [process.returncode for process in running.values()], said
    assert all(process.returncode == 0 or "another build" in said[name] for name, process in running.items()), said
    left = _tree(target)
    assert any(not _differences(left, whole) for whole in alone.values())


def test_a_killed_build_leaves_whole_files_and_the_next_one_mends(large: Path, cache: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "site", ("--cache", str(cache), "--base-url", "https://after.example/")
    _run(large, target, "--cache", str(cache))
    before = _tree(target)
    _run(large, tmp_path / "after", *elsewhere)
    after = _tree(tmp_path / "after")
    first = target / "ar" / "index.html"
    deadline = time.monotonic() + 60
    with subprocess.Popen(
        _command(large, target, *elsewhere), env=_environment(), stdout=subprocess.DEVNULL
    ) as process:
        while first.read_bytes() == before["ar/index.html"] and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        process.kill()
    own = {path: data for path, data in _tree(target).items() if not path.startswith(".site-")}
    assert not [path for path, data in own.items() if data not in (before.get(path), after.get(path))]
    _run(large, target, *elsewhere)
    assert not _differences(_tree(target), after)


# --- Builds after builds ---------------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small archive of one's own to edit, with its labels beside it."""
    shutil.copytree(SITES / "hebrew-and-russian", tmp_path / "archive")
    return tmp_path / "archive"


def _cached(archive: Path, output: Path) -> None:
    assert build(archive / "content", output, "--cache", str(archive.parent / "cache"), "--jobs", "1") == 0


def _fresh(archive: Path, output: Path) -> dict[str, bytes]:
    assert build(archive / "content", output, "--fresh", "--jobs", "1") == 0
    return _tree(output)


def test_a_second_build_touches_nothing(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    _cached(archive, site)
    before = _times(site)
    _cached(archive, site)
    assert _times(site) == before
    assert build(archive / "content", site, "--fresh") == 0  # without a cache all is rendered, and found the same
    assert _times(site) == before
    assert capsys.readouterr().out.count(" 0 files written") == 2


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(archive: Path) -> None:
        text = (archive / path).read_text("utf-8")
        assert old in text
        (archive / path).write_text(text.replace(old, new), "utf-8")

    return edit


def _remove(path: str) -> Callable[[Path], None]:
    return lambda archive: (archive / path).unlink()


EDITS: dict[str, Callable[[Path], None]] = {
    "a title": _replace("content/articles/agreement/index.ru.md", "Соглашение в Женеве", "Договор"),
    "a body": _replace("content/articles/agreement/index.he.md", "סוף.", "סוף אחר."),
    "a date": _replace("content/articles/moscow/index.ru.md", "2016-05-03", "2017-05-03"),
    "a name": _replace("content/people/sergey-lavrov.yaml", "Сергей Лавров", "С. В. Лавров"),
    "a new topic": lambda archive: _write(
        archive / "content/topics/talks.yaml", "name: {he: שיחות, ru: Переговоры}\nbroader: [truce]\n"
    ),
    "a new translation": lambda archive: _write(
        archive / "content/articles/moscow/index.he.md", "---\ntitle: פגישה במוסקבה\nsummary: תרגום.\n---\nטקסט.\n"
    ),
    "a text less": _remove("content/articles/agreement/index.ru.md"),
    "a label": _replace("templates/labels/ru.yaml", "Последние записи", "Новые записи"),
    "a template": lambda archive: _write(
        archive / "templates/partials/footer.html", "<footer>{{ frame.home }}</footer>\n"
    ),
    "a template less": _remove("templates/partials/footer.html"),
    "the order of languages": _replace("content/site.yaml", "[he, ru]", "[ru, he]"),
    "the published address": _replace("content/site.yaml", "https://example.org/", "https://example.org/elsewhere/"),
    "fallback pages": lambda archive: _write(
        archive / "content/site.yaml", (archive / "content/site.yaml").read_text("utf-8") + "fallback_pages: false\n"
    ),
    "an article less": lambda archive: shutil.rmtree(archive / "content/articles/moscow"),
}


def test_a_build_after_edits_equals_a_fresh_one(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    _cached(archive, site)
    last = _tree(site)
    for name, edit in EDITS.items():
        edit(archive)
        _cached(archive, site)
        now = _tree(site)
        assert now != last, f"{name}: the edit changes nothing"
        assert not _differences(now, _fresh(archive, tmp_path / f"fresh {name}")), name
        last = now


def test_damage_is_mended(archive: Path, tmp_path: Path) -> None:
    """What others changed or deleted in the output is as it was after the next build."""
    site = tmp_path / "site"
    _cached(archive, site)
    whole = _tree(site)
    (site / "he" / "index.html").write_text("changed", "utf-8")
    (site / "assets" / "site.css").unlink()
    shutil.rmtree(site / "ru" / "people")
    _cached(archive, site)
    assert not _differences(_tree(site), whole)


def test_files_of_others_are_never_removed(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    own = {
        ".gitignore": "*\n!.gitignore\n",
        "notes.txt": "mine",
        "ru/articles/moscow/own.html": "mine",
        "assets/own.css": "mine",
    }
    for path, text in own.items():
        _write(site / path, text)
    _cached(archive, site)
    shutil.rmtree(archive / "content" / "articles" / "moscow")
    _cached(archive, site)
    assert not (site / "ru/articles/moscow/index.html").exists()
    assert {path: (site / path).read_text("utf-8") for path in own} == own


def test_a_file_of_others_in_the_way_is_left_alone(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    _write(site / "robots.txt", "mine")
    assert build(archive / "content", site, "--fresh") == 1
    assert "robots.txt" in capsys.readouterr().out
    assert [path.name for path in site.rglob("*")] == ["robots.txt"]
    assert (site / "robots.txt").read_text("utf-8") == "mine"


def test_stale_files_and_their_folders_are_removed(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    _cached(archive, site)
    shutil.rmtree(archive / "content" / "articles" / "moscow")
    _cached(archive, site)
    assert not _differences(_tree(site), _fresh(archive, tmp_path / "fresh"))
    assert not [path for path in site.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_a_build_with_errors_leaves_the_last_good_one(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    _cached(archive, site)
    before, times = _tree(site), _times(site)
    _write(archive / "content" / "people" / "nobody.yaml", "name: {he: x}\n")
    assert build(archive / "content", site, "--fresh") == 1
    assert (_tree(site), _times(site)) == (before, times)


def test_a_busy_folder_is_left_alone(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    with outputs.opened(site):
        assert build(archive / "content", site, "--fresh") == 1
        assert not _tree(site)
    assert "another build" in capsys.readouterr().out


def test_the_repository_keeps_its_ignored_output_folder() -> None:
    """`build/` is in the repository with nothing but the file that keeps its content out."""
    assert (ROOT / "build" / ".gitignore").read_text("utf-8") == "*\n!.gitignore\n"
