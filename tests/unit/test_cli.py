from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder import __version__
from site_builder.cli import main
from tests.archives import SITE, write_archive

PERSON = {"people/john-kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\n"}


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(list(arguments))
    except SystemExit as end:
        status = int(end.code or 0)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_a_sound_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_archive(tmp_path, {})
    assert _run(capsys, "check", "--content", str(content)) == (0, "No problems.\n", "")
    status, out, _ = _run(capsys, "check", "--content", str(content), "--format", "json")
    assert (status, json.loads(out)) == (0, {"problems": [], "counts": {"error": 0, "warning": 0, "note": 0}})
    assert _run(capsys, "check", "--content", str(content), "--format", "github") == (0, "", "")


def test_problems_in_each_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(tmp_path, {"people/a.yaml": "name: {ar: أ, en: A}\nalias: {en: [a, b]}\n"})
    monkeypatch.chdir(tmp_path)
    status, out, _ = _run(capsys, "check")
    assert status == 1
    assert out.splitlines() == [
        "content/people/a.yaml:2:1: error [unknown-key]: the key “alias” is not known",
        "    did you mean “aliases”?",
        "1 error.",
    ]
    status, out, _ = _run(capsys, "check", "--format", "github")
    assert status == 1
    assert out == (
        "::error file=content/people/a.yaml,line=2,col=1,title=unknown-key::"
        "the key “alias” is not known. did you mean “aliases”?\n"
    )
    status, out, _ = _run(capsys, "check", "--format", "json")
    assert json.loads(out) == {
        "problems": [
            {
                "path": "content/people/a.yaml",
                "line": 2,
                "column": 1,
                "severity": "error",
                "code": "unknown-key",
                "message": "the key “alias” is not known",
                "hint": "did you mean “aliases”?",
            }
        ],
        "counts": {"error": 1, "warning": 0, "note": 0},
    }


def test_notes_come_last_and_fail_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    warned = {"pages/z/index.ar.md": "---\ntitle: x\n---\n# x\n"}
    write_archive(tmp_path, {**PERSON, **warned})
    monkeypatch.chdir(tmp_path)
    status, out, _ = _run(capsys, "check")
    assert status == 0
    assert out.splitlines()[0].startswith("content/pages/z/index.ar.md:4:1: warning")
    assert "content/people/john-kerry.yaml:1:1: note [never-named]: " in out
    assert out.splitlines()[-1] == "1 warning, 1 note."
    assert "::notice file=content/people/john-kerry.yaml," in _run(capsys, "check", "--format", "github")[1]
    assert json.loads(_run(capsys, "check", "--format", "json")[1])["counts"] == {"error": 0, "warning": 1, "note": 1}
    (tmp_path / "content/pages/z/index.ar.md").unlink()
    assert _run(capsys, "check", "--strict")[0] == 0
    status, out, _ = _run(capsys, "build", "--strict", "--jobs", "1")
    assert status == 0
    assert "never-named" not in out


def test_a_large_site_is_told_at_every_build_and_stops_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.checks._LARGE", 1000)
    write_archive(tmp_path, PERSON)
    monkeypatch.chdir(tmp_path)
    for _ in ("everything is new", "nothing is"):
        status, out, complaints = _run(capsys, "build", "--strict", "--jobs", "1", "--no-search")
        assert status == 0
        assert "build: warning [large-site]: the site has " in out + complaints
    assert " 0 files written" in out


def test_notes_wait_for_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_archive(tmp_path, {**PERSON, "people/b.yaml": "name: [\n"})
    status, out, _ = _run(capsys, "check", "--content", str(content))
    assert status == 1
    assert "note" not in out.splitlines()[-1]


def test_names_of_files_cannot_forge_commands_of_github(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_archive(tmp_path, {"people/a,b:c%.txt": "x"})
    _, out, _ = _run(capsys, "check", "--format", "github", "--content", str(content))
    assert out.count("::") == 2
    assert "people/a%2Cb%3Ac%25.txt" in out


def test_a_build_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, output = write_archive(tmp_path, PERSON), tmp_path / "site"
    command = ("build", "--jobs", "1", "--content", str(content), "--output", str(output))
    status, out, err = _run(capsys, *command)
    assert (status, err) == (0, "")
    assert "files written, 0 unchanged, 0 removed" in out.splitlines()[-1]
    assert (output / "ar/people/john-kerry/index.html").is_file()
    status, out, _ = _run(capsys, *command)
    assert status == 0
    assert " 0 files written," in out.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["biuld"],
        ["check", "--format", "xml"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "٣"],
        ["check", "--templates", "nowhere"],
        ["build", "--base-url", "example.org"],
        ["build", "--output", "content"],
        ["build", "--output", "content/site"],
        ["build", "--output", "."],
        ["schema"],
        ["schema", "peeple"],
        ["check", "--links", "--output", "nowhere"],
    ],
)
def test_wrong_usage_is_told_on_the_other_stream(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    status, out, err = _run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.strip()
    assert {path.name for path in tmp_path.iterdir()} == {"content"}


@pytest.mark.parametrize("command", ["check", "build"])
def test_an_archive_that_is_not_there(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = _run(capsys, command, "--content", str(tmp_path / "none"), "--output", str(tmp_path / "site"))
    assert (status, err) == (1, "")
    assert "[no-content]" in out
    (tmp_path / "none").mkdir()
    status, out, _ = _run(capsys, command, "--content", str(tmp_path / "none"), "--output", str(tmp_path / "site"))
    assert status == 1
    assert "[no-settings]" in out
    assert not (tmp_path / "site").exists()


def test_schemas_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_archive(tmp_path, {})
    status, out, _ = _run(capsys, "schema", "person", "--content", str(content))
    assert status == 0
    assert json.loads(out)["properties"]["name"]["required"] == ["ar", "en"]
    assert _run(capsys, "schema", "--output", str(tmp_path / "schemas"), "--content", str(content))[0] == 0
    assert len(list((tmp_path / "schemas").glob("*.json"))) == 8


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "--version") == (0, f"site-builder {__version__}\n", "")
    assert "build" in _run(capsys, "--help")[1]


def test_a_byte_order_mark_and_other_line_ends_are_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = "---\r\ntitle: x\r\ndate: 2016\r\nsummary: y\r\npeople: [john-kerry]\r\n---\r\n[[john-kerry]]\r\n"
    files = {
        "site.yaml": "\ufeff" + SITE.replace("\n", "\r\n"),
        "people/john-kerry.yaml": "\ufeff" + PERSON["people/john-kerry.yaml"].replace("\n", "\r"),
        "articles/a.ar.md": "\ufeff" + article,
    }
    content = write_archive(tmp_path, files)
    assert _run(capsys, "check", "--content", str(content)) == (0, "No problems.\n", "")
