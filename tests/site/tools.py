"""Programs from outside that some tests need."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).parents[1] / "tools" / "node_modules"


def needs(*wanted: str | Path) -> None:
    """Skip the test where a program (a name) or a file (a path) is missing; where CI is set, fail instead."""
    missing = [str(tool) for tool in wanted if not (tool.exists() if isinstance(tool, Path) else shutil.which(tool))]
    if not missing:
        return
    message = f"missing: {', '.join(missing)}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
