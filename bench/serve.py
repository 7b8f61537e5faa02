"""The time from a saved edit to the page's new bytes in the preview, beside other generators.

python bench/serve.py [--articles 1000 10000] [--edits 9] [--step edit ...] [--peers DIR] [--only NAME ...]

The preview runs on this machine, without a search index, which the others do not have; the page is asked for again and
again until it has what was written into its source.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import corpus
import measure

import build

#: Seconds between two requests, and until a preview is given up.
_LOOK, _PATIENCE = 0.002, 900
#: Seconds without work before an edit: what follows the last one is over then, what a preview does in a lull too.
_QUIET = 3.0
BASE = "/harbour/"
STEPS = ("edit", "rename", "template")


def commands(generator: build.Generator, folder: Path, port: int) -> list[str]:
    """How to preview with a generator."""
    first = generator.command("cold")[0]
    return {
        "site-builder": [
            *(sys.executable, "-m", "site_builder", "serve", "--content", "content", "--output", "site"),
            *("--cache", "cache", "--no-search", "--port", str(port)),
        ],
        "hugo": [first, "server", "--port", str(port), "--disableLiveReload", "--cacheDir", str(folder / "cache")],
        "mkdocs": [first, "serve", "--dev-addr", f"127.0.0.1:{port}", "--watch-theme"],
        "zensical": [first, "serve", "--dev-addr", f"127.0.0.1:{port}"],
    }.get(generator.name, [])


@contextlib.contextmanager
def preview(generator: build.Generator, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A running preview, ended with all its processes."""
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            commands(generator, folder, port),
            cwd=folder,
            env={**os.environ, **generator.environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int, page: str, expected: str) -> float:
    """The time at which a page has some text; infinite where it has not in time."""
    deadline = time.perf_counter() + _PATIENCE
    while process.poll() is None and time.perf_counter() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if expected.encode() in _get(port, BASE + page):
                return time.perf_counter()
        time.sleep(_LOOK)
    return float("inf")


def _get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        if response.status in (301, 302, 307, 308):
            return _get(port, urlsplit(response.getheader("location", "")).path)
        return response.read()
    finally:
        connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def latencies(
    generator: build.Generator, root: Path, made: corpus.Archive, steps: Sequence[str], edits: int
) -> dict[str, list[float]]:
    """Seconds until the first page was there, and from each kind of change to its page."""
    shop = build.Shop(generator, root, root, made)
    port = _free_port()
    found: dict[str, list[float]] = {name: [] for name in ("start", *steps)}
    begun = time.perf_counter()
    with preview(generator, root, port) as process:
        page = f"en/articles/{made.articles[0].slug}/"
        found["start"].append(wait_for(process, port, page, made.articles[0].title["en"]) - begun)
        for step in steps:
            for number in range(edits):
                measure.settle(process.pid, _QUIET, _PATIENCE)
                path, expected = shop.prepare(step, number)
                begun = time.perf_counter()
                found[step].append(wait_for(process, port, path.removesuffix("index.html"), expected) - begun)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000])
    parser.add_argument("--edits", type=int, default=9, help="changes of each kind")
    parser.add_argument("--step", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="generators to run (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", type=Path, default=build.ROOT / ".bench", help="their virtual environment")
    asked = parser.parse_args()
    print(f"| articles | preview by | first page, s | {' | '.join(f'{step}, ms' for step in asked.step)} |")
    print(f"|---:|---|---:|{'---:|' * len(asked.step)}")
    for articles in asked.articles:
        made = corpus.archive(articles, asked.seed)
        for generator in [build.ours([]), *build.others(asked.peers.resolve(), feeds=False)]:
            if generator.name == "pelican" or (asked.only and generator.name not in asked.only):
                continue
            root = Path(tempfile.mkdtemp(prefix="bench-"))
            try:
                found = latencies(generator, root, made, asked.step, asked.edits)
            finally:
                shutil.rmtree(root)
            times = " | ".join(f"{median(found[step]) * 1000:.0f}" for step in asked.step)
            print(f"| {articles:,} | {generator.name} | {found['start'][0]:.2f} | {times} |", flush=True)


if __name__ == "__main__":
    main()
