"""The wheel, installed where nothing of the repository can be seen, makes and builds an archive."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.site.built import ROOT


def _run(*command: str | Path, where: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [*map(str, command)], cwd=where, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository with the tools that are installed."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, where=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment with the wheel; what it depends on is lent by this environment."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    _run(
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--offline",
        "--no-cache",
        "--no-deps",
        "--python",
        folder,
        wheel,
        where=folder,
    )
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    lent = {sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"]}
    (Path(paths["purelib"]) / "lent.pth").write_text("".join(f"{path}\n" for path in sorted(lent)), "utf-8")
    return programs


def test_the_wheel_holds_the_theme_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    theme = {
        path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()
    }
    assert {f"site_builder/templates/{name}" for name in theme} <= names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"site_builder"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


@pytest.mark.parametrize("program", [["site-builder"], ["python", "-m", "site_builder"]], ids=["command", "module"])
def test_a_new_archive_builds_elsewhere(installed: Path, tmp_path: Path, program: list[str]) -> None:
    command = [installed / program[0], *program[1:]]
    seen = _run(installed / "python", "-c", "import site_builder; print(site_builder.__file__)", where=tmp_path).strip()
    assert Path(seen).is_relative_to(installed.parent)
    _run(*command, "init", "archive", where=tmp_path)
    said = _run(*command, "build", "--strict", where=tmp_path / "archive")
    built = tmp_path / "archive" / "build"
    assert " pages in build" in said
    assert (built / "assets" / "site.css").read_bytes() == (ROOT / "templates" / "assets" / "site.css").read_bytes()
    assert (built / "ar" / "index.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert list((built / "assets" / "fonts").iterdir())
