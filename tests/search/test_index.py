"""The files of the index, and when they are made."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path

from site_builder import pipeline
from site_builder.pipeline import Options, Shard
from site_builder.search.packing import put_varint
from tests.archives import write_archive

FILES = {
    "people/p.yaml": "name: {ar: سعيد الكاتب, en: Said the Writer}\naliases: {en: [Scribe]}\n",
    "topics/t.yaml": "name: {ar: الكتب, en: Books}\nbroader: [u]\n",
    "topics/u.yaml": "name: {ar: القراءة, en: Reading}\n",
    "articles/a/index.en.md": (
        "---\ntitle: A record\nsummary: S.\ndate: 2016-05\npeople: [p]\ntopics: [t]\n---\n"
        "About *books*, see [[u]] &amp; [[p|him]].[^1]\n\n[^1]: A note.\n"
    ),
    "pages/about/index.en.md": "---\ntitle: About\n---\nWhat this is.\n",
}


def _json(path: Path) -> object:
    return json.loads(zlib.decompress(path.read_bytes()))


def _options(tmp_path: Path) -> Options:
    return Options(content=write_archive(tmp_path, FILES), output=tmp_path / "site", cache=tmp_path / "cache")


def _index(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.glob("search/**/*.*")}


def test_a_record_is_shown_from_its_own_text(tmp_path: Path) -> None:
    pipeline.build(_options(tmp_path))
    assert _json(tmp_path / "site/search/records/0.bin") == {
        "kind": "article",
        "id": "a",
        "date": "2016-05",
        "dates": {"ar": "مايو 2016", "en": "May 2016"},
        "articles": 0,
        "texts": {"en": ["A record", "S.", [], "About books, see Reading & him.\nA note."]},
    }
    person = _json(tmp_path / "site/search/records/1.bin")
    assert isinstance(person, dict)
    assert (person["kind"], person["articles"]) == ("person", 1)
    assert person["texts"]["en"] == ["Said the Writer", "", ["Scribe"], ""]


def test_the_manifest_says_what_there_is(tmp_path: Path) -> None:
    pipeline.build(_options(tmp_path))
    manifest = _json(tmp_path / "site/search/manifest.bin")
    assert isinstance(manifest, dict)
    assert manifest["languages"] == {"ar": "rtl", "en": "ltr"}
    assert manifest["kinds"] == [["article", 1], ["person", 1], ["topic", 2], ["page", 1]]


def test_the_index_is_made_again_only_for_what_it_is_made_of(tmp_path: Path) -> None:
    options = _options(tmp_path)
    pipeline.build(options)
    before = _index(options.output)
    stamps = {name: (options.output / name).stat().st_mtime_ns for name in before}
    (options.content / "site.yaml").write_text(
        (options.content / "site.yaml").read_text("utf-8").replace("Archive", "Other name"), "utf-8"
    )
    pipeline.build(options)
    assert {name: (options.output / name).stat().st_mtime_ns for name in before} == stamps
    article = options.content / "articles/a/index.en.md"
    article.write_text(article.read_text("utf-8").replace("*books*", "*letters*"), "utf-8")
    pipeline.build(options)
    after = _index(options.output)
    assert {name for name in after if after[name] != before.get(name)} >= {
        "search/records/0.bin",
        "search/manifest.bin",
    }
    pipeline.build(replace(options, output=tmp_path / "fresh", cache=None, jobs=2))
    assert _index(tmp_path / "fresh") == after


def test_later_and_never(tmp_path: Path) -> None:
    options = _options(tmp_path)
    pipeline.build(options)
    before = _index(options.output)
    article = options.content / "articles/a/index.en.md"
    article.write_text(article.read_text("utf-8").replace("*books*", "*letters*"), "utf-8")
    pipeline.build(replace(options, search="later"))
    assert _index(options.output) == before
    assert "letters" in (options.output / "en/articles/a/index.html").read_text("utf-8")
    pipeline.build(options)
    assert _index(options.output) not in (before, {})
    pipeline.build(replace(options, search="never"))
    assert _index(options.output) == {}


def test_the_index_is_of_one_part_of_a_site(tmp_path: Path) -> None:
    options = replace(_options(tmp_path), cache=None)
    pipeline.build(options)
    parts = []
    for number in (1, 2):
        pipeline.build(replace(options, output=tmp_path / str(number), shard=Shard(number, 2)))
        parts.append(_index(tmp_path / str(number)))
    assert sorted(parts, key=len) == [{}, _index(options.output)]


def test_numbers_of_any_size() -> None:
    written = bytearray()
    for value in (0, 127, 128, 300, 2**31):
        put_varint(written, value)
    assert written.hex(" ") == "00 7f 80 01 ac 02 80 80 80 80 08"
