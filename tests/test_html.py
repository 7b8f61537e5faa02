"""Every page is valid HTML by the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.site.built import Site
from tests.site.tools import NODE_MODULES, needs

JAR = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def _messages(*folders: Path) -> list[dict[str, Any]]:
    command = ["java", "-jar", str(JAR), "--errors-only", "--format", "json", "--skip-non-html", *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return list(json.loads(done.stderr or done.stdout)["messages"])


def test_every_page_is_valid(sites: list[Site], tmp_path: Path) -> None:
    needs("java", JAR)
    bad = tmp_path / "bad.html"  # shows in the same run that faults would be found
    bad.write_text('<!DOCTYPE html><html lang="ar"><title>x</title><p id="a"><p id="a">')
    found = _messages(*(site.output for site in sites), tmp_path)
    assert [message for message in found if message["url"].endswith("/bad.html")]
    others = [m for m in found if not m["url"].endswith("/bad.html")]
    shown = "\n".join(f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in others[:20])
    assert not others, f"{len(others)} faults:\n{shown}"
