from __future__ import annotations

import io
import json
import os
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder import annotate
from site_builder.annotate import Vocabulary
from site_builder.cli import main
from site_builder.problems import Location
from tests.archives import check, write_archive

KERRY = "name:\n  ar: جون كيري\n  en: John Kerry\n"
BODY = """---
title: T
people: [john-kerry]
mentions:
  Geneva: none
---
Kerry spoke in Geneva, then in Cairo. `Kerry` wrote [Kerry](https://example.org/Kerry) and [[john-kerry|Kerry]].

    Kerry in code

<span title="Kerry">x</span> ## Kerry {#Kerry}
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = {
        "people/john-kerry.yaml": KERRY,
        "people/broken.yaml": "name: [",
        "people/half.yaml": "name:\n  en: Ingrid Solvang\nunknown: 1\n",
        "places/geneva.yaml": "name:\n  en: Geneva\n",
        "places/cairo.yaml": "name:\n  ar: القاهرة\n  en: Cairo\n",
        "articles/bad.en.md": "no front matter",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def _names(content: Path) -> Vocabulary:
    return annotate.known(content).names


def test_front_matter_gives_the_context(content: Path) -> None:
    found = annotate.annotate(BODY, _names(content))
    surfaces = [(one.surface, one.entity) for one in found.links.mentions]
    assert surfaces == [("Kerry", "john-kerry"), ("Cairo", "cairo"), ("Kerry", "john-kerry")]
    assert all(BODY[one.start : one.end] == one.surface for one in found.links.mentions)


def test_records_with_faults_are_used_as_far_as_they_go(content: Path) -> None:
    names, problems = annotate.known(content)
    assert {entity.id for entity in names.entities} == {"john-kerry", "half", "geneva", "cairo"}
    assert [(problem.code, problem.location.path) for problem in problems] == [("yaml", "people/broken.yaml")]


def test_references_establish_and_name(content: Path) -> None:
    text = "[[people/john-kerry]] left for [[cairo|Egypt]], [[none]]. Kerry spoke."
    found = annotate.annotate(text, _names(content))
    assert [one.surface for one in found.links.mentions] == ["Kerry"]
    assert found.named() == {("person", "john-kerry"): [0, text.index("Kerry")], ("place", "cairo"): [31]}


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_keep_offsets(end: str, content: Path) -> None:
    text = BODY.replace("\n", end)
    found = annotate.annotate(text, _names(content))
    mentions = found.links.mentions if end == "\r\n" else found.links.mentions[:2]
    assert [text[one.start : one.end] for one in mentions] == ["Kerry", "Cairo", "Kerry"][: len(mentions)]
    assert annotate.positions(text, "a").at(text.index("Cairo")) == Location("a", 7, 32)


def test_the_front_matter_says_where_it_lists(content: Path) -> None:
    stated = annotate.head("---\npeople: [a, b]\nplaces:\n  - c\n---\n", "x.md")
    assert stated.listed == (
        (("person", "a"), Location("x.md", 2, 10)),
        (("person", "b"), Location("x.md", 2, 13)),
        (("place", "c"), Location("x.md", 4, 5)),
    )


# --- On the command line --------------------------------------------------------------------------------------------


def _stdin(text: str, terminal: bool = False) -> SimpleNamespace:
    return SimpleNamespace(buffer=io.BytesIO(text.encode()), isatty=lambda: terminal)


def _json(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> dict[str, object]:
    assert main(["annotate", *map(str, arguments), "--format", "json"]) == status
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A sound archive: an article in two languages whose Arabic file states what they share."""
    return write_archive(
        tmp_path,
        {
            "people/john-kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\n",
            "people/anna-nour.yaml": "name: {ar: آنا نور, en: Anna Nour}\n",
            "places/cairo.yaml": "name: {ar: القاهرة, en: Cairo}\n",
            "articles/talks/index.ar.md": (
                "---\ntitle: ط\ndate: 2016\nsummary: س\npeople: [john-kerry] # من حضر\n---\nوصل جون كيري.\n"
            ),
            "articles/talks/index.en.md": "---\ntitle: T\nsummary: S\n---\nKerry met Anna Nour in Cairo.\n",
        },
    )


