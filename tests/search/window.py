"""A browser window on a page that has the search of a built site and nothing else."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from tests.browser.chromium import chromium

_THEME = Path(__file__).parents[2] / "templates"
_PAGE = "search-alone"
#: The policy of the site's pages, which the search has to live with.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
_ASK = """
const [name, text, options, done] = arguments;
const begun = performance.now();
siteSearch[name](text, options).then(
  (found) => done({ found, seconds: (performance.now() - begun) / 1000 }),
  (fault) => done({ fault: fault.code ?? String(fault.stack) }),
);
"""

_PEOPLE = """
const [words, done] = arguments;
const taken = [];
(async () => {
  for (const word of words) {
    const { answers } = await siteSearch.search(word, { excerpts: false, limit: 3 });
    if (answers.some(({ kind }) => kind === "person")) taken.push(word);
  }
  done(taken);
})();
"""


class Cost(NamedTuple):
    """What a query took: bytes over the network, requests, seconds; and how many records it found."""

    bytes: int
    requests: int
    seconds: float
    found: int


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Window:
    """A window on a folder that holds a built site, or at least its `search/`. Use it in a `with` statement."""

    def __init__(self, site: Path, language: str = "en", by_server: bool = True, policy: str = POLICY) -> None:
        self._site, self._language, self._by_server, self._policy = site, language, by_server, policy
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        shutil.copytree(_THEME / "assets" / "search", self._site / "assets" / "search", dirs_exist_ok=True)
        page = self._site / f"{_PAGE}-{id(self)}.html"
        page.write_text(
            f"<!DOCTYPE html><html lang={self._language}><meta charset=utf-8>"
            f'<meta http-equiv="Content-Security-Policy" content="{self._policy}"><title>Search</title>'
            '<link rel="icon" href="data:,"><script src="assets/search/loader.js"></script>'
        )
        self._stack.callback(page.unlink)
        self.address = page.as_uri()
        if self._by_server:
            handler = functools.partial(_Quiet, directory=str(self._site))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self._stack.callback(server.server_close)
            self._stack.callback(server.shutdown)
            self.address = f"http://127.0.0.1:{server.server_port}/{page.name}"
        profile = self._stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        self.driver = chromium(Path(profile))
        self._stack.callback(self.driver.quit)
        self.driver.set_script_timeout(120)
        self.reload()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def reload(self) -> None:
        """Open the page anew, with nothing in memory."""
        self.driver.get(self.address)

    def ask(self, name: str, text: str, **options: Any) -> dict[str, Any]:
        """Call a function of `siteSearch`: what it found and its seconds, or the code of its fault."""
        return dict(self.driver.execute_async_script(_ASK, name, text, options))

    def query(self, text: str, **options: Any) -> dict[str, Any]:
        return dict(self.ask("query", text, **options)["found"])

    def search(self, text: str, **options: Any) -> dict[str, Any]:
        return dict(self.ask("search", text, **options)["found"])

    def people(self, words: list[str]) -> list[str]:
        """Those of some words that are answered with a person."""
        return list(self.driver.execute_async_script(_PEOPLE, words))

    def requests(self) -> list[str]:
        """The paths asked for since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [urlsplit(url).path for url in sent if not url.startswith("data:") and _PAGE not in url]

    def offline(self, yes: bool) -> None:
        """Take the network away, or give it back."""
        self.driver.execute_cdp_cmd("Network.enable", {})
        rates = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": yes, **rates})

    def slow(self, speed: float, delay: float) -> None:
        """Load as over a connection of so many bits a second, with milliseconds to and fro, and keep nothing."""
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
        conditions = {
            "offline": False,
            "latency": delay,
            "downloadThroughput": speed / 8,
            "uploadThroughput": speed / 8,
        }
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)

    def measured(self, text: str) -> Cost:
        """Ask for ten results, and count."""
        return self.counted(lambda: self.ask("search", text))

    def counted(self, work: Callable[[], dict[str, Any]]) -> Cost:
        """Count what some work takes that says its seconds, and what it found."""
        self.driver.get_log("performance")
        answer = work()
        time.sleep(0.3)
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        done = [event["params"] for event in events if event["method"] == "Network.loadingFinished"]
        size = sum(int(one["encodedDataLength"]) for one in done)
        return Cost(size, len(done), answer["seconds"], answer["found"]["total"])
