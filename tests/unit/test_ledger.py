from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from site_builder import pipeline
from site_builder.cache import Cache
from site_builder.kept import Kept
from site_builder.ledger import Ledger, Stamps
from site_builder.plan import Page
from tests.archives import write_archive

ARTICLES = 200


def _article(number: int, text: str) -> str:
    return f"---\ntitle: Record {number}\nsummary: S\ndate: 2016-05-01\n---\n{text}\n"


@pytest.fixture
def options(tmp_path: Path) -> pipeline.Options:
    """An archive that was built once."""
    texts = {f"articles/a{number}/index.en.md": _article(number, "Text.") for number in range(ARTICLES)}
    write_archive(tmp_path, texts)
    made = pipeline.Options(
        content=tmp_path / "content", output=tmp_path / "site", cache=tmp_path / "cache", search="never"
    )
    with mock.patch("site_builder.fonts.subset", lambda face: face.file_name.encode()):
        assert pipeline.build(made).done
    _age(made)
    assert pipeline.build(made).done
    return made


def _age(options: pipeline.Options) -> None:
    """Let what was just written have been written some time ago, as far as builds can see."""
    real = Stamps.__init__

    def begun(stamps: Stamps, root: Path) -> None:
        real(stamps, root)
        stamps._begun += 10**9

    mock.patch.object(Stamps, "__init__", begun).start()


@pytest.fixture(autouse=True)
def _end() -> Any:
    yield
    mock.patch.stopall()


def _loaded(options: pipeline.Options) -> Ledger:
    ledger = Ledger(options.content, options.output, lasting=False)
    ledger.builder = pipeline.fingerprint()
    assert options.cache is not None
    ledger.load(Cache(options.cache))
    return ledger


def test_an_edit_loads_a_part_of_what_is_known(options: pipeline.Options) -> None:
    (options.content / "articles/a7/index.en.md").write_text(_article(7, "Other words."), "utf-8")
    loaded: list[int] = []
    real = Kept._part

    def part(kept: Kept[Any, Any], number: int) -> Any:
        if number not in kept._found:
            loaded.append(kept._count)
        return real(kept, number)

    with mock.patch.object(Kept, "_part", part):
        report = pipeline.build(options)
    assert report.done
    assert report.change.written == 2, "the page, and the one that stands in for the other language"
    assert 0 < sum(count > 1 for count in loaded) < sum({*loaded})
    assert "Other words" in (options.output / "en/articles/a7/index.html").read_text("utf-8")


def test_a_file_put_in_the_place_of_another_is_an_edit(options: pipeline.Options) -> None:
    path = options.content / "articles/a7/index.en.md"
    path.with_suffix(".tmp").write_text(_article(7, "Other words."), "utf-8")
    path.with_suffix(".tmp").replace(path)
    with mock.patch("site_builder.understanding.list_files", side_effect=AssertionError):
        assert pipeline.build(options).change.written == 2


@pytest.mark.parametrize("what", ["file", "folder", "link", "folder for a file"])
def test_another_name_is_seen(options: pipeline.Options, what: str) -> None:
    folder = options.content / "articles/a7"
    ledger = _loaded(options)
    assert ledger.same_folders(Stamps(ledger.content))
    if what == "file":
        (folder / "picture.png").write_bytes(b"x")
    elif what == "folder":
        (folder / "more").mkdir()
    elif what == "folder for a file":
        (folder / "index.en.md").unlink()
        (folder / "index.en.md").mkdir()
    else:
        (folder / "index.en.md").rename(folder / "~")
        (folder / "index.en.md").symlink_to(folder / "~")
    assert not ledger.same_folders(Stamps(ledger.content))


def test_what_another_builder_noted_counts_for_nothing_and_goes(options: pipeline.Options) -> None:
    assert options.cache is not None
    cache = Cache(options.cache)
    ledger = Ledger(options.content, options.output)
    ledger.builder = "another"
    ledger.load(cache)
    assert not ledger.glance.sources
    assert not ledger.outlines
    ledger.settled = ()
    ledger.save(cache)
    with cache.closing():
        assert {key for key, _ in cache.items(ledger._shelf)} == ledger._kept() | {"head"}


def test_parts_of_what_is_no_longer_noted_are_dropped(options: pipeline.Options) -> None:
    assert options.cache is not None
    cache, ledger = Cache(options.cache), _loaded(options)
    before = {key for key, _ in cache.items(ledger._shelf)}
    (options.content / "articles/a7/index.en.md").write_text(_article(7, "Other words."), "utf-8")
    assert pipeline.build(options).done
    after = {key for key, _ in cache.items(ledger._shelf)}
    assert before != after
    assert after == _loaded(options)._kept() | {"head"}


def test_readers_are_those_that_read_it() -> None:
    ledger, chance = Ledger(Path("content"), Path("site")), random.Random(1)
    reads = {f"p{number}": [("of", chance.randrange(600)) for _ in range(40)] for number in range(300)}
    for path, those in reads.items():
        ledger.note(Page(path, "", "en", "maker"), b"", those)
    for number in range(600):
        wanted = {path for path, those in reads.items() if ("of", number) in those}
        assert ledger.readers({ledger.numbers["of", number]}) == wanted
    many = [("of", number) for number in range(0, 600, 7)]
    found = ledger.readers({ledger.numbers[read] for read in many})
    assert found == {path for path, those in reads.items() if not set(those).isdisjoint(many)}


def test_a_number_is_not_found_where_two_meet() -> None:
    ledger = Ledger(Path("content"), Path("site"))
    ledger.numbers = {("of", 1): 0x01020304, ("of", 2): 0x01020304, ("of", 3): 0x03040102}
    ledger.note(Page("p", "", "en", "maker"), b"", [("of", 1), ("of", 2)])
    ledger.note(Page("q", "", "en", "maker"), b"", [("of", 3)])
    assert ledger.readers({0x03040102}) == {"q"}


def test_pages_that_are_looked_at_are_made_first(options: pipeline.Options) -> None:
    """A change of every page is seen there while the others are as before."""
    settings = options.content / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("en: A", "en: Another"), "utf-8")
    looked_at = {f"en/articles/a{number}/index.html" for number in (3, 150)} | {"en/nothing.html"}
    changed = []

    def shown() -> None:
        files = options.output.rglob("en/articles/*/index.html")
        changed.append({path.parent.name for path in files if "Another" in path.read_text("utf-8")})

    report = pipeline.build(options, pipeline.Watch(looked_at=lambda: looked_at, shown=shown))
    assert changed == [{"a3", "a150"}]
    assert report.change.written > ARTICLES
    shown()
    assert len(changed[1]) == ARTICLES
    assert pipeline.build(options).change.written == 0