def test_json_of_one_file(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "people/broken.yaml").unlink()
    file = tmp_path / "note.txt"
    file.write_text("John Kerry and Kerry in Geneva with President Ana Ruiz\nand again: Ana Ruiz", "utf-8")
    printed = _json(capsys, file, "--lang", "en", "--content", content)
    assert list(printed) == ["mentions", "unresolved", "proposals"]
    assert printed["mentions"][1] == {  # type: ignore[index]
        "start": 15, "end": 20, "surface": "Kerry", "entity": "john-kerry", "kind": "person"
    }  # fmt: skip
    assert printed["proposals"] == [{"name": "Ana Ruiz", "title": "President", "lines": [1, 2], "count": 2}]


def test_json_of_several_files(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = archive / "articles/talks"
    (folder / "index.en.md").write_text("---\ntitle: T\nsummary: S\n---\nPresident Ana Ruiz and Kerry.\n", "utf-8")
    printed = _json(capsys, folder / "index.ar.md", folder / "index.en.md", "--content", archive)
    assert list(printed) == ["files", "proposals"]
    first, second = printed["files"]  # type: ignore[misc]
    assert first["path"] == str(folder / "index.ar.md")
    assert list(first) == ["path", "mentions", "unresolved", "proposals"]
    assert [one["entity"] for one in second["mentions"]] == ["john-kerry"], "who is listed in the other language"
    assert printed["proposals"] == [
        {
            "name": "Ana Ruiz",
            "title": "President",
            "count": 1,
            "files": [{"path": str(folder / "index.en.md"), "lines": [5]}],
        }
    ]


@pytest.mark.parametrize("files", [["-"], []])
def test_standard_input_as_text(
    files: list[str], archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", _stdin("قال\nجون كيري لوزير الخارجية سامح شكري."))
    assert main(["annotate", *files, "--lang", "ar", "--content", str(archive)]) == 0
    printed = capsys.readouterr().out
    assert "-:2:1: " in printed
    assert "people/john-kerry" in printed
    assert "no record: " in printed
    assert "once: -:2" in printed


def test_what_cannot_be_read_is_told_and_the_rest_is_done(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.en.md").write_bytes(b"one\ntwo \xff")
    (tmp_path / "good.en.md").write_text("John Kerry", "utf-8")
    files = [str(tmp_path / name) for name in ("bad.en.md", "none.en.md", "good.en.md")]
    assert main(["annotate", *files, "--content", str(content)]) == 1
    printed = capsys.readouterr()
    assert printed.out == f"{files[2]}:1:1: John Kerry = people/john-kerry\n"
    assert f"{content / 'people/broken.yaml'}:1:" in printed.err
    assert f"{files[0]}:2:5: error [bad-encoding]" in printed.err
    assert f"{files[1]}: error [unreadable]" in printed.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["note.txt"], "--lang: say the language of note.txt"),
        (["-"], "--lang: say the language of -"),
        (["a.md", "--lang", "??"], "not a language tag"),
        (["a.md", "--lang", "fr"], "'fr' is not a language of this archive"),
        (["a.fr.md"], "a.fr.md: 'fr' is not a language of this archive"),
        (["a.en.md", "--content", "none"], "--content: there is no folder none"),
        (["-", "--lang", "en", "--write"], "--write: standard input"),
        ([], "name a FILE"),
    ],
)
def test_misuse(
    arguments: list[str],
    complaint: str,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", _stdin("", terminal=True))
    monkeypatch.chdir(archive.parent)
    assert main(["annotate", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert complaint in printed.err


def test_any_language_will_do_without_settings(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "people/broken.yaml").unlink()
    (content / "a.md").write_text("Cairo", "utf-8")
    assert main(["annotate", str(content / "a.md"), "--lang", "fa", "--content", str(content)]) == 0


# --- Writing --------------------------------------------------------------------------------------------------------


def _write(capsys: pytest.CaptureFixture[str], archive: Path, *files: Path, status: int = 0) -> tuple[str, str]:
    assert main(["annotate", "--write", "--content", str(archive), *map(str, files)]) == status
    printed = capsys.readouterr()
    return printed.out, printed.err


def test_ids_go_to_the_file_that_states_the_key(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arabic, english = archive / "articles/talks/index.ar.md", archive / "articles/talks/index.en.md"
    before = check(archive)
    out, _ = _write(capsys, archive, english)
    assert out.splitlines() == [f"{english}: added places: cairo", f"{arabic}: added people: anna-nour"]
    assert "people: [john-kerry, anna-nour] # من حضر\n" in arabic.read_text("utf-8")
    assert english.read_text("utf-8") == (
        "---\ntitle: T\nsummary: S\nplaces:\n  - cairo\n---\nKerry met Anna Nour in Cairo.\n"
    )
    assert check(archive).problems == before.problems == []
    out, _ = _write(capsys, archive, arabic, english)
    assert out.splitlines() == [f"{arabic}: nothing to add", f"{english}: nothing to add"]


def test_a_key_that_both_languages_state_stays_the_same_in_both(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arabic, english = archive / "articles/talks/index.ar.md", archive / "articles/talks/index.en.md"
    english.write_text("---\ntitle: T\nsummary: S\npeople:\n- john-kerry\n---\n[[anna-nour|She]] met Kerry.\n", "utf-8")
    _write(capsys, archive, english)
    assert "people: [john-kerry, anna-nour]" in arabic.read_text("utf-8")
    assert "people:\n- john-kerry\n- anna-nour\n" in english.read_text("utf-8")
    assert check(archive).problems == []


def test_what_is_not_decided_is_not_written(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "people/ben-nour.yaml").write_text("name: {ar: بن نور, en: Ben Nour}\n", "utf-8")
    english = archive / "articles/talks/index.en.md"
    english.write_text("---\ntitle: T\nsummary: S\n---\nNour spoke in Cairo.\n", "utf-8")
    out, _ = _write(capsys, archive, english)
    assert out.splitlines() == [
        f"{english}: added places: cairo",
        f"{english}: 1 not decided; site-builder annotate {english} says why",
    ]


def test_json_says_what_was_written(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = archive / "articles/talks/index.en.md"
    printed = _json(capsys, english, "--content", archive, "--write")
    assert printed["added"] == [
        {"path": english.as_posix(), "key": "places", "ids": ["cairo"]},
        {"path": (archive / "articles/talks/index.ar.md").as_posix(), "key": "people", "ids": ["anna-nour"]},
    ]
    text = english.read_text("utf-8")
    assert all(text[one["start"] : one["end"]] == one["surface"] for one in printed["mentions"])  # type: ignore


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("draft.en.md", "Anna Nour in Cairo", "no-front-matter"),
        ("draft.en.md", "---\ntitle: [\n---\nAnna Nour", "yaml"),
        ("draft.en.md", "---\npeople: anna\n---\nAnna Nour", "not-amended"),
        ("content/pages/about/index.en.md", "---\ntitle: A\n---\nAnna Nour", "not-an-article"),
    ],
)
def test_files_that_cannot_be_written_to_stay_as_they_are(
    path: str, text: str, code: str, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = archive.parent / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    english = archive / "articles/talks/index.en.md"
    out, err = _write(capsys, archive, file, english, status=1)
    assert f"error [{code}]" in err
    assert ("another line ---: people: [anna-nour]; places: [cairo]" in err) == (code == "no-front-matter")
    assert file.read_text("utf-8") == text
    assert f"{english}: added places: cairo" in out, "the others are written"
    assert f"{file}: nothing to add" not in out


def test_nothing_is_written_where_the_other_language_cannot_be(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arabic, english = archive / "articles/talks/index.ar.md", archive / "articles/talks/index.en.md"
    arabic.write_text("---\npeople: john-kerry\n---\n", "utf-8")
    before = english.read_bytes()
    _, err = _write(capsys, archive, english, status=1)
    assert f"{arabic}:2:1: error [not-amended]" in err
    assert english.read_bytes() == before


def test_a_file_is_replaced_whole_with_its_permissions(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = archive / "articles/talks/index.en.md"
    target = archive.parent / "elsewhere.md"
    english.rename(target)
    english.symlink_to(target)
    target.chmod(0o640)
    before = target.stat().st_ino
    _write(capsys, archive, english)
    assert english.is_symlink()
    assert "cairo" in target.read_text("utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.stat().st_ino != before, "another file, put in its place"
    assert [path.name for path in archive.parent.iterdir() if path.name.startswith(".")] == []


def test_a_write_that_fails_leaves_the_file_and_no_other(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    english = archive / "articles/talks/index.en.md"
    before = english.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(english))

    monkeypatch.setattr(os, "fdopen", full)
    _, err = _write(capsys, archive, english, status=1)
    assert "No space left on device" in err
    assert english.read_bytes() == before
    assert sorted(path.name for path in english.parent.iterdir()) == ["index.ar.md", "index.en.md"]


def test_a_folder_is_no_file(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (archive, archive / "articles/talks"):
        assert main(["annotate", str(folder), "--write", "--lang", "en", "--content", str(archive)]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert f"{folder.as_posix()}: error [" in printed.err
