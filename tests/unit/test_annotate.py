from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder import annotate
from site_builder.cli import main

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


def test_front_matter_gives_the_context(content: Path) -> None:
    found = annotate.annotate(BODY, annotate.vocabulary(content))
    surfaces = [(one.surface, one.entity) for one in found.links.mentions]
    assert surfaces == [("Kerry", "john-kerry"), ("Cairo", "cairo"), ("Kerry", "john-kerry")]
    assert all(BODY[one.start : one.end] == one.surface for one in found.links.mentions)


def test_records_with_faults_are_used_as_far_as_they_go(content: Path) -> None:
    names = annotate.vocabulary(content)
    assert {entity.id for entity in names.entities} == {"john-kerry", "half", "geneva", "cairo"}


def test_references_establish(content: Path) -> None:
    found = annotate.annotate("[[people/john-kerry]] left. Kerry spoke.", annotate.vocabulary(content))
    assert [one.surface for one in found.links.mentions] == ["Kerry"]


def test_windows_line_ends_keep_offsets(content: Path) -> None:
    text = BODY.replace("\n", "\r\n")
    found = annotate.annotate(text, annotate.vocabulary(content))
    assert [text[one.start : one.end] for one in found.links.mentions] == ["Kerry", "Cairo", "Kerry"]


def test_json_on_the_command_line(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "note.txt"
    file.write_text("John Kerry and Kerry in Geneva", "utf-8")
    assert main(["annotate", str(file), "--lang", "en", "--content", str(content), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["mentions", "unresolved"]
    assert printed["mentions"][1] == {
        "start": 15, "end": 20, "surface": "Kerry", "entity": "john-kerry", "kind": "person"
    }  # fmt: skip


def test_standard_input_as_text(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("قال\nجون كيري".encode())))
    assert main(["annotate", "-", "--lang", "ar", "--content", str(content)]) == 0
    assert "-:2:1: " in (printed := capsys.readouterr().out)
    assert "people/john-kerry" in printed


def test_misuse(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", "-", "--lang", "??", "--content", str(content)]) == 2
    assert main(["annotate", "-", "--lang", "en", "--content", str(content / "none")]) == 2
    assert "--content" in capsys.readouterr().err
