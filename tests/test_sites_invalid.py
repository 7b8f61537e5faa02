"""Small archives with a mistake each: `check` names exactly the problems written down beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder.cli import main
from tests.archives import check, write_archive

FOLDERS = sorted(path.parent for path in (Path(__file__).parent / "sites_invalid").glob("*/expected.json"))


def test_there_are_sites() -> None:
    assert len(FOLDERS) >= 15


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_problems_are_those_written_down(folder: Path) -> None:
    found = check(folder / "content")
    assert [problem._asdict() for problem in found.problems] == json.loads(
        (folder / "expected.json").read_text("utf-8")
    )
    assert found.status == 1


def _bytes_below(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_a_failed_build_leaves_the_last_good_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = {"people/john-kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\n"}
    content, output = write_archive(tmp_path, name), tmp_path / "build"
    command = ["build", "--jobs", "1", "--content", str(content), "--output", str(output)]
    assert main(command) == 0
    good = _bytes_below(output)
    assert "ar/people/john-kerry/index.html" in good
    faults: dict[str, str | bytes] = {
        "people/john-kerry.yaml": 'name: {ar: "جون، en: John Kerry}\n',
        "articles/talks/index.ar.md": b"---\ntitle: \xff\n",
        "site.yaml": "languages: [ar\n",
    }
    for path, text in faults.items():
        write_archive(tmp_path, {**name, path: text})
        capsys.readouterr()
        assert main(command) == 1
        assert "The last good build is as it was." in capsys.readouterr().out
        assert _bytes_below(output) == good
    write_archive(tmp_path, {**name, "articles/talks/index.ar.md": "---\ntitle: أ\ndate: 2016\nsummary: ب\n---\n# ج\n"})
    assert main([*command, "--strict"]) == 1, "a strict build stops at warnings"
    assert _bytes_below(output) == good
    assert main(command) == 0
    assert _bytes_below(output) != good
