from __future__ import annotations

import pytest

from site_builder.config import Config
from site_builder.problems import Location
from site_builder.reading.document import Document, RecordFile, read, read_settings, reader
from site_builder.reading.files import SourceFile

CONFIG = Config(
    title={"ar": "أ", "en": "a"}, languages=("ar", "en"), default_language="ar", base_url="https://example.org/"
)
HOW = reader(CONFIG, {"ar": "", "en": ""})


def _article(text: str) -> Document:
    value = read(SourceFile("text", "articles/a/index.ar.md", "article", "a", "ar"), text.encode(), HOW)
    assert isinstance(value, Document)
    return value


def _person(text: str) -> RecordFile:
    value = read(SourceFile("record", "people/a.yaml", "person", "a", ""), text.encode(), HOW)
    assert isinstance(value, RecordFile)
    return value


def test_lines_are_those_of_the_file() -> None:
    document = _article("---\r\ntitle: x\r\nsummary: y\r\npeople: [z]\r\n---\r\nA\r\n\r\n[[b]]\r\n")
    assert document.problems == ()
    assert document.uses[0].at == Location("articles/a/index.ar.md", 4, 10)
    assert document.body.uses[0].at == Location("articles/a/index.ar.md", 8, 1)


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("'[[b]]'", 1, 2),
        ('"x \\"y\\" [[b]]"', 1, 10),
        ("|\n  [[b]]", 2, 3),
        ("|  # note\n\n\n  x [[b]]", 4, 5),
        (">-\n  x\n  y [[b]]\n  z", 3, 5),
        ("x\n  y [[b]]", 2, 5),
        ("'x\n\n  it''s [[b]]'", 3, 9),
        ("|2\n    [[a]]\n\n  [[b]]", 4, 3),
    ],
)
def test_references_in_notes_and_biographies_are_located(written: str, line: int, column: int) -> None:
    note = _article(f"---\ntitle: x\nsummary: y\neditor_note: {written}\nrights: '[[b]]'\n---\n[[b]]\n").note
    assert note is not None
    at = next(use.at for use in note.uses if use.target == "b")
    assert (at.line - 3, at.column - len("editor_note: ") * (line == 1)) == (line, column)
    inner = written.replace("\n", "\n  ")
    person = _person(f"name: {{ar: أ, en: b}}\nbiography:\n  ar: {inner}\n  en: '[[b]]'\n")
    at = next(use.at for use in person.biographies["ar"].uses if use.target == "b")
    assert (at.line - 2, at.column - (len("  ar: ") if line == 1 else 2)) == (line, column)


def test_each_biography_is_in_its_language() -> None:
    person = _person("name: {ar: أ, en: b}\nbiography:\n  ar: نص\n  en: text\n")
    assert {code: body.html for code, body in person.biographies.items()} == {"ar": "<p>نص</p>", "en": "<p>text</p>"}


def test_front_matter_that_cannot_be_read_does_not_hide_the_body() -> None:
    document = _article("---\ntitle: [x\n---\n![](a.png)\n")
    assert [(p.code, p.location.line) for p in document.problems] == [
        ("yaml", 2),
        ("missing-key", 2),
        ("missing-alt", 4),
    ]


@pytest.mark.parametrize("data", [b"", b"\xff", b"\0", b"---", b"---\n", b"---\n---", b"---\n---\n", b"---\n[\n---\n"])
def test_scraps_are_faults(data: bytes) -> None:
    for source in (
        SourceFile("text", "pages/a/index.ar.md", "page", "a", "ar"),
        SourceFile("record", "people/a.yaml", "person", "a", ""),
    ):
        assert read(source, data, HOW).problems


SETTINGS = "title: {ar: أ, en: a}\nlanguages: [ar, en]\ndefault_language: ar\nbase_url: https://example.org/a/\n"


def test_settings() -> None:
    decoded = read_settings(SETTINGS.encode(), "site.yaml")
    assert decoded.problems == ()
    assert decoded.value == Config(
        title={"ar": "أ", "en": "a"}, languages=("ar", "en"), default_language="ar", base_url="https://example.org/a/"
    )
    assert decoded.value.base_path == "/a/"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("languages: [ar, en]", "languages: [ar, en, ar]", "duplicate-item"),
        ("default_language: ar", "default_language: fr", "unknown-language"),
        ("https://example.org/a/", "https://example.org/a", "wrong-form"),
        ("https://example.org/a/", "https://example.org/a/?b=/", "wrong-form"),
        ("https://example.org/a/", "https://example.org/#/", "wrong-form"),
        ("title: {ar: أ, en: a}", "title: 'x", "yaml"),
        ("title: {ar: أ, en: a}", "titel: {ar: أ, en: a}", "unknown-key"),
    ],
)
def test_faults_of_settings_do_not_hide_the_archive(old: str, new: str, code: str) -> None:
    decoded = read_settings(SETTINGS.replace(old, new).encode(), "site.yaml")
    assert code in [p.code for p in decoded.problems]
    assert decoded.value is not None
    assert decoded.value.languages == ("ar", "en")


@pytest.mark.parametrize("written", ["[]", "ar", "{}", "[Arabic]", "", "[[ar]]", "'ar"])
def test_without_languages_there_is_nothing_to_go_on_with(written: str) -> None:
    decoded = read_settings(SETTINGS.replace("[ar, en]", written).encode(), "site.yaml")
    assert decoded.value is None
    assert "unknown-language" not in [p.code for p in decoded.problems], "one fault is not told of as many"
    assert decoded.problems
