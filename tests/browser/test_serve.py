from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).parents[2]
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
PATIENCE = 20

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER) and "CI" not in os.environ, reason="Chromium is not installed"),
]

PAGE = """<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
</head>
<body><main><h1>{title}</h1><p>{text}</p></main></body>
</html>
"""
STRICT = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'"
STRICTEST = "default-src 'none'; style-src data:; base-uri 'none'; form-action 'none'"
PANEL = "document.getElementById('site-builder-preview')?.shadowRoot.querySelector('section')"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    write(folder, "index", "الأولى")
    write(folder, "404", "لا شيء هنا", policy=STRICTEST)
    return folder


@pytest.fixture
def url(content: Path):
    command = [sys.executable, ROOT / "tests/preview.py", content.parent]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        assert process.stdout
        yield process.stdout.readline().split()[1]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0  # open event streams of a real browser included


@pytest.fixture
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def write(folder: Path, name: str, text: str, policy: str = STRICT) -> None:
    scratch = folder / f"{name}.new"
    scratch.write_text(PAGE.format(policy=policy, title=name, text=text), "utf-8")
    scratch.replace(folder / f"{name}.html")


def until(browser: webdriver.Chrome, expression: str) -> object:
    return WebDriverWait(browser, PATIENCE, 0.02).until(lambda _: browser.execute_script(f"return {expression}"))


def test_reload_panel_and_its_dismissal(browser: webdriver.Chrome, content: Path, url: str) -> None:
    browser.get(url)
    until(browser, "document.body.textContent.includes('الأولى')")

    write(content, "index", "الثانية")
    until(browser, "document.body.textContent.includes('الثانية')")

    write(content, "index", "broken")
    until(browser, PANEL)
    assert browser.execute_script(f"return {PANEL}.querySelector('code').textContent").endswith("index.html:8:30")
    message = f"{PANEL}.querySelector('li p')"
    assert browser.execute_script(f"return [{message}.textContent, {message}.dir]") == ["هذه الصفحة مكسورة <b>", "auto"]
    assert browser.execute_script(f"return getComputedStyle({PANEL}).position") == "fixed"  # the style sheet is let in
    assert browser.execute_script("return document.body.textContent.includes('الثانية')")

    write(content, "index", "الثالثة")
    until(browser, f"document.body.textContent.includes('الثالثة') && !{PANEL}")

    write(content, "index", "doubtful")
    until(browser, f"document.body.textContent.includes('doubtful') && {PANEL}")
    assert not browser.execute_script(f"return {PANEL}.querySelector('details').open")  # a warning keeps to the edge
    browser.execute_script(f"{PANEL}.querySelector('button').click()")
    browser.refresh()
    until(browser, "document.getElementById('site-builder-preview').shadowRoot.querySelector('.spoken').textContent")
    assert not browser.execute_script(f"return {PANEL}")

    assert not [entry for entry in browser.get_log("browser") if "Content Security Policy" in entry["message"]]


def test_pages_of_problems_and_of_missing_addresses_follow_too(
    browser: webdriver.Chrome, content: Path, url: str
) -> None:
    browser.get(f"{url}missing/deep/")
    until(browser, "document.body.textContent.includes('لا شيء هنا')")
    write(content, "index", "broken")
    until(browser, PANEL)
    (content.parent / "content").rename(content.parent / "away")
    until(browser, f"{PANEL}?.textContent.includes('there is no such folder')")
    (content.parent / "away").rename(content)
    until(browser, f"{PANEL}?.textContent.includes('index.html:8:30')")
