"""Chromium, started the same way for all that look at sites with it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from tests.site.tools import needs

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --force-device-scale-factor=1"
)


def chromium(profile: Path) -> Any:
    """A WebDriver of a new headless Chromium; skips the test where there is none."""
    needs("chromedriver")
    name = next((name for name in _BROWSERS if shutil.which(name)), "chromium")
    needs(name)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which(name))
    for flag in _FLAGS.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
