"""A real browser that looks at built sites over a local server."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.chromium import chromium
from tests.site.built import NAMES, Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Sites below paths of their own, with each site's page for what is missing."""

    def __init__(self, *args: Any, find: Callable[[str], Site], **more: Any) -> None:
        self._find = find
        super().__init__(*args, **more)

    def translate_path(self, path: str) -> str:
        site, rest = self._place(path)
        return str(site.output / rest)

    def _place(self, path: str) -> tuple[Site, str]:
        whole = unquote(urlsplit(path).path).lstrip("/")
        name, _, rest = whole.partition("/")
        if name in NAMES:
            return self._find(name), rest
        return self._find("archive"), rest if name == "repo" else whole

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self._place(self.path)[0].output / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())
        return None

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def server(site: Callable[[str], Site]) -> Iterator[str]:
    """The address of a server: `/` and `/repo/` are the archive, `/<name>/` a site of tests/sites."""
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, find=site))
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


class Browser:
    """A browser window, with what WebDriver alone cannot do."""

    def __init__(self, driver: Any, server: str) -> None:
        self.driver, self.server = driver, server

    def cdp(self, method: str, **parameters: Any) -> Any:
        return self.driver.execute_cdp_cmd(method, parameters)

    def open(self, path: str) -> None:
        """Load a page, by its path on the server or by its whole address."""
        self.driver.get(path if "://" in path else self.server + path)
        self.run("return document.fonts.ready.then(() => true)")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def look(self, width: int, height: int = 900, scheme: str = "light") -> None:
        """Set the window's size in CSS pixels and the colour scheme that the reader prefers."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.cdp("Emulation.setEmulatedMedia", features=features)

    def press(self, key: str, place: str = "", *, control: bool = False) -> None:
        """Press and release a key: what it writes (KeyboardEvent.key) and where it is on the keyboard (code)."""
        codes = {"Tab": 9, "Enter": 13, " ": 32, "Escape": 27, "End": 35, "Home": 36, "ArrowUp": 38, "ArrowDown": 40}
        text = "\r" if key == "Enter" else key if len(key) == 1 and not control else ""
        event = {
            "key": key,
            "code": place or ("Space" if key == " " else key),
            "windowsVirtualKeyCode": codes.get(key, 0),
            "modifiers": 2 if control else 0,
        }
        self.cdp("Input.dispatchKeyEvent", type="keyDown", text=text, **event)
        self.cdp("Input.dispatchKeyEvent", type="keyUp", **event)

    def write(self, text: str) -> None:
        """Write into what has the focus, as if by one key."""
        self.cdp("Input.insertText", text=text)

    def until(self, expression: str, seconds: float = 10) -> Any:
        """Wait until an expression of the page is true; its value."""
        from selenium.webdriver.support.ui import WebDriverWait

        wait = WebDriverWait(self.driver, seconds, 0.02)
        return wait.until(lambda driver: driver.execute_script(f"return {expression}"), f"in vain: {expression}")

    def console(self) -> list[str]:
        """What the browser complained of since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("WARNING", "SEVERE")]

    def requests(self) -> list[str]:
        """The addresses asked for since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


@pytest.fixture(scope="session")
def _driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    driver = chromium(tmp_path_factory.mktemp("profile"))
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(60)
    yield driver
    with contextlib.suppress(Exception):
        driver.quit()


@pytest.fixture
def browser(_driver: Any, server: str) -> Iterator[Browser]:
    """The browser, as wide as a desk's screen and in light colours, with nothing left of earlier tests."""
    found = Browser(_driver, server)
    found.look(1440)
    found.console()
    found.requests()
    yield found
    found.cdp("Emulation.setScriptExecutionDisabled", value=False)
    found.cdp("Page.setBypassCSP", enabled=False)
    found.driver.get("about:blank")
